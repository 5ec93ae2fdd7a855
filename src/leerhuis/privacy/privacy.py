"""What holds for all data of an academy, whatever the package: who is responsible, storage, decisions, changes."""

from leerhuis.charter.declarations import Measure, Processor, Registrar, Theme
from leerhuis.charter.words import WORDS
from leerhuis.privacy.desk import DESK
from leerhuis.privacy.keeping import KEEPING
from leerhuis.privacy.limits import LIMITS
from leerhuis.privacy.rights import COMPLAINTS, RIGHTS

__all__ = ["COMPLAINTS", "DESK", "KEEPING", "LIMITS", "RIGHTS"]

CONTROLLER = Measure(
    "controller",
    nl="{settings.controller.legal_name} is verantwoordelijk voor de verwerking van uw persoonsgegevens. Wij houden ons aan de regels van de Algemene verordening gegevensbescherming (AVG).",
    en="{settings.controller.legal_name} is responsible for the processing of your personal data. We keep to the rules of the General Data Protection Regulation (GDPR).",
    theme=Theme.ABOUT,
    promises=("K1",),
)
WHAT_YOU_READ = Measure(
    "what_you_read",
    nl="Hier leest u welke gegevens wij van u hebben, waarvoor wij ze gebruiken, hoe lang wij ze bewaren, wie ze ziet en hoe wij ze beschermen.",
    en="Here you read which data we have of you, what we use them for, how long we keep them, who sees them and how we protect them.",
    theme=Theme.ABOUT,
    promises=("L1",),
)
QUESTIONS = Measure(
    "questions",
    nl="Heeft u een vraag, of wilt u weten wat wij precies van u bijhouden? Mail dan naar {settings.controller.privacy_email}, onder vermelding van {settings.rights.mention}.",
    en="Do you have a question, or do you want to know what exactly we keep of you? Then mail {settings.controller.privacy_email}, mentioning {settings.rights.mention_en}.",
    theme=Theme.ABOUT,
    promises=("L1", "L38"),
    when="rights.mention",
)
QUESTIONS_PLAIN = Measure(
    "questions_plain",
    nl="Heeft u een vraag, of wilt u weten wat wij precies van u bijhouden? Mail dan naar {settings.controller.privacy_email}.",
    en="Do you have a question, or do you want to know what exactly we keep of you? Then mail {settings.controller.privacy_email}.",
    theme=Theme.ABOUT,
    promises=("L1", "L38"),
    when="not rights.mention",
)
WORDS_AND_PURPOSES = Measure(
    "words_and_purposes",
    nl="In de lijst onderaan dit hoofdstuk staat elke soort gegevens die ons systeem van mensen kan bevatten, en waarvoor wij die gebruiken. Van u hebben wij alleen wat past bij wat u bij ons doet.",
    en="The list at the end of this chapter names each kind of data that our system can hold about people, and what we use it for. Of you we only have what goes with what you do with us.",
    theme=Theme.WHAT,
    promises=("L1", "K3"),
)
PURPOSES_ONLY = Measure(
    "purposes_only",
    nl="Wij gebruiken gegevens alleen voor de doelen hieronder. Bij elk doel staat welke gegevens het zijn, op welke grond uit de wet wij ze mogen gebruiken, vanaf welk moment de bewaartermijn loopt en wie ze ziet.",
    en="We use data only for the purposes below. With each purpose it says which data they are, on which ground in the law we may use them, from which moment the term runs and who sees them.",
    theme=Theme.WHY,
    promises=("L2a", "L8a", "L18", "K18"),
)
SUPPLIERS_LISTED = Measure(
    "suppliers_listed",
    nl="{academy} maakt gebruik van de bedrijven hieronder. Bij elk bedrijf staat wat het doet, welke gegevens het uit dit systeem krijgt, waar het is en of er een verwerkersovereenkomst is vastgelegd.",
    en="{academy} makes use of the companies below. With each company it says what it does, which data it gets from this system, where it is and whether a processor agreement has been recorded.",
    theme=Theme.SUPPLIERS,
    promises=("L25",),
    when="suppliers",
)
STILL_RESPONSIBLE = Measure(
    "still_responsible",
    nl="Wij blijven verantwoordelijk voor wat een bedrijf in onze opdracht met uw gegevens doet.",
    en="We remain responsible for what a company does with your data on our instructions.",
    theme=Theme.SUPPLIERS,
    promises=("L25",),
    when="suppliers",
)
HOSTING = Processor(
    "hosting",
    nl="de servers waarop dit systeem draait",
    en="the servers on which this system runs",
    role="hosting",
    words=tuple(WORDS.values()),
    holds_all=True,
    promises=("L25",),
)
SUPPLIERS_KNOWN = Registrar(
    "suppliers_known",
    nl="het register van leveranciers",
    en="the register of suppliers",
    query="privacy.firms.is_registered",
)
NO_DECISIONS = Measure(
    "no_decisions",
    nl="{academy} neemt over u geen besluiten door alleen een computer die nadelige gevolgen voor u kunnen hebben.",
    en="{academy} takes no decisions about you by computer alone that could have adverse effects for you.",
    theme=Theme.DECISIONS,
    promises=("L23",),
)
ONLY_NEEDED = Measure(
    "only_needed",
    nl="Op uw apparaat zetten wij alleen wat nodig is om de website te laten werken. Daar hoeft u geen toestemming voor te geven en er valt dus niets aan of uit te zetten.",
    en="On your device we only store what the website needs to work. That needs no consent of yours, so there is nothing to switch on or off.",
    theme=Theme.STORAGE,
    promises=("K9a", "K16"),
    when="figures.only_needed_storage",
)
BROWSER_SETTINGS = Measure(
    "browser_settings",
    nl="U kunt uw browser zo instellen dat hij u waarschuwt als er een cookie wordt geplaatst, of dat hij cookies weigert of wist. Hoe dat gaat, leest u bij ‘Help’ in uw browser.",
    en="You can set your browser to warn you when a cookie is placed, or to refuse or erase cookies. How to do that is explained under ‘Help’ in your browser.",
    theme=Theme.STORAGE,
    promises=("K16",),
)
REPORT_MISUSE = Measure(
    "report_misuse",
    nl="Denkt u dat uw gegevens toch niet goed beveiligd zijn, of ziet u aanwijzingen van misbruik? Neem dan contact op via {settings.controller.privacy_email}.",
    en="Do you think that your data are not protected well after all, or do you see signs of misuse? Then contact us at {settings.controller.privacy_email}.",
    theme=Theme.SECURITY,
    promises=("L16b",),
)
CHANGED_ON = Measure(
    "changed_on",
    nl="Bovenaan staat op welke dag deze verklaring voor het laatst is gewijzigd. Onder ‘Eerdere versies’ leest u wat er toen anders werd.",
    en="At the top it says on which day this statement was last changed. Under ‘Earlier versions’ you read what became different then.",
    theme=Theme.CHANGES,
    promises=("K21", "L34"),
)
CHANGES_ANNOUNCED = Measure(
    "changes_announced",
    nl="Publiceren wij een nieuwe versie, dan sturen wij iedereen van wie wij een e-mailadres hebben daar apart bericht van, met de veranderingen erbij.",
    en="When we publish a new version, we write about it separately to everybody whose e-mail address we have, with the changes.",
    theme=Theme.CHANGES,
    promises=("L34",),
)
LOOK_AT_THE_DATE = Measure(
    "look_at_the_date",
    nl="Als onze website of werkwijze verandert, verandert deze verklaring mee. Let daarom op de datum en kijk af en toe of er een nieuwe versie is.",
    en="When our website or way of working changes, this statement changes with it. So mind the date and look now and then whether there is a new version.",
    theme=Theme.CHANGES,
    promises=("L34",),
)
COMPUTED = Measure(
    "computed",
    nl="Deze verklaring is niet met de hand geschreven: zij volgt uit wat ons systeem per gegeven heeft vastgelegd over doel, grond, termijn en wie het ziet, en uit de instellingen van {academy}.",
    en="This statement was not written by hand: it follows from what our system has recorded for each piece of data about purpose, ground, term and who sees it, and from the settings of {academy}.",
    theme=Theme.CHANGES,
    promises=("L1",),
)

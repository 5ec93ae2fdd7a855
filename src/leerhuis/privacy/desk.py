# ruff: noqa: E501 - a sentence of the statement stands on one line, to be read as it is printed
"""Requests and the letters about them: why they are kept, and what the statement says of the desk."""

from leerhuis.charter.audiences import PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import LAW, Listing, Measure, Purpose, Theme, Told
from leerhuis.charter.groups import KNOWN
from leerhuis.charter.terms import years
from leerhuis.charter.words import FREE_TEXT, MESSAGE

DESK = (
    Purpose(
        "requests",
        nl="het behandelen van uw verzoeken over uw gegevens, met de naam en het adres die u daarbij opgeeft",
        en="handling your requests about your data, with the name and address that you give with them",
        whose=(KNOWN,),
        basis=LAW,
        rows="privacy.Request",
        children=("privacy.RequestGround", "privacy.Reply"),
        uses=(MESSAGE, FREE_TEXT),
        clock="closed_at",
        clock_nl="nadat wij uw verzoek beantwoordden",
        clock_en="after we answered your request",
        keep=years(2),
        seen_by=(SIGNED_IN.via("person").of(MESSAGE, FREE_TEXT), PRIVACY_OFFICER.everywhere.of(MESSAGE, FREE_TEXT)),
        promises=("L12", "L35", "K19c"),
    ),
    Measure(
        "requests_followed",
        nl="Elk verzoek leggen wij vast met de dag waarop het binnenkwam en de laatste dag om te antwoorden. Bij ‘Mijn verzoeken’ ziet u na inloggen hoe het ermee staat. Een verzoek sluiten wij alleen met een antwoord aan u.",
        en="Each request we record with the day on which it came in and the last day to answer. Under ‘My requests’ you see after signing in how it stands. We close a request only with an answer to you.",
        theme=Theme.RIGHTS,
        promises=("L12", "K19c"),
    ),
    Measure(
        "more_time_once",
        nl="Is een verzoek ingewikkeld, dan kunnen wij één keer twee maanden langer nodig hebben. Dat schrijven wij u binnen de eerste termijn, met de reden.",
        en="If a request is complex, we may once need two months more. We write that to you within the first term, with the reason.",
        theme=Theme.RIGHTS,
        promises=("L12",),
    ),
    Measure(
        "refused_with_ground",
        nl="Willigen wij een verzoek niet of niet helemaal in, dan schrijven wij u per doel op welke grond en tot wanneer, en hoe u naar de Autoriteit Persoonsgegevens of de rechter kunt.",
        en="If we do not grant a request, or not in full, we write to you for each purpose on which ground and until when, and how you can go to the Data Protection Authority or to court.",
        theme=Theme.RIGHTS,
        promises=("K19b", "L38"),
    ),
    Measure(
        "answers_to_address_on_file",
        nl="Een antwoord met gegevens geven wij alleen na inloggen of aan een adres dat wij al van u hadden. In de mail zelf staat het nooit.",
        en="An answer with data we only give after signing in, or to an address that we had of you already. It never stands in the mail itself.",
        theme=Theme.RIGHTS,
        promises=("L36",),
    ),
    Measure(
        "how_we_know_you",
        nl="Vraagt u iets via mail of telefoon, dan sturen wij een code naar het e-mailadres dat wij van u hebben, bellen wij u terug op een nummer dat wij al hadden, of vragen wij iets wat alleen u weet. Wij leggen vast hoe wij u herkenden, niet wat u zei of liet zien.",
        en="If you ask something by mail or telephone, we send a code to the e-mail address that we have of you, call you back at a number that we had already, or ask something that only you know. We record how we recognised you, not what you said or showed.",
        theme=Theme.RIGHTS,
        promises=("L36",),
    ),
    Listing(
        "requests_read",
        nl="uw verzoeken over uw gegevens",
        en="your requests about your data",
        model="privacy.Request",
        tells=(
            Told("kind", "wat u vroeg", "what you asked"),
            Told("received_at", "ontvangen", "received"),
            Told("state", "stand", "state"),
            Told("asked", "in uw woorden", "in your words"),
            Told("concerns", "welk gegeven", "which data"),
            Told("purpose", "waarvoor", "what for"),
            Told("due_on", "laatste dag om te antwoorden", "last day to answer"),
            Told("extended_at", "verlengd", "extended"),
            Told("decision", "besluit", "decision"),
            Told("decided_at", "besloten", "decided"),
            Told("closed_at", "beantwoord", "answered"),
            Told("channel", "binnengekomen per", "came by"),
            Told("proof", "hoe wij wisten dat u het was", "how we knew that it was you"),
            Told("proven_at", "vastgesteld", "established"),
            Told("given_name", "naam zoals opgegeven", "name as given"),
            Told("given_address", "adres zoals opgegeven", "address as given"),
            Told("not_a_bsn", "negen cijfers die geen BSN zijn", "nine digits that are no BSN"),
            Told("reminded_on", "laatste herinnering aan onze medewerker", "last reminder to our staff"),
            Told("code_sent_at", "code gestuurd", "code sent"),
            Told("code_tries", "keer dat een code is opgegeven", "times that a code was given"),
        ),
    ),
    Listing(
        "grounds_read",
        nl="wat wij van uw verzoeken niet inwilligden",
        en="what we did not grant of your requests",
        model="privacy.RequestGround",
        tells=(
            Told("ground", "op welke grond", "on which ground"),
            Told("purpose", "waarvoor", "what for"),
            Told("until", "tot", "until"),
            Told("explanation", "toelichting", "explanation"),
            Told("created_at", "vastgelegd", "recorded"),
        ),
    ),
    Listing(
        "replies_read",
        nl="brieven over uw verzoeken",
        en="letters about your requests",
        model="privacy.Reply",
        tells=(
            Told("title", "onderwerp", "subject"),
            Told("created_at", "geschreven", "written"),
            Told("body", "wat er staat", "what it says", marks=True),
            Told("kind", "soort", "kind"),
            Told("way", "hoe", "how"),
            Told("to_name", "aan", "to"),
            Told("to_address", "adres", "address"),
        ),
    ),
)

"""What practice keeps of learners and of authors, why, and what it never does."""

from leerhuis.charter.audiences import AUTHORS, SIGNED_IN
from leerhuis.charter.declarations import (
    CONSENT_GIVEN,
    CONTRACT,
    INTEREST,
    Listing,
    Measure,
    Purpose,
    Recipient,
    Storage,
    Theme,
    Told,
    Topic,
    Use,
)
from leerhuis.charter.groups import COLLEAGUES, LEARNERS, TRAINERS
from leerhuis.charter.terms import days, months, years
from leerhuis.charter.words import CREDENTIAL, EMPLOYMENT, FREE_TEXT, IDENTITY, PRACTICE, TECHNICAL

PRACTISING = Purpose(
    "practising",
    nl="het oefenen in de app: onthouden wat u al weet en op tijd herhalen",
    en="practising in the app: remembering what you know already and repeating it in time",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="practice.Access",
    children=("practice.Permit", "practice.Goal", "practice.Round", "practice.Card", "practice.Answer"),
    uses=(PRACTICE,),
    clock="until",
    clock_nl="nadat uw toegang tot de oefenvragen is geëindigd",
    clock_en="after your access to the practice questions ended",
    keep=months(6),
    term="terms.practice",
    seen_by=(SIGNED_IN.via("person").of(PRACTICE),),
    promises=("L5", "L18", "S1"),
    when="features.practice",
)
UNSEEN = Measure(
    "unseen",
    nl="Hoe u oefent, ziet alleen u. Uw werkgever, uw trainer en onze medewerkers zien niet of u oefent, wanneer, en wat u antwoordt.",
    en="Only you see how you practise. Your employer, your trainer and our staff do not see whether you practise, when, or what you answer.",
    theme=Theme.PRACTISING,
    promises=("K6",),
    when="features.practice",
)
ONLY_ORDERS = Measure(
    "only_orders",
    nl="De app berekent uit uw antwoorden welke vraag u wanneer opnieuw krijgt. De app beslist niets over u en uw oefenantwoorden tellen niet mee voor een resultaat of certificaat.",
    en="From your answers the app works out which question comes back when. The app decides nothing about you, and your practice answers do not count towards a result or certificate.",
    theme=Theme.DECISIONS,
    promises=("L23",),
    when="features.practice",
)
TOLD_WITHOUT_NAME = Measure(
    "told_without_name",
    nl="Meldt u dat er iets mis is met een oefenvraag, dan lezen de makers wat u meldde en bij welke vraag, en niet van wie het komt.",
    en="If you report that something is wrong with a practice question, its makers read what you reported and of which question, and not who it came from.",
    theme=Theme.PRACTISING,
    promises=("K6",),
    when="features.practice",
)
FITTED_TOGETHER = Measure(
    "fitted_together",
    nl="Uit de antwoorden van alle deelnemers samen berekenen wij hoe snel oefenvragen gemiddeld worden vergeten, zodat vragen op een beter moment terugkomen. Daarvan bewaren wij alleen een reeks getallen waarin niemand te vinden is, en alleen als er antwoorden van ten minste twintig mensen zijn.",
    en="From the answers of all learners together we work out how fast practice questions are forgotten on average, so that questions come back at a better moment. Of this we keep only a row of numbers in which nobody can be found, and only where there are answers of at least twenty people.",
    theme=Theme.PRACTISING,
    promises=("K5e", "L17a"),
    when="features.practice",
)
ACCESS_READ = Listing(
    "access_read",
    nl="wat u mag oefenen",
    en="what you may practise",
    model="practice.Access",
    tells=(
        Told("bank__title", "oefenbank", "question bank"),
        Told("created_at", "sinds", "since"),
        Told("until", "tot", "until"),
        Told("told_at", "gelezen dat vragen vervielen door een gewijzigde bron", "read that questions were retired"),
    ),
)
GOALS_READ = Listing(
    "goals_read",
    nl="uw doel",
    en="your goal",
    model="practice.Goal",
    tells=(
        Told("access__bank__title", "oefenbank", "question bank"),
        Told("exam_on", "examen op", "exam on"),
        Told("planned_on", "die dag gekozen op", "that day chosen on"),
        Told("retention", "deel dat u wilt blijven weten", "share that you want to keep knowing"),
        Told("minutes", "minuten per ronde", "minutes a round"),
        Told("created_at", "sinds", "since"),
    ),
)
PERMITS_READ = Listing(
    "permits_read",
    nl="waarom u mag oefenen",
    en="why you may practise",
    model="practice.Permit",
    tells=(
        Told("access__bank__title", "oefenbank", "question bank"),
        Told("until", "tot", "until"),
        Told("withdrawn_at", "ingetrokken", "withdrawn"),
        Told("finished_at", "opleiding afgerond", "course completed"),
        Told("created_at", "gegeven", "granted"),
    ),
)
ROUNDS_READ = Listing(
    "rounds_read",
    nl="uw oefenrondes",
    en="your rounds of practice",
    model="practice.Round",
    tells=(
        Told("access__bank__title", "oefenbank", "question bank"),
        Told("created_at", "begonnen", "begun"),
        Told("ended_at", "geëindigd", "ended"),
        Told("mastery_before", "beheersing vooraf", "mastery beforehand"),
        Told("reasons", "waarom elke vraag werd gesteld", "why each question was asked"),
        Told("in_app", "in een app", "in an app"),
    ),
)
CARDS_READ = Listing(
    "cards_read",
    nl="wat de app verwacht dat u onthoudt",
    en="what the app expects you to remember",
    model="practice.Card",
    tells=(
        Told("question__stem", "vraag", "question"),
        Told("due_at", "weer aan de beurt", "due again"),
        Told("last_review", "laatst geoefend", "last practised"),
        Told("reps", "aantal keer geoefend", "times practised"),
        Told("lapses", "aantal keer vergeten", "times forgotten"),
        Told("stability", "hoeveel dagen u het onthoudt", "how many days you remember it"),
        Told("difficulty", "moeilijkheid voor u, van 1 tot 10", "difficulty for you, from 1 to 10"),
        Told("state", "fase van het leren", "phase of learning"),
        Told("step", "stap in die fase", "step in that phase"),
        Told("created_at", "voor het eerst geoefend", "first practised"),
    ),
)
ANSWERS_READ = Listing(
    "answers_read",
    nl="uw antwoorden",
    en="your answers",
    model="practice.Answer",
    tells=(
        Told("question__stem", "vraag", "question"),
        Told("given", "uw antwoord", "your answer"),
        Told("outcome", "beoordeling", "outcome"),
        Told("answered_at", "beantwoord", "answered"),
        Told("took_ms", "tijd in milliseconden", "time in milliseconds"),
        Told("was_known", "u kende deze vraag al", "you knew this question already"),
        Told("question_version", "versie van de vraag", "version of the question"),
        Told("trouble", "wat u van de vraag meldde", "what you reported of the question"),
        Told("told_at", "gemeld", "reported"),
        Told("created_at", "bewaard", "stored"),
    ),
)
AUTHORING = Purpose(
    "authoring",
    nl="het samen maken van oefenvragen: wie in een vragenbank schrijft",
    en="making practice questions together: who writes in a question bank",
    whose=(COLLEAGUES, TRAINERS),
    basis=INTEREST,
    interest_nl="dat oefenvragen door de juiste mensen worden gemaakt",
    interest_en="that practice questions are made by the right people",
    rows="practice.BankAuthor",
    uses=(EMPLOYMENT, IDENTITY),
    holds=(),
    lasting=True,
    clock="ended_at",
    clock_nl="nadat u niet meer als auteur van de bank was aangewezen",
    clock_en="after you were no longer named as an author of the bank",
    keep=years(1),
    seen_by=(SIGNED_IN.via("person").of(EMPLOYMENT), AUTHORS.everywhere.of(EMPLOYMENT, IDENTITY)),
    when="features.practice",
)
COMMENTS = Purpose(
    "comments",
    nl="het overleg tussen auteurs over een oefenvraag",
    en="the discussion between authors about a practice question",
    whose=(COLLEAGUES, TRAINERS),
    basis=INTEREST,
    interest_nl="dat oefenvragen beter worden",
    interest_en="that practice questions get better",
    rows="practice.Comment",
    uses=(FREE_TEXT, IDENTITY),
    holds=(),
    clock="settled_at",
    clock_nl="nadat de opmerking is afgehandeld, of anders nadat u haar schreef",
    clock_en="after the comment was settled, or else after you wrote it",
    keep=years(1),
    seen_by=(SIGNED_IN.via("author").of(FREE_TEXT), AUTHORS.everywhere.of(FREE_TEXT, IDENTITY)),
    when="features.practice",
)
AUTHORING_READ = Listing(
    "authoring_read",
    nl="vragenbanken waarin u als auteur bent aangewezen",
    en="question banks of which you are named as an author",
    model="practice.BankAuthor",
    tells=(
        Told("bank__title", "vragenbank", "question bank"),
        Told("created_at", "sinds", "since"),
        Told("ended_at", "tot", "until"),
    ),
)
COMMENTS_READ = Listing(
    "comments_read",
    nl="uw opmerkingen bij oefenvragen",
    en="your comments on practice questions",
    model="practice.Comment",
    tells=(
        Told("question__stem", "vraag", "question"),
        Told("text", "opmerking", "comment"),
        Told("created_at", "geschreven", "written"),
        Told("settled_at", "afgehandeld", "settled"),
    ),
)

# --- reminders -------------------------------------------------------------------------------------------------------
REMINDER_PUSH = Topic(
    "reminder_push",
    nl="een melding op uw apparaat als het tijd is om te oefenen",
    en="a notification on your device when it is time to practise",
    use=Use.REMINDER,
    what_nl="Hooguit één keer per dag, op het uur dat u kiest, en alleen als oefenen helpt. U kiest zelf op welke apparaten.",
    what_en="Once a day at most, at the hour that you choose, and only when practising helps. You choose on which devices.",
    wording_nl="Ja, stuur mij een melding op mijn apparaat als het tijd is om te oefenen. Die gaat versleuteld via de maker van mijn browser.",
    wording_en="Yes, send me a notification on my device when it is time to practise. It goes, encrypted, by way of the maker of my browser.",
    by_mail=False,
    needs_account=True,
    when="features.practice",
    promises=("L14b", "L35"),
)
REMINDER_MAIL = Topic(
    "reminder_mail",
    nl="een e-mail als het tijd is om te oefenen",
    en="an e-mail when it is time to practise",
    use=Use.REMINDER,
    what_nl="Hooguit één keer per dag, op het uur dat u kiest, en alleen als oefenen helpt.",
    what_en="Once a day at most, at the hour that you choose, and only when practising helps.",
    wording_nl="Ja, stuur mij een e-mail als het tijd is om te oefenen.",
    wording_en="Yes, send me an e-mail when it is time to practise.",
    needs_account=True,
    when="features.practice",
    promises=("L14b", "L35"),
)
REMINDING = Purpose(
    "reminding",
    nl="het herinneren aan oefenen, op het uur en de apparaten die u koos",
    en="reminding you to practise, at the hour and on the devices that you chose",
    whose=(LEARNERS,),
    basis=CONSENT_GIVEN,
    rows="practice.ReminderPlan",
    children=("practice.PushDevice", "practice.Push"),
    uses=(PRACTICE, TECHNICAL, CREDENTIAL),
    holds=(),
    lasting=True,
    clock="ended_at",
    clock_nl="nadat u de herinneringen stopte",
    clock_en="after you stopped the reminders",
    keep=months(6),
    seen_by=(SIGNED_IN.via("person").of(PRACTICE, TECHNICAL),),
    promises=("L14b", "L35"),
    when="features.practice",
)
REMINDED = Purpose(
    "reminded",
    nl="het bijhouden dat u op een dag bent herinnerd, zodat het bij één keer blijft",
    en="keeping that you were reminded on a day, so that it stays at one",
    whose=(LEARNERS,),
    basis=CONSENT_GIVEN,
    rows="practice.Reminder",
    uses=(PRACTICE,),
    holds=(),
    clock="created_at",
    clock_nl="na de herinnering",
    clock_en="after the reminder",
    keep=months(3),
    seen_by=(SIGNED_IN.via("plan__person").of(PRACTICE),),
    promises=("L14b",),
    when="features.practice",
)
REMINDED_WHEN_IT_HELPS = Measure(
    "reminded_when_it_helps",
    nl="Aan oefenen herinneren wij u alleen als u daar zelf om vroeg: hooguit één keer per dag, op het uur dat u koos, niet in werktijd tenzij u dat koos, niet als u die dag al oefende, en niet meer na uw opleiding. U stopt het op elk moment, per apparaat of helemaal.",
    en="We remind you to practise only if you asked for it yourself: once a day at most, at the hour that you chose, not in working hours unless you chose that, not when you practised that day, and not after your course. You stop it at any moment, for one device or altogether.",
    theme=Theme.PRACTISING,
    promises=("L14b", "L35"),
    when="features.practice",
)
NOTIFICATIONS_SEALED = Measure(
    "notifications_sealed",
    nl="Een melding op uw apparaat is onderweg versleuteld: de maker van uw browser brengt haar, en kan haar niet lezen. Er staat alleen in hoeveel vragen er wachten en hoeveel minuten dat ongeveer kost.",
    en="A notification on your device is encrypted on its way: the maker of your browser brings it, and cannot read it. It says only how many questions wait and about how many minutes they take.",
    theme=Theme.SHARING,
    promises=("L24", "L27"),
    when="features.practice",
)
PUSH_KEPT = Storage(
    "push_kept",
    nl="dat u op dit apparaat meldingen wilt krijgen; alleen als u ze hier aanzet",
    en="that you want notifications on this device; only if you switch them on here",
    kind="push",
    name="push subscription",
    lasts_nl="als u ze hier uitzet of uitlogt",
    lasts_en="when you switch them off here or sign out",
    when="features.practice",
)


def _bringer(key: str, firm: str) -> Recipient:
    return Recipient(
        key,
        nl=f"{firm}, als uw browser zijn meldingen via dit bedrijf krijgt en u meldingen aanzette",
        en=f"{firm}, if your browser gets its notifications by way of this company and you switched notifications on",
        words=(TECHNICAL,),
        basis=CONSENT_GIVEN,
        why_nl="een melding komt alleen via de maker van de browser op een apparaat; zij is versleuteld en niet te lezen",
        why_en="a notification reaches a device only by way of the browser’s maker; it is encrypted and cannot be read",
        purposes=("reminding",),
        promises=("L24", "K8"),
        when="features.practice",
    )


PUSH_GOOGLE = _bringer("push_google", "Google")
PUSH_MOZILLA = _bringer("push_mozilla", "Mozilla")
PUSH_APPLE = _bringer("push_apple", "Apple")
PUSH_MICROSOFT = _bringer("push_microsoft", "Microsoft")
PLANS_READ = Listing(
    "plans_read",
    nl="wanneer u herinnerd wilt worden",
    en="when you want to be reminded",
    model="practice.ReminderPlan",
    tells=(
        Told("hour", "uur", "hour"),
        Told("days", "dagen (1 maandag, 2 dinsdag, 4 woensdag … opgeteld)", "days (1 Monday, 2 Tuesday, 4 … added up)"),
        Told("at_work", "ook in werktijd", "in working hours, too"),
        Told("created_at", "sinds", "since"),
        Told("declined_at", "u wilde dit niet gevraagd worden sinds", "you did not want to be asked since"),
        Told("ended_at", "gestopt", "stopped"),
    ),
)
DEVICES_READ = Listing(
    "devices_read",
    nl="apparaten die meldingen krijgen",
    en="devices that get notifications",
    model="practice.PushDevice",
    tells=(
        Told("browser", "browser", "browser"),
        Told("system", "systeem", "system"),
        Told("created_at", "sinds", "since"),
        Told("reached_at", "laatste melding", "last notification"),
        Told("sign_in", "hoort bij inlog", "belongs to sign-in"),
    ),
)
REMINDERS_READ = Listing(
    "reminders_read",
    nl="herinneringen die u kreeg",
    en="reminders that you got",
    model="practice.Reminder",
    tells=(
        Told("day", "dag", "day"),
        Told("bank__title", "oefenbank", "question bank"),
        Told("reason", "waarom", "why"),
        Told("questions", "aantal vragen", "number of questions"),
        Told("minutes", "ongeveer zoveel minuten", "about so many minutes"),
        Told("way", "hoe", "how"),
        Told("arrived_at", "aangenomen", "taken"),
        Told("created_at", "gemaakt", "made"),
    ),
)
PUSHES_READ = Listing(
    "pushes_read",
    nl="meldingen die onderweg zijn",
    en="notifications on their way",
    model="practice.Push",
    tells=(
        Told("created_at", "gemaakt", "made"),
        Told("attempts", "aantal pogingen", "number of attempts"),
        Told("try_after", "volgende poging", "next attempt"),
        Told("until", "uiterlijk tot", "until"),
    ),
)


# --- faults of the app -------------------------------------------------------------------------------------------------
DEVICE_REPORTS = Topic(
    "device_reports",
    nl="meldingen van fouten in de app",
    en="reports of faults in the app",
    use=Use.FAULTS,
    what_nl="Gaat er iets mis in de oefenapp, dan horen wij wat er misging en op wat voor apparaat. Nooit wat u antwoordde.",
    what_en="When something fails in the practice app, we hear what failed and on which kind of device. Never what you answered.",
    wording_nl="Ja, meld fouten van de oefenapp op mijn apparaten aan {academy}, met het soort apparaat, systeem en browser.",
    wording_en="Yes, report faults of the practice app on my devices to {academy}, with the kind of device, system and browser.",
    by_mail=False,
    needs_account=True,
    when="features.practice",
    promises=("L7",),
)
FAULT_REPORTS = Purpose(
    "fault_reports",
    nl="het verhelpen van fouten in de oefenapp: wat er misging, en op wat voor apparaat",
    en="mending faults of the practice app: what failed, and on which kind of device",
    whose=(LEARNERS,),
    basis=CONSENT_GIVEN,
    rows="practice.DeviceReport",
    uses=(TECHNICAL,),
    holds=(),
    clock="created_at",
    clock_nl="na de melding",
    clock_en="after the report",
    keep=days(90),
    seen_by=(SIGNED_IN.via("person").of(TECHNICAL),),
    promises=("L7",),
    when="features.practice",
)
FAULTS_AS_YOU_CHOSE = Measure(
    "faults_as_you_chose",
    nl="Fouten van de oefenapp op uw apparaat krijgen wij alleen als u dat aanzet. Daarin staan de foutmelding zonder adressen en zonder wat u antwoordde, het soort apparaat, systeem, browser, schermgrootte, taal en of u minder beweging wilt. U ziet en wist ze onder ‘Foutmeldingen’, en zet u het uit, dan wissen wij ze meteen.",
    en="We get faults of the practice app on your device only if you switch that on. They hold the message without addresses and without what you answered, the kind of device, system, browser, size of screen, language, and whether you want less motion. You see and erase them under ‘Reports of faults’, and when you switch it off we erase them at once.",
    theme=Theme.PRACTISING,
    promises=("L7",),
    when="features.practice",
)
FAULTS_COUNTED = Measure(
    "faults_counted",
    nl="Wij lezen daarvan alleen hoe vaak welke fout voorkwam, in welke versie van de app, in weken die voorbij zijn en bij ten minste {settings.insights.smallest_group} mensen. Van wie een melding komt, zien wij niet.",
    en="Of these we read only how often which fault occurred, in which version of the app, in weeks that are over and of at least {settings.insights.smallest_group} people. We do not see from whom a report comes.",
    theme=Theme.PRACTISING,
    promises=("L7", "L17a"),
    when="features.practice",
)
REPORTS_READ = Listing(
    "reports_read",
    nl="fouten van de app op uw apparaten",
    en="faults of the app on your devices",
    model="practice.DeviceReport",
    tells=(
        Told("fault", "fout", "fault"),
        Told("created_at", "wanneer", "when"),
        Told("message", "melding", "message"),
        Told("place", "plek in de app", "place in the app"),
        Told("stack", "weg daarheen in de app", "way to it in the app"),
        Told("version", "versie van de app", "version of the app"),
        Told("device", "soort apparaat", "kind of device"),
        Told("system", "systeem", "system"),
        Told("browser", "browser", "browser"),
        Told("screen", "scherm", "screen"),
        Told("language", "taal", "language"),
        Told("reduced_motion", "minder beweging gewenst", "less motion wanted"),
    ),
)

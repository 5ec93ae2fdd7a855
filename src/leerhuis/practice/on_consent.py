"""What the app does for somebody only with their consent: reminders, the challenge, reports of faults.

Declared here and taken up by `privacy`, where the rest of this package stands.
"""

from leerhuis.charter.audiences import SIGNED_IN
from leerhuis.charter.declarations import (
    CONSENT_GIVEN,
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
from leerhuis.charter.groups import LEARNERS
from leerhuis.charter.terms import days, months, years
from leerhuis.charter.words import CREDENTIAL, PRACTICE, TECHNICAL

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
        Told("endpoint", "adres bij de maker van de browser", "address at the browser’s maker"),
        Told("key", "sleutel van de browser", "key of the browser"),
        Told("auth", "geheim van de browser", "secret of the browser"),
        Told("digest", "kenmerk van dat adres", "mark of that address"),
    ),
)
REMINDERS_READ = Listing(
    "reminders_read",
    nl="herinneringen die u kreeg",
    en="reminders that you got",
    model="practice.Reminder",
    tells=(
        Told("day", "dag", "day"),
        Told("bank__title", "vragenbank", "question bank"),
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


# --- together --------------------------------------------------------------------------------------------------------
TOGETHER = Topic(
    "together",
    nl="meedoen aan de weekuitdaging van uw organisatie, onder een bijnaam",
    en="taking part in the weekly challenge of your organisation, under a nickname",
    use=Use.TOGETHER,
    what_nl="Collega’s die ook meedoen zien uw bijnaam en uw punten van deze week. Uw werkgever en onze medewerkers zien er niets van.",
    what_en="Colleagues who take part, too, see your nickname and your points of this week. Your employer and our staff see nothing of it.",
    wording_nl="Ja, laat mij meedoen: collega’s die ook meedoen mogen mijn bijnaam en mijn punten van de week zien.",
    wording_en="Yes, let me take part: colleagues who take part, too, may see my nickname and my points of the week.",
    by_mail=False,
    needs_account=True,
    when="features.practice",
    promises=("K6", "L35"),
)
CHALLENGE = Purpose(
    "challenge",
    nl="de weekuitdaging waaraan u met collega’s meedoet, onder een bijnaam",
    en="the weekly challenge in which you take part with colleagues, under a nickname",
    whose=(LEARNERS,),
    basis=CONSENT_GIVEN,
    rows="practice.Player",
    uses=(PRACTICE,),
    holds=(),
    clock="created_at",
    clock_nl="nadat u begon mee te doen",
    clock_en="after you began to take part",
    keep=years(1),
    seen_by=(
        SIGNED_IN.via("person").of(PRACTICE),
        SIGNED_IN.via("organisation__memberships__person")
        .of(PRACTICE)
        .known_as("collega’s die ook meedoen", "colleagues who take part, too"),
    ),
    promises=("L5", "K6", "L35"),
    when="features.practice",
)
TOGETHER_BY_NICKNAME = Measure(
    "together_by_nickname",
    nl="Doet u mee aan de weekuitdaging, dan zien alleen collega’s die ook meedoen uw bijnaam en uw punten van de week, en pas als er drie of meer meedoen. Punten zijn vragen die u erbij leerde en dagen waarop u oefende; hoe snel u was en wat u fout had telt niet. Uw werkgever, uw trainer en onze medewerkers zien er niets van. Stopt u, dan wissen wij uw bijnaam meteen.",
    en="If you take part in the weekly challenge, only colleagues who take part, too, see your nickname and your points of the week, and only once three or more do. Points are questions that you came to know and days on which you practised; how fast you were and what you missed does not count. Your employer, your trainer and our staff see nothing of it. When you stop, we erase your nickname at once.",
    theme=Theme.PRACTISING,
    promises=("L5", "K6", "L35"),
    when="features.practice",
)
PLAYERS_READ = Listing(
    "players_read",
    nl="uw deelname aan de weekuitdaging",
    en="your part in the weekly challenge",
    model="practice.Player",
    tells=(
        Told("nickname", "bijnaam", "nickname"),
        Told("organisation__name", "organisatie", "organisation"),
        Told("created_at", "sinds", "since"),
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


DECLARED = (
    REMINDER_PUSH,
    REMINDER_MAIL,
    REMINDING,
    REMINDED,
    REMINDED_WHEN_IT_HELPS,
    NOTIFICATIONS_SEALED,
    PUSH_KEPT,
    PUSH_GOOGLE,
    PUSH_MOZILLA,
    PUSH_APPLE,
    PUSH_MICROSOFT,
    PLANS_READ,
    DEVICES_READ,
    REMINDERS_READ,
    PUSHES_READ,
    TOGETHER,
    CHALLENGE,
    TOGETHER_BY_NICKNAME,
    PLAYERS_READ,
    DEVICE_REPORTS,
    FAULT_REPORTS,
    FAULTS_AS_YOU_CHOSE,
    FAULTS_COUNTED,
    REPORTS_READ,
)

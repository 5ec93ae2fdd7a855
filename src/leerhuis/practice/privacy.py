"""What practice keeps of learners and of authors, why, and what it never does."""

from leerhuis.charter.audiences import AUTHORS, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, INTEREST, Listing, Measure, Purpose, Storage, Theme, Told
from leerhuis.charter.groups import COLLEAGUES, LEARNERS, TRAINERS
from leerhuis.charter.terms import months, years
from leerhuis.charter.words import EMPLOYMENT, FREE_TEXT, IDENTITY, PRACTICE
from leerhuis.practice import on_consent

PRACTISING = Purpose(
    "practising",
    nl="het oefenen in de app: onthouden wat u al weet en op tijd herhalen",
    en="practising in the app: remembering what you know already and repeating it in time",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="practice.Access",
    children=(
        "practice.Permit",
        "practice.Goal",
        "practice.Round",
        "practice.Card",
        "practice.Answer",
        "practice.Bookmark",
    ),
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
    nl="Meldt u dat er iets mis is met een oefenvraag, dan lezen de makers vanaf de volgende dag wat u meldde en bij welke vraag, en niet van wie het komt of wanneer. Hoeveel mensen het meldden, lezen zij alleen bij grotere groepen. Oefenen er weinig mensen, dan kunnen zij raden dat u het was.",
    en="If you report that something is wrong with a practice question, its makers read what you reported and of which question, from the next day on, and not who it came from or when. How many reported it they read only of larger groups. Where few people practise, they may guess that it was you.",
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
_SIGNED_OUT_NL = "als u uitlogt, zodra iemand anders of niemand is ingelogd, en hoe dan ook na zestig dagen"
_SIGNED_OUT_EN = "when you sign out, as soon as somebody else or nobody is signed in, and in any case after sixty days"
APP_STORE = Storage(
    "app_store",
    kind="IndexedDB",
    name="leerhuis-practice",
    nl="bewaart in de oefenapp oefenvragen, uw antwoorden totdat ze zijn verstuurd, hoe u ervoor staat, uw volgende les en uw certificaten, zodat u zonder verbinding kunt oefenen",
    en="keeps practice questions, your answers until they are sent, how you stand, your next lesson and your certificates in the practice app, so that you can practise without a connection",
    lasts_nl=f"{_SIGNED_OUT_NL}; koos u er niet voor ingelogd te blijven, dan al als u de browser sluit",
    lasts_en=f"{_SIGNED_OUT_EN}; if you did not choose to stay signed in, already when you close the browser",
    promises=("K9a",),
    when="features.practice",
)
APP_OWNER = Storage(
    "app_owner",
    kind="localStorage",
    name="leerhuis-practice-owner",
    nl="onthoudt zonder uw naam van wie de gegevens van de oefenapp op dit apparaat zijn, zodat ze verdwijnen als een ander inlogt",
    en="remembers without your name whose data of the practice app lie on this device, so that they go when somebody else signs in",
    lasts_nl=_SIGNED_OUT_NL,
    lasts_en=_SIGNED_OUT_EN,
    promises=("K9a",),
    when="features.practice",
)
APP_SITTING = Storage(
    "app_sitting",
    kind="cookie",
    name="leerhuis_practice",
    nl="onthoudt dat de oefenapp in deze browser open is geweest, zodat haar gegevens verdwijnen als u de browser sluit en er niet voor koos ingelogd te blijven",
    en="remembers that the practice app was open in this browser, so that its data go when you close the browser and did not choose to stay signed in",
    lasts_nl="als u de browser sluit of uitlogt",
    lasts_en="when you close the browser or sign out",
    promises=("K9a",),
    when="features.practice",
)
APP_PAGES = Storage(
    "app_pages",
    kind="cache",
    name="leerhuis-practice-…",
    nl="bewaart de lege pagina van de oefenapp en de plaatjes, geluiden en films bij oefenvragen, zodat de app zonder verbinding opent; over u staat er niets in",
    en="keeps the empty page of the practice app and the pictures, sounds and films of practice questions, so that the app opens without a connection; nothing in it is about you",
    lasts_nl=_SIGNED_OUT_NL,
    lasts_en=_SIGNED_OUT_EN,
    promises=("K9a",),
    when="features.practice",
)
ACCESS_READ = Listing(
    "access_read",
    nl="wat u mag oefenen",
    en="what you may practise",
    model="practice.Access",
    tells=(
        Told("bank__title", "vragenbank", "question bank"),
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
        Told("access__bank__title", "vragenbank", "question bank"),
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
        Told("access__bank__title", "vragenbank", "question bank"),
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
        Told("access__bank__title", "vragenbank", "question bank"),
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
BOOKMARKS_READ = Listing(
    "bookmarks_read",
    nl="vragen die u bewaarde",
    en="questions you kept",
    model="practice.Bookmark",
    tells=(
        Told("question__stem", "vraag", "question"),
        Told("access__bank__title", "vragenbank", "question bank"),
        Told("created_at", "bewaard", "kept"),
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

ON_CONSENT = on_consent.DECLARED

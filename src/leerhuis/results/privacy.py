"""What is kept about attendance, results and certificates, and why."""

from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, OFFICE, PRIVACY_OFFICER, SIGNED_IN, TRAINER
from leerhuis.charter.declarations import CONTRACT, Listing, Measure, Purpose, Recipient, Search, Theme, Told
from leerhuis.charter.groups import LEARNERS
from leerhuis.charter.terms import years
from leerhuis.charter.words import FREE_TEXT, IDENTITY, PARTICIPATION, RESULT

ATTENDANCE = Purpose(
    "attendance",
    nl="het bijhouden van uw aanwezigheid bij lesdagen",
    en="keeping track of your attendance at lessons",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="results.Attendance",
    children=("results.Correction",),
    uses=(IDENTITY, PARTICIPATION, FREE_TEXT),
    clock="enrolment__ended_at",
    otherwise="enrolment__run__last_day",
    clock_nl="na het einde van uw opleiding",
    clock_en="after the end of your course",
    keep=years(2),
    term="terms.course",
    seen_by=(
        SIGNED_IN.via("enrolment__learner").of(IDENTITY, PARTICIPATION, FREE_TEXT),
        TRAINER.via("sheet__lesson__run__teachings").of(IDENTITY, PARTICIPATION),
        OFFICE.everywhere.of(IDENTITY, PARTICIPATION, FREE_TEXT),
        PRIVACY_OFFICER.everywhere.of(IDENTITY, PARTICIPATION, FREE_TEXT),
        CONTACT_PERSON.via("enrolment__ordered_by").of(IDENTITY, PARTICIPATION).if_agreed,
    ),
    promises=("K3", "K6", "K7"),
)
RESULT_OF_COURSE = Purpose(
    "result",
    nl="het vaststellen van uw resultaat",
    en="deciding your result",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="results.Result",
    uses=(IDENTITY, RESULT, FREE_TEXT),
    clock="decided_at",
    clock_nl="nadat uw resultaat is vastgesteld",
    clock_en="after your result was decided",
    keep=years(2),
    term="terms.result",
    seen_by=(
        SIGNED_IN.via("enrolment__learner").of(IDENTITY, RESULT, FREE_TEXT),
        OFFICE.everywhere.of(IDENTITY, RESULT, FREE_TEXT),
        PRIVACY_OFFICER.everywhere.of(IDENTITY, RESULT, FREE_TEXT),
        CONTACT_PERSON.via("enrolment__ordered_by").of(IDENTITY, RESULT).if_agreed,
    ),
    promises=("K3", "K6", "L23"),
)
CERTIFICATE = Purpose(
    "certificate",
    nl="uw certificaat, en het kunnen nagaan of het geldig is",
    en="your certificate, and checking whether it is valid",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="results.Certificate",
    uses=(IDENTITY, RESULT, FREE_TEXT),
    clock="created_at",
    clock_nl="nadat wij uw certificaat afgaven",
    clock_en="after we issued your certificate",
    keep=years(2),
    term="terms.result",
    seen_by=(
        SIGNED_IN.via("enrolment__learner").of(IDENTITY, RESULT, FREE_TEXT),
        OFFICE.everywhere.of(IDENTITY, RESULT, FREE_TEXT),
        PRIVACY_OFFICER.everywhere.of(IDENTITY, RESULT, FREE_TEXT),
        CONTACT_PERSON.via("enrolment__ordered_by").of(IDENTITY, RESULT).if_agreed,
        ANYONE.via("number")
        .of(RESULT)
        .known_as(
            "wie het nummer van uw certificaat en uw achternaam heeft",
            "whoever has the number of your certificate and your surname",
        ),
    ),
    promises=("K3", "K6", "W2"),
)
EMPLOYER = Recipient(
    "employer",
    nl="uw werkgever, als dat is afgesproken en u het vooraf van ons hoorde (lijsten)",
    en="your employer, if that was agreed and we told you beforehand (lists)",
    words=(IDENTITY, PARTICIPATION, RESULT),
    basis=CONTRACT,
    why_nl="een werkgever volgt de opleiding die hij bestelde",
    why_en="an employer follows the course that it ordered",
    purposes=("attendance", "result", "certificate"),
    knowingly=True,
    promises=("L24", "K6"),
)
CHECKER = Recipient(
    "checker",
    nl="wie het nummer van uw certificaat en uw achternaam heeft, en op onze website nagaat of het geldig is",
    en="whoever has the number of your certificate and your surname, and checks on our website whether it is valid",
    words=(IDENTITY, RESULT),
    basis=CONTRACT,
    why_nl="een certificaat is er om te laten zien, en wie het ziet moet kunnen nagaan of het echt is",
    why_en="a certificate is there to be shown, and whoever sees it must be able to check whether it is real",
    purposes=("certificate",),
    knowingly=True,
    promises=("L24", "W2"),
)
PERSON_DECIDES = Measure(
    "person_decides",
    nl="Over uw resultaat en uw certificaat beslist altijd een mens, nooit een computer. Bent u het er niet mee eens, dan kijkt een medewerker er opnieuw naar.",
    en="Your result and your certificate are always decided by a human being, never by a computer. If you disagree, a member of staff looks at it again.",
    theme=Theme.DECISIONS,
    promises=("L23",),
)
TRAINER_SEES_OWN_GROUP = Measure(
    "trainer_sees_own_group",
    nl="Een trainer ziet van u alleen uw naam en uw aanwezigheid, alleen van de eigen groep, en alleen van dertig dagen voor tot dertig dagen na een lesdag.",
    en="Of you a trainer sees only your name and your attendance, only in their own group, and only from thirty days before until thirty days after a lesson.",
    theme=Theme.SHARING,
    promises=("K7",),
)
CERTIFICATE_CHECK = Measure(
    "certificate_check",
    nl="Wie het nummer van uw certificaat én uw achternaam heeft, kan op onze website nagaan of het geldig is en voor welke opleiding. Zoekmachines kunnen die pagina’s niet opnemen. Zijn uw gegevens gewist, dan staat bij het nummer alleen nog of het geldig was.",
    en="Whoever has the number of your certificate and your surname can check on our website whether it is valid and for which course. Search engines cannot take up those pages. Once your data are erased, the number only says whether it was valid.",
    theme=Theme.SHARING,
    promises=("W2",),
)
CORRECTION_KEPT = Measure(
    "correction_kept",
    nl="Een ingediende presentielijst ligt vast. Wijzigt iemand later uw aanwezigheid, dan bewaren we wat er eerst stond, wie het wijzigde en waarom; u kunt dat lezen.",
    en="An attendance list that was submitted is locked. If somebody changes your attendance later, we keep what it said before, who changed it and why; you can read that.",
    theme=Theme.WHAT,
    promises=("W1",),
)
ATTENDANCE_READ = Listing(
    "attendance_read",
    nl="uw aanwezigheid",
    en="your attendance",
    model="results.Attendance",
    tells=(
        Told("enrolment__run__course__title", "opleiding", "course"),
        Told("sheet__lesson__starts_at", "les", "lesson"),
        Told("state", "aanwezigheid", "attendance"),
        Told("created_at", "ingevuld", "filled in"),
    ),
)
CORRECTIONS_READ = Listing(
    "corrections_read",
    nl="wijzigingen van uw aanwezigheid",
    en="changes of your attendance",
    model="results.Correction",
    tells=(
        Told("attendance__enrolment__run__course__title", "opleiding", "course"),
        Told("attendance__sheet__lesson__starts_at", "les", "lesson"),
        Told("was", "was", "was"),
        Told("became", "werd", "became"),
        Told("reason", "reden", "reason"),
        Told("corrected_by", "gewijzigd door", "changed by"),
        Told("created_at", "gewijzigd", "changed"),
    ),
)
RESULTS_READ = Listing(
    "results_read",
    nl="uw resultaten",
    en="your results",
    model="results.Result",
    tells=(
        Told("enrolment__run__course__title", "opleiding", "course"),
        Told("outcome", "resultaat", "result"),
        Told("decided_at", "vastgesteld", "decided"),
        Told("decided_by", "vastgesteld door", "decided by"),
        Told("remark", "opmerking", "remark"),
        Told("created_at", "ingevoerd", "entered"),
    ),
)
CERTIFICATES_READ = Listing(
    "certificates_read",
    nl="uw certificaten",
    en="your certificates",
    model="results.Certificate",
    tells=(
        Told("course_title", "opleiding", "course"),
        Told("number", "nummer", "number"),
        Told("first_name", "voornaam", "first name"),
        Told("last_name", "achternaam", "last name"),
        Told("finished_on", "afgerond", "finished"),
        Told("hours", "uren", "hours"),
        Told("points", "PE-punten", "PE points"),
        Told("register", "register", "register"),
        Told("language", "taal", "language"),
        Told("created_at", "afgegeven", "issued"),
        Told("revoked_at", "ingetrokken", "revoked"),
        Told("revoked_reason", "reden van intrekking", "reason for revoking"),
    ),
)
CERTIFICATES_FOUND = Search(
    "certificates_found",
    nl="Certificaten",
    en="Certificates",
    query="results.queries.search_certificates",
    page="results_office_certificate",
    sign="certificate",
    place=60,
    purpose="results.certificate",
)

"""What the audit keeps about people, and why."""

from leerhuis.charter.audiences import PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import INTEREST, LAW, Listing, Measure, Purpose, Theme, Told
from leerhuis.charter.groups import ACCOUNTS, COLLEAGUES, CONTACTS, KNOWN, LEARNERS, VISITORS
from leerhuis.charter.terms import days, years
from leerhuis.charter.words import TECHNICAL, TRACE

_INTEREST_NL = "te kunnen nagaan wie gegevens heeft ingezien of gewijzigd, zodat misbruik opvalt"
_INTEREST_EN = "to be able to see who viewed or changed data, so that misuse is noticed"

ACTS = Purpose(
    "acts",
    nl="het bijhouden van wie uw gegevens wijzigde",
    en="keeping track of who changed your data",
    whose=(KNOWN,),
    basis=INTEREST,
    interest_nl=_INTEREST_NL,
    interest_en=_INTEREST_EN,
    rows="audit.Note",
    uses=(TRACE,),
    clock="created_at",
    clock_nl="na het einde van de maand van de wijziging",
    clock_en="after the end of the month of the change",
    keep=years(2),
    term="terms.audit",
    seen_by=(SIGNED_IN.via("subject_person").of(TRACE), PRIVACY_OFFICER.everywhere.of(TRACE)),
    promises=("L8a",),
)
LOOKS = Purpose(
    "looks",
    nl="het bijhouden van wie uw gegevens inzag",
    en="keeping track of who viewed your data",
    whose=(KNOWN,),
    basis=INTEREST,
    interest_nl=_INTEREST_NL,
    interest_en=_INTEREST_EN,
    rows="audit.Look",
    uses=(TRACE,),
    clock="created_at",
    clock_nl="na het einde van de maand van de inzage",
    clock_en="after the end of the month of the viewing",
    keep=years(2),
    term="terms.audit",
    seen_by=(SIGNED_IN.via("subject_person").of(TRACE), PRIVACY_OFFICER.everywhere.of(TRACE)),
    promises=("L8a", "W1"),
)
SUBMISSIONS = Purpose(
    "submissions",
    nl="het herkennen van een formulier dat twee keer wordt verstuurd",
    en="recognising a form that is sent twice",
    whose=(VISITORS, ACCOUNTS),
    basis=INTEREST,
    interest_nl="te voorkomen dat een dubbele klik of een weggevallen verbinding iets twee keer doet",
    interest_en="to prevent a double click or a lost connection from doing something twice",
    rows="audit.Submission",
    uses=(TECHNICAL,),
    clock="created_at",
    clock_nl="na het versturen",
    clock_en="after sending",
    keep=days(1),
    seen_by=(SIGNED_IN.via("sender_person").of(TECHNICAL),),
    promises=("L8a",),
)
JOURNAL = Purpose(
    "journal",
    nl="het opnieuw uitvoeren van wissen, beperken en intrekken nadat een oudere stand van onze gegevens is teruggezet",
    en="carrying out erasure, restriction and withdrawal again after an older state of our data was put back",
    whose=(KNOWN,),
    basis=LAW,
    rows="audit.JournalEntry",
    uses=(TRACE,),
    clock="created_at",
    clock_nl="nadat het werd uitgevoerd, of tot 30 dagen nadat geen stand van daarvoor meer kan worden teruggezet als dat later is",
    clock_en="after it was carried out, or until 30 days after no state from before it can be put back any more if that is later",
    keep=days(90),
    seen_by=(PRIVACY_OFFICER.everywhere.of(TRACE),),
    promises=("W6",),
)
FLOWS = Purpose(
    "flows",
    nl="het tellen van wat ons systeem verlaat",
    en="counting what leaves our system",
    whose=(COLLEAGUES, CONTACTS),
    basis=INTEREST,
    interest_nl="te kunnen nagaan hoeveel gegevens naar wie gingen, zodat een uitschieter opvalt",
    interest_en="to be able to see how much data went to whom, so that an outlier is noticed",
    rows="audit.Flow",
    uses=(TRACE,),
    clock="created_at",
    clock_nl="nadat het ons systeem verliet",
    clock_en="after it left our system",
    keep=years(2),
    term="terms.audit",
    seen_by=(SIGNED_IN.via("actor_person").of(TRACE), PRIVACY_OFFICER.everywhere.of(TRACE)),
    promises=("L24",),
)
GIVEN = Purpose(
    "given",
    nl="het onthouden aan wie wij uw gegevens gaven, om u dat te kunnen zeggen en een verbetering te kunnen doorgeven",
    en="remembering to whom we gave your data, to be able to tell you and to pass on a correction",
    whose=(LEARNERS,),
    basis=LAW,
    rows="audit.Given",
    uses=(TRACE,),
    clock="day",
    clock_nl="nadat wij ze gaven",
    clock_en="after we gave them",
    otherwise="created_at",
    keep=years(2),
    term="terms.audit",
    seen_by=(SIGNED_IN.via("person").of(TRACE), PRIVACY_OFFICER.everywhere.of(TRACE)),
    promises=("L24", "L35"),
)
LOOKS_SHOWN = Measure(
    "looks_shown",
    nl="Telkens als een medewerker, trainer of contactpersoon uw gegevens opent, leggen we dat vast. U ziet bij ‘Mijn gegevens’ in welke rol er is gekeken, op welke dag en waarvoor.",
    en="Each time a member of staff, a trainer or a contact opens your data, we record it. Under ‘My data’ you see in which role somebody looked, on which day and what for.",
    theme=Theme.SECURITY,
    promises=("L8a", "W1"),
)
LEAVING_COUNTED = Measure(
    "leaving_counted",
    nl="Gegevens verlaten ons systeem op één plaats. Die laat alleen door wat in deze verklaring staat, en telt alles: e-mails, en ook de lijsten en bestanden die medewerkers en contactpersonen downloaden. Gingen er gegevens van u naar een ander, zoals uw werkgever, dan ziet u bij ‘Mijn gegevens’ welke en wanneer.",
    en="Data leave our system in one place. It only lets through what stands in this statement, and counts everything: e-mails, and also the lists and files that staff and contacts download. If data of yours went to somebody else, such as your employer, you see under ‘My data’ which and when.",
    theme=Theme.SHARING,
    promises=("L24", "L8a"),
)
FLOWS_READ = Listing(
    "flows_read",
    nl="lijsten en bestanden die u meenam",
    en="lists and files that you took along",
    model="audit.Flow",
    tells=(
        Told("created_at", "wanneer", "when"),
        Told("carrier", "welke lijst of welk bericht", "which list or message"),
        Told("purpose", "waarvoor", "what for"),
        Told("words", "welke gegevens", "which data"),
        Told("people", "over hoeveel mensen", "about how many people"),
        Told("rows", "aantal regels", "number of rows"),
        Told("recipient", "aan wie", "to whom"),
        Told("transport", "hoe beveiligd", "how secured"),
        Told("actor_role", "in welke rol", "in which role"),
        Told("actor_kind", "soort", "kind"),
        Told("mark", "kenmerk van wat u vroeg", "mark of what you asked for"),
    ),
)
GIVEN_READ = Listing(
    "given_read",
    nl="aan wie wij uw gegevens gaven",
    en="to whom we gave your data",
    model="audit.Given",
    tells=(
        Told("day", "wanneer", "when"),
        Told("recipient", "aan wie", "to whom"),
        Told("purpose", "waarvoor", "what for"),
        Told("words", "welke gegevens", "which data"),
        Told("created_at", "vastgelegd", "recorded"),
    ),
)
SEALED = Measure(
    "sealed",
    nl="Wat er met uw gegevens is gedaan, wie ze inzag en waarvoor u toestemming gaf, kan achteraf niet ongemerkt worden veranderd of weggehaald, ook niet rechtstreeks in de database. Dat controleren we elke nacht. Hierin staan sleutels en rollen, geen namen.",
    en="What was done to your data, who viewed them and what you consented to cannot be changed or taken away afterwards without it being noticed, not even in the database itself. We check that each night. It holds keys and roles, no names.",
    theme=Theme.SECURITY,
    promises=("K17", "L8a"),
)
NOTES_READ = Listing(
    "notes_read",
    nl="wie uw gegevens wijzigde",
    en="who changed your data",
    model="audit.Note",
    tells=(
        Told("created_at", "wanneer", "when"),
        Told("actor_role", "in welke rol", "in which role"),
        Told("verb", "wat er gebeurde", "what happened"),
        Told("thing_kind", "waarmee", "to what"),
        Told("touched", "welke velden", "which fields"),
        Told("actor_kind", "soort", "kind"),
        Told("actor_person", "door", "by"),
    ),
)
LOOKS_READ = Listing(
    "looks_read",
    nl="wie uw gegevens inzag",
    en="who viewed your data",
    model="audit.Look",
    tells=(
        Told("created_at", "wanneer", "when"),
        Told("actor_role", "in welke rol", "in which role"),
        Told("purpose", "waarvoor", "what for"),
        Told("screen", "op welk scherm", "on which screen"),
        Told("actor_kind", "soort", "kind"),
        Told("actor_person", "door", "by"),
    ),
)
SUBMISSIONS_READ = Listing(
    "submissions_read",
    nl="formulieren die u in de laatste dag verstuurde",
    en="forms that you sent in the last day",
    model="audit.Submission",
    tells=(
        Told("created_at", "wanneer", "when"),
        Told("path", "vanaf welk adres", "from which address"),
        Told("method", "hoe", "how"),
        Told("status", "antwoord", "answer"),
        Told("location", "waarheen daarna", "where to next"),
        Told("sender", "afzender", "sender"),
        Told("key", "sleutel van het formulier", "key of the form"),
        Told("content", "kenmerk van de inhoud", "mark of the content"),
    ),
)

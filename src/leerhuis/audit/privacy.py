"""What the audit keeps about people, and why."""

from leerhuis.charter.audiences import PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import INTEREST, LAW, Listing, Measure, Purpose, Theme, Told
from leerhuis.charter.groups import ACCOUNTS, KNOWN, VISITORS
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
    clock_nl="na de wijziging",
    clock_en="after the change",
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
    clock_nl="na de inzage",
    clock_en="after the viewing",
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
    clock_nl="nadat het werd uitgevoerd",
    clock_en="after it was carried out",
    keep=days(90),
    seen_by=(PRIVACY_OFFICER.everywhere.of(TRACE),),
    promises=("W6",),
)
LOOKS_SHOWN = Measure(
    "looks_shown",
    nl="Telkens als een medewerker, trainer of contactpersoon uw gegevens opent, leggen we dat vast. U ziet bij ‘Mijn gegevens’ wie er keek, in welke rol en wanneer.",
    en="Each time a member of staff, a trainer or a contact opens your data, we record it. Under ‘My data’ you see who looked, in which role and when.",
    theme=Theme.SECURITY,
    promises=("L8a", "W1"),
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

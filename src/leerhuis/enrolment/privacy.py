"""What is kept about registrations and enrolments, and why."""

from leerhuis.charter.audiences import CONTACT_PERSON, OFFICE, SIGNED_IN, TRAINER
from leerhuis.charter.declarations import (
    CONTRACT,
    INTEREST,
    Filed,
    Listing,
    Measure,
    Purpose,
    Recipient,
    Replayed,
    Search,
    Theme,
    Told,
)
from leerhuis.charter.groups import CONTACTS, LEARNERS
from leerhuis.charter.terms import years
from leerhuis.charter.words import (
    BIRTH,
    CONSENT,
    CONTACT,
    DOCUMENT,
    EMPLOYMENT,
    FINANCIAL,
    FREE_TEXT,
    IDENTITY,
    PARTICIPATION,
    REGISTER,
)

_ASKED = (IDENTITY, CONTACT, PARTICIPATION, EMPLOYMENT, BIRTH, FINANCIAL, FREE_TEXT)

COURSE = Purpose(
    "course",
    nl="een zorgvuldige registratie en administratie van uw deelname aan een opleiding",
    en="a careful registration and administration of your part in a course",
    whose=(LEARNERS, CONTACTS),
    basis=CONTRACT,
    rows="enrolment.Enrolment",
    children=("enrolment.Detail", "enrolment.Registration"),
    uses=_ASKED,
    clock="ended_at",
    otherwise="run__last_day",
    clock_nl="na het einde van uw opleiding",
    clock_en="after the end of your course",
    keep=years(2),
    term="terms.course",
    seen_by=(
        SIGNED_IN.via("learner").of(*_ASKED),
        OFFICE.everywhere.of(*_ASKED),
        TRAINER.via("run__teachings__trainer").of(IDENTITY, PARTICIPATION),
        CONTACT_PERSON.via("ordered_by").of(IDENTITY),
        CONTACT_PERSON.via("ordered_by").of(PARTICIPATION).if_agreed,
    ),
    promises=("K3", "K4", "S2", "L18", "K18"),
)
POINTS = Purpose(
    "points",
    nl="het doorgeven van de punten die u met een opleiding behaalt",
    en="passing on the points that you earn with a course",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="enrolment.Enrolment",
    children=("enrolment.Detail",),
    uses=(REGISTER,),
    clock="ended_at",
    otherwise="run__last_day",
    clock_nl="na het einde van uw opleiding",
    clock_en="after the end of your course",
    keep=years(2),
    term="terms.course",
    seen_by=(SIGNED_IN.via("learner").of(REGISTER), OFFICE.everywhere.of(REGISTER)),
    promises=("L11",),
    when="features.pe_points",
)
PAPERS = Purpose(
    "papers",
    nl="het bewaren van bewijzen en formulieren die bij uw opleiding horen, zoals een bewijs van vooropleiding",
    en="keeping proofs and forms that belong to your course, such as proof of earlier education",
    whose=(LEARNERS,),
    basis=CONTRACT,
    rows="documents.Document",
    only=(("purpose", "enrolment.papers"),),
    uses=(DOCUMENT, FREE_TEXT),
    clock="created_at",
    clock_nl="nadat wij het document toevoegden",
    clock_en="after we added the document",
    keep=years(2),
    seen_by=(
        SIGNED_IN.via("person").of(DOCUMENT, FREE_TEXT),
        OFFICE.everywhere.of(DOCUMENT, FREE_TEXT),
    ),
    promises=("K3", "L18"),
)
PAPERS_FILED = Filed(
    "papers_filed",
    nl="een opleiding: een bewijs of formulier dat daarbij hoort",
    en="a course: a proof or form that belongs to it",
    purpose="enrolment.papers",
    query="enrolment.queries.papers_for",
)
EMPLOYER_VIEW = Purpose(
    "employer_view",
    nl="het vastleggen wat uw werkgever mag zien van een opleiding die hij voor u bestelde, en of u daar bezwaar tegen maakt",
    en="recording what your employer may see of a course that it ordered for you, and whether you object to that",
    whose=(LEARNERS,),
    basis=INTEREST,
    interest_nl="dat een werkgever kan nagaan of een opleiding die hij bestelde en betaalt, wordt gevolgd",
    interest_en="that an employer can tell whether a course that it ordered and pays for is followed",
    rows="enrolment.Grant",
    uses=(CONSENT,),
    clock="enrolment__ended_at",
    otherwise="enrolment__run__last_day",
    clock_nl="na het einde van uw opleiding",
    clock_en="after the end of your course",
    keep=years(2),
    term="terms.course",
    seen_by=(SIGNED_IN.via("enrolment__learner").of(CONSENT), OFFICE.everywhere.of(CONSENT)),
    promises=("K6",),
)
EMPLOYER = Recipient(
    "employer",
    nl="uw werkgever, als hij de opleiding bestelde (e-mails en lijsten)",
    en="your employer, if it ordered the course (mails and lists)",
    words=(IDENTITY, PARTICIPATION),
    basis=CONTRACT,
    why_nl="een werkgever moet weten wie er geplaatst is in wat hij bestelde",
    why_en="an employer has to know who has a seat in what it ordered",
    purposes=("course",),
    knowingly=True,
    promises=("L24", "K6"),
)
ASKED_WITH_REASON = Measure(
    "asked_with_reason",
    nl="Bij een aanmelding vragen wij naast uw naam en e-mailadres alleen wat die opleiding nodig heeft. Bij elk veld staat waarom wij het vragen.",
    en="When you register we ask, besides your name and e-mail address, only what that course needs. Beside each field it says why we ask it.",
    theme=Theme.WHAT,
    promises=("K4",),
)
WITHOUT_ACCOUNT = Measure(
    "without_account",
    nl="U kunt zich voor een opleiding aanmelden zonder account.",
    en="You can register for a course without an account.",
    theme=Theme.WHAT,
    promises=("S2",),
    when="features.registration_without_account",
)
FROM_YOUR_EMPLOYER = Measure(
    "from_your_employer",
    nl="Meldt uw werkgever u aan, dan krijgen wij van hem uw naam en e-mailadres. U krijgt daarvan meteen bericht: wat wij kregen, van wie, en wat uw werkgever te zien krijgt. Wat de opleiding verder nodig heeft, vult u zelf in.",
    en="If your employer registers you, we receive your name and e-mail address from it. We tell you so at once: what we received, from whom, and what your employer will see. You fill in yourself what else the course needs.",
    theme=Theme.WHAT,
    promises=("K2",),
)
NUMBER_FOR_POINTS = Measure(
    "number_for_points",
    nl="Uw nummer in een beroepsregister noteren wij alleen bij een opleiding die PE-punten oplevert, zodat wij uw punten kunnen doorgeven.",
    en="We note your number in a professional register only for a course that bears PE points, so that we can pass on your points.",
    theme=Theme.WHAT,
    promises=("L11",),
    when="features.pe_points",
)
EMPLOYER_SEES_ORDER = Measure(
    "employer_sees_order",
    nl="Bestelde uw werkgever de opleiding, dan ziet hij altijd wie hij inschreef, voor welke opleiding, en of die persoon een plaats heeft.",
    en="If your employer ordered the course, it always sees whom it enrolled, in which course, and whether that person has a seat.",
    theme=Theme.SHARING,
    promises=("K6",),
)
TRAINER_SEES_GROUP = Measure(
    "trainer_sees_group",
    nl="Een trainer ziet de namen van de eigen groep, niet uw adres en niet wat u bij de aanmelding invulde.",
    en="A trainer sees the names of their own group, not your address and not what you filled in when registering.",
    theme=Theme.SHARING,
    promises=("K7",),
)
SEATS_IN_ORDER = Measure(
    "seats_in_order",
    nl="Plaatsen geven wij op volgorde van aanmelding, ook die van de wachtlijst. Het systeem telt alleen; het beoordeelt niemand.",
    en="We give seats in the order of registration, those for the waiting list too. The system only counts; it judges nobody.",
    theme=Theme.DECISIONS,
    promises=("L23",),
)
ENROLMENTS_READ = Listing(
    "enrolments_read",
    nl="uw inschrijvingen",
    en="your enrolments",
    model="enrolment.Enrolment",
    tells=(
        Told("run__course__title", "opleiding", "course"),
        Told("run__first_day", "eerste lesdag", "first lesson"),
        Told("state", "stand", "state"),
        Told("ordered_by__name", "besteld door", "ordered by"),
        Told("price", "prijs in euro, zonder btw", "price in euro, without VAT"),
        Told("created_at", "ingeschreven", "enrolled"),
        Told("waiting_since", "op de wachtlijst sinds", "on the waiting list since"),
        Told("ended_at", "geëindigd", "ended"),
        Told("remarks", "opmerkingen", "remarks"),
    ),
)
DETAILS_READ = Listing(
    "details_read",
    nl="wat u bij een aanmelding invulde",
    en="what you filled in when registering",
    model="enrolment.Detail",
    tells=(
        Told("enrolment__run__course__title", "opleiding", "course"),
        Told("phone", "telefoonnummer", "phone number"),
        Told("employer_name", "naam van uw werkgever", "name of your employer"),
        Told("employer_address", "adres van uw werkgever", "address of your employer"),
        Told("birth_date", "geboortedatum", "date of birth"),
        Told("register_number", "nummer in het beroepsregister", "number in the professional register"),
        Told("invoice_reference", "referentie voor de factuur", "reference for the invoice"),
        Told("created_at", "ingevuld", "filled in"),
    ),
)
GRANTS_READ = Listing(
    "grants_read",
    nl="wat uw werkgever van een opleiding mag zien",
    en="what your employer may see of a course",
    model="enrolment.Grant",
    tells=(
        Told("enrolment__run__course__title", "opleiding", "course"),
        Told("attendance", "uw aanwezigheid", "your attendance"),
        Told("progress", "de voortgang van de opleiding", "the progress of the course"),
        Told("result", "uw resultaat en certificaat", "your result and certificate"),
        Told("told_at", "aan u verteld", "told to you"),
        Told("objected_at", "bezwaar gemaakt", "objected"),
        Told("ended_at", "geëindigd met de afspraak", "ended with the agreement"),
        Told("created_at", "vastgelegd", "recorded"),
    ),
)
CORRECTIONS_TOLD = Measure(
    "corrections_told",
    nl="Wordt uw naam of e-mailadres verbeterd, dan laten wij dat weten aan de contactpersoon van uw werkgever die u op grond van een afspraak ziet. Wij leggen vast dat dit is gebeurd.",
    en="When your name or e-mail address is corrected, we let your employer’s contact know who sees you under an agreement. We record that this was done.",
    theme=Theme.RIGHTS,
    promises=("L35", "K19c"),
)
REGISTRATIONS_READ = Listing(
    "registrations_read",
    nl="aanmeldingen die u deed",
    en="registrations that you handed in",
    model="enrolment.Registration",
    tells=(
        Told("run__course__title", "opleiding", "course"),
        Told("created_at", "ontvangen", "received"),
        Told("source", "hoe", "how"),
        Told("organisation__name", "voor", "for"),
        Told("conditions__mark", "kenmerk van die voorwaarden", "mark of those conditions"),
        Told("conditions_on", "datum van de voorwaarden die u aanvaardde", "date of the conditions that you accepted"),
        Told("reference", "referentie voor de factuur", "reference for the invoice"),
        Told("handed_in_by", "gedaan door", "handed in by"),
    ),
)
ENROLMENTS_FOUND = Search(
    "enrolments_found",
    nl="Inschrijvingen",
    en="Enrolments",
    query="enrolment.queries.search_enrolments",
    page="enrolment_office_page",
    sign="users",
    place=50,
    purpose="enrolment.course",
)
OBJECTED_AGAIN = Replayed(
    "objected_again",
    nl="bezwaar tegen delen met de werkgever",
    en="objection to sharing with the employer",
    operation="objected",
    action="enrolment.actions.sharing.object_again",
)

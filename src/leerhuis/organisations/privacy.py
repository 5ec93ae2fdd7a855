"""What is kept about who works where, and why."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, Listing, Measure, Purpose, Theme, Told
from leerhuis.charter.terms import years
from leerhuis.charter.words import CONTACT, EMPLOYMENT, IDENTITY

EMPLOYER = Purpose(
    "employer",
    nl="het regelen van opleidingen met uw werkgever",
    en="arranging training with your employer",
    basis=CONTRACT,
    rows="organisations.Membership",
    uses=(IDENTITY, CONTACT, EMPLOYMENT),
    clock="ended_at",
    clock_nl="nadat u niet meer voor die werkgever leert",
    clock_en="after you stop learning for that employer",
    keep=years(2),
    term="terms.organisation",
    seen_by=(SIGNED_IN.via("person").of(EMPLOYMENT), OFFICE.everywhere.of(EMPLOYMENT)),
    promises=("L4", "K3"),
)
ORGANISATION_DATA = Measure(
    "organisation_data",
    nl="Van een organisatie bewaren we de naam, het e-mailadres, het adres, het telefoonnummer, het KvK-nummer en wat met haar is afgesproken. Wij voeren een organisatie in als zij voor iemand een opleiding regelt.",
    en="Of an organisation we keep its name, e-mail address, address, phone number, Chamber of Commerce number and what was agreed with it. We enter an organisation when it arranges training for somebody.",
    theme=Theme.WHAT,
    promises=("L4",),
)
MEMBERSHIPS_READ = Listing(
    "memberships_read",
    nl="voor welke organisatie u leert of contactpersoon bent",
    en="for which organisation you learn or are the contact",
    model="organisations.Membership",
    tells=(
        Told("organisation__name", "organisatie", "organisation"),
        Told("kind", "als", "as"),
        Told("created_at", "bekend sinds", "known since"),
        Told("ended_at", "geëindigd", "ended"),
    ),
)

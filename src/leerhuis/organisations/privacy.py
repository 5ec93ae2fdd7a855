"""What is kept about who works where, and why."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, Measure, Purpose, Theme
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
    nl="Van een organisatie bewaren we de naam, het e-mailadres, het adres, het KvK-nummer en de instellingen die daarbij horen. Een organisatie meldt zich zelf aan of wij maken haar aan.",
    en="Of an organisation we keep its name, e-mail address, address, Chamber of Commerce number and the settings that go with it. An organisation signs up itself or we add it.",
    theme=Theme.WHAT,
    promises=("L4",),
)

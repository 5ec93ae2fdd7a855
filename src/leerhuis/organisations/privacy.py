"""What is kept about who works where, and why."""

from leerhuis.charter.audiences import CONTACT_PERSON, OFFICE, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, INTEREST, Listing, Measure, Purpose, Replayed, Search, Theme, Told
from leerhuis.charter.groups import CONTACTS, EMPLOYEES
from leerhuis.charter.terms import days, years
from leerhuis.charter.words import CONTACT, EMPLOYMENT, IDENTITY

EMPLOYER = Purpose(
    "employer",
    nl="het regelen van opleidingen met uw werkgever",
    en="arranging training with your employer",
    whose=(EMPLOYEES, CONTACTS),
    basis=CONTRACT,
    rows="organisations.Membership",
    lasting=True,
    uses=(IDENTITY, CONTACT, EMPLOYMENT),
    clock="ended_at",
    clock_nl="nadat u niet meer voor die werkgever leert",
    clock_en="after you stop learning for that employer",
    keep=years(2),
    term="terms.organisation",
    seen_by=(
        SIGNED_IN.via("person").of(EMPLOYMENT),
        OFFICE.everywhere.of(EMPLOYMENT),
        CONTACT_PERSON.via("organisation").of(IDENTITY, EMPLOYMENT),
    ),
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
ORGANISATIONS_FOUND = Search(
    "organisations_found",
    nl="Organisaties",
    en="Organisations",
    query="organisations.queries.search_organisations",
    page="portal_office_organisation",
    sign="building",
    place=20,
    purpose="organisations.employer",
)
INVITED = Purpose(
    "invited",
    when="features.self_service_organisations",
    nl="het uitnodigen van u door een organisatie waarvoor u werkt",
    en="inviting you on behalf of an organisation that you work for",
    whose=(EMPLOYEES, CONTACTS),
    basis=INTEREST,
    interest_nl="dat een organisatie zelf kan regelen wie er namens haar leert",
    interest_en="that an organisation can arrange itself who learns on its behalf",
    rows="organisations.Invitation",
    uses=(IDENTITY, CONTACT, EMPLOYMENT),
    clock="ended_at",
    otherwise="sent_at",
    clock_nl="nadat u de uitnodiging heeft beantwoord of zij is verlopen",
    clock_en="after you answered the invitation or it ran out",
    keep=days(90),
    seen_by=(
        SIGNED_IN.via("person").of(EMPLOYMENT),
        CONTACT_PERSON.via("organisation").of(IDENTITY, CONTACT, EMPLOYMENT),
    ),
    promises=("L4", "K3"),
)
INVITATIONS_READ = Listing(
    "invitations_read",
    nl="uitnodigingen van organisaties",
    en="invitations by organisations",
    model="organisations.Invitation",
    tells=(
        Told("organisation__name", "organisatie", "organisation"),
        Told("kind", "als", "as"),
        Told("first_name", "voornaam zoals opgegeven", "first name as given"),
        Told("last_name", "achternaam zoals opgegeven", "last name as given"),
        Told("email", "e-mailadres zoals opgegeven", "e-mail address as given"),
        Told("created_at", "uitgenodigd", "invited"),
        Told("invited_by", "uitgenodigd door", "invited by"),
        Told("sent_at", "laatst verzonden", "last sent"),
        Told("ended_at", "beantwoord of ingetrokken", "answered or withdrawn"),
    ),
)
MEMBERSHIP_ENDED_AGAIN = Replayed(
    "membership_ended_again",
    nl="inzage voor een organisatie beëindigen",
    en="ending access on behalf of an organisation",
    operation="access_revoked",
    action="organisations.actions.end_membership_again",
)

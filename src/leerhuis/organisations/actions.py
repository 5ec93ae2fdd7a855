"""What can be done with organisations."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.organisations.events import ContactAppointed, OrganisationAdded
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.rules import NameTaken
from leerhuis.people import actions as people
from leerhuis.people.models import Person, Role

DETAILS = ("name", "kvk", "email", "phone", "address", "postcode", "city", "remarks")


def add_organisation(*, by: Actor, **details: str) -> Organisation:
    """Make an organisation known. Refuses NameTaken. Keeps: L4."""
    inside_edge()
    organisation = Organisation(**{name: details.get(name, "") for name in DETAILS})
    organisation.name = tidy(organisation.name)
    _refuse_taken_name(organisation)
    organisation.save()
    note("add organisation", organisation, by=by)
    emit(OrganisationAdded(organisation.id))
    return organisation


def change_organisation(organisation: Organisation, *, by: Actor, **details: str) -> None:
    """Correct an organisation's details. Refuses NameTaken."""
    inside_edge()
    touched = [name for name in details if name in DETAILS and getattr(organisation, name) != details[name]]
    for name in touched:
        setattr(organisation, name, details[name])
    _refuse_taken_name(organisation)
    if touched:
        organisation.save(update_fields=touched)
        note("change organisation", organisation, by=by, fields=touched)


def _refuse_taken_name(organisation: Organisation) -> None:
    if Organisation.objects.exclude(pk=organisation.pk).filter(name__iexact=organisation.name).exists():
        raise NameTaken


def add_employee(organisation: Organisation, person: Person, *, by: Actor) -> Membership:
    """Write down that a person works for an organisation; once."""
    inside_edge()
    return _add(organisation, person, Membership.Kind.EMPLOYEE, by)


def appoint_contact(organisation: Organisation, person: Person, *, by: Actor) -> Membership:
    """Make a person an organisation's contact; the role, with its second factor, comes with it."""
    inside_edge()
    membership = _add(organisation, person, Membership.Kind.CONTACT, by)
    people.grant_role(person, Role.Name.CONTACT, by=by)
    emit(ContactAppointed(organisation.id, person.id))
    return membership


def _add(organisation: Organisation, person: Person, kind: str, by: Actor) -> Membership:
    membership, added = Membership.objects.get_or_create(
        organisation=organisation, person=person, kind=kind, ended_at=None
    )
    if added:
        note(f"add {kind}", membership, by=by, subject=person.id)
    return membership


def end_membership(membership: Membership, *, by: Actor) -> None:
    """End that a person works for an organisation or is its contact; the role goes with the last contact membership."""
    inside_edge()
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    note("end membership", membership, by=by, subject=membership.person_id, fields=["ended_at"])
    still = Membership.objects.filter(person=membership.person_id, kind=Membership.Kind.CONTACT, ended_at=None)
    if membership.kind == Membership.Kind.CONTACT and not still.exists():
        people.end_role(membership.person, Role.Name.CONTACT, by=by)

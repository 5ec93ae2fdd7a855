"""What can be done with organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import fold, tidy
from leerhuis.organisations.events import ContactAppointed, MembershipEnded, OrganisationAdded
from leerhuis.organisations.importing import Line
from leerhuis.organisations.models import Invitation, Membership, Organisation
from leerhuis.organisations.queries import entered_at, is_referred_to, touched_since
from leerhuis.organisations.rules import (
    LinesUnread,
    NameTaken,
    NobodyListed,
    NothingToTakeBack,
    OrganisationLeaves,
)
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


def let_keep_own_people(organisation: Organisation, *, allowed: bool, by: Actor) -> None:
    """Let the contacts of an organisation invite and end people themselves, or no longer."""
    inside_edge()
    if organisation.self_service != allowed:
        organisation.self_service = allowed
        organisation.save(update_fields=["self_service"])
        note("let keep own people", organisation, by=by, fields=["self_service"])


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


def refuse_leaving(organisation: Organisation) -> Organisation:
    """Lock an organisation for which something new begins. Refuses OrganisationLeaves. Keeps: L20.

    The lock keeps two things from being done at once: beginning something, and giving notice.
    """
    inside_edge()
    locked = Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=organisation.pk)
    if locked.leaves_on is not None or locked.left_at is not None:
        raise OrganisationLeaves
    return locked


def give_notice(organisation: Organisation, day: date, *, by: Actor) -> None:
    """Let nothing new begin for an organisation, which is removed on a day. Keeps: L20."""
    inside_edge()
    organisation.leaves_on = day
    organisation.save(update_fields=["leaves_on"])
    note("give notice", organisation, by=by, fields=["leaves_on"])


def take_back_notice(organisation: Organisation, *, by: Actor) -> None:
    """Let everything begin again for an organisation that stays."""
    inside_edge()
    organisation.leaves_on = None
    organisation.save(update_fields=["leaves_on"])
    note("take back notice", organisation, by=by, fields=["leaves_on"])


def part_with(organisation: Organisation, *, by: Actor) -> None:
    """Let nobody belong to an organisation any more: it is about to be removed. Keeps: L20.

    Its contacts lose their role where they have it by no other organisation; its invitations are over. Set-based, but
    for the roles: those are few, and each ends in the journal.
    """
    inside_edge()
    now = clock.now()
    here = Membership.objects.filter(organisation=organisation, ended_at=None)
    contacts = list(Person.objects.filter(pk__in=here.filter(kind=Membership.Kind.CONTACT).values("person")))
    here.update(ended_at=now)
    Invitation.objects.filter(organisation=organisation, ended_at=None).update(ended_at=now)
    elsewhere = Membership.objects.filter(person__in=contacts, kind=Membership.Kind.CONTACT, ended_at=None)
    still = set(elsewhere.values_list("person", flat=True))
    for person in sorted(contacts, key=lambda each: each.id):
        if person.id not in still:
            people.end_role(person, Role.Name.CONTACT, by=by)
    organisation.left_at = now
    organisation.save(update_fields=["left_at"])
    note("part with organisation", organisation, by=by, fields=["left_at"])


def add_employee(organisation: Organisation, person: Person, *, by: Actor) -> Membership:
    """Write down that a person works for an organisation; once. Refuses OrganisationLeaves."""
    inside_edge()
    refuse_leaving(organisation)
    return _add(organisation, person, Membership.Kind.EMPLOYEE, by)


def appoint_contact(organisation: Organisation, person: Person, *, by: Actor) -> Membership:
    """Make a person an organisation's contact; the role, with its second factor, comes with it.

    Refuses OrganisationLeaves.
    """
    inside_edge()
    refuse_leaving(organisation)
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
    journal.write(Operation.ACCESS_REVOKED, membership.id, by=by)
    still = Membership.objects.filter(person=membership.person_id, kind=Membership.Kind.CONTACT, ended_at=None)
    if membership.kind == Membership.Kind.CONTACT and not still.exists():
        people.end_role(membership.person, Role.Name.CONTACT, by=by)
    emit(MembershipEnded(membership.organisation_id, membership.person_id))


def end_membership_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """End again, after a restore, a membership that the journal says was ended. Keeps: W6."""
    inside_edge()
    for membership in Membership.objects.filter(pk=subject_id, ended_at=None).select_related("person"):
        end_membership(membership, by=by)


# --- many people at once -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entered:
    """What came of a list: people who were added, who were known already, and organisations that were added."""

    added: tuple[Person, ...]
    known: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


def enter_people(lines: Sequence[Line], *, by: Actor) -> Entered:
    """Enter the people of a list, all or none: each once by address, connected to the organisation on their line.

    Somebody who is known keeps their name. An organisation that is not known is added with its name alone. Nobody gets
    a mail. Refuses LinesUnread while a line has a fault, NobodyListed, and OrganisationLeaves. Keeps: K2.
    """
    inside_edge()
    if not lines:
        raise NobodyListed
    if any(line.fault for line in lines):
        raise LinesUnread
    known_names = {fold(each.name): each for each in Organisation.objects.filter(left_at=None)}
    added: list[Person] = []
    known: list[Person] = []
    new: list[Organisation] = []
    for line in sorted(lines, key=lambda each: each.email):
        person, is_new = people.find_or_add_person(
            line.email, line.first_name, line.last_name, source=Person.Source.IMPORT, by=by
        )
        (added if is_new else known).append(person)
        name = fold(line.organisation)
        if name and name not in known_names:
            known_names[name] = add_organisation(name=line.organisation, by=by)
            new.append(known_names[name])
        if name:
            add_employee(known_names[name], person, by=by)
    return Entered(tuple(added), tuple(known), tuple(new))


def take_back_entered(moment: datetime, *, by: Actor) -> tuple[int, int]:
    """Remove the people whom this actor entered from a list at a moment, and the organisations that came with them.

    Somebody with whom anything was done since stays, and so does an organisation that something refers to. Returns how
    many people went, and how many stayed. Refuses NothingToTakeBack when all of them are gone.
    """
    inside_edge()
    if by.person_id is None:
        raise NothingToTakeBack
    entered = list(entered_at(moment, by.person_id).select_for_update(of=("self",)))
    if not entered:
        raise NothingToTakeBack
    in_use = touched_since(entered, moment)
    gone = [person for person in entered if person.id not in in_use]
    for person in gone:
        note("take back person", person, by=by, subject=person.id)
    Person.objects.filter(pk__in=[person.id for person in gone]).delete()
    for organisation in Organisation.objects.select_for_update(of=("self",)).filter(created_at=moment):
        if not is_referred_to(organisation):
            note("take back organisation", organisation, by=by)
            organisation.delete()
    return len(gone), len(in_use)

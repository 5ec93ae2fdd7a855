"""What can be done with people: signing up, inviting, changing, roles."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import attempt, inside_edge
from leerhuis.base.events import emit
from leerhuis.people import mails
from leerhuis.people.events import PersonCorrected, PersonInvited, PersonSignedUp, SecurityChanged
from leerhuis.people.models import Person, Role, SignIn, Store
from leerhuis.people.queries import invitation_token, is_last_administrator, roles_of
from leerhuis.people.rules import (
    CORRECTED_AFTER_BACKUP,
    AccountOpen,
    AddressOfColleague,
    AddressStandsStill,
    AddressTaken,
    Gone,
    LastAdministrator,
    NoAddress,
    NotSuspended,
    NotYourself,
    SuspendedAlready,
    may_change_address,
)


def lock_alive(person_id: UUID) -> Person:
    """Lock a person's row for this transaction and return it; refuses Gone when they were erased meanwhile.

    Every edge that changes somebody's data takes this first, so that nothing is written behind an erasure.
    """
    inside_edge()
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.state == Person.State.ERASED:
        raise Gone
    return person


def lock_any(person_id: UUID) -> Person | None:
    """Lock a person's row for this transaction, whatever its state, and return it; None when there is none."""
    inside_edge()
    return Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()


def sign_up(person: Person, *, password: str | None, by: Actor) -> Person:
    """Open an account with an address, a password and a name, and nothing else. Keeps: L3.

    The caller confirms the address by mail before the account can be used.
    """
    inside_edge()
    person.set_name(person.first_name, person.last_name)
    person.source = Person.Source.SIGN_UP
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    note("sign up", person, by=by, subject=person.id)
    emit(PersonSignedUp(person.id))
    return person


def find_or_add_person(
    email: str, first_name: str, last_name: str, *, source: str, language: str = "nl", by: Actor
) -> tuple[Person, bool]:
    """Return the person with this address, added without a sign-in when nobody has it, and whether it was added.

    The name of a person who was known already is left as it is: a stranger who types an address changes nobody.
    Refuses AddressStandsStill where the office enters somebody of whose data the use is restricted.
    Keeps: K2 (source and time of each person).
    """
    inside_edge()
    address = email.strip().lower()
    known = Person.objects.select_for_update(of=("self",)).filter(email__iexact=address).first()
    if known is not None and known.restricted_at and source in {Person.Source.STAFF, Person.Source.IMPORT}:
        raise AddressStandsStill
    if known is not None:
        return known, False
    person = Person(email=address, language=language, source=source, state=Person.State.INVITED)
    person.set_name(first_name, last_name)
    person.set_unusable_password()
    person.entered_by = by.person_id if by.kind is ActorKind.PERSON else None
    try:
        with attempt():
            person.save(force_insert=True)
    except IntegrityError:  # somebody else added the same address in this very moment
        return Person.objects.select_for_update(of=("self",)).get(email__iexact=address), False
    note("add person", person, by=by, subject=person.id)
    return person, True


def invite(person: Person, *, by: Actor) -> None:
    """Mail a person the link with which they choose a password and open their account."""
    inside_edge()
    if not person.email:
        raise Gone
    mails.invitation.send(person, invitation_token(person), by=by)
    note("invite", person, by=by, subject=person.id)
    emit(PersonInvited(person.id))


def invite_again(person: Person, *, by: Actor) -> None:
    """Send the link once more to somebody who did not open their account yet. Refuses AccountOpen and NoAddress."""
    inside_edge()
    if person.state != Person.State.INVITED:
        raise AccountOpen
    if not person.email:
        raise NoAddress
    invite(person, by=by)


def accept_invitation(person: Person, password: str, *, by: Actor) -> None:
    """Open an invited person's account with the password they chose; the link proved that the address is theirs."""
    inside_edge()
    person.set_password(password)
    person.state = Person.State.ACTIVE
    person.save(update_fields=["password", "state"])
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    note("open account", person, by=by, subject=person.id, fields=["password", "state"])
    emit(PersonSignedUp(person.id))


def confirm_address(person: Person, *, is_new: bool = False, by: Actor) -> None:
    """Write down that a person proved their address, which `is_new` when they changed to it."""
    inside_edge()
    if person.state == Person.State.INVITED:
        person.state = Person.State.ACTIVE
        person.save(update_fields=["state"])
    note("confirm address", person, by=by, subject=person.id, fields=["email"] if is_new else [])
    if is_new:
        journal.write(Operation.RECTIFIED, person.id, by=by)
        emit(PersonCorrected(person.id))


def change_person(person: Person, *, first_name: str, last_name: str, email: str, language: str, by: Actor) -> None:
    """Correct a person's name, address or language. Keeps: L35.

    Refuses AddressTaken, and AddressOfColleague when somebody of the office changes the address of another member of
    the staff: mail opens an account, so only the administrator may. A changed address that somebody writes for
    themselves must be proven before it can be used to sign in; staff write down what they were told. Links that were
    mailed to the address from before end.
    """
    inside_edge()
    address = email.strip().lower()
    if Person.objects.exclude(pk=person.pk).filter(email__iexact=address).exists():
        raise AddressTaken
    changer = by.person_id if address != (person.email or "").lower() else None
    if (
        changer
        and changer != person.id
        and not may_change_address(roles_of(person.id), changer_roles=roles_of(changer))
    ):
        raise AddressOfColleague
    before = (person.first_name, person.last_name, person.email, person.language)
    person.set_name(first_name, last_name)
    person.email, person.language = address, language
    after = (person.first_name, person.last_name, person.email, person.language)
    names = ("first_name", "last_name", "email", "language")
    touched = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    person.save(update_fields=[*names, "sort_name"])
    if "email" in touched:
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=address, verified=by.person_id != person.id, primary=True)
    if touched:
        note("change person", person, by=by, subject=person.id, fields=touched)
    if set(touched) - {"language"}:
        journal.write(Operation.RECTIFIED, person.id, by=by)
        emit(PersonCorrected(person.id))


def choose_language(person: Person, language: str, *, by: Actor) -> None:
    """Keep the language in which a person wants pages and mails."""
    inside_edge()
    person.language = language
    person.save(update_fields=["language"])
    note("choose language", person, by=by, subject=person.id, fields=["language"])


def suspend(person: Person, *, by: Actor) -> None:
    """Stop a person from signing in; from the next request on they are out. Refuses SuspendedAlready, NotYourself."""
    inside_edge()
    if person.state == Person.State.SUSPENDED:
        raise SuspendedAlready
    if person.id == by.person_id:
        raise NotYourself
    person.state = Person.State.SUSPENDED
    person.save(update_fields=["state"])
    SignIn.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    note("suspend", person, by=by, subject=person.id, fields=["state"])
    journal.write(Operation.ACCESS_REVOKED, person.id, by=by)
    emit(SecurityChanged(person.id))


def lift_suspension(person: Person, *, by: Actor) -> None:
    """Let a suspended person sign in again; who has no account yet is invited, as before. Refuses NotSuspended."""
    inside_edge()
    if person.state != Person.State.SUSPENDED:
        raise NotSuspended
    proven = EmailAddress.objects.filter(user=person, verified=True).exists()
    opened = proven or person.has_usable_password()
    person.state = Person.State.ACTIVE if opened else Person.State.INVITED
    person.save(update_fields=["state"])
    note("lift suspension", person, by=by, subject=person.id, fields=["state"])


def close_account(person: Person, *, by: Actor) -> None:
    """Close a person's account because their data go: they are out with the next request. Refuses LastAdministrator."""
    inside_edge()
    if is_last_administrator(person.id):
        raise LastAdministrator
    person.state = Person.State.LEFT
    person.save(update_fields=["state"])
    SignIn.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    Store.objects.filter(person=person.id).delete()
    note("close account", person, by=by, subject=person.id, fields=["state"])


def leave_shell(person_id: UUID, *, by: Actor) -> bool:
    """Keep the own row of somebody whom other rows still need as erased and out of every read; False without one."""
    inside_edge()
    left = Person.objects.filter(pk=person_id)
    return bool(left.update(state=Person.State.ERASED, restricted_at=clock.now(), last_login=None))


def restrict(person: Person, *, by: Actor) -> None:
    """Take a person's rows out of pages, searches, lists, sheets, counts and mails; see `queries.unrestricted`.

    Apps are signed out: what they would go on sending is more than keeping. Called by `privacy`, which knows why and
    until when. Keeps: L21.
    """
    inside_edge()
    person.restricted_at = clock.now()
    person.save(update_fields=["restricted_at"])
    SignIn.objects.filter(person=person, ended_at=None).exclude(scope="").update(ended_at=clock.now())
    note("restrict", person, by=by, subject=person.id, fields=["restricted_at"])


def unrestrict(person: Person, *, by: Actor) -> None:
    """Let a person's rows be used again."""
    inside_edge()
    person.restricted_at = None
    person.save(update_fields=["restricted_at"])
    note("end restriction", person, by=by, subject=person.id, fields=["restricted_at"])


def grant_role(person: Person, name: str, *, by: Actor) -> None:
    """Give a person a role, once; packages above push permissions down to here."""
    inside_edge()
    role, added = Role.objects.get_or_create(
        person=person, name=name, ended_at=None, defaults={"granted_by": by.person_id}
    )
    if added:
        note(f"grant role {name}", role, by=by, subject=person.id)


def end_role(person: Person, name: str, *, by: Actor) -> None:
    """End a role; the right goes with the next request."""
    inside_edge()
    for role in Role.objects.filter(person=person, name=name, ended_at=None):
        role.ended_at = clock.now()
        role.save(update_fields=["ended_at"])
        note(f"end role {name}", role, by=by, subject=person.id, fields=["ended_at"])
        journal.write(Operation.ACCESS_REVOKED, role.id, by=by)


def set_roles(person: Person, names: Iterable[str], *, by: Actor) -> None:
    """Make a person's staff roles exactly these; contact and trainer are granted by their own packages."""
    inside_edge()
    wanted = set(names)
    current = set(Role.objects.filter(person=person, ended_at=None).values_list("name", flat=True))
    for name in sorted(wanted - current):
        grant_role(person, name, by=by)
    for name in sorted(current - wanted - {Role.Name.CONTACT.value}):
        end_role(person, name, by=by)


# --- after a restore -----------------------------------------------------------------------------------------------
def revoke_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Take away again what the journal says was taken away: a person's access, or one role of theirs.

    Access that was given back since then is not: whoever gave it does so again. Keeps: W6.
    """
    inside_edge()
    person = Person.objects.filter(pk=subject_id).first()
    if person is not None and person.state not in {Person.State.SUSPENDED, Person.State.ERASED}:
        suspend(person, by=by)
    for role in Role.objects.filter(pk=subject_id, ended_at=None).select_related("person"):
        end_role(role.person, role.name, by=by)


def ask_correction_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Write down that a person's details were corrected after the backup: the journal holds no values. Keeps: L35.

    The privacy officer sees on the page of privacy who they are, and asks them.
    """
    inside_edge()
    person = Person.objects.filter(pk=subject_id).exclude(state=Person.State.ERASED).first()
    if person is not None:
        note(CORRECTED_AFTER_BACKUP, person, by=by, subject=person.id)


def end_all_sign_ins(*, by: Actor) -> None:
    """End every sign-in: a backup brings back those that were ended since, on lost telephones too."""
    inside_edge()
    for person_id in SignIn.objects.filter(ended_at=None).values_list("person_id", flat=True).distinct():
        note("end sign-ins", Person(pk=person_id), by=by, subject=person_id)
    SignIn.objects.filter(ended_at=None).update(ended_at=clock.now())

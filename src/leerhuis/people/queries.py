"""Reading people, within rights."""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Prefetch, Q, QuerySet

from leerhuis.base.text import fold
from leerhuis.mail.kinds import MailTo
from leerhuis.people.models import Person, Role
from leerhuis.people.rules import LinkExpired

INVITATION_DAYS = 14


def recipient(person: Person) -> MailTo:
    """Return a person as the reader of a mail."""
    return MailTo(person.id, person.name, person.email or "", person.language)


def roles_of(person_id: UUID) -> frozenset[str]:
    """Return the names of the roles a person has now."""
    return frozenset(Role.objects.filter(person=person_id, ended_at=None).values_list("name", flat=True))


def people_for(viewer: Any) -> QuerySet[Person]:
    """Return the people a viewer may see: office staff and the privacy officer everyone, anyone else themselves."""
    living = Person.objects.exclude(state=Person.State.ERASED).order_by("sort_name", "id")
    if viewer is None:
        return living.none()
    if viewer.is_office or "privacy_officer" in viewer.roles:
        return living
    return living.filter(pk=viewer.person_id)


def find_people(viewer: Any, words: str) -> QuerySet[Person]:
    """Return the people a viewer may see whose name or address holds every word, blind to accents and case."""
    found = people_for(viewer)
    for part in words.split()[:6]:
        found = found.filter(Q(sort_name__contains=fold(part)) | Q(email__icontains=part))
    return found


def with_role_names(people: QuerySet[Person]) -> QuerySet[Person]:
    """Have each person's roles of this moment fetched along, as `current_roles`, in one further query."""
    now = Role.objects.filter(ended_at=None).order_by("name")
    return people.prefetch_related(Prefetch("roles", queryset=now, to_attr="current_roles"))


def invitation_token(person: Person) -> str:
    """Return a signed, expiring token that stops working once a password is set."""
    return TimestampSigner(salt="invitation").sign(f"{person.id.hex}{person.password[-8:]}")


def person_of_invitation(token: str) -> Person:
    """Return whom an invitation is for; raises LinkExpired when it is forged, used or older than two weeks."""
    try:
        value = TimestampSigner(salt="invitation").unsign(token, max_age=INVITATION_DAYS * 86_400)
        person = Person.objects.get(pk=UUID(value[:32]))
    except (BadSignature, ValueError, Person.DoesNotExist) as fault:
        raise LinkExpired from fault
    if person.has_usable_password() or person.password[-8:] != value[32:] or not person.is_active:
        raise LinkExpired
    return person


def trainers() -> QuerySet[Person]:
    """Return everyone who is a trainer now, by name."""
    return Person.objects.filter(roles__name=Role.Name.TRAINER, roles__ended_at=None).order_by("sort_name")

"""Reading organisations, within rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Count, Exists, ForeignObjectRel, OuterRef, Q, QuerySet

from leerhuis.audit.models import Note
from leerhuis.base.search import Hit, Holds, lenient_question, question
from leerhuis.base.text import fold
from leerhuis.organisations.importing import Line
from leerhuis.organisations.models import ORGANISATION_FOUND_BY, Invitation, Membership, Organisation
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted

TAKEN_BACK_WITHIN = timedelta(hours=1)


def organisations_for(viewer: Any) -> QuerySet[Organisation]:
    """Return the organisations a viewer may see: office staff all, a contact their own, others none."""
    known = Organisation.objects.filter(left_at=None).order_by("name")
    if viewer is None:
        return known.none()
    if viewer.is_office:
        return known
    return organisations_as_contact(viewer.person_id)


def organisations_as_contact(person_id: UUID) -> QuerySet[Organisation]:
    """Return the organisations of which somebody is a contact now, by name, whatever other roles they have."""
    acts_for = _contacts().filter(organisation=OuterRef("pk"), person=person_id)
    return Organisation.objects.filter(Exists(acts_for), left_at=None).order_by("name")


def organisations_with_counts(viewer: Any) -> QuerySet[Organisation]:
    """Return the organisations a viewer may see, each with `employees` and `contacts` as numbers."""
    now = Q(memberships__ended_at=None, memberships__person__restricted_at=None)
    return organisations_for(viewer).annotate(
        employees=Count("memberships", filter=now & Q(memberships__kind="employee"), distinct=True),
        contacts=Count("memberships", filter=now & Q(memberships__kind="contact"), distinct=True),
    )


def search_organisations(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the organisations a viewer may see by parts of name, address, postcode, number or telephone."""
    return _answering(viewer, question(text), limit)


def search_organisations_forgiving(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return organisations in spite of small errors: letters swapped, one too many, a name written as it sounds."""
    return _answering(viewer, lenient_question(text), limit)


def _answering(viewer: Any, asked: str, limit: int) -> list[Hit]:
    found = organisations_for(viewer).filter(Holds(ORGANISATION_FOUND_BY, asked))[:limit] if asked else ()
    return [Hit(each.id, each.name, " · ".join(filter(None, (each.city, each.kvk)))) for each in found]


def _contacts() -> QuerySet[Membership]:
    return Membership.objects.filter(kind=Membership.Kind.CONTACT, ended_at=None)


def contacts_of(organisation: Organisation) -> QuerySet[Person]:
    """Return the people who are this organisation's contacts now, by name."""
    acts_for = _contacts().filter(organisation=organisation, person=OuterRef("pk"))
    return unrestricted(Person.objects.filter(Exists(acts_for))).order_by("sort_name")


def employees_of(organisation: Organisation) -> QuerySet[Person]:
    """Return the people who work for this organisation now, as far as known, by name."""
    works = Membership.objects.filter(kind=Membership.Kind.EMPLOYEE, ended_at=None, organisation=organisation)
    return unrestricted(Person.objects.filter(Exists(works.filter(person=OuterRef("pk"))))).order_by("sort_name")


def organisations_for_stewards(viewer: Any) -> QuerySet[Organisation]:
    """Return the organisations that a viewer may remove: privacy officer and administrator all, others none."""
    may = viewer is not None and not {"privacy_officer", "academy_admin"}.isdisjoint(viewer.roles)
    return Organisation.objects.filter(left_at=None).order_by("name") if may else Organisation.objects.none()


def search_to_remove(viewer: Any, text: str) -> QuerySet[Organisation]:
    """Return the organisations that a viewer may remove by a part of their name, a few at most."""
    return organisations_for_stewards(viewer).filter(name__icontains=text)[:20]


def is_contact_of(person_id: UUID, organisation_id: UUID) -> bool:
    """True when this person is a contact of this organisation now."""
    return _contacts().filter(person=person_id, organisation=organisation_id).exists()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Return where a person works or is a contact now."""
    return Membership.objects.filter(person=person, ended_at=None).select_related("organisation")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who belongs to an organisation now, contacts first, then by name."""
    now = Membership.objects.filter(organisation=organisation, ended_at=None).select_related("person")
    return unrestricted(now, "person").order_by("kind", "person__sort_name")


def members_for_contact(person_id: UUID) -> QuerySet[Membership]:
    """Return who belongs now to the organisations of which somebody is a contact, by name."""
    own = organisations_as_contact(person_id)
    members = Membership.objects.filter(organisation__in=own, ended_at=None).select_related("person", "organisation")
    living = members.exclude(person__state=Person.State.ERASED)
    return unrestricted(living, "person").order_by("person__sort_name", "id")


def invitations_for_contact(person_id: UUID) -> QuerySet[Invitation]:
    """Return the open invitations of the organisations of which somebody is a contact, the newest first."""
    own = organisations_as_contact(person_id)
    open_ones = Invitation.objects.filter(organisation__in=own, ended_at=None)
    return unrestricted(open_ones.select_related("organisation", "person"), "person").order_by("-sent_at")


@dataclass(frozen=True)
class Fate:
    """What would become of one line of a list: who is known by its address, and the organisation that it names."""

    line: Line
    known: Person | None
    organisation: Organisation | None

    @property
    def renamed(self) -> bool:
        """True when somebody is known under another name, which stays."""
        return self.known is not None and fold(self.known.name) != fold(self.line.name)


def fates_of(lines: Sequence[Line]) -> list[Fate]:
    """Return what would become of each line: two queries, whatever the number of lines."""
    addresses = [line.email for line in lines if line.email]
    known = {str(each.email).lower(): each for each in unrestricted(Person.objects.filter(email__in=addresses))}
    organisations = {fold(each.name): each for each in Organisation.objects.filter(left_at=None)}
    return [Fate(line, known.get(line.email), organisations.get(fold(line.organisation))) for line in lines]


def entered_at(moment: datetime, by_person: UUID) -> QuerySet[Person]:
    """Return the people whom somebody entered from a list at one moment (that of its transaction)."""
    return Person.objects.filter(created_at=moment, entered_by=by_person, source=Person.Source.IMPORT).order_by("id")


def touched_since(people: Sequence[Person], moment: datetime) -> set[UUID]:
    """Return the ids of those with whom something was done after a moment; every act on a person leaves a note."""
    notes = Note.objects.filter(subject_person__in=[person.id for person in people])
    at_entering = Q(created_at=moment, verb__in=("add person", "add employee"))
    return {subject for subject in notes.exclude(at_entering).values_list("subject_person", flat=True) if subject}


def is_referred_to(organisation: Organisation) -> bool:
    """True when a row of any table, of this package or of one above, refers to an organisation."""
    for field in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel):
            table: Any = field.related_model
            rows = table.objects.filter(**{field.field.name: organisation})
            if rows.exists():
                return True
    return False


_entering = TimestampSigner(salt="entering")


def entering_token(moment: datetime) -> str:
    """Return the signed key with which whoever entered a list may take it back for an hour."""
    return _entering.sign(moment.isoformat())


def moment_of_token(token: str) -> datetime | None:
    """Return the moment for which a key was made; None for one that is forged or older than an hour."""
    try:
        return datetime.fromisoformat(_entering.unsign(token, max_age=TAKEN_BACK_WITHIN))
    except (BadSignature, ValueError):
        return None

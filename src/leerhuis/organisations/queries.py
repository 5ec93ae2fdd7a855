"""Reading organisations, within rights."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leerhuis.organisations.models import Membership, Organisation
from leerhuis.people.models import Person


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
    now = Q(memberships__ended_at=None)
    return organisations_for(viewer).annotate(
        employees=Count("memberships", filter=now & Q(memberships__kind="employee"), distinct=True),
        contacts=Count("memberships", filter=now & Q(memberships__kind="contact"), distinct=True),
    )


def _contacts() -> QuerySet[Membership]:
    return Membership.objects.filter(kind=Membership.Kind.CONTACT, ended_at=None)


def contacts_of(organisation: Organisation) -> QuerySet[Person]:
    """Return the people who are this organisation's contacts now, by name."""
    return Person.objects.filter(Exists(_contacts().filter(organisation=organisation, person=OuterRef("pk")))).order_by(
        "sort_name"
    )


def employees_of(organisation: Organisation) -> QuerySet[Person]:
    """Return the people who work for this organisation now, as far as known, by name."""
    works = Membership.objects.filter(kind=Membership.Kind.EMPLOYEE, ended_at=None, organisation=organisation)
    return Person.objects.filter(Exists(works.filter(person=OuterRef("pk")))).order_by("sort_name")


def is_contact_of(person_id: UUID, organisation_id: UUID) -> bool:
    """True when this person is a contact of this organisation now."""
    return _contacts().filter(person=person_id, organisation=organisation_id).exists()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Return where a person works or is a contact now."""
    return Membership.objects.filter(person=person, ended_at=None).select_related("organisation")

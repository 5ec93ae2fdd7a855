"""What may not be erased yet, as a condition on the rows of any table: retention and erasure leave those alone."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Exists, Max, Q, QuerySet

from leerhuis.base import clock
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import purposes_of
from leerhuis.privacy.models import Hold
from leerhuis.privacy.rows import tables_about_people

_ALL = Q(pk__isnull=False)


def live_holds() -> QuerySet[Hold]:
    """Return the holds in force today: not ended, and not past their last day. Keeps: K18."""
    return Hold.objects.filter(ended_at=None, until__gte=clock.today()).order_by("until", "id")


def held(model: type[models.Model]) -> Q:
    """Return the condition under which a row of a table is held now, for ``rows.exclude(held(model))``.

    A row is held when a purpose that claims its table is held, when it is the held thing itself, or when it is about a
    person for whom a hold is in force. No query is done here; the condition holds at the moment when it is asked.
    """
    live = live_holds().order_by()
    claims = [each.id for each, _ in purposes_of(model._meta.label)]
    condition = Q(Exists(live.filter(purpose__in=claims))) if claims else ~_ALL
    if isinstance(model._meta.pk, models.UUIDField):  # of a library's table no single row can be held
        things = live.filter(thing_kind=model._meta.label_lower, thing_id__isnull=False)
        condition |= Q(pk__in=things.values("thing_id"))
    path = subject_of(model)
    if path:
        people = live.filter(person__isnull=False).values("person")
        condition |= Q(**{"pk__in" if path == "self" else f"{path}__in": people})
    return condition


def last_day_held(rows: QuerySet[models.Model]) -> date | None:
    """Return until which day some of these rows are held: by holds on them, on whom they are about or on a purpose."""
    model = rows.model
    touching = Q(purpose__in=[each.id for each, _ in purposes_of(model._meta.label)])
    if isinstance(model._meta.pk, models.UUIDField):
        touching |= Q(thing_kind=model._meta.label_lower, thing_id__in=rows.order_by().values("pk"))
    path = subject_of(model)
    if path:
        touching |= Q(person__in=rows.order_by().values("pk" if path == "self" else path))
    last: date | None = live_holds().order_by().filter(touching).aggregate(last=Max("until"))["last"]
    return last


def held_by(placed: Hold, model: type[models.Model]) -> Q:
    """Return the condition under which a row of a table is what one hold is on; see `held` for all holds together."""
    if placed.purpose:
        return _ALL if placed.purpose in {each.id for each, _ in purposes_of(model._meta.label)} else ~_ALL
    if placed.thing_kind:
        return Q(pk=placed.thing_id) if placed.thing_kind == model._meta.label_lower else ~_ALL
    path = subject_of(model)
    return Q(**{"pk" if path == "self" else path: placed.person}) if path else ~_ALL


def tables_with_rows_to_hold() -> list[type[models.Model]]:
    """Return the tables about people of which one row can be held: those whose rows have a random key."""
    return [model for model, _path in tables_about_people() if isinstance(model._meta.pk, models.UUIDField)]


def is_person_held(person_id: UUID) -> bool:
    """True while everything about a person is held."""
    return live_holds().filter(person=person_id).exists()

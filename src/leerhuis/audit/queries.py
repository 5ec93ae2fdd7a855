"""Reading the notes and looks about one person, for that person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from leerhuis.audit.models import Look, Note, Submission


@dataclass(frozen=True)
class LookedAt:
    """That somebody in a role looked at a person's data on a day: how often, last when, on which screen, why."""

    role: str
    purpose: str
    screen: str
    times: int
    last: datetime


def who_looked_at(person_id: UUID, limit: int = 100) -> list[LookedAt]:
    """Return who looked at this person's data, by role and day, newest first. Keeps: W1."""
    rows = (
        Look.objects.filter(subject_person=person_id)
        .annotate(day=TruncDate("created_at"))
        .values("day", "actor_role", "purpose", "screen")
        .annotate(times=Count("id"), last=Max("created_at"))
        .order_by("-last")[:limit]
    )
    return [LookedAt(r["actor_role"], r["purpose"], r["screen"], r["times"], r["last"]) for r in rows]


def notes_about(person_id: UUID) -> QuerySet[Note]:
    """Return what was done to this person's data, newest first."""
    return Note.objects.filter(subject_person=person_id).order_by("-created_at")


def notes_on(thing_kind: str, thing_id: UUID) -> QuerySet[Note]:
    """Return what was done to one thing (``"catalogue.run"``, its id), newest first."""
    return Note.objects.filter(thing_kind=thing_kind, thing_id=thing_id).order_by("-created_at")


def submission_of(sender: str, key: str) -> Submission | None:
    """Return what was answered to this sender under this key in the last day, None when nothing was."""
    return Submission.objects.filter(sender=sender, key=key).first()

"""What a person keeps beside their answers: bookmarks; and on which days they practised at all."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from leerhuis.base import clock
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Answer, Bookmark

DAYS_BACK: Final = 70


def bookmarks_of(access: Access) -> QuerySet[Bookmark]:
    """Return what a person keeps of a bank, the latest first; of questions that are in use."""
    kept = Bookmark.objects.filter(access=access, question__state="released", question__topic__bank=access.bank_id)
    return kept.order_by("-created_at", "-id")


def bookmarked(access: Access, questions: Collection[UUID]) -> set[UUID]:
    """Return which of these questions a person keeps."""
    return set(Bookmark.objects.filter(access=access, question__in=questions).values_list("question", flat=True))


def days_practised(person: Person) -> list[date]:
    """Return on which of the last seventy days a person answered anything, in the academy's zone, earliest first."""
    since = datetime.combine(clock.today() - timedelta(days=DAYS_BACK - 1), time.min, clock.zone())
    moments = Answer.objects.filter(round__access__person=person, answered_at__gte=since)
    days = moments.values_list(TruncDate("answered_at", tzinfo=clock.zone()), flat=True).distinct()
    return sorted(day for day in days if day)

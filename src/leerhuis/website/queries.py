"""What the public site shows: courses with their next date and the seats that are left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from leerhuis.academies.settings import AcademySettings
from leerhuis.catalogue.models import Course
from leerhuis.catalogue.queries import published_courses, upcoming_runs
from leerhuis.enrolment.queries import with_room

FEW = 3  # seats from which on a page says that only few are left


@dataclass(frozen=True)
class Card:
    """A course in a list: with its next run (with `seats_left`), if any, and how many more runs there are after it."""

    course: Course
    run: Any | None
    more: int


def dates_of(course: Course | None = None, *, place: str = "", month: date | None = None) -> list[Any]:
    """Return the runs people can register for, soonest first, each with lessons, venues and `seats_left`."""
    return list(with_room(upcoming_runs(course, place=place, month=month)))


def cards_of(courses: Iterable[Course], *, place: str = "", month: date | None = None) -> list[Card]:
    """Return courses as cards; the next run is the first at that place and in that month. Three queries in all."""
    wanted = list(courses)
    found = upcoming_runs(place=place, month=month).filter(course__in=wanted).select_related(None)
    first = with_room(found).annotate(
        nth=Window(RowNumber(), partition_by="course", order_by=["first_day", "code"]),
        dates=Window(Count("pk"), partition_by="course"),
    )
    runs = {run.course_id: run for run in first.filter(nth=1)}
    nexts = [(course, runs.get(course.pk)) for course in wanted]
    return [Card(course, run, run.dates - 1 if run else 0) for course, run in nexts]


def addresses_of_courses() -> list[str]:
    """Return the last part of the address of every published course, for the site map."""
    return list(published_courses().values_list("slug", flat=True))


def register_name(chosen: AcademySettings, key: str) -> str:
    """Return what a professional register is called in the academy's settings; its key when it is not there."""
    return next((scheme.name for scheme in chosen.registers if scheme.key == key), key)

"""What the public site shows: courses with their next date and the seats that are left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from leerhuis.academies.settings import AcademySettings
from leerhuis.catalogue.models import Course, Run
from leerhuis.catalogue.queries import published_courses, upcoming_runs, with_cities
from leerhuis.enrolment.queries import with_room

FEW = 3  # seats from which on a page says that only few are left


@dataclass(frozen=True)
class Card:
    """A course in a list, with its next run, if any: first day, price, cities, seats left, and the number of dates."""

    course: Course
    run: Any | None


def dates_of(course: Course | None = None, *, place: str = "", month: date | None = None) -> list[Any]:
    """Return the runs people can register for, soonest first, each with lessons, venues and `seats_left`."""
    return list(with_room(upcoming_runs(course, place=place, month=month)))


def cards_of(courses: Iterable[Course], *, place: str = "", month: date | None = None) -> list[Card]:
    """Return courses as cards; the next run is the first at that place and in that month. One query.

    Seats and cities are looked up of the runs that are shown only.
    """
    wanted = list(courses)
    found = upcoming_runs(place=place, month=month).filter(course__in=wanted)
    first = found.order_by("course", "first_day", "code").distinct("course")
    dates = found.filter(course=OuterRef("course")).order_by().values("course").annotate(n=Count("pk")).values("n")
    shown = with_room(with_cities(Run.objects.filter(pk__in=first.values("pk")))).annotate(dates=Subquery(dates))
    columns = ("course", "first_day", "price", "cities", "seats_left", "dates")
    nexts = {run.course: run for run in shown.values_list(*columns, named=True)}
    return [Card(course, nexts.get(course.pk)) for course in wanted]


def addresses_of_courses() -> list[str]:
    """Return the last part of the address of every published course, for the site map."""
    return list(published_courses().values_list("slug", flat=True))


def register_name(chosen: AcademySettings, key: str) -> str:
    """Return what a professional register is called in the academy's settings; its key when it is not there."""
    return next((scheme.name for scheme in chosen.registers if scheme.key == key), key)

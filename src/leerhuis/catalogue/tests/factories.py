"""Courses, runs, lessons and venues for tests, made by the actions themselves."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue import actions
from leerhuis.catalogue.models import Course, Lesson, Run, Venue

BY = Actor.operator()
TEN, FOUR = time(10), time(16)


def draft(title="Privacy op het werk", **facts) -> Course:
    """A course with everything that publishing needs, as a draft."""
    whole = {
        "title": title,
        "slug": title.lower().replace(" ", "-").replace("é", "e"),
        "summary": "In één dag leert u persoonsgegevens herkennen.",
        "audience": "Voor wie met persoonsgegevens werkt.",
        "level": "Basis",
        "outcomes": ["U herkent persoonsgegevens."],
        "hours": Decimal(6),
        "price": Decimal("395.00"),
    }
    return actions.add_course(by=BY, **whole | facts)


def published(title="Privacy op het werk", **facts) -> Course:
    """A course in the public catalogue."""
    course = draft(title, **facts)
    actions.publish_course(course, by=BY)
    return course


def venue(name="De Kaap", city="Utrecht") -> Venue:
    """A venue."""
    return actions.add_venue(name=name, address="Stationsplein 1", postcode="3511 AA", city=city, by=BY)


def moment(day: date, hour: time = TEN) -> datetime:
    """An hour of a day in the academy's zone."""
    return datetime.combine(day, hour, clock.zone())


def lesson(run: Run, day: date, at: Venue | None = None, **facts) -> Lesson:
    """A lesson from ten to four, online unless at a venue."""
    times = {"starts_at": moment(day), "ends_at": moment(day, FOUR)}
    return actions.add_lesson(run, by=BY, **times | {"venue": at} | facts)


def planned(course: Course, *days: date, code="R1", seats=12, at: Venue | None = None, **facts) -> Run:
    """A run with a lesson on each day."""
    run = actions.add_run(course, code=code, seats=seats, by=BY, **facts)
    for day in days:
        lesson(run, day, at)
    return run


def opened(course: Course, *days: date, **facts) -> Run:
    """A run that takes registrations."""
    run = planned(course, *days, **facts)
    actions.open_run(run, by=BY)
    return run


def in_days(count: int) -> date:
    """The date so many days from today."""
    return clock.today() + timedelta(days=count)

"""A small academy for the tests of results: a course, a run of it with lessons, and who is in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.models import Course, Lesson, Run, Teaching, Venue
from leerhuis.consent.models import Agreement
from leerhuis.enrolment.models import Enrolment, Grant, Registration
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.results.actions import give_result, mark_attendance, submit_sheet

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = date(2027, 6, 3)
MORNING = datetime(2027, 6, 3, 8, 0, tzinfo=AMSTERDAM)  # the day of the first lesson, before it begins
_numbers = count(1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on the academy's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def make_course(title: str = "Privacy op het werk", **values: object) -> Course:
    number = next(_numbers)
    facts = {"slug": f"course-{number}", "hours": Decimal("12.5"), "price": Decimal(450), "found_by": title.lower()}
    return Course.objects.create(title=title, state=Course.State.PUBLISHED, **{**facts, **values})


def make_run(
    *days: date,
    course: Course | None = None,
    trainer: Person | None = None,
    venue: Venue | None = None,
    **values: object,
) -> Run:
    """Make a confirmed run with a lesson on each of these days, from half past nine until four."""
    days = days or (DAY,)
    facts = {"seats": 12, "minimum": 2, "price": Decimal(450), "state": Run.State.CONFIRMED}
    run = Run.objects.create(
        course=course or make_course(),
        code=f"RUN-{next(_numbers)}",
        first_day=min(days),
        last_day=max(days),
        **{**facts, **values},
    )
    for day in days:
        Lesson.objects.create(run=run, starts_at=at(day, 9, 30), ends_at=at(day, 16), venue=venue)
    if trainer is not None:
        Teaching.objects.create(run=run, trainer=trainer)
    return run


def make_venue() -> Venue:
    return Venue.objects.create(name="De Hof", address="Hofweg 1", city="Zwolle", route="Langs de kerk.")


def enrol(run: Run, learner: Person, *, ordered_by: Organisation | None = None, **values: object) -> Enrolment:
    registration = Registration.objects.create(run=run, source=Registration.Source.OFFICE, organisation=ordered_by)
    facts = {"state": Enrolment.State.ENROLLED, "price": run.price}
    return Enrolment.objects.create(
        run=run, learner=learner, registration=registration, ordered_by=ordered_by, **{**facts, **values}
    )


def agree(enrolment: Enrolment, *, told: bool = True, **shared: bool) -> Grant:
    """Give an employer what was agreed of an enrolment: `attendance`, `progress`, `result`."""
    assert enrolment.ordered_by is not None
    agreement = Agreement.objects.create(
        organisation=enrolment.ordered_by, reference="contract 12, page 3", ended_at=clock.now(), **shared
    )
    return Grant.objects.create(
        enrolment=enrolment, agreement=agreement, told_at=clock.now() if told else None, **shared
    )


@dataclass(frozen=True)
class Group:
    """A run on one day with its lesson, its trainer and learners, as enrolments."""

    run: Run
    lesson: Lesson
    enrolments: list[Enrolment]


def make_group(*learners: Person, trainer: Person | None = None, ordered_by: Organisation | None = None) -> Group:
    run = make_run(trainer=trainer)
    lesson = Lesson.objects.get(run=run)
    return Group(run, lesson, [enrol(run, learner, ordered_by=ordered_by) for learner in learners])


def attend(group: Group, by: Person, state: str = "present") -> None:
    """Let everybody of a group be marked, and the list be submitted."""
    for enrolment in group.enrolments:
        mark_attendance(group.lesson, enrolment, state, by=Actor.person(by.id, "trainer"))
    submit_sheet(group.lesson, by=Actor.person(by.id, "trainer"))


def passed(group: Group, trainer: Person, clerk: Person) -> None:
    """Let everybody of a group attend and pass."""
    attend(group, trainer)
    for enrolment in group.enrolments:
        give_result(enrolment, "passed", by=Actor.person(clerk.id, "clerk"))


def days_after(days: float) -> datetime:
    """Return a moment so many days after the morning of the lesson."""
    return MORNING + timedelta(days=days)

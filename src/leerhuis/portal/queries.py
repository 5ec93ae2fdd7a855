"""What the pages that join packages show; each is a handful of queries, whatever the number of rows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q

from leerhuis.base import clock
from leerhuis.catalogue.models import Course, Lesson, Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import with_seats_left
from leerhuis.mail.queries import stuck_messages
from leerhuis.people.models import Person
from leerhuis.practice.queries import DueCard, due_today
from leerhuis.results.models import Certificate, Result, Sheet


@dataclass(frozen=True)
class AgendaLesson:
    """A lesson of one of a learner's own runs, with the enrolment it belongs to."""

    lesson: Lesson
    enrolment: Enrolment


@dataclass(frozen=True)
class Agenda:
    """A learner's lessons, coming and past, and enrolments, running and over."""

    coming: list[AgendaLesson]
    past: list[AgendaLesson]
    running: list[Enrolment]
    over: list[Enrolment]


@dataclass(frozen=True)
class Today:
    """What a learner sees first."""

    practice: DueCard | None
    next_lesson: AgendaLesson | None
    waiting: list[Enrolment]
    new_certificates: list[Certificate]
    has_courses: bool


def agenda_of(person: Person) -> Agenda:
    """Return a learner's own lessons and enrolments."""
    mine = list(
        Enrolment.objects.filter(learner=person)
        .exclude(state=Enrolment.State.CANCELLED)
        .select_related("run__course")
        .order_by("run__first_day")
    )
    by_run = {enrolment.run_id: enrolment for enrolment in mine if enrolment.holds_seat}
    lessons = Lesson.objects.filter(run__in=by_run).select_related("venue", "run__course").order_by("starts_at")
    rows = [AgendaLesson(lesson, by_run[lesson.run_id]) for lesson in lessons]
    now = clock.now()
    return Agenda(
        coming=[row for row in rows if row.lesson.ends_at >= now],
        past=[row for row in reversed(rows) if row.lesson.ends_at < now],
        running=[e for e in mine if e.state != Enrolment.State.COMPLETED],
        over=[e for e in reversed(mine) if e.state == Enrolment.State.COMPLETED],
    )


def today_of(person: Person) -> Today:
    """Return what a learner sees first today."""
    agenda = agenda_of(person)
    fresh = clock.now() - timedelta(days=30)
    certificates = Certificate.objects.filter(
        enrolment__learner=person, revoked_at=None, created_at__gte=fresh
    ).select_related("enrolment")
    return Today(
        practice=due_today(person),
        next_lesson=agenda.coming[0] if agenda.coming else None,
        waiting=[e for e in agenda.running if e.state == Enrolment.State.WAITING],
        new_certificates=list(certificates[:3]),
        has_courses=bool(agenda.running or agenda.over),
    )


@dataclass(frozen=True)
class OfficeToday:
    """What needs a person in the office, most urgent first; `calm` when nothing does."""

    stuck_mails: int
    unmarked: list[Lesson]
    undecided: list[Any]
    go_or_not: list[Any]
    waiting: list[Any]
    unpublished: int
    coming: list[Any]

    @property
    def calm(self) -> bool:
        """True when nothing needs a person."""
        return not (self.stuck_mails or self.unmarked or self.undecided or self.go_or_not or self.waiting)


def office_today() -> OfficeToday:
    """Return what needs a person in the office today."""
    now, today = clock.now(), clock.today()
    live = Run.objects.select_related("course").exclude(state__in=[Run.State.CANCELLED, Run.State.CLOSED])
    seated = Enrolment.objects.filter(state__in=[Enrolment.State.ENROLLED, Enrolment.State.COMPLETED])
    unmarked = (
        Lesson.objects.filter(ends_at__lt=now, run__in=seated.values("run"))
        .exclude(run__state=Run.State.CANCELLED)
        .exclude(pk__in=Sheet.objects.exclude(submitted_at=None).values("lesson"))
        .select_related("run__course")
        .order_by("-starts_at")
    )
    open_results = (
        Enrolment.objects.filter(state=Enrolment.State.ENROLLED, run__last_day__lt=today)
        .exclude(run__state=Run.State.CANCELLED)
        .exclude(pk__in=Result.objects.values("enrolment"))
    )
    undecided = (
        Run.objects.filter(pk__in=open_results.values("run"))
        .select_related("course")
        .annotate(open=Count("pk"))
        .order_by("last_day")
    )
    soon = with_seats_left(live.filter(first_day__gte=today, first_day__lte=today + timedelta(days=28)))
    unsure = soon.exclude(state=Run.State.CONFIRMED).annotate(short=F("minimum") - F("enrolled"))
    waiting = with_seats_left(live.filter(first_day__gte=today)).filter(Q(waiting__gt=0) & Q(seats_left__gt=0))
    return OfficeToday(
        stuck_mails=stuck_messages().count(),
        unmarked=list(unmarked[:8]),
        undecided=list(undecided[:8]),
        go_or_not=list(unsure.order_by("first_day")[:8]),
        waiting=list(waiting.order_by("first_day")[:8]),
        unpublished=Course.objects.filter(state=Course.State.DRAFT).count(),
        coming=list(with_seats_left(live.filter(first_day__gte=today)).order_by("first_day")[:8]),
    )

"""What the pages that join packages show; each is a handful of queries, whatever the number of rows."""

from dataclasses import dataclass
from datetime import date, timedelta

from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.models import Person
from leerhuis.practice.queries import DueCard, OpenBank, Retired, due_in, open_banks, practice_week, retired_for
from leerhuis.results.models import Certificate


@dataclass(frozen=True)
class AgendaLesson:
    """A lesson of one of a learner's own runs, with the enrolment it belongs to."""

    lesson: Lesson
    enrolment: Enrolment

    @property
    def days_ahead(self) -> int:
        """Return in how many days the lesson begins, 0 for today; below 0 when it began before today."""
        return (self.lesson.starts_at.astimezone(clock.zone()).date() - clock.today()).days

    @property
    def is_near(self) -> bool:
        """True from an hour before the lesson: then joining it is the main act."""
        return self.lesson.starts_at - timedelta(hours=1) <= clock.now()


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
    retired: list[Retired]
    next_lesson: AgendaLesson | None
    called_off: list[Enrolment]
    waiting: list[Enrolment]
    new_certificates: list[Certificate]
    grown: list[OpenBank]
    week: list[tuple[date, bool]]
    has_courses: bool

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to do, to go to or to know."""
        told = self.retired or self.called_off or self.new_certificates or self.waiting
        return not (self.practice or self.next_lesson or told)

    @property
    def days_practised(self) -> int:
        """Return on how many of the last seven days this person practised."""
        return sum(done for _, done in self.week)


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
    banks = open_banks(person)
    certificates = Certificate.objects.filter(
        enrolment__learner=person, revoked_at=None, created_at__gte=fresh
    ).select_related("enrolment")
    return Today(
        practice=due_in(banks),
        retired=retired_for(person) if banks else [],
        next_lesson=agenda.coming[0] if agenda.coming else None,
        called_off=_called_off(person),
        waiting=[e for e in agenda.running if e.state == Enrolment.State.WAITING],
        new_certificates=list(certificates[:3]),
        grown=[each for each in banks if each.mastery.percent],
        week=practice_week(person) if banks else [],
        has_courses=bool(agenda.running or agenda.over),
    )


def _called_off(person: Person) -> list[Enrolment]:
    """Return the enrolments of which the run was cancelled and would still have to begin or be going on."""
    lost = Enrolment.objects.filter(learner=person, run__state=Run.State.CANCELLED, run__last_day__gte=clock.today())
    return list(lost.exclude(ended_at=None).select_related("run__course").order_by("run__first_day")[:3])

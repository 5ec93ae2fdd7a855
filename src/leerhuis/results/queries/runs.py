"""Runs as the planner sees them: the board of all runs, and everything of one run on one page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.catalogue.queries import narrow_runs, runs_for, teachings_in, trainers_of
from leerhuis.catalogue.rules import is_over, may_become
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import enrolments_in, waiting_in, with_seats_left
from leerhuis.mail.models import Message
from leerhuis.mail.queries import messages_for
from leerhuis.people.models import Person
from leerhuis.results.models import Certificate, Result, Sheet
from leerhuis.results.queries.attendance import LessonMark, attendance_of
from leerhuis.results.queries.outcomes import result_of, standing_certificates
from leerhuis.results.rules import is_complete, opens_on
from leerhuis.ui.tones import Tone


@dataclass(frozen=True)
class RunLine:
    """A run on the planning board, with its numbers, who teaches it and where (in full, and in which cities)."""

    run: Any  # a Run with `enrolled`, `waiting` and `seats_left`
    trainers: list[str]
    places: list[str]
    cities: list[str]
    verdict: str
    tone: Tone

    @property
    def id(self) -> UUID:
        """Return the id of the run."""
        return self.run.id  # type: ignore[no-any-return]

    @property
    def decided(self) -> bool:
        """True when it is certain whether the run goes ahead."""
        return self.run.state not in {Run.State.PLANNED, Run.State.OPEN}


@dataclass(frozen=True)
class GridLine:
    """A learner of a run: attendance per lesson, result and certificate."""

    enrolment: Enrolment
    marks: list[LessonMark]
    result: Result | None
    certificate: Certificate | None

    @property
    def complete(self) -> bool:
        """True when the learner was present at each lesson, as submitted."""
        return is_complete([mark.lesson_id for mark in self.marks], [(m.lesson_id, m.state) for m in self.marks])

    @property
    def may_have_certificate(self) -> bool:
        """True when a certificate can be issued now."""
        passed = self.result is not None and self.result.outcome == Result.Outcome.PASSED
        return passed and self.complete and self.certificate is None

    @property
    def certificate_in_doubt(self) -> bool:
        """True for a valid certificate although the attendance, as corrected since, is not complete."""
        return self.certificate is not None and not self.complete


@dataclass(frozen=True)
class RunLesson:
    """A lesson of a run with how far its list is."""

    lesson: Lesson
    sheet: Sheet | None
    open: bool

    @property
    def submitted(self) -> bool:
        """True when the list was submitted."""
        return self.sheet is not None and self.sheet.submitted_at is not None


@dataclass(frozen=True)
class RunView:
    """Everything of one run on one page."""

    line: RunLine
    lessons: list[RunLesson]
    trainers: list[Person]
    learners: list[GridLine]
    waiting: list[Enrolment]

    @property
    def run(self) -> Any:
        """Return the run, with `enrolled`, `waiting` and `seats_left`."""
        return self.line.run

    @property
    def seats_words(self) -> str:
        """Return how many seats are taken of how many, as ``9/12``."""
        return f"{self.run.enrolled}/{self.run.seats}"

    @property
    def people(self) -> list[UUID]:
        """Return whose data the page shows."""
        return [each.enrolment.learner_id for each in self.learners] + [each.learner_id for each in self.waiting]

    @property
    def due_certificates(self) -> list[GridLine]:
        """Return the learners to whom a certificate can be issued now."""
        return [each for each in self.learners if each.may_have_certificate]

    @property
    def results_open(self) -> bool:
        """True when results may be given: from the last day on."""
        return self.run.last_day is None or self.run.last_day <= clock.today()

    @property
    def all_decided(self) -> bool:
        """True when each learner has a result."""
        return all(each.result for each in self.learners)

    def may(self, state: str) -> bool:
        """True when the run can go to this state now."""
        return may_become(self.run, state)


def run_board(
    viewer: Any,
    *,
    words: str = "",
    course: UUID | None = None,
    state: str = "",
    venue: UUID | None = None,
    month: date | None = None,
    past: bool = False,
) -> QuerySet[Run]:
    """Return the runs of the planning board, soonest first, with `enrolled`, `waiting` and `seats_left`.

    Without `past` those that are not over: their last day is today or later, or they have no day yet. A month shows
    all its runs. Office staff see all runs; others those that `runs_for` gives them.
    """
    runs = narrow_runs(runs_for(viewer), words=words, course=course, state=state, venue=venue, month=month)
    if not (past or month):
        runs = runs.filter(Q(last_day__gte=clock.today()) | Q(last_day=None))
    return with_seats_left(runs)


def board_lines(runs: Iterable[Any]) -> list[RunLine]:
    """Return runs of `run_board` with trainers, places and a verdict in the language of the page; two more queries."""
    rows = list(runs)
    trainers: dict[UUID, list[str]] = defaultdict(list)
    for each in teachings_in(rows):
        trainers[each.run_id].append(each.trainer.name)
    venues: dict[UUID, dict[str, str]] = defaultdict(dict)  # per run: place in full → city, in order of time
    for lesson in Lesson.objects.filter(run__in=rows).select_related("venue").order_by("starts_at"):
        at = lesson.venue
        place, city = (f"{at.name}, {at.city}", at.city) if at else (_("online"), _("online"))
        venues[lesson.run_id][place] = city
    return [
        RunLine(
            run,
            trainers[run.id],
            list(venues[run.id]),
            list(dict.fromkeys(venues[run.id].values())),
            *verdict_on(run),
        )
        for run in rows
    ]


def verdict_on(run: Any) -> tuple[str, Tone]:
    """Return whether a run goes ahead, in words with a tone: decided, or what the numbers say."""
    if is_over(run) or run.state == Run.State.CONFIRMED:
        tones = {Run.State.CONFIRMED: Tone.GOOD, Run.State.CANCELLED: Tone.BAD}
        return str(Run.State(run.state).label), tones.get(run.state, Tone.QUIET)
    short = run.minimum - run.enrolled
    if short > 0:
        return ngettext("%(short)d more needed", "%(short)d more needed", short) % {"short": short}, Tone.CARE
    return _("can go ahead"), Tone.NOTE


def run_view(viewer: Any, run_id: UUID) -> RunView | None:
    """Return everything of a run for the office, or None for others and for an unknown run."""
    if viewer is None or not viewer.is_office:
        return None
    run = with_seats_left(runs_for(viewer)).filter(pk=run_id).first()
    if run is None:
        return None
    (line,) = board_lines([run])
    return RunView(
        line=line,
        lessons=_lessons(run),
        trainers=list(trainers_of(run)),
        learners=grid_of(run),
        waiting=list(waiting_in(run)),
    )


def grid_of(run: Run) -> list[GridLine]:
    """Return everybody with a seat in a run, by name, with attendance, result and valid certificate."""
    seated = list(enrolments_in(run))
    keys = [each.id for each in seated]
    marks, results, certificates = attendance_of(keys), result_of(keys), standing_certificates(keys)
    return [GridLine(each, marks.get(each.id, []), results.get(each.id), certificates.get(each.id)) for each in seated]


def _lessons(run: Run) -> list[RunLesson]:
    lessons = list(Lesson.objects.filter(run=run).select_related("venue").order_by("starts_at", "id"))
    sheets = {sheet.lesson_id: sheet for sheet in Sheet.objects.filter(lesson__in=lessons)}
    today = clock.today()
    return [RunLesson(each, sheets.get(each.id), opens_on(each.starts_at) <= today) for each in lessons]


def mails_about_run(viewer: Any, run: Run) -> QuerySet[Message]:
    """Return the mails that a viewer may see about a run: itself, its lessons, enrolments, registrations, results."""
    of_run = Enrolment.objects.filter(run=run)
    causes = (
        of_run.values("pk"),
        of_run.values("registration"),
        Lesson.objects.filter(run=run).values("pk"),
        Result.objects.filter(enrolment__in=of_run).values("pk"),
        Certificate.objects.filter(enrolment__in=of_run).values("pk"),
    )
    about = Q(cause_id=run.pk)
    for each in causes:
        about |= Q(cause_id__in=each)
    return messages_for(viewer).filter(about).defer("body")

"""Who was there: lists of lessons, their learners, and what was ticked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run, Teaching
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.queries import unrestricted
from leerhuis.results.models import Attendance, Correction, Sheet
from leerhuis.results.rules import is_complete, opens_on, trainer_window

SEATED = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)
UNMARKED = ""


@dataclass(frozen=True)
class RosterLine:
    """One learner on the list of a lesson: `state` is "" until it is ticked; `corrections` newest first."""

    enrolment_id: UUID
    person_id: UUID
    name: str
    state: str
    corrections: list[Correction] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        """Return the state in words, or nothing."""
        return str(Attendance.State(self.state).label) if self.state else ""


@dataclass(frozen=True)
class LessonMark:
    """A lesson and what stands on its list of one learner: `state` is "" when nothing was recorded."""

    lesson_id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str
    state: str
    submitted: bool

    @property
    def state_words(self) -> str:
        """Return the state in words, or nothing."""
        return str(Attendance.State(self.state).label) if self.state else ""


@dataclass(frozen=True)
class TrainerLesson:
    """A lesson as its trainer's day shows it: how many learners, how many are ticked, and whether it was submitted."""

    lesson: Lesson
    learners: int
    marked: int
    submitted: bool
    day: date

    def is_on(self, day: date) -> bool:
        """True when the lesson is given on this day of the academy's calendar."""
        return self.day == day


def lessons_for(viewer: Any) -> QuerySet[Lesson]:
    """Return the lessons whose list a viewer may open, in order of time. Keeps: K7.

    Office staff all; a trainer those of their own runs, from thirty days before until thirty days after; others none.
    """
    lessons = Lesson.objects.select_related("run__course", "venue").order_by("starts_at", "id")
    if viewer is None:
        return lessons.none()
    if viewer.is_office:
        return lessons
    if not viewer.is_trainer:
        return lessons.none()
    own = Teaching.objects.filter(run=OuterRef("run"), trainer=viewer.person_id)
    first, last = trainer_window(clock.now())
    return lessons.filter(Exists(own), starts_at__gte=first, starts_at__lte=last)


def lesson_for(viewer: Any, lesson_id: UUID) -> Lesson | None:
    """Return a lesson whose list this viewer may open, or None."""
    return lessons_for(viewer).filter(pk=lesson_id).first()


def trainer_day(viewer: Any) -> list[TrainerLesson]:
    """Return the lessons that a trainer gives around now, in order of time, without anybody's name.

    Somebody of the office who also teaches sees here what they teach, not all lessons of the academy.
    """
    if viewer is None or not viewer.is_trainer:
        return []
    first, last = trainer_window(clock.now())
    own = Teaching.objects.filter(run=OuterRef("run"), trainer=viewer.person_id)
    lessons = list(
        Lesson.objects.filter(Exists(own), starts_at__gte=first, starts_at__lte=last)
        .exclude(run__state=Run.State.CANCELLED)
        .select_related("run__course", "venue")
        .order_by("starts_at", "id")
    )
    in_runs = Enrolment.objects.filter(run__in={each.run_id for each in lessons}, state__in=SEATED)
    seated = _count(unrestricted(in_runs, "learner"), "run")
    marks = Attendance.objects.filter(sheet__lesson__in=lessons, enrolment__state__in=SEATED)
    marked = _count(unrestricted(marks, "enrolment__learner"), "sheet__lesson")
    locked = set(Sheet.objects.filter(lesson__in=lessons).exclude(submitted_at=None).values_list("lesson", flat=True))
    return [
        TrainerLesson(
            each, seated[each.run_id], marked[each.id], submitted=each.id in locked, day=opens_on(each.starts_at)
        )
        for each in lessons
    ]


def _count(rows: QuerySet[Any], by: str) -> dict[UUID, int]:
    counts: dict[UUID, int] = defaultdict(int)
    for key in rows.values_list(by, flat=True):
        counts[key] += 1
    return counts


def sheet_of(lesson: Lesson) -> Sheet | None:
    """Return the attendance list of a lesson, or None when nothing was ticked yet."""
    return Sheet.objects.filter(lesson=lesson).first()


def roster(lesson: Lesson) -> list[RosterLine]:
    """Return everybody with a seat in the run of a lesson, by name, with what was ticked. The caller has the right."""
    seated = list(
        unrestricted(Enrolment.objects.filter(run=lesson.run_id, state__in=SEATED), "learner")
        .select_related("learner")
        .order_by("learner__sort_name", "id")
    )
    newest = Prefetch("corrections", Correction.objects.order_by("-created_at", "-id"))
    marks = {
        mark.enrolment_id: mark for mark in Attendance.objects.filter(sheet__lesson=lesson).prefetch_related(newest)
    }
    return [_roster_line(each, marks.get(each.id)) for each in seated]


def _roster_line(enrolment: Enrolment, mark: Attendance | None) -> RosterLine:
    return RosterLine(
        enrolment_id=enrolment.id,
        person_id=enrolment.learner_id,
        name=enrolment.learner.name,
        state=mark.state if mark else UNMARKED,
        corrections=list(mark.corrections.all()) if mark else [],
    )


def attendance_of(enrolment_ids: Iterable[UUID]) -> dict[UUID, list[LessonMark]]:
    """Return per enrolment every lesson of its run in order of time, with what was submitted of that learner.

    What a trainer ticked but did not submit yet is left out: `state` is "" there. The caller has the right to see it.
    """
    runs = dict(Enrolment.objects.filter(pk__in=set(enrolment_ids)).values_list("pk", "run"))
    lessons = _lessons_by_run(runs.values())
    marks = _submitted_marks(runs)
    return {
        enrolment_id: [
            _lesson_mark(lesson, submitted=locked, state=marks.get((lesson.id, enrolment_id)))
            for lesson, locked in lessons[run_id]
        ]
        for enrolment_id, run_id in runs.items()
    }


def _lessons_by_run(run_ids: Iterable[UUID]) -> dict[UUID, list[tuple[Lesson, bool]]]:
    """Return per run its lessons in order of time, each with whether its list was submitted."""
    submitted = Sheet.objects.filter(lesson=OuterRef("pk")).exclude(submitted_at=None)
    lessons: dict[UUID, list[tuple[Lesson, bool]]] = defaultdict(list)
    found = Lesson.objects.filter(run__in=set(run_ids)).annotate(locked=Exists(submitted))
    for lesson in found.order_by("starts_at", "id"):
        lessons[lesson.run_id].append((lesson, lesson.locked))
    return lessons


def _submitted_marks(enrolment_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], str]:
    """Return (lesson id, enrolment id) → state, of submitted lists only."""
    found = Attendance.objects.filter(enrolment__in=set(enrolment_ids)).exclude(sheet__submitted_at=None)
    rows = found.values_list("sheet__lesson", "enrolment", "state")
    return {(lesson_id, enrolment_id): state for lesson_id, enrolment_id, state in rows}


def _lesson_mark(lesson: Lesson, *, submitted: bool, state: str | None) -> LessonMark:
    return LessonMark(lesson.id, lesson.starts_at, lesson.ends_at, lesson.title, state or UNMARKED, submitted)


def complete_among(enrolment_ids: Iterable[UUID]) -> set[UUID]:
    """Return the ids of those enrolments whose learner was present at each lesson of the run, as submitted."""
    return {
        enrolment_id
        for enrolment_id, marks in attendance_of(enrolment_ids).items()
        if is_complete([mark.lesson_id for mark in marks], [(mark.lesson_id, mark.state) for mark in marks])
    }


def my_attendance(viewer: Any, enrolment_id: UUID) -> list[LessonMark] | None:
    """Return the lessons of a viewer's own enrolment with what was submitted, or None when it is not theirs."""
    if viewer is None:
        return None
    if not Enrolment.objects.filter(pk=enrolment_id, learner=viewer.person_id).exists():
        return None
    return attendance_of([enrolment_id])[enrolment_id]

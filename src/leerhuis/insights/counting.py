"""Counting: what the rows of people come to, as numbers without people. All by the database, whatever the scope.

The same counts are made of everybody when a run or a month is over, and of one person who is about to be erased; both
add up in the same rows. Whoever's data are only kept (article 18 AVG) is not counted, then or later. A row belongs to
the month in which it reached us, so what a telephone sends a month late is counted late, and never twice.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from leerhuis.base import clock
from leerhuis.base.composed import SOMEBODY, asking
from leerhuis.catalogue.models import Lesson
from leerhuis.enrolment.models import Enrolment
from leerhuis.insights.models import CourseMonth, Fact, IntakeMonth, PracticeMonth, QuestionMonth, RunMonth, TopicMonth
from leerhuis.organisations.models import Membership
from leerhuis.people.queries import unrestricted
from leerhuis.practice.models import Answer, Round
from leerhuis.results.models import Attendance, Certificate, Result

Key = tuple[Any, ...]
Counts = dict[type[Fact], dict[Key, Counter[str]]]
RIGHT, SHOWN = "right", "shown"  # outcomes of an answer, in practice; the second was looked at and is none
SEATED = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)


@dataclass(frozen=True)
class Scope:
    """Whose rows are counted: everybody's, or one person's; with `nameless`, as of no organisation."""

    person_id: UUID | None = None
    nameless: bool = False

    def of(self, rows: "QuerySet[Any]", path: str) -> "QuerySet[Any]":
        """Return the rows that may be used, of this scope; `path` leads to the person."""
        rows = unrestricted(rows.order_by(), path)
        return rows if self.person_id is None else rows.filter(**{path: self.person_id})


def month_of(moment: datetime | date) -> date:
    """Return the first day of a month, on the academy's calendar; a moment without a zone stands on it already."""
    day = moment.astimezone(clock.zone()) if isinstance(moment, datetime) and moment.tzinfo else moment
    return date(day.year, day.month, 1)


def begin_of(month: date) -> datetime:
    """Return the moment at which a month begins."""
    return datetime.combine(month, time(), clock.zone())


def after(month: date) -> date:
    """Return the month after a month."""
    following: date = month + relativedelta(months=1)
    return following


# --- runs ----------------------------------------------------------------------------------------------------------
def count_runs(months: Mapping[UUID, date], scope: Scope, *, states: Iterable[str] = SEATED) -> Counts:
    """Return what came of runs, each counted in the month given for it; four queries, and of everybody one more."""
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    runs = list(months)
    if not runs:
        return counts
    seats = Q(run__in=runs, state__in=list(states))
    _add_seats(counts, scope.of(Enrolment.objects.filter(seats), "learner"), "", months, enrolled=Count("id"))
    for model, numbers in _OF_SEATS.items():
        rows = scope.of(model.objects.filter(enrolment__run__in=runs, enrolment__state__in=list(states)), _LEARNER)
        _add_seats(counts, rows, "enrolment__", months, **numbers)
    if scope.person_id is None:
        _add_lessons(counts, months)
    return _nameless(counts) if scope.nameless else counts


_LEARNER = "enrolment__learner"
_OF_SEATS: Mapping[type[Any], Mapping[str, Count]] = {
    Attendance: {"marks": Count("id"), "present": Count("id", filter=Q(state=Attendance.State.PRESENT))},
    Result: {
        "passed": Count("id", filter=Q(outcome=Result.Outcome.PASSED)),
        "failed": Count("id", filter=Q(outcome=Result.Outcome.FAILED)),
    },
    Certificate: {"certificates": Count("id", filter=Q(revoked_at=None))},
}


def _add_seats(counts: Counts, rows: "QuerySet[Any]", path: str, months: Mapping[UUID, date], **numbers: Count) -> None:
    keys = (f"{path}run_id", f"{path}run__course_id", f"{path}ordered_by_id")
    for run, course, organisation, *found in rows.values_list(*keys).annotate(**numbers):
        _add(counts, CourseMonth, (months[run], course, organisation), dict(zip(numbers, found, strict=True)))


def _add_lessons(counts: Counts, months: Mapping[UUID, date]) -> None:
    lessons = Lesson.objects.filter(run__in=list(months)).order_by()
    given = {
        run: (course, number)
        for run, course, number in lessons.values_list("run", "run__course").annotate(n=Count("id"))
    }
    for run, (course, number) in given.items():
        _add(counts, RunMonth, (months[run], course), {"runs": 1, "lessons": number})


def _add(counts: Counts, model: type[Fact], key: Key, numbers: Mapping[str, int]) -> None:
    if any(numbers.values()):
        counts[model][key].update(numbers)


# --- months --------------------------------------------------------------------------------------------------------
def count_months(months: Iterable[date], scope: Scope) -> Counts:
    """Return what happened in months: registrations, cancellations, practice. Six queries, however many months.

    The questions about one person are the same for everybody, and composed once in a process.
    """
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    wanted = frozenset(months)
    if wanted:
        for each in _MONTHLY:
            _take(counts, each, wanted, scope)
    return _nameless(counts) if scope.nameless else counts


Rows = Callable[[Scope, datetime, datetime], "QuerySet[Any, Any]"]  # those between two moments, by month


@dataclass(frozen=True)
class Monthly:
    """A question about months: what its rows are counted in, and which numbers they give.

    A row of the answer is the month, the rest of the key (behind `before`, which is the same for all), and the numbers.
    """

    model: type[Fact]
    rows: Rows
    numbers: tuple[str, ...]
    before: Key = ()


def _take(counts: Counts, asked: Monthly, months: frozenset[date], scope: Scope) -> None:
    for month, *found in _answers(asked, begin_of(min(months)), begin_of(after(max(months))), scope):
        if month_of(month) in months:
            rest, numbers = found[: -len(asked.numbers)], found[-len(asked.numbers) :]
            key = (month_of(month), *asked.before, *rest)
            _add(counts, asked.model, key, dict(zip(asked.numbers, numbers, strict=True)))


_BEGIN, _END = datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)  # stand in for two moments


def _answers(asked: Monthly, begin: datetime, end: datetime, scope: Scope) -> Iterable[tuple[Any, ...]]:
    if scope.person_id is None:
        return asked.rows(scope, begin, end)
    composed = asking((asked.rows, clock.zone()), lambda: asked.rows(Scope(SOMEBODY), _BEGIN, _END))
    return composed.rows({SOMEBODY: scope.person_id, _BEGIN: begin, _END: end})


def _in(rows: "QuerySet[Any]", moment: str, begin: datetime, end: datetime) -> "QuerySet[Any]":
    """Return the rows between two moments, each with its month."""
    rows = rows.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end})
    dated: QuerySet[Any] = rows.annotate(in_month=TruncMonth(moment, tzinfo=clock.zone()))
    return dated


def _came(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    came = _in(scope.of(Enrolment.objects.all(), "learner"), "created_at", begin, end)
    by_month = came.values_list("in_month", "ordered_by_id")
    counted: QuerySet[Any, Any] = by_month.annotate(learners=Count("learner", distinct=True), registrations=Count("id"))
    return counted


def _left(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    cancelled = Enrolment.objects.filter(state=Enrolment.State.CANCELLED)
    left = _in(scope.of(cancelled, "learner"), "ended_at", begin, end)
    by_month = left.values_list("in_month", "ordered_by_id")
    counted: QuerySet[Any, Any] = by_month.annotate(cancellations=Count("id"))
    return counted


def _rounds(scope: Scope, begin: datetime, end: datetime, *keys: str) -> "QuerySet[Any, Any]":
    path = "access__person"
    rounds = _employed(_in(scope.of(Round.objects.all(), path), "created_at", begin, end), path)
    by_month = rounds.values_list("in_month", *keys)
    counted: QuerySet[Any, Any] = by_month.annotate(people=Count(path, distinct=True), rounds=Count("id"))
    return counted


def _rounds_of_banks(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    return _rounds(scope, begin, end, "access__bank_id", "employer")


def _rounds_of_all(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    return _rounds(scope, begin, end, "employer")


def _given(scope: Scope, begin: datetime, end: datetime, *keys: str) -> "QuerySet[Any, Any]":
    path = "round__access__person"
    given = Answer.objects.exclude(outcome=SHOWN)
    answers = _employed(_in(scope.of(given, path), "created_at", begin, end), path)
    by_month = answers.values_list("in_month", *keys)
    counted: QuerySet[Any, Any] = by_month.annotate(
        people=Count(path, distinct=True), answers=Count("id"), right=Count("id", filter=Q(outcome=RIGHT))
    )
    return counted


def _answers_to_topics(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    return _given(scope, begin, end, "question__topic_id", "employer")


def _answers_to_questions(scope: Scope, begin: datetime, end: datetime) -> "QuerySet[Any, Any]":
    return _given(scope, begin, end, "question_id")


_MONTHLY: Final = (
    Monthly(IntakeMonth, _came, ("learners", "registrations")),
    Monthly(IntakeMonth, _left, ("cancellations",)),
    Monthly(PracticeMonth, _rounds_of_banks, ("people", "rounds")),
    Monthly(PracticeMonth, _rounds_of_all, ("people", "rounds"), before=(None,)),
    Monthly(TopicMonth, _answers_to_topics, ("people", "answers", "right")),
    Monthly(QuestionMonth, _answers_to_questions, ("people", "answers", "right")),
)


def _employed(rows: "QuerySet[Any]", path: str) -> "QuerySet[Any]":
    """Give each row the organisation for which its person worked in its month: the one they began with first.

    One organisation for a person and a month, so that nobody is two people of the same month.
    """
    zone = clock.zone()
    work = Membership.objects.filter(person=OuterRef(path), kind=Membership.Kind.EMPLOYEE)
    work = work.annotate(begun=TruncMonth("created_at", tzinfo=zone), over=TruncMonth("ended_at", tzinfo=zone))
    then = work.filter(Q(over=None) | Q(over__gte=OuterRef("in_month")), begun__lte=OuterRef("in_month"))
    first = then.order_by("created_at", "id").values("organisation_id")[:1]
    employed: QuerySet[Any] = rows.annotate(employer=Subquery(first))
    return employed


# --- without organisation ------------------------------------------------------------------------------------------
def _nameless(counts: Counts) -> Counts:
    """Return the same counts as of no organisation."""
    merged: Counts = defaultdict(lambda: defaultdict(Counter))
    for model, rows in counts.items():
        for key, numbers in rows.items():
            merged[model][without_organisation(model, key)].update(numbers)
    return merged


def without_organisation(model: type[Fact], key: Key) -> Key:
    """Return the key of the row of all who belong to no organisation."""
    return tuple(None if name == "organisation_id" else part for name, part in zip(model.keys, key, strict=True))


def first_activity(person_id: UUID | None = None) -> datetime | None:
    """Return the moment of the first registration or round that is still there, of everybody or one person.

    One query.
    """
    if person_id is None:
        found: Iterable[tuple[datetime]] = _first(Enrolment.objects.all(), Round.objects.all())
    else:
        found = asking(first_activity, lambda: _first_of(SOMEBODY)).rows({SOMEBODY: person_id})
    return min((moment for (moment,) in found), default=None)


def _first_of(person_id: UUID) -> "QuerySet[Any, Any]":
    return _first(Enrolment.objects.filter(learner=person_id), Round.objects.filter(access__person=person_id))


def _first(*tables: "QuerySet[Any]") -> "QuerySet[Any, Any]":
    one, *others = (each.order_by("created_at").values_list("created_at")[:1] for each in tables)
    return one.union(*others, all=True)

"""Counting: what the rows of people come to, as numbers without people. All by the database, whatever the scope.

The same counts are made of everybody when a run or a month is over, and of one person who is about to be erased; both
add up in the same rows. Whoever's data are only kept (article 18 AVG) is not counted, then or later. A row belongs to
the month in which it reached us, so what a telephone sends a month late is counted late, and never twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from leerhuis.base import clock
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
    """Return the first day of a month, on the academy's calendar."""
    day = moment.astimezone(clock.zone()) if isinstance(moment, datetime) else moment
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
    """Return what happened in months: registrations, cancellations, practice. Six queries, however many months."""
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    wanted = frozenset(months)
    if wanted:
        _add_intake(counts, wanted, scope)
        _add_rounds(counts, wanted, scope)
        _add_answers(counts, wanted, scope)
    return _nameless(counts) if scope.nameless else counts


def _in(rows: "QuerySet[Any]", moment: str, months: frozenset[date]) -> "QuerySet[Any]":
    """Return the rows between the first and the last of these months, each with its month."""
    begin, end = begin_of(min(months)), begin_of(after(max(months)))
    rows = rows.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end})
    dated: QuerySet[Any] = rows.annotate(in_month=TruncMonth(moment, tzinfo=clock.zone()))
    return dated


def _add_intake(counts: Counts, months: frozenset[date], scope: Scope) -> None:
    came = _in(scope.of(Enrolment.objects.all(), "learner"), "created_at", months)
    gone = _in(scope.of(Enrolment.objects.filter(state=Enrolment.State.CANCELLED), "learner"), "ended_at", months)
    numbers = {"learners": Count("learner", distinct=True), "registrations": Count("id")}
    _take(counts, IntakeMonth, came, ("ordered_by_id",), months, **numbers)
    _take(counts, IntakeMonth, gone, ("ordered_by_id",), months, cancellations=Count("id"))


def _add_rounds(counts: Counts, months: frozenset[date], scope: Scope) -> None:
    rounds = _employed(_in(scope.of(Round.objects.all(), "access__person"), "created_at", months), "access__person")
    numbers = {"people": Count("access__person", distinct=True), "rounds": Count("id")}
    _take(counts, PracticeMonth, rounds, ("access__bank_id", "employer"), months, **numbers)
    anything = rounds.values_list("in_month", "employer").annotate(**numbers)
    for month, employer, people, number in anything:
        if month_of(month) in months:
            _add(counts, PracticeMonth, (month_of(month), None, employer), {"people": people, "rounds": number})


def _add_answers(counts: Counts, months: frozenset[date], scope: Scope) -> None:
    path = "round__access__person"
    given = Answer.objects.exclude(outcome=SHOWN)
    answers = _employed(_in(scope.of(given, path), "created_at", months), path)
    numbers = {
        "people": Count(path, distinct=True),
        "answers": Count("id"),
        "right": Count("id", filter=Q(outcome=RIGHT)),
    }
    _take(counts, TopicMonth, answers, ("question__topic_id", "employer"), months, **numbers)
    _take(counts, QuestionMonth, answers, ("question_id",), months, **numbers)


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


def _take(
    counts: Counts, model: type[Fact], rows: "QuerySet[Any]", keys: tuple[str, ...], months: frozenset[date],
    **numbers: Count,
) -> None:  # fmt: skip
    for month, *found in rows.values_list("in_month", *keys).annotate(**numbers):
        if month_of(month) in months:
            key = (month_of(month), *found[: len(keys)])
            _add(counts, model, key, dict(zip(numbers, found[len(keys) :], strict=True)))


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
    """Return the moment of the first registration or round that is still there, of everybody or one person."""
    enrolments, rounds = Enrolment.objects.all(), Round.objects.all()
    if person_id is not None:
        enrolments, rounds = enrolments.filter(learner=person_id), rounds.filter(access__person=person_id)
    moments: list[datetime | None] = [
        each.order_by("created_at").values_list("created_at", flat=True).first() for each in (enrolments, rounds)
    ]
    return min((each for each in moments if each), default=None)

"""What may be shown of the facts, to whom: every figure comes out of `publish`, and only months that are over.

All courses (or banks) of a month are published together, whatever a page asks for, so that no choice of filters gives
away what another one hides. An employer is shown its own organisation alone; in what is shown of all, an employer's own
people do not count towards the size of a group, since it could take them away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, Sum

from leerhuis.base.edge import current_academy
from leerhuis.catalogue.models import Course
from leerhuis.insights.models import (
    CountedMonth,
    CourseMonth,
    Fact,
    IntakeMonth,
    PracticeMonth,
    RunMonth,
    TopicMonth,
)
from leerhuis.insights.publish import Cell, Figures, Published, publish
from leerhuis.insights.steps import capped_words, step
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import organisations_as_contact
from leerhuis.practice.models import Bank

LAST: Final = 12  # months on a page that asks for no year
MONTHS_OF_YEAR: Final = 12
ALL: Final = "all"


@dataclass(frozen=True)
class Period:
    """Months that are over, the last first; `is_year` for a calendar year of which all are."""

    months: tuple[date, ...]
    is_year: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a table: a month (None: the whole year), what it is about, and its figures.

    `name` is empty for what is too small to be shown by itself (`is_other`), and for everything together (`is_all`).
    """

    month: date | None
    name: str
    figures: Figures = field(default_factory=dict)
    is_other: bool = False
    is_all: bool = False
    key: UUID | None = None

    def share(self, part: str, *whole: str) -> int | None:
        """Return a part as a percentage of the sum of others; None where there is nothing to take it of."""
        return percent(self.figures.get(part, 0), sum(self.figures.get(name, 0) for name in whole))

    @property
    def attendance(self) -> int | None:
        """Return how often people were there, in per cent."""
        return self.share("present", "marks")

    @property
    def passing(self) -> int | None:
        """Return how many passed of those whose result was decided, in per cent."""
        return self.share("passed", "passed", "failed")

    @property
    def correct(self) -> int | None:
        """Return how many answers were right, in per cent."""
        return self.share("right", "answers")

    @property
    def correct_words(self) -> str:
        """Return the same for those who may know who they were: never that all were right, or none."""
        return capped_words(self.correct)


def percent(part: int, whole: int) -> int | None:
    """Return a whole number of per cent; None of nothing."""
    return round(100 * part / whole) if whole else None


def smallest_group() -> int:
    """Return from how many people on a group is shown here."""
    return int(current_academy().settings.insights.smallest_group)


# --- months --------------------------------------------------------------------------------------------------------
def counted_months() -> list[date]:
    """Return the months that are over and were counted, the last first."""
    return list(CountedMonth.objects.order_by("-month").values_list("month", flat=True))


def period(year: int | None, months: Sequence[date]) -> Period:
    """Return a calendar year, or the last twelve months, of the months that were counted."""
    if year is None:
        return Period(tuple(months[:LAST]))
    chosen = tuple(month for month in months if month.year == year)
    return Period(chosen, is_year=len(chosen) == MONTHS_OF_YEAR)


# --- reading facts -------------------------------------------------------------------------------------------------
_NAMES = {"people": "practisers"}


def rows_by_size(
    model: type[Fact], months: Iterable[date], *keys: str, size: str, **where: Any
) -> list[dict[str, Any]]:
    """Return the facts of months by some keys, all organisations together, each with the size of its group.

    The size is that of the group without the largest organisation in it, where there is anybody else. How many people
    there are is told as ``practisers``: in what is published, ``people`` is that size.
    """
    sums = {f"sum_{name}": Sum(name) for name in model.counters()}
    largest = Max(size, filter=~Q(organisation=None))
    rows = model.rows().filter(month__in=list(months), **where).order_by()
    found = []
    for row in rows.values("month", *keys).annotate(**sums, largest=largest):
        named = {key: row[key] for key in ("month", *keys)}
        figures = {_NAMES.get(name, name): row[f"sum_{name}"] for name in model.counters()}
        others = row[f"sum_{size}"] - (row["largest"] or 0)
        found.append({**named, "size": others or row[f"sum_{size}"], "figures": figures})
    return found


def _published(rows: Iterable[Mapping[str, Any]], row_key: str, *, row_totals: bool = False) -> Published:
    cells = [Cell(row[row_key], row["month"], row["size"], row["figures"]) for row in rows]
    return publish(cells, smallest_group(), row_totals=row_totals)


def _lines(published: Published, names: Mapping[UUID, str], only: UUID | None) -> list[Line]:
    """Return what was published as lines: the last month first, in it by name, then others, then all together."""
    shown = [
        Line(month, names[row], figures, key=row)
        for (row, month), figures in published.cells.items()
        if isinstance(row, UUID) and isinstance(month, date) and row in names and only in (None, row)
    ]
    shown += [
        Line(None, names[row], figures, key=row)
        for row, figures in published.rows.items()
        if isinstance(row, UUID) and row in names and only in (None, row)
    ]
    if only is None:
        shown += [Line(m, "", figures, is_other=True) for m, figures in published.other.items() if isinstance(m, date)]
        shown += [Line(m, "", figures, is_all=True) for m, figures in published.columns.items() if isinstance(m, date)]
    return sorted(shown, key=_place)


def _place(line: Line) -> tuple[bool, int, bool, bool, str]:
    month = line.month
    return (month is not None, -month.toordinal() if month else 0, line.is_all, line.is_other, line.name.casefold())


# --- courses -------------------------------------------------------------------------------------------------------
def courses_by_month(chosen: Period, course_id: UUID | None, language: str) -> list[Line]:
    """Return what came of courses in the runs that were closed in each month; for a year that is over, in all of it."""
    runs = _runs_of(chosen)
    lines = _lines(_courses(chosen), _titles(language), course_id)
    return [
        replace(line, figures={**line.figures, "runs": 0 if line.is_other else runs[line.key, line.month]})
        for line in lines
    ]


def _courses(chosen: Period) -> Published:
    rows = rows_by_size(CourseMonth, chosen.months, "course_id", size="enrolled")
    return _published(rows, "course_id", row_totals=chosen.is_year)


def _runs_of(chosen: Period) -> dict[tuple[UUID | None, date | None], int]:
    """Return how many runs were closed, by course and month, and by course in all of the period."""
    runs: dict[tuple[UUID | None, date | None], int] = defaultdict(int)
    for course, month, number in RunMonth.objects.filter(month__in=chosen.months).values_list(
        "course", "month", "runs"
    ):
        for key in ((course, month), (course, None), (None, month)):
            runs[key] += number
    return runs


def _titles(language: str) -> dict[UUID, str]:
    return {course.id: course.title_in(language) for course in Course.objects.order_by("id")}


# --- months, all together --------------------------------------------------------------------------------------------
def academy_by_month(chosen: Period) -> list[Line]:
    """Return each month of an academy: what came of courses, who registered and cancelled, who practised."""
    courses = _courses(chosen).columns
    intake = _whole(rows_by_size(IntakeMonth, chosen.months, size="learners"))
    practice, answers = _all_practice(chosen)
    lines = []
    for month in chosen.months:
        figures = {**courses.get(month, {}), **intake.get(month, {})}
        if month in practice:
            figures |= {**practice[month], **answers[month]}
        lines.append(Line(month, "", figures, is_all=True))
    return lines


def _whole(rows: Iterable[Mapping[str, Any]]) -> Mapping[Any, Figures]:
    """Return one group for each month: everybody of it together."""
    return _published([{**row, ALL: ALL} for row in rows], ALL).columns


def _all_practice(chosen: Period) -> tuple[dict[date, Figures], dict[date, dict[str, int]]]:
    """Return how many practised in each month, and what they answered; nothing of a month with too few of them."""
    people: dict[date, Figures] = {}
    rows = rows_by_size(PracticeMonth, chosen.months, size="people", bank=None)
    shown = _whole(rows)
    for row in rows:
        if row["month"] in shown:
            people[row["month"]] = row["figures"]
    answers: dict[date, dict[str, int]] = {month: {"answers": 0, "right": 0} for month in people}
    topics = TopicMonth.objects.filter(month__in=list(people)).order_by().values_list("month")
    for month, number, right in topics.annotate(Sum("answers"), Sum("right")):
        answers[month] = {"answers": number, "right": right}
    return people, answers


# --- practice ------------------------------------------------------------------------------------------------------
def practice_by_month(chosen: Period) -> list[Line]:
    """Return how each question bank was practised in each month: people, rounds, answers and right answers."""
    names = dict(Bank.objects.values_list("id", "title"))
    people, answers = _all_practice(chosen)
    lines = []
    for line in _lines(_banks(chosen.months), names, None):
        month = line.month
        if line.is_all and month is not None:
            if month in people:
                lines.append(Line(month, "", {**people[month], **answers[month]}, is_all=True))
        else:
            lines.append(line)
    return lines


def _banks(months: Iterable[date]) -> Published:
    """Return what may be shown of banks, with their answers."""
    wanted = list(months)
    rows = rows_by_size(PracticeMonth, wanted, "bank_id", size="people", bank__isnull=False)
    answers: dict[tuple[UUID, date], dict[str, int]] = {}
    found = TopicMonth.objects.filter(month__in=wanted).order_by().values_list("topic__bank", "month")
    for bank, month, number, right in found.annotate(Sum("answers"), Sum("right")):
        answers[bank, month] = {"answers": number, "right": right}
    for row in rows:
        row["figures"] |= answers.get((row["bank_id"], row["month"]), {"answers": 0, "right": 0})
    return _published(rows, "bank_id")


# --- an employer ---------------------------------------------------------------------------------------------------
def organisations_shown(viewer: Any) -> list[Organisation]:
    """Return the organisations of which a viewer is shown insights: those of which they are a contact."""
    return list(organisations_as_contact(viewer.person_id))


@dataclass(frozen=True)
class EmployerMonth:
    """A month of an organisation: how many of its people finished a course, and shares of all of them as steps.

    A step is told in words, "90 or more" rather than 100: where everybody was there, or passed, a share would tell
    it of each of them.
    """

    month: date
    enrolled: int
    attendance: int | None
    passing: int | None
    courses: tuple[Line, ...]


def employer_by_month(organisation: Organisation, chosen: Period, language: str) -> list[EmployerMonth]:
    """Return what an employer is shown of its own people, in groups of k or more: nothing of practice. Keeps: K6."""
    rows = CourseMonth.objects.filter(organisation=organisation, month__in=chosen.months).order_by()
    counters = CourseMonth.counters()
    cells = [
        Cell(row.course_id, row.month, row.enrolled, {name: getattr(row, name) for name in counters}) for row in rows
    ]
    published = publish(cells, smallest_group(), row_totals=False)
    titles = _titles(language)
    by_month: dict[date, list[Line]] = {}
    for line in _lines(published, titles, None):
        if line.month is not None and not line.is_all:
            by_month.setdefault(line.month, []).append(Line(line.month, line.name, _enrolled(line), line.is_other))
    return [
        EmployerMonth(
            month,
            figures["enrolled"],
            attendance_step(figures),
            passing_step(figures),
            tuple(by_month.get(month, ())),
        )
        for month in chosen.months
        if (figures := published.columns.get(month))
    ]  # fmt: skip


def _enrolled(line: Line) -> Figures:
    return {"enrolled": line.figures["enrolled"]}


# --- a learner -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Compared:
    """A bank or course of a learner in the last month of which something may be shown; `parts` are its topics.

    Of a course `attendance` and `passing` are shares in steps (`steps.py`): who was in a group knows the others.
    """

    name: str
    line: Line
    parts: tuple[Line, ...] = ()
    attendance: int | None = None
    passing: int | None = None


def groups_like(bank_ids: Sequence[UUID], course_ids: Sequence[UUID], language: str) -> tuple[list[Compared], ...]:
    """Return how everybody together did in some banks, and in some courses, in the last months that can be shown.

    Looks back a year. A bank shows its topics where they are large enough by themselves. Keeps: L17b.
    """
    months = counted_months()[:LAST]
    return compared_banks(bank_ids, months), _compared_courses(course_ids, months, language)


def compared_banks(bank_ids: Sequence[UUID], months: Sequence[date]) -> list[Compared]:
    """Return how everybody together did in some banks, each in the last of these months that can be shown."""
    if not bank_ids or not months:
        return []
    names = dict(Bank.objects.filter(pk__in=bank_ids).values_list("id", "title"))
    latest = _latest(_banks(months), names)
    topics = rows_by_size(TopicMonth, months, "topic_id", "topic__title", "topic__bank", size="people")
    found = []
    for bank, line in latest.items():
        own = [row for row in topics if row["topic__bank"] == bank and row["month"] == line.month]
        titles = {row["topic_id"]: row["topic__title"] for row in own}
        parts = [part for part in _lines(_published(own, "topic_id"), titles, None) if part.name]
        found.append(Compared(names[bank], line, tuple(parts)))
    return found


def _compared_courses(course_ids: Sequence[UUID], months: Sequence[date], language: str) -> list[Compared]:
    if not course_ids or not months:
        return []
    names = {course.id: course.title_in(language) for course in Course.objects.filter(pk__in=course_ids)}
    latest = _latest(_courses(Period(tuple(months))), names)
    return [
        Compared(names[course], line, attendance=attendance_step(line.figures), passing=passing_step(line.figures))
        for course, line in latest.items()
    ]


def attendance_step(figures: Figures) -> int | None:
    """Return how often people were there, in steps."""
    return step(figures["present"], figures["marks"], smallest_group())


def passing_step(figures: Figures) -> int | None:
    """Return how many passed of those whose result was decided, in steps."""
    return step(figures["passed"], figures["passed"] + figures["failed"], smallest_group())


def _latest(published: Published, names: Mapping[UUID, str]) -> dict[UUID, Line]:
    """Return of each of these the last month that is shown, by name."""
    latest: dict[UUID, Line] = {}
    for (row, month), figures in published.cells.items():
        if isinstance(row, UUID) and row in names and isinstance(month, date):
            known = latest.get(row)
            if known is None or known.month is None or known.month < month:
                latest[row] = Line(month, names[row], figures, key=row)
    return dict(sorted(latest.items(), key=lambda each: each[1].name.casefold()))

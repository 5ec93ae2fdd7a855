"""Comparing with groups: what of one month is told to whom, and one's own figures beside those of a group.

What is told of a group comes out of `publish`. One's own figures are only ever shown on one's own page: a mail would
keep them longer than practice does, and where staff can look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from leerhuis.base import clock
from leerhuis.insights.cohorts import cohorts_of, started, words_of_cohort
from leerhuis.insights.counting import RIGHT, SHOWN, after, begin_of
from leerhuis.insights.models import CohortMonth, CountedMonth
from leerhuis.insights.publish import Cell, publish
from leerhuis.insights.queries import Compared, Line, compared_banks, percent, smallest_group
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Answer


@dataclass(frozen=True)
class Told:
    """What is told of a bank in a month: of those who are alike (`words`), or of everybody (no words)."""

    name: str
    line: Line
    parts: tuple[Line, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Comparison:
    """A month as one reader is told of it: the banks that they may practise and that can be shown."""

    counted: CountedMonth
    banks: tuple[Told, ...]

    @property
    def pk(self) -> UUID:
        """Return the id of the month, by which its mails are found again."""
        found: UUID = self.counted.pk
        return found


def banks_compared_in(month: date) -> dict[UUID, Compared]:
    """Return the banks of which something can be shown of one month, by id."""
    banks = Access.objects.order_by().values_list("bank_id", flat=True).distinct()
    return {each.line.key: each for each in compared_banks(list(banks), [month]) if each.line.key}


def banks_open_to(people: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return person → the banks that are open to them now, each with whom they began with; in one query."""
    opened: dict[UUID, list[tuple[UUID, str]]] = {}
    now_open = Access.objects.filter(person__in=list(people), until__gt=clock.now()).order_by("bank__title")
    for person, bank, began_at in now_open.values_list("person_id", "bank_id", "created_at"):
        opened.setdefault(person, []).append((bank, started(began_at)))
    return opened


# --- those who are alike ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Alike:
    """How those did who are like somebody: who they are (`words`), the bank as a line, and its topics by id."""

    words: str
    line: Line
    parts: Mapping[UUID, Line]


Cohorts = Mapping[tuple[UUID, date, str], Mapping[UUID | None, Line]]


def cohorts_in(banks: Mapping[UUID, date], names: Iterable[str]) -> Cohorts:
    """Return (bank, month, cohort) → its lines by topic (None: the whole bank), of banks in a month each; one query.

    Each cohort of a month is published by itself. What is told of it are shares, from which nothing can be subtracted.
    """
    rows = CohortMonth.objects.filter(bank__in=list(banks), month__in=set(banks.values()), cohort__in=set(names))
    cells: dict[tuple[UUID, date, str], list[Cell]] = {}
    for row in rows.order_by():
        if banks[row.bank_id] == row.month:
            figures = {"answers": row.answers, "right": row.right}
            key = (row.bank_id, row.month, row.cohort)
            cells.setdefault(key, []).append(Cell(row.topic_id, row.topic_id, row.people, figures))
    return {key: _lines_of(key[1], found) for key, found in cells.items()}


def _lines_of(month: date, cells: Iterable[Cell]) -> dict[UUID | None, Line]:
    """Return what is shown of a cohort, by topic; the whole bank and each topic are tables of their own."""
    shown = publish(cells, smallest_group(), row_totals=False).cells
    return {
        topic: Line(month, "", figures, key=topic)
        for (topic, _column), figures in shown.items()
        if topic is None or isinstance(topic, UUID)
    }


def alike(cohorts: Cohorts, bank: UUID, month: date, names: Iterable[str]) -> Alike | None:
    """Return the first of these cohorts, the nearest to somebody first, of which a bank can be shown in a month."""
    for name in names:
        lines = cohorts.get((bank, month, name), {})
        if whole := lines.get(None):
            return Alike(words_of_cohort(name), whole, {topic: line for topic, line in lines.items() if topic})
    return None


def as_told(bank: Compared, like: Alike | None) -> Told:
    """Return what is told of a bank: of those who are alike where that can be shown, else of everybody."""
    if like is None:
        return Told(bank.name, bank.line, bank.parts)
    names = {part.key: part.name for part in bank.parts if part.key}
    parts = tuple(replace(like.parts[topic], name=name) for topic, name in names.items() if topic in like.parts)
    return Told(bank.name, like.line, parts, like.words)


# --- one's own -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Beside:
    """What is told of a bank, with how many of somebody's own answers were right, in whole percents (None: no answer).

    `everybody` is the share of all learners where what is told is of those who are alike. `parts` are the topics, each
    with one's own share.
    """

    bank: Told
    everybody: str
    own: int | None
    parts: tuple[tuple[Line, int | None], ...]


def beside(person: Person, banks: Sequence[Compared]) -> list[Beside]:
    """Return each bank as those did who are like a person, with the person's own answers of the same month.

    Alike is whose exam is about as near, else who began in the same quarter; where neither can be shown it is
    everybody. Two queries, and one more for each month that is told.
    """
    months = {each.line.key: each.line.month for each in banks if each.line.key and each.line.month}
    nearest = _cohorts_of(person, months)
    cohorts = cohorts_in(months, (name for names in nearest.values() for name in names)) if months else {}
    answers = {month: _own_answers(person, month) for month in set(months.values())}
    found = []
    for each in banks:
        bank, month = each.line.key, each.line.month
        if bank and month:
            like = alike(cohorts, bank, month, nearest.get(bank, ()))
            found.append(_beside(each, bank, like, answers[month]))
    return found


def _cohorts_of(person: Person, months: Mapping[UUID, date]) -> dict[UUID, list[str]]:
    """Return bank → the cohorts that somebody is in there, the nearest first."""
    own = Access.objects.filter(person=person, bank__in=list(months)).order_by()
    rows = own.values_list("bank_id", "created_at", "goal__exam_on")
    return {bank: cohorts_of(began_at, exam_on, months[bank]) for bank, began_at, exam_on in rows}


Answers = Mapping[tuple[UUID, UUID], tuple[int, int]]


def _own_answers(person: Person, month: date) -> Answers:
    """Return (bank, topic) → answers and right ones of a month, counted as everybody's are."""
    given: Any = Answer.objects.exclude(outcome=SHOWN).filter(
        round__access__person=person, created_at__gte=begin_of(month), created_at__lt=begin_of(after(month))
    )
    rows = given.order_by().values_list("question__topic__bank", "question__topic")
    counted = rows.annotate(answers=Count("id"), right=Count("id", filter=Q(outcome=RIGHT)))
    return {(bank, topic): (answers, right) for bank, topic, answers, right in counted}


def _beside(compared: Compared, bank: UUID, like: Alike | None, answers: Answers) -> Beside:
    own = {topic: numbers for (of, topic), numbers in answers.items() if of == bank}
    shares = {topic: percent(right, number) for topic, (number, right) in own.items()}
    whole = percent(sum(right for _, right in own.values()), sum(number for number, _ in own.values()))
    told = as_told(compared, like)
    parts = tuple((part, shares.get(part.key) if part.key else None) for part in told.parts)
    return Beside(told, compared.line.correct_words if like else "", whole, parts)

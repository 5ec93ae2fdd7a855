"""Comparing with groups: what of one month is told to whom, and one's own figures beside those of a group.

What is told of a group comes out of `publish`. One's own figures are only ever shown on one's own page: a mail would
keep them longer than practice does, and where staff can look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from leerhuis.base import clock
from leerhuis.insights.counting import RIGHT, SHOWN, after, begin_of
from leerhuis.insights.models import CountedMonth
from leerhuis.insights.queries import Compared, Line, compared_banks, percent
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Answer


@dataclass(frozen=True)
class Comparison:
    """A month as one reader is told of it: the banks that they may practise and that can be shown."""

    counted: CountedMonth
    banks: tuple[Compared, ...]

    @property
    def pk(self) -> UUID:
        """Return the id of the month, by which its mails are found again."""
        found: UUID = self.counted.pk
        return found


def banks_compared_in(month: date) -> dict[UUID, Compared]:
    """Return the banks of which something can be shown of one month, by id."""
    banks = Access.objects.order_by().values_list("bank_id", flat=True).distinct()
    return {each.line.key: each for each in compared_banks(list(banks), [month]) if each.line.key}


def banks_open_to(people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Return person → the banks that are open to them now; in one query."""
    opened: dict[UUID, list[UUID]] = {}
    now_open = Access.objects.filter(person__in=list(people), until__gt=clock.now()).order_by("bank__title")
    for person, bank in now_open.values_list("person_id", "bank_id"):
        opened.setdefault(person, []).append(bank)
    return opened


# --- one's own -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Beside:
    """A bank as everybody did, with how many of somebody's own answers were right, in whole percents (None: no answer).

    `parts` are its topics, each with one's own share.
    """

    bank: Compared
    own: int | None
    parts: tuple[tuple[Line, int | None], ...]


def beside(person: Person, banks: Sequence[Compared]) -> list[Beside]:
    """Return each bank with the person's own answers of the same month; one query for each month that is told."""
    answers = {month: _own_answers(person, month) for month in {each.line.month for each in banks} if month}
    return [_beside(each, answers[each.line.month] if each.line.month else {}) for each in banks]


Answers = Mapping[tuple[UUID, UUID], tuple[int, int]]


def _own_answers(person: Person, month: date) -> Answers:
    """Return (bank, topic) → answers and right ones of a month, counted as everybody's are."""
    given: Any = Answer.objects.exclude(outcome=SHOWN).filter(
        round__access__person=person, created_at__gte=begin_of(month), created_at__lt=begin_of(after(month))
    )
    rows = given.order_by().values_list("question__topic__bank", "question__topic")
    counted = rows.annotate(answers=Count("id"), right=Count("id", filter=Q(outcome=RIGHT)))
    return {(bank, topic): (answers, right) for bank, topic, answers, right in counted}


def _beside(bank: Compared, answers: Answers) -> Beside:
    own = {topic: numbers for (of, topic), numbers in answers.items() if of == bank.line.key}
    shares = {topic: percent(right, number) for topic, (number, right) in own.items()}
    whole = percent(sum(right for _, right in own.values()), sum(number for number, _ in own.values()))
    return Beside(bank, whole, tuple((part, shares.get(part.key) if part.key else None) for part in bank.parts))

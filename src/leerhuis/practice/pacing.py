"""How much is asked, and when: rounds of a few minutes, paced to an exam where there is one. Pure.

Towards an exam, questions never met are spread evenly over the days, and the last days before it (the buffer) are kept
free of them. In the last stretch, what one is predicted not to know well enough on the day itself is refreshed, the
lowest first, the same number each day; after that comes what would otherwise not return before the exam. After the exam
the goal is to keep knowing. docs/decisions/0029 says why.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Generic, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.scheduling import RETENTION

LEAST, MOST = 0.70, 0.97  # what one may wish to keep knowing, as a share
SHORTEST, LONGEST = 3, 7  # minutes a round
MINUTES: Final = 4
MOST_BUFFER: Final = 5  # days before an exam on which nothing new should be left
LAST_DAYS: Final = 7  # the last stretch before an exam
USUAL_SECONDS: Final = 20.0  # a question, until somebody's own pace is known
READING_SECONDS: Final = 5.0  # the explanation, which `took_ms` does not measure
FEWEST_TIMED: Final = 8  # answers before somebody's own pace is believed
QUICKEST, SLOWEST = 10.0, 45.0  # seconds a question; beyond these lies another activity
BEHIND_ROUNDS: Final = 3  # rounds that may wait before the order changes
AWAY: Final = timedelta(days=4)

ItemT = TypeVar("ItemT", bound=Hashable)


class Why(TextChoices):
    """Why a question is asked now."""

    AGAIN = "again", _("not known last time")
    DUE = "due", _("about to be forgotten")
    EXAM = "exam", _("for the exam")
    NEW = "new", _("not met before")
    AHEAD = "ahead", _("practising ahead")


@dataclass(frozen=True)
class Plan:
    """What somebody wants with a bank: the share known when a question returns, minutes a round, the day of an exam."""

    retention: float = RETENTION
    minutes: int = MINUTES
    exam_on: date | None = None
    planned_on: date | None = None

    def exam_ahead(self, today: date) -> date | None:
        """Return the day of the exam while it is not past; afterwards the goal is to keep knowing."""
        return self.exam_on if self.exam_on and self.exam_on >= today else None

    def days_left(self, today: date) -> int:
        """Return on how many days one can still practise before the exam, today included; at least 1, 0 for no exam."""
        exam = self.exam_ahead(today)
        return max(1, (exam - today).days) if exam else 0

    @property
    def buffer(self) -> int:
        """Return how many days before the exam nothing new should be left: a quarter of the time, five at most."""
        if not self.exam_on or not self.planned_on:
            return 0
        return min(MOST_BUFFER, max(0, (self.exam_on - self.planned_on).days) // 4)

    def in_last_stretch(self, today: date) -> bool:
        """True in the last days before an exam, and on its day."""
        exam = self.exam_ahead(today)
        return exam is not None and (exam - today).days <= LAST_DAYS


def round_size(minutes: int, seconds: float) -> int:
    """Return how many questions fit into so many minutes at so many seconds each."""
    return max(1, int(60 * minutes / seconds))


def seconds_each(took_ms: float | None, timed: int) -> float:
    """Return somebody's seconds a question, from the median of `timed` recent answers; the usual pace without them."""
    if took_ms is None or timed < FEWEST_TIMED:
        return USUAL_SECONDS
    return min(SLOWEST, max(QUICKEST, took_ms / 1000 + READING_SECONDS))


def share_today(waiting: int, done_today: int, days: int) -> int:
    """Return how many of `waiting` are for today, when they are spread evenly over so many days, today included.

    `done_today` were among them this morning: what is done counts for today and does not make the day longer.
    """
    if days <= 0:
        return 0
    return min(waiting, max(0, math.ceil((waiting + done_today) / days) - done_today))


def days_to_meet(plan: Plan, today: date) -> int:
    """Return over how many days what was never met is spread; in the buffer, for whoever is late, all that are left."""
    left = plan.days_left(today)
    return left - plan.buffer if left > plan.buffer else left


@dataclass(frozen=True)
class Load:
    """What lies before somebody in one bank today, counted.

    `again`: not known last time, and due. `due`: known, and due. `below`: predicted under the goal on the exam, and not
    yet practised today. `looks`: good enough, yet without a repeat in the last stretch before the exam. `below` and
    `looks` are 0 outside it, and inside `due` counts only what is not among them.
    """

    today: date
    plan: Plan = field(default_factory=Plan)
    seconds: float = USUAL_SECONDS
    unseen: int = 0
    again: int = 0
    due: int = 0
    below: int = 0
    looks: int = 0
    met_today: int = 0
    refreshed_today: int = 0
    last_review: datetime | None = None
    asked_for: int = 0

    @property
    def usual(self) -> int:
        """Return how many questions a round of the chosen minutes has."""
        return round_size(self.plan.minutes, self.seconds)

    @property
    def size(self) -> int:
        """Return how many questions the next round has."""
        return self.asked_for or self.usual

    @property
    def new_today(self) -> int:
        """Return how many questions never met are for today; without an exam as many as there are."""
        if not self.plan.exam_ahead(self.today):
            return self.unseen
        return share_today(self.unseen, self.met_today, days_to_meet(self.plan, self.today))

    @property
    def refresh_today(self) -> int:
        """Return how many questions are to be refreshed for the exam today."""
        return share_today(self.below, self.refreshed_today, self.plan.days_left(self.today))

    @property
    def looks_today(self) -> int:
        """Return how many questions get their last repeat before the exam today."""
        return share_today(self.looks, self.refreshed_today, self.plan.days_left(self.today))

    @property
    def repeats(self) -> int:
        """Return how many questions wait to be repeated today."""
        return self.again + self.due + self.refresh_today

    @property
    def today_all(self) -> int:
        """Return how many questions wait today in all."""
        return self.repeats + self.new_today + self.looks_today

    @property
    def waiting(self) -> int:
        """Return how many questions the next round asks because they wait."""
        return min(self.size, self.today_all)

    @property
    def is_behind(self) -> bool:
        """True when more than three rounds wait to be repeated; in the last stretch the exam decides instead."""
        return not self.plan.in_last_stretch(self.today) and self.again + self.due > BEHIND_ROUNDS * self.usual

    def was_away(self, now: datetime) -> bool:
        """True for somebody who is behind and has not practised for some days."""
        return self.is_behind and self.last_review is not None and now - self.last_review >= AWAY

    @property
    def new_slots(self) -> int:
        """Return how many places of the next round are for questions never met.

        What is left over; towards an exam a third at least, so that all are met in time.
        """
        over = max(0, self.size - self.repeats)
        kept = math.ceil(self.size / 3) if self.plan.exam_ahead(self.today) else 0
        return min(self.new_today, max(over, kept))

    @property
    def rounds_today(self) -> int:
        """Return how many rounds today would keep one on course."""
        return math.ceil((self.repeats + self.new_today) / self.usual)

    def minutes_for(self, questions: int) -> int:
        """Return about how many minutes so many questions take."""
        return math.ceil(questions * self.seconds / 60)


@dataclass(frozen=True)
class Waiting(Generic[ItemT]):
    """Questions by why they wait, each list in the order in which it goes.

    `late`: not known last time, and left lying by somebody who is behind. `rest`: what does not wait at all.
    """

    again: Sequence[ItemT] = ()
    due: Sequence[ItemT] = ()
    below: Sequence[ItemT] = ()
    looks: Sequence[ItemT] = ()
    late: Sequence[ItemT] = ()
    unseen: Sequence[ItemT] = ()
    rest: Sequence[ItemT] = ()


def choose(waiting: Waiting[ItemT], load: Load) -> list[tuple[ItemT, Why]]:
    """Return what a round asks and why: repeats first, then what is new; where nothing waits, what comes up soonest.

    Where a number was asked for, what comes up soonest fills it, so that there is enough for days without a connection.
    """
    new = _because(Why.NEW, waiting.unseen[: load.new_slots])
    repeats = [
        *_because(Why.AGAIN, waiting.again),
        *_because(Why.EXAM, waiting.below[: load.refresh_today]),
        *_because(Why.DUE, waiting.due),
        *_because(Why.AGAIN, waiting.late),
    ]
    looks = _because(Why.EXAM, waiting.looks[: load.looks_today])
    picked = [*repeats[: load.size - len(new)], *new, *looks]
    ahead = [
        *_because(Why.NEW, waiting.unseen),
        *_because(Why.EXAM, [*waiting.below, *waiting.looks]),
        *_because(Why.AHEAD, waiting.rest),
    ]
    if load.asked_for:
        here = {item for item, _ in picked}
        return [*picked, *(each for each in ahead if each[0] not in here)][: load.size]
    return (picked or ahead)[: load.size]


def _because(why: Why, items: Sequence[ItemT]) -> list[tuple[ItemT, Why]]:
    return [(item, why) for item in items]

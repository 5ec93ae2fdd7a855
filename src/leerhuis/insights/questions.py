"""How the questions of a bank do, for those who make them: what is shown of each, and what is the matter with it.

Every figure is of at least as many people as `publish` asks for, of whole months that are over; who they were is in
none of them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from leerhuis.insights.models import OptionBatch, QuestionBatch, TopicMonth
from leerhuis.insights.publish import Cell, Figures, publish
from leerhuis.insights.queries import counted_months, percent, rows_by_size, smallest_group
from leerhuis.insights.steps import capped
from leerhuis.practice.models import Bank, Question, Topic
from leerhuis.practice.queries import options_of

HARD, EASY = 40, 95  # percent right the first time, below and above which a question is looked at
WEAK: Final = 0.10  # discrimination under which an item tells little (Ebel and Frisbie 1991 ask for 0.20 and more)
SLOW: Final = 60  # seconds
FEWEST_PAIRED: Final = 30  # people before discrimination is believed
MONTHS_DRAWN: Final = 12


@dataclass(frozen=True)
class OptionShare:
    """One option of a question: its words, whether it is right, and in how many of a hundred answers it was chosen.

    Of a hundred 0 may be a few of many; `is_chosen` tells whether it ever was.
    """

    words: str
    is_right: bool
    percent: int
    is_chosen: bool


@dataclass(frozen=True)
class QuestionFigures:
    """What is shown of a question, as sums (`QuestionBatch`), and its options where it has any."""

    question: Question
    figures: Figures
    until: date
    options: tuple[OptionShare, ...] = ()

    @property
    def first_right(self) -> int | None:
        """Return how many of a hundred had it right the first time: its difficulty."""
        return percent(self.figures["first_right"], self.figures["first"])

    @property
    def seconds(self) -> int | None:
        """Return how long an answer takes, on average."""
        timed = self.figures["timed"]
        return round(self.figures["seconds"] / timed) if timed else None

    @property
    def discrimination(self) -> float | None:
        """Return the corrected point-biserial correlation, -1 to 1; None of too few people.

        Between having it right the first time and the share of first answers to the rest of the bank that were right.
        """
        return point_biserial(self.figures)

    @property
    def troubles(self) -> list[str]:
        """Return what is the matter with it, in words, the worst first."""
        return [words for _, words in sorted(_troubles(self), reverse=True)]

    @property
    def weight(self) -> int:
        """Return how much is the matter: what a list is sorted by."""
        return sum(weight for weight, _ in _troubles(self))


def point_biserial(figures: Figures) -> float | None:
    """Return the correlation from sums; None of fewer than thirty people, or where all did alike."""
    number, right = figures["paired"], figures["paired_right"]
    if number < FEWEST_PAIRED:
        return None
    spread_right = number * right - right * right
    spread_rest = number * figures["rest_squares"] - figures["rest"] ** 2
    if spread_right <= 0 or spread_rest <= 0:
        return None
    return (number * figures["rest_right"] - right * figures["rest"]) / math.sqrt(spread_right * spread_rest)


def _troubles(each: QuestionFigures) -> list[tuple[int, str]]:
    """Return what is the matter, each with its weight."""
    found = []
    share, told = each.first_right, each.discrimination
    if told is not None and told < 0:
        found.append((50, _("Whoever knows the rest well, misses this one more often. Is the right answer right?")))
    elif told is not None and told < WEAK:
        found.append((20, _("Whoever knows the rest well, does hardly better here. Is it clear what is asked?")))
    wrong = [option for option in each.options if not option.is_right]
    best = max((option.percent for option in each.options if option.is_right), default=0)
    misleading = _("“%(option)s” is chosen more often than what is right.")
    found += [(40, misleading % {"option": option.words}) for option in wrong if option.percent > best]
    if share is not None and share < HARD:
        found.append((30, _("Only %(share)d%% had it right the first time.") % {"share": share}))
    if share is not None and share > EASY:
        found.append((5, _("Nearly everybody has it right the first time, so it teaches little.")))
    if each.seconds is not None and each.seconds > SLOW:
        found.append((10, _("It takes %(seconds)d seconds on average. Can it be shorter?") % {"seconds": each.seconds}))
    never = _("“%(option)s” is never chosen.")
    found += [(5, never % {"option": option.words}) for option in wrong if not option.is_chosen]
    return found


# --- reading ---------------------------------------------------------------------------------------------------------
def figures_of(bank: Bank) -> list[QuestionFigures]:
    """Return what may be shown of the questions in use of a bank, what needs mending most first. Three queries."""
    questions = {q.id: q for q in Question.objects.filter(topic__bank=bank).select_related("topic") if q.is_released}
    sums = {name: Sum(name) for name in _NUMBERS}
    rows = QuestionBatch.objects.filter(question__in=questions).order_by()
    cells, until = [], {}
    told: Iterable[Any] = rows.values("question", "version").annotate(last=Max("month"), **sums)
    for row in told:
        if row["version"] == questions[row["question"]].version:
            numbers = {name: row[name] for name in _NUMBERS if name != "people"}
            cells.append(Cell(row["question"], row["question"], row["people"], numbers))
            until[row["question"]] = row["last"]
    # Each question is a table of its own: no total over questions is shown, so none is to be had by subtraction.
    shown = publish(cells, smallest_group(), row_totals=False).cells
    options = _options_of(questions)
    found = [
        QuestionFigures(questions[id], figures, until[id], _shares(questions[id], options[id]))
        for (id, _column), figures in shown.items()
        if isinstance(id, UUID)
    ]
    return sorted(found, key=lambda each: (-each.weight, each.question.topic.position, each.question.position))


_NUMBERS = tuple(name for name in QuestionBatch.counters() if name not in QuestionBatch.keys)


def _options_of(questions: Mapping[UUID, Question]) -> dict[UUID, dict[str, int]]:
    chosen: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = OptionBatch.objects.filter(question__in=questions).order_by()
    for id, version, option, number in rows.values_list("question", "version", "option").annotate(Sum("chosen")):
        if version == questions[id].version:
            chosen[id][option] = number
    return chosen


def _shares(question: Question, chosen: Mapping[str, int]) -> tuple[OptionShare, ...]:
    """Return the options with their shares of all that was chosen; none for kinds without options."""
    whole = sum(chosen.values())
    if not whole:
        return ()
    named = options_of(question)
    counted = ((words, right, chosen.get(key, 0)) for key, words, right in named)
    return tuple(OptionShare(words, right, round(100 * times / whole), times > 0) for words, right, times in counted)


# --- topics over months ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TopicCurve:
    """The share of right answers to a topic in each of the last months that are over, oldest first; None: not shown.

    From 10 to 90 of a hundred, which stand for what lies beyond too (`steps`).
    """

    topic: Topic
    months: tuple[tuple[date, int | None], ...] = field(default=())


def topic_curves(bank: Bank) -> list[TopicCurve]:
    """Return how the topics of a bank went over the last twelve months; topics of which nothing is shown are left out.

    All topics of the bank are published together, month by month.
    """
    months = sorted(counted_months()[:MONTHS_DRAWN])
    rows = rows_by_size(TopicMonth, months, "topic_id", size="people", topic__bank=bank)
    cells = [Cell(row["topic_id"], row["month"], row["size"], row["figures"]) for row in rows]
    shown = publish(cells, smallest_group(), row_totals=False).cells
    curves = [TopicCurve(topic, points_of(topic.id, months, shown)) for topic in bank.topics.order_by("position", "id")]
    return [curve for curve in curves if any(value is not None for _, value in curve.months)]


def points_of(
    topic: UUID, months: Iterable[date], shown: Mapping[tuple[object, object], Figures]
) -> tuple[tuple[date, int | None], ...]:
    """Return the share of right answers to a topic in each month, of what was published; None: not shown."""
    found = ((month, shown.get((topic, month))) for month in months)
    return tuple((month, capped(percent(each["right"], each["answers"])) if each else None) for month, each in found)

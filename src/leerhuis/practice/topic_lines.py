"""How the mastery of one topic went over time, computed anew from one's own answers: nothing more is kept for it.

What was known at a moment is what FSRS, as it is in use now, makes of the answers up to then: the same sum as `mastery`
for this moment. Questions count as they are in use now.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from leerhuis.base import clock
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.grading import Outcome
from leerhuis.practice.histories import Answered, History, memories_of
from leerhuis.practice.mastery import TopicMastery
from leerhuis.practice.models import Access, Answer, Question, Round
from leerhuis.practice.scheduling import Parameters, decay_of, factor_of
from leerhuis.practice.standing import POINTS_SHOWN


@dataclass(frozen=True)
class _Course:
    """What became of one question: when it was answered, whether it was known from then on, and how stable that was."""

    moments: tuple[datetime, ...]
    known: tuple[bool, ...]
    stability: tuple[float, ...]
    meant_at: datetime | None

    def recall(self, at: datetime, decay: float, factor: float) -> float:
        """Return the predicted recall just before a moment; 0 where it was not met or missed, or means another now."""
        place = bisect_left(self.moments, at) - 1
        if place < 0 or not self.known[place]:
            return 0.0
        if self.meant_at is not None and self.moments[place] < self.meant_at <= at:
            return 0.0
        days = max(0, (at - self.moments[place]).days)
        return float((1 + factor * days / self.stability[place]) ** decay)


def line_of_topic(access: Access, topic: TopicMastery) -> list[tuple[datetime, int]]:
    """Return the mastery of a topic in percents at the beginning of the latest rounds, oldest first, and now.

    It begins with the first answer to the topic. Two queries.
    """
    parameters = parameters_in_use()
    courses = _courses(access, topic.topic_id, parameters)
    begun = min((each.moments[0] for each in courses), default=None)
    if begun is None:
        return [(clock.now(), topic.percent)]
    rounds = Round.objects.filter(access=access).order_by("-created_at").values_list("created_at", flat=True)
    moments = [at for at in reversed(rounds[:POINTS_SHOWN]) if at > begun]
    decay, factor = decay_of(parameters), factor_of(parameters)
    sums = [sum(each.recall(at, decay, factor) for each in courses) for at in moments]
    line = [(at, round(100 * known / topic.questions)) for at, known in zip(moments, sums, strict=True)]
    return [(begun, 0), *line, (clock.now(), topic.percent)]


def _courses(access: Access, topic: UUID, parameters: Parameters) -> list[_Course]:
    in_use = Answer.objects.filter(round__access=access, question__topic=topic, question__state=Question.State.RELEASED)
    rows = in_use.order_by("question", "answered_at", "id").values_list(
        "question", "answered_at", "outcome", "question__meant_at"
    )
    answered = [list(same) for _question, same in groupby(rows, key=lambda row: row[0])]
    memories = memories_of([History(access.person_id, tuple(_answers(each))) for each in answered], parameters)
    return [
        _Course(
            tuple(at for _question, at, _outcome, _meant in each),
            tuple(outcome == Outcome.RIGHT for _question, _at, outcome, _meant in each),
            tuple(state.stability for state in states),
            each[0][3],
        )
        for each, states in zip(answered, memories, strict=True)
    ]


def _answers(rows: Iterable[tuple[Any, ...]]) -> Iterable[Answered]:
    before: datetime | None = None
    for _question, at, outcome, _meant in rows:
        days = (at - before).days if before else 0
        yield Answered(days, outcome == Outcome.RIGHT, is_shown=outcome == Outcome.SHOWN)
        before = at

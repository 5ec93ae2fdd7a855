"""When a question comes back: FSRS-6, by the `fsrs` library, without chance in it.

Right is the library's "Good" and everything else its "Again", as the makers of FSRS advise for questions with a right
answer. A wrong answer comes back after ten minutes, so in the next round; a right one when the predicted recall has
fallen to the wished retention. Source: https://github.com/open-spaced-repetition/py-fsrs
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import exp
from typing import Final

from fsrs import Card, Rating, Scheduler, State

RETENTION: Final = 0.9  # the share of questions that is still known when it comes back
AGAIN_AFTER: Final = timedelta(minutes=10)
LONGEST_DAYS: Final = 365
LEAST_STABILITY: Final = 0.001  # days; FSRS lets no stability fall below it
STABLE_AT: Final = 0.9  # FSRS: the stability is the days after which recall has fallen to this


Parameters = tuple[float, ...]  # the 21 numbers of FSRS-6
DEFAULT: Final[Parameters] = tuple(Scheduler().parameters)


@lru_cache(maxsize=64)
def scheduler_for(retention: float = RETENTION, parameters: Parameters = DEFAULT) -> Scheduler:
    """Return the library's scheduler for a wished retention (0 to 1); raises ValueError for impossible parameters."""
    return Scheduler(
        parameters=parameters,
        desired_retention=retention,
        learning_steps=(AGAIN_AFTER,),
        relearning_steps=(AGAIN_AFTER,),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def decay_of(parameters: Sequence[float]) -> float:
    """Return DECAY of the curve of forgetting: recall = (1 + FACTOR · days / stability) ^ DECAY, in whole days."""
    return -parameters[20]


def factor_of(parameters: Sequence[float]) -> float:
    """Return FACTOR of the curve of forgetting."""
    return float(STABLE_AT ** (1 / decay_of(parameters)) - 1)


DECAY: Final = decay_of(DEFAULT)
FACTOR: Final = factor_of(DEFAULT)


@dataclass(frozen=True)
class Memory:
    """What is predicted of one person's memory of one question, after the last answer.

    `stability` in days, `difficulty` 1 to 10; `state` is 1 (not known yet), 2 (known) or 3 (known once, missed since).
    """

    stability: float
    difficulty: float
    state: int
    step: int | None
    last_review: datetime
    due_at: datetime

    @property
    def is_known(self) -> bool:
        """True when the last answer was right."""
        return self.state == State.Review.value


def review(
    memory: Memory | None,
    *,
    right: bool,
    at: datetime,
    retention: float = RETENTION,
    parameters: Parameters = DEFAULT,
) -> Memory:
    """Return the memory after an answer at an aware moment; None stands for a question never answered before.

    It is due again when the predicted recall has fallen to the wished retention.
    """
    moment = at.astimezone(UTC)
    card = _card(memory) if memory else Card(card_id=0, due=moment)
    rating = Rating.Good if right else Rating.Again
    reviewed, _ = scheduler_for(retention, parameters).review_card(card, rating, review_datetime=moment)
    if reviewed.stability is None or reviewed.difficulty is None:
        raise ValueError("The scheduler gave no memory back.")
    return Memory(reviewed.stability, reviewed.difficulty, reviewed.state.value, reviewed.step, moment, reviewed.due)


def unlearnt(memory: Memory, at: datetime, parameters: Parameters = DEFAULT) -> Memory:
    """Return the memory after its question came to mean something else; `unlearning` does the same for all in SQL.

    What is left is what FSRS-6 leaves after a lapse; the difficulty stays, and it is due at once.
    """
    due_at = min(memory.due_at, at)
    if not memory.is_known:
        return replace(memory, due_at=due_at)
    w, stability, lost = parameters, memory.stability, 1 - recall(memory, at, parameters)
    after_lapse = w[11] * memory.difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp(w[14] * lost)
    left = max(LEAST_STABILITY, min(after_lapse, stability / exp(w[17] * w[18])))
    return replace(memory, stability=left, state=State.Relearning.value, step=0, due_at=due_at)


def recall(memory: Memory, at: datetime, parameters: Parameters = DEFAULT) -> float:
    """Return the predicted chance, 0 to 1, that the question is answered rightly at a moment."""
    return float(scheduler_for(RETENTION, parameters).get_card_retrievability(_card(memory), at.astimezone(UTC)))


def interval_days(stability: float, retention: float, parameters: Parameters = DEFAULT) -> int:
    """Return after how many whole days (1 to 365) a known question is due: when recall has fallen to the retention."""
    days = round(stability / factor_of(parameters) * (retention ** (1 / decay_of(parameters)) - 1))
    return min(LONGEST_DAYS, max(1, int(days)))


def _card(memory: Memory) -> Card:
    return Card(
        card_id=0,
        state=State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(UTC),
        last_review=memory.last_review.astimezone(UTC),
    )

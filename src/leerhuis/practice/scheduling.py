"""When a question comes back: FSRS-6, by the `fsrs` library, without chance in it.

Right is the library's "Good" and everything else its "Again", as the makers of FSRS advise for questions with a right
answer. A wrong answer comes back after ten minutes, so in the next round; a right one when the predicted recall has
fallen to the wished retention. Source: https://github.com/open-spaced-repetition/py-fsrs
"""

from collections import Counter, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from fsrs import Card, Rating, Scheduler, State

RETENTION: Final = 0.9  # the share of questions that is still known when it comes back
AGAIN_AFTER: Final = timedelta(minutes=10)
LONGEST_DAYS: Final = 365
SCHEDULER: Final = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(AGAIN_AFTER,),
    relearning_steps=(AGAIN_AFTER,),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)
# The curve of forgetting: recall = (1 + FACTOR · days / stability) ^ DECAY, with days counted in whole ones.
DECAY: Final = -SCHEDULER.parameters[20]
FACTOR: Final = RETENTION ** (1 / DECAY) - 1

ItemT = TypeVar("ItemT")
TopicT = TypeVar("TopicT", bound=Hashable)


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


def review(memory: Memory | None, *, right: bool, at: datetime) -> Memory:
    """Return the memory after an answer at an aware moment; None stands for a question never answered before."""
    moment = at.astimezone(UTC)
    card = _card(memory) if memory else Card(card_id=0, due=moment)
    reviewed, _ = SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, review_datetime=moment)
    if reviewed.stability is None or reviewed.difficulty is None:
        raise ValueError("The scheduler gave no memory back.")
    return Memory(reviewed.stability, reviewed.difficulty, reviewed.state.value, reviewed.step, moment, reviewed.due)


def recall(memory: Memory, at: datetime) -> float:
    """Return the predicted chance, 0 to 1, that the question is answered rightly at a moment."""
    return float(SCHEDULER.get_card_retrievability(_card(memory), at.astimezone(UTC)))


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


def interleave(items: Sequence[tuple[ItemT, TopicT]]) -> list[ItemT]:
    """Return the items in an order in which no topic follows itself, as far as the topics allow.

    Otherwise the order given is kept: what stands first comes first.
    """
    left = Counter(topic for _, topic in items)
    waiting: dict[TopicT, deque[tuple[int, ItemT]]] = {topic: deque() for topic in left}
    for place, (item, topic) in enumerate(items):
        waiting[topic].append((place, item))
    ordered: list[ItemT] = []
    last: TopicT | None = None
    while left:
        topic = _next_topic(left, waiting, last)
        ordered.append(waiting[topic].popleft()[1])
        left[topic] -= 1
        if not left[topic]:
            del left[topic]
        last = topic
    return ordered


def _next_topic(left: Counter[TopicT], waiting: dict[TopicT, deque[tuple[int, ItemT]]], last: TopicT | None) -> TopicT:
    """Return the topic that goes next: the earliest one, unless another fills more than half of what is left."""
    others = [topic for topic in left if topic != last] or list(left)
    biggest = max(others, key=lambda topic: left[topic])
    if 2 * left[biggest] > left.total():
        return biggest
    return min(others, key=lambda topic: waiting[topic][0][0])

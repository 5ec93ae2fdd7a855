"""Vectors that hold every scheduler of this house to one another: a memory, an answer, a moment, and what follows.

Made by the library itself: ``python -m leerhuis.practice.vectors > frontend/tests/fixtures/fsrs.json``. The server is
tested against the file, and so is a browser that practises without a connection. Moments are ISO 8601 in UTC.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from fsrs import Card, Rating, Scheduler, State

from leerhuis.practice.scheduling import AGAIN_AFTER, LONGEST_DAYS

HISTORIES: Final = 60
ANSWERS: Final = 8
RETENTIONS: Final = (0.7, 0.8, 0.9, 0.97)
START: Final = datetime(2027, 1, 14, 12, tzinfo=UTC)
SEED: Final = 2027


def made() -> dict[str, Any]:
    """Return the parameters of FSRS-6 here, and each step of some histories of answers."""
    chance = random.Random(SEED)  # noqa: S311 - the same vectors each time, no secret
    return {
        "parameters": list(_scheduler(0.9).parameters),
        "again_after_minutes": AGAIN_AFTER.total_seconds() / 60,
        "longest_days": LONGEST_DAYS,
        "steps": [step for number in range(HISTORIES) for step in _history(RETENTIONS[number % 4], chance)],
    }


def _history(retention: float, chance: random.Random) -> Iterator[dict[str, Any]]:
    scheduler, card, at = _scheduler(retention), Card(card_id=0, due=START), START
    for _ in range(ANSWERS):
        before = _memory(card)
        recall = scheduler.get_card_retrievability(card, at) if before else None
        right = chance.random() < 0.75  # noqa: PLR2004 - most answers are right
        card, _log = scheduler.review_card(card, Rating.Good if right else Rating.Again, review_datetime=at)
        yield {
            "retention": retention,
            "before": before,
            "at": at.isoformat(),
            "recall": recall,
            "right": right,
            "after": _memory(card),
        }
        at += timedelta(seconds=round(chance.choice((0.01, 0.4, 1, 3, 10, 40)) * chance.uniform(0.5, 2) * 86_400))


def _memory(card: Card) -> dict[str, Any] | None:
    if card.last_review is None:
        return None
    return {
        "stability": card.stability,
        "difficulty": card.difficulty,
        "state": State(card.state).value,
        "step": card.step,
        "last_review": card.last_review.isoformat(),
        "due_at": card.due.isoformat(),
    }


def _scheduler(retention: float) -> Scheduler:
    steps = (AGAIN_AFTER,)
    return Scheduler(
        desired_retention=retention,
        learning_steps=steps,
        relearning_steps=steps,
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


if __name__ == "__main__":
    told = made()
    steps = ",\n".join(json.dumps(step) for step in told.pop("steps"))
    sys.stdout.write(f'{json.dumps(told)[:-1]}, "steps": [\n{steps}\n]}}\n')

"""Histories of answers, one a person and a question: what FSRS is fitted on, and what predictions are held against.

Pure. Predictions here are of FSRS with any parameters, of SM-2 and of a constant. An answer is predicted when it comes
a whole day or more after the one before; within a day no curve of forgetting says anything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview, MemoryState

from leerhuis.practice.measures import Asked
from leerhuis.practice.scheduling import STABLE_AT, decay_of, factor_of

AGAIN, GOOD = 1, 3  # the ratings of FSRS that stand for wrong and right, as in scheduling.py
HELD_OUT_OF: Final = 5  # one person of so many is not fitted on
EASE, LEAST_EASE, FIRST_DAYS, SECOND_DAYS = 2.5, 1.3, 1, 6  # SM-2, as published
EASE_LOST: Final = 0.32  # by an answer of quality 2, SM-2's "wrong, but it seemed easy to recall"


@dataclass(frozen=True)
class Answered:
    """One answer of a history: whole days since the one before (0 for the first), and whether it was right.

    `is_shown` marks a question whose answer was looked at: no answer, so it is not predicted.
    """

    days: int
    right: bool
    is_shown: bool = False


@dataclass(frozen=True)
class History:
    """The answers of one person to one question, oldest first."""

    person: UUID
    answers: tuple[Answered, ...]

    def asked(self) -> Iterator[tuple[int, Asked]]:
        """Yield each answer that is predicted, with its place."""
        lapses = 0
        for place, each in enumerate(self.answers):
            if place and each.days and not each.is_shown:
                yield place, Asked(each.days, place, lapses, each.right)
            lapses += not each.right

    @property
    def is_held_out(self) -> bool:
        """True for the persons whose answers are not fitted on: always the same ones, told by their key."""
        return sha256(self.person.bytes).digest()[0] % HELD_OUT_OF == 0


def asked_in(histories: Iterable[History]) -> list[Asked]:
    """Return every answer that is predicted, in the order of the histories."""
    return [asked for history in histories for _, asked in history.asked()]


Predictor = Callable[[Sequence[History]], list[float]]


def by_fsrs(parameters: Sequence[float]) -> Predictor:
    """Return the predictions of FSRS-6 with these parameters, by the makers' own program for many at once."""
    decay, factor = decay_of(parameters), factor_of(parameters)

    def predict(histories: Sequence[History]) -> list[float]:
        memories = memories_of(histories, parameters)
        return [
            (1 + factor * asked.days / states[place - 1].stability) ** decay
            for history, states in zip(histories, memories, strict=True)
            for place, asked in history.asked()
        ]

    return predict


def memories_of(histories: Sequence[History], parameters: Sequence[float]) -> list[list[MemoryState]]:
    """Return the memory after each answer of each history; a test holds it and `scheduling.review` together."""
    if not histories:
        return []
    return FSRS(list(parameters)).historical_memory_state_batch([_item(each.answers) for each in histories])


def by_sm2(histories: Sequence[History]) -> list[float]:
    """Return the predictions of SM-2 (Woźniak 1990), which knows intervals and no chances.

    At the end of its interval it is taken to expect 90 %, and to forget exponentially.
    """
    return [
        STABLE_AT ** (asked.days / interval)
        for history in histories
        for interval, asked in zip(_sm2_intervals(history), (each for _, each in history.asked()), strict=True)
    ]


def _sm2_intervals(history: History) -> Iterator[float]:
    """Yield the interval that SM-2 gave before each answer that is predicted."""
    predicted = {place for place, _ in history.asked()}
    ease, row, interval = EASE, 0, float(FIRST_DAYS)
    for place, each in enumerate(history.answers):
        if place in predicted:
            yield interval
        if each.right:
            row += 1
            interval = FIRST_DAYS if row == 1 else SECOND_DAYS if row == 2 else interval * ease  # noqa: PLR2004
        else:
            row, interval, ease = 0, float(FIRST_DAYS), max(LEAST_EASE, ease - EASE_LOST)


def by_constant(fitted_on: Sequence[History]) -> Predictor:
    """Return the prediction that knows nothing: the share of right answers among others."""
    rights = [asked.right for asked in asked_in(fitted_on)]
    share = sum(rights) / len(rights) if rights else STABLE_AT
    return lambda histories: [share for _ in asked_in(histories)]


def trained(histories: Sequence[History]) -> list[float]:
    """Return the parameters of FSRS-6 that fit histories best, by the makers' optimiser, the same each time."""
    items = [_item(each.answers[: place + 1]) for each in histories for place, _ in each.asked()]
    return list(FSRS([]).compute_parameters(items, enable_short_term=True, num_relearning_steps=1))


def _item(answers: Sequence[Answered]) -> FSRSItem:
    return FSRSItem([FSRSReview(GOOD if each.right else AGAIN, each.days) for each in answers])

"""Made-up answers by a model of memory that is not FSRS's own: activation, as in ACT-R. Pure.

Each time that somebody met a question leaves a trace, which decays by a power of time; one that was laid while much was
still there decays faster, which is why spread practice lasts longer. The logarithm of what is left of all traces is the
activation, and the chance to recall rises with it. Persons and questions differ by chance. Source: P.I. Pavlik and J.R.
Anderson, "Practice and forgetting effects on vocabulary memory", Cognitive Science 29 (2005), 559–586: its equations,
with time in seconds and values of the size that it reports.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from leerhuis.practice.histories import Answered, History

DECAY_SCALE, DECAY_LEAST = 0.217, 0.177
THRESHOLD, NOISE = -0.704, 0.255
OUTSIDE: Final = 0.025  # of the time between sittings this share counts: little happens there that disturbs
SPREAD: Final = 0.35  # standard deviation of persons, and of questions, in activation
BY_EXPLANATION: Final = 4  # an answer is read with its explanation, which leaves as much as so many short showings
DAY_SECONDS: Final = 86_400
PAUSES: Final = (1, 1, 2, 3, 5, 8, 14, 21, 30, 45, 60)  # days between sittings
LONGEST_PAUSE: Final = 120  # days; somebody who comes back later than planned


@dataclass(frozen=True)
class Crowd:
    """How many people answer how many questions each, and how often; the same `seed` makes the same answers."""

    people: int = 80
    questions: int = 40
    answers: int = 8
    seed: int = 2027


def made_up(crowd: Crowd) -> list[History]:
    """Return the histories of a crowd."""
    chance = random.Random(crowd.seed)  # noqa: S311 - made-up answers are no secret
    hard = [chance.gauss(0, SPREAD) for _ in range(crowd.questions)]
    histories = []
    for _ in range(crowd.people):
        person, able = UUID(int=chance.getrandbits(128)), chance.gauss(0, SPREAD)
        histories += [History(person, _answers(able - each, crowd.answers, chance)) for each in hard]
    return histories


def _answers(bonus: float, number: int, chance: random.Random) -> tuple[Answered, ...]:
    """Return the answers to one question of somebody whose activation is so much more than the mean."""
    traces: list[_Trace] = []
    now, days, answers = 0.0, 0, []
    for _ in range(number):
        now += days * DAY_SECONDS * OUTSIDE
        level = activation(traces, now)
        right = chance.random() < recall(level + bonus)
        answers.append(Answered(days, right))
        traces += [_Trace(now, _decay_after(level))] * BY_EXPLANATION
        days = _pause(days, chance, right=right)
    return tuple(answers)


@dataclass(frozen=True)
class _Trace:
    """When a trace was laid, in counted seconds, and how fast it decays."""

    laid_at: float
    decay: float


def activation(traces: Sequence[_Trace], now: float) -> float:
    """Return the activation of what was met before (equation 1 of the source); minus infinity for what never was."""
    left = math.fsum(max(1.0, now - trace.laid_at) ** -trace.decay for trace in traces)
    return math.log(left) if left else -math.inf


def recall(level: float) -> float:
    """Return the chance to recall at an activation (equation 3 of the source); a question can be guessed right, too."""
    guessed = 0.25
    known = 1 / (1 + math.exp(min(700.0, (THRESHOLD - level) / NOISE)))
    return guessed + (1 - guessed) * known


def _decay_after(level: float) -> float:
    return DECAY_SCALE * math.exp(level) + DECAY_LEAST  # equation 2 of the source


def _pause(days: int, chance: random.Random, *, right: bool) -> int:
    """Return after how many days the question comes back: later after a right answer, soon after a wrong one."""
    if not right:
        return chance.choice(PAUSES[:4])
    longer = [pause for pause in PAUSES if pause > days] or [PAUSES[-1]]
    return min(LONGEST_PAUSE, round(chance.choice(longer[:3]) * chance.uniform(0.7, 2)) or 1)

"""How good predictions of right answers are: log loss, AUC and RMSE(bins). Pure.

The three that the makers of FSRS compare schedulers by (https://github.com/open-spaced-repetition/srs-benchmark).
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SUREST: Final = 1e-6  # a prediction is taken to be no nearer to 0 or 1, or one miss would outweigh all others


@dataclass(frozen=True)
class Asked:
    """One answer that is predicted: how many whole days after the answer before, and what went before it.

    `reviews` counts the earlier answers to this question, `lapses` those among them that were wrong.
    """

    days: int
    reviews: int
    lapses: int
    right: bool


@dataclass(frozen=True)
class Figures:
    """How good predictions are: log loss (nats an answer) and RMSE(bins) are best at 0, AUC at 1 (0.5 is guessing)."""

    log_loss: float
    auc: float
    rmse: float


def figures(predicted: Sequence[float], asked: Sequence[Asked]) -> Figures:
    """Return how good predictions (chances of a right answer, 0 to 1) of these answers are; of at least one."""
    rights = [each.right for each in asked]
    return Figures(log_loss(predicted, rights), auc(predicted, rights), rmse_bins(predicted, asked))


def loss(predicted: float, *, right: bool) -> float:
    """Return the log loss of one prediction, in nats."""
    kept = min(1 - SUREST, max(SUREST, predicted))
    return -math.log(kept if right else 1 - kept)


def log_loss(predicted: Sequence[float], rights: Sequence[bool]) -> float:
    """Return the mean log loss, in nats."""
    return math.fsum(loss(p, right=right) for p, right in zip(predicted, rights, strict=True)) / len(predicted)


def auc(predicted: Sequence[float], rights: Sequence[bool]) -> float:
    """Return how often a right answer was predicted higher than a wrong one; the same prediction counts as half.

    By ranks (Mann and Whitney 1947). Where all are right, or none, it is 0.5.
    """
    rising = sorted(zip(predicted, rights, strict=True), key=lambda each: each[0])
    number_right = sum(rights)
    number_wrong = len(rights) - number_right
    if not number_right or not number_wrong:
        return 0.5
    ranks, place = 0.0, 0
    while place < len(rising):
        end = place
        while end < len(rising) and rising[end][0] == rising[place][0]:
            end += 1
        ranks += (place + 1 + end) / 2 * sum(right for _, right in rising[place:end])
        place = end
    return (ranks - number_right * (number_right + 1) / 2) / (number_right * number_wrong)


def rmse_bins(predicted: Sequence[float], asked: Sequence[Asked]) -> float:
    """Return how far predicted and real shares lie apart, over groups of answers that are alike.

    The root of the mean square, weighed by the number of answers. Alike are answers after about as many days, earlier
    answers and lapses; the groups grow with the numbers, as in the benchmark named above.
    """
    bins: dict[tuple[float, float, float], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for chance, each in zip(predicted, asked, strict=True):
        found = bins[_group(each)]
        found[0] += 1
        found[1] += chance
        found[2] += each.right
    squares = math.fsum((chances - rights) ** 2 / number for number, chances, rights in bins.values())
    return math.sqrt(squares / len(predicted))


def _group(each: Asked) -> tuple[float, float, float]:
    days = round(2.48 * 3.62 ** math.floor(math.log(max(1, each.days), 3.62)), 2)
    reviews = round(1.99 * 1.89 ** math.floor(math.log(max(1, each.reviews), 1.89)))
    lapses = round(1.65 * 1.73 ** math.floor(math.log(each.lapses, 1.73))) if each.lapses else 0
    return days, reviews, lapses

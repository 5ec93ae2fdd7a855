"""Fitting FSRS to answers, and whether what was fitted is better: on persons whose answers it never saw. Pure.

One person in five is held out. What is fitted on the others is kept only when it predicts the answers of those held out
with a lower log loss than FSRS as its makers deliver it, by more than chance among persons explains; see
docs/decisions/0032.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.histories import (
    History,
    Predictor,
    asked_in,
    by_constant,
    by_fsrs,
    by_sm2,
    trained,
)
from leerhuis.practice.measures import Figures, figures, loss
from leerhuis.practice.scheduling import DEFAULT, Parameters, scheduler_for

FEWEST_ANSWERS: Final = 1_000  # that are predicted, among those fitted on
FEWEST_PEOPLE: Final = 20
FEWEST_HELD_OUT: Final = 4  # people
SURE: Final = 1.6448536269514722  # standard errors that only one in twenty differences without a cause exceeds


class Model(TextChoices):
    """What predicts whether an answer will be right."""

    FITTED = "fitted", _("FSRS, fitted")
    DEFAULT = "default", _("FSRS, as delivered")
    SM2 = "sm2", _("SM-2")
    CONSTANT = "constant", _("always the same chance")


class Verdict(Enum):
    """What comes of a fit."""

    TOO_FEW = "too few"
    NOT_BETTER = "not better"
    BETTER = "better"


@dataclass(frozen=True)
class Fitted:
    """What came of fitting: the parameters, how many it was fitted and tried on, and how each model predicts.

    `gain` is by how much the log loss of the held-out answers fell against FSRS as delivered, in nats an answer, and
    `error` its standard error, where persons and not answers are taken to be independent of each other.
    """

    verdict: Verdict
    people: int
    answers: int
    held_out_people: int
    held_out_answers: int
    parameters: Parameters = DEFAULT
    figures: tuple[tuple[Model, Figures], ...] = ()
    gain: float = 0.0
    error: float = 0.0


def fit(histories: Sequence[History]) -> Fitted:
    """Fit FSRS to the histories of most persons, and try it on those of the others beside the other models."""
    ours = [each for each in histories if not each.is_held_out]
    theirs = [each for each in histories if each.is_held_out]
    asked, tried = asked_in(ours), asked_in(theirs)
    people, held_out = len({each.person for each in ours}), len({each.person for each in theirs})
    counts = (people, len(asked), held_out, len(tried))
    if len(asked) < FEWEST_ANSWERS or people + held_out < FEWEST_PEOPLE or held_out < FEWEST_HELD_OUT or not tried:
        return Fitted(Verdict.TOO_FEW, *counts)
    parameters = _usable(trained(ours))
    models: dict[Model, Predictor] = {
        Model.FITTED: by_fsrs(parameters),
        Model.DEFAULT: by_fsrs(DEFAULT),
        Model.SM2: by_sm2,
        Model.CONSTANT: by_constant(ours),
    }
    predicted = {model: predict(theirs) for model, predict in models.items()}
    shown = tuple((model, figures(chances, tried)) for model, chances in predicted.items())
    gain, error = _gain(theirs, predicted[Model.DEFAULT], predicted[Model.FITTED])
    verdict = Verdict.BETTER if gain > SURE * error else Verdict.NOT_BETTER
    return Fitted(verdict, *counts, parameters, shown, gain, error)


def _usable(parameters: Sequence[float]) -> Parameters:
    """Return parameters that the scheduler takes; raises ValueError where it refuses them."""
    kept = tuple(round(each, 6) for each in parameters)
    scheduler_for(parameters=kept)
    return kept


def _gain(histories: Sequence[History], before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """Return by how much the mean loss fell, and the standard error of that, by persons (a ratio estimate)."""
    persons = [history.person for history in histories for _ in history.asked()]
    falls: dict[UUID, list[float]] = defaultdict(list)
    for person, old, new, asked in zip(persons, before, after, asked_in(histories), strict=True):
        falls[person].append(loss(old, right=asked.right) - loss(new, right=asked.right))
    mean = math.fsum(math.fsum(each) for each in falls.values()) / len(persons)
    squares = math.fsum((math.fsum(each) - mean * len(each)) ** 2 for each in falls.values())
    spread = len(falls) / (len(falls) - 1) if len(falls) > 1 else 1.0
    return mean, math.sqrt(spread * squares) / len(persons)

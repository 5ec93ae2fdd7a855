"""What is said of an answer: right, partly right or wrong, and the words of the author for it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Rich


class Outcome(TextChoices):
    """How an answer was; `SHOWN` where there was none, because the right one was looked at first."""

    RIGHT = "right", _("right")
    PARTLY = "partly", _("partly right")
    WRONG = "wrong", _("not right")
    SHOWN = "shown", _("answer shown first")


@dataclass(frozen=True)
class Verdict:
    """How an answer was, and what the author says to whoever gives it.

    `meant` is the right spelling where a slip of the finger was forgiven; `parts` are the verdicts of the gaps of a
    text.
    """

    outcome: Outcome
    feedback: tuple[Rich, ...] = ()
    meant: str = ""
    parts: tuple["Verdict", ...] = ()


class Unreadable(ValueError):
    """Nothing was answered, or something that is no answer to this kind of question; it is asked again.

    `words` say what to do, where there is more to say than to give an answer first.
    """

    def __init__(self, words: Promise | str = "") -> None:
        super().__init__(words)
        self.words = words


def outcome_of(share: float) -> Outcome:
    """Return what a share of rightness (0 to 1) comes to."""
    if share >= 1:
        return Outcome.RIGHT
    return Outcome.PARTLY if share > 0 else Outcome.WRONG


def said(feedback: Rich | None) -> tuple[Rich, ...]:
    """Return what an author says, which may be nothing."""
    return (feedback,) if feedback else ()

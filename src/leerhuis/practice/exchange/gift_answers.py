"""The part of a GIFT item between the braces: which kind of question it makes, and its answers."""

import math
import re

from leerhuis.practice.exchange.gift_items import (
    Between,
    Body,
    Choice,
    Essay,
    Exactly,
    Matching,
    Number,
    NumberChoice,
    Numeric,
    Options,
    Pair,
    Reason,
    Rich,
    ShortAnswer,
    TrueFalse,
    Within,
)
from leerhuis.practice.exchange.gift_text import rich

_WEIGHT = re.compile(r"\s*%\s*(-?\d+(?:[.,]\d+)?)\s*%")
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_EXACTLY = re.compile(rf"\s*({_NUMBER})\s*")
_WITHIN = re.compile(rf"\s*({_NUMBER})\s*:\s*({_NUMBER})\s*")
# A digit must not be followed by the first of the two points, or "1..5" would read as "1." and ".5".
_BETWEEN = re.compile(r"\s*([-+]?\d*(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*\.\.\s*([-+]?\d*(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*")
LONGEST_NUMBER = 120  # two numbers with room around them
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*", re.IGNORECASE)
_MARKED = re.compile(r"([=~])([^=~]*)")
_ODD_EQUALS = re.compile(r"[^\s{}=~#]=")


class CannotRead(Exception):
    """The item cannot be read, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read(text: str, around: str) -> tuple[Body, Rich | None]:
    """Read the protected text between braces; return the body and the general feedback (after ``####``).

    `around` is the format of the question, which a text keeps unless it names its own.
    The kind follows from the marks, in the order of Moodle's importer. Raises CannotRead.
    """
    answers, mark, general = text.partition("####")
    feedback = _feedback(general if mark else None, around)
    return _body(answers, around), feedback


def has_odd_equals(text: str) -> bool:
    """True when an "=" stands inside a word between options: probably meant as text, but GIFT reads a new answer."""
    answers = text.partition("####")[0]
    return "~" in answers and bool(_ODD_EQUALS.search(answers))


def _body(text: str, around: str) -> Body:
    if not text.strip():
        return Essay()
    if text.lstrip().startswith("#"):
        return Numeric(_numbers(text.lstrip()[1:], around))
    if "~" in text:
        choices = _choices(text, around)
        return Options(choices, one_only=any(choice.marked_right for choice in choices))
    if "=" in text and "->" in text:
        return Matching(_pairs(text, around))
    if "=" not in text:
        return _true_false(text, around)
    return ShortAnswer(_choices(text, around))


def _choices(text: str, around: str) -> tuple[Choice, ...]:
    if text.lstrip()[0] not in "=~":
        raise CannotRead(Reason.NO_MARKER)
    return tuple(_choice(mark, rest, around) for mark, rest in _MARKED.findall(text))


def _choice(mark: str, text: str, around: str) -> Choice:
    weight, text = _weight(text)
    answer, hash_mark, feedback = text.partition("#")
    said = rich(answer, around)
    if not said.text:
        raise CannotRead(Reason.EMPTY_ANSWER)
    return Choice(mark == "=", weight, said, _feedback(feedback if hash_mark else None, around))


def _weight(text: str) -> tuple[float | None, str]:
    found = _WEIGHT.match(text)
    return (float(found[1].replace(",", ".")), text[found.end() :]) if found else (None, text)


def _feedback(text: str | None, around: str) -> Rich | None:
    said = rich(text or "", around)
    return said if said.text else None


def _true_false(text: str, around: str) -> TrueFalse:
    truth, *feedback = text.split("#", 2)
    found = _TRUTH.fullmatch(truth)
    if not found:
        raise CannotRead(Reason.NO_MARKER)
    wrong, right = (*feedback, None, None)[:2]
    return TrueFalse(found[1].upper() in ("T", "TRUE"), _feedback(wrong, around), _feedback(right, around))


def _pairs(text: str, around: str) -> tuple[Pair, ...]:
    if not text.lstrip().startswith("="):
        raise CannotRead(Reason.NO_MARKER)
    return tuple(_pair(part, around) for part in text.lstrip()[1:].split("="))


def _pair(text: str, around: str) -> Pair:
    left, arrow, right = text.partition("->")
    if not arrow:
        raise CannotRead(Reason.PAIR_MIXED)
    if not right.strip() or "->" in right:
        raise CannotRead(Reason.PAIR_BROKEN)
    return Pair(rich(left, around), rich(right, around).text)


def _numbers(text: str, around: str) -> Number | tuple[NumberChoice, ...]:
    if not text.lstrip() or text.lstrip()[0] not in "=~":
        number, hash_mark, feedback = text.partition("#")
        said = _feedback(feedback if hash_mark else None, around)
        return (
            (NumberChoice(marked_right=True, weight=None, number=_number(number), feedback=said),)
            if said
            else _number(number)
        )
    return tuple(_number_choice(mark, rest, around) for mark, rest in _MARKED.findall(text))


def _number_choice(mark: str, text: str, around: str) -> NumberChoice:
    weight, text = _weight(text)
    number, hash_mark, feedback = text.partition("#")
    anything = mark == "~" and number.strip() in ("", "*")
    return NumberChoice(
        mark == "=", weight, None if anything else _number(number), _feedback(feedback if hash_mark else None, around)
    )


def _number(text: str) -> Number:
    if len(text) > LONGEST_NUMBER:
        raise CannotRead(Reason.NO_NUMBER)
    if found := _EXACTLY.fullmatch(text):
        return Exactly(_finite(found[1]))
    if found := _WITHIN.fullmatch(text):
        return Within(_finite(found[1]), abs(_finite(found[2])))
    if found := _BETWEEN.fullmatch(text):
        low, high = sorted((_finite(found[1]), _finite(found[2])))
        return Between(low, high)
    raise CannotRead(Reason.NO_NUMBER)


def _finite(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise CannotRead(Reason.NO_NUMBER) from None
    if not math.isfinite(value):
        raise CannotRead(Reason.NO_NUMBER)
    return value

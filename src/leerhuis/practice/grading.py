"""Judging an answer: right, partly right or wrong. Pure: a question's content and an answer in, a verdict out.

An answer is kept as one short line of text, whatever the kind: the keys of options ("a c"), "true", what was typed,
or pairs of numbers ("0=2 1=0": the first left side with the third right side).
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Choices, Content, Numbers, Pairs, ShortText, Span, Statement

LONGEST_ANSWER = 400  # characters
_CLOSE = 1e-9  # relative; decimal fractions are not exact in binary
_HALF = 0.5
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d{1,3})?", re.IGNORECASE)
_GROUPED = re.compile(r"([-+]?)(\d{1,3})((?:[.,]\d{3})+)([.,]\d+)?")


class Outcome(TextChoices):
    """How an answer was."""

    RIGHT = "right", _("right")
    PARTLY = "partly", _("partly right")
    WRONG = "wrong", _("not right")


@dataclass(frozen=True)
class Verdict:
    """How an answer was, and what the author says to whoever gives it."""

    outcome: Outcome
    feedback: tuple[Rich, ...] = ()


class Unreadable(ValueError):
    """Nothing was answered, or something that is no answer to this kind of question; it is asked again."""


def read_answer(content: Content, values: Callable[[str], list[str]]) -> str:
    """Return the answer in a form's fields as its one line; `values` gives the values of a field by its name.

    Fields: ``choice`` (keys, or "true" and "false"), ``text``, ``match-0`` and on (numbers of right sides).
    Raises Unreadable when it is empty or makes no sense for this question.
    """
    match content:
        case Choices(options, one_only):
            known = {option.key for option in options}
            chosen = sorted(known.intersection(values("choice")))
            return _some(" ".join(chosen[:1] if one_only else chosen))
        case Statement():
            return _some(next((value for value in values("choice") if value in ("true", "false")), ""))
        case ShortText():
            return _some(_one_line(next(iter(values("text")), "")))
        case Numbers():
            typed = _one_line(next(iter(values("text")), ""))
            if not numbers_in(typed):
                raise Unreadable(typed)
            return typed
        case Pairs(matches) as pairs:
            chosen = [next(iter(values(f"match-{place}")), "") for place in range(len(matches))]
            sides = range(len(pairs.rights))
            return _some(" ".join(f"{n}={s}" for n, s in enumerate(chosen) if s.isdecimal() and int(s) in sides))


def grade(content: Content, answer: str) -> Verdict:
    """Judge an answer that `read_answer` made."""
    match content:
        case Choices() as choices:
            return _grade_choices(choices, set(answer.split()))
        case Statement(is_true, when_true, when_false):
            said = answer == "true"
            return Verdict(
                Outcome.RIGHT if said == is_true else Outcome.WRONG, _given(when_true if said else when_false)
            )
        case ShortText() as accepted:
            return _grade_text(accepted, answer)
        case Numbers() as accepted:
            return _grade_number(accepted, answer)
        case Pairs() as pairs:
            return _grade_pairs(pairs, answer)


def chosen_pairs(answer: str) -> dict[int, int]:
    """Return which right side (by its place in `Pairs.rights`) an answer put to which left side."""
    return {int(left): int(right) for left, right in (pair.split("=") for pair in answer.split())}


def numbers_in(text: str) -> set[float]:
    """Return the readings of a typed number: with a comma or a point; "1.000" reads as one and as a thousand."""
    bare = re.sub(r"[\s€%_'’]", "", text).replace("−", "-")  # noqa: RUF001 - the minus sign that phones type
    readings = set()
    if _NUMBER.fullmatch(bare):
        readings.add(float(bare.replace(",", ".")))
    if grouped := _GROUPED.fullmatch(bare):
        sign, head, groups, rest = grouped.groups()
        if len({mark for mark in groups if mark in ".,"}) == 1 and (rest or "")[:1] != groups[0]:
            whole = head + re.sub(r"[.,]", "", groups)
            readings.add(float(sign + whole + (rest or "").replace(",", ".")))
    return {reading for reading in readings if math.isfinite(reading)}


def _some(answer: str) -> str:
    if not answer:
        raise Unreadable
    return answer


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text[:LONGEST_ANSWER])).strip()


def _given(feedback: Rich | None) -> tuple[Rich, ...]:
    return (feedback,) if feedback else ()


def _outcome(share: float) -> Outcome:
    if share >= 1:
        return Outcome.RIGHT
    return Outcome.PARTLY if share > 0 else Outcome.WRONG


def _grade_choices(choices: Choices, chosen: set[str]) -> Verdict:
    """Right is exactly the right options; of a single choice, one of them. Partly: more right ones than wrong ones."""
    picked = [option for option in choices.options if option.key in chosen]
    feedback = tuple(option.feedback for option in picked if option.feedback)
    if choices.one_only:
        return Verdict(_outcome(max((option.share for option in picked), default=0)), feedback)
    right = {option.key for option in choices.options if option.share >= 1}
    hits, misses = len(chosen & right), len(chosen - right)
    if chosen == right:
        return Verdict(Outcome.RIGHT, feedback)
    return Verdict(Outcome.PARTLY if hits > misses else Outcome.WRONG, feedback)


def _grade_text(accepted: ShortText, answer: str) -> Verdict:
    given = _comparable(answer, exact=accepted.exact_case)
    fitting = [form for form in accepted.forms if _fits(_comparable(form.text, exact=accepted.exact_case), given)]
    best = max(fitting, key=lambda form: form.share, default=None)
    return Verdict(_outcome(best.share), _given(best.feedback)) if best else Verdict(Outcome.WRONG)


def _comparable(text: str, *, exact: bool) -> str:
    plain = _one_line(text).translate(_QUOTES)
    return plain if exact else plain.casefold()


def _fits(pattern: str, given: str) -> bool:
    """True when a text fits a form in which ``*`` stands for any text."""
    first, *rest = [part.strip() for part in pattern.split("*")]
    if not rest:
        return given == first
    *middle, last = rest
    if not given.startswith(first) or not given.endswith(last) or len(given) < len(first) + len(last):
        return False
    inside = given[len(first) : len(given) - len(last)]
    for part in middle:
        found = inside.find(part)
        if found < 0:
            return False
        inside = inside[found + len(part) :]
    return True


def _grade_number(accepted: Numbers, answer: str) -> Verdict:
    readings = numbers_in(answer)
    fitting = [span for span in accepted.spans if any(_lies_in(span, reading) for reading in readings)]
    best = max(fitting, key=lambda span: span.share, default=None)
    if best is None:
        return Verdict(Outcome.WRONG, _given(accepted.otherwise))
    return Verdict(_outcome(best.share), _given(best.feedback))


def _lies_in(span: Span, value: float) -> bool:
    return (
        span.low <= value <= span.high
        or math.isclose(value, span.low, rel_tol=_CLOSE)
        or math.isclose(value, span.high, rel_tol=_CLOSE)
    )


def _grade_pairs(pairs: Pairs, answer: str) -> Verdict:
    """Right is every pair; partly is at least half of them."""
    put = chosen_pairs(answer)
    rights = pairs.rights
    hits = sum(n in put and rights[put[n]] == match.right for n, match in enumerate(pairs.matches))
    if hits == len(pairs.matches):
        return Verdict(Outcome.RIGHT)
    return Verdict(Outcome.PARTLY if hits / len(pairs.matches) >= _HALF else Outcome.WRONG)

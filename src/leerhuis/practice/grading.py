"""Judging an answer: right, partly right or wrong. Pure: a question's content and an answer in, a verdict out.

An answer is kept as one short line of text, whatever the kind: the keys of options or things in order ("a c"), "true",
what was typed, pairs of numbers ("0=2 1=0": the first left side with the third right side), what was filled into gaps
("privacy | b | 12"), a place ("34.5,61" or the cell "C4"). Only an open answer has more lines: how its writer judged it
("right", "partly" or "wrong") and then the words.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Content,
    Gap,
    Hotspot,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Statement,
)
from leerhuis.practice.places import Cell, Point, is_beside, is_on, read_place, write_place
from leerhuis.practice.typed import LONGEST_ANSWER, grade_number, grade_text, is_number, numbers_in, one_line
from leerhuis.practice.verdicts import Outcome, Unreadable, Verdict, outcome_of, said

__all__ = ["LONGEST_ANSWER", "Outcome", "Unreadable", "Verdict", "grade", "numbers_in", "read_answer"]

LONGEST_OPEN = 4_000  # characters of an open answer
BETWEEN_GAPS = " | "
_HALF = 0.5
_WORTH = {Outcome.RIGHT: 1.0, Outcome.PARTLY: _HALF, Outcome.WRONG: 0.0}
_FEW = 3  # things that can be nearly in order
Values = Callable[[str], list[str]]


def read_answer(content: Content, values: Values) -> str:  # noqa: PLR0911 - one a kind
    """Return the answer in a form's fields as its one line; `values` gives the values of a field by its name.

    Fields: ``choice`` (keys, or "true" and "false"), ``text``, ``match-0`` and on (numbers of right sides), ``order``
    (keys, one after the other), ``gap-0`` and on, ``place`` (a point or a cell), ``judged`` (with ``text``).
    Raises Unreadable when it is empty or makes no sense for this question.
    """
    match content:
        case Choices(options, one_only):
            return _some(_chosen(values("choice"), [option.key for option in options], one_only=one_only))
        case Statement():
            return _some(next((value for value in values("choice") if value in ("true", "false")), ""))
        case Pairs(matches) as pairs:
            chosen = [_first(values(f"match-{place}")) for place in range(len(matches))]
            sides = range(len(pairs.rights))
            return _some(" ".join(f"{n}={s}" for n, s in enumerate(chosen) if s.isdecimal() and int(s) in sides))
        case Ordering(items):
            order = values("order")
            return _some(" ".join(order) if sorted(order) == sorted(item.key for item in items) else "")
        case Hotspot(areas=areas, named=named, one_only=one_only):
            if named:
                return _some(_chosen(values("choice"), [area.key for area in areas], one_only=one_only))
            place = next((found for found in map(read_place, values("place")) if found), None)
            return _some(write_place(place) if place else "")
        case ShortText() | Numbers() | Cloze() | OpenText():
            return _read_typed(content, values)


def grade(content: Content, answer: str) -> Verdict:  # noqa: PLR0911 - one a kind
    """Judge an answer that `read_answer` made."""
    match content:
        case Choices() as choices:
            return _grade_choices(choices, set(answer.split()))
        case Statement(is_true, when_true, when_false):
            true = answer == "true"
            return Verdict(Outcome.RIGHT if true == is_true else Outcome.WRONG, said(when_true if true else when_false))
        case ShortText() as accepted:
            return grade_text(accepted, answer)
        case Numbers() as accepted:
            return grade_number(accepted, answer)
        case Pairs() as pairs:
            return _grade_pairs(pairs, answer)
        case Ordering(items):
            return _grade_order([item.key for item in items], answer.split())
        case Cloze(gaps):
            return _grade_gaps(gaps, answer)
        case Hotspot() as hotspot:
            return _grade_named(hotspot, answer) if hotspot.named else _grade_place(hotspot, answer)
        case OpenText():
            judged = answer.partition("\n")[0]
            return Verdict(Outcome(judged) if judged in _WORTH else Outcome.WRONG)


def chosen_pairs(answer: str) -> dict[int, int]:
    """Return which right side (by its place in `Pairs.rights`) an answer put to which left side."""
    return {int(left): int(right) for left, right in (pair.split("=") for pair in answer.split())}


def filled_gaps(answer: str, count: int) -> list[str]:
    """Return what an answer filled into each of so many gaps."""
    filled = [part.strip() for part in answer.split(BETWEEN_GAPS.strip())]
    return [*filled, *[""] * count][:count]


def open_answer(values: Values) -> str:
    """Return what was written in answer to an open question, its lines kept."""
    written = unicodedata.normalize("NFC", _first(values("text"))[:LONGEST_OPEN]).replace("\r\n", "\n")
    return re.sub(r"[^\S\n]+", " ", written).strip()


def _first(values: list[str]) -> str:
    return next(iter(values), "")


def _some(answer: str) -> str:
    if not answer:
        raise Unreadable
    return answer


def _read_typed(content: ShortText | Numbers | Cloze | OpenText, values: Values) -> str:
    match content:
        case ShortText():
            return _some(one_line(_first(values("text"))))
        case Numbers() as numbers:
            return _number(numbers, _first(values("text")))
        case Cloze(gaps):
            filled = [_in_gap(gap, _first(values(f"gap-{place}"))) for place, gap in enumerate(gaps)]
            return _some(BETWEEN_GAPS.join(filled) if any(filled) else "")
        case OpenText():
            written, judged = open_answer(values), _first(values("judged"))
            return _some(f"{judged}\n{written}" if written and judged in _WORTH else "")


def _chosen(ticked: list[str], keys: Sequence[str], *, one_only: bool) -> str:
    chosen = sorted(set(keys).intersection(ticked))
    return " ".join(chosen[:1] if one_only else chosen)


def _number(accepted: Numbers, text: str) -> str:
    typed = _some(one_line(text))
    if not is_number(accepted, typed):
        raise Unreadable(_("Type a number, such as 12 or 3.5. Nothing was counted."))
    return typed


def _in_gap(gap: Gap, text: str) -> str:
    """Return what was filled into a gap: the key of an option, or what was typed."""
    typed = one_line(text)
    if isinstance(gap, Choices):
        return _chosen([typed], [option.key for option in gap.options], one_only=True)
    return (_number(gap, typed) if typed and isinstance(gap, Numbers) else typed).replace("|", "¦")


def _grade_choices(choices: Choices, chosen: set[str]) -> Verdict:
    """Right is exactly the right options; of a single choice, one of them. Partly: more right ones than wrong ones."""
    picked = [option for option in choices.options if option.key in chosen]
    feedback = tuple(option.feedback for option in picked if option.feedback)
    if choices.one_only:
        return Verdict(outcome_of(max((option.share for option in picked), default=0)), feedback)
    return _grade_set({option.key for option in choices.options if option.share >= 1}, chosen, feedback)


def _grade_set(right: set[str], chosen: set[str], feedback: tuple[Rich, ...]) -> Verdict:
    hits, misses = len(chosen & right), len(chosen - right)
    if chosen == right:
        return Verdict(Outcome.RIGHT, feedback)
    return Verdict(Outcome.PARTLY if hits > misses else Outcome.WRONG, feedback)


def _grade_pairs(pairs: Pairs, answer: str) -> Verdict:
    """Right is every pair; partly is at least half of them."""
    put = chosen_pairs(answer)
    rights = pairs.rights
    hits = sum(n in put and rights[put[n]] == match.right for n, match in enumerate(pairs.matches))
    if hits == len(pairs.matches):
        return Verdict(Outcome.RIGHT)
    return Verdict(Outcome.PARTLY if hits / len(pairs.matches) >= _HALF else Outcome.WRONG)


def _grade_order(right: list[str], given: list[str]) -> Verdict:
    """Right is the whole order; partly is an order that becomes right when one thing is moved, of three or more."""
    if given == right:
        return Verdict(Outcome.RIGHT)
    nearly = len(right) >= _FEW and any(
        [key for key in given if key != moved] == [key for key in right if key != moved] for moved in right
    )
    return Verdict(Outcome.PARTLY if nearly else Outcome.WRONG)


def _grade_gaps(gaps: tuple[Gap, ...], answer: str) -> Verdict:
    """Right is every gap; partly is at least half of them, where a gap that is partly right counts half."""
    parts = tuple(
        grade(gap, text) if text else Verdict(Outcome.WRONG)
        for gap, text in zip(gaps, filled_gaps(answer, len(gaps)), strict=True)
    )
    worth = sum(_WORTH[part.outcome] for part in parts)
    reached = Outcome.PARTLY if worth >= _HALF * len(parts) else Outcome.WRONG
    return Verdict(Outcome.RIGHT if worth == len(parts) else reached, parts=parts)


def _grade_named(hotspot: Hotspot, answer: str) -> Verdict:
    """Judge areas that were chosen by name like options."""
    chosen = set(answer.split())
    picked = [area for area in hotspot.areas if area.key in chosen]
    feedback = tuple(area.feedback for area in picked if area.feedback)
    if hotspot.one_only:
        return Verdict(outcome_of(max((area.share for area in picked), default=0)), feedback)
    return _grade_set({area.key for area in hotspot.areas if area.share >= 1}, chosen, feedback)


def _grade_place(hotspot: Hotspot, answer: str) -> Verdict:
    """The best area that the place lies on decides; just beside a right one is partly right."""
    place = read_place(answer)
    if place is None:
        return Verdict(Outcome.WRONG)
    on = [area for area in hotspot.areas if is_on(place, area, hotspot.ratio)]
    best = max(on, key=lambda area: area.share, default=None)
    if (best is None or best.share <= 0) and _is_near(hotspot.areas, place, hotspot.ratio):
        return Verdict(Outcome.PARTLY, said(best.feedback if best else None))
    return Verdict(outcome_of(best.share), said(best.feedback)) if best else Verdict(Outcome.WRONG)


def _is_near(areas: tuple[Area, ...], place: Point | Cell, ratio: float) -> bool:
    return any(area.share >= 1 and is_beside(place, area, ratio) for area in areas)

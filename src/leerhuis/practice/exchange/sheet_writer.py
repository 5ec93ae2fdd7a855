"""Writing questions as a sheet: one a line, with as many columns for answers as the longest of them needs."""

import re
from collections.abc import Iterable

from leerhuis.practice.exchange.columns import MOST_ANSWERS
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_gaps import marks_of
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.gift_text import FORMATS
from leerhuis.practice.exchange.gift_writer import answers_of
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Gap,
    Kind,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
    Unit,
)

HEADS = (
    *"id topic title kind question format right explanation shuffle capitals slips units goals".split(),
    "unit needed",
    "rests on",
)
_GROUP = ("answer", "pair", "worth", "feedback")
_LIKE_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_LIKE_FORMAT = re.compile(r"\[(" + "|".join(FORMATS) + r")\]", re.IGNORECASE)
Cells = dict[tuple[str, int], str]


def sheet_of(drafts: Iterable[Draft]) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and a line of cells for each question; those may still be made harmless."""
    lines = [_cells(draft) for draft in drafts]
    used = {key for line in lines for key in line}
    most = max((number for _name, number in used), default=0)
    numbered = [(name, number) for number in range(1, most + 1) for name in _GROUP if (name, number) in used]
    columns = [(name, 0) for name in HEADS] + numbered
    heads = [f"{name} {number}" if number else name for name, number in columns]
    return heads, [[_kept(line.get(column, "")) for column in columns] for line in lines]


def can_hold(draft: Draft) -> bool:
    """True for a kind that a line can hold, with no more answers than there are letters."""
    return (
        draft.kind is not Kind.HOTSPOT and max((number for _name, number in _cells(draft)), default=0) <= MOST_ANSWERS
    )


def _kept(cell: str) -> str:
    """Return a text that looks like one made harmless with a sign more, so that taking one away gives it again."""
    return f"'{cell}" if _LIKE_FORMULA.match(cell) else cell


def _cells(draft: Draft) -> Cells:
    around = draft.stem.format
    cells: Cells = {
        ("id", 0): draft.source_id,
        ("topic", 0): draft.topic,
        ("title", 0): draft.title,
        ("kind", 0): draft.kind.value,
        ("question", 0): _rich(draft.stem, around),
        ("format", 0): around,
        ("explanation", 0): _rich(draft.explanation, around),
        ("goals", 0): "; ".join(draft.objectives),
        ("rests on", 0): draft.rests_on,
    }
    return cells | {key: cell for key, cell in _content(draft, around).items() if cell}


def _rich(text: Rich | None, around: str) -> str:
    """Return a text, with its format before it where that is another, or where it could be read as one."""
    if text is None or not text.text:
        return ""
    marked = text.format != around or _LIKE_FORMAT.match(text.text)
    return f"[{text.format}]{text.text}" if marked else text.text


def _content(draft: Draft, around: str) -> Cells:  # noqa: PLR0911 - one a kind
    match draft.content:
        case Choices() as choices:
            return _options(choices, around)
        case Statement(is_true, when_true, when_false):
            told = {("feedback", 1): _rich(when_true, around), ("feedback", 2): _rich(when_false, around)}
            return {("right", 0): "true" if is_true else "false", **told}
        case ShortText(forms, exact_case, typos):
            cells: Cells = {("capitals", 0): "yes" if exact_case else "", ("slips", 0): "yes" if typos else ""}
            for number, form in enumerate(forms, start=1):
                cells |= {("answer", number): form.text, ("worth", number): _worth(form.share)}
                cells |= {("feedback", number): _rich(form.feedback, around)}
            return cells
        case Numbers() as numbers:
            return _numbers(numbers, around)
        case Pairs(matches, distractors):
            pairs = {("answer", n): _rich(match.left, around) for n, match in enumerate(matches, start=1)}
            rights = [*(match.right for match in matches), *distractors]
            return pairs | {("pair", n): right for n, right in enumerate(rights, start=1)}
        case Ordering(items):
            return {("answer", n): _rich(item.text, around) for n, item in enumerate(items, start=1)}
        case OpenText(model, points):
            return {("answer", n): _rich(text, around) for n, text in enumerate((model, *points), start=1)}
        case Cloze(gaps):
            return {("answer", n): gap_cell(gap, around) for n, gap in enumerate(gaps, start=1)}
        case _:
            return {}


def _options(choices: Choices, around: str) -> Cells:
    right = " ".join(chr(ord("A") + n) for n, option in enumerate(choices.options) if option.share == 1)
    cells: Cells = {("right", 0): right, ("shuffle", 0): "yes" if choices.shuffle else "no"}
    for number, option in enumerate(choices.options, start=1):
        cells[("answer", number)] = _rich(option.text, around)
        cells[("worth", number)] = _worth(option.share) if 0 < option.share < 1 else ""
        cells[("feedback", number)] = _rich(option.feedback, around)
    return cells


def _worth(share: float) -> str:
    return "" if share == 1 else f"{round(share * 100, 5):.9g}"


def _numbers(numbers: Numbers, around: str) -> Cells:
    cells: Cells = {("units", 0): "; ".join(map(_unit, numbers.units))}
    cells[("unit needed", 0)] = "yes" if numbers.unit_needed else ""
    for number, span in enumerate(numbers.spans, start=1):
        cells |= {("answer", number): _span(span), ("worth", number): _worth(span.share)}
        cells |= {("feedback", number): _rich(span.feedback, around)}
    if numbers.otherwise:
        last = len(numbers.spans) + 1
        cells |= {("answer", last): "*", ("feedback", last): _rich(numbers.otherwise, around)}
    return cells


def _span(span: Span) -> str:
    low, high = (str(int(end)) if end.is_integer() and abs(end) < 1e15 else repr(end) for end in (span.low, span.high))  # noqa: PLR2004
    return low if low == high else f"{low}..{high}"


def _unit(unit: Unit) -> str:
    return unit.text if unit.factor == 1 else f"{unit.text}={unit.factor!r}"


def gap_cell(gap: Gap, around: str) -> str:
    """Return what fits a gap as one cell (see gift_gaps.py)."""
    match gap:
        case ShortText(forms=(form,)) if form.share == 1 and not form.feedback and form.text[:1] not in "=~#[":
            return marks_of(gap) + form.text
        case ShortText():
            return marks_of(gap) + " ".join(answers_of(Kind.SHORT_TEXT, gap, around))
        case Choices():
            return marks_of(gap) + " ".join(_chosen(gap, around))
        case Numbers():
            return " ".join(answers_of(Kind.NUMERIC, gap, around))


def _chosen(gap: Choices, around: str) -> list[str]:
    """Return the options of a gap; where all are right, by their weights: without a wrong one GIFT reads typed text."""
    answers = answers_of(Kind.SINGLE, gap, around)
    all_right = all(option.share == 1 for option in gap.options)
    return [f"~%100%{answer[1:]}" for answer in answers] if all_right else answers

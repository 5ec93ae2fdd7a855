"""Answers that an author writes line by line: forms and options with feedback, numbers with margins, units, corners.

What is written here reads back the same; numbers may have a comma or a point.
"""

import re
from decimal import Decimal, InvalidOperation

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Choices, Form, Gap, Numbers, Option, ShortText, Span, Unit

SAID = "##"
KEYS = "abcdefghijklmnopqrstuvwxyz"
_WITHIN = re.compile(r"(.+?)\s*(?:±|\+/-)\s*(.+)")


def parts_of(text: str) -> list[tuple[str, str]]:
    """Return each line as an answer and what is said to it."""
    cut = (line.partition(SAID) for line in text.splitlines())
    return [(answer.strip(), said.strip()) for answer, _mark, said in cut if answer.strip()]


def read_forms(text: str, share: float, written: str) -> tuple[Form, ...]:
    """Return a line each as an accepted form."""
    return tuple(Form(answer, share, _rich(said, written)) for answer, said in parts_of(text))


def read_spans(text: str, share: float, written: str = "markdown") -> tuple[Span, ...] | None:
    """Return a line each as a span: ``4``, ``3..5``, ``3,14 ± 0,01``; None when one cannot be read."""
    spans = []
    for answer, said in parts_of(text):
        edges = _edges(answer)
        if edges is None:
            return None
        spans.append(Span(*edges, share, _rich(said, written)))
    return tuple(spans)


def read_units(text: str) -> tuple[Unit, ...] | None:
    """Return a line each as a unit with how many of the first one it is; None when one cannot be read."""
    units = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _mark, factor = line.partition("=")
        number = _number(factor) if factor.strip() else Decimal(1)
        if not name.strip() or not number or number < 0:
            return None
        units.append(Unit(name.strip(), float(number)))
    return tuple(units)


def write_units(units: tuple[Unit, ...]) -> str:
    """Return units as `read_units` reads them."""
    return "\n".join(unit.text if unit.factor == 1 else f"{unit.text} = {unit.factor!r}" for unit in units)


def read_coords(text: str) -> tuple[float, ...] | None:
    """Return numbers with commas, semicolons or spaces between them; None when one cannot be read."""
    numbers = [_number(part) for part in re.split(r"[;,\s]+", text.strip()) if part]
    return tuple(float(number) for number in numbers if number is not None) if None not in numbers else None


def read_gap(row: dict[str, str], before: Gap | None, written: str) -> Gap:
    """Return the gap that a row describes; an option whose words stay keeps its key."""
    shares = {"right": 1.0, "half": 0.5, "wrong": 0.0}
    if row["gap"] == "numeric":
        spans = tuple(span for name, share in shares.items() for span in read_spans(row[name], share, written) or ())
        return Numbers(spans, units=(Unit(row["unit"]),) if row["unit"] else ())
    forms = tuple(form for name, share in shares.items() for form in read_forms(row[name], share, written))
    if row["gap"] == "short_text":
        return ShortText(forms, typos=bool(row["typos"]))
    kept = {option.text.text: option.key for option in before.options} if isinstance(before, Choices) else {}
    free = iter(key for key in KEYS if key not in kept.values())
    options = tuple(
        Option(kept.get(f.text) or next(free), Rich(f.text, written), f.share, f.feedback)
        for f in forms[: len(KEYS) - len(kept)]
    )
    return Choices(options, one_only=True, shuffle=False)


def write_gap(gap: Gap) -> dict[str, str | bool]:
    """Return a gap as the fields of its row."""
    match gap:
        case ShortText(forms, typos=typos):
            lines = [(form.share, form.text, form.feedback) for form in forms]
            return {"gap": "short_text", "typos": typos, **_by_share(lines)}
        case Numbers(spans, units=units):
            lines = [(span.share, _edges_text(span), span.feedback) for span in spans]
            return {"gap": "numeric", "unit": units[0].text if units else "", **_by_share(lines)}
        case Choices(options):
            lines = [(option.share, option.text.text, option.feedback) for option in options]
            return {"gap": "single", **_by_share(lines)}


def _by_share(lines: list[tuple[float, str, Rich | None]]) -> dict[str, str]:
    told: dict[str, list[str]] = {"right": [], "half": [], "wrong": []}
    for share, text, said in lines:
        name = "right" if share >= 1 else "half" if share > 0 else "wrong"
        told[name].append(f"{text} {SAID} {said.text}" if said else text)
    return {name: "\n".join(line.replace("\n", " ") for line in each) for name, each in told.items()}


def _edges(text: str) -> tuple[float, float] | None:
    if found := _WITHIN.fullmatch(text):
        middle, margin = _number(found[1]), _number(found[2])
        return None if middle is None or margin is None else (float(middle - margin), float(middle + margin))
    low, _mark, high = text.partition("..")
    edges = [_number(low), _number(high or low)]
    if edges[0] is None or edges[1] is None:
        return None
    return float(min(edges[0], edges[1])), float(max(edges[0], edges[1]))


def _edges_text(span: Span) -> str:
    return repr(span.low) if span.low == span.high else f"{span.low!r}..{span.high!r}"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _rich(said: str, written: str) -> Rich | None:
    return Rich(said, written) if said else None

"""The kinds of question that can be played, and what each needs to be asked and judged.

A question keeps its answers as JSON in one column; here is its typed form. Nothing in it is about a person.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Rich

Json = dict[str, Any]


class Kind(TextChoices):
    """The kinds of question that the practice app can ask and judge by itself."""

    SINGLE = "single", _("one answer")
    MULTIPLE = "multiple", _("several answers")
    TRUE_FALSE = "true_false", _("true or false")
    SHORT_TEXT = "short_text", _("short text")
    NUMERIC = "numeric", _("number")
    MATCHING = "matching", _("matching")
    ORDERING = "ordering", _("putting in order")
    CLOZE = "cloze", _("text with gaps")
    HOTSPOT = "hotspot", _("place on a picture")
    OPEN = "open", _("open, judged by the learner")


@dataclass(frozen=True)
class Option:
    """One option. `share` is how right it is: 1 wholly, 0 not, between them partly; `key` stays when texts change."""

    key: str
    text: Rich
    share: float
    feedback: Rich | None = None


@dataclass(frozen=True)
class Choices:
    """Options to choose from: just one of them, or any number.

    `shuffle` is off where the order means something ("all of the above").
    """

    options: tuple[Option, ...]
    one_only: bool
    shuffle: bool = True


@dataclass(frozen=True)
class Statement:
    """A statement that is true or not, with what is said to whoever answers "true" or "false"."""

    is_true: bool
    when_true: Rich | None = None
    when_false: Rich | None = None


@dataclass(frozen=True)
class Form:
    """One accepted form of a typed answer; ``*`` stands for any text. `share` as in `Option`."""

    text: str
    share: float
    feedback: Rich | None = None


@dataclass(frozen=True)
class ShortText:
    """The accepted forms, tried in order; capitals count only when `exact_case`.

    With `typos` a slip of the finger in a longer word is forgiven (see typed.py).
    """

    forms: tuple[Form, ...]
    exact_case: bool = False
    typos: bool = False


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`, both included. `share` as in `Option`."""

    low: float
    high: float
    share: float
    feedback: Rich | None = None


@dataclass(frozen=True)
class Unit:
    """A unit that may be typed behind a number; one of it is `factor` of the first unit (m: 1, km: 1000, cm: 0.01)."""

    text: str
    factor: float = 1.0


@dataclass(frozen=True)
class Numbers:
    """The accepted spans, the best one wins; `otherwise` is said to any other number.

    The spans are counted in the first of the `units`. With `unit_needed` a right number without one is partly right;
    else the first unit stands beside the field and may be left out.
    """

    spans: tuple[Span, ...]
    otherwise: Rich | None = None
    units: tuple[Unit, ...] = ()
    unit_needed: bool = False


@dataclass(frozen=True)
class Match:
    """A left side and the right side that belongs to it."""

    left: Rich
    right: str


@dataclass(frozen=True)
class Pairs:
    """Pairs to bring together, and right sides that belong to none."""

    matches: tuple[Match, ...]
    distractors: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """Return each different right side once, sorted: an order that tells nothing about the pairs.

        What differs in capitals only is told apart by them, or its number would be another one each time.
        """
        every = {*(match.right for match in self.matches), *self.distractors}
        return tuple(sorted(every, key=lambda side: (side.casefold(), side)))


@dataclass(frozen=True)
class Item:
    """One of the things to put in order; `key` stays when texts change."""

    key: str
    text: Rich


@dataclass(frozen=True)
class Ordering:
    """Things in their right order; a learner meets them in another one."""

    items: tuple[Item, ...]


Gap = ShortText | Numbers | Choices


@dataclass(frozen=True)
class Cloze:
    """The gaps of a text: the first stands where the question says ``[[1]]``, and so on; each mark occurs once.

    A gap is typed, a number, or chosen (then `Choices` of which just one is chosen).
    """

    gaps: tuple[Gap, ...]


class Shape(StrEnum):
    """The shape of an area on a picture, and what its numbers are, as in HTML's ``<area>`` and in QTI."""

    RECT = "rect"  # left, top, right, bottom
    CIRCLE = "circle"  # centre from the left, centre from the top, radius
    POLYGON = "poly"  # from the left, from the top, for three corners or more


@dataclass(frozen=True)
class Area:
    """An area of a picture. Its numbers are percents: of the width from the left, of the height from the top.

    A radius is in percents of the width. `share` as in `Option`; `name` is for whoever does not see the picture, and
    is what is chosen where the areas are named.
    """

    key: str
    name: str
    shape: Shape
    coords: tuple[float, ...]
    share: float
    feedback: Rich | None = None


@dataclass(frozen=True)
class Hotspot:
    """A picture of the bank (by its name there) on which the right place is pointed at.

    `named`: the areas are drawn and called by name, and are chosen from: just one, or any number (not `one_only`).
    Else nothing is drawn, and a place anywhere is pointed at; areas with a share of 0 then only give feedback.
    `ratio` is the height of the picture divided by its width.
    """

    picture: str
    areas: tuple[Area, ...]
    named: bool = False
    one_only: bool = True
    ratio: float = 1.0


@dataclass(frozen=True)
class OpenText:
    """A question that is answered in own words; the learner then sees a model answer, and judges.

    `points` are what a good answer holds, each to be ticked by eye.
    """

    model: Rich
    points: tuple[Rich, ...] = ()


Content = Choices | Statement | ShortText | Numbers | Pairs | Ordering | Cloze | Hotspot | OpenText

_GAP_KINDS = {ShortText: Kind.SHORT_TEXT, Numbers: Kind.NUMERIC, Choices: Kind.SINGLE}
GAP_MARK = re.compile(r"\[\[(\d{1,2})\]\]")


def gaps_in(text: str) -> list[int]:
    """Return the numbers of the gaps that a text marks, in the order of the text: ``a [[2]] b [[1]]`` → 2, 1."""
    return [int(number) for number in GAP_MARK.findall(text)]


def to_json(content: Content) -> Json:
    """Return the content of a question as plain data for its column; what came later is told only where it is used."""
    match content:
        case Choices() | Statement() | Pairs() | Ordering():
            return _chosen_to_json(content)
        case ShortText() | Numbers():
            return _typed_to_json(content)
        case Cloze(gaps):
            return {"gaps": [{"kind": _GAP_KINDS[type(gap)].value, **to_json(gap)} for gap in gaps]}
        case Hotspot(picture, areas, named, one_only, ratio):
            told = {"picture": picture, "named": named, "one_only": one_only, "ratio": ratio}
            return told | {"areas": [_area(area) for area in areas]}
        case OpenText(model, points):
            return {"model": _rich(model), "points": [_rich(point) for point in points]}


def from_json(kind: str, data: Json) -> Content:  # noqa: PLR0911 - one a kind
    """Return the typed content of a question of this kind; raises KeyError or ValueError for data that is not its."""
    match Kind(kind):
        case Kind.SINGLE | Kind.MULTIPLE:
            options = (Option(o["key"], _text(o["text"]), o["share"], _or_none(o["feedback"])) for o in data["options"])
            return Choices(tuple(options), Kind(kind) is Kind.SINGLE, data["shuffle"])
        case Kind.TRUE_FALSE:
            return Statement(data["is_true"], _or_none(data["when_true"]), _or_none(data["when_false"]))
        case Kind.SHORT_TEXT:
            forms = tuple(Form(f["text"], f["share"], _or_none(f["feedback"])) for f in data["forms"])
            return ShortText(forms, data["exact_case"], data.get("typos", False))
        case Kind.NUMERIC:
            return _numbers(data)
        case Kind.MATCHING:
            return Pairs(
                tuple(Match(_text(m["left"]), m["right"]) for m in data["matches"]), tuple(data["distractors"])
            )
        case Kind.ORDERING:
            return Ordering(tuple(Item(i["key"], _text(i["text"])) for i in data["items"]))
        case Kind.CLOZE:
            return Cloze(tuple(_gap(gap) for gap in data["gaps"]))
        case Kind.HOTSPOT:
            areas = tuple(_area_of(area) for area in data["areas"])
            return Hotspot(data["picture"], areas, data["named"], data["one_only"], data["ratio"])
        case Kind.OPEN:
            return OpenText(_text(data["model"]), tuple(_text(point) for point in data["points"]))


def _chosen_to_json(content: Choices | Statement | Pairs | Ordering) -> Json:
    match content:
        case Choices(options=options, shuffle=shuffle):
            return {
                "shuffle": shuffle,
                "options": [
                    {"key": o.key, "text": _rich(o.text), "share": o.share, "feedback": _rich(o.feedback)}
                    for o in options
                ],
            }
        case Statement(is_true, when_true, when_false):
            return {"is_true": is_true, "when_true": _rich(when_true), "when_false": _rich(when_false)}
        case Pairs(matches, distractors):
            return {
                "matches": [{"left": _rich(m.left), "right": m.right} for m in matches],
                "distractors": list(distractors),
            }
        case Ordering(items):
            return {"items": [{"key": item.key, "text": _rich(item.text)} for item in items]}


def _typed_to_json(content: ShortText | Numbers) -> Json:
    match content:
        case ShortText(forms, exact_case, typos):
            told = [{"text": f.text, "share": f.share, "feedback": _rich(f.feedback)} for f in forms]
            return {"exact_case": exact_case, "forms": told} | ({"typos": True} if typos else {})
        case Numbers(spans, otherwise, units, unit_needed):
            told = [{"low": s.low, "high": s.high, "share": s.share, "feedback": _rich(s.feedback)} for s in spans]
            more = {"units": [{"text": u.text, "factor": u.factor} for u in units], "unit_needed": unit_needed}
            return {"otherwise": _rich(otherwise), "spans": told} | (more if units else {})


def _numbers(data: Json) -> Numbers:
    spans = tuple(Span(s["low"], s["high"], s["share"], _or_none(s["feedback"])) for s in data["spans"])
    units = tuple(Unit(u["text"], u["factor"]) for u in data.get("units", ()))
    return Numbers(spans, _or_none(data["otherwise"]), units, data.get("unit_needed", False))


def _gap(data: Json) -> Gap:
    gap = from_json(data["kind"], data)
    if not isinstance(gap, ShortText | Numbers | Choices) or (isinstance(gap, Choices) and not gap.one_only):
        raise ValueError("A gap is typed, a number, or chosen.")
    return gap


def _area(area: Area) -> Json:
    return {
        "key": area.key,
        "name": area.name,
        "shape": area.shape.value,
        "coords": list(area.coords),
        "share": area.share,
        "feedback": _rich(area.feedback),
    }


def _area_of(data: Json) -> Area:
    coords = tuple(data["coords"])
    return Area(data["key"], data["name"], Shape(data["shape"]), coords, data["share"], _or_none(data["feedback"]))


def _rich(text: Rich | None) -> Json | None:
    return {"text": text.text, "format": text.format} if text else None


def _text(data: Json) -> Rich:
    return Rich(data["text"], data["format"])


def _or_none(data: Json | None) -> Rich | None:
    return _text(data) if data else None

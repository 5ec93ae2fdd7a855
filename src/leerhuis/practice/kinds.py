"""The kinds of question that can be played, and what each needs to be asked and judged.

A question keeps its answers as JSON in one column; here is its typed form. Nothing in it is about a person.
"""

from dataclasses import dataclass
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
    """The accepted forms, tried in order; capitals count only when `exact_case`."""

    forms: tuple[Form, ...]
    exact_case: bool = False


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`, both included. `share` as in `Option`."""

    low: float
    high: float
    share: float
    feedback: Rich | None = None


@dataclass(frozen=True)
class Numbers:
    """The accepted spans, the best one wins; `otherwise` is said to any other number."""

    spans: tuple[Span, ...]
    otherwise: Rich | None = None


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
        """Return each different right side once, sorted: an order that tells nothing about the pairs."""
        return tuple(sorted({*(match.right for match in self.matches), *self.distractors}, key=str.casefold))


Content = Choices | Statement | ShortText | Numbers | Pairs


def to_json(content: Content) -> Json:
    """Return the content of a question as plain data for its column."""
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
        case ShortText(forms, exact_case):
            told = [{"text": f.text, "share": f.share, "feedback": _rich(f.feedback)} for f in forms]
            return {"exact_case": exact_case, "forms": told}
        case Numbers(spans, otherwise):
            told = [{"low": s.low, "high": s.high, "share": s.share, "feedback": _rich(s.feedback)} for s in spans]
            return {"otherwise": _rich(otherwise), "spans": told}
        case Pairs(matches, distractors):
            return {
                "matches": [{"left": _rich(m.left), "right": m.right} for m in matches],
                "distractors": list(distractors),
            }


def from_json(kind: str, data: Json) -> Content:
    """Return the typed content of a question of this kind; raises KeyError or ValueError for data that is not its."""
    match Kind(kind):
        case Kind.SINGLE | Kind.MULTIPLE:
            options = (Option(o["key"], _text(o["text"]), o["share"], _or_none(o["feedback"])) for o in data["options"])
            return Choices(tuple(options), Kind(kind) is Kind.SINGLE, data["shuffle"])
        case Kind.TRUE_FALSE:
            return Statement(data["is_true"], _or_none(data["when_true"]), _or_none(data["when_false"]))
        case Kind.SHORT_TEXT:
            forms = tuple(Form(f["text"], f["share"], _or_none(f["feedback"])) for f in data["forms"])
            return ShortText(forms, data["exact_case"])
        case Kind.NUMERIC:
            spans = tuple(Span(s["low"], s["high"], s["share"], _or_none(s["feedback"])) for s in data["spans"])
            return Numbers(spans, _or_none(data["otherwise"]))
        case Kind.MATCHING:
            return Pairs(
                tuple(Match(_text(m["left"]), m["right"]) for m in data["matches"]), tuple(data["distractors"])
            )


def _rich(text: Rich | None) -> Json | None:
    return {"text": text.text, "format": text.format} if text else None


def _text(data: Json) -> Rich:
    return Rich(data["text"], data["format"])


def _or_none(data: Json | None) -> Rich | None:
    return _text(data) if data else None

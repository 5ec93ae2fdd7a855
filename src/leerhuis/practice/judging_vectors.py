# ruff: noqa: RUF001 - letters that look like others are just what has to be judged alike
"""Vectors that hold judging in the browser to judging here: a question, what was filled in, and what it comes to.

``python -m leerhuis.practice.judging_vectors > frontend/tests/fixtures/judging.json``. Both sides are tested against
the file. Questions and answers are made by chance, the same each time, from pieces that are hard to judge alike:
capitals of other scripts, accents written in two ways, numbers as people type them, places on the edge of an area.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from leerhuis.practice.answers import right_answer
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.grading import Unreadable, Verdict, grade, read_answer
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Content,
    Form,
    Gap,
    Hotspot,
    Item,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Pairs,
    Shape,
    ShortText,
    Span,
    Statement,
    Unit,
    to_json,
)

SEED: Final = 2028
QUESTIONS: Final = 14  # of each kind
TRIES: Final = 8  # answers to each
SHARES: Final = (1.0, 1.0, 0.5, 0.0)
FORMS: Final = (
    "AVG", "straße", "ΣΟΦΟΣ", "ﬁets", "Autoriteit Persoonsgegevens", "verwerkingsregister", "cafe\u0301", "artikel 6",
    "privacy*", "*wet", "a*b*c", "’s-Hertogenbosch", "İstanbul", "ISTANBUL", "ıssız", "10 weken", "𝒜lgebra", "a | b",
    "een-op-een", "µg",
)  # fmt: skip
TYPED: Final = (
    "avg", "  AVG ", "STRASSE", "σοφος", "fiets", "autoriteit persoonsgegevens", "autoriteit persoonsgegeven",
    "autoriteit perosnosgegevens", "verwerkingsregiser", "verwerkigsregistr", "CAFÉ", "cafe", "artikel 9", "artikle 6",
    "privacywet", "privacy", "uitvoeringswet", "axbxc", "abc", "ac", "'s-hertogenbosch", "’S-HERTOGENBOSCH", "istanbul",
    "ISSIZ", "tien weken", "10\u00a0weken", "10\u2003 weken", "𝒜LGEBRA", "a ¦ b", "a | b", "een\u2013op—een", "μg", "",
    "   ", "\x1c", "x" * 500,
)  # fmt: skip
FIGURES: Final = (
    "4", "4,0", "4.0", "4.", ".5", ",5", "-4", "−4", "+4", "1.000", "1,000", "1.000,50", "1,000.50", "1.000.000", "4e3",
    "4E-2", "5.e2", "€ 4", "4 %", "1 000", "1_000", "٤", "４", "1e400", "vier", "4 km", "4km", "4 KM", "4 m", "4 mW",
    "4 MW", "4 mw", "0,04 km", "4000 mm", "4 mijl", "4.5.6", "3,9999999999", "4.0000000001", "2'000", "",
)  # fmt: skip
UNITS: Final = (
    (),
    (Unit("m"), Unit("km", 1000.0), Unit("cm", 0.01)),
    (Unit("mW"), Unit("MW", 1e9)),
    (Unit("€"),),
)
PLACES: Final = (
    "50,50", "50.0,50.0", "0,0", "100,100", "100.1,5", "A1", "C4", "J8", "K1", "A9", "a1", "34.5,61", "34.25,61",
    "34.75,61.25", "x", "1,2,3", "", ",", "5,", "1e1,5",
)  # fmt: skip
NAMES: Final = tuple("abcdef")


def made() -> list[dict[str, Any]]:
    """Return the vectors: of each kind so many questions, with so many answers each, and one that is right."""
    chance = random.Random(SEED)  # noqa: S311 - the same vectors each time, no secret
    return [vector for kind, make in MAKERS.items() for _ in range(QUESTIONS) for vector in _of(kind, make, chance)]


def _of(kind: Kind, make: Callable[[random.Random], Content], chance: random.Random) -> Iterator[dict[str, Any]]:
    content = make(chance)
    told = {"kind": kind.value, "content": to_json(content)}
    if right := right_answer(content):
        yield told | {"line": right, **_judged(grade(content, right))}
    for _ in range(TRIES):
        fields = _fields(content, chance)
        yield told | {"fields": fields, **_tried(content, fields)}


def _tried(content: Content, fields: dict[str, list[str]]) -> dict[str, Any]:
    try:
        line = read_answer(content, lambda name: fields.get(name, []))
    except Unreadable as fault:
        return {"unreadable": "empty" if isinstance(fault.words, str) else "number"}
    return {"line": line, **_judged(grade(content, line))}


def _judged(verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.value,
        "feedback": [said.text for said in verdict.feedback],
        "meant": verdict.meant,
        "parts": [_judged(part) for part in verdict.parts],
    }


# --- questions -------------------------------------------------------------------------------------------------------
def _said(chance: random.Random) -> Rich | None:
    return chance.choice((None, Rich(f"said {chance.randrange(100)}", "plain")))


def _options(chance: random.Random) -> tuple[Option, ...]:
    keys = NAMES[: chance.randint(2, 6)]
    shares = [1.0, *(chance.choice(SHARES) for _ in keys[1:])]
    chance.shuffle(shares)
    return tuple(Option(key, Rich(key), share, _said(chance)) for key, share in zip(keys, shares, strict=True))


def _short(chance: random.Random) -> ShortText:
    texts = chance.sample(FORMS, chance.randint(1, 4))
    shares = [1.0, *(chance.choice(SHARES) for _ in texts[1:])]
    forms = tuple(Form(text, share, _said(chance)) for text, share in zip(texts, shares, strict=True))
    return ShortText(forms, exact_case=chance.random() < 1 / 4, typos=chance.random() < 2 / 3)


def _number(chance: random.Random) -> Numbers:
    low = chance.choice((4.0, 4000.0, 0.5, -4.0, 1000.5))
    spans = [Span(low, low + chance.choice((0, 0.1)), 1.0, _said(chance)), Span(low - 1, low + 1, 0.5, _said(chance))]
    units = chance.choice(UNITS)
    return Numbers(tuple(spans[: chance.randint(1, 2)]), _said(chance), units, bool(units) and chance.random() < 1 / 2)


def _pairs(chance: random.Random) -> Pairs:
    rights = ["decides", "Works", "works", "watches", "ändert", "Zeta"]
    chance.shuffle(rights)
    count = chance.randint(2, 4)
    return Pairs(tuple(Match(Rich(str(n)), rights[n]) for n in range(count)), tuple(rights[count : count + 1]))


def _ordering(chance: random.Random) -> Ordering:
    keys = list(NAMES[: chance.randint(2, 6)])
    chance.shuffle(keys)
    return Ordering(tuple(Item(key, Rich(key)) for key in keys))


def _choices(chance: random.Random) -> Choices:
    return Choices(_options(chance), one_only=True)


def _cloze(chance: random.Random) -> Cloze:
    makers: tuple[Callable[[random.Random], Gap], ...] = (
        _short,
        _number,
        lambda c: Choices(_options(c), one_only=True),
    )
    return Cloze(tuple(chance.choice(makers)(chance) for _ in range(chance.randint(1, 4))))


def _area(key: str, share: float, chance: random.Random) -> Area:
    x, y = chance.uniform(5, 70), chance.uniform(5, 70)
    shapes = {
        Shape.RECT: (x, y, x + 20, y + 15),
        Shape.CIRCLE: (x, y, chance.uniform(2, 12)),
        Shape.POLYGON: (x, y, x + 20, y + 5, x + 10, y + 20),
    }
    shape = chance.choice(tuple(shapes))
    coords = tuple(round(number, 1) for number in shapes[shape])
    return Area(key, key, shape, coords, share, _said(chance))


def _hotspot(chance: random.Random) -> Hotspot:
    shares = [1.0, *(chance.choice(SHARES) for _ in range(chance.randint(0, 3)))]
    areas = tuple(_area(NAMES[n], share, chance) for n, share in enumerate(shares))
    ratio = chance.choice((1.0, 0.5, 1.5))
    return Hotspot("p.png", areas, named=chance.random() < 1 / 3, one_only=chance.random() < 1 / 2, ratio=ratio)


MAKERS: Final[dict[Kind, Callable[[random.Random], Content]]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: lambda chance: Choices(_options(chance), one_only=False),
    Kind.TRUE_FALSE: lambda chance: Statement(chance.random() < 1 / 2, _said(chance), _said(chance)),
    Kind.SHORT_TEXT: _short,
    Kind.NUMERIC: _number,
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _ordering,
    Kind.CLOZE: _cloze,
    Kind.HOTSPOT: _hotspot,
    Kind.OPEN: lambda _chance: OpenText(Rich("model"), (Rich("point"),)),
}


# --- answers ---------------------------------------------------------------------------------------------------------
def _fields(content: Content, chance: random.Random) -> dict[str, list[str]]:  # noqa: PLR0911 - one a kind
    match content:
        case Choices():
            return {"choice": chance.sample((*NAMES, "z"), chance.randint(0, 4))}
        case Statement():
            return {"choice": [chance.choice(("true", "false", "maybe"))]}
        case Pairs(matches):
            return {f"match-{n}": [chance.choice(("0", "1", "2", "3", "4", "9", "x", ""))] for n in range(len(matches))}
        case Ordering(items):
            return {"order": _reordered([item.key for item in items], chance)}
        case Cloze(gaps):
            return {f"gap-{n}": [_filled(gap, chance)] for n, gap in enumerate(gaps)}
        case Hotspot(areas=areas):
            return {"choice": chance.sample(NAMES, chance.randint(0, 3)), "place": [_pointed(areas, chance)]}
        case OpenText():
            judged = chance.choice(("right", "partly", "wrong", "maybe"))
            return {"text": [chance.choice(("Two\r\n\tlines ", "One", "  "))], "judged": [judged]}
        case ShortText():
            return {"text": [_typed(content, chance)]}
        case Numbers():
            return {"text": [_figure(content, chance)]}


def _reordered(keys: list[str], chance: random.Random) -> list[str]:
    moved = keys.pop(chance.randrange(len(keys)))
    keys.insert(chance.randint(0, len(keys)), moved)
    if chance.random() < 1 / 3:
        chance.shuffle(keys)
    return keys if chance.random() < 0.9 else keys[1:]  # noqa: PLR2004 - some orders lack a thing


def _filled(gap: Gap, chance: random.Random) -> str:
    match gap:
        case ShortText():
            return _typed(gap, chance)
        case Numbers():
            return _figure(gap, chance)
        case Choices():
            return chance.choice((*NAMES[:3], ""))


def _typed(content: ShortText, chance: random.Random) -> str:
    """Return what somebody types: something else, or one of the forms with a slip of the finger or without."""
    if chance.random() < 1 / 3:
        return chance.choice(TYPED)
    letters = list(chance.choice(content.forms).text)
    place = chance.randrange(len(letters))
    match chance.choice(("same", "capitals", "lost", "twice", "wrong", "swapped")):
        case "capitals":
            return "".join(letters).swapcase()
        case "lost":
            letters.pop(place)
        case "twice":
            letters.insert(place, letters[place])
        case "wrong":
            letters[place] = chance.choice("qxz7é")
        case "swapped":
            letters[place - 1 : place + 1] = reversed(letters[place - 1 : place + 1])
    return "".join(letters)


def _figure(content: Numbers, chance: random.Random) -> str:
    """Return what somebody types: something else, or a number about right, with a unit of the question or without."""
    if chance.random() < 1 / 2:
        return chance.choice(FIGURES)
    unit = chance.choice((Unit(""), *content.units))
    number = (content.spans[0].low + chance.choice((0, 0, 0.05, 0.7, -0.7, 2))) / unit.factor
    return f"{number:.12g}".replace(".", chance.choice(".,")) + chance.choice(("", " ")) + unit.text


def _pointed(areas: tuple[Area, ...], chance: random.Random) -> str:
    """Return a place: any, or one on the first area or not far beside it."""
    x, y = areas[0].coords[0] + chance.choice((-4, -2, 0, 3, 8)), areas[0].coords[1] + chance.choice((-4, -2, 0, 3, 8))
    return chance.choice((*PLACES, *[f"{x:g},{y:g}"] * 30))


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in made())
    sys.stdout.write(f"[\n{lines}\n]\n")

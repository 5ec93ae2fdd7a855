"""Writing questions as Moodle XML, so that Moodle takes them and reading them again gives the same questions."""

import base64
import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from leerhuis.practice.exchange.drafts import Draft, label_of, rich_texts
from leerhuis.practice.exchange.gaps import around, write_embedded
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.moodle import FORMATS
from leerhuis.practice.exchange.pictures import SCHEME, Picture
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Content,
    Kind,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Statement,
    Unit,
)

TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.SHORT_TEXT: "shortanswer",
    Kind.NUMERIC: "numerical",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.CLOZE: "cloze",
    Kind.OPEN: "essay",
}
_NAMES = {ours: theirs for theirs, ours in FORMATS.items()}
_MENTION = re.compile(rf"\b{SCHEME}([a-z0-9][a-z0-9._-]{{0,99}})")
Node = Any


def write_moodle(drafts: Iterable[Draft]) -> bytes:
    """Return the questions as one quiz file, with a category where the topic changes."""
    root = etree.Element("quiz")
    topic = ""
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            category = etree.SubElement(etree.SubElement(root, "question", type="category"), "category")
            _add(category, "text", f"$course$/top/{topic.replace('/', '//')}" if topic else "$course$/top")
        _question(root, draft)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _question(root: Node, draft: Draft) -> None:
    node = etree.SubElement(root, "question", type=TYPES[draft.kind])
    _add(etree.SubElement(node, "name"), "text", draft.title or label_of(draft.stem.text))
    stem = draft.stem
    if isinstance(draft.content, Cloze):
        stem = Rich(write_embedded(stem, draft.content), stem.format)
    _text(node, "questiontext", stem, draft.pictures)
    _text(node, "generalfeedback", draft.explanation or Rich("", "html"), draft.pictures)
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        _add(node, name, value)
    _add(node, "idnumber", draft.source_id)
    _answers(node, draft.kind, draft.content, draft.pictures)
    if draft.tags:
        tags = etree.SubElement(node, "tags")
        for tag in draft.tags:
            _add(etree.SubElement(tags, "tag"), "text", tag)


def _add(node: Node, name: str, text: str) -> Node:
    made = etree.SubElement(node, name)
    made.text = text
    return made


def _text(node: Node, name: str, text: Rich, pictures: Sequence[Picture], **more: str) -> Node:
    """Add a text with its format, and the pictures that it shows."""
    made = etree.SubElement(node, name, format=_NAMES[text.format], **more)
    shown = set(_MENTION.findall(text.text))
    words = _MENTION.sub(lambda found: f"@@PLUGINFILE@@/{found[1]}", text.text)
    _add(made, "text", words)
    for picture in pictures:
        if picture.name in shown:
            file = etree.SubElement(made, "file", name=picture.name, path="/", encoding="base64")
            file.text = base64.b64encode(picture.content).decode()
    return made


def _answer(node: Node, text: Rich, share: float, told: Rich | None, pictures: Sequence[Picture]) -> Node:
    made = _text(node, "answer", text, pictures, fraction=_percent(share))
    _text(made, "feedback", told or Rich("", "html"), pictures)
    return made


def _percent(share: float) -> str:
    return f"{round(share * 100, 5):.9g}"


def _answers(  # noqa: C901 - one a kind
    node: Node, kind: Kind, content: Content, pictures: Sequence[Picture]
) -> None:
    match content:
        case Choices() as choices:
            _options(node, kind, choices, pictures)
        case Statement(is_true, when_true, when_false):
            _answer(node, Rich("true"), float(is_true), when_true, pictures)
            _answer(node, Rich("false"), float(not is_true), when_false, pictures)
        case ShortText(forms, exact_case):
            _add(node, "usecase", "1" if exact_case else "0")
            for form in forms:
                _answer(node, Rich(form.text), form.share, form.feedback, pictures)
        case Numbers() as numbers:
            _numbers(node, numbers, pictures)
        case Pairs() as pairs:
            _pairs(node, pairs, pictures)
        case Ordering(items):
            for number, item in enumerate(items, start=1):
                _text(node, "answer", item.text, pictures, fraction=str(number))
        case OpenText(model):
            for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "10")):
                _add(node, name, value)
            _text(node, "graderinfo", model, pictures)


def _options(node: Node, kind: Kind, choices: Choices, pictures: Sequence[Picture]) -> None:
    """Add the options; of several, each right one is its part of the whole and each wrong one takes as much off."""
    several = kind is Kind.MULTIPLE
    part = 1 / max(1, sum(option.share == 1 for option in choices.options))
    _add(node, "single", "false" if several else "true")
    _add(node, "shuffleanswers", "true" if choices.shuffle else "false")
    _add(node, "answernumbering", "none")
    for option in choices.options:
        share = (part if option.share == 1 else -part) if several else option.share
        _answer(node, option.text, share, option.feedback, pictures)


def _numbers(node: Node, numbers: Numbers, pictures: Sequence[Picture]) -> None:
    for span in numbers.spans:
        middle, margin = around(span.low, span.high)
        _add(_answer(node, Rich(middle), span.share, span.feedback, pictures), "tolerance", margin)
    if numbers.otherwise:
        _add(_answer(node, Rich("*"), 0.0, numbers.otherwise, pictures), "tolerance", "0")
    if numbers.units:
        units = etree.SubElement(node, "units")
        for unit in numbers.units:
            _unit(units, unit)
    _add(node, "unitgradingtype", "1" if numbers.unit_needed else "0")
    _add(node, "unitpenalty", "0.5")
    _add(node, "showunits", "0" if numbers.unit_needed else "3")


def _unit(units: Node, unit: Unit) -> None:
    """Add a unit: Moodle says how many of it make one of the first."""
    made = etree.SubElement(units, "unit")
    _add(made, "multiplier", f"{1 / unit.factor:.15g}")
    _add(made, "unit_name", unit.text)


def _pairs(node: Node, pairs: Pairs, pictures: Sequence[Picture]) -> None:
    _add(node, "shuffleanswers", "true")
    sides = [(match.left, match.right) for match in pairs.matches]
    for left, right in [*sides, *((Rich("", "html"), right) for right in pairs.distractors)]:
        made = _text(node, "subquestion", left, pictures)
        _add(etree.SubElement(made, "answer"), "text", right)


def shows_pictures(draft: Draft) -> bool:
    """True for a question that names a picture of its bank anywhere."""
    return any(_MENTION.search(text.text) for text in rich_texts(draft))

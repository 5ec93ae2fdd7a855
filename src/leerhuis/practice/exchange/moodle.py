"""A reader of Moodle XML: each question of a quiz file, with the pictures in it.

Source: https://docs.moodle.org/en/Moodle_XML_format, and files that Moodle 3 and 4 wrote. A kind that is not asked
here comes back by its name, with the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from leerhuis.practice.exchange.drafts import label_of, share_of
from leerhuis.practice.exchange.gaps import KEYS, BadGaps, bounds, exact, read_embedded, read_listed
from leerhuis.practice.exchange.gift_items import (
    Body,
    Category,
    Choice,
    Description,
    Essay,
    Fault,
    Item,
    Matching,
    Options,
    Pair,
    Ready,
    Reason,
    Rich,
    ShortAnswer,
    TrueFalse,
    Unasked,
)
from leerhuis.practice.exchange.markup import Node, name_of, words_of
from leerhuis.practice.exchange.pictures import decoded
from leerhuis.practice.exchange.remarks import Unplayable
from leerhuis.practice.kinds import Item as Thing
from leerhuis.practice.kinds import Kind, Numbers, Ordering, Span, Unit

FORMATS = {"html": "html", "moodle_auto_format": "moodle", "plain_text": "plain", "markdown": "markdown"}
LONGEST_ID = 100  # characters of Moodle's own number field
WHY_NOT = {
    "stack": Unplayable.COMPUTED,
    "calculated": Unplayable.COMPUTED,
    "calculatedmulti": Unplayable.COMPUTED,
    "calculatedsimple": Unplayable.COMPUTED,
    "formulas": Unplayable.COMPUTED,
    "varnumeric": Unplayable.COMPUTED,
    "wiris": Unplayable.COMPUTED,
    "coderunner": Unplayable.PROGRAM,
    "random": Unplayable.RANDOM,
    "randomsamatch": Unplayable.RANDOM,
    "ddimageortext": Unplayable.ON_PICTURE,
    "ddmarker": Unplayable.ON_PICTURE,
}
WITH_GAPS = ("cloze", "multianswer", "gapselect", "ddwtos")


class _Odd(Exception):
    """The question cannot be read, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_moodle(root: Node) -> Iterator[Category | Item | Fault]:
    """Give every question and category of a quiz file, in order."""
    for number, node in enumerate((node for node in root if name_of(node) == "question"), start=1):
        called = (node.get("type") or "").strip()
        if called == "category":
            path = words_of(node.find("category/text")).strip()
            yield Category(number, path)
            continue
        title = " ".join(words_of(node.find("name/text")).split())
        line = node.sourceline or number
        try:
            item = _item(node, line, called, title)
            # A name that only repeats the beginning of the text is one that nobody gave.
            yield replace(item, title=None) if title == label_of(item.stem.text) else item
        except _Odd as odd:
            yield Fault(line, odd.reason, title or words_of(node.find("questiontext/text")), called)


def _item(node: Node, line: int, called: str, title: str) -> Item:
    stem = rich(node.find("questiontext"))
    told = rich(node.find("generalfeedback"))
    item = Item(
        line,
        title or None,
        stem,
        Description(),
        general_feedback=told if told.text else None,
        id=_id(node, title),
        tags=tuple(words_of(tag).strip() for tag in node.findall("tags/tag/text")),
        called=called,
        files=_files(node),
    )
    if called in WHY_NOT:
        return replace(item, body=Unasked(WHY_NOT[called]))
    if not stem.text:
        raise _Odd(Reason.NO_STEM)
    return _with_gaps(item, node) if called in WITH_GAPS else replace(item, body=_body(node, called))


def _with_gaps(item: Item, node: Node) -> Item:
    """Return a text with gaps, which its kind of file marks in the text itself."""
    try:
        if item.called in ("cloze", "multianswer"):
            text, cloze = read_embedded(item.stem.text, item.stem.format)
        else:
            parts = [*node.findall("selectoption"), *node.findall("dragbox")]
            words = [(rich(part, item.stem.format), words_of(part.find("group")).strip()) for part in parts]
            text, cloze = read_listed(item.stem.text, words)
    except BadGaps:
        return replace(item, body=Unasked(Unplayable.WITH_GAPS))
    return replace(item, stem=Rich(text, item.stem.format), body=Ready(Kind.CLOZE.value, cloze))


def _id(node: Node, title: str) -> str:
    """Return the number of a question: its own, or that of the site that wrote the file together with its title.

    Two sites use the same numbers; the title keeps one from replacing what came from the other.
    """
    own = words_of(node.find("idnumber")).strip()
    if own:
        return own
    before = node.getprevious()
    said = (before.text or "") if before is not None and not isinstance(before.tag, str) else ""
    label, _colon, number = said.partition(":")
    if label.strip() != "question" or not number.strip().isdecimal() or number.strip() == "0":
        return ""
    return f"{number.strip()} {title}"[:LONGEST_ID].strip()


def rich(node: Node | None, around: str = "html") -> Rich:
    """Return the text of a part with its format."""
    if node is None:
        return Rich("", around)
    written = node.find("text")
    text = words_of(written) if written is not None else (node.text or "")
    return Rich(text.strip(), FORMATS.get(node.get("format") or "", around))


def _files(node: Node) -> Mapping[str, bytes]:
    """Return the files inside a question by name; the first of a name counts."""
    files: dict[str, bytes] = {}
    for file in node.iter("file"):
        data = decoded(file.text or "") if file.get("encoding") == "base64" else None
        if data is not None and file.get("name"):
            files.setdefault(unquote(f"{file.get('path') or '/'}{file.get('name')}".removeprefix("/")), data)
    return files


def _body(node: Node, called: str) -> Body:  # noqa: PLR0911 - one a kind
    match called:
        case "multichoice" | "multichoiceset":
            return _options(node)
        case "truefalse":
            return _statement(node)
        case "shortanswer":
            return ShortAnswer(tuple(map(_choice, node.findall("answer"))), exact_case=_flag(node, "usecase"))
        case "numerical":
            return _numbers(node)
        case "ordering":
            return _ordering(node)
        case "matching":
            return Matching(tuple(map(_pair, node.findall("subquestion"))))
        case "description":
            return Description()
        case "essay":
            model = rich(node.find("graderinfo"))
            return Essay(model if model.text else None)
    return Unasked(Unplayable.OTHER_KIND)


def _flag(node: Node, name: str) -> bool:
    return words_of(node.find(name)).strip().lower() in ("1", "true")


def _options(node: Node) -> Options:
    answers = node.findall("answer")
    one_only = node.find("single") is None or _flag(node, "single")
    choices = tuple(_choice(answer) for answer in answers)
    if not all(choice.text.text for choice in choices):
        raise _Odd(Reason.EMPTY_ANSWER)
    shuffle = None if node.find("shuffleanswers") is None or _flag(node, "shuffleanswers") else False
    return Options(choices, one_only=one_only, sure=True, shuffle=shuffle)


def _choice(answer: Node) -> Choice:
    weight = _fraction(answer)
    said = rich(answer.find("feedback"))
    return Choice(weight >= 100, weight, rich(answer, "moodle"), said if said.text else None)  # noqa: PLR2004 - percent


def _statement(node: Node) -> TrueFalse:
    found = {rich(answer).text.strip().lower(): answer for answer in node.findall("answer")}
    if set(found) != {"true", "false"}:
        raise _Odd(Reason.MISSING_PART)
    is_true = _fraction(found["true"]) > 0
    right, wrong = (found["true"], found["false"]) if is_true else (found["false"], found["true"])
    told = [rich(each.find("feedback")) for each in (wrong, right)]
    wrong_told, right_told = (each if each.text else None for each in told)
    return TrueFalse(is_true, wrong_told, right_told)


def _numbers(node: Node) -> Body:
    """Read a number with its margin, and its units: Moodle says how many of a unit make one of the first."""
    spans, otherwise = [], None
    for answer in node.findall("answer"):
        said, told = rich(answer).text.strip(), rich(answer.find("feedback"))
        feedback = told if told.text else None
        if said == "*":
            otherwise = feedback
            continue
        try:
            low, high = bounds(said, words_of(answer.find("tolerance")).strip() or "0")
        except BadGaps as fault:
            raise _Odd(Reason.NO_NUMBER) from fault
        spans.append(Span(low, high, share_of(_fraction(answer)), feedback))
    if not any(span.share >= 1 for span in spans):
        return Unasked(Unplayable.NO_RIGHT)
    units = tuple(_unit(unit) for unit in node.findall("units/unit"))
    needed = bool(units) and words_of(node.find("unitgradingtype")).strip() in ("1", "2")
    return Ready(Kind.NUMERIC.value, Numbers(tuple(spans), otherwise, units, needed))


def _unit(node: Node) -> Unit:
    try:
        of_first = float(exact(words_of(node.find("multiplier")).strip() or "1"))
    except BadGaps as fault:
        raise _Odd(Reason.NO_NUMBER) from fault
    name = words_of(node.find("unit_name")).strip()
    if of_first <= 0 or not name:
        raise _Odd(Reason.NO_NUMBER)
    return Unit(name, float(f"{1 / of_first:.12g}"))


def _ordering(node: Node) -> Body:
    answers = sorted(node.findall("answer"), key=_fraction)
    items = tuple(Thing(key, rich(answer)) for key, answer in zip(KEYS, answers, strict=False))
    if not 1 < len(answers) <= len(KEYS):
        return Unasked(Unplayable.TOO_MANY_OPTIONS if len(answers) > 1 else Unplayable.ONE_OPTION)
    if not all(item.text.text for item in items):
        raise _Odd(Reason.EMPTY_ANSWER)
    return Ready(Kind.ORDERING.value, Ordering(items))


def _pair(node: Node) -> Pair:
    right = words_of(node.find("answer/text")).strip()
    if not right:
        raise _Odd(Reason.PAIR_BROKEN)
    return Pair(rich(node), right)


def _fraction(answer: Node) -> float:
    """Return how right an answer is, in percent."""
    try:
        return float(exact(answer.get("fraction") or "0"))
    except BadGaps as fault:
        raise _Odd(Reason.NO_NUMBER) from fault

"""The tasks of QTI items: what is declared of a response, and the content of a question that a task makes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from leerhuis.practice.exchange.drafts import share_of, speak_for_themselves
from leerhuis.practice.exchange.gaps import KEYS, BadGaps, bounds, exact
from leerhuis.practice.exchange.gift_items import (
    Body,
    Choice,
    Essay,
    Matching,
    Options,
    Pair,
    Ready,
    Reason,
    Rich,
    Unasked,
)
from leerhuis.practice.exchange.markup import Node, inside, name_of, words_of
from leerhuis.practice.exchange.remarks import Unplayable
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Form,
    Gap,
    Hotspot,
    Item,
    Kind,
    Numbers,
    Option,
    Ordering,
    Shape,
    ShortText,
    Span,
)

INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
_WHY_NOT = {
    "selectPointInteraction": Unplayable.ON_PICTURE,
    "graphicOrderInteraction": Unplayable.ON_PICTURE,
    "graphicAssociateInteraction": Unplayable.ON_PICTURE,
    "graphicGapMatchInteraction": Unplayable.ON_PICTURE,
    "positionObjectInteraction": Unplayable.ON_PICTURE,
}
PAIR = 2


@dataclass(frozen=True)
class Declared:
    """What an item declares of one response: its right values in order, what values are worth, and how it is judged."""

    cardinality: str
    base: str
    right: tuple[str, ...]
    worth: dict[str, float]
    exact_case: bool
    is_mapped: bool


@dataclass(frozen=True)
class Task:
    """The one task of an item, with what is declared of its response."""

    node: Node
    declared: Declared
    root: Node

    @property
    def name(self) -> str:
        """Return the kind of task, in the name of QTI 2.1."""
        return name_of(self.node)


class Odd(Exception):
    """The item cannot be read, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def drop(node: Node, text: str = "") -> None:
    """Take an element out, and leave a text and what stood behind it."""
    left, before, parent = text + (node.tail or ""), node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + left
    else:
        parent.text = (parent.text or "") + left
    parent.remove(node)


def body_of(task: Task) -> Body:  # noqa: PLR0911 - one a kind
    """Return what a task asks; Unasked for one that is not asked here. Raises Odd."""
    match task.name:
        case "choiceInteraction":
            return _options(task)
        case "textEntryInteraction":
            return _typed(task)
        case "matchInteraction":
            return _pairs(task)
        case "extendedTextInteraction":
            return Essay()
        case "orderInteraction":
            return _ordering(task)
        case "hotspotInteraction":
            return _hotspot(task)
    return Unasked(_WHY_NOT.get(task.name, Unplayable.OTHER_KIND))


def declared_of(root: Node, identifier: str) -> Declared:
    """Return what an item declares of a response. Raises Odd where it declares nothing."""
    found = [node for node in root.findall("responseDeclaration") if node.get("identifier") == identifier]
    if not found:
        raise Odd(Reason.MISSING_PART)
    node = found[0]
    entries = node.findall("mapping/mapEntry")
    worth = {entry.get("mapKey") or "": _float(entry.get("mappedValue")) for entry in entries}
    cased = any((entry.get("caseSensitive") or "true") != "false" for entry in entries) if entries else True
    processing = root.find("responseProcessing")
    by_name = (processing.get("template") or "") if processing is not None else ""
    mapped = "map_response" in by_name or (processing is not None and any(True for _ in processing.iter("mapResponse")))
    return Declared(
        node.get("cardinality") or "single",
        node.get("baseType") or "",
        tuple(words_of(value).strip() for value in node.findall("correctResponse/value")),
        worth,
        cased,
        mapped,
    )


def _float(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError as fault:
        raise Odd(Reason.NO_NUMBER) from fault
    return value if abs(value) < 1e300 else 0.0  # noqa: PLR2004 - nothing is worth that much


def _shares(declared: Declared) -> dict[str, float]:
    """Return how right each value is, in percent: by its worth where the item counts so, else by being the answer."""
    best = max(declared.worth.values(), default=0.0)
    if best > 0 and (declared.is_mapped or not declared.right):
        return {value: round(max(0.0, 100 * worth / best), 5) for value, worth in declared.worth.items()}
    return dict.fromkeys(declared.right, 100.0)


def _options(task: Task) -> Body:
    shares = _shares(task.declared)
    choices = [node for node in task.node.iter() if name_of(node) == "simpleChoice"]
    if not any(shares.get(node.get("identifier") or "", 0) > 0 for node in choices):
        return Unasked(Unplayable.NO_KEY)
    one_only = task.declared.cardinality == "single" or task.node.get("maxChoices", "0") == "1"
    told = told_of(task.root)
    if not one_only:  # each right one is a part of the whole
        right = [value for value, share in shares.items() if share > 0]
        shares = dict.fromkeys(right, 100 / len(right))
    made = tuple(_choice(node, shares, told, one_only=one_only) for node in choices)
    if not all(choice.text.text for choice in made):
        raise Odd(Reason.EMPTY_ANSWER)
    fixed = any(node.get("fixed") == "true" for node in choices)
    shuffle = False if fixed or task.node.get("shuffle") != "true" else None
    return Options(made, one_only=one_only, sure=True, shuffle=shuffle)


def _choice(node: Node, shares: dict[str, float], told: dict[str, str], *, one_only: bool) -> Choice:
    identifier = node.get("identifier") or ""
    own = [child for child in node.iter() if name_of(child) in ("feedbackInline", "feedbackBlock")]
    feedback = " ".join(filter(None, (inside(each).strip() for each in own))) or told.get(identifier, "")
    for each in own:
        drop(each)
    share = shares.get(identifier, 0.0)
    text = Rich(_bare(inside(node)), "html")
    return Choice(one_only and share >= 100, share, text, Rich(feedback, "html") if feedback else None)  # noqa: PLR2004


def _bare(text: str) -> str:
    """Return an option without the blocks round the whole of it, which only tell how the file was made."""
    text = text.strip()
    while found := re.fullmatch(
        r"<(div|p)>\s*((?:(?!</?(?:div|p)\b).)*|<(?:div|p)>.*</(?:div|p)>)\s*</\1>", text, re.DOTALL
    ):
        if len(re.findall(r"<(?:div|p)\b", found[2])) > 1:
            break
        text = found[2].strip()
    return text


def told_of(root: Node) -> dict[str, str]:
    """Return what is said after an answer, by the identifier of the answer; empty ones are left out."""
    told = {}
    for node in root.findall("modalFeedback"):
        content = node.find("contentBody")
        text = inside(content if content is not None else node).strip()
        if node.get("showHide", "show") == "show" and words_of(node).strip():
            told[node.get("identifier") or ""] = text
    return told


def _typed(task: Task) -> Body:
    gap = gap_of(task)
    if gap is None:
        return Unasked(Unplayable.NO_KEY)
    return Ready((Kind.NUMERIC if isinstance(gap, Numbers) else Kind.SHORT_TEXT).value, gap)


def gap_of(task: Task) -> Gap | None:
    """Return what is typed or chosen at a place in a text; None where nothing counts as right."""
    shares = {value: share_of(percent) for value, percent in _shares(task.declared).items() if value}
    if 1.0 not in shares.values():
        return None
    if task.name == "inlineChoiceInteraction":
        return _chosen(task, shares)
    if task.declared.base in ("integer", "float"):
        margin = _margin(task.root)
        return Numbers(tuple(_span(value, share, margin) for value, share in shares.items()))
    forms = tuple(Form(" ".join(value.split()), share) for value, share in shares.items())
    return ShortText(forms, exact_case=task.declared.exact_case)


def _chosen(task: Task, shares: dict[str, float]) -> Choices | None:
    nodes = [node for node in task.node.iter() if name_of(node) == "inlineChoice"]
    texts = [" ".join(words_of(node).split()) for node in nodes]
    if not 1 < len(nodes) <= len(KEYS) or not all(texts):
        return None
    made = tuple(
        Option(key, Rich(text, "plain"), shares.get(node.get("identifier") or "", 0.0))
        for key, node, text in zip(KEYS, nodes, texts, strict=False)
    )
    right = any(option.share == 1 for option in made)
    shuffle = task.node.get("shuffle") == "true" and speak_for_themselves(texts)
    return Choices(made, one_only=True, shuffle=shuffle) if right else None


def words_into(task: Task) -> tuple[list[Node], Cloze] | None:
    """Return the gaps of a text into which words are put, in their order, with what fits each; None without a key."""
    words = {node.get("identifier") or "": " ".join(words_of(node).split()) for node in task.node.iter("gapText")}
    places = list(task.node.iter("gap"))
    pairs = [pair.split() for pair in task.declared.right]
    put = {pair[1]: pair[0] for pair in pairs if len(pair) == PAIR}
    if not places or not 1 < len(words) <= len(KEYS) or not all(words.values()):
        return None
    if not all(put.get(place.get("identifier") or "") in words for place in places):
        return None
    gaps = []
    for place in places:
        right = put[place.get("identifier") or ""]
        options = zip(KEYS, words.items(), strict=False)
        made = tuple(Option(key, Rich(text, "plain"), float(name == right)) for key, (name, text) in options)
        gaps.append(Choices(made, one_only=True))
    return places, Cloze(tuple(gaps))


def _margin(root: Node) -> tuple[str, str, str]:
    """Return how far off a number may be: the mode ("absolute", "relative") with the tolerance down and up."""
    for node in root.iter("equal"):
        parts = (node.get("tolerance") or "0").split()
        return node.get("toleranceMode") or "exact", parts[0], parts[-1]
    return "exact", "0", "0"


def _span(value: str, share: float, margin: tuple[str, str, str]) -> Span:
    mode, down, up = margin
    try:
        if mode == "relative":
            down, up = (str(abs(exact(value)) * exact(part) / 100) for part in (down, up))
        elif mode != "absolute":
            down = up = "0"
        return Span(bounds(value, down)[0], bounds(value, up)[1], share)
    except BadGaps as fault:
        raise Odd(Reason.NO_NUMBER) from fault


def _ordering(task: Task) -> Body:
    nodes = {node.get("identifier") or "": node for node in task.node.iter() if name_of(node) == "simpleChoice"}
    right = task.declared.right
    if not right or sorted(right) != sorted(nodes):
        return Unasked(Unplayable.NO_KEY)
    if not 1 < len(right) <= len(KEYS):
        return Unasked(Unplayable.TOO_MANY_OPTIONS if len(right) > 1 else Unplayable.ONE_OPTION)
    items = tuple(Item(key, Rich(_bare(inside(nodes[name])), "html")) for key, name in zip(KEYS, right, strict=False))
    if not all(item.text.text for item in items):
        raise Odd(Reason.EMPTY_ANSWER)
    return Ready(Kind.ORDERING.value, Ordering(items))


def _hotspot(task: Task) -> Body:
    """Read places on a picture; where several are chosen they are called by their labels."""
    picture = next((node for node in task.node if name_of(node) in ("object", "img", "picture")), None)
    if picture is None or task.declared.cardinality not in ("single", "multiple"):
        return Unasked(Unplayable.ON_PICTURE)
    source = picture.get("data") or picture.get("src") or ""
    wide, high = (_float((picture.get(name) or "").removesuffix("px")) for name in ("width", "height"))
    nodes = [node for node in task.node.iter() if name_of(node) == "hotspotChoice"]
    shares = _shares(task.declared)
    one_only = task.declared.cardinality == "single" or task.node.get("maxChoices") == "1"
    names = [(node.get("hotspotLabel") or node.get("label") or "").strip() for node in nodes]
    if wide <= 0 or high <= 0 or not source or len(nodes) > len(KEYS) or not (one_only or all(names)):
        return Unasked(Unplayable.ON_PICTURE)
    areas = tuple(
        _area(key, node, name, share_of(shares.get(node.get("identifier") or "", 0.0)), (wide, high))
        for key, node, name in zip(KEYS, nodes, names, strict=False)
    )
    if not any(area.share == 1 for area in areas):
        return Unasked(Unplayable.NO_KEY)
    return Ready(Kind.HOTSPOT.value, Hotspot(source, areas, not one_only, one_only, round(high / wide, 4)))


def _area(key: str, node: Node, name: str, share: float, size: tuple[float, float]) -> Area:
    wide, high = size
    shape = node.get("shape") or "rect"
    numbers = [_float(part) for part in (node.get("coords") or "").replace(" ", ",").split(",") if part]
    if shape == "default":
        return Area(key, name or key.upper(), Shape.RECT, (0.0, 0.0, 100.0, 100.0), share)
    if shape not in list(Shape) or len(numbers) < PAIR or (shape == "circle" and len(numbers) != 3):  # noqa: PLR2004
        raise Odd(Reason.NO_NUMBER)
    by_place = [round(100 * n / (high if place % 2 else wide), 3) for place, n in enumerate(numbers)]
    return Area(key, name or key.upper(), Shape(shape), tuple(by_place), share)


def _pairs(task: Task) -> Body:
    sets = task.node.findall("simpleMatchSet")
    if len(sets) != 2:  # noqa: PLR2004 - the left and the right sides
        raise Odd(Reason.MISSING_PART)
    lefts, rights = ({node.get("identifier") or "": node for node in each} for each in sets)
    put = [pair.split() for pair in task.declared.right]
    if not put or not all(len(pair) == 2 and pair[0] in lefts and pair[1] in rights for pair in put):  # noqa: PLR2004
        return Unasked(Unplayable.NO_KEY)
    if sorted(left for left, _right in put) != sorted(lefts):
        return Unasked(Unplayable.MANY_TO_ONE)
    words = {key: " ".join(words_of(node).split()) for key, node in rights.items()}
    if not all(words.values()):
        return Unasked(Unplayable.EMPTY_SIDE)
    pairs = [Pair(Rich(_bare(inside(lefts[left])), "html"), words[right]) for left, right in put]
    return Matching((*pairs, *_distractors(words, [right for _left, right in put])))


def _distractors(words: dict[str, str], used: Iterable[str]) -> list[Pair]:
    taken = {words[key] for key in used}
    return [Pair(Rich("", "html"), text) for text in dict.fromkeys(words.values()) if text not in taken]

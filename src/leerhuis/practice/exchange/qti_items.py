"""One item of QTI 2.1 or 3.0 as a question: its text, its task, and the files that it uses.

QTI 3.0 writes the names of 2.1 with hyphens; an item is first brought to the names of 2.1, without namespaces.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from leerhuis.practice.exchange.gift_items import (
    Body,
    Description,
    Fault,
    Item,
    Matching,
    Options,
    Ready,
    Reason,
    Rich,
    Unasked,
)
from leerhuis.practice.exchange.markup import Node, inside, name_of, words_of
from leerhuis.practice.exchange.pictures import names_in
from leerhuis.practice.exchange.qti_tasks import INLINE, Odd, Task, body_of, declared_of, drop, gap_of, words_into
from leerhuis.practice.exchange.remarks import Unplayable
from leerhuis.practice.kinds import Cloze, Hotspot, Kind, Ordering

Files = Callable[[str], bytes | None]

GAP = " _____ "
_LEAVE_OUT = ("feedbackBlock", "feedbackInline", "stylesheet", "infoControl", "templateBlock", "templateInline")
_FOR_MARKERS = ("scorer", "tutor", "proctor", "author", "testConstructor")


def item_of(root: Node, number: int, file: Files) -> Item | Fault:
    """Return the question of an item; `file` gives a file beside it by the name that it uses."""
    if name_of(root) not in ("assessmentItem", "qti-assessment-item"):
        return Fault(number, Reason.BROKEN_FILE, root.get("title") or name_of(root))
    _to_names_of_two(root)
    title = " ".join((root.get("title") or "").split())
    body = root.find("itemBody")
    if body is None:
        return Fault(number, Reason.MISSING_PART, title or root.get("identifier") or "")
    _name_pictures(body)
    for_markers = _take_out(body, root)
    tasks = [
        node
        for node in body.iter()
        if name_of(node).endswith("Interaction") and name_of(node) != "endAttemptInteraction"
    ]
    called = ", ".join(dict.fromkeys(map(name_of, tasks))) or "QTI"
    try:
        answers = _body(root, body, tasks)
    except Odd as odd:
        return Fault(number, odd.reason, title or words_of(body), called)
    stem = Rich(_stem(body, tasks), "html")
    made = Item(number, title or None, stem, answers, id=root.get("identifier"), called=called)
    return _with_files(replace(made, general_feedback=Rich(for_markers, "html") if for_markers else None), file)


def _with_files(item: Item, file: Files) -> Item:
    texts = [item.stem.text, item.general_feedback.text if item.general_feedback else ""]
    match item.body:
        case Options(choices=choices):
            texts += [choice.text.text for choice in choices]
        case Matching(pairs):
            texts += [pair.left.text for pair in pairs]
        case Ready(content=Ordering(items)):
            texts += [each.text.text for each in items]
        case Ready(content=Hotspot(picture=picture)):
            texts.append(f'<img src="{picture}">')
    found = {name: data for name in names_in(texts) if (data := file(name)) is not None}
    return replace(item, files=found)


def _to_names_of_two(root: Node) -> None:
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        node.tag = _camel(name_of(node).removeprefix("qti-"))
        for key in list(node.attrib):
            plain = etree.QName(key).localname
            if plain != key or "-" in plain:
                node.set(_camel(plain), node.attrib.pop(key))
    etree.cleanup_namespaces(root)


def _camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda found: found[1].upper(), name)


def _name_pictures(body: Node) -> None:
    """Call a picture that stands in the text as an object what browsers call it."""
    for node in [each for each in body.iter("object") if not name_of(each.getparent()).endswith("Interaction")]:
        if (node.get("type") or "image/").startswith("image/") and node.get("data"):
            said, shown = {"src": node.get("data"), "alt": words_of(node).strip()}, node.tail
            node.clear()
            node.tag, node.tail = "img", shown
            node.attrib.update(said)


def _take_out(body: Node, root: Node) -> str:
    """Take out of the text what learners do not see at first; return what markers are told as the right answer."""
    told = []
    for node in [each for each in body.iter() if name_of(each) in _LEAVE_OUT]:
        if name_of(node.getparent()) not in ("simpleChoice", "simpleAssociableChoice"):
            drop(node)
    for node in [each for each in body.iter() if name_of(each) == "rubricBlock"]:
        if set((node.get("view") or "").split()) & set(_FOR_MARKERS):
            content = node.find("contentBody")
            told.append(inside(content if content is not None else node).strip())
            drop(node)
    if not told:
        model = [node for node in root.iter("outcomeDeclaration") if node.get("identifier") == "MODEL_ANSWER"]
        told += [_escaped(words_of(value)) for node in model for value in node.iter("value")]
    return "\n".join(filter(None, told))


def _escaped(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stem(body: Node, tasks: list[Node]) -> str:
    """Return the text of an item as HTML: all but its task, with the prompt of the task behind it."""
    prompts = []
    for task in tasks:
        if task.getparent() is None or name_of(task) == "div":
            continue  # a gap, whose mark stands in the text
        prompt = task.find("prompt")
        if prompt is not None:
            prompts.append(f"<p>{inside(prompt).strip()}</p>")
        drop(task, GAP if name_of(task) in INLINE else "")
    return "\n".join([inside(body).strip(), *prompts]).strip()


def _body(root: Node, body: Node, tasks: list[Node]) -> Body:
    """Return what an item asks; the marks of its gaps are put into its text."""
    if root.find("templateDeclaration") is not None or root.find("templateProcessing") is not None:
        return Unasked(Unplayable.COMPUTED)
    if any(name_of(node) == "math" for node in body.iter()):
        return Unasked(Unplayable.FORMULA)
    if not tasks:
        return Description()
    made = [Task(node, declared_of(root, node.get("responseIdentifier") or ""), root) for node in tasks]
    names = [task.name for task in made]
    if names == ["gapMatchInteraction"]:
        return _words_into(made[0])
    if all(name in INLINE for name in names) and names != ["textEntryInteraction"]:
        return _gaps(made)
    return body_of(made[0]) if len(made) == 1 else Unasked(Unplayable.SEVERAL_TASKS)


def _gaps(tasks: list[Task]) -> Body:
    gaps = [gap_of(task) for task in tasks]
    if None in gaps:
        return Unasked(Unplayable.NO_KEY)
    for number, task in enumerate(tasks, start=1):
        drop(task.node, f"[[{number}]]")
    return Ready(Kind.CLOZE.value, Cloze(tuple(gap for gap in gaps if gap)))


def _words_into(task: Task) -> Body:
    found = words_into(task)
    if found is None:
        return Unasked(Unplayable.NO_KEY)
    places, cloze = found
    for number, place in enumerate(places, start=1):
        drop(place, f"[[{number}]]")
    for node in [each for each in task.node.iter() if name_of(each) == "gapText"]:
        drop(node)
    task.node.tag = "div"
    task.node.attrib.clear()
    return Ready(Kind.CLOZE.value, cloze)

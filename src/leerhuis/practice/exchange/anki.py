"""Cards of Anki as questions: a front with its back is judged by the learner, a gap or a typed field is typed.

One question a card. Templates are filled in with the fields as Anki does; scripts and styles in them are not run and
not kept, and what they hide at first (`display: none`) is left out of the front.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from leerhuis.practice.exchange.anki_collection import CardType, Note, file_of, media_of, notes_of
from leerhuis.practice.exchange.gaps import MOST_GAPS
from leerhuis.practice.exchange.gift_items import Body, Fault, Item, Ready, Reason, Rich, Unasked
from leerhuis.practice.exchange.markup import HIDDEN, fragments, inside, name_of, words_of
from leerhuis.practice.exchange.packages import Package
from leerhuis.practice.exchange.pictures import names_in, picture_of
from leerhuis.practice.exchange.remarks import Notice, Unplayable
from leerhuis.practice.kinds import Cloze, Form, Kind, OpenText, ShortText

LONGEST_TYPED = 80  # characters of a gap that are still typed
MOST_PASSES = 20  # sections inside sections
_NAME = r"\s{0,20}([^{}\s](?:[^{}]{0,198}[^{}\s])?)\s{0,20}"  # of a field: in one way only, whatever stands there
_SECTION = re.compile(
    rf"\{{\{{([#^]){_NAME}\}}\}}((?:(?!\{{\{{[#^/]).)*)\{{\{{/\s{{0,20}}\2\s{{0,20}}\}}\}}", re.DOTALL
)
_TAG = re.compile(rf"\{{\{{{_NAME}\}}\}}")
_CLOZE = re.compile(r"\{\{c(\d{1,3})::((?:(?!\{\{c\d|\}\}).)*)\}\}", re.DOTALL)
_SOUND = re.compile(r"\[sound:[^\]]{1,300}\]")
_EMPTY = re.compile(r"<hr[^<>]{0,200}>|<br>|&nbsp;")
_LEADING = re.compile(rf"(?:\s|{_EMPTY.pattern})*")
_BLANK = re.compile(r"(?:\s|&nbsp;|\xa0|<br\s*/?>|</?(?:div|p|span)>)*")
_OUT = ("script", "style", "canvas", "iframe", "object", "audio", "video", "button", "input", "textarea")
_TYPED_MARK = "\ufdd0typed\ufdd1"


def parse_deck(package: Package) -> Iterator[Item | Fault]:
    """Give every card of a deck as a question, note by note. Refuses Unreadable."""
    media = media_of(package)
    number = 0
    for note in notes_of(package):
        for place, deck in note.cards:
            number += 1
            yield _card(note, place, deck, number, lambda name: _file(package, media, name))


def _file(package: Package, media: Mapping[str, str], name: str) -> bytes | None:
    inside_name = picture_of(name, {key: value.encode() for key, value in media.items()})
    if inside_name is None or inside_name.decode() not in package:
        return None
    return file_of(package, inside_name.decode())


def _card(note: Note, place: int, deck: str, number: int, file: Callable[[str], bytes | None]) -> Item | Fault:
    template = note.type.templates.get(0 if note.type.is_cloze else place)
    values = dict(zip(note.type.fields, note.values, strict=False))
    called = note.type.name if template is None or note.type.is_cloze else f"{note.type.name}: {template.name}"
    label = next((value for value in note.values if value.strip()), note.guid)
    if template is None:
        return Fault(number, Reason.MISSING_PART, label, called)
    stem, body, told = _sides(template, values, place + 1 if note.type.is_cloze else 0)
    scripted = "<script" in template.front.lower()
    return Item(
        number,
        None,
        Rich(stem or label, "html"),
        body,
        general_feedback=Rich(told, "html") if told else None,
        id=f"{note.guid}:{place}",
        tags=note.tags,
        called=called,
        topic=deck.rsplit("::", 1)[-1] if deck != "Default" else "",
        notices=(Notice.SCRIPT.value,) if scripted and not isinstance(body, Unasked) else (),
        files=_files_of(stem, body, told, file),
    )


def _files_of(stem: str, body: Body, told: str, file: Callable[[str], bytes | None]) -> dict[str, bytes]:
    texts = [
        stem,
        told,
        body.content.model.text if isinstance(body, Ready) and isinstance(body.content, OpenText) else "",
    ]
    return {name: data for name in names_in(texts) if (data := file(name)) is not None}


def _sides(template: CardType, values: Mapping[str, str], cloze: int) -> tuple[str, Body, str]:
    """Return what a card asks, what it takes for an answer, and what it tells afterwards."""
    if any("image-occlusion" in side for side in (template.front, template.back)):
        return _plain_of(values), Unasked(Unplayable.ON_PICTURE), ""
    fields = {**values, "FrontSide": ""}
    if cloze:
        return _cloze_sides(template, fields, cloze)
    front = filled(template.front, fields)
    back = filled(template.back.replace("{{FrontSide}}", ""), fields).replace(_TYPED_MARK, "")
    stem, model = shown(front.replace(_TYPED_MARK, ""), is_front=True), shown(_after_line(back))
    if not stem:
        has_sound = _SOUND.search(front) is not None
        return stem, Unasked(Unplayable.SOUND if has_sound else Unplayable.EMPTY_SIDE), ""
    if _TYPED_MARK in front and (typed := _typed(template.front, values)):
        return (
            stem,
            Ready(Kind.SHORT_TEXT.value, ShortText((Form(typed, 1.0),))),
            model if _text(model) != typed else "",
        )
    if not model:
        return stem, Unasked(Unplayable.EMPTY_SIDE), ""
    return stem, Ready(Kind.OPEN.value, OpenText(Rich(model, "html"))), ""


def _cloze_sides(template: CardType, fields: Mapping[str, str], number: int) -> tuple[str, Body, str]:
    """Return a text with the gaps of one number; those of other numbers are filled. Long ones are judged by eye."""
    answers: list[str] = []
    front = shown(filled(template.front, fields, lambda text: with_gaps(text, number, answers)), is_front=True)
    back = shown(filled(template.back.replace("{{FrontSide}}", ""), fields, lambda text: with_gaps(text, 0, [])))
    if not answers or len(answers) > MOST_GAPS or not front:
        return front or _plain_of(fields), Unasked(Unplayable.WITH_GAPS), ""
    typed = [_text(answer) for answer in answers]
    if all(0 < len(answer) <= LONGEST_TYPED and "<img" not in raw for answer, raw in zip(typed, answers, strict=True)):
        gaps = tuple(ShortText((Form(answer, 1.0),)) for answer in typed)
        extra = shown(filled(template.back, {**fields, "FrontSide": ""}, lambda _text: ""))
        return front, Ready(Kind.CLOZE.value, Cloze(gaps)), extra
    asked = re.sub(r"\[\[\d+\]\]", "[…]", front)
    return asked, Ready(Kind.OPEN.value, OpenText(Rich(back, "html"))), ""


def filled(template: str, fields: Mapping[str, str], gaps: Callable[[str], str] | None = None) -> str:
    """Return a template with its fields filled in; what stands in a field is text, and is not filled in again.

    `gaps` is what becomes of a field shown with gaps.
    """
    text = without(template, "<!--", "-->")
    for _pass in range(MOST_PASSES):
        text, changed = _SECTION.subn(lambda found: _section(found, fields), text)
        if not changed:
            break
    return _TAG.sub(lambda found: _field(found[1], fields, gaps), text)


def _section(found: re.Match[str], fields: Mapping[str, str]) -> str:
    has = not _BLANK.fullmatch(fields.get(found[2], ""))
    return found[3] if has == (found[1] == "#") else ""


def _field(name: str, fields: Mapping[str, str], gaps: Callable[[str], str] | None) -> str:
    *filters, key = [part.strip() for part in name.split(":")]
    if key not in fields:
        return ""
    text = fields[key]
    if "type" in filters:
        return _TYPED_MARK
    if "cloze" in filters:
        return gaps(text) if gaps else text
    if "hint" in filters or any(each.startswith("tts") for each in filters):
        return ""
    return _text(text) if "text" in filters else text


def with_gaps(text: str, number: int, answers: list[str]) -> str:
    """Return a text of Anki with marks for the gaps of one number, whose answers are added; others are filled."""

    def gap(found: re.Match[str]) -> str:
        answer, _colons, hint = found[2].partition("::")
        if int(found[1]) != number:
            return answer
        answers.append(answer)
        return f"[[{len(answers)}]]" + (f" ({hint})" if hint.strip() else "")

    for _pass in range(MOST_PASSES):  # a gap may stand inside another one
        before = len(answers)
        text, changed = _CLOZE.subn(gap, text.replace("[[", "[ [") if not answers and not before else text)
        if not changed:
            break
    return text


def _after_line(back: str) -> str:
    """Return what stands behind the line that divides question and answer, where there is one."""
    parts = re.split(r"""<hr\s+id\s*=\s*["']?answer["']?[^<>]*>""", back, maxsplit=1)
    return parts[-1] if not _BLANK.fullmatch(parts[-1]) else back


def shown(text: str, *, is_front: bool = False) -> str:
    """Return a side of a card as HTML without scripts, sounds and styles; empty when nothing of it is seen."""
    text = without(_SOUND.sub("", text), "[anki:tts", "[/anki:tts]")
    if "<" in text:
        root = fragments(text)
        if root is None:
            return ""
        for node in [each for each in root.iter() if name_of(each) in _OUT or _is_hidden(each, is_front=is_front)]:
            if node.getparent() is not None:
                node.drop_tree()
        text = inside(root)
    text = _trimmed(text)
    return "" if _BLANK.fullmatch(text) else text


def _trimmed(text: str) -> str:
    """Return HTML without the lines and room that stand before and behind it."""
    start, end = _LEADING.match(text), len(text)
    begins = start.end() if start else 0
    while end > begins:
        if text[end - 1].isspace():
            end -= 1
            continue
        at = text.rfind("&" if text.endswith("&nbsp;", 0, end) else "<", begins, end)
        if at < 0 or not _EMPTY.fullmatch(text, at, end):
            break
        end = at
    return text[begins:end]


def without(text: str, start: str, end: str) -> str:
    """Return a text without what stands between two signs, and without the signs; an open one stays."""
    parts, at = [], 0
    while (begins := text.find(start, at)) >= 0 and (ends := text.find(end, begins)) >= 0:
        parts.append(text[at:begins])
        at = ends + len(end)
    return "".join([*parts, text[at:]])


def _is_hidden(node: object, *, is_front: bool) -> bool:
    style = getattr(node, "get", lambda _name: "")("style") or ""
    return is_front and HIDDEN.search(style) is not None


def _typed(front: str, values: Mapping[str, str]) -> str:
    """Return the text that is typed on a card, from the field that its front names."""
    found = re.search(r"\{\{\s*type:(?:[a-z]+:)*([^{}:]{1,200}?)\s*\}\}", front)
    return _text(values.get(found[1], "")) if found else ""


def _text(text: str) -> str:
    """Return the words of a piece of HTML."""
    root = fragments(text) if "<" in text or "&" in text else None
    return " ".join((words_of(root) if root is not None else text).split())


def _plain_of(values: Mapping[str, str]) -> str:
    return next((value for value in values.values() if _text(value)), "")

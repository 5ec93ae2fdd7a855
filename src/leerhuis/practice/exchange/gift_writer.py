"""Writing questions as GIFT, so that reading them again gives the same questions."""

from collections.abc import Iterable

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.gift_text import escape
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Content,
    Hotspot,
    Kind,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Statement,
)


def write_gift(drafts: Iterable[Draft]) -> str:
    """Return the questions as one GIFT text, with a category line where the topic changes.

    GIFT has no form for orders, texts with gaps and places on a picture; a comment says what was left out.
    """
    parts = []
    topic = ""
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            parts.append(f"$CATEGORY: {_category(topic)}\n")
        parts.append(_item(draft))
    return "\n".join(parts)


def can_write(content: Content) -> bool:
    """True for what GIFT has a form for."""
    return not isinstance(content, Ordering | Cloze | Hotspot)


def _category(topic: str) -> str:
    return escape(topic.replace("/", "//")) or "top"


def _item(draft: Draft) -> str:
    ids = [f"[id:{_mark(draft.source_id)}]"] if draft.source_id else []
    marks = "".join([*ids, *(f"[tag:{_mark(tag)}]" for tag in draft.tags)])
    comment = f"// {marks}\n" if marks else ""
    if not can_write(draft.content):
        return f"// {draft.kind.value}: {_mark(draft.title or draft.stem.text)}\n"
    answers = answers_of(draft.kind, draft.content, draft.stem.format)
    told = draft.explanation or (draft.content.model if isinstance(draft.content, OpenText) else None)
    if told:
        answers.append(f"####{_text(told, draft.stem.format)}")
    lines = "".join(f"\n\t{answer}" for answer in answers)
    # A title, though empty, keeps a stem that begins with // or $CATEGORY from being read as something else.
    return f"{comment}::{escape(draft.title)}::{_text(draft.stem, 'moodle')}{{{lines}\n}}\n"


def _mark(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]").replace("\n", " ")


def _text(text: Rich, around: str) -> str:
    """Write a text, with its format mark where the format differs from the one around it, or could be misread."""
    marked = text.format != around or text.text.startswith("[")
    return f"[{text.format}]{escape(text.text)}" if marked else escape(text.text)


def _feedback(text: Rich | None, around: str) -> str:
    return f"#{_text(text, around)}" if text else ""


def _told(text: Rich | None, around: str) -> str:
    """Write what a typed form is told; an arrow anywhere in it would make a reader take the whole for pairs."""
    return _feedback(_no_arrow(text) if text else None, around)


def answers_of(kind: Kind, content: Content, around: str) -> list[str]:
    """Return the answers of a question as they stand between braces; `around` is the format of the question."""
    match content:
        case Choices() as choices:
            return _options(kind, choices, around)
        case Statement(is_true, when_true, when_false):
            wrong, right = (when_false, when_true) if is_true else (when_true, when_false)
            told = f"#{_text(wrong, around) if wrong else ''}" if wrong or right else ""
            return [f"{'TRUE' if is_true else 'FALSE'}{told}{_feedback(right, around)}"]
        case ShortText(forms):
            return [f"={_weight(f.share)}{_typed(f.text, around)}{_told(f.feedback, around)}" for f in forms]
        case Numbers() as numbers:
            return _numbers(numbers, around)
        case Pairs(matches, distractors):
            pairs = [f"={_text(_no_arrow(m.left), around)} -> {_typed(m.right, around)}" for m in matches]
            return pairs + [f"= -> {_typed(right, around)}" for right in distractors]
        case _:
            return []


def _options(kind: Kind, choices: Choices, around: str) -> list[str]:
    right = sum(option.share == 1 for option in choices.options)
    lines = []
    for option in choices.options:
        text = _text(option.text, around)
        share = option.share / right if kind is Kind.MULTIPLE else option.share
        mark = "=" if kind is Kind.SINGLE and option.share == 1 else "~"
        # A text that itself begins like a weight needs a real one before it.
        needs_weight = text.startswith("%") or (share > 0 and mark == "~")
        lines.append(f"{mark}{_weight(share) if needs_weight else ''}{text}{_feedback(option.feedback, around)}")
    return lines


def _numbers(numbers: Numbers, around: str) -> list[str]:
    spans = [f"={_weight(s.share)}{s.low!r}..{s.high!r}{_feedback(s.feedback, around)}" for s in numbers.spans]
    otherwise = [f"~{_feedback(numbers.otherwise, around)}"] if numbers.otherwise else []
    return ["#", *spans, *otherwise]


def _weight(share: float) -> str:
    return f"%{round(share * 100, 5):.9g}%"


def _typed(text: str, around: str) -> str:
    return escape(text.replace("->", "→")) if not text.startswith("[") else f"[{around}]{escape(text)}"


def _no_arrow(text: Rich) -> Rich:
    """GIFT has no way to write -> inside a pair."""
    return Rich(text.text.replace("->", "→"), text.format)

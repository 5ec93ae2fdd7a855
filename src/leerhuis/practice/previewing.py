"""A question that is still being written, as a learner would meet it; it can be answered, and nothing of it is kept."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from leerhuis.practice.asking import Asked, asked, is_step
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.grading import Unreadable, read_answer
from leerhuis.practice.kinds import to_json
from leerhuis.practice.models import Bank, Question, Topic
from leerhuis.practice.question_forms import Editor
from leerhuis.practice.rules import NoAnswer

ANSWERING = "answering"  # the field that tells an answer from the words of the form alone
_UNSAVED = UUID(int=0)  # the same for each new question, so that its options stand still while it is written


@dataclass(frozen=True)
class Preview:
    """What the phone shows: the question (None while it cannot be shown), and what is missing.

    `carried` are the fields of the form, sent along with an answer, so that it is judged by what stands there.
    """

    asked: Asked | None = None
    fault: str = ""
    carried: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = field(default=())


def preview_of(editor: Editor, bank: Bank) -> Preview:
    """Return the preview of a form: of what was typed, or while nothing was, of the question as it stands."""
    if editor.data is None or "stem" not in editor.data:
        question = editor.question
        return Preview(asked(question, question.id)) if question else Preview()
    carried = tuple((name, value) for name, values in editor.data.lists() for value in values if _of_form(editor, name))
    if not editor.is_valid():
        return Preview(carried=carried, missing=_missing(editor))
    question = _unsaved(editor.draft(), editor.question, bank)
    given, fault = _answer(question, editor.data)
    typed = dict(editor.data.lists()) if ANSWERING in editor.data else {}
    return Preview(asked(question, question.id, given, typed), fault, carried)


def _answer(question: Question, data: Any) -> tuple[str | None, str]:
    """Return the answer that was given in the phone, and why there is none."""
    if ANSWERING not in data or is_step(question.content, data.getlist):
        return None, ""
    try:
        return read_answer(question.content, data.getlist), ""
    except Unreadable as unreadable:
        return None, str(unreadable.words or NoAnswer.message)


def _unsaved(draft: Draft, question: Question | None, bank: Bank) -> Question:
    return Question(
        id=question.id if question else _UNSAVED,
        topic=Topic(bank=bank, title=draft.topic),
        kind=draft.kind,
        stem=draft.stem.text,
        stem_format=draft.stem.format,
        options=to_json(draft.content),
        explanation=draft.explanation.text if draft.explanation else "",
        explanation_format=draft.explanation.format if draft.explanation else draft.stem.format,
    )


def _of_form(editor: Editor, name: str) -> bool:
    return name in editor.head.fields or name == "of" or name.startswith(("row-", "more-"))


def _missing(editor: Editor) -> tuple[str, ...]:
    """Return what is wrong with the form, each once, with the name of its field."""
    forms = [editor.head, editor.more, *(editor.rows or ())]
    said = [
        f"{form.fields[name].label}: {fault}" if name in form.fields else str(fault)
        for form in forms
        for name, faults in form.errors.items()
        for fault in faults
    ]
    said += [str(fault) for fault in editor.rows.non_form_errors()] if editor.rows is not None else []
    return tuple(dict.fromkeys(said))

"""What an app takes along: the next questions with all that is needed to ask and judge them without a connection."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from leerhuis.practice.composing import compose, load_of
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Kind
from leerhuis.practice.marking import bookmarked
from leerhuis.practice.mentions import named_in
from leerhuis.practice.models import Access, Card, Media, Question
from leerhuis.practice.pacing import Load, Why
from leerhuis.practice.rendering import to_html
from leerhuis.practice.shelves import Shelf

ROUTE: Final = "practice_api_media"


@dataclass(frozen=True)
class Along:
    """One question to take along."""

    question: Question
    why: Why
    stem_html: str
    explanation_html: str
    content: dict[str, Any]
    media: tuple[Media, ...]
    card: Card | None
    is_bookmarked: bool


@dataclass(frozen=True)
class Taking:
    """The questions to take along, in the order in which to ask them, and what lies before their person today."""

    questions: list[Along]
    load: Load


def take_along(access: Access, size: int) -> Taking:
    """Return the next questions of a bank for its person, so many at most."""
    load = load_of(access)
    return _taken(access, load, replace(load, asked_for=size))


def next_round_of(access: Access, load: Load) -> Taking:
    """Return the next round of a bank for its person as the pages of the server would ask it."""
    return _taken(access, load, load)


def _taken(access: Access, load: Load, asking: Load) -> Taking:
    asked = compose(access, asking)
    ids = [question_id for question_id, _ in asked]
    found = Question.objects.filter(pk__in=ids).select_related("topic", "rests_on").defer("search")
    questions = {each.id: each for each in found}
    cards = {card.question_id: card for card in Card.objects.filter(access=access, question__in=ids)}
    shelf = Shelf(access.bank_id, ROUTE)
    kept = bookmarked(access, ids)
    return Taking([_along(questions[id], why, cards.get(id), shelf, kept=id in kept) for id, why in asked], load)


def _along(question: Question, why: Why, card: Card | None, shelf: Shelf, *, kept: bool) -> Along:
    explanation = question.explanation_text
    named = sorted(_named(question))
    return Along(
        question,
        why,
        to_html(question.stem_text, shelf),
        to_html(explanation, shelf) if explanation else "",
        with_html(question.options, shelf),
        tuple(shelf.named[name] for name in named if name in shelf.named),
        card,
        kept,
    )


def _named(question: Question) -> set[str]:
    """Return the names of the pictures, sounds and films that a question shows."""
    pointed_at = {question.options["picture"]} if question.kind == Kind.HOTSPOT else set()
    texts = (question.stem, question.explanation, json.dumps(question.options))
    return pointed_at.union(*map(named_in, texts))


def with_html(content: Any, shelf: Shelf) -> Any:
    """Return the content of a question with the HTML of each text beside it."""
    if isinstance(content, list):
        return [with_html(each, shelf) for each in content]
    if not isinstance(content, dict):
        return content
    if content.keys() == {"text", "format"}:
        return content | {"html": to_html(Rich(content["text"], content["format"]), shelf)}
    return {name: with_html(each, shelf) for name, each in content.items()}

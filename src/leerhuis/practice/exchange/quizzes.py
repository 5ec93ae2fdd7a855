"""Questions as JSON: lists of questions with their options, in the shapes that occur.

A question is an object with a text and a list of answers. Its right answer is marked at the answer itself
(``isCorrect``, as a truth or as the text "true"), by letter, by number (from 0), or by its own words. What surrounds
the questions may name their topic by its title.
"""

from collections.abc import Iterator
from typing import Any

from leerhuis.practice.exchange.gift_items import Category, Choice, Fault, Item, Options, Reason, Rich, Unasked
from leerhuis.practice.exchange.remarks import Unplayable

CALLED = "JSON"
DEEPEST = 12
_STEMS = ("questionText", "question", "text", "stem", "prompt", "vraag")
_ANSWERS = ("answerOptions", "answers", "options", "choices", "antwoorden")
_WORDS = ("answerText", "text", "answer", "option", "value", "content")
_MARKS = ("isCorrect", "correct", "is_correct", "right", "isRight", "juist")
_LETTERS = ("correct_letter", "correctLetter", "answer_letter")
_KEYS = ("correct", "correct_index", "correctIndex", "correctAnswer", "correct_answer", "answer", "right")
_IDS = ("id", "identifier", "uuid")
_TOLD = ("explanation", "uitleg", "rationale", "refs")
_MANY = 2


class Counter:
    """Numbers the questions of a file from 1."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """Return the next number."""
        self.last += 1
        return self.last


def parse_json(data: Any) -> Iterator[Category | Item | Fault]:
    """Give every question in what a JSON file holds, with a category for each title around questions."""
    yield from _walk(data, Counter(), "", 0)


def _walk(data: Any, count: Counter, topic: str, depth: int) -> Iterator[Category | Item | Fault]:
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _walk(each, count, topic, depth + 1)
    elif isinstance(data, dict):
        stem = _first(data, _STEMS)
        if stem is not None and (_named(data, _ANSWERS) is not None or _named(data, _STEMS[:2]) == stem):
            yield _question(data, str(stem), count.next(), topic)
            return
        title = data.get("title") or data.get("name")
        around = title if isinstance(title, str) else topic
        for each in data.values():
            if isinstance(each, list | dict):
                yield from _walk(each, count, around, depth + 1)


def _question(data: dict[str, Any], stem: str, number: int, topic: str) -> Item | Fault:
    """Read one question; the id is its own, or nothing."""
    answers = _named(data, _ANSWERS)
    if not isinstance(answers, list):
        return Fault(number, Reason.MISSING_PART, stem, CALLED)
    texts = [_text_of(answer) for answer in answers]
    if not all(texts):
        return Fault(number, Reason.EMPTY_ANSWER, stem, CALLED)
    right = _right(data, answers, texts)
    id = _first(data, _IDS)
    body: Options | Unasked
    if data.get("figure"):
        body = Unasked(Unplayable.PICTURE_MISSING)
    elif right is None:
        body = Unasked(Unplayable.NO_KEY)
    else:
        choices = tuple(_choice(text, of=len(right) if n in right else 0) for n, text in enumerate(texts))
        body = Options(choices, one_only=len(right) == 1)
    told = _first(data, _TOLD)
    return Item(
        number,
        str(data["title"]) if isinstance(data.get("title"), str) else None,
        Rich(stem, "plain"),
        body,
        general_feedback=Rich(str(told), "plain") if told else None,
        id=str(id) if id is not None and isinstance(id, str) else None,
        called=CALLED,
        topic=str(data["topic"]) if isinstance(data.get("topic"), str) else topic,
    )


def _choice(text: str, *, of: int) -> Choice:
    """Return an answer that is one of so many right ones; 0 for a wrong one."""
    return Choice(of == 1, 100 / of if of >= _MANY else None, Rich(text, "plain"), None)


def _right(data: dict[str, Any], answers: list[Any], texts: list[str]) -> set[int] | None:
    """Return the places of the right answers, or None when nothing says which they are."""
    if any(isinstance(answer, dict) and _named(answer, _MARKS) is not None for answer in answers):
        marks = [_named(answer, _MARKS) if isinstance(answer, dict) else None for answer in answers]
        return {place for place, mark in enumerate(marks) if _is_true(mark)}
    letter = _first(data, _LETTERS)
    if isinstance(letter, str) and len(letter) == 1 and letter.isalpha():
        return _within(ord(letter.upper()) - ord("A"), texts)
    key = _named(data, _KEYS)
    if isinstance(key, list):
        places = [_place(each, texts) for each in key]
        return {place for place in places if place is not None} if key and None not in places else None
    place = _place(key, texts)
    return None if place is None else {place}


def _place(key: Any, texts: list[str]) -> int | None:
    """Return which answer a key means: a number counts from 0, a text is the answer's own, or its letter."""
    if isinstance(key, bool) or key is None:
        return None
    if isinstance(key, int):
        return key if 0 <= key < len(texts) else None
    if isinstance(key, str) and key in texts:
        return texts.index(key)
    if isinstance(key, str) and len(key) == 1 and key.isascii() and key.isalpha():
        return next(iter(_within(ord(key.upper()) - ord("A"), texts) or ()), None)
    return None


def _within(place: int, texts: list[str]) -> set[int] | None:
    return {place} if 0 <= place < len(texts) else None


def _is_true(mark: Any) -> bool:
    return mark is True or mark == 1 or (isinstance(mark, str) and mark.strip().lower() in ("true", "yes", "1", "ja"))


def _text_of(answer: Any) -> str:
    said = _first(answer, _WORDS) if isinstance(answer, dict) else answer
    return "" if said is None or isinstance(said, list | dict | bool) else str(said).strip()


def _named(data: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((data[name] for name in names if name in data), None)


def _first(data: dict[str, Any], names: tuple[str, ...]) -> Any:
    """Return the first of these that holds a text or a number."""
    found = (data.get(name) for name in names)
    return next(
        (each for each in found if isinstance(each, str | int) and not isinstance(each, bool) and each != ""), None
    )

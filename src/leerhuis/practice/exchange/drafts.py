"""From a parsed item to a question that can be played, or to the plain reason why it cannot.

What GIFT writes as percentages becomes a share of rightness; where a file is odd but usable, a notice says how it is
understood, so that the author can judge it before anything is brought in.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from leerhuis.practice.exchange.gift import parse
from leerhuis.practice.exchange.gift_items import (
    Between,
    Category,
    Choice,
    Description,
    Essay,
    Exactly,
    Fault,
    Item,
    Matching,
    NumberChoice,
    Numeric,
    Options,
    Reason,
    Rich,
    ShortAnswer,
    TrueFalse,
    Within,
)
from leerhuis.practice.kinds import (
    Choices,
    Content,
    Form,
    Kind,
    Match,
    Numbers,
    Option,
    Pairs,
    ShortText,
    Span,
    Statement,
    to_json,
)

LABEL = 90  # characters of an untitled item that a report shows
WHOLE = 0.999  # 33.33333 % three times is 99.99999 %
_KEYS = "abcdefghijklmnopqrstuvwxyz"
_PICTURE = {
    "markdown": re.compile(r"<img\b|@@PLUGINFILE@@|!\[[^\]]*\]\(", re.IGNORECASE),
    "html": re.compile(r"<img\b|@@PLUGINFILE@@", re.IGNORECASE),
    "moodle": re.compile(r"<img\b|@@PLUGINFILE@@", re.IGNORECASE),
}
# Options that speak of the other options keep their place.
_ABOUT_OTHERS = re.compile(
    r"\b(all|none|both|any) of (the|these|them)\b|\b(above|below)\b"
    r"|\b(alle|geen|beide|al) (van )?(de |deze )?(bovenstaande|genoemde|antwoorden)\b|\b(bovenstaande|hierboven)\b"
    r"|^\s*(alle|geen|beide) *(antwoorden|opties)?\s*\.?$",
    re.IGNORECASE,
)
_MARGIN = 1.0  # percent by which weights may miss 100 through rounding


class Unplayable(StrEnum):
    """Why an item that was read cannot be practised."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NO_RIGHT = "no_right"
    ONE_OPTION = "one_option"
    TOO_MANY_OPTIONS = "too_many_options"
    FEW_PAIRS = "few_pairs"
    DOUBLE_LEFT = "double_left"


class Notice(StrEnum):
    """What is odd about an item that can be practised, and how it is understood."""

    WEIGHTS = "weights"
    SEVERAL_RIGHT = "several_right"
    ALL_RIGHT = "all_right"
    DOUBLE_OPTION = "double_option"
    ODD_EQUALS = "odd_equals"
    PICTURE = "picture"


@dataclass(frozen=True)
class Draft:
    """A question ready to be brought in; `topic` is the last part of the file's category, or empty.

    `objectives` are learning goals of the bank by their words; `rests_on` is the name of the source (a law article)
    that makes the answer right. Neither is part of what a learner meets, so they leave the fingerprint as it is.
    """

    topic: str
    title: str
    kind: Kind
    stem: Rich
    content: Content
    explanation: Rich | None
    source_id: str = ""
    tags: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    rests_on: str = ""

    @property
    def fingerprint(self) -> str:
        """Return a digest of all that a learner meets: equal for the same question in two files."""
        explained = [self.explanation.text, self.explanation.format] if self.explanation else None
        parts = [self.kind.value, self.stem.text, self.stem.format, to_json(self.content), explained]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Reported:
    """What becomes of one item of a file: a draft with notices, or the one reason why it is left out."""

    line: int
    label: str
    draft: Draft | None = None
    reason: Reason | Unplayable | None = None
    notices: tuple[Notice, ...] = ()


class _CannotPlay(Exception):
    def __init__(self, reason: Unplayable) -> None:
        super().__init__(reason)
        self.reason = reason


def read_gift(text: str) -> list[Reported]:
    """Return a report of every item of a GIFT file, in order; categories become the topics of what follows."""
    reported = []
    topic = ""
    for found in parse(text):
        if isinstance(found, Category):
            topic = topic_of(found.path)
        elif isinstance(found, Fault):
            reported.append(Reported(found.line, _label(found.source), reason=found.reason))
        else:
            reported.append(_report(found, topic))
    return reported


def topic_of(path: str) -> str:
    """Return the topic of a category path: its last part, without the frame that Moodle puts round it.

    ``$course$/top/Default for Privacy`` → ``Privacy``; a doubled slash is a slash in a name.
    """
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    named = [part for part in parts if part and part != "top" and not re.fullmatch(r"\$\w+\$", part)]
    return re.sub(r"^(Default for|Standaard voor) ", "", named[-1]) if named else ""


def _label(text: str) -> str:
    """Return the first words of an item, for the report."""
    line = re.sub(r"\s+", " ", re.sub(r"<[^<>]*>", " ", text)).strip()
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


def _report(item: Item, topic: str) -> Reported:
    label = item.title or _label(item.stem.text)
    try:
        kind, content, notices = _content(item)
    except _CannotPlay as no:
        return Reported(item.line, label, reason=no.reason)
    draft = Draft(
        topic, item.title or "", kind, item.stem, content, item.general_feedback, item.id or "", tuple(item.tags)
    )
    return Reported(item.line, label, draft, notices=(*notices, *_general_notices(item)))


def _general_notices(item: Item) -> list[Notice]:
    notices = [Notice.ODD_EQUALS] if item.odd_equals else []
    texts = [item.stem, item.general_feedback]
    if isinstance(item.body, Options):
        texts += [choice.text for choice in item.body.choices]
    if any(text and text.format in _PICTURE and _PICTURE[text.format].search(text.text) for text in texts):
        notices.append(Notice.PICTURE)
    return notices


def _content(item: Item) -> tuple[Kind, Content, list[Notice]]:
    match item.body:
        case Description():
            raise _CannotPlay(Unplayable.DESCRIPTION)
        case Essay():
            raise _CannotPlay(Unplayable.ESSAY)
        case TrueFalse(is_true, wrong, right):
            told = (right, wrong) if is_true else (wrong, right)
            return Kind.TRUE_FALSE, Statement(is_true, *told), []
        case Options() as options:
            return _options(options)
        case ShortAnswer(choices):
            return Kind.SHORT_TEXT, ShortText(_some_right(tuple(_form(choice) for choice in choices))), []
        case Numeric(answers):
            return Kind.NUMERIC, _numbers(answers), []
        case Matching() as matching:
            return Kind.MATCHING, _pairs(matching), []


def _share(choice: Choice | NumberChoice) -> float:
    """Return how right an answer is, 0 to 1: its weight if it has one, else what its mark says."""
    if choice.weight is None:
        return 1.0 if choice.marked_right else 0.0
    share = max(0.0, min(1.0, choice.weight / 100))
    return 1.0 if share >= WHOLE else share


def _options(options: Options) -> tuple[Kind, Content, list[Notice]]:
    if len(options.choices) < 2:  # noqa: PLR2004 - nothing to choose from
        raise _CannotPlay(Unplayable.ONE_OPTION)
    if len(options.choices) > len(_KEYS):
        raise _CannotPlay(Unplayable.TOO_MANY_OPTIONS)
    kind, shares, notices = _one(options.choices) if options.one_only else _several(options.choices)
    texts = [choice.text.text for choice in options.choices]
    if len(set(texts)) < len(texts):
        notices.append(Notice.DOUBLE_OPTION)
    made = tuple(
        Option(key, choice.text, share, choice.feedback)
        for key, choice, share in zip(_KEYS, options.choices, shares, strict=False)
    )
    shuffle = not any(_ABOUT_OTHERS.search(text) for text in texts)
    return kind, Choices(made, one_only=kind is Kind.SINGLE, shuffle=shuffle), notices


def _one(choices: tuple[Choice, ...]) -> tuple[Kind, list[float], list[Notice]]:
    """Options of which one is chosen: several may be right, then any of them will do; others may be partly right."""
    shares = [_share(choice) for choice in choices]
    whole = shares.count(1.0)
    if not whole:
        raise _CannotPlay(Unplayable.NO_RIGHT)
    return Kind.SINGLE, shares, [Notice.SEVERAL_RIGHT] if whole > 1 else []


def _several(choices: tuple[Choice, ...]) -> tuple[Kind, list[float], list[Notice]]:
    """Options marked by weights alone: each with a positive weight must be ticked, and no other."""
    weights = [choice.weight or 0.0 for choice in choices]
    right = [weight for weight in weights if weight > 0]
    if not right:
        raise _CannotPlay(Unplayable.NO_RIGHT)
    notices = [] if abs(sum(right) - 100) <= _MARGIN else [Notice.WEIGHTS]
    if len(right) == len(choices):
        notices.append(Notice.ALL_RIGHT)
    kind = Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE
    return kind, [1.0 if weight > 0 else 0.0 for weight in weights], notices


def _form(choice: Choice) -> Form:
    return Form(choice.text.text, _share(choice), choice.feedback)


def _some_right(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    if not any(form.share == 1 for form in forms):
        raise _CannotPlay(Unplayable.NO_RIGHT)
    return forms


def _numbers(answers: Exactly | Within | Between | tuple[NumberChoice, ...]) -> Numbers:
    if not isinstance(answers, tuple):
        answers = (NumberChoice(marked_right=True, weight=None, number=answers, feedback=None),)
    spans = tuple(_span(each) for each in answers if each.number is not None)
    if not any(span.share == 1 for span in spans):
        raise _CannotPlay(Unplayable.NO_RIGHT)
    otherwise = next((each.feedback for each in answers if each.number is None), None)
    return Numbers(spans, otherwise)


def _span(choice: NumberChoice) -> Span:
    share = _share(choice)
    match choice.number:
        case Within(value, tolerance):
            exact, margin = Decimal(str(value)), Decimal(str(tolerance))
            return Span(float(exact - margin), float(exact + margin), share, choice.feedback)
        case Between(low, high):
            return Span(low, high, share, choice.feedback)
        case Exactly(value):
            return Span(value, value, share, choice.feedback)
        case None:
            raise ValueError("Anything else is not a span.")


def _pairs(matching: Matching) -> Pairs:
    matches = tuple(Match(pair.left, pair.right) for pair in matching.pairs if pair.left.text)
    if len(matches) < 2:  # noqa: PLR2004 - one pair matches itself
        raise _CannotPlay(Unplayable.FEW_PAIRS)
    lefts = [match.left.text for match in matches]
    if len(set(lefts)) < len(lefts):
        raise _CannotPlay(Unplayable.DOUBLE_LEFT)
    return Pairs(matches, tuple(pair.right for pair in matching.pairs if not pair.left.text))

"""From a parsed item to a question that can be played, or to the plain reason why it cannot.

What GIFT writes as percentages becomes a share of rightness; where a file is odd but usable, a notice says how it is
understood, so that the author can judge it before anything is brought in.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape

from leerhuis.base.text import clean
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
    Ready,
    Reason,
    Rich,
    ShortAnswer,
    TrueFalse,
    Unasked,
    Within,
)
from leerhuis.practice.exchange.pictures import SCHEME, Picture, alts_in, made_of, named_in, picture_of, renamed
from leerhuis.practice.exchange.remarks import Notice, Unplayable
from leerhuis.practice.exchange.walking import cleaned, mapped, parts_of
from leerhuis.practice.kinds import (
    Choices,
    Content,
    Form,
    Hotspot,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Pairs,
    ShortText,
    Span,
    Statement,
    to_json,
)

LABEL = 90  # characters of an untitled item that a report shows
LONGEST_TEXT = 60_000  # characters of a question with all its answers
LONGEST_ID = 200
WHOLE = 0.999  # 33.33333 % three times is 99.99999 %
_KEYS = "abcdefghijklmnopqrstuvwxyz"
_MAY_SHOW = re.compile(r"<img|!\[", re.IGNORECASE)
# Options that speak of the other options keep their place.
_ABOUT_OTHERS = re.compile(
    r"\b(all|none|both|any) of (the|these|them)\b|\b(above|below)\b"
    r"|\b(alle|geen|beide|al) (van )?(de |deze )?(bovenstaande|genoemde|antwoorden)\b|\b(bovenstaande|hierboven)\b"
    r"|^\s*(alle|geen|beide) *(antwoorden|opties)?\s*\.?$",
    re.IGNORECASE,
)
_MARGIN = 1.0  # percent by which weights may miss 100 through rounding


@dataclass(frozen=True)
class Draft:
    """A question ready to be brought in; `topic` is the last part of the file's category, or empty.

    `objectives` are learning goals of the bank by their words; `rests_on` is the name of the source (a law article)
    that makes the answer right. Neither is part of what a learner meets, so they leave the fingerprint as it is.
    `pictures` come along with it; the texts name them as they will be called in the bank.
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
    pictures: tuple[Picture, ...] = ()

    @property
    def label(self) -> str:
        """Return what a list calls it: its title, or else its first words."""
        return label_of(self.title) or label_of(self.stem.text)

    @property
    def fingerprint(self) -> str:
        """Return a digest of all that a learner meets: equal for the same question in two files."""
        explained = [self.explanation.text, self.explanation.format] if self.explanation else None
        parts = [self.kind.value, self.stem.text, self.stem.format, to_json(self.content), explained]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def renaming(self, name: str, other: str) -> "Draft":
        """Return the question with one of its pictures called otherwise."""
        mention = re.compile(rf"\b{SCHEME}{re.escape(name)}(?![a-z0-9._-])")
        draft: Draft = mapped(self, Rich, lambda text: Rich(mention.sub(f"{SCHEME}{other}", text.text), text.format))
        content = draft.content
        if isinstance(content, Hotspot) and content.picture == name:
            content = replace(content, picture=other)
        pictures = tuple(replace(each, name=other) if each.name == name else each for each in draft.pictures)
        return replace(draft, content=content, pictures=pictures)


@dataclass(frozen=True)
class Reported:
    """What becomes of one item of a file: a draft with notices, or the one reason why it is left out.

    `line` is where it begins in a text, or which one it is in a package; `called` is its kind in words of the file.
    """

    line: int
    label: str
    draft: Draft | None = None
    reason: Reason | Unplayable | None = None
    notices: tuple[Notice, ...] = ()
    called: str = ""


class CannotPlay(Exception):
    """The item was read, but cannot be practised, for this reason."""

    def __init__(self, reason: Unplayable) -> None:
        super().__init__(reason)
        self.reason = reason


def read_gift(text: str) -> list[Reported]:
    """Return a report of every item of a GIFT file, in order; categories become the topics of what follows."""
    return report(parse(text))


def report(found: Iterable[Category | Item | Fault]) -> list[Reported]:
    """Return what becomes of every item that a reader gave; a category is the topic of the items after it."""
    reported = []
    topic = ""
    for each in found:
        if isinstance(each, Category):
            topic = topic_of(each.path)
        elif isinstance(each, Fault):
            reported.append(Reported(each.line, label_of(each.source), reason=each.reason, called=each.called))
        else:
            reported.append(_report(each, topic if each.topic is None else each.topic))
    return reported


def topic_of(path: str) -> str:
    """Return the topic of a category path: its last part, without the frame that Moodle puts round it.

    ``$course$/top/Default for Privacy`` → ``Privacy``; a doubled slash is a slash in a name.
    """
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    named = [part for part in parts if part and part != "top" and not re.fullmatch(r"\$\w+\$", part)]
    return re.sub(r"^(Default for|Standaard voor) ", "", named[-1]) if named else ""


def label_of(text: str) -> str:
    """Return the first words of an item, for the report."""
    words = unescape(re.sub(r"<[^<>]*>", " ", clean(text[: 20 * LABEL].encode("utf-8", "replace").decode())))
    line = re.sub(r"\s+(?=[.,;:?!])|\s+$", "", re.sub(r"\s+", " ", words)).strip()
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


def rich_texts(draft: Draft) -> list[Rich]:
    """Return every text of a question that may hold marks or pictures."""
    return list(parts_of(draft, Rich))


def _report(item: Item, topic: str) -> Reported:
    label = label_of(item.title or "") or label_of(item.stem.text)
    try:
        kind, content, notices = _content(item)
        told = item.general_feedback if item.general_feedback and item.general_feedback.text else None
        if isinstance(item.body, Essay) and isinstance(content, OpenText) and content.model == told:
            told = None  # it is shown as the model answer
        tags, id = tuple(item.tags), (item.id or "")[:LONGEST_ID]
        draft = cleaned(
            Draft(topic, item.title or "", kind, item.stem, content, told, id, tags, item.goals, item.rests_on)
        )
        draft, missing = with_pictures(draft, item.files)
        _refuse_too_long(draft)
    except CannotPlay as no:
        return Reported(item.line, label, reason=no.reason, called=item.called)
    notices = [*notices, *map(Notice, item.notices), *([Notice.ODD_EQUALS] if item.odd_equals else [])]
    notices += [Notice.PICTURE] if missing else []
    notices += [Notice.NO_ALT] if any(not picture.alt for picture in draft.pictures) else []
    return Reported(item.line, label, draft, notices=tuple(dict.fromkeys(notices)), called=item.called)


def _refuse_too_long(draft: Draft) -> None:
    written = [draft.stem.text, json.dumps(to_json(draft.content)), draft.explanation.text if draft.explanation else ""]
    if sum(map(len, written)) > LONGEST_TEXT:
        raise CannotPlay(Unplayable.TOO_LONG)


def with_pictures(draft: Draft, files: Mapping[str, bytes] | None) -> tuple[Draft, bool]:
    """Return a draft with its pictures, named as in the bank, and whether it shows one that is not there.

    `files` is None for a format that carries no pictures: then one that is not there is only told. Raises CannotPlay.
    """
    texts = [text for text in rich_texts(draft) if _MAY_SHOW.search(text.text)]
    names = {name for text in texts for name in named_in(text)}
    pointed_at = draft.content.picture if isinstance(draft.content, Hotspot) else ""
    alts = {name: alt for text in texts for name, alt in alts_in(text).items()}
    made = {}
    for name in sorted(filter(None, {*names, pointed_at})):
        content = None if name.startswith(SCHEME) else picture_of(name, files or {})
        if content:
            made[name] = made_of(name, content, alts.get(name, ""))
    missing = {name for name in names if name not in made and not name.startswith(SCHEME)}
    if (missing and files is not None) or (files is not None and pointed_at and pointed_at not in made):
        raise CannotPlay(Unplayable.PICTURE_MISSING)
    named: Draft = mapped(draft, Rich, lambda text: renamed(text, made)) if made else draft
    if isinstance(named.content, Hotspot) and pointed_at in made:
        named = replace(named, content=replace(named.content, picture=made[pointed_at].name))
    return replace(named, pictures=tuple({each.name: each for each in made.values()}.values())), bool(missing)


def _content(item: Item) -> tuple[Kind, Content, list[Notice]]:  # noqa: C901, PLR0911 - one a kind
    match item.body:
        case Description():
            raise CannotPlay(Unplayable.DESCRIPTION)
        case Essay(model):
            told = model or item.general_feedback
            if told is None or not told.text:
                raise CannotPlay(Unplayable.ESSAY)
            return Kind.OPEN, OpenText(told), []
        case TrueFalse(is_true, wrong, right):
            when_true, when_false = (right, wrong) if is_true else (wrong, right)
            return Kind.TRUE_FALSE, Statement(is_true, when_true, when_false), []
        case Options() as options:
            return _options(options)
        case ShortAnswer(choices, exact_case):
            return Kind.SHORT_TEXT, ShortText(_some_right(tuple(_form(choice) for choice in choices)), exact_case), []
        case Numeric(answers):
            return Kind.NUMERIC, _numbers(answers), []
        case Matching() as matching:
            return Kind.MATCHING, _pairs(matching), []
        case Ready(kind, content, notices):
            return Kind(kind), content, list(map(Notice, notices))
        case Unasked(why):
            raise CannotPlay(Unplayable(why))


def _share(choice: Choice | NumberChoice) -> float:
    """Return how right an answer is, 0 to 1: its weight if it has one, else what its mark says."""
    if choice.weight is None:
        return 1.0 if choice.marked_right else 0.0
    return share_of(choice.weight)


def share_of(percent: float) -> float:
    """Return how right an answer of so many percent is, 0 to 1; 99.99999 % is the whole."""
    share = round(max(0.0, min(1.0, percent / 100)), 7)
    return 1.0 if share >= WHOLE else share


def _options(options: Options) -> tuple[Kind, Content, list[Notice]]:
    if len(options.choices) < 2:  # noqa: PLR2004 - nothing to choose from
        raise CannotPlay(Unplayable.ONE_OPTION)
    if len(options.choices) > len(_KEYS):
        raise CannotPlay(Unplayable.TOO_MANY_OPTIONS)
    kind, shares, notices = _one(options.choices) if options.one_only else _several(options.choices, sure=options.sure)
    texts = [choice.text.text for choice in options.choices]
    if len(set(texts)) < len(texts):
        notices.append(Notice.DOUBLE_OPTION)
    made = tuple(
        Option(key, choice.text, share, choice.feedback)
        for key, choice, share in zip(_KEYS, options.choices, shares, strict=False)
    )
    shuffle = speak_for_themselves(texts) if options.shuffle is None else options.shuffle
    return kind, Choices(made, one_only=kind is Kind.SINGLE, shuffle=shuffle), notices


def speak_for_themselves(texts: Iterable[str]) -> bool:
    """True when no option speaks of the others ("all of the above"), so that they may stand in any order."""
    return not any(_ABOUT_OTHERS.search(text) for text in texts)


def _one(choices: tuple[Choice, ...]) -> tuple[Kind, list[float], list[Notice]]:
    """Options of which one is chosen: several may be right, then any of them will do; others may be partly right."""
    shares = [_share(choice) for choice in choices]
    whole = shares.count(1.0)
    if not whole:
        raise CannotPlay(Unplayable.NO_RIGHT)
    return Kind.SINGLE, shares, [Notice.SEVERAL_RIGHT] if whole > 1 else []


def _several(choices: tuple[Choice, ...], *, sure: bool) -> tuple[Kind, list[float], list[Notice]]:
    """Options marked by weights alone: each with a positive weight must be ticked, and no other."""
    weights = [choice.weight or 0.0 for choice in choices]
    right = [weight for weight in weights if weight > 0]
    if not right:
        raise CannotPlay(Unplayable.NO_RIGHT)
    notices = [] if abs(sum(right) - 100) <= _MARGIN else [Notice.WEIGHTS]
    if len(right) == len(choices):
        notices.append(Notice.ALL_RIGHT)
    kind = Kind.SINGLE if len(right) == 1 and not sure else Kind.MULTIPLE
    return kind, [1.0 if weight > 0 else 0.0 for weight in weights], notices


def _form(choice: Choice) -> Form:
    return Form(choice.text.text, _share(choice), choice.feedback)


def _some_right(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    if not any(form.share == 1 for form in forms):
        raise CannotPlay(Unplayable.NO_RIGHT)
    return forms


def _numbers(answers: Exactly | Within | Between | tuple[NumberChoice, ...]) -> Numbers:
    if not isinstance(answers, tuple):
        answers = (NumberChoice(marked_right=True, weight=None, number=answers, feedback=None),)
    spans = tuple(_span(each) for each in answers if each.number is not None)
    if not any(span.share == 1 for span in spans):
        raise CannotPlay(Unplayable.NO_RIGHT)
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
        raise CannotPlay(Unplayable.FEW_PAIRS)
    lefts = [match.left.text for match in matches]
    if len(set(lefts)) < len(lefts):
        raise CannotPlay(Unplayable.DOUBLE_LEFT)
    return Pairs(matches, tuple(pair.right for pair in matching.pairs if not pair.left.text))

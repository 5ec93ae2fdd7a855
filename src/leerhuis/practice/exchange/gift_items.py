"""What a GIFT file consists of: the parts of a parsed item, and the reasons why an item cannot be read."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an item of a GIFT file could not be read; the words for the reader stand in `reasons.py`."""

    TITLE_OPEN = "title_open"
    BRACE_OPEN = "brace_open"
    BRACE_STRAY = "brace_stray"
    TWO_ANSWERS = "two_answers"
    NO_STEM = "no_stem"
    NO_MARKER = "no_marker"
    EMPTY_ANSWER = "empty_answer"
    NO_NUMBER = "no_number"
    PAIR_BROKEN = "pair_broken"
    PAIR_MIXED = "pair_mixed"
    NO_CATEGORY = "no_category"


@dataclass(frozen=True)
class Rich:
    """A text with its format: ``moodle`` (the default of GIFT), ``html``, ``markdown`` or ``plain``."""

    text: str
    format: str = "moodle"


@dataclass(frozen=True)
class Choice:
    """One answer between braces: its mark (``=`` or ``~``), its weight in percent if given, text and feedback."""

    marked_right: bool
    weight: float | None
    text: Rich
    feedback: Rich | None


@dataclass(frozen=True)
class Exactly:
    """A single number."""

    value: float


@dataclass(frozen=True)
class Within:
    """A number with the tolerance on either side (``1822:2``)."""

    value: float
    tolerance: float


@dataclass(frozen=True)
class Between:
    """A range, both ends included (``1..5``)."""

    low: float
    high: float


Number = Exactly | Within | Between


@dataclass(frozen=True)
class NumberChoice:
    """One of several numeric answers; `number` is None for "anything else" (``~#feedback``)."""

    marked_right: bool
    weight: float | None
    number: Number | None
    feedback: Rich | None


@dataclass(frozen=True)
class Pair:
    """Two sides that belong together; an empty left side makes the right side a distractor."""

    left: Rich
    right: str


@dataclass(frozen=True)
class Description:
    """A text that asks nothing."""


@dataclass(frozen=True)
class Essay:
    """A question that a person has to read and mark."""


@dataclass(frozen=True)
class TrueFalse:
    """A statement; GIFT gives first the feedback to a wrong answer, then the feedback to a right one."""

    is_true: bool
    wrong_feedback: Rich | None
    right_feedback: Rich | None


@dataclass(frozen=True)
class Options:
    """A choice from options: `one_only` when one of them is marked with ``=``, else any number may be ticked."""

    choices: tuple[Choice, ...]
    one_only: bool


@dataclass(frozen=True)
class ShortAnswer:
    """Accepted forms of a typed answer; a ``*`` in one stands for any text."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Numeric:
    """A numeric answer: one bare number, or a list with weights and feedback."""

    answers: Number | tuple[NumberChoice, ...]


@dataclass(frozen=True)
class Matching:
    """Pairs to bring together."""

    pairs: tuple[Pair, ...]


Body = Description | Essay | TrueFalse | Options | ShortAnswer | Numeric | Matching


@dataclass(frozen=True)
class Category:
    """The path under which the items that follow belong (``$course$/top/Privacy``)."""

    line: int
    path: str


@dataclass(frozen=True)
class Item:
    """One parsed item: where it begins (line, counted from 1), its title, stem and body.

    `embedded` says that the answers stood inside the text; the gap is written as ``_____`` in the stem.
    """

    line: int
    title: str | None
    stem: Rich
    body: Body
    embedded: bool = False
    general_feedback: Rich | None = None
    id: str | None = None
    tags: tuple[str, ...] = ()
    odd_equals: bool = False  # an "=" inside a word, which GIFT reads as the start of a new answer


@dataclass(frozen=True)
class Fault:
    """An item that cannot be read: where it begins, why, and its own text."""

    line: int
    reason: Reason
    source: str

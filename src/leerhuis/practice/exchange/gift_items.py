"""What a question file consists of: the parts of a parsed item, and the reasons why an item cannot be read.

The parts are named after GIFT, which was there first; readers of other formats give the same parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why an item of a file could not be read; the words for the reader stand in `reasons.py`."""

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
    NO_ANSWER_LINE = "no_answer_line"
    NO_SUCH_OPTION = "no_such_option"
    ODD_ANSWER_LINE = "odd_answer_line"
    MISSING_PART = "missing_part"
    BROKEN_FILE = "broken_file"
    NO_SUCH_KIND = "no_such_kind"


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
    """A question that a person has to read and mark, with what a good answer is where the file tells."""

    model: Rich | None = None


@dataclass(frozen=True)
class TrueFalse:
    """A statement; GIFT gives first the feedback to a wrong answer, then the feedback to a right one."""

    is_true: bool
    wrong_feedback: Rich | None
    right_feedback: Rich | None


@dataclass(frozen=True)
class Options:
    """A choice from options: `one_only` when one of them is marked with ``=``, else any number may be ticked.

    `sure` where the format itself says whether one or several are ticked; otherwise one right option makes it one.
    `shuffle` is None where the format says nothing of it.
    """

    choices: tuple[Choice, ...]
    one_only: bool
    sure: bool = False
    shuffle: bool | None = None


@dataclass(frozen=True)
class ShortAnswer:
    """Accepted forms of a typed answer; a ``*`` in one stands for any text."""

    choices: tuple[Choice, ...]
    exact_case: bool = False


@dataclass(frozen=True)
class Numeric:
    """A numeric answer: one bare number, or a list with weights and feedback."""

    answers: Number | tuple[NumberChoice, ...]


@dataclass(frozen=True)
class Matching:
    """Pairs to bring together."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Ready:
    """The content of a question as it will be kept, from a format that says it outright; `kind` is a `Kind` value."""

    kind: str
    content: Any
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unasked:
    """An item of a kind that is not asked here; `why` is an `Unplayable` value."""

    why: str


Body = Description | Essay | TrueFalse | Options | ShortAnswer | Numeric | Matching | Ready | Unasked


@dataclass(frozen=True)
class Category:
    """The path under which the items that follow belong (``$course$/top/Privacy``)."""

    line: int
    path: str


@dataclass(frozen=True)
class Item:
    """One parsed item: where it begins (line, counted from 1), its title, stem and body.

    `embedded` says that the answers stood inside the text; the gap is written as ``_____`` in the stem. `called` is
    the kind in the words of the file; `files` are the pictures that came with it, by the name that its texts use, and
    None for a format that carries none.
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
    called: str = ""
    topic: str | None = None  # where the item itself names its topic; otherwise the category before it holds
    files: Mapping[str, bytes] | None = None
    goals: tuple[str, ...] = ()
    rests_on: str = ""
    notices: tuple[str, ...] = ()  # `Notice` values that the reader itself has to tell


@dataclass(frozen=True)
class Fault:
    """An item that cannot be read: where it begins, why, and its own text."""

    line: int
    reason: Reason
    source: str
    called: str = ""

"""What fits a gap in one cell of a sheet: a text as it is, or answers in the signs of GIFT (``=right ~wrong``)."""

from decimal import Decimal

from leerhuis.practice.exchange.drafts import share_of
from leerhuis.practice.exchange.gaps import KEYS, BadGaps
from leerhuis.practice.exchange.gift_answers import CannotRead, read
from leerhuis.practice.exchange.gift_items import (
    Between,
    Choice,
    Exactly,
    Number,
    NumberChoice,
    Numeric,
    Options,
    ShortAnswer,
    Within,
)
from leerhuis.practice.exchange.gift_text import protect
from leerhuis.practice.kinds import Choices, Form, Gap, Numbers, Option, ShortText, Span

_EXACT = "[C]"  # before the answers: capital letters matter
_SLIPS = "[S]"  # slips of the finger are forgiven
_FIXED = "[F]"  # the options keep their order


def read_gap(text: str, around: str) -> Gap:
    """Return what fits a gap; `around` is the format of the text. Raises BadGaps."""
    marks, text = _marks(text)
    if not text:
        raise BadGaps
    if text[0] not in "=~#":
        return ShortText((Form(text, 1.0),), _EXACT in marks, _SLIPS in marks)
    try:
        body, _feedback = read(protect(text), around)
    except CannotRead as fault:
        raise BadGaps(text) from fault
    match body:
        case ShortAnswer(choices):
            forms = tuple(Form(each.text.text, _share(each), each.feedback) for each in choices)
            return _right(ShortText(forms, _EXACT in marks, _SLIPS in marks), [form.share for form in forms])
        case Options(choices=choices) if len(choices) <= len(KEYS):
            options = tuple(
                Option(key, each.text, _share(each), each.feedback) for key, each in zip(KEYS, choices, strict=False)
            )
            return _right(Choices(options, one_only=True, shuffle=_FIXED not in marks), [o.share for o in options])
        case Numeric(answers):
            return _numbers(answers)
    raise BadGaps(text)


def _marks(text: str) -> tuple[set[str], str]:
    marks = set()
    while text[:3] in (_EXACT, _SLIPS, _FIXED):
        marks.add(text[:3])
        text = text[3:].lstrip()
    return marks, text


def marks_of(gap: Gap) -> str:
    """Return the marks that stand before the answers of a gap."""
    match gap:
        case ShortText(exact_case=exact_case, typos=typos):
            return f"{_EXACT if exact_case else ''}{_SLIPS if typos else ''}"
        case Choices(shuffle=shuffle):
            return "" if shuffle else _FIXED
    return ""


def _share(choice: Choice | NumberChoice) -> float:
    if choice.weight is None:
        return 1.0 if choice.marked_right else 0.0
    return share_of(choice.weight)


def _right(gap: Gap, shares: list[float]) -> Gap:
    if 1.0 not in shares:
        raise BadGaps
    return gap


def _numbers(answers: Number | tuple[NumberChoice, ...]) -> Numbers:
    listed = answers if isinstance(answers, tuple) else (NumberChoice(True, None, answers, None),)  # noqa: FBT003
    spans = tuple(Span(*_ends(each.number), _share(each), each.feedback) for each in listed if each.number)
    otherwise = next((each.feedback for each in listed if each.number is None), None)
    if not any(span.share == 1 for span in spans):
        raise BadGaps
    return Numbers(spans, otherwise)


def _ends(number: Number) -> tuple[float, float]:
    match number:
        case Between(low, high):
            return low, high
        case Within(value, tolerance):
            middle, margin = Decimal(str(value)), Decimal(str(tolerance))
            return float(middle - margin), float(middle + margin)
        case Exactly(value):
            return value, value

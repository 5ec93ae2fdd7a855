"""Texts with gaps as Moodle writes them: ``{1:SHORTANSWER:=right~wrong}``, or ``[[1]]`` with a list of words.

Source: https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type. What a backslash stands before is meant as
itself. Gaps come out in the order of the text, which marks them ``[[1]]``, ``[[2]]``, and so on.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation, localcontext

from leerhuis.practice.exchange.drafts import share_of
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Choices, Cloze, Form, Gap, Numbers, Option, ShortText, Span

KEYS = "abcdefghijklmnopqrstuvwxyz"
MOST_GAPS = 99
LONGEST_GAP = 20_000
_OPEN = re.compile(r"\{(\d{0,5}):([A-Z_]{2,20}):", re.IGNORECASE)
_WORDS = ("SHORTANSWER", "SA", "MW")
_EXACT = ("SHORTANSWER_C", "SAC", "MWC")
_NUMBERS = ("NUMERICAL", "NM")
_CHOICES = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH")
_SHUFFLED = ("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")
_WEIGHT = re.compile(r"%(-?\d{1,4}(?:[.,]\d{1,12})?)%")
_MARK = re.compile(r"\[\[\s*(\d{1,3})\s*\]\]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#125;", "}"), ("&#126;", "~"))
DIGITS = 800  # two numbers of any size, and what lies in the middle of them, written out


class BadGaps(ValueError):
    """The gaps of a text cannot be read, or are of a kind that is not asked here."""


def read_embedded(text: str, written_as: str) -> tuple[str, Cloze]:
    """Return the text of an embedded question with its gaps marked, and the gaps. Raises BadGaps."""
    stem: list[str] = []
    gaps: list[Gap] = []
    at = 0
    while found := _OPEN.search(text, at):
        end = _end_of(text, found.end())
        stem += [text[at : found.start()], f"[[{len(gaps) + 1}]]"]
        gaps.append(_gap(found[2].upper(), text[found.end() : end], written_as))
        at = end + 1
    if not gaps or len(gaps) > MOST_GAPS or _MARK.search(re.sub(_OPEN, "", text)):
        raise BadGaps
    return "".join([*stem, text[at:]]), Cloze(tuple(gaps))


def read_listed(text: str, words: Sequence[tuple[Rich, str]]) -> tuple[str, Cloze]:
    """Return a text whose marks name words of a list (counted from 1, each with its group), and its gaps as choices.

    The words of the same group are the options of a gap. Raises BadGaps.
    """
    gaps: list[Gap] = []

    def mark(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(words):
            raise BadGaps
        group = [n for n, (_text, group) in enumerate(words) if group == words[place][1]]
        if not 1 < len(group) <= len(KEYS):
            raise BadGaps
        right = words[place][0].text
        same = [n for n in group if words[n][0].text != right or n == place]
        made = (Option(key, words[n][0], float(n == place)) for key, n in zip(KEYS, same, strict=False))
        gaps.append(Choices(tuple(made), one_only=True))
        return f"[[{len(gaps)}]]"

    stem = _MARK.sub(mark, text)
    if not gaps or len(gaps) > MOST_GAPS:
        raise BadGaps
    return stem, Cloze(tuple(gaps))


def write_embedded(stem: Rich, cloze: Cloze) -> str:
    """Return a text with gaps as Moodle writes it. Raises BadGaps for a gap that it has no form for."""
    return _MARK.sub(lambda found: _written(cloze.gaps[int(found[1]) - 1]), stem.text)


def bounds(middle: str, margin: str) -> tuple[float, float]:
    """Return the numbers that lie a margin below and above one, exactly as they are written. Raises BadGaps."""
    with localcontext() as context:
        context.prec = DIGITS
        value, around = exact(middle), abs(exact(margin))
        return float(value - around), float(value + around)


def around(low: float, high: float) -> tuple[str, str]:
    """Return the number in the middle of two, and how far they lie from it, so that `bounds` gives the two again."""
    with localcontext() as context:
        context.prec = DIGITS
        least, most = Decimal(repr(low)), Decimal(repr(high))
        return _short((least + most) / 2), _short((most - least) / 2)


def exact(text: str) -> Decimal:
    """Return a number as it is written, with a point or a comma. Raises BadGaps for what is none."""
    text = text.strip()
    if len(text) > DIGITS:
        raise BadGaps(text[:40])
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation as fault:
        raise BadGaps(text) from fault
    if not value.is_finite() or abs(value) > Decimal("1e300"):
        raise BadGaps(text)
    return value


def _short(value: Decimal) -> str:
    plain = value.normalize()
    return f"{plain:f}" if -20 < plain.adjusted() < 20 else str(plain)  # noqa: PLR2004 - digits that people read


def _end_of(text: str, start: int) -> int:
    """Return where the brace that closes a gap stands; one after a backslash is text."""
    for at in range(start, min(len(text), start + LONGEST_GAP)):
        if text[at] == "}" and (len(text[start:at]) - len(text[start:at].rstrip("\\"))) % 2 == 0:
            return at
    raise BadGaps(text[start : start + 40])


def _gap(kind: str, answers: str, written_as: str) -> Gap:
    found = [_answer(part) for part in _split(answers, "~")]
    if not found:
        raise BadGaps(kind)
    if kind in _WORDS or kind in _EXACT:
        forms = tuple(Form(_words(text), share, _told(said, written_as)) for text, share, said in found)
        return _right(ShortText(forms, exact_case=kind in _EXACT), [form.share for form in forms])
    if kind in _CHOICES or kind in _SHUFFLED:
        options = tuple(
            Option(key, Rich(_unescaped(text).strip(), written_as), share, _told(said, written_as))
            for key, (text, share, said) in zip(KEYS, found, strict=False)
        )
        if len(found) > len(KEYS):
            raise BadGaps(kind)
        return _right(Choices(options, one_only=True, shuffle=kind in _SHUFFLED), [o.share for o in options])
    if kind in _NUMBERS:
        return _numbers(found, written_as)
    raise BadGaps(kind)


def _right(gap: Gap, shares: list[float]) -> Gap:
    if 1.0 not in shares:
        raise BadGaps
    return gap


def _numbers(found: list[tuple[str, float, str]], written_as: str) -> Gap:
    spans, otherwise = [], None
    for text, share, said in found:
        if text.strip() == "*":
            otherwise = _told(said, written_as)
            continue
        middle, _colon, margin = _unescaped(text).partition(":")
        spans.append(Span(*bounds(middle, margin or "0"), share, _told(said, written_as)))
    return _right(Numbers(tuple(spans), otherwise), [span.share for span in spans])


def _answer(text: str) -> tuple[str, float, str]:
    """Return an answer with how right it is and what is said of it, still escaped."""
    share = 0.0
    if text.startswith("="):
        share, text = 1.0, text[1:]
    elif found := _WEIGHT.match(text):
        share, text = share_of(float(found[1].replace(",", "."))), text[found.end() :]
    answer, *said = _split(text, "#", once=True)
    return answer, share, "".join(said)


def _split(text: str, mark: str, *, once: bool = False) -> list[str]:
    """Split at a mark that no backslash stands before."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == mark and not (mark == "#" and text[at - 1 : at] == "&"):
            parts.append(text[start:at])
            start = at + 1
            if once:
                break
        at += 1
    return [*parts, text[start:]]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _words(text: str) -> str:
    """Return a typed answer as a learner types it: entities stand for what they mean."""
    plain = _unescaped(text).strip()
    for entity, char in _ENTITIES:
        plain = plain.replace(entity, char)
    return plain


def _told(text: str, written_as: str) -> Rich | None:
    said = _unescaped(text).strip()
    return Rich(said, written_as) if said else None


def _written(gap: Gap) -> str:
    match gap:
        case ShortText(forms, exact_case):
            answers = [_written_answer(_entities(form.text), form.share, form.feedback) for form in forms]
            return f"{{1:{'SHORTANSWER_C' if exact_case else 'SHORTANSWER'}:{'~'.join(answers)}}}"
        case Choices(options=options, shuffle=shuffle):
            answers = [_written_answer(_escaped(o.text.text), o.share, o.feedback) for o in options]
            return f"{{1:{'MULTICHOICE_S' if shuffle else 'MULTICHOICE'}:{'~'.join(answers)}}}"
        case Numbers(spans, otherwise):
            answers = [_written_answer(":".join(around(s.low, s.high)), s.share, s.feedback) for s in spans]
            answers += [_written_answer("*", 0.0, otherwise)] if otherwise else []
            return f"{{1:NUMERICAL:{'~'.join(answers)}}}"


def _written_answer(text: str, share: float, told: Rich | None) -> str:
    mark = "=" if share == 1 else f"%{round(share * 100, 5):.9g}%"
    return f"{mark}{text}{f'#{_escaped(told.text)}' if told else ''}"


def _entities(text: str) -> str:
    for entity, char in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(char, entity)
    return _escaped(text)


def _escaped(text: str) -> str:
    return re.sub(r"([\\}~#])", r"\\\1", text)

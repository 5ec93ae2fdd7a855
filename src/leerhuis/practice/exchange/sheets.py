"""A reader of sheets of questions: CSV or the first sheet of an Excel file, one question a line (see columns.py)."""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.columns import MOST_ANSWERS, column_of, is_head, kind_of
from leerhuis.practice.exchange.drafts import share_of
from leerhuis.practice.exchange.files import Unreadable, divider_of
from leerhuis.practice.exchange.gaps import KEYS, BadGaps
from leerhuis.practice.exchange.gift_gaps import read_gap
from leerhuis.practice.exchange.gift_items import (
    Between,
    Body,
    Choice,
    Fault,
    Item,
    Matching,
    Options,
    Pair,
    Ready,
    Reason,
    Rich,
    TrueFalse,
    Unasked,
)
from leerhuis.practice.exchange.gift_text import FORMATS
from leerhuis.practice.exchange.packages import Package
from leerhuis.practice.exchange.remarks import Unplayable
from leerhuis.practice.kinds import Cloze, Form, Kind, Numbers, OpenText, Ordering, ShortText, Span, Unit, gaps_in
from leerhuis.practice.kinds import Item as Thing

MOST_LINES = 20_000
MOST_COLUMNS = 150
_ACTIVE = re.compile(r"'+[=+\-@\t\r]")  # a cell that was kept from being a formula has an apostrophe before it
_MARKED = re.compile(r"\[(" + "|".join(FORMATS) + r")\]", re.IGNORECASE)
_RANGE = re.compile(r"(.+?)(?:\.\.|…)(.+)")
_AROUND = re.compile(r"(.+?)(?:±|:)(.+)")
_YES = ("yes", "ja", "true", "waar", "juist", "1", "t", "w", "j", "y", "right", "goed")
_NO = ("no", "nee", "false", "niet waar", "onjuist", "0", "f", "n", "onwaar", "wrong", "fout")
_DEFINITION = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class _Odd(Exception):
    """A line cannot be read, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def rows_of_text(text: str) -> list[list[str]]:
    """Return the cells of a sheet saved as text. Refuses Unreadable."""
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=divider_of(text)):
            rows.append(row[:MOST_COLUMNS])
            if len(rows) > MOST_LINES:
                raise Unreadable(_("There are more lines in this sheet than are read at once. Divide it."))
    except csv.Error as fault:
        raise Unreadable(_("This sheet cannot be read. Save it again as CSV, or as .xlsx.")) from fault
    return rows


def rows_of_book(data: bytes, package: Package) -> list[list[str]]:
    """Return the cells of the first sheet of an Excel file; a formula gives the value that was saved with it."""
    for name in package.names:
        if name.endswith((".xml", ".rels")) and any(mark in package.read(name) for mark in _DEFINITION):
            raise Unreadable(_("This Excel file brings definitions of its own (DOCTYPE). It was not opened."))
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a third of a second, which a start cannot spare

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        rows = page.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as fault:
        raise Unreadable(_("This Excel file cannot be read. Save it again as .xlsx, or as CSV.")) from fault


def parse_rows(rows: Sequence[Sequence[str]], called: str) -> Iterator[Item | Fault]:
    """Give every question of a sheet by its line. Refuses Unreadable where no line names the columns."""
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled or not is_head(filled[0][1]):
        raise Unreadable(
            _("The first line must name the columns: at least “question”, and “kind”, “right” or “answer 1”.")
        )
    heads = [column_of(head) for head in filled[0][1]]
    for number, row in filled[1:]:
        yield _item(number, _Row(heads, row), called)


class _Row:
    """The cells of one line by the meaning of their columns; a column that occurs twice counts once."""

    def __init__(self, heads: Sequence[tuple[str, int] | None], cells: Sequence[str]) -> None:
        self._cells: dict[tuple[str, int], str] = {}
        for head, cell in zip(heads, cells, strict=False):
            if head and cell.strip():
                self._cells.setdefault(head, _plain(cell.strip()))
        self.format = self.get("format").lower() if self.get("format").lower() in FORMATS else "plain"

    def get(self, name: str, number: int = 0) -> str:
        return self._cells.get((name, number), "")

    def rich(self, name: str, number: int = 0) -> Rich:
        text = self.get(name, number)
        found = _MARKED.match(text)
        return Rich(text[found.end() :], found[1].lower()) if found else Rich(text, self.format)

    def maybe(self, name: str, number: int = 0) -> Rich | None:
        found = self.rich(name, number)
        return found if found.text else None

    def numbers(self, *names: str) -> list[int]:
        """Return the numbers of the answers that these columns hold something of."""
        return sorted({number for name, number in self._cells if name in names and number})


def _item(number: int, row: _Row, called: str) -> Item | Fault:
    stem = row.rich("question")
    try:
        body = _body(row) if stem.text else None
    except _Odd as odd:
        return Fault(
            number, odd.reason, stem.text or row.get("answer", 1) or row.get("title"), row.get("kind") or called
        )
    if body is None:
        return Fault(number, Reason.NO_STEM, row.get("answer", 1) or row.get("title"), row.get("kind") or called)
    return Item(
        number,
        row.get("title") or None,
        stem,
        body,
        general_feedback=row.maybe("explanation"),
        id=row.get("id") or None,
        called=row.get("kind") or called,
        topic=row.get("topic"),
        goals=tuple(goal.strip() for goal in row.get("goals").split(";") if goal.strip()),
        rests_on=row.get("rests on"),
    )


def _body(row: _Row) -> Body:  # noqa: PLR0911 - one a kind
    if row.get("figure"):
        return Unasked(Unplayable.PICTURE_MISSING)
    kind = kind_of(row.get("kind")) if row.get("kind") else _guessed(row)
    match kind:
        case "true_false":
            is_true = _truth(row.get("right"))
            when_true, when_false = row.maybe("feedback", 1), row.maybe("feedback", 2)
            return TrueFalse(is_true, *((when_false, when_true) if is_true else (when_true, when_false)))
        case "single" | "multiple":
            return _options(row, one_only=kind == "single")
        case "ordering":
            return _ordering(row)
        case "cloze":
            return _cloze(row)
        case "open":
            return _open(row)
        case "short_text":
            return _short_text(row)
        case "numeric":
            return _numeric(row)
        case "matching":
            pairs = row.numbers("answer", "pair")
            return Matching(tuple(Pair(row.rich("answer", number), _right_side(row, number)) for number in pairs))
    raise _Odd(Reason.NO_SUCH_KIND)


def _guessed(row: _Row) -> str:
    """Return the kind of a line that does not say it."""
    if row.numbers("pair"):
        return "matching"
    if not row.numbers("answer"):
        return "true_false"
    if not (row.get("right") or row.get("key") or row.numbers("worth")):
        return "short_text"
    return "multiple" if len(_letters(row)) > 1 else "single"


def _ordering(row: _Row) -> Body:
    numbers = row.numbers("answer")
    if not 1 < len(numbers) <= len(KEYS):
        return Unasked(Unplayable.TOO_MANY_OPTIONS if len(numbers) > 1 else Unplayable.ONE_OPTION)
    things = (Thing(key, row.rich("answer", number)) for key, number in zip(KEYS, numbers, strict=False))
    return Ready(Kind.ORDERING.value, Ordering(tuple(things)))


def _open(row: _Row) -> Body:
    """Read an open question: the first answer is the model, any others are its points."""
    numbers = row.numbers("answer")
    if 1 not in numbers:
        return Unasked(Unplayable.ESSAY)
    points = tuple(row.rich("answer", number) for number in numbers if number > 1)
    return Ready(Kind.OPEN.value, OpenText(row.rich("answer", 1), points))


def _cloze(row: _Row) -> Body:
    """Read a text with gaps: each answer is what fits its gap, as it is or in the signs of GIFT."""
    numbers = row.numbers("answer")
    try:
        gaps = tuple(read_gap(row.get("answer", number), row.format) for number in numbers)
    except BadGaps:
        return Unasked(Unplayable.WITH_GAPS)
    if sorted(gaps_in(row.get("question"))) != list(range(1, len(gaps) + 1)):
        return Unasked(Unplayable.WITH_GAPS)
    return Ready(Kind.CLOZE.value, Cloze(gaps))


def _options(row: _Row, *, one_only: bool) -> Options:
    right = _letters(row)
    numbers = row.numbers("answer")
    if not right <= set(numbers):
        raise _Odd(Reason.NO_SUCH_OPTION)
    choices = []
    for number in numbers:
        worth = _worth(row, number, 100.0 if number in right else 0.0)
        marked = one_only and worth >= 100  # noqa: PLR2004 - percent
        choices.append(Choice(marked, worth, row.rich("answer", number), row.maybe("feedback", number)))
    shuffle = row.get("shuffle").lower()
    shuffled = False if shuffle in _NO else True if shuffle in _YES else None
    return Options(tuple(choices), one_only=one_only, sure=True, shuffle=shuffled)


def _letters(row: _Row) -> set[int]:
    """Return the numbers of the right options: letters or numbers from 1; the column "correct" counts from 0."""
    right = row.get("right")
    if not right:
        key = row.get("key")
        if key.isdecimal() and len(key) <= 2:  # noqa: PLR2004 - digits
            return {int(key) + 1}
        right = key
    if not right:
        return set()
    parts = [part for part in re.split(r"[\s,;&+]+", right) if part]
    if all(len(part) == 1 and part.isascii() and part.isalpha() for part in parts):
        return {ord(part.upper()) - ord("A") + 1 for part in parts}
    if all(part.isdecimal() and len(part) <= 2 and 1 <= int(part) <= MOST_ANSWERS for part in parts):  # noqa: PLR2004
        return set(map(int, parts))
    same = [number for number in row.numbers("answer") if row.get("answer", number) == right]
    if not same:
        raise _Odd(Reason.NO_SUCH_OPTION)
    return set(same[:1])


def _short_text(row: _Row) -> Body:
    forms = tuple(
        Form(row.get("answer", number), share_of(_worth(row, number, 100.0)), row.maybe("feedback", number))
        for number in row.numbers("answer")
    )
    if not any(form.share == 1 for form in forms):
        return Unasked(Unplayable.NO_RIGHT)
    exact_case, typos = (row.get(name).lower() in _YES for name in ("capitals", "slips"))
    return Ready(Kind.SHORT_TEXT.value, ShortText(forms, exact_case, typos))


def _numeric(row: _Row) -> Body:
    """Read a number; an answer * holds what is said to any other one."""
    spans, otherwise = [], None
    for number in row.numbers("answer"):
        if row.get("answer", number) == "*":
            otherwise = row.maybe("feedback", number)
            continue
        between, share = _between(row.get("answer", number)), share_of(_worth(row, number, 100.0))
        spans.append(Span(between.low, between.high, share, row.maybe("feedback", number)))
    if not any(span.share == 1 for span in spans):
        return Unasked(Unplayable.NO_RIGHT)
    units = tuple(_unit(part) for part in row.get("units").split(";") if part.strip())
    needed = bool(units) and row.get("unit needed").lower() in _YES
    return Ready(Kind.NUMERIC.value, Numbers(tuple(spans), otherwise, units, needed))


def _unit(part: str) -> Unit:
    """Read a unit, as ``m`` or ``km=1000``: so many of the first one."""
    text, _equals, factor = part.partition("=")
    made = float(_decimal(factor)) if factor.strip() else 1.0
    if made <= 0 or not text.strip():
        raise _Odd(Reason.NO_NUMBER)
    return Unit(text.strip(), made)


def _between(said: str) -> Between:
    if found := _RANGE.fullmatch(said):
        low, high = sorted((_decimal(found[1]), _decimal(found[2])))
    elif found := _AROUND.fullmatch(said):
        value, margin = _decimal(found[1]), abs(_decimal(found[2]))
        low, high = value - margin, value + margin
    else:
        low = high = _decimal(said)
    return Between(float(low), float(high))


def _decimal(text: str) -> Decimal:
    text = text.strip()
    if len(text) > 40:  # noqa: PLR2004 - digits
        raise _Odd(Reason.NO_NUMBER)
    try:
        value = Decimal(text if "." in text else text.replace(",", "."))
    except InvalidOperation as fault:
        raise _Odd(Reason.NO_NUMBER) from fault
    if not value.is_finite() or abs(value) > Decimal("1e300"):
        raise _Odd(Reason.NO_NUMBER)
    return value


def _worth(row: _Row, number: int, otherwise: float) -> float:
    """Return how right an answer is, in percent."""
    said = row.get("worth", number).removesuffix("%").strip()
    return float(_decimal(said)) if said else otherwise


def _right_side(row: _Row, number: int) -> str:
    if not row.get("pair", number):
        raise _Odd(Reason.PAIR_BROKEN)
    return row.get("pair", number)


def _truth(word: str) -> bool:
    if word.lower() in _YES:
        return True
    if word.lower() in _NO:
        return False
    raise _Odd(Reason.NO_MARKER)


def _plain(cell: str) -> str:
    return cell[1:] if _ACTIVE.match(cell) else cell


def _cell(value: Any) -> str:
    """Return a cell of Excel as text: a whole number without a point, a truth as a word."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact up to there
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)

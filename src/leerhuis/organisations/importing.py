"""Reading a list of people as an office keeps it: an Excel file, a CSV file, or cells pasted from a spreadsheet.

The first line names the columns, in Dutch or English and in any order: first name, infix, last name (or the whole
name), e-mail address, and the organisation where somebody works. Columns that are not known are told and left out.
Nothing is guessed about an address; a line that cannot be read is reported with its number in the file.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.base.text import INFIXES, fold, tidy

MOST_LINES = 1000
MOST_COLUMNS = 60
COLUMNS: dict[str, tuple[str, ...]] = {
    "first": ("voornaam", "voornamen", "roepnaam", "first name", "firstname", "given name"),
    "infix": ("tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix"),
    "last": ("achternaam", "last name", "lastname", "surname", "family name"),
    "name": ("naam", "volledige naam", "name", "full name", "deelnemer", "medewerker", "cursist"),
    "email": ("e-mail", "email", "mail", "e-mailadres", "emailadres", "mailadres", "e-mail address", "email address"),
    "organisation": ("organisatie", "werkgever", "bedrijf", "bedrijfsnaam", "organisation", "employer", "company"),
}
_LONGEST = {"first": 120, "last": 150, "email": 254, "organisation": 200}
_MARKS = ("\t", ";", ",", "|")


class NotAList(Refusal):
    """The file is no spreadsheet, or holds nothing."""

    message = _("This is no list that can be read. Save it in Excel as .xlsx or .csv, or paste its cells below.")
    field = "file"


class ColumnsMissing(Refusal):
    """The first line does not name the columns that are needed."""

    message = _(
        "The first line must name the columns: at least “E-mail” and “Name”, or “E-mail”, “First name” and "
        "“Last name”. “Infix” and “Organisation” may be there too."
    )


class TooManyLines(Refusal):
    """More people than are entered at once."""

    message = format_lazy(_("At most {most} people are entered at once. Divide the list."), most=MOST_LINES)


@dataclass(frozen=True)
class Line:
    """One person on one line of the list, with the line's number; `fault` says what is wrong, in words."""

    number: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    organisation: str = ""
    fault: str | Promise = ""

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class People:
    """A list as it was read: its lines, and the names of columns that mean nothing here."""

    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return the list as cells that can be pasted, so that what was looked over is what is entered."""
        written = StringIO()
        writer = csv.writer(written, delimiter="\t", lineterminator="\n")
        writer.writerow(["first name", "last name", "e-mail", "organisation"])
        writer.writerows((each.first_name, each.last_name, each.email, each.organisation) for each in self.lines)
        return written.getvalue()


def cells_of_file(content: bytes) -> list[list[str]]:
    """Return the cells of a file, line by line: the first sheet of an .xlsx, or text with tabs, semicolons or commas.

    Formulas give the value that Excel saved. Refuses NotAList.
    """
    if not content.startswith(b"PK"):
        return cells_of_text(_decoded(content))
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a third of a second, which a start cannot spare
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - the same

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        page = book.worksheets[0]
        rows = page.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS, values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as fault:
        raise NotAList from fault


def cells_of_text(text: str) -> list[list[str]]:
    """Return the cells of a pasted or saved text; what divides them is told by the first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(_MARKS, key=first.count)
    try:
        return [row[:MOST_COLUMNS] for row in csv.reader(StringIO(text, newline=""), delimiter=mark)]
    except csv.Error as fault:
        raise NotAList from fault


def _decoded(content: bytes) -> str:
    """Return a text file as text: UTF-8, else as Windows writes it (Excel's plain CSV)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_people(cells: Sequence[Sequence[str]]) -> People:
    """Return the people of a list; empty lines are left out. Refuses NotAList, ColumnsMissing and TooManyLines.

    The second time an address occurs it is a fault, so that nobody is entered under another's address.
    """
    filled = [(number, row) for number, row in enumerate(cells, start=1) if any(tidy(cell) for cell in row)]
    if not filled:
        raise NotAList
    heads = [tidy(cell) for cell in filled[0][1]]
    columns = [next((key for key, words in COLUMNS.items() if fold(head) in words), "") for head in heads]
    if "email" not in columns or not ("name" in columns or {"first", "last"} <= set(columns)):
        raise ColumnsMissing
    if len(filled) - 1 > MOST_LINES:
        raise TooManyLines
    left_out = tuple(head for head, column in zip(heads, columns, strict=True) if head and not column)
    return People(tuple(_without_doubles(_read(number, row, columns) for number, row in filled[1:])), left_out)


def _read(number: int, row: Sequence[str], columns: Sequence[str]) -> Line:
    found = {column: tidy(cell) for column, cell in zip(columns, row, strict=False) if column}
    first, last = found.get("first", ""), f"{found.get('infix', '')} {found.get('last', '')}".strip()
    if not (first and last) and found.get("name"):
        first, last = _split(found["name"])
    email = found.get("email", "").removeprefix("mailto:").lower()
    line = Line(number, first, last, email, found.get("organisation", ""))
    return Line(number, first, last, email, line.organisation, _fault_of(line))


def _fault_of(line: Line) -> str | Promise:
    """Return what is wrong with a line, and what to do about it; nothing when it is right."""
    if not line.email:
        return _("There is no e-mail address on this line. Fill it in.")
    try:
        validate_email(line.email)
    except ValidationError:
        return _("This e-mail address is not complete. Correct it.")
    if not (line.first_name and line.last_name):
        return _("First or last name is missing on this line. Fill it in.")
    long = {"first": line.first_name, "last": line.last_name, "email": line.email, "organisation": line.organisation}
    if any(len(value) > _LONGEST[name] for name, value in long.items()):
        return _("Something on this line is too long. Shorten it.")
    return ""


def _without_doubles(lines: Iterable[Line]) -> Iterable[Line]:
    first_seen: dict[str, int] = {}
    for line in lines:
        earlier = first_seen.setdefault(line.email, line.number) if line.email else line.number
        if earlier != line.number and not line.fault:
            said = format_lazy(_("This address stands on line {line} already. Remove one of the two."), line=earlier)
            yield Line(line.number, line.first_name, line.last_name, line.email, line.organisation, said)
        else:
            yield line


def _split(whole: str) -> tuple[str, str]:
    """Split a whole name: from the first infix ("van der") on it is the last name, else all but the first word.

    "de Vries, Jan" has its last name first.
    """
    if "," in whole:
        last, _comma, first = whole.partition(",")
        return tidy(first), tidy(last)
    words = whole.split()
    at = next((place for place, word in enumerate(words) if place and fold(word).replace("’", "'") in INFIXES), 1)
    return " ".join(words[:at]), " ".join(words[at:])

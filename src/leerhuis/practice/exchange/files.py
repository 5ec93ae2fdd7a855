"""Files as people hand them in: what they are, found from their content, and a clear word for what is not read here."""

import codecs
import csv
import json
import re
from enum import StrEnum
from io import StringIO
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.practice.exchange.columns import is_head

LARGEST_FILE = 10 * 1024 * 1024  # bytes; a request of this house holds 12 MB
LARGEST_PASTE = 2 * 1024 * 1024
TOO_LARGE = _("This file is larger than 10 MB. Divide it, and bring in the parts.")
LONGEST_LINE = 1024 * 1024  # characters; nobody writes a question on a line this long

_TICK_BOX = re.compile(r"^[^\S\n]*[-*+] \[[ xX]\]", re.MULTILINE)
_NUMBERED = re.compile(r"^\d+[.)] ", re.MULTILINE)
_BULLET = re.compile(r"^[^\S\n]+[-*+] ", re.MULTILINE)
_AIKEN = re.compile(r"^[^\S\n]*ANSWER[^\S\n]*:", re.MULTILINE)
_BRACE = re.compile(r"(?<!\\)\{")
_XML = re.compile(
    r"<(\?xml|!--|quiz|assessmentItem|qti-assessment-item|questestinterop|GLOSSARY|!DOCTYPE|html)", re.IGNORECASE
)
_DIVIDERS = ",;\t|"


class Form(StrEnum):
    """The forms in which questions come in."""

    GIFT = "gift"
    AIKEN = "aiken"
    XML = "xml"
    JSON = "json"
    CSV = "csv"
    PACKAGE = "package"


class Unreadable(Refusal):
    """The file holds no questions that can be read; the message says what it is and what to do. Nothing came in."""


def form_of(data: bytes) -> Form:
    """Return the form of a file, from what stands in it. Refuses Unreadable for what is plainly something else."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    if data.startswith(b"PK\x03\x04"):
        return Form.PACKAGE
    if data.startswith((b"SQLite format 3\0", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_("This is a database or an old Office file. Export the questions, and bring in that file."))
    text = text_of(data)
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if not start:
        raise Unreadable(_("There is nothing in it."))
    if _XML.match(start):
        return Form.XML
    if start[0] in "[{" and _is_json(text):
        return Form.JSON
    return _form_of_text(text, start)


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with a mark, and line by line Windows-1252 where it is not UTF-8.

    Refuses Unreadable for what is not text, or has a line that is longer than any text has.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        raise Unreadable(_("This is not a text file, nor a package of questions that is known here."))
    else:
        text = "\n".join(_line(line) for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n"))
    return text.removeprefix("\ufeff")


def divider_of(text: str) -> str:
    """Return what divides the cells of a sheet saved as text, told from its first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DIVIDERS, key=first.count)


def first_row(text: str) -> list[str]:
    """Return the cells of the first line that holds anything."""
    try:
        rows = csv.reader(StringIO(text[:20_000], newline=""), delimiter=divider_of(text))
        return next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []


def must_be_text_of_people(text: str) -> None:
    """Refuse a text with a line longer than anybody writes: it is data, and looking for marks in it takes long."""
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise Unreadable(_("This file has a line of more than a million characters. It holds no questions."))


def _form_of_text(text: str, start: str) -> Form:
    must_be_text_of_people(text)
    if is_head(first_row(text)):
        return Form.CSV
    if _AIKEN.search(text) and not _BRACE.search(_AIKEN.split(text)[-1]):
        return Form.AIKEN
    if reason := _other_text(text, start):
        raise Unreadable(reason)
    return Form.GIFT


def _other_text(text: str, start: str) -> Promise | None:
    if _BRACE.search(text):
        return None
    if _TICK_BOX.search(text) or (_NUMBERED.search(text) and _BULLET.search(text)):
        return _("This is a Markdown list with tick boxes. In GIFT the answers stand between { and }.")
    if _is_sheet(text):
        return _("This is a sheet whose first line names no column “question”. Use the names of our template.")
    if _NUMBERED.match(start):
        return _("This is a numbered list. In GIFT the answers stand between { and }.")
    return None


def _is_sheet(text: str) -> bool:
    """True for lines that are divided into as many cells as the first one, which is divided into some."""
    lines = [line for line in text.split("\n")[:20] if line.strip()]
    divider = divider_of(text)
    counts = [line.count(divider) for line in lines]
    return len(lines) > 2 and counts[0] > 1 and sum(count >= counts[0] for count in counts) > len(lines) * 0.8  # noqa: PLR2004


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def json_of(text: str) -> Any:
    """Return what a JSON text holds. Raises ValueError for what is none, or is nested deeper than any list."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as fault:
        raise ValueError("nested too deep") from fault


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _is_json(text: str) -> bool:
    try:
        json_of(text.lstrip("\ufeff"))
    except ValueError:
        return False
    return True

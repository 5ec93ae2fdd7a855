"""Files as people hand them in: from bytes to text, and a clear word when it is something else than GIFT."""

import codecs
import json
import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

LARGEST_FILE = 2 * 1024 * 1024  # bytes; some 4,000 questions

_TICK_BOX = re.compile(r"^\s*[-*+] \[[ xX]\]", re.MULTILINE)
_NUMBERED = re.compile(r"^\d+[.)] ", re.MULTILINE)
_BULLET = re.compile(r"^\s+[-*+] ", re.MULTILINE)
_AIKEN = re.compile(r"^ANSWER: ?[A-Z]\s*$", re.MULTILINE)
_BRACE = re.compile(r"(?<!\\)\{")


class NotGift(Refusal):
    """The file is not GIFT; the message says what it looks like and what to do. Nothing was brought in."""


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with a mark, and line by line Windows-1252 where it is not UTF-8.

    Raises NotGift for a file that is too large or not text.
    """
    if len(data) > LARGEST_FILE:
        raise NotGift(_("This file is larger than 2 MB. Split it, and bring in the parts."))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"PK\x03\x04"):
        raise NotGift(_("This is a packed file, such as a ZIP or Word file. GIFT is a plain text file."))
    if b"\0" in data:
        raise NotGift(_("This is not a text file. GIFT is a plain text file."))
    return "\n".join(_line(line) for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n"))


def must_be_gift(text: str) -> None:
    """Raise NotGift when a text is empty or plainly another format; an odd GIFT file passes and is reported by item."""
    if reason := _other_format(text):
        raise NotGift(reason)


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _other_format(text: str) -> Promise | None:
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        return _("There is nothing in it.")
    if start.startswith("<?xml") or re.match(r"<(quiz|GLOSSARY|!DOCTYPE|html)\b", start, re.IGNORECASE):
        return _("This is XML or HTML, not GIFT. Export the questions as GIFT and try again.")
    if _is_json(start):
        return _("This is JSON, not GIFT. Export the questions as GIFT and try again.")
    return None if _BRACE.search(text) else _list_without_braces(text, start)


def _list_without_braces(text: str, start: str) -> Promise | None:
    if _TICK_BOX.search(text) or (_NUMBERED.search(text) and _BULLET.search(text)):
        return _("This is a Markdown list with tick boxes, not GIFT. In GIFT the answers stand between { and }.")
    if _NUMBERED.match(start):
        return _("This is a numbered list, not GIFT. In GIFT the answers stand between { and }.")
    if _AIKEN.search(text):
        return _("This is Aiken, not GIFT. In GIFT the answers stand between { and }.")
    return None


def _is_json(text: str) -> bool:
    if text[0] not in "[{":
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True

"""What may be kept as a document, and under which name."""

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from leerhuis.base.bsn import bsn_in
from leerhuis.base.refusals import Refusal
from leerhuis.base.text import tidy

MOST_BYTES: Final = 10 * 1024 * 1024
LONGEST_NAME: Final = 100
LONGEST_REASON: Final = 200
_NOT_IN_A_NAME: Final = re.compile(r'[<>:"|?*]')
_OF_WINDOWS: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class TooLarge(Refusal):
    """The file is larger than we keep."""

    message = _("This file is larger than 10 MB. Save it smaller, or in parts.")
    field = "file"


class NothingInIt(Refusal):
    """A file without content."""

    message = _("This file is empty. Choose another one.")
    field = "file"


class NotTaken(Refusal):
    """A kind of file that is not kept, or that is not what it says."""

    message = _("We keep PDF, PNG, JPEG, Word, Excel, PowerPoint (not the old forms), OpenDocument and plain text.")
    field = "file"


class HoldsCode(Refusal):
    """An office file with macros, or one that is locked: nobody can see what is in it."""

    message = _("This file holds macros or is locked with a password. Save it without those, or as PDF.")
    field = "file"


class NumberInName(Refusal):
    """A citizen service number in the name of a file or in its description. Keeps: L36."""

    message = _(
        "The name or the description seems to hold a citizen service number (BSN), which we may not keep. Take it out, "
        "or say that it is another number, and choose the file again."
    )
    field = "not_bsn"


class NoReason(Refusal):
    """Nobody knows later why a document is kept when nobody says so now."""

    message = _("Say what this is and why it is kept, so that the person and your colleagues understand it.")
    field = "reason"


class NoSuchPurpose(Refusal):
    """Documents are kept for declared purposes only."""

    message = _("Choose what the document is kept for.")
    field = "purpose"


class KeptAlready(Refusal):
    """The same file is there."""

    message = _("This very file is kept already for this person and purpose. Nothing was added.")
    field = "file"


class BeingExamined(Refusal):
    """A document that waits for the virus scanner is opened by nobody."""

    message = _("This document is still being examined for viruses. Try again in a minute.")


class DroppedAlready(Refusal):
    """A document is removed once."""

    message = _("This document was removed already. Nothing was changed.")


class GoneForGood(Refusal):
    """A document that was removed more than a day ago, or whose key was destroyed."""

    status = 410
    message = _("This document is not kept any more.")


def clean_name(given: str, ending: str) -> str:
    r"""Return a name that is safe on any machine: no path, nothing unseen, not too long, with the ending of its kind.

    ``("C:\\map\\Diploma.PDF", "pdf")`` → ``"Diploma.pdf"``; where nothing is left it is called ``document``.
    """
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(c for c in tidy(last) if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs", "Cn"))
    stem = tidy(_NOT_IN_A_NAME.sub(" ", seen)).strip(". ")
    found = _ENDING.search(stem)
    if found and found[0][1:].lower() in {ending, {"jpg": "jpeg"}.get(ending, ending)}:
        stem = stem[: found.start()].strip(". ")
    stem = stem[: LONGEST_NAME - len(ending) - 1].strip(". ") or "document"
    return f"{'_' if _OF_WINDOWS.match(stem) else ''}{stem}.{ending}"


def check_words(name: str, reason: str, *, not_bsn: bool) -> None:
    """Refuse NoReason, and NumberInName unless somebody says that it is another number. Keeps: L36."""
    if not reason:
        raise NoReason
    if not not_bsn and (bsn_in(name) or bsn_in(reason)):
        raise NumberInName

"""Citizen service numbers (BSN) in a text: this house needs none and keeps none (article 46 UAVG)."""

import re
from typing import Final

from stdnum.nl import bsn

# Nine digits in a row, or in groups as people write them; not a part of a longer number.
_NINE: Final = re.compile(r"(?<![\d])(\d{3}[ .-]?\d{3}[ .-]?\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3})(?![\d])")
_VAT: Final = re.compile(r"(?i)NL[ .]?$"), re.compile(r"(?i)[ .]?B\d\d")


def bsn_in(text: str) -> list[str]:
    """Return the citizen service numbers in a text, each as nine digits; [] when there is none.

    Nine digits that pass the eleven-test (by python-stdnum) are taken for one. So does one in eleven other numbers:
    whoever refuses a text for it offers "this is not a BSN". A btw number (NL…B01) is none. Keeps: L36.
    """
    found = []
    for each in _NINE.finditer(text):
        digits = re.sub(r"\D", "", each[0])
        if bsn.is_valid(digits) and not _is_vat(text, each):
            found.append(digits)
    return found


def _is_vat(text: str, number: re.Match[str]) -> bool:
    before, behind = _VAT
    return bool(before.search(text[: number.start()]) and behind.match(text[number.end() :]))

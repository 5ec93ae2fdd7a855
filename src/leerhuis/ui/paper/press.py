"""The press: sets a page in PDF that is accessible (PDF/UA-1) and keeps (PDF/A-2a), the same bytes each time.

Typst does the work. Its fonts come with packages: Libertinus with Typst itself, Figtree and Noto Sans with
`fontpkg-*`; none is looked for on the machine, so paper looks the same everywhere.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

HOUSE = Path(__file__).parents[2]  # templates lie with their packages, and share `/ui/paper/house.typ`
FONT_PACKAGES = ("fontpkg_figtree", "fontpkg_noto_sans")
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')


class Unprintable(Refusal):
    """A text has characters for which there is no letter in our fonts."""

    def __init__(self, characters: str) -> None:
        """Name the characters that cannot be set."""
        self.characters = characters
        words: str | Promise = format_lazy(
            str(_("Our fonts have no letter for: {characters}. Ask how the name is written in Latin letters.")),
            characters=" ".join(characters),
        )
        super().__init__(words)


class PressFault(RuntimeError):
    """A page could not be set for a reason that lies in its template: a fault in the code."""


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the house, read once."""
    folders = [str(files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def press(page: str, values: Mapping[str, Any], *, moment: datetime) -> bytes:
    """Set the template `page` (``"results/paper/certificate.typ"``) with plain values; returns the PDF.

    `moment` is the date in the file: the same values and moment give the same bytes. Refuses Unprintable for characters
    that no font of the house has; raises PressFault for anything else that Typst objects to, warnings included.
    """
    source = HOUSE / page
    try:
        made, warnings = typst.compile_with_warnings(
            str(source),
            root=str(HOUSE),
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            sys_inputs={"values": json.dumps(values)},
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as fault:
        if missing := _MISSING.findall(fault.diagnostic):
            raise Unprintable("".join(dict.fromkeys("".join(missing)))) from fault
        raise PressFault(fault.diagnostic) from fault
    if warnings:
        raise PressFault("; ".join(each.message for each in warnings))
    return made


def refuse_unprintable(text: str) -> None:
    """Refuse Unprintable for a text that cannot be set on paper."""
    press("ui/paper/line.typ", {"text": text}, moment=_ANY_MOMENT)


_ANY_MOMENT = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

"""The general conditions on paper, to be kept with what was agreed under them."""

import re

from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.academies.letterhead import letterhead
from leerhuis.base.edge import current_academy
from leerhuis.conditions.models import ConditionsVersion
from leerhuis.ui.paper.press import press
from leerhuis.ui.wording import day_long

_MARKS = re.compile(r"(?<!\\w)[*_]{1,3}|[*_]{1,3}(?!\\w)|`")
_HEADING = re.compile(r"#{1,6}\s+")


def conditions_pdf(version: ConditionsVersion, language: str) -> bytes:
    """Return a version as PDF, in a language if it exists in it. Refuses Unprintable."""
    text, found = version.text_in(language)
    with translation.override(found):
        chosen = current_academy().settings
        since = _("Of %(who)s, in force since %(day)s")
        values = {
            "title": _("General conditions"),
            "language": found,
            "academy": letterhead(chosen),
            "since": since % {"who": chosen.controller.legal_name, "day": day_long(version.since)},
            "mark": _("Mark of this version: %(mark)s") % {"mark": version.mark[:12]},
            "lines": [_line(line) for line in text.splitlines() if line.strip()],
        }
        return press("website/templates/website/conditions.typ", values, moment=version.created_at)


def _line(line: str) -> dict[str, object]:
    """Return one line of a text with simple marks: whether it is a heading, and its words without marks."""
    heading = _HEADING.match(line)
    words = line[heading.end() :] if heading else line.strip()
    return {"heading": bool(heading), "text": _MARKS.sub("", words)}

"""The statement on paper: accessible, and the same bytes for the same version."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.academies.letterhead import letterhead
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.privacy.parts import Line
from leerhuis.privacy.versions import InForce
from leerhuis.ui.paper.press import press
from leerhuis.ui.wording import day_long


def statement_pdf(told: InForce) -> bytes:
    """Return a statement as PDF in its own language; one that was never published says so. Refuses Unprintable."""
    statement = told.statement
    settings = current_academy().settings
    with translation.override(statement.language):
        values = {
            "title": statement.title,
            "language": statement.language,
            "academy": letterhead(settings),
            "since": _since(told),
            "mark": _("Mark of this version: %(mark)s") % {"mark": statement.hash[:12]},
            "sections": [
                {
                    "title": section.title,
                    "sentences": [sentence.text for sentence in section.sentences],
                    "facts": [_pair(line) for line in section.facts],
                    "entries": [
                        {"title": entry.title, "lines": [_pair(line) for line in entry.lines]}
                        for entry in section.entries
                    ],
                }
                for section in statement.sections
            ],
        }
        moment = told.since or clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return press("privacy/templates/privacy/statement.typ", values, moment=moment)


def _since(told: InForce) -> str:
    if told.since is None:
        return _("As it is computed on %(day)s; no version was published yet") % {"day": day_long(clock.today())}
    return _("Last changed on %(day)s") % {"day": day_long(told.since)}


def _pair(line: Line) -> list[Any]:
    return [line.label, list(line.texts)]

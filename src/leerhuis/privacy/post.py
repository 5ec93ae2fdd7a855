"""Letters about requests on paper: the same words as on the page, on the academy's own."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.academies.letterhead import letterhead
from leerhuis.base.edge import current_academy
from leerhuis.privacy.models import Reply
from leerhuis.ui.paper.press import press
from leerhuis.ui.wording import day_long


def reply_pdf(reply: Reply) -> bytes:
    """Return a letter as PDF in the language of its reader. Refuses Unprintable."""
    chosen = current_academy().settings
    controller = chosen.controller
    with translation.override(reply.language):
        values = {
            "title": reply.title,
            "language": reply.language,
            "academy": letterhead(chosen),
            "sender": [controller.legal_name, controller.address, f"{controller.postcode} {controller.city}"],
            "reader": [reply.to_name, *reply.to_address.splitlines()],
            "day": day_long(reply.created_at),
            "reference": _("Our reference: %(reference)s") % {"reference": reply.reference},
            "blocks": blocks(reply.body),
        }
        return press("privacy/templates/privacy/letter.typ", values, moment=reply.created_at)


def blocks(body: str) -> list[dict[str, Any]]:
    """Return a letter as paragraphs and lists, in order: lines that begin with a dash stand in a list."""
    found: list[dict[str, Any]] = []
    for part in body.replace("\r\n", "\n").split("\n\n"):
        for line in filter(None, map(str.strip, part.splitlines())):
            listed, text = line.startswith("- "), line.removeprefix("- ")
            if found and found[-1]["list"] == listed and found[-1]["part"] == part:
                found[-1]["lines"].append(text)
            else:
                found.append({"list": listed, "lines": [text], "part": part})
    return [{"list": each["list"], "lines": each["lines"]} for each in found]

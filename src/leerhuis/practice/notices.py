"""What a reminder says: on a device a line that tells nothing about its reader, in a mail the same with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from leerhuis.base.edge import current_academy

TOPIC = "practice"  # a later notification takes the place of an earlier one that was not read (RFC 8030, 5.4)


@dataclass(frozen=True)
class Said:
    """What a reminder tells: of how much, how long, of which bank and why; `pk` is what it is about, in the outbox."""

    pk: UUID
    questions: int
    minutes: int
    bank: str = ""
    reason: str = ""
    trial: bool = False


def line(questions: int, minutes: int) -> str:
    """Return ``12 questions, about 4 minutes``."""
    much = ngettext("%(n)d question", "%(n)d questions", questions) % {"n": questions}
    long = ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    return f"{much}, {long}"


def words(said: Said, language: str) -> Mapping[str, str]:
    """Return what a device shows, in a language: title, text, where a tap leads, and what it takes the place of."""
    with override(language):
        text = _("This is a trial. A reminder looks like this.") if said.trial else line(said.questions, said.minutes)
    return {
        "title": current_academy().settings.controller.trade_name,
        "body": text,
        "url": reverse("practice_reminders") if said.trial else reverse("practice_home"),
        "lang": language,
        "tag": TOPIC,
    }

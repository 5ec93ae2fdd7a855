"""What letters about requests say, before anybody changes them: in the language of their reader, ground by ground."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.base.edge import current_academy
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.register import declared
from leerhuis.mail.links import absolute
from leerhuis.mail.queries import was_told_about
from leerhuis.people.events import PersonCorrected
from leerhuis.people.models import Person
from leerhuis.privacy.models import Complaint, Reply, Request, RequestGround
from leerhuis.privacy.phrases import Language, capital, said, words_in


@dataclass(frozen=True)
class Kept:
    """One line of a letter: for which purpose something is not done, on which ground, and until when."""

    title: str
    words: str
    ground: str
    until: Any
    explanation: str


def language_of(person: Person | None) -> Language:
    """Return the language in which somebody is written to; Dutch when it is not known."""
    return "en" if person is not None and person.language == "en" else "nl"


def title_of(request: Request, kind: str, language: Language) -> str:
    """Return what stands above a letter."""
    with translation.override(language):
        what = {"kind": request.get_kind_display(), "reference": request.reference}
        if kind == Reply.Kind.EXTENSION:
            return _("Your request takes longer (%(kind)s, %(reference)s)") % what
        return _("Answer to your request (%(kind)s, %(reference)s)") % what


def draft_answer(request: Request, person: Person | None) -> str:
    """Return the letter that tells a decision, as it follows from the grounds; the way to court is always in it.

    That an employer's contact was told of a correction stands there where one was, since the request. Keeps: K19b, L38.
    """
    language = language_of(person)
    told = person is not None and was_told_about(person.id, PersonCorrected, since=request.received_at)
    return _letter("answer", request, person, kept=kept_lines(request.grounds.all(), language), others_told=told)


def draft_extension(request: Request, person: Person | None, reason: str, until: Any) -> str:
    """Return the letter that says that a request takes longer, until when, and why (article 12(3) AVG)."""
    return _letter("extension", request, person, reason=reason.strip(), until=until)


def title_of_complaint(complaint: Complaint, kind: str) -> str:
    """Return what stands above a letter about a complaint, in the language of the complainant."""
    with translation.override(complaint.language):
        if kind == Reply.Kind.EXTENSION:
            return _("Your complaint takes longer (%(reference)s)") % {"reference": complaint.reference}
        return _("Answer to your complaint (%(reference)s)") % {"reference": complaint.reference}


def draft_complaint_answer(complaint: Complaint) -> str:
    """Return the answer to a complaint before anybody wrote the reasons; the body of appeal is in it. Keeps: L38."""
    chosen = current_academy().settings
    appeal = chosen.conditions.appeal_en if complaint.language == "en" else chosen.conditions.appeal_nl
    with translation.override(complaint.language):
        values = {"complaint": complaint, "appeal": appeal, "chosen": chosen}
        written = render_to_string(f"privacy/letters/complaint.{complaint.language}.md", values)
    return unescape(written).strip()


def kept_lines(grounds: Iterable[RequestGround], language: Language) -> list[Kept]:
    """Return the lines of a letter that say what is not done, for each purpose."""
    purposes = {each.id: purpose for each, purpose in declared(Purpose)}
    with translation.override(language):
        return [_line(ground, purposes.get(ground.purpose), language) for ground in grounds]


def _line(ground: RequestGround, purpose: Purpose | None, language: Language) -> Kept:
    title = capital(said(purpose, language)) if purpose else ""
    words = words_in(purpose.uses, language) if purpose else ""
    return Kept(title, words, str(ground.get_ground_display()), ground.until, ground.explanation)


def _letter(template: str, request: Request, person: Person | None, **told: Any) -> str:
    language, chosen = language_of(person), current_academy().settings
    with translation.override(language):
        values = {
            "name": person.name if person else request.given_name,
            "request": request,
            "what": request.get_kind_display(),
            "my_data": absolute("privacy_my_data"),
            "chosen": chosen,
            **told,
        }
        written = render_to_string(f"privacy/letters/{template}.{language}.md", values)
    return unescape(written).strip()

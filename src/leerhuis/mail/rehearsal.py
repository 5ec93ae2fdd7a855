"""Trying an act without doing it: everything happens as it would, its mails are looked at, and it is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.mail.queries import not_set_aside
from leerhuis.mail.render import body_html


@dataclass(frozen=True)
class TriedLetter:
    """A mail as it would go. `html` is empty for one with a link that opens an account: nobody else sees that."""

    kind: str
    name: str
    address: str
    language: str
    title: str
    html: SafeString
    person: UUID | None  # its reader, who may be new and so nobody yet


class _TakenBack(Exception):
    """The rehearsal is over; it carries the mails that would have gone."""

    def __init__(self, letters: list[TriedLetter]) -> None:
        """Carry the mails."""
        self.letters = letters
        super().__init__()


def rehearse(act: Callable[[], Any]) -> list[TriedLetter]:
    """Return the mails that an act would put in the outbox, exactly as they would go; nothing of it stays.

    A refusal of the act goes on to the caller.
    """
    try:
        _perform(act)
    except _TakenBack as over:
        return over.letters


def _perform(act: Callable[[], Any]) -> NoReturn:
    """Do it, look at the mails, and have everything taken back by leaving with an exception."""
    before = set(Message.objects.filter(created_at=clock.now()).values_list("id", flat=True))
    with attempt():
        act()
        queued = not_set_aside(Message.objects.filter(created_at=clock.now())).exclude(id__in=before)
        raise _TakenBack([_tried(message) for message in queued.order_by("id")])


def _tried(message: Message) -> TriedLetter:
    html = "" if message.secret else body_html(message.body)
    return TriedLetter(
        kind=message.kind,
        name=message.to_name,
        address=message.to_address,
        language=message.language,
        title=message.title,
        html=mark_safe(html),  # noqa: S308 - Markdown with HTML switched off
        person=message.person,
    )

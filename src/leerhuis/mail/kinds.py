"""Kinds of mail: each is a function in a package's `mails.py` with a template pair of the same name.

A *service* mail names the event that caused it. News needs a proof of consent and comes with the package `consent`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import update_wrapper
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Generic, ParamSpec
from uuid import UUID

from django.apps import apps

from leerhuis.audit.actor import Actor
from leerhuis.base.events import Event

P = ParamSpec("P")


@dataclass(frozen=True)
class MailTo:
    """The reader of a mail: person (if known), name, address and the language to write in (``nl`` or ``en``)."""

    person_id: UUID | None
    name: str
    address: str
    language: str = "nl"


@dataclass(frozen=True)
class Letter:
    """What one mail says: to whom, the plain values for the template, and the id of the thing it is about."""

    to: MailTo
    about: UUID | None = None
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """A mail as the reader gets it: subject line, its source in Markdown, and the same as HTML."""

    to: MailTo
    title: str
    body: str
    html: str


class MailKind(Generic[P]):
    """A kind of mail: `send` puts one in the outbox, `preview` shows it without sending."""

    def __init__(
        self, write: Callable[P, Letter], *, cause: type[Event], nl: str, en: str, secret: bool, urgent: bool
    ) -> None:
        self.write, self.cause, self.nl, self.en, self.secret, self.urgent = write, cause, nl, en, secret, urgent
        self.package = write.__module__.split(".")[1]
        self.name = f"{self.package}.{write.__name__}"
        update_wrapper(self, write)
        _kinds[self.name] = self

    def template(self, language: str) -> str:
        """Return the path of the template in one language."""
        return f"{self.package}/mail/{self.name.split('.')[1]}.{language}.md"

    def preview(self, *args: P.args, **kwargs: P.kwargs) -> Rendered:
        """Return the mail as its reader would get it; nothing is sent."""
        from leerhuis.mail.render import render

        return render(self, self.write(*args, **kwargs))

    def send(self, *args: P.args, by: Actor, **kwargs: P.kwargs) -> Any:
        """Put the mail in the outbox, in the current transaction; a worker delivers it after the commit."""
        from leerhuis.mail.actions import queue_letter

        return queue_letter(self, self.write(*args, **kwargs), by=by)


_kinds: dict[str, MailKind[Any]] = {}


def service_mail(
    *, cause: type[Event], nl: str, en: str, secret: bool = False, urgent: bool = False
) -> Callable[[Callable[P, Letter]], MailKind[P]]:
    """Declare a service mail: caused by an event of the trade, never an offer, so it has no opt-out. Keeps: L13a.

    `nl`/`en` name the kind for staff. `secret` marks mails with a link that opens an account: staff never see it.
    """

    def declare(write: Callable[P, Letter]) -> MailKind[P]:
        return MailKind(write, cause=cause, nl=nl, en=en, secret=secret, urgent=urgent)

    return declare


def all_kinds() -> dict[str, MailKind[Any]]:
    """Return every kind of mail by name (``enrolment.enrolment_confirmed``)."""
    return dict(_kinds)


def load() -> None:
    """Import every installed package's `mails.py`."""
    for config in apps.get_app_configs():
        if config.name.startswith("leerhuis.") and find_spec(f"{config.name}.mails"):
            import_module(f"{config.name}.mails")

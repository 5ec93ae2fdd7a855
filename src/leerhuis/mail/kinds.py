"""Kinds of mail: each is a function in a package's `mails.py` with a template pair of the same name.

A *service* mail names the event that caused it. News needs a proof of consent and comes with the package `consent`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from leerhuis.audit.actor import Actor
from leerhuis.base.events import Event
from leerhuis.mail.actions import queue_letter
from leerhuis.mail.letters import Kind, Letter, MailTo, Rendered
from leerhuis.mail.render import render

__all__ = ["Letter", "MailKind", "MailTo", "Rendered", "all_kinds", "load", "service_mail"]

Writer = Callable[..., Letter]


@dataclass(frozen=True)
class MailKind(Kind):
    """A kind of mail with the function that writes it: `send` puts one in the outbox, `preview` shows it only."""

    write: Writer

    def preview(self, *args: Any, **kwargs: Any) -> Rendered:
        """Return the mail as its reader would get it; nothing is sent."""
        return render(self, self.write(*args, **kwargs))

    def send(self, *args: Any, by: Actor, **kwargs: Any) -> Any:
        """Put the mail in the outbox, in the current transaction; a worker delivers it after the commit."""
        return queue_letter(self, self.write(*args, **kwargs), by=by)


_kinds: dict[str, MailKind] = {}


def service_mail(
    *, cause: type[Event], nl: str, en: str, secret: bool = False, urgent: bool = False
) -> Callable[[Writer], MailKind]:
    """Declare a service mail: caused by an event of the trade, never an offer, so it has no opt-out. Keeps: L13a.

    `nl`/`en` name the kind for staff. `secret` marks mails with a link that opens an account: staff never see it.
    """

    def declare(write: Writer) -> MailKind:
        name = f"{write.__module__.split('.')[1]}.{write.__name__}"
        _kinds[name] = MailKind(name, cause, nl, en, secret, urgent, write)
        return _kinds[name]

    return declare


def all_kinds() -> dict[str, MailKind]:
    """Return every kind of mail by name (``enrolment.enrolment_confirmed``)."""
    return dict(_kinds)


def load() -> None:
    """Import every installed package's `mails.py`."""
    for config in apps.get_app_configs():
        if config.name.startswith("leerhuis.") and find_spec(f"{config.name}.mails"):
            import_module(f"{config.name}.mails")

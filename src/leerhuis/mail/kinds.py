"""Kinds of mail: each is a function in a package's `mails.py` with a template pair of the same name.

A *service* mail names the event that caused it. A *news* mail goes to nobody without a proof of consent, which only
the package `consent` makes; it is looked at once more in the moment of sending (`actions.send_message`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from leerhuis.audit.actor import Actor
from leerhuis.base.events import Event
from leerhuis.mail.actions import queue_letter, queue_news
from leerhuis.mail.letters import URGENT, Kind, Letter, MailTo, Proof, Rendered
from leerhuis.mail.render import render, words_of

__all__ = [
    "Letter",
    "MailKind",
    "MailTo",
    "NewsKind",
    "Proof",
    "Rendered",
    "all_kinds",
    "load",
    "news_mail",
    "service_mail",
]

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


@dataclass(frozen=True)
class NewsKind(Kind):
    """A kind of news with the function that writes it for one reader, in their language and with their own links."""

    write: Writer

    def preview(self, thing: Any, proof: Proof) -> Rendered:
        """Return the mail as this reader would get it; nothing is sent."""
        return render(self, self.write(thing, proof))

    def send(self, thing: Any, proofs: Iterable[Proof], samples: Mapping[str, Proof], *, by: Actor) -> int:
        """Put one mail per proof in the outbox; returns how many. `samples` are proofs of nobody, by language.

        The words are worked out once per language, from the sample; then only its links are put in.
        """
        texts = {language: words_of(self, self.write(thing, sample)) for language, sample in samples.items()}
        return queue_news(self, texts, samples, proofs, about=thing.pk, by=by)


_kinds: dict[str, MailKind | NewsKind] = {}


def service_mail(
    *, cause: type[Event], nl: str, en: str, secret: bool = False, urgent: bool = False, vanishes: bool = False
) -> Callable[[Writer], MailKind]:
    """Declare a service mail: caused by an event of the trade, never an offer, so it has no opt-out. Keeps: L13a.

    `nl`/`en` name the kind for staff. `secret` marks mails with a link that opens an account: staff never see it.
    `urgent` ones are about the safety of the reader's own account and go also while the use of data is restricted. One
    that `vanishes` is kept until it was delivered and no longer.
    """

    def declare(write: Writer) -> MailKind:
        kind = MailKind(_name_of(write), cause, nl, en, secret, urgent, vanishes, write)
        _kinds[kind.name] = kind
        if urgent:
            URGENT.add(kind.name)
        return kind

    return declare


def news_mail(*, cause: type[Event], nl: str, en: str) -> Callable[[Writer], NewsKind]:
    """Declare news: it goes to whoever consented and to nobody else, and each mail says how to stop it. Keeps: L14a."""

    def declare(write: Writer) -> NewsKind:
        kind = NewsKind(_name_of(write), cause, nl, en, secret=False, urgent=False, vanishes=False, write=write)
        _kinds[kind.name] = kind
        return kind

    return declare


def _name_of(write: Writer) -> str:
    return f"{write.__module__.split('.')[1]}.{write.__name__}"


def all_kinds() -> dict[str, MailKind | NewsKind]:
    """Return every kind of mail by name (``enrolment.enrolment_confirmed``)."""
    return dict(_kinds)


def load() -> None:
    """Import every installed package's `mails.py`."""
    for config in apps.get_app_configs():
        if config.name.startswith("leerhuis.") and find_spec(f"{config.name}.mails"):
            import_module(f"{config.name}.mails")

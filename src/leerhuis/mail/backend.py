"""Django's own way of sending mail, closed: all mail goes through the outbox."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class MailOutsideOutbox(RuntimeError):
    """Some code tried to send mail past the outbox: a fault in that code."""


class OutboxOnly(BaseEmailBackend):
    """Refuses every mail, so that none leaves without a row, a kind and a cause."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Raise MailOutsideOutbox."""
        raise MailOutsideOutbox(f"{len(email_messages)} mails were not sent: use a kind in a package's mails.py.")

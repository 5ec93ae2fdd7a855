"""Mail as a Django app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Name and label; loads the kinds of mail of every package at start."""

    name = "leerhuis.mail"
    label = "mail"

    def ready(self) -> None:
        """Read every package's `mails.py`, so that all kinds are known."""
        from leerhuis.mail.kinds import load

        load()

"""The charter as a Django app: at start it reads every package's declarations and checks them."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    """Registers the start-up check."""

    name = "leerhuis.charter"
    label = "charter"

    def ready(self) -> None:
        """Load all declarations, then let Django's check framework judge them."""
        from leerhuis.charter import checks, register

        register.load()
        checks.register_checks()

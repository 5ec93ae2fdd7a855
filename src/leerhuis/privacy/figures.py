"""Filling a declared text with what is so: an academy's settings, and figures of the running product.

``{academy}`` is the academy's name, ``{settings.rights.answer_days}`` a setting, ``{figures.fresh_minutes}`` a figure
from the table below. Nothing else can stand in a text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings as product

from leerhuis.academies.settings import AcademySettings
from leerhuis.base.hosts import is_this_machine
from leerhuis.charter.declarations import Storage
from leerhuis.charter.register import in_force
from leerhuis.ui.wording import day_long

_BLANK = re.compile(r"\{([^{}]*)\}")


class Unsayable(ValueError):
    """A text asks for something that nobody knows or that is empty: a fault in a declaration or in the settings."""


@dataclass(frozen=True)
class Facts:
    """What is so in one academy: its settings by dotted key, and the figures by name."""

    chosen: AcademySettings

    def value(self, key: str) -> object:
        """Return a setting (``rights.answer_days``) or a figure (``figures.https_only``); raises Unsayable."""
        if key in FIGURES:
            return FIGURES[key](self)
        try:
            return self.chosen.value(key.removeprefix("settings."))
        except AttributeError as fault:
            raise Unsayable(f"Nothing is known as {key!r}.") from fault

    def fill(self, text: str) -> str:
        """Return a text with its blanks filled, dates in the active language; raises Unsayable for an empty one."""
        return _BLANK.sub(lambda found: self._shown(found[1]), text)

    def _shown(self, key: str) -> str:
        found = self.chosen.controller.trade_name if key == "academy" else self.value(key)
        if isinstance(found, date):
            return day_long(found)
        if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
            raise Unsayable(f"{key!r} cannot be filled into a sentence.")
        return str(found)


def _fresh_minutes(facts: Facts) -> int:
    """Minutes after signing in during which one's own data can be taken along without a password."""
    return int(product.ACCOUNT_REAUTHENTICATION_TIMEOUT) // 60


def _signin_hours(facts: Facts) -> int:
    """Hours after which a sign-in ends by itself."""
    return int(product.SESSION_COOKIE_AGE) // 3600


def _https_only(facts: Facts) -> bool:
    """True where every page is served over a secured connection only."""
    return bool(product.SECURE_SSL_REDIRECT)


def _mail_elsewhere(facts: Facts) -> bool:
    """True where mails are handed to another machine; then only over a secured connection (`mail.delivery`)."""
    return not is_this_machine(product.SMTP.host)


def _only_needed_storage(facts: Facts) -> bool:
    """True where nothing is stored on a visitor's device that the pages could do without (Tw art. 11.7a)."""
    return all(storage.needed for _, storage in in_force(Storage, facts))


def _backups(facts: Facts) -> bool:
    """True where this installation makes backups itself; of those that others make the statement says nothing."""
    return bool(product.BACKUPS_ON)


def _uploads_examined(facts: Facts) -> bool:
    """True where a virus scanner examines each document before anybody opens it."""
    return bool(product.SCANNER)


FIGURES: dict[str, Callable[[Facts], int | bool]] = {
    "figures.fresh_minutes": _fresh_minutes,
    "figures.signin_hours": _signin_hours,
    "figures.https_only": _https_only,
    "figures.mail_elsewhere": _mail_elsewhere,
    "figures.only_needed_storage": _only_needed_storage,
    "figures.backups": _backups,
    "figures.uploads_examined": _uploads_examined,
}

"""How what was done with backups, and what is the matter with them, is said on a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerhuis.operations.history import Deed, Kind
from leerhuis.operations.standing import GRAVE, Trouble
from leerhuis.ui.wording import number

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Tells:
    """What a trouble means, and what to do about it."""

    what: str | Promise
    todo: str | Promise
    is_grave: bool


@dataclass(frozen=True)
class Line:
    """A deed as a reader sees it."""

    at: datetime
    what: str
    details: str
    went_well: bool


_ASK: Final = gettext_lazy("Ask the operator to run `leerhuis doctor`.")
_WORDS: Final[Mapping[Trouble, tuple[Any, Any]]] = {
    Trouble.OLD: (
        gettext_lazy("There is a copy that is older than the privacy statement says."),
        gettext_lazy("Ask the operator to remove it today: it should have gone by itself."),
    ),
    Trouble.AWAY: (
        gettext_lazy("The place of the backups cannot be reached."),
        gettext_lazy("Ask the operator to look whether it is connected. What is written waits here until then."),
    ),
    Trouble.SILENT: (
        gettext_lazy("Nobody looks after the backups at the moment."),
        gettext_lazy("Ask the operator to restart Leerhuis, and to run `leerhuis doctor` after that."),
    ),
    Trouble.NONE: (gettext_lazy("There is no backup yet that could be put back."), _ASK),
    Trouble.LATE: (
        gettext_lazy("The newest backup is more than a day old."),
        gettext_lazy("Ask the operator to run `leerhuis backup`, and to read what it says."),
    ),
    Trouble.DAMAGED: (
        gettext_lazy("Something in the backups is not as it was written."),
        gettext_lazy(
            "Ask the operator to run `leerhuis verify-backup`, and then `leerhuis backup --full` for a new one."
        ),
    ),
    Trouble.FAILED_DRILL: (
        gettext_lazy("The newest backup could not be put back well when that was tried."),
        gettext_lazy("Ask the operator to run `leerhuis verify-backup --drill`, and to read what it says."),
    ),
    Trouble.UNPROVEN: (
        gettext_lazy("For more than a week nobody tried whether the backups can be put back."),
        gettext_lazy("Ask the operator to run `leerhuis verify-backup --drill`."),
    ),
    Trouble.BEHIND: (
        gettext_lazy("What changed in the last quarter of an hour is not in the backups yet."),
        gettext_lazy("This mostly passes by itself. Does it last an hour? Ask the operator to run `leerhuis doctor`."),
    ),
    Trouble.FAILED: (
        gettext_lazy("The last backup failed."),
        gettext_lazy("It is tried again every quarter of an hour. The backup from before can still be put back."),
    ),
}
TELLS: Final[Mapping[Trouble, Tells]] = {
    trouble: Tells(what, todo, trouble in GRAVE) for trouble, (what, todo) in _WORDS.items()
}


def line_of(deed: Deed) -> Line:
    """Return a deed in words; what went wrong in detail is for the operator, whose commands say it."""
    what, details = _TOLD[deed.kind](deed.facts)
    return Line(deed.at, what, details if deed.went_well else _("it did not go well"), deed.went_well)


def _backup(facts: Mapping[str, Any]) -> tuple[str, str]:
    what = _("Backup of what had changed") if facts.get("kind") == "increment" else _("Backup of everything")
    return what, _("%(size)s MB, %(rows)s rows counted") % {
        "size": number(round(facts.get("size", 0) / MEGABYTE, 1)),
        "rows": number(facts.get("rows", 0)),
    }


def _verify(facts: Mapping[str, Any]) -> tuple[str, str]:
    return _("Every file read and compared"), _("%(files)s files") % {"files": number(facts.get("files", 0))}


def _drill(facts: Mapping[str, Any]) -> tuple[str, str]:
    told = {"rows": number(facts.get("rows", 0)), "seconds": number(round(facts.get("restore_seconds", 0)))}
    return _("Put back to try it"), _("%(rows)s rows were there again after %(seconds)s seconds") % told


def _restore(facts: Mapping[str, Any]) -> tuple[str, str]:
    return _("Put back"), _("the state of %(moment)s") % {"moment": facts["to"]} if facts.get("to") else _(
        "the last state"
    )


def _expiry(facts: Mapping[str, Any]) -> tuple[str, str]:
    count = len(facts.get("sets", []))
    return _("Term ended"), ngettext("%(count)d set removed", "%(count)d sets removed", count) % {"count": count}


_TOLD: Final[Mapping[Kind, Callable[[Mapping[str, Any]], tuple[str, str]]]] = {
    Kind.BACKUP: _backup,
    Kind.VERIFY: _verify,
    Kind.DRILL: _drill,
    Kind.RESTORE: _restore,
    Kind.EXPIRY: _expiry,
}

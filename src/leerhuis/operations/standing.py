"""How the backups stand: the ages over all copies, and what is the matter with them, if anything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from leerhuis.operations.history import History, Kind, Standing
from leerhuis.operations.place import Place, moment_of
from leerhuis.operations.verifying import FRESH, newest_backup

SILENT_AFTER: Final = timedelta(minutes=10)
BEHIND_AFTER: Final = timedelta(minutes=15)
PROVEN_FOR: Final = timedelta(days=8)  # a week, and a day in which a drill that failed is tried again
FIRST_HOURS: Final = timedelta(hours=2)  # in which the first backup is made and proven


class Trouble(StrEnum):
    """What can be the matter with backups, the gravest first."""

    OLD = "old"  # something is older than its term
    AWAY = "away"  # the place cannot be reached
    SILENT = "silent"  # nobody looks after the backups
    NONE = "none"  # there is no whole backup
    LATE = "late"  # the newest is older than a day and two hours
    DAMAGED = "damaged"  # the last look at every file found faults
    FAILED_DRILL = "failed_drill"  # the newest could not be put back well
    UNPROVEN = "unproven"  # it was not tried for more than a week
    BEHIND = "behind"  # what was written is not handed over
    FAILED = "failed"  # the last backup failed; it is tried again


PASSES: Final = frozenset({Trouble.FAILED, Trouble.BEHIND})  # by itself, mostly
GRAVE: Final = frozenset(Trouble) - PASSES - {Trouble.UNPROVEN}


def standing_of(place: Place, *, before: Standing, waiting_since: datetime | None, now: datetime) -> Standing:
    """Look at a place and return how it stands; raises PlaceAway.

    The oldest copy is the oldest of what lies there, of the keys, and of what waits in the home to be sealed.
    """
    names = place.names()
    copies = [moment_of(name) for name in {*names, *place.keys.names()}]
    copies += [waiting_since] if waiting_since else []
    return replace(
        before,
        at=now,
        newest=newest_backup(place),
        oldest=min(copies, default=None),
        sets=len(names),
        away="",
        away_since=None,
    )


def troubles(history: History, *, now: datetime, days: int) -> list[Trouble]:
    """Return what is the matter, the gravest first; nothing when all is well. `days` is the term that was promised."""
    found = history.standing()
    if found is None:
        return [Trouble.SILENT]
    return sorted(_troubles(history, found, now, days), key=list(Trouble).index)


def _troubles(history: History, found: Standing, now: datetime, days: int) -> Iterator[Trouble]:
    is_new = now - found.begun_at < FIRST_HOURS
    if now - found.at > SILENT_AFTER:
        yield Trouble.SILENT
    if found.away_since is not None and now - found.away_since > BEHIND_AFTER:
        yield Trouble.AWAY
    if found.oldest is not None and now - found.oldest > timedelta(days=days):
        yield Trouble.OLD
    if found.newest is not None and now - found.newest > FRESH:
        yield Trouble.LATE
    if not is_new:
        yield from _missing(history, found, now)
    for kind, trouble in (
        (Kind.BACKUP, Trouble.FAILED),
        (Kind.VERIFY, Trouble.DAMAGED),
        (Kind.DRILL, Trouble.FAILED_DRILL),
    ):
        last = history.last(kind)
        if last is not None and not last.went_well:
            yield trouble


def _missing(history: History, found: Standing, now: datetime) -> Iterator[Trouble]:
    """Say what should have been done by now."""
    drilled = history.last(Kind.DRILL)
    if found.newest is None:
        yield Trouble.NONE
    elif found.handed_over_at is None or now - found.handed_over_at > BEHIND_AFTER:
        yield Trouble.BEHIND
    if drilled is None or now - drilled.at > PROVEN_FOR:
        yield Trouble.UNPROVEN

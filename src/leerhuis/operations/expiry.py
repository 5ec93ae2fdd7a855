"""When a set goes: nothing is kept longer than was promised, and the last good backup not shorter than it must be.

A set goes a day before its term ends, counted from its beginning, since nothing in it is older. Is there no newer whole
backup by then, it stays for that last day, in which the operator hears of it; at the end of the term it goes all the
same: what was promised to people (L22) comes before a copy that nobody renewed for a month.
"""

from datetime import datetime, timedelta
from typing import Final

from leerhuis.operations.keys import NoKey
from leerhuis.operations.place import Place, moment_of
from leerhuis.operations.sealing import Damaged

LAST_DAY: Final = timedelta(days=1)
FULL_EVERY: Final = timedelta(days=7)


def expire(place: Place, *, now: datetime, days: int) -> list[str]:
    """Destroy the key and the files of every set whose term has come; returns their names.

    A key without a set is destroyed with its term, too. Raises PlaceAway.
    """
    term = timedelta(days=days)
    names = place.names()
    gone = []
    for name in names:
        age = now - moment_of(name)
        if age >= term or (age >= term - LAST_DAY and _is_followed(place, name)):
            place.remove(name)
            gone.append(name)
    for name in place.keys.names():
        if name not in names and now - moment_of(name) >= term - LAST_DAY:
            place.keys.destroy(name)
    return gone


def needs_full(place: Place, *, now: datetime, days: int) -> bool:
    """Whether the next backup must begin a new set, so that the present one can go in time."""
    newest = place.newest_whole()
    return newest is None or now - newest.begun_at >= min(FULL_EVERY, timedelta(days=days) / 2) - timedelta(hours=1)


def drop_unfinished(place: Place) -> list[str]:
    """Remove sets that never got a whole backup and are not being made now; returns their names.

    Call it only while nobody else makes a backup.
    """
    gone = []
    for name in place.names():
        try:
            is_whole = bool(place.open_set(name).whole_backups())
        except (NoKey, Damaged):
            continue  # unreadable, or to be looked at by a person: it goes with its term
        if not is_whole:
            place.remove(name)
            gone.append(name)
    return gone


def _is_followed(place: Place, name: str) -> bool:
    """Whether a younger set is whole."""
    for other in place.names():
        if other <= name:
            continue
        try:
            if place.open_set(other).whole_backups():
                return True
        except (NoKey, Damaged):
            continue
    return False

"""A place for backups without a database behind it: sets with one file of each kind."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leerhuis.operations.history import History
from leerhuis.operations.keys import KeyStore
from leerhuis.operations.place import BackupSet, Place, stamp

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SEGMENTS = 3


def a_place(folder: Path) -> Place:
    """Return an empty place, its keys apart."""
    (folder / "place").mkdir()
    return Place(folder / "place", KeyStore(folder / "keys"), folder / "lock")


def a_set(place: Place, *, at: datetime = NOW, whole: bool = True) -> BackupSet:
    """Begin a set and put in a base backup, its keys, what was written since, and a file of somebody."""
    found = place.begin_set(at)
    found.add(f"base/{stamp(at)}.full", [b"base" * 100], now=at)
    found.add(f"base/{stamp(at)}.told", [b"told"], now=at)
    found.add(f"keys/{stamp(at)}", [json.dumps({"secrets": {"secret_key": "s"}}).encode()], now=at)
    for number in range(1, SEGMENTS + 1):
        found.add(f"wal/00000001000000000000000{number}", [b"written" * 100], now=at)
    found.add("files/0123456789abcdef", [b'{"path": "a", "gone": false}\npaper'], now=at)
    if whole:
        found.add(f"base/{stamp(at)}.contents", [b"{}"], now=at)
    return found


def a_history(folder: Path) -> History:
    """Return a history without deeds."""
    return History(folder / "notes")


def days(count: float) -> timedelta:
    """Return a span."""
    return timedelta(days=count)

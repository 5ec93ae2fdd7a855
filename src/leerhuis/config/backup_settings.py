"""What was chosen about backups: where they go, where their keys are, how long they are kept. From the environment."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from leerhuis.config.home import private_folder, write_closed
from leerhuis.operations.history import History
from leerhuis.operations.keys import KeyStore
from leerhuis.operations.place import Place

SHORTEST_DAYS: Final = 3
SEGMENT_SECONDS: Final = 240  # as `postgres.shipping_settings` has it
ZONE: Final = ZoneInfo("Europe/Amsterdam")  # in which LEERHUIS_BACKUP_AT is read and moments are told


class WronglyChosen(Exception):
    """The settings of the backups cannot be followed; the words say what to change."""


@dataclass(frozen=True)
class BackupSettings:
    """Where the backups of one installation go (None: nowhere), their keys, their term, and when they are made."""

    home: Path
    place_folder: Path | None
    keys_folder: Path
    files_folder: Path
    journal_folder: Path
    days: int
    at: time

    @property
    def is_on(self) -> bool:
        """Whether a place was chosen."""
        return self.place_folder is not None

    @property
    def spool(self) -> Path:
        """The folder in the home in which what the database writes waits to be sealed."""
        return private_folder(self.home, "backup")

    @property
    def begin_anew(self) -> Path:
        """A mark in the home: something that was written is missing, so a full backup must begin anew."""
        return self.spool / "begin-anew"

    def claim_place(self, *, now: datetime) -> Place:
        """Return the place, in which this installation alone writes; raises PlaceTaken, PlaceAway and WronglyChosen.

        Another that was silent for three segments is gone: while it runs, something is written every few seconds.
        """
        mark = self.spool / "house"
        if not mark.exists():
            write_closed(mark, secrets.token_hex(16))
        place = self.place()
        place.claim(mark.read_text(encoding="utf-8"), now=now, silent_for=3 * segment_time())
        return place

    @property
    def history(self) -> History:
        """What was done with the backups, and how they stand."""
        return History(self.spool)

    @property
    def keys_beside_data(self) -> bool:
        """Whether the keys lie on the same disk as the data: whoever loses that disk loses the backups, too."""
        keys = next(folder for folder in (self.keys_folder, *self.keys_folder.parents) if folder.exists())
        return keys.stat().st_dev == self.home.stat().st_dev

    def place(self) -> Place:
        """Return the place of the backups; raises WronglyChosen when there is none or the keys lie in it."""
        if self.place_folder is None:
            raise WronglyChosen("No place for backups was chosen: set LEERHUIS_BACKUP_PLACE to a folder.")
        one, other = self.place_folder.resolve(), self.keys_folder.resolve()
        if one.is_relative_to(other) or other.is_relative_to(one):
            raise WronglyChosen(
                f"The keys of the backups ({other}) may not lie with the backups ({one}): set LEERHUIS_BACKUP_KEYS to "
                "a folder of another disk or machine."
            )
        return Place(self.place_folder, KeyStore(self.keys_folder), private_folder(self.home, "locks") / "manifest")


def backup_settings(home: Path) -> BackupSettings:
    """Return what the environment says about backups; raises WronglyChosen."""
    place = os.environ.get("LEERHUIS_BACKUP_PLACE")
    return BackupSettings(
        home=home,
        place_folder=Path(place).absolute() if place else None,
        keys_folder=Path(os.environ.get("LEERHUIS_BACKUP_KEYS") or home / "backup-keys").absolute(),
        files_folder=Path(os.environ.get("LEERHUIS_FILES") or home / "files").absolute(),
        journal_folder=Path(os.environ.get("LEERHUIS_JOURNAL") or home / "journal").absolute(),
        days=_days(os.environ.get("LEERHUIS_BACKUP_DAYS") or "30"),
        at=_time(os.environ.get("LEERHUIS_BACKUP_AT") or "02:30"),
    )


def segment_time() -> timedelta:
    """Return how long what is written may wait until it is handed over (LEERHUIS_BACKUP_SECONDS)."""
    return timedelta(seconds=int(os.environ.get("LEERHUIS_BACKUP_SECONDS") or SEGMENT_SECONDS))


def machine_time() -> datetime:
    """Return what the clock of this machine says: backups are made and put back where there is no database to ask."""
    return datetime.now(UTC)


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < SHORTEST_DAYS:
        raise WronglyChosen(f"LEERHUIS_BACKUP_DAYS is {text!r}: give a number of days, {SHORTEST_DAYS} or more.")
    return int(text)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as fault:
        raise WronglyChosen(f"LEERHUIS_BACKUP_AT is {text!r}: give a time such as 02:30.") from fault

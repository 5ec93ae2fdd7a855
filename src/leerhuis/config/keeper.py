"""Handing over what the database writes, all the time: PostgreSQL's receiver fetches it, and it is sealed here.

The receiver (`pg_receivewal`) keeps a mark in the database (a replication slot), so nothing is missed while it is away;
the server closes a segment every few minutes (`postgres.shipping_settings`). Files of persons go along each minute.
"""

import fcntl
import logging
import os
import re
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import psycopg

from leerhuis.config import children
from leerhuis.config.backup_settings import BackupSettings, machine_time
from leerhuis.config.filing import Filing, forget_notes
from leerhuis.config.home import private_folder
from leerhuis.config.postgres import EmbeddedPostgres, clean_environment
from leerhuis.config.programs import find_programs, major_version_of
from leerhuis.operations.place import BackupSet, Place

log = logging.getLogger(__name__)

SLOT: Final = "leerhuis"
HANDED_OVER: Final = re.compile(r"^([0-9A-F]{24}|[0-9A-F]{8}\.history)$")
FILES_EVERY: Final = timedelta(seconds=60)
SLOT_EVERY: Final = timedelta(seconds=30)
FINISH_SECONDS: Final = 10.0
READ_AT_ONCE: Final = 1 << 20
MOST_WAITING: Final = 128  # segments of 16 MB that may wait in the home while the place is away


class KeeperElsewhere(Exception):
    """Another process of this home hands over already."""


class Keeper:
    """Hands over for one installation; `step` is called again and again, from the main thread."""

    def __init__(self, chosen: BackupSettings) -> None:
        self.chosen = chosen
        self.place: Place = chosen.place()
        self.waiting = private_folder(chosen.spool, "written")
        self._receiver: subprocess.Popen[bytes] | None = None
        self._known: dict[str, set[str]] = {}
        self._filings: dict[str, Filing] = {}
        self._files_at: datetime | None = None
        self._slot_at: datetime | None = None
        self._lock = os.open(private_folder(chosen.home, "locks") / "backup-keeper", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise KeeperElsewhere from None

    def step(self, *, now: datetime) -> int:
        """Do what there is to do; returns how many segments were sealed. Raises OSError, PlaceAway, psycopg.Error."""
        if self._slot_at is None or now - self._slot_at > SLOT_EVERY:
            self.chosen.claim_place(now=now)
            self._slot_at = now
            if hold_slot(self.chosen.home):
                self.chosen.begin_anew.touch(mode=0o600)
        count = len(self._segments())
        if count < MOST_WAITING:
            self._receive()
        else:
            self._stop_receiver()
        sealed = self._seal(now)
        if self._files_at is None or now - self._files_at > FILES_EVERY:
            self._files_at = now
            self._bring_files(now)
        return sealed

    def finish(self) -> None:
        """Hand over all that was written up to now, before an orderly stop; gives up when that takes too long."""
        with psycopg.connect(EmbeddedPostgres(self.chosen.home).url("backup"), autocommit=True) as connection:
            row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        wanted = f"wal/{row[0] if row else ''}"
        until = time.monotonic() + FINISH_SECONDS
        self._files_at = None  # files, too
        while time.monotonic() < until:
            self.step(now=machine_time())
            if all(wanted in self._names(target) for target in self.place.sets_to_fill()):
                return
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the receiver, and let another process hand over."""
        self._stop_receiver()
        os.close(self._lock)

    def waiting_since(self) -> datetime | None:
        """Return since when the oldest segment waits in the home to be sealed, None when none does."""
        times = [path.stat().st_mtime for path in self._segments()]
        return datetime.fromtimestamp(min(times), UTC) if times else None

    def forget_waiting(self, *, before: datetime) -> None:
        """Let go of all that waits where some of it is too old: the place was away that long, and a term is a term.

        What follows cannot be joined to it any more, so a full backup is due.
        """
        since = self.waiting_since()
        if since is None or since >= before:
            return
        self._stop_receiver()
        for segment in self.waiting.iterdir():
            segment.unlink()
        with psycopg.connect(EmbeddedPostgres(self.chosen.home).url("backup"), autocommit=True) as connection:
            connection.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
        self._slot_at = None  # the slot is made anew, and a full backup is asked for

    def _segments(self) -> list[Path]:
        return sorted(path for path in self.waiting.iterdir() if HANDED_OVER.match(path.name))

    def _seal(self, now: datetime) -> int:
        """Seal each closed segment into every set that is filled, then let go of it."""
        segments = self._segments()  # before the sets are asked for: a set that begins now gets all that closes later
        if not segments:
            return 0
        targets = self.place.sets_to_fill()
        for segment in segments if targets else ():
            for target in targets:
                name = f"wal/{segment.name}"
                if name not in self._names(target):
                    target.add(name, content_of(segment), now=now)
                    self._known[target.name].add(name)
            segment.unlink()
        return len(segments) if targets else 0

    def _names(self, target: BackupSet) -> set[str]:
        if target.name not in self._known:
            self._known[target.name] = target.names()
        return self._known[target.name]

    def _bring_files(self, now: datetime) -> None:
        targets = self.place.sets_to_fill()
        for target in targets:
            if target.name not in self._filings:
                self._filings[target.name] = Filing(self.chosen.files_folder, target, self.chosen.spool)
            self._filings[target.name].bring(now=now)
        forget_notes(self.chosen.spool, {target.name for target in targets})

    def _receive(self) -> None:
        """See to it that the receiver runs."""
        if self._receiver is not None and self._receiver.poll() is None:
            return
        programs, environment = programs_and_sign_in(self.chosen.home)
        command: list[str | Path] = [
            programs / "pg_receivewal",
            "-D",
            self.waiting,
            "-S",
            SLOT,
            "--no-password",
            "--no-loop",
        ]
        with (private_folder(self.chosen.home, "logs") / "backup.log").open("wb") as complaints:
            self._receiver = children.spawn(command, environment=environment, folder="/", stderr=complaints)

    def _stop_receiver(self) -> None:
        if self._receiver is not None:
            self._receiver.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._receiver.wait(10)
            self._receiver.kill()
            self._receiver.wait()
            self._receiver = None


def hold_slot(home: Path) -> bool:
    """See to it that the database holds its mark for the receiver; True when it had to be made.

    It is made at the very first time, in a database that was put back, and where so much was written while nobody
    fetched it that the server let go: then something is missing between the last segment and now.
    """
    with psycopg.connect(EmbeddedPostgres(home).url("backup"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", [SLOT]
        ).fetchone()
        if found is not None and found[0] != "lost":
            return False
        if found is not None:
            connection.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
        connection.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])
    return True


def programs_and_sign_in(home: Path) -> tuple[Path, dict[str, str]]:
    """Return PostgreSQL's programs, and the environment in which they sign in to the database of a home.

    The password stands in the environment of the program, which other accounts cannot read; not in its arguments,
    which they can.
    """
    embedded = EmbeddedPostgres(home)
    address = urlsplit(embedded.url("backup"))
    sign_in = {
        "PGHOST": str(embedded.socket_folder),
        "PGUSER": unquote(address.username or ""),
        "PGPASSWORD": unquote(address.password or ""),
    }
    return find_programs(major_version_of(embedded.data)), clean_environment() | sign_in


def content_of(path: Path) -> "list[bytes]":
    """Return the bytes of a segment."""
    return [path.read_bytes()]

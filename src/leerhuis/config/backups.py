"""Making one backup: the database by PostgreSQL's own base backup, whole or what changed; keys, files, and a count.

A backup is whole once its `.contents` is written. That comes last, when everything the database wrote up to the count
lies at the place: so each whole backup can be put back by itself and held to what was counted.
Decision: docs/decisions/0018-backups.md.
"""

import fcntl
import io
import json
import os
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import psycopg

from leerhuis.config import children
from leerhuis.config.backup_settings import BackupSettings, backup_settings, machine_time
from leerhuis.config.counting import Counted, Counts, count_at_a_point, of_schema
from leerhuis.config.filing import Filing
from leerhuis.config.home import private_folder
from leerhuis.config.keeper import Keeper, KeeperElsewhere, hold_slot, programs_and_sign_in
from leerhuis.config.postgres import SUMMARIES_SINCE, EmbeddedPostgres
from leerhuis.config.programs import major_version_of
from leerhuis.operations.expiry import drop_unfinished, expire, needs_full
from leerhuis.operations.place import CONTENTS, UNFINISHED, BackupSet, Place, stamp

if TYPE_CHECKING:
    from typing_extensions import Buffer

READ_AT_ONCE: Final = 1 << 20
PATIENCE_SECONDS: Final = 300.0
NOT_BACKED_UP: Final = frozenset({"LEERHUIS_HOME", "LEERHUIS_LAUNCHED_FROM", "LEERHUIS_POOL", "LEERHUIS_DATABASE_ROLE"})
TOLD_BY_POSTGRES: Final = "backup_manifest"


class BackupFailed(Exception):
    """No backup was made; the words say why."""


class BackupRunning(Exception):
    """Another backup of this home is being made."""


@dataclass(frozen=True)
class Made:
    """A backup that was made: its set and stamp, what it counted, its size at the place, and which sets went."""

    set_name: str
    stamp: str
    kind: str
    counts: Counts | None
    size: int
    seconds: float
    gone: list[str]

    def of(self, schema: str) -> tuple[int, int]:
        """Return how many tables and rows of an academy it holds; zeros where nothing was counted."""
        return of_schema(self.counts or {}, schema)


def make_backup(chosen: BackupSettings, *, full: bool = False) -> Made:
    """Make a backup of a running installation, then let go of what had its term. Raises BackupFailed and its kind.

    What changed since the last one is enough, unless `full` is asked, a new set is due, or it cannot be done: then a
    new set begins. Also raises BackupRunning, PlaceAway, OSError and psycopg.Error.
    """
    begun = time.monotonic()
    place = chosen.claim_place(now=machine_time())
    with alone(chosen.home):
        drop_unfinished(place)
        if hold_slot(chosen.home):  # from here on what is written is kept for the receiver
            chosen.begin_anew.touch(mode=0o600)
        now = machine_time()
        asked_at = chosen.begin_anew.stat().st_mtime_ns if chosen.begin_anew.exists() else 0
        target, base = _base(chosen, place, now, full=full or asked_at > 0)
        told = _contents(chosen, target, base, now)
        target.add(f"base/{base.stamp}{CONTENTS}", [json.dumps(told).encode()], now=machine_time())
        if asked_at and asked_at == chosen.begin_anew.stat().st_mtime_ns:  # not asked again meanwhile
            chosen.begin_anew.unlink()
        gone = expire(place, now=machine_time(), days=chosen.days)
    size = sum(entry.size for entry in target.entries() if base.stamp in entry.name)
    counts = None if told["counts"] is None else {name: (row[0], row[1]) for name, row in told["counts"].items()}
    return Made(target.name, base.stamp, base.kind, counts, size, time.monotonic() - begun, gone)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Be the only one who makes a backup of a home; raises BackupRunning."""
    with (private_folder(home, "locks") / "backup").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupRunning("A backup is being made already.") from None
        yield


@dataclass(frozen=True)
class _Base:
    """A base backup that lies in a set, not whole yet."""

    stamp: str
    kind: str
    follows: str


def _base(chosen: BackupSettings, place: Place, now: datetime, *, full: bool) -> tuple[BackupSet, _Base]:
    """Have PostgreSQL make a base backup into a set, a new one where it must be."""
    newest = None if full or needs_full(place, now=now, days=chosen.days) else place.newest_whole()
    if newest is not None and _can_summarise(chosen.home):
        newest.drop_leftovers()
        follows = newest.whole_backups()[-1]
        base = _Base(_later_than(follows, now), "increment", follows)
        try:
            _take(chosen, newest, base)
        except BackupFailed:  # what changed since is not known any more, as after a restore
            pass
        else:
            return newest, base
    target = place.begin_set(now)
    base = _Base(target.name, "full", "")
    try:
        _take(chosen, target, base)
    except BaseException:
        place.remove(target.name)
        raise
    return target, base


def _take(chosen: BackupSettings, target: BackupSet, base: _Base) -> None:
    """Stream a base backup into a set, and what PostgreSQL tells about it beside it. Raises BackupFailed."""
    programs, environment = programs_and_sign_in(chosen.home)
    command: list[str | Path] = [programs / "pg_basebackup", "--format=tar", "--pgdata=-", "--no-password"]
    command += ["--checkpoint=fast", "--wal-method=fetch"]
    before = chosen.spool / TOLD_BY_POSTGRES
    if base.follows:
        before.touch(mode=0o600)
        before.write_bytes(b"".join(target.read(f"base/{base.follows}.told")))
        command.append(f"--incremental={before}")
    name = f"base/{base.stamp}.{base.kind}"
    try:
        with _kept_until_fetched(chosen.home), tempfile_of(chosen) as complaints:
            child = children.spawn(
                command, environment=environment, folder="/", stdout=subprocess.PIPE, stderr=complaints
            )
            target.add(name, _output_of(child, complaints), now=machine_time())
    finally:
        before.unlink(missing_ok=True)
        (target.folder / (name + UNFINISHED)).unlink(missing_ok=True)
    target.add(f"base/{base.stamp}.told", [_told_by_postgres(target, name)], now=machine_time())


def tempfile_of(chosen: BackupSettings) -> IO[bytes]:
    """Return an open file for what a program complains about."""
    return (private_folder(chosen.home, "logs") / "backup.log").open("w+b")


@contextmanager
def _kept_until_fetched(home: Path) -> Iterator[None]:
    """Have the server keep what it writes for as long as a base backup takes."""
    with psycopg.connect(EmbeddedPostgres(home).url("backup"), autocommit=True) as connection:
        connection.execute("SELECT pg_create_physical_replication_slot('leerhuis_' || pg_backend_pid(), true, true)")
        yield


def _output_of(child: subprocess.Popen[bytes], complaints: IO[bytes]) -> Iterator[bytes]:
    """Yield what a program prints; raises BackupFailed when it did not end well, so that half a backup is none."""
    assert child.stdout is not None  # noqa: S101  (spawned with a pipe)
    try:
        with child.stdout:
            while part := child.stdout.read(READ_AT_ONCE):
                yield part
        if child.wait() != 0:
            complaints.seek(0)
            raise BackupFailed(f"pg_basebackup failed:\n{complaints.read().decode(errors='replace').strip()}")
    finally:
        child.kill()
        child.wait()


def _told_by_postgres(target: BackupSet, name: str) -> bytes:
    """Return what PostgreSQL says about a base backup; reads the whole of it back, which proves that it can be read."""
    found = b""
    with tarfile.open(fileobj=reading(target.read(name)), mode="r|") as archive:
        for member in archive:
            if member.name == TOLD_BY_POSTGRES:
                file = archive.extractfile(member)
                found = file.read() if file is not None else b""
    if not found:
        raise BackupFailed(f"{name} holds no manifest of PostgreSQL.")
    return found


class _Reading(io.RawIOBase):
    """A file to read from, made of pieces as they come."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._part = memoryview(b"")

    def readable(self) -> bool:
        """Return True: that is what it is for."""
        return True

    def readinto(self, target: "Buffer") -> int:
        """Fill a buffer with what comes next, and return how many bytes that is; 0 at the end."""
        if not self._part:
            self._part = memoryview(next(self._parts, b""))
        room = memoryview(target).cast("B")
        count = min(len(room), len(self._part))
        room[:count] = self._part[:count]
        self._part = self._part[count:]
        return count


def reading(parts: Iterator[bytes]) -> io.BufferedReader:
    """Return pieces as a file to read from."""
    return io.BufferedReader(_Reading(parts), READ_AT_ONCE)


def _contents(chosen: BackupSettings, target: BackupSet, base: _Base, now: datetime) -> dict[str, Any]:
    """Bring keys and files, count, wait until all that was written up to there lies in the set; return what to tell."""
    target.add(f"keys/{base.stamp}", [json.dumps(secrets_and_settings(chosen.home)).encode()], now=now)
    Filing(chosen.files_folder, target, chosen.spool).bring(now=now)
    counted = count_at_a_point(EmbeddedPostgres(chosen.home).url("owner"))
    counted_at = machine_time()
    _wait_for(chosen, target, counted)
    return {
        "kind": base.kind,
        "follows": base.follows,
        "begun_at": now.isoformat(),
        "counted_at": counted_at.isoformat(),
        "point": counted.point,
        "counts": counted.counts,
        "version": major_version_of(EmbeddedPostgres(chosen.home).data),
    }


def secrets_and_settings(home: Path) -> dict[str, Any]:
    """Return what an installation cannot do without beside its data; not the keys of the backups themselves."""
    folder = home / "secrets"
    kept = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[!.]*")) if path.is_file()}
    ours = {name: value for name, value in os.environ.items() if name.startswith("LEERHUIS_")}
    environment = {name: ours[name] for name in sorted(ours.keys() - NOT_BACKED_UP)}
    return {"secrets": kept, "environment": environment, "history": backup_settings(home).history.lines()}


def _wait_for(chosen: BackupSettings, target: BackupSet, counted: Counted) -> None:
    """Wait until what was written up to a point lies in the set; hands over itself where no keeper does."""
    with psycopg.connect(EmbeddedPostgres(chosen.home).url("backup"), autocommit=True) as connection:
        row = connection.execute("SELECT pg_walfile_name(%s::pg_lsn)", [counted.behind]).fetchone()
        connection.execute("SELECT pg_switch_wal()")
    wanted = f"wal/{row[0] if row else ''}"
    until = time.monotonic() + PATIENCE_SECONDS
    keeper = None
    try:
        while wanted not in target.names():
            if keeper is None:
                try:
                    keeper = Keeper(chosen)
                except KeeperElsewhere:
                    keeper = None
            if keeper is not None:
                keeper.step(now=machine_time())
            if time.monotonic() > until:
                raise BackupFailed(f"{wanted} did not arrive in {PATIENCE_SECONDS:.0f} s: does the keeper run?")
            time.sleep(0.2)
    finally:
        if keeper is not None:
            keeper.stop()


def _can_summarise(home: Path) -> bool:
    version = major_version_of(EmbeddedPostgres(home).data)
    return version is not None and version >= SUMMARIES_SINCE


def _later_than(before: str, now: datetime) -> str:
    """Return a stamp for now that sorts behind another, also where two are made within one second."""
    moment = now
    while stamp(moment) <= before:
        moment += timedelta(seconds=1)
    return stamp(moment)


__all__ = ["BackupFailed", "BackupRunning", "Made", "make_backup"]

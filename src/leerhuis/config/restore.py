"""Putting a backup back into an empty home: keys, files and database, counted half-way, then on to the moment asked.

The database is started twice. First it stops at the point at which the backup was counted, can only be read, and is
counted again: so the copy is held to what it was. Then it goes on to the moment that was asked for, or to the last that
was handed over. What was done after that, and must hold all the same, is carried out by the journal when the
product starts (`restored`).
"""

import json
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import psycopg

from leerhuis.config.backup_settings import ZONE
from leerhuis.config.backups import reading
from leerhuis.config.counting import Counts, count_now, differences, of_schema
from leerhuis.config.filing import put_back
from leerhuis.config.home import make_home, private_folder, write_closed
from leerhuis.config.postgres import EmbeddedPostgres, clean_environment
from leerhuis.config.programs import DatabaseError, find_programs
from leerhuis.operations.history import History
from leerhuis.operations.keys import NoKey
from leerhuis.operations.place import CONTENTS, BackupSet, Place, moment_of
from leerhuis.operations.verifying import SEGMENT, number_of

RECOVERY_SECONDS: Final = 4 * 3600.0
BLOCK: Final = 1 << 16
NOTHING_AFTER: Final = "recovery ended before configured recovery target was reached"
RESTORED_SETTINGS: Final = "restored.env"
RESTORED: Final = "restored.json"  # lies in a home that was put back, until the journal was carried out on it
UNFINISHED: Final = "restoring"  # lies in a home while a backup is put back into it, and where that was broken off


class CannotRestore(Exception):
    """Nothing was put back; the words say why and what to do."""


@dataclass
class Restored:
    """What was put back: which backup, up to which moment (None: the last), and what the counts said."""

    stamp: str
    to: datetime | None
    handed_over_at: datetime | None = None
    seconds: float = 0.0
    counts: Counts | None = None
    files: int = 0
    faults: list[str] = field(default_factory=list)

    def of(self, schema: str) -> tuple[int, int]:
        """Return how many tables and rows of an academy were counted."""
        return of_schema(self.counts or {}, schema)


def restore(
    place: Place,
    home: Path,
    *,
    to: datetime | None = None,
    files: Path | None = None,
    say: Callable[[str], object] = lambda _words: None,
) -> Restored:
    """Put a backup back into an empty home, and check it. Raises CannotRestore, Damaged, PlaceAway, DatabaseError.

    `to` is the moment to which, None the last there is. `files` is the folder of persons' files, otherwise that in the
    home. The database does not run when this returns. Where the counts differ `faults` says how.
    """
    since = time.monotonic()
    folder = files or home / "files"
    refuse_full_home(home, folder)
    source, chain = choose(place, to)
    told = source.read_json(f"base/{chain[-1]}{CONTENTS}")
    find_programs(told["version"])
    report = Restored(chain[-1], to, handed_over_at=last_handed_over(source, to))
    with all_or_nothing(home, folder):
        say(f"Putting back the backup of {spoken(chain[-1])}: secrets and files …")
        put_back_secrets(source, chain[-1], home)
        report.files = put_back(source, folder)
        work = home / "postgres" / "restore"
        work.mkdir(mode=0o700, parents=True)
        say(f"Files: {report.files}. The database: {len(chain)} parts …")
        unpack_database(source, chain, home, told["version"])
        written = unpack_written(source, chain[-1], work / "written", to)
        say(f"Unpacked, with {written} segments of what was written since. Counting …")
        hold_to_counts(home, work / "written", told, report)
        say("Going on to the moment asked for …" if to else "Going on to the last that was handed over …")
        recover(home, work / "written", to)
        shutil.rmtree(work)
        report.seconds = time.monotonic() - since
        mark_as_restored(home, report)
    return report


def refuse_full_home(home: Path, files: Path) -> None:
    """Raise CannotRestore where something of an installation is in the way; a restore that was killed is not."""
    if (home / UNFINISHED).exists():
        clear(home, files)
    for folder in (home / "postgres", home / "secrets", files):
        if folder.exists() and any(folder.iterdir()):
            raise CannotRestore(f"{folder} is not empty. Give an empty folder with --home, or move that away.")


@contextmanager
def all_or_nothing(home: Path, files: Path) -> Iterator[None]:
    """Leave nothing of a restore that fails; of one that is killed a mark stays, so that nobody takes it for whole."""
    make_home(home)
    (home / UNFINISHED).touch(mode=0o600)
    try:
        yield
    except BaseException:
        clear(home, files)
        raise
    (home / UNFINISHED).unlink()


def clear(home: Path, files: Path) -> None:
    """Remove what a restore that was broken off had put back."""
    for folder in (home / "postgres", home / "secrets", files):
        if folder.exists():
            shutil.rmtree(folder)
    (home / RESTORED_SETTINGS).unlink(missing_ok=True)
    (home / UNFINISHED).unlink(missing_ok=True)


def mark_as_restored(home: Path, report: "Restored") -> None:
    """Leave word that an older state lies here: nothing is shown before the journal was carried out (`restored`)."""
    told = {"stamp": report.stamp, "to": report.to.isoformat() if report.to else ""}
    write_closed(home / RESTORED, json.dumps(told))


def last_handed_over(source: BackupSet, to: datetime | None) -> datetime | None:
    """Return when the last that the database wrote was sealed: what came after it is not there."""
    moments = [entry.moment for entry in source.entries() if entry.name.startswith("wal/")]
    return to or max(moments, default=None)


def spoken(stamp: str) -> str:
    """Return the moment of a backup as an operator reads it, in Dutch time."""
    return f"{moment_of(stamp).astimezone(ZONE):%Y-%m-%d %H:%M:%S}"


def choose(place: Place, to: datetime | None) -> tuple[BackupSet, list[str]]:
    """Return the set, and the chain of backups in it from the full one on, for a moment. Raises CannotRestore."""
    unreadable = []
    for name in reversed(place.names()):
        try:
            found = place.open_set(name)
        except NoKey as fault:
            unreadable.append(str(fault))
            continue
        whole = [each for each in found.whole_backups() if to is None or is_before(found, each, to)]
        if whole:
            return found, chain_of(found, whole[-1])
    if unreadable:
        raise CannotRestore(f"No backup can be read. {unreadable[0]} Name the folder of the keys with --keys.")
    moment = f" from before {to.isoformat()}" if to else ""
    raise CannotRestore(f"There is no whole backup{moment} in {place.folder}.")


def is_before(found: BackupSet, stamp: str, to: datetime) -> bool:
    """Whether a backup was counted at or before a moment; it cannot be put back to an earlier one."""
    if moment_of(stamp) > to:
        return False
    return datetime.fromisoformat(found.read_json(f"base/{stamp}{CONTENTS}")["counted_at"]) <= to


def chain_of(found: BackupSet, stamp: str) -> list[str]:
    """Return the stamps of a backup and of those that it follows, the full one first."""
    chain = [stamp]
    while follows := found.read_json(f"base/{chain[0]}{CONTENTS}")["follows"]:
        chain.insert(0, follows)
    return chain


def put_back_secrets(source: BackupSet, stamp: str, home: Path) -> None:
    """Write secrets and settings of the installation, closed to others; settings for the operator to look through."""
    told = source.read_json(f"keys/{stamp}")
    folder = private_folder(home, "secrets")
    for name, value in told["secrets"].items():
        write_closed(folder / Path(name).name, value)
    lines = [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in told["environment"].items()]
    write_closed(home / RESTORED_SETTINGS, "\n".join([*lines, ""]))
    History(private_folder(home, "backup")).bring_back(told.get("history", []))


def unpack_database(source: BackupSet, chain: list[str], home: Path, version: int) -> None:
    """Unpack a chain of base backups, make one of it, and have PostgreSQL verify that against its own hashes."""
    work = home / "postgres" / "restore"
    parts: list[Path] = []
    for stamp in chain:
        kind = "increment" if parts else "full"
        parts.append(work / stamp)
        with tarfile.open(fileobj=reading(source.read(f"base/{stamp}.{kind}")), mode="r|") as archive:
            archive.extractall(parts[-1], filter="data")
    data = EmbeddedPostgres(home).data
    programs = find_programs(version)
    if len(parts) == 1:
        run([programs / "pg_verifybackup", "--no-parse-wal", parts[0]])
        parts[0].rename(data)
    else:
        run([programs / "pg_combinebackup", *parts, "-o", data])
        run([programs / "pg_verifybackup", "--no-parse-wal", data])
        for part in parts:
            shutil.rmtree(part)
    data.chmod(0o700)
    (data / "recovery.signal").touch(mode=0o600)


def run(command: list[str | Path]) -> None:
    """Run one of PostgreSQL's programs to its end; raises CannotRestore."""
    ran = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False, env=clean_environment(), cwd="/"
    )
    if ran.returncode != 0:
        raise CannotRestore(f"{Path(command[0]).name} failed:\n{(ran.stderr or ran.stdout).strip()}")


def unpack_written(source: BackupSet, stamp: str, folder: Path, to: datetime | None) -> int:
    """Unpack what the database wrote since a backup began, up to a moment; returns how many segments.

    A backup that was begun after the moment says where to stop: what it begins with was written later.
    """
    folder.mkdir(mode=0o700)
    first = start_of(source, stamp)
    later = [each for each in source.whole_backups() if to is not None and moment_of(each) > to]
    last = start_of(source, later[0]) if later else None
    count = 0
    for name in sorted(each for each in source.names() if each.startswith("wal/")):
        plain = Path(name).name
        number = number_of(plain) if SEGMENT.match(plain) else first
        if number < first or (last is not None and number > last):
            continue
        with (folder / plain).open("wb") as file:
            for part in source.read(name):
                write_sparsely(file, part)
            file.truncate()
        count += bool(SEGMENT.match(plain))
    return count


def start_of(source: BackupSet, stamp: str) -> int:
    """Return the number of the segment with which a base backup begins, as PostgreSQL tells it."""
    told = json.loads(b"".join(source.read(f"base/{stamp}.told")))
    high, low = told["WAL-Ranges"][0]["Start-LSN"].split("/")
    return ((int(high, 16) << 32) + int(low, 16)) >> 24


def write_sparsely(file: Any, part: bytes) -> None:
    """Write bytes, leaving holes where there are only zeros: a segment that was closed early is mostly that."""
    for at in range(0, len(part), BLOCK):
        block = part[at : at + BLOCK]
        if block.count(0) == len(block):
            file.seek(len(block), os.SEEK_CUR)
        else:
            file.write(block)


def hold_to_counts(home: Path, written: Path, told: dict[str, Any], report: Restored) -> None:
    """Bring the database to the point at which the backup was counted, count again and compare."""
    if told["counts"] is None:
        report.faults.append("Nothing was counted when this backup was made: the database was never quiet enough.")
        return
    database = EmbeddedPostgres(
        home,
        settings={
            **fetching(written),
            "recovery_target_lsn": told["point"],
            "recovery_target_inclusive": "off",
            "recovery_target_action": "pause",
            "hot_standby": "on",
        },
        ready_seconds=RECOVERY_SECONDS,
    )
    try:
        database.start()
        wait_for_pause(database)
        report.counts = count_now(database.url("owner"))
    finally:
        database.stop()
    expected = {table: (row[0], row[1]) for table, row in told["counts"].items()}
    report.faults += differences(expected, report.counts)


def wait_for_pause(database: EmbeddedPostgres) -> None:
    """Wait until recovery stands at its target; raises DatabaseError when the server ended before."""
    until = time.monotonic() + RECOVERY_SECONDS
    with psycopg.connect(database.url("owner"), autocommit=True) as connection:
        while connection.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() != ("paused",):
            if time.monotonic() > until or database.exit_code() is not None:
                raise DatabaseError("The database did not reach the point at which it was counted.")
            time.sleep(0.05)


def recover(home: Path, written: Path, to: datetime | None) -> None:
    """Bring the database to a moment, or to the last there is, and let it be written again; it is stopped after."""
    target = {"recovery_target_time": to.isoformat(), "recovery_target_action": "promote"} if to else {}
    database = EmbeddedPostgres(
        home, settings={**fetching(written), **target, "hot_standby": "off"}, ready_seconds=RECOVERY_SECONDS
    )
    before = log_size(database)
    try:
        database.start()
    except DatabaseError:
        database.stop()
        # Nothing was committed after that moment: then the last there is, is the state at that moment.
        if not target or NOTHING_AFTER not in log_since(database, before):
            raise
        recover(home, written, None)
        return
    finally:
        database.stop()


def fetching(written: Path) -> dict[str, str]:
    """Return the setting by which the server fetches what was written."""
    return {"restore_command": f'cp "{written}/%f" "%p"'}


def log_size(database: EmbeddedPostgres) -> int:
    """Return how long the server's log is."""
    with suppress(OSError):
        return database.log.stat().st_size
    return 0


def log_since(database: EmbeddedPostgres, size: int) -> str:
    """Return what the server said since its log was so long."""
    with database.log.open("rb") as file:
        file.seek(size)
        return file.read().decode("utf-8", "replace")

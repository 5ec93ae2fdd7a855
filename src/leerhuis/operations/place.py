"""The place of the backups: a folder with sets. A set is one full backup, what follows it, and all written since.

A set has a key of its own (`keys`) and a manifest: a line per file with its size and hash, each line bound to the one
before and to the key, so that what was changed, left out, put in or moved is found (`verifying`). Names of files say
nothing about anybody:

    20261123T013000Z/manifest
    20261123T013000Z/base/20261123T013000Z.full     the database, as PostgreSQL's own base backup
    20261123T013000Z/base/20261124T013000Z.increment
    20261123T013000Z/base/….told                    what PostgreSQL says of it, needed for the next increment
    20261123T013000Z/base/….contents                how many rows, which files; written last: it makes the backup whole
    20261123T013000Z/keys/20261123T013000Z          secrets and settings of the installation
    20261123T013000Z/wal/00000001000000000000002A   what the database wrote since
    20261123T013000Z/files/…                        files of persons, added as they come
"""

import fcntl
import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from leerhuis.operations.keys import KeyStore, NoKey
from leerhuis.operations.sealing import Damaged, seal, unseal

STAMP: Final = "%Y%m%dT%H%M%SZ"
FIRST: Final = "0" * 64
CONTENTS: Final = ".contents"
UNFINISHED: Final = ".part"
GONE: Final = ".gone-"
HOUSE: Final = ".house"  # says which installation writes here
LONGEST_LINE: Final = 4096  # bytes of a line of a manifest, and more


class PlaceAway(Exception):
    """The place of the backups cannot be read or written; the words say what to do."""


class PlaceTaken(PlaceAway):
    """Another installation hands over to this place."""


@dataclass(frozen=True)
class Entry:
    """One file of a set: when it came, its name, its size and hash as it lies there, and its link in the chain."""

    n: int
    time: str
    name: str
    size: int
    sha256: str
    previous: str
    mark: str

    @property
    def moment(self) -> datetime:
        """When the file came."""
        return datetime.fromisoformat(self.time)


class BackupSet:
    """One set at a place, with its key."""

    def __init__(self, folder: Path, keys: KeyStore, lock: Path) -> None:
        self.folder = folder
        self.keys = keys
        self.key = keys.read(folder.name)
        self.lock = lock
        self.manifest = folder / "manifest"

    @property
    def name(self) -> str:
        """The moment at which the set was begun, as its name."""
        return self.folder.name

    @property
    def begun_at(self) -> datetime:
        """When the set was begun: nothing in it is older."""
        return moment_of(self.name)

    def add(self, name: str, text: Iterable[bytes], *, now: datetime) -> Entry:
        """Seal a file into the set and write it down; it is on the disk when this returns."""
        target = self.folder / name
        target.parent.mkdir(mode=0o700, exist_ok=True)  # not its parents: a set that was removed stays so
        fresh = target.with_name(target.name + UNFINISHED)
        with fresh.open("wb") as file:
            hashing = _Hashing(file)
            seal(text, hashing, key=self.key, name=f"{self.name}/{name}")  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        with self.held():
            last = self._last()
            told = (last.n + 1 if last else 1, _text(now), name, hashing.size, hashing.digest(), _link(last))
            entry = Entry(*told, mark=self._mark(*told))
            fresh.replace(target)
            sync_folder(target.parent)
            self._append(entry)
            self.keys.know_end(self.name, entry.n, entry.mark)
        return entry

    def entries(self) -> list[Entry]:
        """Return every file of the set, in the order in which they came; raises Damaged where the chain breaks."""
        if not self.manifest.exists():
            return []
        found: list[Entry] = []
        for place, line in enumerate(self._lines(), start=1):
            entry = self._read(line, place)
            expected = _link(found[-1]) if found else FIRST
            if entry.n != place or entry.previous != expected:
                raise Damaged(f"{self.manifest}, line {place}: lines before it were left out or put in.")
            found.append(entry)
        return found

    def names(self) -> set[str]:
        """Return the names of all files of the set."""
        return {entry.name for entry in self.entries()}

    def read(self, name: str) -> Iterator[bytes]:
        """Yield what was sealed as a file of this set; raises Damaged, and PlaceAway when it is not there."""
        try:
            file = (self.folder / name).open("rb")
        except OSError as fault:
            raise PlaceAway(f"{self.folder / name} cannot be read: {fault.strerror}.") from fault
        with file:
            yield from unseal(file, key=self.key, name=f"{self.name}/{name}")

    def read_json(self, name: str) -> dict[str, Any]:
        """Return a sealed JSON object."""
        found: dict[str, Any] = json.loads(b"".join(self.read(name)))
        return found

    def whole_backups(self) -> list[str]:
        """Return the stamps of the backups that are whole, the oldest first."""
        return sorted(
            Path(each.name).name.removesuffix(CONTENTS)
            for each in self.entries()
            if each.name.startswith("base/") and each.name.endswith(CONTENTS)
        )

    def drop_leftovers(self) -> None:
        """Remove what a killed backup left: files that the manifest does not name. Call it while none is made."""
        with self.held():
            known = self.names()
            for path in [*self.folder.glob("base/*"), *self.folder.glob("keys/*")]:
                if str(path.relative_to(self.folder)) not in known:
                    path.unlink()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one who writes to the manifest."""
        with self.lock.open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lines(self) -> list[str]:
        """Return the whole lines of the manifest; what a crash cut off is none."""
        return self.manifest.read_bytes().decode("utf-8", "replace").split("\n")[:-1]

    def _end(self) -> tuple[int, bytes]:
        """Return how long the manifest is up to its last whole line, and that line; a set may hold many files."""
        with self.manifest.open("rb") as file:
            length = file.seek(0, os.SEEK_END)
            begin = max(0, length - LONGEST_LINE)
            file.seek(begin)
            lines, _, _ = file.read().rpartition(b"\n")
        if begin and not lines:
            raise Damaged(f"{self.manifest}, last line: it is no line of a manifest.")
        return (begin + len(lines) + 1 if lines else 0), lines.rpartition(b"\n")[2]

    def _last(self) -> Entry | None:
        """Return the last line, read from the end of the file."""
        line = self._end()[1] if self.manifest.exists() else b""
        return self._read(line.decode("utf-8", "replace"), 0) if line else None

    def _append(self, entry: Entry) -> None:
        is_new = not self.manifest.exists()
        whole = 0 if is_new else self._end()[0]
        with self.manifest.open("ab") as file:
            file.truncate(whole)
            file.write(json.dumps(asdict(entry), separators=(",", ":")).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.folder)

    def is_cut_off(self, entries: list[Entry]) -> bool:
        """Whether lines that were written are missing at the end: what lies beside the key knows the last of them."""
        number, mark = self.keys.end(self.name)
        return number > len(entries) or (0 < number <= len(entries) and entries[number - 1].mark != mark)

    def _read(self, line: str, place: int) -> Entry:
        """Return a line as what it says; `place` counts from 1, 0 is the last."""
        where = f"line {place}" if place else "last line"
        try:
            entry = Entry(**json.loads(line))
            told = (entry.n, entry.time, entry.name, entry.size, entry.sha256, entry.previous)
            is_ours = hmac.compare_digest(entry.mark, self._mark(*told))
        except (ValueError, TypeError) as fault:
            raise Damaged(f"{self.manifest}, {where}: it is no line of a manifest.") from fault
        if not is_ours:
            raise Damaged(f"{self.manifest}, {where}: it was changed.")
        return entry

    def _mark(self, *told: object) -> str:
        return hmac.new(self.key, b"manifest " + json.dumps(told).encode(), hashlib.sha256).hexdigest()


class Place:
    """The folder of all sets, with the keys that open them. `lock` is a file that writers hold."""

    def __init__(self, folder: Path, keys: KeyStore, lock: Path) -> None:
        self.folder = folder
        self.keys = keys
        self.lock = lock

    def names(self) -> list[str]:
        """Return the names of all sets, readable or not, the oldest first; raises PlaceAway."""
        try:
            found = [path.name for path in self.folder.iterdir() if path.is_dir() and is_stamp(path.name)]
        except OSError as fault:
            words = f"The place of the backups, {self.folder}, cannot be read: {fault.strerror}. Is it mounted?"
            raise PlaceAway(words) from fault
        return sorted(found)

    def claim(self, house: str, *, now: datetime, silent_for: timedelta) -> None:
        """See to it that one installation alone writes here; raises PlaceTaken, and PlaceAway.

        `house` names the installation. Where another wrote last and was silent for so long, its machine is gone, and
        this one takes over; should the other come back it finds this one here.
        """
        names, mark = self.names(), self.folder / HOUSE
        try:
            owner = mark.read_text(encoding="ascii") if mark.exists() else ""
            if owner == house:
                return
            manifests = [self.folder / name / "manifest" for name in names]
            wrote_at = max((path.stat().st_mtime for path in manifests if path.exists()), default=0.0)
            if owner and now.timestamp() - wrote_at < silent_for.total_seconds():
                raise PlaceTaken(f"Another installation hands over to {self.folder}: give this one a place of its own.")
            fresh = mark.with_name(f"{HOUSE}.{house}")
            fresh.write_text(house, encoding="ascii")
            fresh.replace(mark)
        except OSError as fault:
            raise PlaceAway(f"The place of the backups, {self.folder}, cannot be written: {fault.strerror}.") from fault

    def open_set(self, name: str) -> BackupSet:
        """Return a set with its key; raises NoKey."""
        return BackupSet(self.folder / name, self.keys, self.lock)

    def sets(self) -> list[BackupSet]:
        """Return the sets that can be read, the oldest first."""
        return [self.open_set(name) for name in self.names() if name in set(self.keys.names())]

    def begin_set(self, now: datetime) -> BackupSet:
        """Begin a set, its key first; raises PlaceAway."""
        self.names()
        self.keys.make(stamp(now))
        folder = self.folder / stamp(now)
        try:
            folder.mkdir(mode=0o700)
        except OSError as fault:
            self.keys.destroy(stamp(now))
            raise PlaceAway(f"The place of the backups, {self.folder}, cannot be written: {fault.strerror}.") from fault
        sync_folder(self.folder)
        return BackupSet(folder, self.keys, self.lock)

    def newest_whole(self) -> BackupSet | None:
        """Return the newest set with a backup that is whole."""
        return next((each for each in reversed(self.sets()) if each.whole_backups()), None)

    def sets_to_fill(self) -> list[BackupSet]:
        """Return the sets that get what is written now: the newest whole one, and any that is being begun after it.

        A new set gets it from before its backup begins and the old one until that is whole: so neither has a gap.
        """
        found: list[BackupSet] = []
        for each in reversed(self.sets()):
            found.append(each)
            if each.whole_backups():
                break
        return found

    def remove(self, name: str) -> None:
        """Make a set unreadable for good, then remove its files; what a killed removal left goes, too.

        It is renamed first, so that nobody adds to it any more.
        """
        self.keys.destroy(name)
        with suppress(FileNotFoundError):
            (self.folder / name).rename(self.folder / f"{GONE}{name}")
        for leftover in self.folder.glob(f"{GONE}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        sync_folder(self.folder)


class _Hashing:
    """A file that is written while its hash is taken."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> int:
        self._hash.update(content)
        self.size += len(content)
        return self._file.write(content)

    def digest(self) -> str:
        return self._hash.hexdigest()


def stamp(moment: datetime) -> str:
    """Return a moment as part of a name."""
    return moment.astimezone(UTC).strftime(STAMP)


def moment_of(name: str) -> datetime:
    """Return the moment that a name says; raises ValueError."""
    return datetime.strptime(name, STAMP).replace(tzinfo=UTC)


def is_stamp(name: str) -> bool:
    """Whether a name says a moment."""
    try:
        return stamp(moment_of(name)) == name
    except ValueError:
        return False


def sync_folder(folder: Path) -> None:
    """See to it that the names of files in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _link(entry: Entry | None) -> str:
    return entry.mark if entry else FIRST


__all__ = ["BackupSet", "Damaged", "Entry", "KeyStore", "NoKey", "Place", "PlaceAway", "PlaceTaken"]

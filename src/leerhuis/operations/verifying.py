"""Looking at every file of every set: each is as it was written, none is missing, one follows on the other."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from leerhuis.operations.keys import NoKey
from leerhuis.operations.place import BackupSet, Entry, Place, moment_of
from leerhuis.operations.sealing import Damaged

FRESH: Final = timedelta(hours=26)
SEGMENT: Final = re.compile(r"^[0-9A-F]{24}$")
READ_AT_ONCE: Final = 1 << 20


@dataclass
class Verdict:
    """What was found: faults in words, how many files and bytes were read, and the moments of newest and oldest."""

    faults: list[str] = field(default_factory=list)
    files: int = 0
    size: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None
    newest_set: str = ""


def verify(place: Place, *, now: datetime, days: int) -> Verdict:
    """Read every file of every set, and say what is wrong; raises PlaceAway when the place is not there.

    `days` is the term. A byte changed anywhere is found: by the hash in the manifest, and that of the manifest by its
    own chain; so is a file that is missing or too many, a gap in what the database wrote, and a backup that is late.
    """
    told = Verdict(newest_set=newest_whole_set(place))
    for name in place.names():
        before = len(told.faults)
        try:
            verify_set(place.open_set(name), told)
        except (NoKey, Damaged) as fault:
            told.faults.append(str(fault))
        if not (place.folder / name).exists():
            del told.faults[before:]  # its term came while it was read
    told.oldest = next((moment_of(name) for name in place.names()), None)
    told.faults += lateness(place, now=now, days=days)
    told.newest = newest_backup(place)
    return told


def verify_set(found: BackupSet, told: Verdict) -> None:
    """Add to a verdict what is wrong with one set; raises Damaged when its manifest cannot be believed."""
    with found.held():
        entries = found.entries()
        is_cut_off = found.is_cut_off(entries)
    if is_cut_off:
        told.faults.append(f"{found.manifest} was cut off: lines that were written are missing at its end.")
    newest = {entry.name: entry for entry in entries}  # a file that was put in place twice: the last one counts
    for name, entry in newest.items():
        told.files, told.size = told.files + 1, told.size + entry.size
        if fault := fault_of(found, entry):
            with found.held():  # it may have been put in place anew while it was read
                now = {each.name: each for each in found.entries()}[name]
                told.faults += [fault] if now == entry else filter(None, [fault_of(found, now)])
        else:
            told.faults += openable(found, name)
    with found.held():  # a file that is put in place stands in the manifest before the lock is let go
        told.faults += [f"{path} was put there by nobody." for path in strangers(found, found.names())]
    if not found.whole_backups():
        if found.name < told.newest_set:  # one that is younger is being made
            told.faults.append(f"{found.folder} holds no whole backup.")
    elif found.name == told.newest_set:
        told.faults += gaps(found)


def fault_of(found: BackupSet, entry: Entry) -> str:
    """Say when a file is missing or not as the manifest says, '' when all is well."""
    path = found.folder / entry.name
    try:
        is_as_written = digest_of(path) == (entry.sha256, entry.size)
    except OSError:
        return f"{path} is missing."
    return "" if is_as_written else f"{path} was changed."


def openable(found: BackupSet, name: str) -> Iterator[str]:
    """Say when a file whose hash is right cannot be opened with the key: it was written by somebody without it."""
    try:
        for _ in found.read(name):
            pass
    except Damaged as fault:
        yield str(fault)


def strangers(found: BackupSet, known: set[str]) -> list[Path]:
    """Return the files in the folder of a set that its manifest does not name; one that is being written is none."""
    paths = [path for path in sorted(found.folder.rglob("*")) if path.is_file() and path != found.manifest]
    return [path for path in paths if path.suffix != ".part" and str(path.relative_to(found.folder)) not in known]


def gaps(found: BackupSet) -> list[str]:
    """Say where segments of what the database wrote are missing between others of the same set.

    Asked of the newest set only: where the database had to let go of something, a new set begins at once.
    """
    names = sorted(Path(each).name for each in found.names() if each.startswith("wal/"))
    segments = [name for name in names if SEGMENT.match(name)]
    return [
        f"{found.folder}/wal lacks what lies between {one} and {other}: moments in between cannot be restored."
        for one, other in pairwise(segments)
        if one[:8] == other[:8] and number_of(other) != number_of(one) + 1
    ]


def number_of(segment: str) -> int:
    """Return the place of a segment of 16 MB in the order of its timeline (PostgreSQL: WAL file names)."""
    return int(segment[8:16], 16) * 256 + int(segment[16:], 16)


def lateness(place: Place, *, now: datetime, days: int) -> Iterator[str]:
    """Say when the newest backup is too old, and when something is kept longer than its term."""
    newest = newest_backup(place)
    if newest is None:
        yield f"There is no whole backup in {place.folder}."
    elif now - newest > FRESH:
        yield f"The newest backup is {hours(now - newest)} hours old; it may be {hours(FRESH)}."
    for name in place.names():
        if now - moment_of(name) > timedelta(days=days):
            yield f"{place.folder / name} is older than {days} days: it should be gone."


def newest_backup(place: Place) -> datetime | None:
    """Return when the newest whole backup was made, None when there is none that can be read."""
    name = newest_whole_set(place)
    return moment_of(place.open_set(name).whole_backups()[-1]) if name else None


def newest_whole_set(place: Place) -> str:
    """Return the name of the newest set that can be read and holds a whole backup, '' when there is none."""
    for name in reversed(place.names()):
        try:
            if place.open_set(name).whole_backups():
                return name
        except (NoKey, Damaged):
            continue
    return ""


def digest_of(path: Path) -> tuple[str, int]:
    """Return the hash and the size of a file."""
    hashing, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(READ_AT_ONCE):
            hashing.update(part)
            size += len(part)
    return hashing.hexdigest(), size


def hours(span: timedelta) -> int:
    """Return a span in whole hours."""
    return int(span.total_seconds() // 3600)

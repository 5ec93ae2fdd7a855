"""The files of persons in a backup: each is sealed as it comes, and what was removed is written down."""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from leerhuis.operations.place import BackupSet
from leerhuis.operations.sealing import Damaged

FILES: Final = "files/"
READ_AT_ONCE: Final = 1 << 20


class Filing:
    """Brings new, changed and removed files of a folder into one set.

    What the set holds already stands in a note in the home, so that not every file is read again; without the note all
    are brought once more, which does no harm.
    """

    def __init__(self, folder: Path, target: BackupSet, notes: Path) -> None:
        self.folder = folder
        self.target = target
        self.note = notes / f"files-{target.name}.json"
        self.known: dict[str, list[int]] = {}

    def bring(self, *, now: datetime) -> int:
        """Seal what is new or changed since the last time, and say what is gone; returns how many files that were.

        Whoever else brings files into the same set, waits.
        """
        with self.note.with_suffix(".lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.known = self._read()
            return self._bring(now)

    def _bring(self, now: datetime) -> int:
        found = {
            str(path.relative_to(self.folder)): list(_signs(path)) for path in self.folder.rglob("*") if path.is_file()
        }
        changed = [name for name, signs in found.items() if self.known.get(name) != signs]
        gone = [name for name in self.known if name not in found]
        for name in changed:
            try:
                self.target.add(self._sealed_name(name), _with_head(self.folder, name), now=now)
            except FileNotFoundError:  # removed meanwhile: told at the next look
                found.pop(name)
        for name in gone:
            self.target.add(self._sealed_name(name), [_head(name, gone=True)], now=now)
        if changed or gone:
            self.known = found
            self._write()
        return len(changed) + len(gone)

    def _sealed_name(self, name: str) -> str:
        """Return a name that says nothing of the file, the same each time within a set."""
        return FILES + hmac.new(self.target.key, b"path " + os.fsencode(name), hashlib.sha256).hexdigest()[:40]

    def _read(self) -> dict[str, list[int]]:
        try:
            found: dict[str, list[int]] = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _write(self) -> None:
        fresh = self.note.with_name(self.note.name + ".new")
        fresh.write_text(json.dumps(self.known), encoding="utf-8")
        fresh.replace(self.note)


def put_back(source: BackupSet, folder: Path) -> int:
    """Write the files of a set into an empty folder; returns how many there are. Raises Damaged.

    A file comes back as it was last brought: somewhat younger than the moment to which the database is put back is
    harmless (no row points at it), older or missing is not.
    """
    for name in sorted(name for name in source.names() if name.startswith(FILES)):
        parts = source.read(name)
        head, rest = _split(name, parts)
        target = folder / head["path"]
        if not target.resolve().is_relative_to(folder.resolve()):
            raise Damaged(f"{name} says it lies outside the folder of files.")
        if head["gone"]:
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("wb") as file:
            target.chmod(0o600)
            file.write(rest)
            for part in parts:
                file.write(part)
    return sum(1 for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0


def forget_notes(notes: Path, living: set[str]) -> None:
    """Remove the notes of sets that are gone."""
    for path in [*notes.glob("files-*.json"), *notes.glob("files-*.lock")]:
        if path.stem.removeprefix("files-") not in living:
            path.unlink()


def _signs(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _head(name: str, *, gone: bool = False) -> bytes:
    return json.dumps({"path": name, "gone": gone}).encode() + b"\n"


def _with_head(folder: Path, name: str) -> Iterator[bytes]:
    with (folder / name).open("rb") as file:
        yield _head(name)
        while part := file.read(READ_AT_ONCE):
            yield part


def _split(name: str, parts: Iterator[bytes]) -> tuple[dict[str, Any], bytes]:
    """Return what the first line of a sealed file says, and what of the file came with it."""
    held = b""
    for part in parts:
        held += part
        line, mark, rest = held.partition(b"\n")
        if mark:
            found: dict[str, Any] = json.loads(line)
            return found, rest
    raise Damaged(f"{name} does not say which file it is.")

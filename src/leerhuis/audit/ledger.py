"""The journal's file: a line per operation, each bound to the one before by a hash, the last of them signed.

It lies outside the database and outside its backups, one file per academy. A line is JSON: its number, when, what was
done, to which key, for which purpose, the id of the row in the database, the hash of the line before, and its own hash.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from leerhuis.audit.models import JournalEntry
from leerhuis.audit.signing import canonical, is_signed, sign

FIRST: Final = "0" * 64


class Damaged(Exception):
    """The file is not as it was written; the words say where."""


class Behind(Exception):
    """The file holds fewer lines than the database has shipped: it was lost, or another folder is named."""


@dataclass(frozen=True)
class Line:
    """One operation as it stands in the file. `n` counts from 1, `uuid` is the key of what it was done to."""

    n: int
    time: str
    operation: str
    uuid: str
    purpose: str
    entry: str
    previous: str
    hash: str

    @classmethod
    def after(cls, number: int, digest: str, entry: JournalEntry) -> "Line":
        """Return the line of an entry behind the line with this number and hash."""
        time = entry.created_at.astimezone(UTC).isoformat(timespec="microseconds")
        told = (number + 1, time, entry.operation, str(entry.subject_id), entry.purpose, str(entry.pk), digest)
        return cls(*told, hash=hashlib.sha256(canonical(*told)).hexdigest())

    @classmethod
    def read(cls, text: str) -> "Line":
        """Return the line that a text is; raises Damaged."""
        try:
            line = cls(**json.loads(text))
            UUID(line.uuid), UUID(line.entry), datetime.fromisoformat(line.time)
        except (ValueError, TypeError, AttributeError) as fault:
            raise Damaged("it is no line of a journal") from fault
        return line

    @property
    def is_whole(self) -> bool:
        """Whether the hash is that of what the line says."""
        told = (self.n, self.time, self.operation, self.uuid, self.purpose, self.entry, self.previous)
        return self.hash == hashlib.sha256(canonical(*told)).hexdigest()


class Ledger:
    """The journal of one academy as files: `KEY.journal` with the lines, `KEY.head` with the signed last of them."""

    def __init__(self, academy: str) -> None:
        self.academy = academy
        self.folder = Path(settings.JOURNAL)
        self.file = self.folder / f"{academy}.journal"
        self.head = self.folder / f"{academy}.head"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one who writes to it; makes the folder, which others on the machine cannot open."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f".{self.academy}.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def lines(self) -> Iterator[Line]:
        """Yield every line, the oldest first; raises Damaged at the first that was changed, left out or put in."""
        number, digest = self.start()
        for place, text in enumerate(self._texts(), start=1):
            try:
                line = Line.read(text)
            except Damaged as fault:
                raise Damaged(f"{self.file}, line {place}: {fault}.") from fault
            if not line.is_whole or line.n != number + 1 or line.previous != digest:
                raise Damaged(f"{self.file}, line {place}: it was changed, or lines before it were.")
            number, digest = line.n, line.hash
            yield line

    def after(self, number: int) -> list[Line]:
        """Return the lines with a higher number, read from the end of the file and not examined further."""
        found: list[Line] = []
        for text in reversed(self._texts()):
            line = Line.read(text)
            if line.n <= number:
                break
            found.append(line)
        return found[::-1]

    def last(self) -> tuple[int, str]:
        """Return the number and hash of the last line, as the file says; (0, zeros) when there is none."""
        texts = self._texts()
        if not texts:
            return self.start()
        line = Line.read(texts[-1])
        return line.n, line.hash

    def start(self) -> tuple[int, str]:
        """Return the number and hash after which the file begins: those of the last line that was dropped by age.

        Raises Damaged when it says so without this installation's signature.
        """
        first = next(iter(self._raw()), "")
        if '"dropped"' not in first:
            return 0, FIRST
        found = _json(first)
        number, digest = found.get("dropped"), found.get("hash")
        if not isinstance(number, int) or not is_signed(
            found.get("signature"), self.academy, "dropped", number, digest
        ):
            raise Damaged(f"{self.file}: it begins after a line that nobody signed.")
        return number, str(digest)

    def add(self, entries: Sequence[JournalEntry]) -> list[Line]:
        """Write entries behind the last line and return their lines once they are on the disk (fsync).

        What a crash left half written is taken away first: nobody was told of it.
        """
        number, digest = self.last()
        fresh = []
        for entry in entries:
            fresh.append(Line.after(number, digest, entry))
            number, digest = fresh[-1].n, fresh[-1].hash
        is_new = not self.file.exists()
        with self.file.open("ab") as file:
            os.fchmod(file.fileno(), 0o600)
            file.truncate(self._whole_bytes())
            file.write(b"".join(_text(asdict(line)) for line in fresh))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.folder)
        self.sign_head(number, digest)
        return fresh

    def write_anew(self, start: tuple[int, str], entries: Iterable[JournalEntry | Line]) -> tuple[int, str]:
        """Put another file in place of this one, that begins after a line; returns number and hash of its last.

        Lines are taken over as they are, entries get the next number.
        """
        number, digest = start
        texts = []
        if number:
            signature = sign(self.academy, "dropped", number, digest)
            texts.append(_text({"dropped": number, "hash": digest, "signature": signature}))
        for each in entries:
            line = each if isinstance(each, Line) else Line.after(number, digest, each)
            number, digest = line.n, line.hash
            texts.append(_text(asdict(line)))
        replace_file(self.file, b"".join(texts))
        self.sign_head(number, digest)
        return number, digest

    def sign_head(self, number: int, digest: str) -> None:
        """Sign the last line, beside the file."""
        signed = {"n": number, "hash": digest, "signature": sign(self.academy, "head", number, digest)}
        replace_file(self.head, _text(signed))

    def signed_head(self) -> tuple[int, str] | None:
        """Return the number and hash that were signed last, None when nothing was; raises Damaged when forged."""
        if not self.head.exists():
            return None
        found = _json(self.head.read_text(encoding="utf-8"))
        number, digest = found.get("n"), found.get("hash")
        if not isinstance(number, int) or not is_signed(found.get("signature"), self.academy, "head", number, digest):
            raise Damaged(f"{self.head}: the signature is not this installation’s.")
        return number, str(digest)

    def _raw(self) -> list[str]:
        if not self.file.exists():
            return []
        whole = self.file.read_bytes()[: self._whole_bytes()]
        return whole.decode("utf-8", "replace").splitlines()

    def _texts(self) -> list[str]:
        raw = self._raw()
        return raw[1:] if raw and '"dropped"' in raw[0] else raw

    def _whole_bytes(self) -> int:
        """Return how far the file holds whole lines; behind it lies what a crash cut off."""
        return self.file.read_bytes().rfind(b"\n") + 1 if self.file.exists() else 0


def replace_file(path: Path, content: bytes) -> None:
    """Put a file with this content in place, at once and for good, closed to others; a crash leaves old or new."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See to it that the names of files in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode() + b"\n"


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

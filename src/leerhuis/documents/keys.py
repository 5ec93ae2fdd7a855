"""The store of the keys: a folder outside the database, one small file per key, closed with a secret of the house.

It is in no backup. Instead there is one copy of it without history, on another disk or machine: each change is made in
both, so a key that is destroyed is destroyed everywhere, and with it every copy of the files it opens. What a folder
looks like tells nothing: people and purposes stand in it as keyed digests.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from leerhuis.base.edge import current_academy

MARK: Final = b"leerhuis key 1\n"
KEY_BYTES: Final = 32
NONCE: Final = 12
COPIED: Final = "copied"  # stands in the store once its copy was made: from then on a copy that is missing is away
FOLDER_OF_KEYS: Final = "keys"


class NoKey(Exception):
    """The key of a document is not there: it was destroyed."""


class CopyAway(OSError):
    """The copy of the store cannot be reached, so that a key cannot be destroyed there now."""


def make(person_id: UUID, purpose: str) -> tuple[UUID, bytes]:
    """Make a key for a person and a purpose, in the store and its copy; returns its name and the key itself."""
    name, key = uuid4(), secrets.token_bytes(KEY_BYTES)
    nonce = secrets.token_bytes(NONCE)
    closed = MARK + nonce + _cipher().encrypt(nonce, key, _bound_to(person_id, purpose, name))
    place = _place(person_id, purpose, name)
    _write(_store() / place, closed)
    copy = _copy_if_there()
    if copy is not None:
        _write(copy / place, closed)
    return name, key


def read(person_id: UUID, purpose: str, name: UUID) -> bytes:
    """Return a key; one that only the copy has (after a restore) is put back. Raises NoKey."""
    place = _place(person_id, purpose, name)
    path = _store() / place
    if not path.exists() and (_copy() / place).exists():
        _write(path, (_copy() / place).read_bytes())
    try:
        closed = path.read_bytes().removeprefix(MARK)
        return _cipher().decrypt(closed[:NONCE], closed[NONCE:], _bound_to(person_id, purpose, name))
    except (OSError, InvalidTag, ValueError) as fault:
        raise NoKey(f"There is no key {name}.") from fault


def places_of(person_id: UUID, purposes: Iterable[str] | None = None) -> list[str]:
    """Return where the keys of a person are, in store and copy; only those of some purposes where these are given."""
    begins = None if purposes is None else tuple(f"{_digest('purpose', each)[:16]}." for each in purposes)
    folder = _digest("person", str(person_id))
    found = {path.name for root in (_store(), _copy()) for path in (root / folder).glob("*.key")}
    return sorted(f"{folder}/{name}" for name in found if begins is None or name.startswith(begins))


def place_of(person_id: UUID, purpose: str, name: UUID) -> str:
    """Return where a key is, as `destroy` takes it."""
    return _place(person_id, purpose, name)


def destroy(place: str) -> None:
    """Destroy a key in the store and in its copy; harmless when it is gone. Raises CopyAway, OSError.

    It is overwritten first: best effort, since a disk may keep what was written elsewhere.
    """
    copy = _copy_if_there()
    if copy is None and (_store() / COPIED).exists():
        raise CopyAway(f"{_copy()} cannot be reached.")
    for root in (_store(), copy):
        path = root / place if root is not None else None
        if path is None or not path.exists():
            continue
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def mend_copy() -> int:
    """Bring to the copy what it lacks, as after a time in which it was away; returns how many keys. Raises CopyAway.

    Takes nothing away there: after a restore the copy is all there is.
    """
    copy = _copy_if_there()
    if copy is None:
        raise CopyAway(f"{_copy()} cannot be reached.")
    lacking = [place for place in _places(_store()) if not (copy / place).exists()]
    for place in lacking:
        _write(copy / place, (_store() / place).read_bytes())
    return len(lacking)


def lacking_in_copy() -> int:
    """Return how many keys the copy lacks. Raises CopyAway."""
    copy, places = _copy(), _places(_store())
    if places and not copy.exists():
        raise CopyAway(f"{copy} cannot be reached.")
    return sum(1 for place in places if not (copy / place).exists())


def all_names() -> Iterator[tuple[str, UUID, float]]:
    """Yield each key of the academy that is entered: its place, its name, and when it was made (seconds since 1970)."""
    for place in _places(_store()):
        yield place, UUID(place.rpartition(".key")[0].rpartition(".")[2]), (_store() / place).stat().st_mtime


def _places(root: Path) -> list[str]:
    return [f"{path.parent.name}/{path.name}" for path in root.glob("*/*.key")]


def _store() -> Path:
    return settings.FILE_KEYS / str(current_academy().schema_name)


def _copy() -> Path:
    return settings.FILE_KEYS_COPY / str(current_academy().schema_name)


def _copy_if_there() -> Path | None:
    """Return the copy, made at the first key; None where it was made before and is not there now."""
    copy, known = _copy(), _store() / COPIED
    if not copy.exists():
        if known.exists():
            return None
        try:
            copy.mkdir(mode=0o700, parents=True)
        except OSError:
            return None
    if not known.exists():
        _write(known, b"")
    return copy


def _place(person_id: UUID, purpose: str, name: UUID) -> str:
    return f"{_digest('person', str(person_id))}/{_digest('purpose', purpose)[:16]}.{name}.key"


def _digest(what: str, value: str) -> str:
    said = f"{current_academy().schema_name} {what} {value}".encode()
    return hmac.new(_secret("places"), said, hashlib.sha256).hexdigest()[:40]


def _bound_to(person_id: UUID, purpose: str, name: UUID) -> bytes:
    return f"{current_academy().schema_name} {person_id} {purpose} {name}".encode()


def _cipher() -> AESGCM:
    return AESGCM(_secret("wrapping"))


def _secret(use: str) -> bytes:
    return hashlib.sha256(f"leerhuis.documents.{use}:{settings.FILE_KEY}".encode()).digest()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, closed to other accounts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

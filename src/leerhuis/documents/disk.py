"""How the bytes of documents lie on the disk: each a closed file under its own id, whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from leerhuis.base.edge import current_academy
from leerhuis.base.sealing import Damaged, close, open_again

MARK: Final = b"leerhuis document 1\n"
UNFINISHED: Final = ".part"
FOLDER_OF_FILES: Final = "files"


def write(document_id: UUID, parts: Iterable[bytes], *, key: bytes) -> None:
    """Close bytes with a key and put them on the disk; nothing is left when it breaks half-way.

    Memory stays flat, whatever the size. The row comes after the file: a file without a row is swept, a row never
    lacks its file.
    """
    path = _path(document_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(path.name + UNFINISHED)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            close(parts, file, key=key, name=str(document_id), mark=MARK)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(document_id: UUID, *, key: bytes) -> Iterator[bytes]:
    """Yield the bytes of a document, opened, in pieces of at most a megabyte. Raises Damaged; OSError when it is gone.

    The file is opened at the first piece; nothing of the database is asked.
    """
    with _path(document_id).open("rb") as file:
        yield from open_again(file, key=key, name=str(document_id), mark=MARK)


def is_there(document_id: UUID) -> bool:
    """Whether the file of a document is on the disk."""
    return _path(document_id).exists()


def place_of(document_id: UUID) -> str:
    """Return where the file of a document is, below the folder of an academy."""
    return f"{document_id.hex[-2:]}/{document_id}"


def remove(place: str) -> None:
    """Take a file from the disk; harmless when it is gone."""
    (_folder() / place).unlink(missing_ok=True)


def all_files() -> Iterator[tuple[Path, float]]:
    """Yield every file of the academy that is entered, finished or not, and when it was last written (seconds)."""
    for path in _folder().glob("*/*"):
        try:
            yield path, path.stat().st_mtime
        except FileNotFoundError:
            continue


def _path(document_id: UUID) -> Path:
    return _folder() / place_of(document_id)


def _folder() -> Path:
    return settings.FILES / str(current_academy().schema_name)


__all__ = ["Damaged", "all_files", "is_there", "place_of", "read", "remove", "write"]

"""Content that is about nobody, on the disk: each file closed to other users, called by its digest, whole or not there.

Not enciphered: it goes to everybody who may see it, and no erasure asks for it. It lies in the folder of files, so that
backups bring it along; each academy has a folder of its own beside that of its documents.
"""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from leerhuis.base.edge import current_academy

UNFINISHED: Final = ".part"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def put(content: bytes) -> str:
    """Keep bytes and return their digest; the same bytes twice are one file. The row comes after the file."""
    digest = sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        path.touch()
        return digest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{digest}.{os.getpid()}{UNFINISHED}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return digest


def path_of(digest: str) -> Path | None:
    """Return where content lies, None when it is gone."""
    path = _path(digest)
    return path if path.is_file() else None


def all_files() -> Iterator[tuple[str, float]]:
    """Yield the name of every file and when it was last put (seconds)."""
    for path in _folder().glob("*/*"):
        try:
            yield path.name, path.stat().st_mtime
        except FileNotFoundError:
            continue


def remove(name: str) -> None:
    """Take a file from the disk, by the name that `all_files` gives; harmless when it is gone."""
    if _DIGEST.match(name) and "/" not in name:
        (_folder() / name[:2] / name).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("Content is called by its digest.")
    return _folder() / digest[:2] / digest


def _folder() -> Path:
    # The name of a schema holds no point, so no academy has this folder as its own.
    return settings.FILES / f"{current_academy().schema_name}.shelf"

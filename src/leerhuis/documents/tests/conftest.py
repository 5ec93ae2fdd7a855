"""A disk of its own for each test: files, keys, and the copy of the keys."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Disk:
    """The three folders."""

    files: Path
    keys: Path
    copy: Path

    def all(self) -> list[Path]:
        """Return every file in them but the mark that says that a copy was made."""
        roots = (self.files, self.keys, self.copy)
        return sorted(p for root in roots for p in root.rglob("*") if p.is_file() and p.name != "copied")

    def holds(self, canary: bytes) -> list[Path]:
        """Return the files in which these bytes stand in clear."""
        return [path for path in self.all() if canary in path.read_bytes()]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> Disk:
    """Let files and keys of this test lie in folders of its own."""
    disk = Disk(tmp_path / "files", tmp_path / "keys", tmp_path / "elsewhere" / "documents")
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = disk.files, disk.keys, disk.copy
    return disk

"""The keys of the backups: one per set, in a folder apart from the backups, destroyed when the set's term ends.

Whoever still has a copy of a set whose key is gone has noise. So the folder must be in no backup. Beside each key
stands where the manifest of its set ends, so that an end that was cut off is found.
"""

import os
import secrets
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32


class NoKey(Exception):
    """The key of a set is not there: destroyed with its term, or kept in another folder."""


class KeyStore:
    """A folder with one file per set, each closed to other accounts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, name: str) -> bytes:
        """Make the key of a new set; raises FileExistsError when it has one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_bytes(KEY_BYTES)
        with os.fdopen(os.open(self._file(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.hex().encode())
            file.flush()
            os.fsync(file.fileno())
        _sync(self.folder)
        return key

    def read(self, name: str) -> bytes:
        """Return the key of a set; raises NoKey."""
        try:
            key = bytes.fromhex(self._file(name).read_text(encoding="ascii"))
        except (OSError, ValueError) as fault:
            raise NoKey(f"The key of backup set {name} is not in {self.folder}.") from fault
        if len(key) != KEY_BYTES:
            raise NoKey(f"{self._file(name)} holds no key.")
        return key

    def names(self) -> list[str]:
        """Return the names of the sets that have a key, the oldest first."""
        return sorted(path.stem for path in self.folder.glob("*.key"))

    def know_end(self, name: str, number: int, mark: str) -> None:
        """Keep the number and mark of the last line of a set's manifest. Without a flush to the disk: it is seal only.

        Harmless for a set that was removed meanwhile.
        """
        if self._file(name).exists():
            fresh = self.folder / f".{name}.end"
            fresh.write_text(f"{number} {mark}", encoding="ascii")
            fresh.replace(self.folder / f"{name}.end")

    def end(self, name: str) -> tuple[int, str]:
        """Return the number and mark of the last line of a set's manifest, (0, '') where nobody kept it."""
        try:
            number, mark = (self.folder / f"{name}.end").read_text(encoding="ascii").split()
            return int(number), mark
        except (OSError, ValueError):
            return 0, ""

    def destroy(self, name: str) -> None:
        """Make a set unreadable, wherever copies of it are; harmless when it is so already.

        The file is overwritten first: best effort, since a disk may keep what was written elsewhere.
        """
        path = self._file(name)
        (self.folder / f"{name}.end").unlink(missing_ok=True)
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(b"0" * KEY_BYTES * 2)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(self.folder)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.key"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

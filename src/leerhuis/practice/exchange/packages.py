"""Packed files of people we do not know: what is in them, within limits of number, size and how much it swells.

Nothing is written to the disk, and no packed file inside a packed file is opened.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

import zstandard
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.files import Unreadable

MOST_FILES = 5_000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of all files together
MOST_SWELLING = 100  # times, of a package that unpacks to more than this:
SMALL = 8 * 1024 * 1024
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


class Package:
    """The files of a ZIP file by name. Refuses Unreadable for one that is broken, locked, or made to do harm."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OverflowError, NotImplementedError) as fault:
            raise Unreadable(_("This packed file is damaged. Make it again, or unpack it and pack it anew.")) from fault
        listed = [info for info in self._zip.infolist() if not info.is_dir()]
        _refuse_bomb(listed, len(data))
        self._files = {info.filename: info for info in listed}
        if len(self._files) < len(listed):
            raise Unreadable(_("Two files in this package have the same name. Pack it anew."))
        self._left = MOST_UNPACKED
        self._counted: set[str] = set()  # a picture that many questions show counts once

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all files, in their order in the package."""
        return tuple(self._files)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def read(self, name: str) -> bytes:
        """Return one file, unpacked. Raises KeyError for a name that is not there; refuses Unreadable."""
        info = self._files[name]
        try:
            with self._zip.open(info) as file:
                data = file.read(min(info.file_size, MOST_UNPACKED if name in self._counted else self._left) + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
            raise Unreadable(_("This packed file is damaged. Make it again, or unpack it and pack it anew.")) from fault
        if name not in self._counted:
            self._counted.add(name)
            self._left -= len(data)
        if self._left < 0 or len(data) > info.file_size:
            raise Unreadable(_BOMB)
        return data


_BOMB = _("This package unpacks to far more than it should. It was not opened; make a smaller one.")


def unsqueezed(data: bytes) -> bytes:
    """Return what was squeezed with Zstandard, at most `MOST_UNPACKED` bytes. Refuses Unreadable."""
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data, read_across_frames=True) as stream:
            made = stream.read(MOST_UNPACKED + 1)
    except zstandard.ZstdError as fault:
        raise Unreadable(_("This packed file is damaged. Make it again, or unpack it and pack it anew.")) from fault
    if len(made) > MOST_UNPACKED:
        raise Unreadable(_BOMB)
    return bytes(made)


def _refuse_bomb(listed: list[ZipInfo], packed: int) -> None:
    """Refuse what the list of files alone shows to be too many, too large, locked or pointing outside."""
    if len(listed) > MOST_FILES:
        raise Unreadable(_("There are more than 5,000 files in this package. Divide it."))
    if any(_OUTSIDE.search(info.filename) or _OUTSIDE.search(info.orig_filename) for info in listed):
        raise Unreadable(_("A file in this package has a name that points outside it. It was not opened."))
    if any(info.flag_bits & 0x1 for info in listed):
        raise Unreadable(_("This package is locked with a password. Make one without."))
    unpacked = sum(info.file_size for info in listed)
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_SWELLING * packed):
        raise Unreadable(_BOMB)

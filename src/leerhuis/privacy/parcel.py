"""One's data in one file to take along: a page to read, the same as JSON, and the files. Written piece by piece.

The archive is written while the request's transaction is open, to a file that spills to disk and has no name there, and
sent from it: rows and files of any number and size take the same memory, and all of it holds one
moment.
"""

import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Final, Protocol

from leerhuis.privacy.export import PersonExport
from leerhuis.privacy.phrases import pick

_IN_MEMORY: Final = 1_000_000


class OwnFile(Protocol):
    """A file about a person: its name without a path, and its bytes in pieces, opened when they are asked for."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def parts(self) -> Iterable[bytes]:
        """Return the bytes in pieces."""


def write_parcel(export: PersonExport, files: Iterable[OwnFile]) -> IO[bytes]:
    """Return the archive, from its beginning; whoever sends it closes it."""
    language = export.data.language
    moment = export.data.made_at.timetuple()[:6]
    archive: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as parcel:

        def add(name: str, parts: Iterable[bytes]) -> None:
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with parcel.open(entry, "w", force_zip64=True) as written:
                for part in parts:
                    written.write(part)

        add(export.file_name("html"), (piece.encode() for piece in export.page_pieces()))
        add(export.file_name("json"), (piece.encode() for piece in export.json_pieces()))
        folder = pick(language, "bestanden", "files")
        for number, file in enumerate(files, start=1):
            add(f"{folder}/{number:03d}-{file.name}", file.parts)
    archive.seek(0)
    return archive

"""What a file is, found in its content: what its sender or its name says does not count.

Files that are packed (Word and the like) are never unpacked here; only their list of contents is read.
"""

import codecs
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from leerhuis.documents.models import Document
from leerhuis.documents.rules import HoldsCode, NothingInIt, NotTaken

READ_AT_ONCE: Final = 1 << 18
Kind = Document.Kind

MEDIA_TYPES: Final[dict[str, str]] = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.SLIDES: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.OPEN_TEXT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain; charset=utf-8",
}
_HEADS: Final = ((b"%PDF-", Kind.PDF), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"\xff\xd8\xff", Kind.JPEG))
_PARTS: Final = (
    ("word/document.xml", Kind.WORD),
    ("xl/workbook.xml", Kind.EXCEL),
    ("ppt/presentation.xml", Kind.SLIDES),
)
_PACKED: Final = b"PK\x03\x04"
_END_OF_LIST: Final = b"PK\x05\x06"
_LONGEST_END: Final = 22 + 65_535
_MOST_PARTS: Final = 3000
_LONGEST_LIST: Final = 1 << 20  # bytes of the list of contents
_LOCKED: Final = 1
_ODT: Final = MEDIA_TYPES[Kind.OPEN_TEXT].encode()


def kind_of(content: BinaryIO) -> str:
    """Return what a file is (a value of `Document.Kind`); the file is read from its beginning and left there.

    Refuses NothingInIt, NotTaken and HoldsCode.
    """
    content.seek(0)
    head = content.read(64)
    if not head:
        raise NothingInIt
    found = next((kind for mark, kind in _HEADS if head.startswith(mark)), None)
    if found is None:
        found = _kind_of_packed(content) if head.startswith(_PACKED) else _text(content)
    content.seek(0)
    return found


def read(content: BinaryIO) -> Iterator[bytes]:
    """Yield a file from its beginning, piece by piece."""
    content.seek(0)
    while part := content.read(READ_AT_ONCE):
        yield part


def _kind_of_packed(content: BinaryIO) -> Kind:
    """Tell office files by their list of contents, after seeing that the list is of a size that can be read."""
    _check_list(content)
    try:
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & _LOCKED or part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise HoldsCode
            if any(part.orig_filename.startswith(("/", "\\")) or ".." in part.orig_filename for part in parts):
                raise NotTaken
            if "[Content_Types].xml" in names:
                found = next((kind for name, kind in _PARTS if name in names), None)
            else:
                found = Kind.OPEN_TEXT if _says_odt(packed, parts) else None
    except (zipfile.BadZipFile, NotImplementedError, UnicodeError, struct.error, OSError, ValueError) as fault:
        raise NotTaken from fault
    if found is None:
        raise NotTaken
    return found


def _check_list(content: BinaryIO) -> None:
    """Refuse a packed file whose list of contents is absurdly long, before anything reads it (PKWARE, 4.3.16)."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _LONGEST_END))
    _, mark, end = content.read().rpartition(_END_OF_LIST)
    if not mark or len(end) < 18:  # noqa: PLR2004 - what follows the mark has eighteen bytes
        raise NotTaken
    parts, length = struct.unpack("<6xHI", end[:12])
    if parts > _MOST_PARTS or length > _LONGEST_LIST:
        raise NotTaken


def _says_odt(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether the first part says, unpacked, that this is an OpenDocument text (ODF 1.3, part 2, 3.3)."""
    first = parts[0] if parts else None
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        return False
    return first.file_size == len(_ODT) and packed.read(first) == _ODT


def _text(content: BinaryIO) -> Kind:
    """Take what is UTF-8 without control characters for text, unless it begins like a page or a drawing."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    begun = False
    try:
        for part in read(content):
            text = decoder.decode(part)
            if not begun and text.strip():
                begun = True
                if text.lstrip()[0] == "<" or text.startswith("#!"):
                    raise NotTaken
            if any(c < " " and c not in "\t\n\r\f" for c in text) or "\x7f" in text:
                raise NotTaken
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        raise NotTaken from fault
    if not begun:
        raise NothingInIt
    return Kind.TEXT

"""How one file of a backup is closed: compressed, then sealed in pieces under its name (`base.sealing`)."""

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from leerhuis.base.sealing import Damaged, close, open_again

__all__ = ["Damaged", "seal", "unseal"]

MARK: Final = b"leerhuis backup 1\n"
FASTEST: Final = 1


def seal(text: Iterable[bytes], target: BinaryIO, *, key: bytes, name: str) -> None:
    """Write bytes, closed with a key, under the name that they must be opened with; the target is left open."""
    close(_compressed(text), target, key=key, name=name, mark=MARK)


def unseal(source: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """Yield the bytes that were sealed under a name; raises Damaged at the first piece that is not as it was."""
    unpacking = zlib.decompressobj()
    for text in open_again(source, key=key, name=name, mark=MARK):
        if unpacked := unpacking.decompress(text):
            yield unpacked
    if rest := unpacking.flush():
        yield rest


def _compressed(text: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(FASTEST)
    for part in text:
        yield packing.compress(part)
    yield packing.flush()

"""How one file of a backup is closed: compressed, then AES-256-GCM in pieces, each bound to its place and to the name.

The pieces follow the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance, 2015), as the file format age does: a counter and a mark on the last piece stand in the
nonce, so that a piece that was changed, moved, left out or cut off is noticed. The key of each file is drawn from that
of its set and a random salt (HKDF, RFC 5869), so that no nonce is used twice under one key.
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK: Final = b"leerhuis backup 1\n"
PIECE: Final = 1 << 20  # bytes of text in one piece
TAG: Final = 16
SALT: Final = 16
FASTEST: Final = 1
LONGEST_COUNT: Final = 11  # bytes of the nonce that count pieces; the twelfth marks the last


class Damaged(Exception):
    """What was read is not what was written; the words say what and where."""


def seal(text: Iterable[bytes], target: BinaryIO, *, key: bytes, name: str) -> None:
    """Write bytes, closed with a key, under the name that they must be opened with; the target is left open."""
    salt = os.urandom(SALT)
    cipher = AESGCM(_key_of_file(key, salt, name))
    target.write(MARK + salt)
    count, waiting = 0, b""
    for piece in _pieces(_compressed(text)):
        if waiting:
            target.write(cipher.encrypt(_nonce(count, last=False), waiting, None))
            count += 1
        waiting = piece
    target.write(cipher.encrypt(_nonce(count, last=True), waiting, None))


def unseal(source: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """Yield the bytes that were sealed under a name; raises Damaged at the first piece that is not as it was."""
    if source.read(len(MARK)) != MARK:
        raise Damaged(f"{name}: this is no file of a backup.")
    cipher = AESGCM(_key_of_file(key, source.read(SALT), name))
    unpacking = zlib.decompressobj()
    count, closed = 0, source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            text = cipher.decrypt(_nonce(count, last=not following), closed, None)
        except (InvalidTag, ValueError) as fault:
            raise Damaged(f"{name}: piece {count + 1} was changed, or the file was cut off.") from fault
        if unpacked := unpacking.decompress(text):
            yield unpacked
        if not following:
            break
        count, closed = count + 1, following
    if rest := unpacking.flush():
        yield rest


def _compressed(text: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(FASTEST)
    for part in text:
        yield packing.compress(part)
    yield packing.flush()


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of equal length, the last one shorter."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(LONGEST_COUNT, "big") + bytes([last])


def _key_of_file(key: bytes, salt: bytes, name: str) -> bytes:
    return HKDF(SHA256(), 32, salt, b"file " + name.encode()).derive(key)

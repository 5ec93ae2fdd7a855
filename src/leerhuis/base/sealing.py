"""How bytes on a disk are closed: AES-256-GCM in pieces, each bound to its place and to the name of the whole.

The pieces follow the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance, 2015), as the file format age does: a counter and a mark on the last piece stand in the
nonce, so that a piece that was changed, moved, left out or cut off is noticed. The key of each file is drawn from that
of its owner and a random salt (HKDF, RFC 5869), so that no nonce is used twice under one key.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE: Final = 1 << 20  # bytes of text in one piece
TAG: Final = 16
SALT: Final = 16
LONGEST_COUNT: Final = 11  # bytes of the nonce that count pieces; the twelfth marks the last


class Damaged(Exception):
    """What was read is not what was written; the words say what and where."""


def close(text: Iterable[bytes], target: BinaryIO, *, key: bytes, name: str, mark: bytes) -> None:
    """Write bytes, closed with a key, under the name that they must be opened with; the target is left open.

    `mark` are the first bytes of the file, by which its kind is known.
    """
    salt = os.urandom(SALT)
    cipher = AESGCM(_key_of_file(key, salt, name))
    target.write(mark + salt)
    count, waiting = 0, b""
    for piece in _pieces(text):
        if waiting:
            target.write(cipher.encrypt(_nonce(count, last=False), waiting, None))
            count += 1
        waiting = piece
    target.write(cipher.encrypt(_nonce(count, last=True), waiting, None))


def open_again(source: BinaryIO, *, key: bytes, name: str, mark: bytes) -> Iterator[bytes]:
    """Yield the bytes that were closed under a name; raises Damaged at the first piece that is not as it was."""
    if source.read(len(mark)) != mark:
        raise Damaged(f"{name}: this is no file of ours.")
    cipher = AESGCM(_key_of_file(key, source.read(SALT), name))
    count, closed = 0, source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), closed, None)
        except (InvalidTag, ValueError) as fault:
            raise Damaged(f"{name}: piece {count + 1} was changed, or the file was cut off.") from fault
        if not following:
            return
        count, closed = count + 1, following


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

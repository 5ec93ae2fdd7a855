"""Identifiers that sort by the moment they were made."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a new time-ordered identifier (RFC 9562, version 7): 60 bits of time, 62 random bits.

    Random enough to be unguessable next to its neighbours, ordered enough to keep indexes compact. The twelve bits
    after the milliseconds are their fraction (method 3 of the RFC), so that rows made one after the other in one
    transaction keep their order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | fraction << 64 | secrets.randbits(62)
    return UUID(int=value | 0x7 << 76 | 0x2 << 62)


def random_number(groups: int = 3, size: int = 4) -> str:
    """Return an unguessable number for paper, such as ``7QK4-M2XD-9F3H``.

    Letters that are easily confused in print (0 O, 1 I L, U V) are left out.
    """
    alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(size)) for _ in range(groups))

"""Identifiers that sort by the moment they were made."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a new time-ordered identifier (RFC 9562, version 7): 48 bits of milliseconds, 74 random bits.

    Random enough to be unguessable next to its neighbours, ordered enough to keep indexes compact.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def random_number(groups: int = 3, size: int = 4) -> str:
    """Return an unguessable number for paper, such as ``7QK4-M2XD-9F3H``.

    Letters that are easily confused in print (0 O, 1 I L, U V) are left out.
    """
    alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(size)) for _ in range(groups))

"""What was sealed comes back as it was, and whatever was done to it is noticed."""

import io
import os

import pytest

from leerhuis.base.sealing import PIECE, SALT, TAG
from leerhuis.operations import sealing
from leerhuis.operations.sealing import Damaged, seal, unseal

KEY = b"k" * 32


def sealed(text: bytes, *, key: bytes = KEY, name: str = "set/file") -> bytes:
    target = io.BytesIO()
    seal([text], target, key=key, name=name)
    return target.getvalue()


def opened(closed: bytes, *, key: bytes = KEY, name: str = "set/file") -> bytes:
    return b"".join(unseal(io.BytesIO(closed), key=key, name=name))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, 3 * PIECE + 7])
def test_what_was_sealed_comes_back(size):
    text = os.urandom(size)
    closed = sealed(text)

    assert opened(closed) == text
    assert size < PIECE - 1 or text[:64] not in closed  # a byte alone is found in anything


def test_each_byte_that_is_changed_is_noticed():
    closed = sealed(b"the paper of somebody" * 10)
    for place in range(len(closed)):
        changed = bytearray(closed)
        changed[place] ^= 1
        with pytest.raises(Damaged):
            opened(bytes(changed))


def test_each_end_that_is_cut_off_is_noticed():
    closed = sealed(b"the paper of somebody" * 10)
    for length in range(len(closed)):
        with pytest.raises(Damaged):
            opened(closed[:length])


def test_pieces_in_another_order_are_noticed():
    closed = sealed(os.urandom(3 * PIECE))
    begin = len(sealing.MARK) + SALT
    first, second = (closed[begin + n * (PIECE + TAG) : begin + (n + 1) * (PIECE + TAG)] for n in (0, 1))
    swapped = closed[:begin] + second + first + closed[begin + 2 * (PIECE + TAG) :]

    assert len(swapped) == len(closed)
    with pytest.raises(Damaged):
        opened(swapped)


def test_it_opens_under_its_own_name_and_key_alone():
    closed = sealed(b"text")
    with pytest.raises(Damaged):
        opened(closed, name="set/other")
    with pytest.raises(Damaged):
        opened(closed, key=b"o" * 32)


def test_the_same_text_is_never_sealed_alike():
    assert sealed(b"text") != sealed(b"text")

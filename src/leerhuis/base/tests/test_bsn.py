"""A citizen service number is found in a text, and other numbers are left alone."""

import pytest

from leerhuis.base.bsn import bsn_in


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "111.222.333",
        "mijn BSN is 111 222 333.",
        "scan_111222333.pdf",
        "BSN111222333",
        "1112.22.333",
        "geboren 12-3-1980, 111222333, Utrecht",
    ],
)
def test_a_number_that_passes_the_eleven_test_is_found(text: str) -> None:
    assert bsn_in(text) == ["111222333"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "111222334",  # fails the test
        "0111222333",  # a part of a longer number
        "NL111222333B01",
        "NL 111222333 B01",
        "KvK 12345678",
        "06 12345678",
        "NL91 ABNA 0417 1643 00",
        "di 14 januari 2027",
    ],
)
def test_another_number_is_left_alone(text: str) -> None:
    assert bsn_in(text) == []


def test_each_number_is_found() -> None:
    assert bsn_in("111222333 en 123456782") == ["111222333", "123456782"]

"""Files as they come: their encoding, and the refusal of what is not GIFT."""

import pytest

from leerhuis.practice.exchange.files import LARGEST_FILE, NotGift, must_be_gift, text_of


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("één".encode(), "één"),
        ("\ufeffkop".encode(), "kop"),
        ("één".encode("utf-16"), "één"),
        (b"goed: \xc3\xa9\noud: \xe9 \x80", "goed: é\noud: é €"),
    ],
)
def test_text_is_read_in_the_encodings_that_occur(data: bytes, text: str) -> None:
    assert text_of(data) == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"x" * (LARGEST_FILE + 1), "larger than 2 MB"),
        (b"PK\x03\x04rest", "packed file"),
        (b"\x89PNG\0\0", "not a text file"),
    ],
)
def test_what_is_no_text_file_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(NotGift, match=word):
        text_of(data)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (" \n\ufeff ", "nothing in it"),
        ('<?xml version="1.0"?><quiz/>', "XML"),
        ("<!DOCTYPE html><p>", "XML"),
        ('{"questions": []}', "JSON"),
        ('[{"a": 1}]', "JSON"),
        ("1. Which?\n    - [X] a\n    - b\n", "tick boxes"),
        ("1. Which?\n    - a\n    - b\n", "tick boxes"),
        ("1. Which?\n2. What?\n", "numbered list"),
        ("Which?\nA. one\nB. two\nANSWER: A\n", "Aiken"),
    ],
)
def test_another_format_is_named_in_the_refusal(text: str, word: str) -> None:
    with pytest.raises(NotGift, match=word):
        must_be_gift(text)


@pytest.mark.parametrize("text", ["Q{T}", "[html]<p>Q</p>{T}", "1. Q{T}\n- [x] not a list", "Only a text.", "{" * 9])
def test_gift_passes_even_when_it_is_odd(text: str) -> None:
    must_be_gift(text)

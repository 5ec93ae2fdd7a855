"""Files as they come: their encoding, what they are found to be, and the refusal of what holds no questions."""

import pytest

from leerhuis.practice.exchange.files import LARGEST_FILE, Form, Unreadable, form_of, text_of
from leerhuis.practice.exchange.reading import read_file


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
    ("text", "form"),
    [
        ("Q{T}", Form.GIFT),
        ("[html]<p>Q</p>{T}", Form.GIFT),
        ("1. Q{T}\n- [x] not a list", Form.GIFT),
        ("Only a text.", Form.GIFT),
        ("{" * 9, Form.GIFT),
        ("Which?\nA. one\nB. two\nANSWER: A\n", Form.AIKEN),
        ("question,right,a,b\nWhich?,A,one,two\n", Form.CSV),
        ("\ufeffVraag;Juist;Antwoord 1;Antwoord 2\nWat?;A;een;twee\n", Form.CSV),
        ("question\tkind\nTrue?\ttrue or false\n", Form.CSV),
        ('[{"question": "Which?"}]', Form.JSON),
        ('<?xml version="1.0"?><quiz/>', Form.XML),
        ("<quiz></quiz>", Form.XML),
    ],
)
def test_the_form_is_found_in_the_content(text: str, form: Form) -> None:
    assert form_of(text.encode()) is form
    assert form_of(text.encode("utf-16")) is form


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"x" * (LARGEST_FILE + 1), "larger than 10 MB"),
        (b"PK\x03\x04rest", "damaged"),
        (b"\x89PNG\0\0", "not a text file"),
        (b"SQLite format 3\0", "database"),
        (b"", "nothing in it"),
        (" \n\ufeff ".encode(), "nothing in it"),
        (b"<!DOCTYPE html><p>x</p>", "DOCTYPE"),
        (b"<html><p>x</p></html>", "web page"),
        (b"<GLOSSARY></GLOSSARY>", "glossary"),
        (b"<?xml version='1.0'?><rss></rss>", "begins with"),
        (b"<?xml version='1.0'?><quiz>", "line 1"),
        (b"<quiz></quiz>", "no questions in this file"),
        (b'{"questions": []}', "no questions in this file"),
        (b"1. Which?\n    - [X] a\n    - b\n", "tick boxes"),
        (b"1. Which?\n    - a\n    - b\n", "tick boxes"),
        (b"1. Which?\n2. What?\n", "numbered list"),
        (b"name,city,phone\nA,B,1\nC,D,2\nE,F,3\n", "no column"),
    ],
)
def test_what_holds_no_questions_is_refused_with_a_clear_word(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_file(data)
    assert word in str(refused.value)

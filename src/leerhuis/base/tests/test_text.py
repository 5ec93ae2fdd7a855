"""Text is kept as typed and compared without accents and case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.base.text import clean, fold, sort_name, tidy


@pytest.mark.parametrize(
    ("first", "last", "sorted_as"),
    [
        ("Anna", "van der Berg", "berg, van der, anna"),
        ("Rosalie", "d' Hondt", "hondt, d', rosalie"),
        ("Ahmet", "Çelik", "celik, ahmet"),
        ("Karel", "in 't Veld", "veld, in 't, karel"),
        ("Youssef", "El Idrissi", "idrissi, el, youssef"),
        ("Ilse", "Terpstra-Hoekema", "terpstra-hoekema, ilse"),
        ("Jan", "van", "van, jan"),
        ("", "de Wit", "wit, de"),
    ],
)
def test_a_list_sorts_under_the_name_proper(first: str, last: str, sorted_as: str) -> None:
    assert sort_name(first, last) == sorted_as


@given(st.text())
def test_tidying_twice_changes_nothing_more(value: str) -> None:
    assert tidy(tidy(value)) == tidy(value)


def test_tidy_takes_out_what_cannot_be_seen() -> None:
    assert tidy("  Anna\u202e\x00  de\tVries ") == "Anna de Vries"


def test_fold_is_blind_to_accents_and_case() -> None:
    assert fold("ÇELİK Straße") == fold("celik strasse")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Yıldız", "yildiz"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Sørensen", "sorensen"),
        ("Đorđe", "dorde"),
        ("Ægir Þórsson", "aegir thorsson"),
        ("GROẞ, Groß", "gross, gross"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_fold_knows_letters_that_are_no_letter_with_a_mark(written: str, typed: str) -> None:
    assert fold(written) == typed
    assert fold(fold(written)) == fold(written)


@given(st.text())
def test_what_comes_in_is_cleaned_once(value: str) -> None:
    assert clean(clean(value)) == clean(value)
    assert tidy(clean(value)) == tidy(value)


def test_clean_keeps_lines_and_takes_out_what_turns_the_reading_round() -> None:
    assert clean("a\r\nb\rc\td\u202ee\x00 ") == "a\nb\nc\tde "

"""Text is kept as typed and compared without accents and case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.base.text import fold, sort_name, tidy


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

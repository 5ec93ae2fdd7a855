"""Terms, words, audiences: what declarations are made of."""

from datetime import date
from typing import Any

import pytest

from leerhuis.charter.audiences import (
    ANYONE,
    AUDIENCES,
    CONTACT_PERSON,
    DEMO,
    NOBODY,
    OFFICE,
    SIGNED_IN,
    Audience,
    Sight,
    _staff,
)
from leerhuis.charter.records import word
from leerhuis.charter.terms import Term, days, months, years
from leerhuis.charter.words import IDENTITY, NOTHING, RESULT, WORDS
from leerhuis.people.models import Person


@pytest.mark.parametrize(
    ("term", "iso", "nl", "en"),
    [
        (years(1), "P1Y", "1 jaar", "1 year"),
        (years(7), "P7Y", "7 jaar", "7 years"),
        (months(1), "P1M", "1 maand", "1 month"),
        (months(6), "P6M", "6 maanden", "6 months"),
        (days(1), "P1D", "1 dag", "1 day"),
        (days(30), "P30D", "30 dagen", "30 days"),
        (Term(years=1, months=6), "P1Y6M", "1 jaar en 6 maanden", "1 year and 6 months"),
        (Term(1, 2, 3), "P1Y2M3D", "1 jaar en 2 maanden en 3 dagen", "1 year and 2 months and 3 days"),
        (days(0), "P0D", "", ""),
    ],
)
def test_a_term_reads_the_same_in_settings_dutch_and_english(term, iso, nl, en):
    assert (term.iso(), term.text("nl"), term.text("en")) == (iso, nl, en)
    assert Term.parse(iso) == term


def test_a_term_counts_calendar_years_months_and_days():
    assert date(2024, 2, 29) + years(1).delta() == date(2025, 2, 28)
    assert date(2024, 1, 31) + months(1).delta() == date(2024, 2, 29)
    assert date(2024, 1, 31) + Term(1, 1, 2).delta() == date(2025, 3, 2)


@pytest.mark.parametrize("text", ["", "P", "2Y", "P2", "P2W", "PT2H", "P2Y ", "p2y", "P6M2Y"])
def test_what_is_no_term_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"^Not a term: '.*'\. Write for example P2Y, P6M or P30D\.$"):
        Term.parse(text)


def test_a_field_that_says_nothing_about_a_person_says_why():
    assert NOTHING("a name of a table").says_nothing
    assert NOTHING("a name of a table").nl == NOTHING("a name of a table").en == "a name of a table"
    assert not IDENTITY.says_nothing
    for empty in ("", " "):
        with pytest.raises(ValueError, match=r"^NOTHING needs a reason\.$"):
            NOTHING(empty)


def test_each_word_and_audience_is_found_by_its_key():
    assert [key for key, each in WORDS.items() if each.key != key] == []
    assert [key for key, each in AUDIENCES.items() if each.key != key] == []
    assert len(WORDS) == 16


def test_a_field_carries_its_word():
    field: Any = Person._meta.get_field("last_name")

    assert field.word is IDENTITY
    assert word(field, IDENTITY) is field


def test_who_sees_what_is_said_by_path_words_and_agreement():
    sight = CONTACT_PERSON.via("ordered_by").of(IDENTITY, RESULT).if_agreed.known_as("wie betaalt", "who pays")

    assert sight == Sight(CONTACT_PERSON, "ordered_by", (IDENTITY, RESULT), True, "wie betaalt", "who pays")
    assert OFFICE.everywhere == Sight(OFFICE, "", ())
    assert not OFFICE.everywhere.only_if_agreed


def test_an_audience_of_staff_is_named_in_two_languages_and_passes_a_second_factor():
    assert _staff("guides", "gidsen", "guides of the house", "one", "two") == Audience(
        "guides", "gidsen", "guides of the house", frozenset({"one", "two"}), second_factor=True
    )


def test_who_sees_others_passes_a_second_factor_and_who_sees_only_themselves_does_not():
    without = {key for key, each in AUDIENCES.items() if not each.second_factor}

    assert without == {"anyone", "demo", "signed_in"}
    assert {key for key, each in AUDIENCES.items() if each.open_to_all} == {"anyone", "demo"}
    assert {key for key, each in AUDIENCES.items() if each.demo_only} == {"demo"}
    assert (ANYONE.roles, DEMO.roles, SIGNED_IN.roles) == (frozenset(), frozenset(), frozenset())
    assert NOBODY.roles == {"nobody"}
    assert OFFICE.roles == {"clerk", "planner", "academy_admin"}

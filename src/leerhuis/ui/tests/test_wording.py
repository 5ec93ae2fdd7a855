"""Dates, money and names read as people write them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.ui import wording

NINE_THIRTY = datetime(2027, 1, 14, 8, 30, tzinfo=UTC)  # 9.30 in Amsterdam


@pytest.fixture(autouse=True)
def in_amsterdam():
    with timezone.override("Europe/Amsterdam"):
        yield


@pytest.mark.parametrize(
    ("function", "dutch", "english"),
    [
        (wording.day, "do 14 januari 2027", "Thu 14 January 2027"),
        (wording.day_short, "14\xa0jan\xa02027", "14\xa0Jan\xa02027"),
        (wording.day_long, "14 januari 2027", "14 January 2027"),
        (wording.clock_time, "9.30\xa0uur", "9:30"),
        (wording.day_time, "do 14 januari 2027, 9.30\xa0uur", "Thu 14 January 2027, 9:30"),
    ],
)
def test_a_moment_reads_as_people_write_it(function, dutch, english):
    with translation.override("nl"):
        assert function(NINE_THIRTY) == dutch
    with translation.override("en"):
        assert function(NINE_THIRTY) == english


def test_an_evening_in_utc_is_the_next_day_in_amsterdam():
    with translation.override("nl"):
        assert wording.day_time(datetime(2027, 6, 30, 22, 15, tzinfo=UTC)) == "do 1 juli 2027, 0.15\xa0uur"


def test_a_date_without_time_is_not_moved_by_a_zone():
    with translation.override("en"):
        assert wording.day(date(2027, 3, 1)) == "Mon 1 March 2027"


def test_hours_of_a_lesson():
    end = datetime(2027, 1, 14, 16, 0, tzinfo=UTC)
    with translation.override("nl"):
        assert wording.hours(NINE_THIRTY, end) == "9.30–17.00\xa0uur"
    with translation.override("en"):
        assert wording.hours(NINE_THIRTY, end) == "9:30–17:00"


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        (Decimal(1250), "€\xa01.250,00", "€1,250.00"),
        (Decimal("0.5"), "€\xa00,50", "€0.50"),
        (Decimal(-45), "€\xa0-45,00", "-€45.00"),
        (Decimal("1234567.895"), "€\xa01.234.567,90", "€1,234,567.90"),
        (0, "€\xa00,00", "€0.00"),
    ],
)
def test_money_in_both_languages(amount, dutch, english):
    with translation.override("nl"):
        assert wording.euro(amount) == dutch
    with translation.override("en"):
        assert wording.euro(amount) == english


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_no_cent_is_lost_in_writing_an_amount(amount):
    with translation.override("nl"):
        written = wording.euro(amount)
    figures = written.removeprefix("€\xa0").replace(".", "").replace(",", ".")
    assert Decimal(figures) == amount


def test_numbers_are_set_apart_in_thousands():
    with translation.override("nl"):
        assert [wording.number(value) for value in (12500, 1.5, 0)] == ["12.500", "1,5", "0"]
    with translation.override("en"):
        assert [wording.number(value) for value in (12500, 1.5, 0)] == ["12,500", "1.5", "0"]


@dataclass
class Named:
    name: str = ""
    first_name: str = ""
    last_name: str = ""


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (Named(name="Anna de Vries"), "Anna de Vries"),
        (Named(first_name="Anna", last_name="van der Berg"), "Anna van der Berg"),
        (Named(last_name="Çelik"), "Çelik"),
        ("Jan", "Jan"),
        (None, ""),
    ],
)
def test_a_name_stays_as_the_person_writes_it(person, written):
    assert wording.person_name(person) == written


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna van der Berg", "AB"), ("Çelik", "Ç"), ("", ""), ("  jan  ", "J"), ("ß a", "SSA")]
)
def test_initials(name, letters):
    assert wording.initials(name) == letters

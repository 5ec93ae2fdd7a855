"""The clock is the database's, and today is a day in Amsterdam."""

from datetime import UTC, date, datetime

import pytest

from leerhuis.base import clock


def test_a_day_ends_at_midnight_in_amsterdam() -> None:
    with clock.at(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


def test_the_clock_wants_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001 - the point
        pass


@pytest.mark.django_db
def test_the_clock_is_that_of_the_transaction() -> None:
    assert clock.now() == clock.now()

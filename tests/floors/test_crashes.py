"""Killed at any statement whoever lets rows go leaves all as before, and a second run comes to the same end."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import LazySettings
from django.db import connection

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, attempt, current_academy
from leerhuis.people.models import Person
from leerhuis.privacy import actions
from leerhuis.privacy.models import Erasure, Hold, RetentionRun
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person
from tests.floors.test_erasing import CameToItsEnd, Killed, asked, erase, killing_at, take_back
from tests.floors.test_removing import Firm, remove

pytestmark = pytest.mark.slow

BY = Actor.job("privacy.let_go")
LATER: Final = timedelta(days=8 * 366)
STRIDE: Final = 11  # where there are many: each is reached within eleven days, since the first one moves with the day


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: LazySettings) -> None:
    """Files and keys of documents lie in folders of this test."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))


@pytest.fixture
def canary(academy) -> Canary:
    """Somebody with a row in every table, and nothing held."""
    made = Canary(add_person("Ann", "Een"), "qxa")
    made.fill_everything()
    Hold.objects.update(ended_at=clock.now())
    return made


def digest() -> tuple[object, ...]:
    """Return a digest of all rows of each table, of the academy and shared, in one question."""
    academy = current_academy().schema_name
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('(SELECT md5(string_agg(t::text, '','' ORDER BY t::text)) FROM %%I.%%I t)',"
            " schemaname, tablename), ', ' ORDER BY schemaname, tablename)"
            " FROM pg_tables WHERE schemaname IN (%s, 'public')",
            [academy],
        )
        (columns,) = cursor.fetchone()
        cursor.execute(f"SELECT {columns}")
        return tuple(cursor.fetchone())


def killed_everywhere(work: Callable[[], Any], numbers: Iterator[int]) -> int:
    """Kill work at its statements of these numbers, until it ends before the next; returns the last of them.

    After each all rows are as before.
    """
    before = digest()
    for number in numbers:
        if not dies(work, number):
            assert digest() == before
            return number
        assert digest() == before, number
    raise AssertionError


def dies(work: Callable[[], Any], number: int) -> bool:
    """Kill work at its statement of this number and say whether it came so far; nothing of it stays."""
    try:
        with attempt():
            with connection.execute_wrapper(killing_at(number)):
                work()
            take_back(noticed=False)
    except Killed:
        return True
    except CameToItsEnd:
        return False
    raise AssertionError


def test_an_erasure_that_is_killed_at_any_statement_is_as_before_and_a_second_run_ends_it(canary):
    erasure = asked(canary.person)

    last = killed_everywhere(lambda: actions.erase_person(erasure.pk, by=BY), count(1))

    assert last > 100
    assert erase(canary.person).done_at is not None
    assert Erasure.objects.get(pk=erasure.pk).person is None


def test_a_night_that_is_killed_at_a_statement_is_as_before_and_a_second_run_ends_it(canary):
    with clock.at(clock.now() + LATER):
        run = RetentionRun.objects.create(clocked_at=clock.now())

        last = killed_everywhere(lambda: actions.go_on_letting_go(run.pk, by=BY), every_eleventh())

        assert last > 100
        actions.go_on_letting_go(run.pk, by=BY)
        run.refresh_from_db()
        assert run.state == RetentionRun.State.DONE
        assert run.went_rows > 20


def test_a_removal_that_is_killed_at_a_statement_is_as_before_and_a_second_run_ends_it(academy):
    firm = Firm("qxo")
    Hold.objects.update(ended_at=clock.now())
    people = Person.objects.count()

    last = killed_everywhere(lambda: actions.remove_organisation(firm.removal.pk, by=BY), every_eleventh())

    assert last > 100
    assert remove(firm).ended_at is not None
    assert Person.objects.count() == people


def every_eleventh() -> Iterator[int]:
    """Return each eleventh number, from another one each day on."""
    return count(1 + clock.today().toordinal() % STRIDE, STRIDE)

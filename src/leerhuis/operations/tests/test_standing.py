"""What is the matter with the backups is told, and what is not is not."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from leerhuis.operations.history import Deed, Kind, Standing
from leerhuis.operations.standing import Trouble, troubles
from leerhuis.operations.tests.factories import NOW, a_history, days

WELL = Standing(NOW, NOW - days(40), newest=NOW, oldest=NOW - days(22), sets=4, handed_over_at=NOW)


@pytest.fixture
def history(tmp_path):
    found = a_history(tmp_path)
    for kind in (Kind.BACKUP, Kind.VERIFY, Kind.DRILL):
        found.note(Deed(kind, NOW))
    found.know(WELL)
    return found


def said(history, now=NOW):
    return troubles(history, now=now, days=30)


def test_nothing_is_said_when_all_is_well(history):
    assert said(history) == []


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"oldest": NOW - days(30.1)}, Trouble.OLD),
        ({"away": "gone", "away_since": NOW - timedelta(minutes=16)}, Trouble.AWAY),
        ({"at": NOW - timedelta(minutes=11)}, Trouble.SILENT),
        ({"newest": None}, Trouble.NONE),
        ({"newest": NOW - timedelta(hours=27)}, Trouble.LATE),
        ({"handed_over_at": NOW - timedelta(minutes=16)}, Trouble.BEHIND),
    ],
    ids=str,
)
def test_what_is_wrong_with_the_place_is_said(history, changed, trouble):
    history.know(replace(WELL, **changed))
    assert said(history) == [trouble]


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [(Kind.BACKUP, Trouble.FAILED), (Kind.VERIFY, Trouble.DAMAGED), (Kind.DRILL, Trouble.FAILED_DRILL)],
)
def test_what_failed_is_said_until_it_goes_well(history, kind, trouble):
    history.note(Deed(kind, NOW, went_well=False, words="it broke"))
    assert said(history) == [trouble]
    history.note(Deed(kind, NOW))
    assert said(history) == []


def test_a_week_without_a_drill_is_said(history):
    history.know(replace(WELL, at=NOW + days(9), newest=NOW + days(9), oldest=NOW, handed_over_at=NOW + days(9)))
    assert said(history, NOW + days(9)) == [Trouble.UNPROVEN]


def test_a_new_installation_has_two_hours_for_its_first_backup(tmp_path):
    history = a_history(tmp_path)
    assert said(history) == [Trouble.SILENT]
    history.know(Standing(NOW, NOW - timedelta(hours=1)))
    assert said(history) == []
    history.know(Standing(NOW, NOW - timedelta(hours=3)))
    assert said(history) == [Trouble.NONE, Trouble.UNPROVEN]


def test_the_gravest_comes_first(history):
    history.note(Deed(Kind.BACKUP, NOW, went_well=False))
    history.know(replace(WELL, oldest=NOW - days(31)))
    assert said(history) == [Trouble.OLD, Trouble.FAILED]


def test_the_deeds_of_a_lost_home_come_before_those_of_the_new_one(tmp_path, history):
    new = a_history(tmp_path / "new")
    new.note(Deed(Kind.RESTORE, NOW + days(1)))
    new.bring_back(history.lines())
    assert [deed.kind for deed in new.deeds()] == ["restore", "drill", "verify", "backup"]
    new.bring_back(history.lines())
    assert len(new.deeds()) == 4


def test_a_thousand_deeds_are_kept(tmp_path):
    history = a_history(tmp_path)
    history.bring_back(_lines(1100))
    history.note(Deed(Kind.BACKUP, NOW))
    assert len(history.deeds()) == 1000


def _lines(count):
    return [
        json.dumps({"kind": "backup", "at": f"2026-11-23T01:30:{n % 60:02}+00:00", "facts": {"n": n}})
        for n in range(count)
    ]

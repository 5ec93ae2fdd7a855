"""Whose turn it is: the nightly backup, reading it back, the weekly drill; by a faked clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from leerhuis.config.backup_settings import BackupSettings, WronglyChosen, backup_settings
from leerhuis.config.keeping import Keeping, due, last_time
from leerhuis.operations.history import Deed, Kind, Standing

NIGHT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past two in the Netherlands
WELL = Standing(NIGHT, NIGHT, newest=NIGHT)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BackupSettings:
    monkeypatch.setenv("LEERHUIS_BACKUP_PLACE", str(tmp_path / "place"))
    monkeypatch.delenv("LEERHUIS_BACKUP_AT", raising=False)
    return backup_settings(tmp_path / "var")


def note(chosen: BackupSettings, kind: Kind, at: datetime, *, went_well: bool = True) -> None:
    chosen.history.note(Deed(kind, at, went_well))


def turn(chosen: BackupSettings, now: datetime, standing: Standing = WELL) -> str:
    return " ".join(due(chosen.history, standing, chosen, now=now))


def test_a_new_installation_makes_its_first_backup_at_once_reads_it_and_tries_it(chosen: BackupSettings) -> None:
    noon = NIGHT + timedelta(hours=10)
    assert turn(chosen, noon, Standing(noon, noon)) == "backup --full"
    note(chosen, Kind.BACKUP, noon)
    assert turn(chosen, noon) == "verify-backup"
    note(chosen, Kind.VERIFY, noon + timedelta(seconds=2))
    assert turn(chosen, noon) == "verify-backup --drill"
    note(chosen, Kind.DRILL, noon + timedelta(seconds=30))
    assert turn(chosen, noon + timedelta(hours=1)) == ""


def test_a_month_of_nights_has_a_backup_each_night_and_never_a_week_without_a_drill(chosen: BackupSettings) -> None:
    done: list[tuple[str, datetime]] = []
    now = NIGHT
    while now < NIGHT + timedelta(days=31):
        task = turn(chosen, now)
        if task:
            done.append((task, now))
            kinds = {"verify-backup": Kind.VERIFY, "verify-backup --drill": Kind.DRILL}
            note(chosen, kinds.get(task, Kind.BACKUP), now)
        now += timedelta(minutes=20)
    backups = [at for task, at in done if task.startswith("backup")]
    drills = [at for task, at in done if task.endswith("--drill")]
    assert len(backups) == 31
    assert max(two - one for one, two in pairwise(backups)) == timedelta(days=1)
    assert max(two - one for one, two in pairwise(drills)) <= timedelta(days=7)
    assert len([task for task, _ in done if task == "verify-backup"]) == 31


def test_what_failed_is_tried_again_after_a_quarter_of_an_hour(chosen: BackupSettings) -> None:
    note(chosen, Kind.BACKUP, NIGHT - timedelta(days=1))
    note(chosen, Kind.BACKUP, NIGHT, went_well=False)
    note(chosen, Kind.VERIFY, NIGHT)
    note(chosen, Kind.DRILL, NIGHT)
    assert turn(chosen, NIGHT + timedelta(minutes=14)) == ""
    assert turn(chosen, NIGHT + timedelta(minutes=15)) == "backup"


def test_a_drill_that_failed_is_tried_again_the_same_day(chosen: BackupSettings) -> None:
    for kind in (Kind.BACKUP, Kind.VERIFY):
        note(chosen, kind, NIGHT)
    note(chosen, Kind.DRILL, NIGHT, went_well=False)
    assert turn(chosen, NIGHT + timedelta(hours=5)) == ""
    assert turn(chosen, NIGHT + timedelta(hours=6)) == "verify-backup --drill"


def test_where_something_written_is_missing_a_full_one_begins_at_once(chosen: BackupSettings) -> None:
    for kind in (Kind.BACKUP, Kind.VERIFY, Kind.DRILL):
        note(chosen, kind, NIGHT)
    assert turn(chosen, NIGHT + timedelta(hours=1)) == ""
    chosen.begin_anew.touch()
    assert turn(chosen, NIGHT + timedelta(hours=1)) == "backup --full"


def test_what_is_known_outlives_a_restart(chosen: BackupSettings) -> None:
    chosen.history.know(replace(WELL, handed_over_at=NIGHT, away="gone", away_since=NIGHT))
    later = NIGHT + timedelta(hours=1)
    standing = Keeping(chosen, now=later).standing
    assert (standing.at, standing.begun_at, standing.handed_over_at, standing.away) == (later, NIGHT, NIGHT, "")


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (NIGHT, NIGHT),
        (NIGHT - timedelta(seconds=1), NIGHT - timedelta(days=1)),
        (datetime(2027, 6, 1, 0, 30, tzinfo=UTC), datetime(2027, 6, 1, 0, 30, tzinfo=UTC)),
    ],
    ids=["on time", "just before", "in summer"],
)
def test_the_night_is_that_of_the_netherlands(chosen: BackupSettings, now: datetime, last: datetime) -> None:
    assert last_time(chosen, now) == last


@pytest.mark.parametrize(
    ("name", "value"),
    [("LEERHUIS_BACKUP_DAYS", "2"), ("LEERHUIS_BACKUP_DAYS", "month"), ("LEERHUIS_BACKUP_AT", "25:00")],
)
def test_settings_that_cannot_be_followed_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WronglyChosen, match=name):
        backup_settings(tmp_path)

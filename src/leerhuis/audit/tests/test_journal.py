"""The journal: shipped once and in order, found out when somebody changes it, and whole again when it is lost."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from leerhuis.audit import journal, shipping
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.audit.ledger import FIRST, Behind, Damaged, Line
from leerhuis.audit.models import JournalEntry, JournalHead
from leerhuis.base import clock
from leerhuis.base.ids import uuid7

ACTOR = Actor.person(uuid7(), "privacy_officer")


pytestmark = pytest.mark.usefixtures("folder")


def written(count: int) -> list[JournalEntry]:
    return [journal.write(Operation.ERASED, uuid7(), by=ACTOR) for _ in range(count)]


def lines() -> list[Line]:
    return list(shipping.ledger().lines())


def test_what_was_done_is_shipped_once_in_order_and_told_after_it() -> None:
    first, second = written(2)
    assert [journal.is_shipped(each.pk) for each in (first, second)] == [False, False]

    assert shipping.ship() == 2
    third = journal.write(Operation.HELD, uuid7(), purpose="people.account", by=ACTOR)
    assert (shipping.ship(), shipping.ship()) == (1, 0)

    assert [(line.n, line.entry, line.uuid) for line in lines()] == [
        (n, str(entry.pk), str(entry.subject_id)) for n, entry in enumerate((first, second, third), start=1)
    ]
    assert [journal.is_shipped(each.pk) for each in (first, second, third)] == [True, True, True]
    assert shipping.faults() == []
    assert shipping.standing().is_well


def test_a_line_says_what_was_done_to_a_key_and_nothing_of_who_did_it(folder: Path) -> None:
    entry = journal.write(Operation.OBJECTED, uuid7(), purpose="enrolment.course", by=ACTOR)
    shipping.ship()
    (text,) = (folder / "leffectief.journal").read_text().splitlines()
    assert json.loads(text) == {
        "n": 1,
        "time": clock.now().isoformat(timespec="microseconds"),
        "operation": "objected",
        "uuid": str(entry.subject_id),
        "purpose": "enrolment.course",
        "entry": str(entry.pk),
        "previous": FIRST,
        "hash": lines()[0].hash,
    }
    assert str(ACTOR.person_id) not in text


def test_other_accounts_of_the_machine_cannot_read_it(folder: Path) -> None:
    written(1)
    shipping.ship()
    assert (folder.stat().st_mode & 0o777, (folder / "leffectief.journal").stat().st_mode & 0o777) == (0o700, 0o600)


def test_an_operation_that_nobody_knows_is_refused(academy: object) -> None:
    with pytest.raises(ValueError, match="resurrected"):
        journal.write("resurrected", uuid7(), by=ACTOR)
    assert JournalEntry.objects.count() == 0


def test_a_crash_between_the_file_and_the_commit_doubles_no_line() -> None:
    written(2)
    shipping.ship()
    JournalEntry.objects.update(number=None, shipped_at=None)  # what the commit would have kept is lost
    JournalHead.objects.update(number=0, digest=FIRST)

    assert shipping.unseen() == []
    assert shipping.ship() == 0
    assert [line.n for line in lines()] == [1, 2]
    assert list(JournalEntry.objects.order_by("id").values_list("number", flat=True)) == [1, 2]


def test_half_a_line_that_a_crash_left_is_taken_away_by_the_next(folder: Path) -> None:
    written(1)
    shipping.ship()
    with (folder / "leffectief.journal").open("ab") as file:
        file.write(b'{"n":2,"time":"20')
    assert shipping.faults() == []
    written(1)
    shipping.ship()
    assert [line.n for line in lines()] == [1, 2]
    assert shipping.faults() == []


def rewritten(rows: list[str]) -> list[str]:
    """Return lines of which each says something else, with hashes that fit."""
    number, digest, fresh = 0, FIRST, []
    for text in rows:
        told = Line.read(text)
        entry = JournalEntry(
            pk=told.entry, created_at=clock.now(), operation="held", subject_id=told.uuid, purpose=told.purpose
        )
        line = Line.after(number, digest, entry)
        number, digest = line.n, line.hash
        fresh.append(json.dumps(line.__dict__, separators=(",", ":")))
    return fresh


FORGERIES: dict[str, Callable[[list[str]], list[str]]] = {
    "edit": lambda rows: [rows[0], rows[1].replace("erased", "helden"), *rows[2:]],
    "delete": lambda rows: [rows[0], *rows[2:]],
    "insert": lambda rows: [rows[0], rows[0], *rows[1:]],
    "swap": lambda rows: [rows[1], rows[0], *rows[2:]],
    "truncation": lambda rows: rows[:-1],
    "emptied": lambda _: [],
    "whole rewrite": rewritten,
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("knows", ["head", "database"])
def test_a_forged_journal_is_found(folder: Path, forgery: str, knows: str) -> None:
    """Both against the signed head and against what the database shipped, each on its own."""
    written(4)
    shipping.ship()
    assert shipping.faults() == []
    file = folder / "leffectief.journal"
    file.write_text("".join(f"{row}\n" for row in FORGERIES[forgery](file.read_text().splitlines())))
    if knows == "head":
        JournalHead.objects.update(number=0, digest=FIRST)
        JournalEntry.objects.update(number=None, shipped_at=None)
    else:
        (folder / "leffectief.head").unlink()

    found = shipping.faults()
    assert found != []
    assert any("line" in words for words in found)


def test_a_head_of_another_installation_is_found(folder: Path, settings: LazySettings) -> None:
    written(1)
    shipping.ship()
    settings.JOURNAL_KEY = "another"
    assert [words.split(": ")[1] for words in shipping.faults()] == ["the signature is not this installation’s."]


def test_a_row_of_the_database_that_was_changed_afterwards_is_found() -> None:
    entry, _ = written(2)
    shipping.ship()
    JournalEntry.objects.filter(pk=entry.pk).update(operation="held")
    assert [words.split(" of the database")[0] for words in shipping.faults()] == ["Entry 1"]


def test_a_lost_file_is_not_begun_again_in_silence_and_can_be_written_from_the_database(folder: Path) -> None:
    written(3)
    shipping.ship()
    before = (folder / "leffectief.journal").read_bytes()
    (folder / "leffectief.journal").unlink()
    assert shipping.standing().fault == "the file lacks lines that were written to it"
    entry = written(1)[0]
    with pytest.raises(Behind):
        shipping.ship()
    assert shipping.ship_quietly() == 0
    assert not journal.is_shipped(entry.pk)

    assert shipping.rebuild() == 3
    assert (folder / "leffectief.journal").read_bytes() == before
    assert shipping.ship() == 1
    assert shipping.faults() == []


def test_a_folder_that_cannot_be_written_stops_nothing_and_is_told(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where a folder should be")
    (entry,) = written(1)
    assert shipping.ship_quietly() == 0
    assert not journal.is_shipped(entry.pk)
    JournalEntry.objects.update(created_at=clock.now() - timedelta(minutes=6))
    assert shipping.standing().late == 1
    folder.unlink()
    assert shipping.ship_quietly() == 1
    assert shipping.standing().is_well


def test_lines_older_than_every_backup_go_and_the_rest_still_verifies(folder: Path) -> None:
    with clock.at(clock.now() - timedelta(days=91)):
        written(2)
        shipping.ship()
    written(1)
    shipping.ship()
    assert shipping.drop_old_lines() == 2
    assert [line.n for line in lines()] == [3]
    assert list(JournalEntry.objects.values_list("number", flat=True)) == [3]
    assert shipping.faults() == []
    assert shipping.drop_old_lines() == 0
    written(1)
    shipping.ship()
    assert [line.n for line in lines()] == [3, 4]
    assert shipping.faults() == []

    file = folder / "leffectief.journal"
    rows = file.read_text().splitlines()
    file.write_text("".join(f"{row}\n" for row in (rows[0].replace('"dropped":2', '"dropped":1'), *rows[1:])))
    with pytest.raises(Damaged):
        lines()
    file.write_text("".join(f"{row}\n" for row in rows[1:]))
    with pytest.raises(Damaged):
        lines()


def test_lines_stay_as_long_as_the_longest_backup(academy: Any, choose: Callable[..., None]) -> None:
    choose(backup=academy.settings.backup.model_copy(update={"days": 365}))
    with clock.at(clock.now() - timedelta(days=396)):
        written(1)
    with clock.at(clock.now() - timedelta(days=300)):
        written(1)
    shipping.ship()
    assert shipping.drop_old_lines() == 1
    assert [line.n for line in lines()] == [2]


def test_an_academy_has_a_file_of_its_own(folder: Path) -> None:
    written(1)
    shipping.ship()
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    assert names == ["leffectief.head", "leffectief.journal"]

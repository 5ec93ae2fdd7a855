"""`leerhuis verify-audit` says what was done by the back door, by words and by exit code; the doctor knows it, too."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from leerhuis.academies.models import Academy
from leerhuis.audit import sealing, shipping, verifying
from leerhuis.audit.actions import look, note
from leerhuis.audit.actor import Actor
from leerhuis.audit.jobs import examine
from leerhuis.audit.models import Note, Seal, SealCheck
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.config import doctor, restored
from leerhuis.config.cli.command import main
from leerhuis.people import actions as people
from tests.cast import Cast

CLERK = Actor.person(uuid7(), "clerk")


@pytest.fixture(autouse=True)
def folder(academy: Academy, settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    settings.JOURNAL = tmp_path / "journal"
    restored.forget()
    yield settings.JOURNAL
    restored.forget()


@pytest.fixture
def sealed(folder: Path) -> list[Note]:
    """Two notes and two looks, sealed and signed."""
    written = [note("change person", Note(verb="x"), by=CLERK, subject=uuid7()) for _ in range(2)]
    look(by=CLERK, subjects=[uuid7(), uuid7()], purpose="people.account", screen="people_office_list")
    for _ in range(2):
        sealing.seal()
    return written


def test_a_clean_audit_is_exit_code_zero(sealed: list[Note], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-audit"]) == 0
    note("change person", Note(verb="x"), by=CLERK)
    assert main(["verify-audit", "leffectief"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "kjenning: 0 rows under 0 seals: all as it was written.",
        "leffectief: 4 rows under 2 seals: all as it was written.",
        "leffectief: 4 rows under 2 seals, 1 rows wait to be sealed: all as it was written.",
    ]


def test_a_changed_row_is_exit_code_one_and_named(sealed: list[Note], capsys: pytest.CaptureFixture[str]) -> None:
    Note.objects.filter(pk=sealed[0].pk).update(verb="nothing")
    number = Seal.objects.get(kind="audit.note").number
    assert main(["verify-audit", "leffectief"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"leffectief: audit.note {sealed[0].pk} (seal {number}): it was changed.",
        "leffectief: 4 rows under 2 seals: 1 faults.",
    ]
    assert main(["verify-audit", "leffectief", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["leffectief"]["count"] == 1


def test_of_many_faults_the_first_are_told_and_all_are_counted(
    sealed: list[Note], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(58):
        note("change person", Note(verb="x"), by=CLERK)
    sealing.seal()
    Note.objects.update(verb="nothing")
    assert main(["verify-audit", "leffectief"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert (len(said), said[-2]) == (52, "leffectief: … and 10 more.")


def test_a_copy_of_the_head_is_asked_for_one_academy_and_must_be_there(sealed: list[Note], folder: Path) -> None:
    head = str(folder / "leffectief.seals")
    assert main(["verify-audit", "leffectief", "--head", head]) == 0
    assert [main(["verify-audit", "--head", head]), main(["verify-audit", "leffectief", "--head", f"{head}x"])] == [
        2,
        2,
    ]


def test_after_a_restore_the_seals_go_on_and_that_stays_on_record(
    sealed: list[Note], capsys: pytest.CaptureFixture[str]
) -> None:
    """The backup is a savepoint: seals that come after it are signed outside and lost in the database."""
    with transaction.atomic():
        note("change person", Note(verb="x"), by=CLERK)
        for _ in range(2):
            sealing.seal()
        transaction.set_rollback(True)
    assert main(["verify-audit", "leffectief"]) == 1
    assert doctor.audit().state == "wrong"
    assert sealing.seal_quietly() == 0
    capsys.readouterr()

    assert main(["verify-audit", "leffectief", "--after-restore"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "leffectief: goes on after a restore; 1 seals went with what was lost. That stays on record."
    )
    assert main(["verify-audit", "leffectief", "--after-restore"]) == 0
    assert "1 seals after number 2 went" in capsys.readouterr().out
    assert doctor.audit().state == "ok"


def test_the_replay_of_the_journal_takes_the_seals_along(academy: Academy, cast: Cast, sealed: list[Note]) -> None:
    with transaction.atomic():
        people.suspend(cast.stranger, by=Actor.operator())
        shipping.ship()
        for _ in range(2):
            sealing.seal()
        transaction.set_rollback(True)
    restored.forget()
    assert restored.recover(academy, by=Actor.operator()) == 1
    sealing.seal()
    found = verifying.examine()
    assert (found.faults, len(found.notices)) == ([], 1)


def test_the_doctor_tells_what_last_night_found(sealed: list[Note]) -> None:
    examine()
    assert doctor.audit().state == "ok"
    Note.objects.filter(pk=sealed[0].pk).update(verb="nothing")
    examine()
    assert (doctor.audit().state, "LEFFECTIEF: 1 faults" in doctor.audit().meaning) == ("wrong", True)


def test_the_doctor_tells_when_nobody_seals_or_examines(sealed: list[Note]) -> None:
    with clock.at(clock.now() + timedelta(hours=27)):
        assert "it was not examined since" in doctor.audit().meaning
        examine()
        assert doctor.audit().state == "ok"
        with clock.at(clock.now() - timedelta(minutes=11)):
            note("change person", Note(verb="x"), by=CLERK)
        assert "what was written down lately is not sealed" in doctor.audit().meaning
        sealing.seal()
        assert doctor.audit().state == "ok"


def test_a_head_that_is_gone_or_a_folder_that_is_no_folder_is_told(sealed: list[Note], folder: Path) -> None:
    (folder / "leffectief.seals").rename(folder / "elsewhere")
    assert "the head outside the database is gone" in doctor.audit().meaning
    assert SealCheck.objects.count() == 0

"""`leerhuis journal` says what is wrong, by words and by exit code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from leerhuis.academies.models import Academy
from leerhuis.audit import journal, shipping
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base.ids import uuid7
from leerhuis.config import doctor, restored
from leerhuis.config.cli.command import main
from leerhuis.config.restore import RESTORED
from leerhuis.mail.models import Message
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from tests.cast import Cast


@pytest.fixture(autouse=True)
def folder(academy: Academy, settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    settings.JOURNAL = tmp_path / "journal"
    yield settings.JOURNAL
    restored.forget()


def test_shipping_and_verifying(academy: Academy, capsys: pytest.CaptureFixture[str]) -> None:
    journal.write(Operation.HELD, uuid7(), by=Actor.operator())
    assert main(["journal", "ship", "leffectief"]) == 0
    assert main(["journal", "verify"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "leffectief: 1 lines shipped.",
        "kjenning: 0 lines, as they were written.",
        "leffectief: 1 lines, as they were written.",
    ]


def test_a_forged_line_is_exit_code_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal.write(Operation.HELD, uuid7(), by=Actor.operator())
    shipping.ship()
    file = folder / "leffectief.journal"
    file.write_text(file.read_text().replace("held", "erased"))
    assert main(["journal", "verify"]) == 1
    assert f"leffectief: {file}, line 1: it was changed" in capsys.readouterr().out
    assert main(["journal", "replay"]) == 0  # nothing was put back here


def test_a_lost_file_is_exit_code_one_and_written_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal.write(Operation.HELD, uuid7(), by=Actor.operator())
    shipping.ship()
    (folder / "leffectief.journal").unlink()
    journal.write(Operation.HELD, uuid7(), by=Actor.operator())
    assert [main(["journal", "verify", "leffectief"]), main(["journal", "ship", "leffectief"])] == [1, 1]
    assert doctor.journal().state == "wrong"
    assert main(["journal", "ship", "leffectief", "--rebuild"]) == 0
    assert main(["journal", "verify", "leffectief"]) == 0
    assert doctor.journal().state == "ok"
    assert capsys.readouterr().out.splitlines()[-1] == "leffectief: 2 lines, as they were written."


def test_after_a_restore_the_doctor_tells_and_the_command_replays(
    academy: Academy, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        people.suspend(cast.stranger, by=Actor.operator())
        shipping.ship()
        transaction.set_rollback(True)
    assert doctor.journal().state == "wrong"
    assert "LEFFECTIEF: an older state of the database was put back" in doctor.journal().meaning
    assert main(["journal", "replay", "leffectief"]) == 0
    assert capsys.readouterr().out == "leffectief: 1 operations carried out again.\n"
    assert Person.objects.get(pk=cast.stranger.pk).state == "suspended"
    assert doctor.journal().state == "ok"


def test_a_database_that_was_put_back_by_other_means_holds_old_mails_though_nothing_happened_since(
    academy: Academy, cast: Cast, settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME = tmp_path
    people.invite(cast.learner, by=Actor.operator())
    assert main(["journal", "ship"]) == 0  # begins both files
    capsys.readouterr()

    assert main(["journal", "replay"]) == 0
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}
    assert main(["journal", "replay", "--put-back"]) == 0

    assert set(Message.objects.values_list("state", "fault")) == {("held", "waited in a backup")}
    assert (tmp_path / RESTORED).exists() is False
    assert main(["journal", "replay", "leffectief", "--put-back"]) == 2
    assert "leave out the one that you named" in capsys.readouterr().err


def test_an_academy_that_is_not_there_is_typed_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", "nobody"]) == 2
    assert "There is no academy 'nobody'" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write_text("no folder")
    journal.write(Operation.HELD, uuid7(), by=Actor.operator())
    assert main(["journal", "ship", "leffectief"]) == 1
    assert "cannot be read or written" in capsys.readouterr().out

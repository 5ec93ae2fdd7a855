"""An erasure is done when nothing is left outside the database and the journal is there: until then it tells nobody."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from leerhuis.audit import shipping
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, attempt
from leerhuis.base.jobs import declared_jobs, declared_sweeps
from leerhuis.charter import register
from leerhuis.charter.declarations import Followed
from leerhuis.documents import actions as documents
from leerhuis.documents.models import Document, Removal
from leerhuis.documents.tests.factories import a_document
from leerhuis.mail import actions as mail
from leerhuis.mail.models import Message
from leerhuis.mail.rules import KEPT_IN, NOT_YET
from leerhuis.people.models import Person
from leerhuis.privacy import actions, nights
from leerhuis.privacy.models import Erasure, Hold, Request
from tests.cast import Cast, add_person

OPERATOR, WORKER = Actor.operator(), Actor.job("privacy.erase")
recipients_to_tell = 0  # of whom the stand-in for a processor outside says that they still wait


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: LazySettings) -> Path:
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))
    settings.JOURNAL = tmp_path / "journal"
    return tmp_path


@pytest.fixture
def somebody(cast: Cast) -> Person:
    return add_person("Ann", "Een", email="ann@een.example")


def asked(person: Person) -> tuple[Request, Erasure]:
    """Have somebody ask for erasure, and carry it out so far that the worker takes over."""
    request = actions.receive_request(kind="erasure", channel="mail", person=person, by=OPERATOR)
    actions.prove_identity(request, "facts", by=OPERATOR)
    actions.erase_on_request(request, by=OPERATOR)
    return request, Erasure.objects.get(request_id=request.id)


def erase(erasure: Erasure) -> None:
    """Carry an erasure out as the worker does, who ships the journal after it and asks again."""
    actions.erase_person(erasure.id, by=WORKER)
    shipping.ship()
    actions.erase_person(erasure.id, by=WORKER)


def state(request: Request, erasure: Erasure) -> tuple[Any, ...]:
    """Return whether the rows are gone, whether files wait, whether it is done, and how request and farewell stand."""
    for each in (request, erasure):
        each.refresh_from_db()
    (farewell,) = Message.objects.filter(vanishes=True)
    gone, done = erasure.begun_at is not None, erasure.done_at is not None
    return gone, erasure.waits, done, request.state, (farewell.state, farewell.fault)


def do_jobs(name: str) -> int:
    """Do the jobs of a name that are in the queue, and empty it; returns how many there were."""
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute("SELECT args->>'id' FROM procrastinate_jobs WHERE args->>'job' = %s ORDER BY id", [name])
        ids = [id for (id,) in cursor.fetchall()]
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'job' = %s", [name])
    for each in ids:
        declared_jobs()[name].work(UUID(each))
    return len(ids)


ENDED = (True, False, True, "closed", ("waiting", ""))
WAITS = (True, True, False, "open", ("held", NOT_YET))


def test_without_files_it_is_done_with_the_rows(somebody: Person) -> None:
    request, erasure = asked(somebody)
    erase(erasure)

    assert state(request, erasure) == ENDED


def test_while_files_wait_the_rows_are_gone_and_nobody_is_told_yet(somebody: Person) -> None:
    a_document(somebody.id)
    request, erasure = asked(somebody)
    erase(erasure)

    assert not Person.objects.filter(pk=somebody.pk).exists()
    assert (Document.objects.count(), Removal.objects.count()) == (0, 2)
    assert state(request, erasure) == WAITS
    erase(erasure)
    mail.send_message(Message.objects.get(vanishes=True).id, by=WORKER)
    assert state(request, erasure) == WAITS


def test_the_job_that_removes_the_files_has_it_ended(somebody: Person, folders: Path) -> None:
    a_document(somebody.id)
    request, erasure = asked(somebody)
    do_jobs("privacy.erase")
    do_jobs("audit.ship_journal")
    do_jobs("privacy.erase")
    assert state(request, erasure) == WAITS

    assert (do_jobs("documents.remove_from_disk"), do_jobs("privacy.erase")) == (1, 1)
    assert state(request, erasure) == ENDED
    assert [path for path in (folders / "f").rglob("*") if path.is_file()] == []
    do_jobs("privacy.erase")
    erase(erasure)
    assert state(request, erasure) == ENDED
    assert request.decision == Request.Decision.GRANTED


def test_while_the_journal_is_not_outside_the_database_nobody_is_told(somebody: Person, folders: Path) -> None:
    (folders / "journal").write_text("a file where the folder belongs: nothing can be written there")
    request, erasure = asked(somebody)
    do_jobs("privacy.erase")
    do_jobs("audit.ship_journal")
    assert do_jobs("privacy.erase") == 0
    actions.erase_person(erasure.id, by=WORKER)
    assert not Person.objects.filter(pk=somebody.pk).exists()
    assert state(request, erasure) == WAITS

    (folders / "journal").unlink()
    declared_sweeps()["audit.ship_waiting"].work()
    assert do_jobs("privacy.erase") == 1
    assert state(request, erasure) == ENDED


def test_the_sweep_ends_what_a_lost_job_left(somebody: Person) -> None:
    a_document(somebody.id)
    request, erasure = asked(somebody)
    erase(erasure)
    do_jobs("privacy.erase")
    documents.remove_from_disk(by=WORKER)
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert state(request, erasure) == WAITS

    declared_sweeps()["privacy.erase_left"].work()
    assert do_jobs("privacy.erase") == 1
    assert state(request, erasure) == ENDED


def test_while_the_copy_of_the_keys_is_away_it_is_not_done(somebody: Person, folders: Path) -> None:
    a_document(somebody.id)
    request, erasure = asked(somebody)
    do_jobs("privacy.erase")
    shipping.ship()
    (folders / "c").rename(folders / "away")
    do_jobs("documents.remove_from_disk")
    do_jobs("privacy.erase")
    assert state(request, erasure) == WAITS

    (folders / "away").rename(folders / "c")
    documents.remove_from_disk(by=WORKER)
    do_jobs("privacy.erase")
    assert state(request, erasure) == ENDED


def test_what_others_have_removed_afterwards_keeps_nobody_waiting(somebody: Person) -> None:
    request, erasure = asked(somebody)
    a_document(somebody.id)
    erase(erasure)
    documents.remove_from_disk(by=WORKER)
    Removal.objects.create(place="files/ab/later", created_at=clock.now() + timedelta(seconds=1))
    erase(erasure)

    assert state(request, erasure) == ENDED


def still_to_tell(_until: Any) -> int:
    return recipients_to_tell


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Somebody outside who must hear of rows that go: a package declares it, and nothing in privacy knows them."""
    known = register.everything()
    register.take_from("privacy", type("Module", (), {"TELLS": Followed(
        "told_outside", nl="wie het moet horen", en="who has to hear", model="people.Person",
        action="privacy.tests.test_files_wait.nothing_follows", waiting="privacy.tests.test_files_wait.still_to_tell",
    )}))  # fmt: skip
    yield lambda count: monkeypatch.setattr(f"{__name__}.recipients_to_tell", count)
    register._declared[:] = known


def nothing_follows(_ids: list[UUID], *, by: Actor) -> None:
    """Stand in for what a package does before rows go."""


def test_whoever_outside_must_be_told_is_waited_for_too(somebody: Person, processor: Callable[[int], None]) -> None:
    request, erasure = asked(somebody)
    processor(1)
    erase(erasure)
    assert state(request, erasure) == WAITS
    processor(0)
    erase(erasure)
    assert state(request, erasure) == ENDED


def test_who_keeps_something_is_told_once_and_the_end_waits_for_the_files(somebody: Person) -> None:
    a_document(somebody.id)
    Hold.objects.create(person=somebody.id, reason="dispute", until=clock.today() + timedelta(days=9))
    request, erasure = asked(somebody)
    erase(erasure)
    assert state(request, erasure) == (True, False, False, "closed", ("waiting", ""))
    assert request.decision == Request.Decision.PARTLY

    with clock.at(clock.now() + timedelta(days=10)):
        erase(erasure)
        erasure.refresh_from_db()
        assert (erasure.person, erasure.waits, erasure.done_at) == (None, True, None)
        documents.remove_from_disk(by=WORKER)
        erase(erasure)
    assert state(request, erasure) == (True, False, True, "closed", ("waiting", ""))


# --- the farewell --------------------------------------------------------------------------------------------------
def test_nobody_lets_the_farewell_go_before_it_is_true(somebody: Person) -> None:
    a_document(somebody.id)
    request, erasure = asked(somebody)
    erase(erasure)

    with pytest.raises(mail.NotTrueYet), attempt():
        mail.release(Message.objects.get(vanishes=True), by=OPERATOR)
    assert state(request, erasure) == WAITS


def test_a_standstill_of_all_mail_keeps_the_farewell_in(somebody: Person) -> None:
    a_document(somebody.id)
    mail.stop_mail(by=OPERATOR)
    request, erasure = asked(somebody)
    erase(erasure)
    assert state(request, erasure) == WAITS
    documents.remove_from_disk(by=WORKER)
    erase(erasure)

    assert state(request, erasure) == (True, False, True, "closed", ("held", KEPT_IN))
    mail.resume_mail(send=True, by=OPERATOR)
    assert state(request, erasure) == ENDED


def test_after_a_restore_no_farewell_is_left(somebody: Person) -> None:
    a_document(somebody.id)
    _, erasure = asked(somebody)
    erase(erasure)
    mail.hold_after_restore(by=OPERATOR)

    assert not Message.objects.filter(vanishes=True).exists()
    documents.remove_from_disk(by=WORKER)
    erase(erasure)
    erasure.refresh_from_db()
    assert erasure.done_at is not None


# --- the page ------------------------------------------------------------------------------------------------------
def test_the_page_says_that_files_wait_and_that_it_is_late(
    somebody: Person, cast: Cast, as_: Callable[[Person], Client]
) -> None:
    a_document(somebody.id)
    _, erasure = asked(somebody)
    client = as_(cast.officer)

    def said() -> str:
        return client.get("/office/privacy/erasures/").content.decode()

    assert "bestanden of journaal wachten" not in said()
    erase(erasure)
    assert "rijen weg, bestanden of journaal wachten" in said()
    assert nights.erasures_late() == 0
    Erasure.objects.update(due_on=clock.today() - timedelta(days=1))
    assert nights.erasures_late() == 1
    assert "te laat" in said()
    documents.remove_from_disk(by=WORKER)
    erase(erasure)
    assert ("bestanden of journaal wachten" in said(), "alles gewist" in said(), nights.erasures_late()) == (
        False,
        True,
        0,
    )

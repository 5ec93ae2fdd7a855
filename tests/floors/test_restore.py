"""An old state of the database is put back: nothing is shown before the journal was carried out on it again.

The backup is a savepoint here: what was done after it is taken back by the database, and the file keeps knowing it.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.audit import journal, shipping
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.audit.ledger import Damaged
from leerhuis.audit.models import JournalEntry, Note
from leerhuis.audit.restoring import NobodyCarriesOut
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.charter import register
from leerhuis.charter.declarations import Replayed
from leerhuis.config import restored
from leerhuis.config.tasks import do, sweep_one
from leerhuis.consent import actions as consent
from leerhuis.consent.actions import end_agreement, record_agreement
from leerhuis.consent.models import Agreement
from leerhuis.consent.queries import choices_of, proofs
from leerhuis.consent.topics import topics_offered
from leerhuis.enrolment import actions as enrolling
from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, make_run
from leerhuis.mail import actions as mail
from leerhuis.mail.models import Message
from leerhuis.mail.queries import is_suppressed
from leerhuis.organisations.actions import end_membership
from leerhuis.organisations.models import Membership
from leerhuis.people import actions as people
from leerhuis.people.models import Person, Role, SignIn
from leerhuis.privacy.models import Request
from tests.cast import Cast

OPERATOR = Actor.operator()


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    settings.JOURNAL = tmp_path / "journal"
    restored.forget()
    yield settings.JOURNAL
    restored.forget()


@contextmanager
def restored_afterwards() -> Iterator[None]:
    """Ship what is done inside to the journal, then put back the state of the database from before it."""
    with transaction.atomic():
        yield
        shipping.ship()
        transaction.set_rollback(True)
    restored.forget()


@pytest.fixture
def ordered(cast: Cast) -> Enrolment:
    """One enrolment that the employer ordered under an agreement on attendance and progress."""
    record_agreement(cast.organisation, attendance=True, progress=True, reference="C", by=PLANNER)
    lines = read_lines("Anna Bakker anna@bakker.example")
    said: dict[str, Any] = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    return enrolling.register_employees(make_run(), cast.organisation, lines, **said).enrolments[0]


def page(academy: Academy) -> int:
    return Client(headers={"host": academy.main_host}).get("/privacy/").status_code


def ready() -> tuple[int, bool]:
    answer = Client(headers={"host": "localhost"}).get("/ready")
    return answer.status_code, answer.json()["restored"]


def test_whoever_lost_access_and_whatever_was_withdrawn_stays_so(
    academy: Academy, cast: Cast, ordered: Enrolment
) -> None:
    membership = Membership.objects.get(person=cast.colleague)
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
        people.end_role(cast.clerk, Role.Name.CLERK, by=OPERATOR)
        end_membership(membership, by=OPERATOR)
        enrolling.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))
        end_agreement(Agreement.objects.get(), by=OPERATOR)

    def state() -> tuple[object, ...]:
        return (
            Person.objects.get(pk=cast.stranger.pk).state,
            Role.objects.filter(person=cast.clerk, ended_at=None).exists(),
            Membership.objects.get(pk=membership.pk).ended_at is None,
            Grant.objects.get().objected_at is None,
            Agreement.objects.get().in_force,
        )

    assert state() == ("active", True, True, True, True)
    assert restored.recover(academy, by=OPERATOR) == 5
    assert state() == ("suspended", False, False, False, False)
    assert list(JournalEntry.objects.order_by("number").values_list("number", "operation")) == [
        (1, "access_revoked"),
        (2, "access_revoked"),
        (3, "access_revoked"),
        (4, "objected"),
        (5, "sharing_withdrawn"),
    ]
    assert shipping.faults() == []
    assert restored.recover(academy, by=OPERATOR) == 0


def test_consent_that_was_withdrawn_stays_so_and_no_news_goes_after_a_restore(academy: Academy, cast: Cast) -> None:
    (topic, other) = (each.id for each in topics_offered("nl", account=False))
    by = Actor.person(cast.learner.id)
    for person in (cast.learner, cast.colleague):
        consent.choose_topics(person, [topic, other], language="nl", of_age=True, by=by)
    addresses = {str(cast.learner.email), str(cast.colleague.email)}
    with restored_afterwards():
        consent.choose_topics(cast.learner, [other], language="nl", by=by)
        consent.object_to_marketing(cast.colleague, language="nl", by=Actor.person(cast.colleague.id))
        consent.object_to_purpose(cast.learner, "enrolment.employer_view", by=by)
    assert {proof.to.address for proof in proofs(topic)} == addresses
    assert restored.recover(academy, by=OPERATOR) == 3
    assert [proof.to.address for proof in proofs(topic)] == []
    assert [proof.to.address for proof in proofs(other)] == [cast.learner.email]
    assert choices_of(cast.learner) == {
        topic: "withdrawn",
        other: "given",
        "enrolment.employer_view": "objected",
    }
    assert is_suppressed(str(cast.colleague.email), topic)
    assert Request.objects.get().purpose == "enrolment.employer_view"
    assert set(Message.objects.values_list("kind", "state")) == {("privacy.request_received", "held")}


def test_every_page_says_to_come_back_until_it_was_carried_out(academy: Academy, cast: Cast) -> None:
    assert (page(academy), ready()) == (200, (200, False))
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    answer = Client(headers={"host": academy.main_host}).get("/privacy/")
    assert (answer.status_code, answer["Retry-After"], b"Leerhuis" in answer.content) == (503, "10", False)
    assert ready() == (503, True)
    assert Client().get("/live").status_code == 200
    restored.recover(academy, by=OPERATOR)
    assert (page(academy), ready()) == (200, (200, False))


def test_the_other_academy_stays_open(academy: Academy, cast: Cast) -> None:
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    other = Client(headers={"host": "kjenning.localhost"}).get("/privacy/")
    assert (page(academy), other.status_code) == (503, 200)


def test_the_worker_does_nothing_but_the_replay(academy: Academy, cast: Cast) -> None:
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    with pytest.raises(restored.Closed):
        do(academy.schema_name, "mail.send_message", str(uuid7()))
    sweep_one(academy.schema_name, "mail.send_due_again")
    assert Person.objects.get(pk=cast.stranger.pk).state == "active"
    sweep_one(academy.schema_name, "audit.ship_waiting")
    assert Person.objects.get(pk=cast.stranger.pk).state == "suspended"
    do(academy.schema_name, "mail.send_message", str(uuid7()))


def test_old_mails_wait_for_a_person_and_no_operation_sends_its_mail_again(academy: Academy, cast: Cast) -> None:
    people.invite(cast.learner, by=OPERATOR)  # waits when the backup is made, and goes out after it
    (old,) = Message.objects.all()
    membership = Membership.objects.get(person=cast.contact)
    with restored_afterwards():
        Message.objects.update(state=Message.State.SENT)
        end_membership(membership, by=OPERATOR)
    restored.recover(academy, by=OPERATOR)
    assert set(Message.objects.values_list("state", "fault")) == {("held", "waited in a backup")}
    mail.send_message(old.pk, by=OPERATOR)
    assert Message.objects.get(pk=old.pk).state == "held"
    mail.release(Message.objects.get(pk=old.pk), by=OPERATOR)
    assert Message.objects.get(pk=old.pk).state == "waiting"


def test_sign_ins_that_a_backup_brings_back_end(academy: Academy, cast: Cast, as_: Callable[[Person], Client]) -> None:
    client = as_(cast.learner)
    assert client.get("/me/details/").status_code == 200
    with restored_afterwards():
        SignIn.objects.update(ended_at=clock.now())
        people.suspend(cast.stranger, by=OPERATOR)
    restored.recover(academy, by=OPERATOR)
    assert client.get("/me/details/").status_code == 302


def test_who_was_corrected_is_listed_since_the_journal_holds_no_values(academy: Academy, cast: Cast) -> None:
    with restored_afterwards():
        people.change_person(
            cast.learner, first_name="Leentje", last_name="de Leerling", email=cast.learner.email or "", language="nl",
            by=OPERATOR,
        )  # fmt: skip
    restored.recover(academy, by=OPERATOR)
    (entry,) = JournalEntry.objects.exclude(replayed_at=None)
    assert (entry.operation, entry.subject_id) == ("rectified", cast.learner.pk)
    noted = Note.objects.filter(subject_person=cast.learner.pk, verb="was corrected after the backup")
    assert noted.count() == 1


def test_who_was_corrected_stands_on_the_page_of_privacy_until_they_were_asked(
    academy: Academy, cast: Cast, as_: Callable[[Person], Client]
) -> None:
    people.ask_correction_again(cast.learner.pk, purpose="", by=OPERATOR)
    officer, address = as_(cast.officer), f"/office/privacy/corrected/{cast.learner.pk}/"
    assert address in officer.get("/office/privacy/").content.decode()
    assert address not in as_(cast.admin).get("/office/privacy/").content.decode()

    assert officer.post(address).status_code == 302
    assert address not in officer.get("/office/privacy/").content.decode()
    assert officer.post(address).status_code == 404
    people.ask_correction_again(cast.learner.pk, purpose="", by=OPERATOR)  # in a later restore
    assert address in officer.get("/office/privacy/").content.decode()


def test_what_a_backup_does_not_hold_is_passed_over(academy: Academy, cast: Cast) -> None:
    with restored_afterwards():
        journal.write(Operation.ACCESS_REVOKED, uuid7(), by=OPERATOR)
        journal.write(Operation.OBJECTED, uuid7(), by=OPERATOR)
    assert restored.recover(academy, by=OPERATOR) == 2
    assert not restored.is_closed(academy)


def test_an_operation_that_nobody_carries_out_keeps_it_closed(academy: Academy, cast: Cast) -> None:
    known = register.everything()
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    register._declared[:] = [each for each in known if not isinstance(each.declaration, Replayed)]
    try:
        with pytest.raises(NobodyCarriesOut), transaction.atomic():
            restored.recover(academy, by=OPERATOR)
        assert restored.is_closed(academy)
        assert page(academy) == 503
    finally:
        register._declared[:] = known


def test_a_forged_line_is_not_carried_out(academy: Academy, cast: Cast, folder: Path) -> None:
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    file = folder / "leffectief.journal"
    file.write_text(file.read_text().replace(str(cast.stranger.pk), str(cast.admin.pk)))
    with pytest.raises(Damaged):
        restored.recover(academy, by=OPERATOR)
    assert Person.objects.get(pk=cast.admin.pk).state == "active"
    assert restored.is_closed(academy)


def test_a_folder_that_is_gone_or_does_not_answer_closes_nothing(academy: Academy, cast: Cast, folder: Path) -> None:
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
    folder.rename(folder.with_name("elsewhere"))
    assert page(academy) == 200
    folder.with_name("elsewhere").rename(folder)
    restored.forget()
    assert page(academy) == 503

    (folder / "leffectief.journal").unlink()
    os.mkfifo(folder / "leffectief.journal")  # whoever opens it waits for ever
    restored.forget()
    since = time.monotonic()
    assert page(academy) == 200
    assert time.monotonic() - since < 10


def test_an_open_academy_costs_no_query_and_no_look_at_the_folder(
    academy: Academy, cast: Cast, folder: Path, django_assert_num_queries: Any
) -> None:
    people.suspend(cast.stranger, by=OPERATOR)
    shipping.ship()
    with django_assert_num_queries(1):
        assert not restored.is_closed(academy)
    folder.rename(folder.with_name("elsewhere"))
    with django_assert_num_queries(0):
        assert not restored.is_closed(academy)


def test_a_crash_half_way_goes_on_where_it_was(academy: Academy, cast: Cast) -> None:
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
        people.suspend(cast.colleague, by=OPERATOR)
        people.suspend(cast.trainer, by=OPERATOR)
    from leerhuis.audit import restoring

    lines = restoring.lines_to_replay()
    restoring.carry_out(lines[0], by=OPERATOR)
    assert restored.is_closed(academy)
    assert restored.recover(academy, by=OPERATOR) == 2
    assert set(Person.objects.filter(state="suspended")) == {cast.stranger, cast.colleague, cast.trainer}


def test_two_who_carry_it_out_do_each_line_once(academy: Academy, cast: Cast) -> None:
    """The worker does it by itself while somebody gives the command: both read the lines, then they take turns."""
    with restored_afterwards():
        people.suspend(cast.stranger, by=OPERATOR)
        people.suspend(cast.colleague, by=OPERATOR)
    from leerhuis.audit import restoring

    mine = restoring.lines_to_replay()
    assert restored.recover(academy, by=OPERATOR) == 2
    people.lift_suspension(cast.stranger, by=OPERATOR)
    for line in mine:
        restoring.carry_out(line, by=OPERATOR)
    assert set(Person.objects.filter(state="suspended")) == {cast.colleague}
    assert shipping.faults() == []


def test_each_operation_of_the_journal_is_carried_out_by_somebody() -> None:
    """One that is written and that nobody declares would keep the academy closed after a restore."""
    declared = {replayed.operation for _, replayed in register.declared(Replayed)}
    assert set(Operation) - declared == set()

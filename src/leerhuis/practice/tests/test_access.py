"""Who may practise what, and until when: pushed down from above, by cause."""

from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.access import grant_access, withdraw_access
from leerhuis.practice.models import Access, Permit
from leerhuis.practice.queries import access_to, accesses_of
from leerhuis.practice.rules import NoAccess
from leerhuis.practice.tests.factories import a_bank

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
CLERK = Actor.operator()


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank()


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_access_opens_a_bank_for_one_person_until_its_end(cast, bank):
    grant_access(cast.learner, bank, after(10), because=uuid7(), by=CLERK)
    assert [access.bank for access in accesses_of(cast.learner)] == [bank]
    for other in (cast.colleague, cast.trainer, cast.contact, cast.clerk, cast.stranger):
        assert list(accesses_of(other)) == []
        with pytest.raises(NoAccess):
            access_to(other, bank.id)
    with clock.at(after(10)):
        assert list(accesses_of(cast.learner)) == []


def test_the_latest_of_several_causes_holds(cast, bank):
    first, second = uuid7(), uuid7()
    grant_access(cast.learner, bank, after(30), because=first, by=CLERK)
    access = grant_access(cast.learner, bank, after(10), because=second, by=CLERK)
    assert (access.until, Access.objects.count(), Permit.objects.count()) == (after(30), 1, 2)
    withdraw_access(first, by=CLERK)
    access.refresh_from_db()
    assert access.until == after(10)


def test_withdrawing_the_only_cause_ends_access_at_once_and_twice_is_once(cast, bank):
    cause = uuid7()
    access = grant_access(cast.learner, bank, after(30), because=cause, by=CLERK)
    assert [withdraw_access(cause, by=CLERK), withdraw_access(cause, by=CLERK)] == [1, 0]
    access.refresh_from_db()
    assert access.until == NOW
    with pytest.raises(NoAccess):
        access_to(cast.learner, bank.id)


def test_withdrawing_what_has_ended_already_does_not_lengthen_it(cast, bank):
    cause = uuid7()
    access = grant_access(cast.learner, bank, after(5), because=cause, by=CLERK)
    with clock.at(after(50)):
        withdraw_access(cause, by=CLERK)
    access.refresh_from_db()
    assert access.until == after(5)


def test_a_cause_given_again_moves_its_end_and_revives_it(cast, bank):
    cause = uuid7()
    grant_access(cast.learner, bank, after(30), because=cause, by=CLERK)
    withdraw_access(cause, by=CLERK)
    access = grant_access(cast.learner, bank, after(20), because=cause, by=CLERK)
    assert (access.until, Permit.objects.count()) == (after(20), 1)


def test_an_unknown_cause_changes_nothing(cast, bank):
    access = grant_access(cast.learner, bank, after(30), because=uuid7(), by=CLERK)
    notes = Note.objects.count()
    assert withdraw_access(uuid7(), by=CLERK) == 0
    access.refresh_from_db()
    assert (access.until, Note.objects.count()) == (after(30), notes)


def test_giving_and_taking_are_noted_with_the_person_they_concern(cast, bank):
    cause = uuid7()
    grant_access(cast.learner, bank, after(30), because=cause, by=CLERK)
    withdraw_access(cause, by=CLERK)
    notes = Note.objects.filter(thing_kind="practice.access").order_by("created_at", "id")
    assert [(note.verb, note.subject_person) for note in notes] == [
        ("grant practice", cast.learner.id),
        ("withdraw practice", cast.learner.id),
    ]

"""What is past its term goes by itself, what is not stays, and a person agrees first when something is odd."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import declared
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.mail.models import CustomerMention, Mention, Message
from leerhuis.people.models import Person
from leerhuis.privacy import actions, due, nights
from leerhuis.privacy.actions import retention
from leerhuis.privacy.claims import claims_on_rows, is_of_own_row, is_over, references_to, tables_in_order, terms_here
from leerhuis.privacy.compiler import free_rows, let_go, strip
from leerhuis.privacy.models import Hold, RetentionRun
from leerhuis.privacy.models.letting_go import TEXTS
from leerhuis.privacy.rows import end_of, every_row
from leerhuis.privacy.rules import NotAsking
from leerhuis.privacy.tests.factories import Canary
from leerhuis.results.models import Certificate
from tests.cast import add_person

BY = Actor.job("privacy.let_go")
OF_TEXTS = f"enrolment.Enrolment{TEXTS}"
LATER = timedelta(days=8 * 366)


@pytest.fixture
def canary(academy) -> Canary:
    """Somebody with a row in every table, and nothing held."""
    made = Canary(add_person("Ann", "Een"), "qxa")
    made.fill_everything()
    Hold.objects.update(ended_at=clock.now())
    return made


def purposes() -> list[tuple[str, Purpose]]:
    return [(each.id, purpose) for each, purpose in declared(Purpose)]


def set_clock(purpose: Purpose, moment: datetime) -> Any:
    """Set the clock of every row of a purpose to a moment."""
    model: Any = apps.get_model(purpose.rows)
    *steps, last = purpose.clock.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    field = end_of(model, last)
    value = moment if isinstance(field, models.DateTimeField) else moment.astimezone(clock.zone()).date()
    every_row(model).update(**{last: value}, **(dict(purpose.only) if model._meta.label == purpose.rows else {}))
    return apps.get_model(purpose.rows)


@pytest.mark.parametrize(("key", "purpose"), purposes(), ids=[key for key, _ in purposes()])
def test_each_purpose_keeps_its_rows_to_the_last_day_of_the_term_and_no_longer(canary, key, purpose):
    model: Any = apps.get_model(purpose.rows)
    if subject_of(model) == "self" or not every_row(model).exists():
        pytest.skip(
            "an account is wanted by others, and what is about nobody goes its own way: these have tests of their own"
        )
    terms = terms_here()
    term = terms(purpose)
    last_day = clock.now() - term.delta()
    claim = next(each for each in claims_on_rows(model) if each.id == key)

    set_clock(purpose, last_day + timedelta(hours=1))
    assert free_rows(model, terms).count() == 0
    by_month = getattr(model, "sealed", False)  # what is sealed goes by whole months
    set_clock(purpose, last_day - timedelta(days=33 if by_month else 2))
    assert every_row(model).filter(is_over(claim, term)).count() == every_row(model).count()


def test_after_all_terms_nothing_is_left_of_anybody_and_a_second_run_finds_nothing(canary):
    key = canary.person.pk
    with clock.at(clock.now() + LATER):
        terms = terms_here()
        for _ in range(2):
            for purpose in (purpose for _, purpose in purposes() if purpose.lasting):
                set_clock(purpose, clock.now() - LATER)
        first = due.let_piece_go(terms, 100_000, by=BY)
        second = due.let_piece_go(terms, 100_000, by=BY)

    assert first["people.Person"] >= 1
    assert not Person.objects.filter(pk=key).exists()
    assert second == {}


def test_an_account_stays_as_long_as_a_course_and_goes_with_the_last_of_it(academy, cast):
    person = add_person("Cor", "Drie")
    Person.objects.filter(pk=person.pk).update(created_at=clock.now() - timedelta(days=9 * 366), last_login=None)
    EmailAddress.objects.filter(user=person).delete()
    terms = terms_here()
    assert free_rows(Person, terms).filter(pk=person.pk).exists()

    canary = Canary(person, "qzc")
    canary.row(Enrolment)
    Enrolment.objects.filter(learner=person).update(ended_at=clock.now())

    assert not free_rows(Person, terms).filter(pk=person.pk).exists()


def test_a_role_that_somebody_has_keeps_them_however_long_ago_they_signed_in(academy, cast):
    Person.objects.filter(pk=cast.clerk.pk).update(
        created_at=clock.now() - timedelta(days=9 * 366), last_login=clock.now() - timedelta(days=5 * 366)
    )

    assert not free_rows(Person, terms_here()).filter(pk=cast.clerk.pk).exists()


def test_a_row_that_is_needed_stays_and_loses_its_texts(canary):
    Enrolment.objects.update(ended_at=clock.now() - timedelta(days=9 * 366))
    Certificate.objects.update(created_at=clock.now())
    terms = terms_here()
    for model in tables_in_order():
        if claims_on_rows(model):
            let_go(model, terms, 1000, by=BY)
            strip(model, terms, 1000, by=BY)

    left = Enrolment.objects.get(learner=canary.person)
    assert left.remarks == ""
    assert Certificate.objects.filter(enrolment=left).exists()


def test_an_order_keeps_its_texts_as_long_as_the_term_of_one_of_its_rows_runs(canary):
    Registration.objects.update(reference="PO 7")
    first = Enrolment.objects.get(learner=canary.person)
    other = Enrolment.objects.get(pk=first.pk)
    other.pk, other.learner = uuid7(), add_person("Bob", "Twee")
    other.save(force_insert=True)
    Certificate.objects.update(created_at=clock.now())  # so that the first enrolment stays, whatever its own term

    def reference_after_a_night(ended: int, other_ended: int | None) -> str:
        for row, days in ((first, ended), (other, other_ended)):
            moment = None if days is None else clock.now() - timedelta(days=days)
            Enrolment.objects.filter(pk=row.pk).update(ended_at=moment)
        for model in tables_in_order():
            strip(model, terms_here(), 1000, by=BY)
        return Registration.objects.get(pk=first.registration_id).reference

    assert reference_after_a_night(1, None) == "PO 7"
    assert reference_after_a_night(9 * 366, 1) == "PO 7"
    assert reference_after_a_night(9 * 366, 9 * 366) == ""


def test_what_is_held_stays_and_goes_by_itself_after_the_last_day(canary):
    Mention.objects.all().delete()
    CustomerMention.objects.all().delete()
    Message.objects.update(sent_at=clock.now() - timedelta(days=3 * 366))
    Hold.objects.create(purpose="mail.service_mail", reason="dispute", until=clock.today() + timedelta(days=9))
    terms = terms_here()

    assert free_rows(Message, terms).count() == 0
    with clock.at(clock.now() + timedelta(days=10)):
        assert free_rows(Message, terms).count() == Message.objects.count()


# --- a night -------------------------------------------------------------------------------------------------------
def many_old_mails(number: int) -> None:
    old = clock.now() - timedelta(days=3 * 366)
    Message.objects.bulk_create(
        Message(kind="k", cause="c", to_address="x@example.nl", language="nl", title="t", body="b", state="sent",
                try_after=old, sent_at=old)
        for _ in range(number)
    )  # fmt: skip


def run_to_its_end(run: RetentionRun) -> RetentionRun:
    actions.go_on_letting_go(run.pk, by=BY)
    run.refresh_from_db()
    return run


def test_a_night_lets_go_what_is_due_and_says_how_much(academy):
    many_old_mails(3)
    run = actions.begin_retention(by=BY)
    assert run is not None
    assert (run.state, run.due) == (RetentionRun.State.RUNNING, {"mail.Message": 3})

    run = run_to_its_end(run)

    assert (run.state, run.went, run.left) == (RetentionRun.State.DONE, {"mail.Message": 3}, {})
    actions.go_on_letting_go(run.pk, by=BY)  # a job that was given twice
    assert RetentionRun.objects.count() == 1


def test_the_dry_count_equals_what_goes_in_each_table_and_beside_it_only_what_those_rows_needed_goes(canary):
    with clock.at(clock.now() + LATER):
        for purpose in (purpose for _, purpose in purposes() if purpose.lasting):
            set_clock(purpose, clock.now() - LATER)
        counted = due.count_due(terms_here())
        went = due.let_piece_go(terms_here(), 100_000, by=BY)

    assert len(counted) > 20
    rows = {label: number for label, number in counted.items() if not label.endswith(TEXTS)}
    assert {label: went[label] for label in rows} == rows
    for model in map(apps.get_model, went.keys() - counted.keys()):
        needed = {each.model._meta.label for each in references_to(model)} & went.keys()
        assert needed or any(is_of_own_row(claim) for claim in claims_on_rows(model)), model


def test_it_goes_in_pieces_and_not_more_than_the_cap_in_a_night(academy, choose, monkeypatch):
    monkeypatch.setattr(retention, "PIECE", 400)
    choose(retention=academy.settings.retention.model_copy(update={"at_most": 1000, "ask_above": 2000}))
    many_old_mails(1003)
    run = actions.begin_retention(by=BY)
    seen = []
    for _ in range(5):
        actions.go_on_letting_go(run.pk, by=BY)
        run.refresh_from_db()
        seen.append((run.went_rows, run.state, run.left_rows))

    assert seen == [
        (400, "running", 0),
        (800, "running", 0),
        (1000, "running", 0),
        (1000, "done", 3),
        (1000, "done", 3),
    ]
    assert Message.objects.filter(kind="k").count() == 3

    tomorrow = actions.begin_retention(by=BY)
    assert tomorrow.due == {"mail.Message": 3}
    assert (run_to_its_end(tomorrow).went, tomorrow.left) == ({"mail.Message": 3}, {})


def test_much_more_than_usual_asks_first_and_nothing_goes_until_somebody_agrees(academy, choose, cast):
    choose(retention=academy.settings.retention.model_copy(update={"ask_above": 2}))
    many_old_mails(3)
    run = actions.begin_retention(by=BY)
    assert (run.state, run.why) == (RetentionRun.State.ASKS, RetentionRun.Why.MANY)
    run_to_its_end(run)
    assert Message.objects.filter(kind="k").count() == 3
    assert actions.begin_retention(by=BY) is None

    actions.agree_to_retention(run, by=Actor.person(cast.officer.id, "privacy_officer"))

    run.refresh_from_db()
    assert run_to_its_end(run).went == {"mail.Message": 3}
    with pytest.raises(NotAsking):
        actions.agree_to_retention(run, by=BY)


def kept_without_remarks(count: int) -> None:
    """Make enrolments that a certificate needs, of which the remarks are past their term."""
    for number in range(count):
        made = Canary(add_person("Ann", f"Een {number}"), f"qx{number}")
        made.fill_everything()
    Hold.objects.update(ended_at=clock.now())
    Enrolment.objects.update(ended_at=clock.now() - timedelta(days=9 * 366))


def test_texts_that_go_are_counted_asked_about_and_emptied_in_pieces(academy, choose, cast, monkeypatch):
    monkeypatch.setattr(retention, "PIECE", 1)
    choose(retention=academy.settings.retention.model_copy(update={"ask_above": 1}))
    kept_without_remarks(2)
    run = actions.begin_retention(by=BY)
    assert (run.state, run.due[OF_TEXTS]) == (RetentionRun.State.ASKS, 2)
    assert ("Uw inschrijvingen (alleen de tekst)", 2) in nights.tables_in_words(run.due, "nl")
    assert Enrolment.objects.exclude(remarks="").count() == 2

    actions.agree_to_retention(run, by=Actor.person(cast.officer.id, "privacy_officer"))
    left = []
    run.refresh_from_db()
    while run.state == RetentionRun.State.RUNNING:
        left.append(Enrolment.objects.exclude(remarks="").count())
        run = run_to_its_end(run)
    assert (run.state, run.went[OF_TEXTS], run.left.get(OF_TEXTS)) == (RetentionRun.State.DONE, 2, None)
    assert set(left) >= {2, 1}  # one at a time


def test_of_many_texts_no_more_go_at_once_than_asked(academy):
    kept_without_remarks(2)
    assert strip(Enrolment, terms_here(), 1, by=BY) == 1
    assert Enrolment.objects.exclude(remarks="").count() == 1


def test_what_nobody_agrees_to_stays(academy, choose, cast):
    choose(retention=academy.settings.retention.model_copy(update={"ask_above": 2}))
    many_old_mails(3)
    run = actions.begin_retention(by=BY)
    actions.drop_retention(run, by=Actor.person(cast.officer.id, "privacy_officer"))
    run.refresh_from_db()

    run_to_its_end(run)
    assert Message.objects.filter(kind="k").count() == 3


@pytest.mark.parametrize(
    ("hours_by_clock", "hours_by_machine", "same_start", "jumped"),
    [(24, 24, True, False), (26, 24, True, True), (22, 24, True, True), (400 * 24, 24, True, True),
     (24, 0, False, False), (-2, 0, False, True), (400 * 24, 0, False, True)],
)  # fmt: skip
def test_a_clock_that_jumped_is_noticed(academy, hours_by_clock, hours_by_machine, same_start, jumped):
    before = RetentionRun.objects.create(state="done", boot="a", uptime=1000, clocked_at=clock.now())
    run = RetentionRun(
        boot="a" if same_start else "b",
        uptime=1000 + hours_by_machine * 3600,
        clocked_at=before.clocked_at + timedelta(hours=hours_by_clock),
    )
    assert due.clock_jumped(run) is jumped

"""Whoever had somebody's details from us hears that they were corrected (article 19 AVG)."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Given, JournalEntry, Note
from leerhuis.base import clock
from leerhuis.base.events import connect, table
from leerhuis.catalogue.models import Lesson
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment.models import Grant
from leerhuis.mail.models import Message
from leerhuis.people.actions import change_person
from leerhuis.results.actions import correct_attendance, give_result, mark_all_present, submit_sheet
from leerhuis.results.events import OutcomeCorrected
from leerhuis.results.tests.factories import enrol, make_run

BY = Actor.operator()


@pytest.fixture
def grant(cast):
    agreement = record_agreement(cast.organisation, attendance=True, reference="contract 1", by=BY)
    run = make_run(clock.today() + timedelta(days=9))
    enrolment = enrol(run, cast.learner, ordered_by=cast.organisation)
    return Grant.objects.create(enrolment=enrolment, agreement=agreement, told_at=clock.now(), attendance=True)


def correct(person, **values):
    said = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email, "language": "nl"}
    change_person(person, **said | values, by=Actor.person(person.id))


def told():
    return list(Message.objects.filter(kind="enrolment.learner_corrected").values_list("to_address", flat=True))


def test_a_contact_with_an_agreement_in_force_is_told_once_and_it_is_noted(cast, grant):
    enrolment = enrol(make_run(clock.today() + timedelta(days=30)), cast.learner, ordered_by=cast.organisation)
    Grant.objects.create(enrolment=enrolment, agreement=grant.agreement, told_at=clock.now(), attendance=True)
    correct(cast.learner, last_name="de Vries")

    assert told() == [cast.contact.email]
    assert Note.objects.filter(verb="tell correction", subject_person=cast.learner.id).count() == 1
    assert JournalEntry.objects.filter(operation="rectified", subject_id=cast.learner.id).count() == 1


def test_another_language_is_no_correction(cast, grant):
    correct(cast.learner, language="en")

    assert told() == []


@pytest.mark.parametrize("without", ["agreement", "objection", "telling"])
def test_whoever_ordered_sees_the_name_and_hears_whatever_was_agreed(cast, grant, without):
    if without == "agreement":
        grant.delete()
    else:
        grant.objected_at = clock.now() if without == "objection" else None
        grant.told_at = None if without == "telling" else grant.told_at
        grant.save()
    correct(cast.learner, last_name="de Vries")

    assert told() == [cast.contact.email]


def test_an_employer_to_whom_data_went_earlier_hears_though_it_sees_nothing_now(cast):
    Given.objects.create(
        person=cast.learner.id, recipient="enrolment.employer", receiver=cast.organisation.id,
        purpose="enrolment.course", words="identity", day=clock.today() - timedelta(days=90),
    )  # fmt: skip
    correct(cast.learner, last_name="de Vries")

    assert told() == [cast.contact.email]


@pytest.fixture
def seen(cast, grant):
    """A course that is over, of which the employer sees attendance and result."""
    run = make_run(clock.today() - timedelta(days=2), trainer=cast.trainer)
    enrolment = enrol(run, cast.learner, ordered_by=cast.organisation)
    Grant.objects.create(
        enrolment=enrolment, agreement=grant.agreement, told_at=clock.now(), attendance=True, result=True
    )
    return enrolment


def outcome_told():
    return list(Message.objects.filter(kind="results.outcome_corrected").values_list("to_address", flat=True))


def correct_both(cast, enrolment):
    by = Actor.person(cast.trainer.id, "trainer")
    lesson = Lesson.objects.get(run=enrolment.run)
    mark_all_present(lesson, by=by)
    submit_sheet(lesson, by=by)
    give_result(enrolment, "passed", by=by)
    assert outcome_told() == []
    correct_attendance(lesson, enrolment, "absent", reason="went home", by=by)
    first = outcome_told()
    give_result(enrolment, "failed", by=by)
    return first, outcome_told()[len(first) :]


def test_who_saw_attendance_or_a_result_hears_that_it_was_corrected(cast, seen):
    assert correct_both(cast, seen) == ([cast.contact.email], [cast.contact.email])


def test_who_did_not_see_them_hears_nothing_and_the_house_hears_of_both(cast, seen):
    Grant.objects.filter(enrolment=seen).update(objected_at=clock.now())
    heard, known = [], table()
    connect({OutcomeCorrected: (heard.append,)})
    try:
        assert correct_both(cast, seen) == ([], [])
    finally:
        connect(known)
    assert [(each.enrolment_id, each.what) for each in heard] == [(seen.id, "attendance"), (seen.id, "result")]


def test_a_correction_of_a_stranger_is_told_to_nobody(cast, grant):
    correct(cast.stranger, last_name="Ander")

    assert told() == []

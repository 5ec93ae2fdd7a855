"""Whoever had somebody's name and address from us hears that they were corrected (article 19 AVG)."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import JournalEntry, Note
from leerhuis.base import clock
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment.models import Grant
from leerhuis.mail.models import Message
from leerhuis.people.actions import change_person
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


@pytest.mark.parametrize("without", [{"objected_at": True}, {"told_at": False}])
def test_after_an_objection_and_before_the_learner_was_told_nobody_hears(cast, grant, without):
    for name, value in without.items():
        setattr(grant, name, clock.now() if value else None)
    grant.save()
    correct(cast.learner, last_name="de Vries")

    assert told() == []


def test_a_correction_of_a_stranger_is_told_to_nobody(cast, grant):
    correct(cast.stranger, last_name="Ander")

    assert told() == []

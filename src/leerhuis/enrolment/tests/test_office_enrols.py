"""The office enrols by hand, with the same seats, mails and grants."""

import pytest

from leerhuis.base.edge import attempt
from leerhuis.catalogue import actions as catalogue
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.tests.factories import PLANNER, clerk_actor, enrol, mails_to, make_run
from leerhuis.people.models import Person


def by_hand(cast, run, **more):
    said = {"email": "nina@new.example", "first_name": "Nina", "last_name": "Nieuw", "by": clerk_actor(cast.clerk)}
    return actions.enrol_by_office(run, **said | more)


def test_somebody_who_calls_gets_a_seat_and_the_mails(cast):
    enrolment = by_hand(cast, make_run(), remarks=" belt terug ", reference="PO 1")

    assert (enrolment.state, enrolment.remarks, enrolment.ordered_by) == ("enrolled", "belt terug", None)
    assert (enrolment.registration.source, enrolment.registration.reference) == ("office", "PO 1")
    assert (enrolment.learner.source, enrolment.learner.entered_by) == (Person.Source.STAFF, cast.clerk.id)
    assert mails_to() == [("nina@new.example", "enrolment_confirmed"), ("nina@new.example", "invitation")]


def test_an_order_of_an_employer_gets_its_grant_and_the_learner_is_told(cast):
    record_agreement(cast.organisation, attendance=True, reference="C", by=PLANNER)

    enrolment = by_hand(cast, make_run(), organisation=cast.organisation)

    assert (enrolment.ordered_by, enrolment.learner.source) == (cast.organisation, Person.Source.EMPLOYER)
    assert Grant.objects.get(enrolment=enrolment).in_force
    assert mails_to() == [("nina@new.example", "registered_by_employer"), ("nina@new.example", "invitation")]


def test_nobody_is_enrolled_twice(cast):
    run = make_run()
    enrol(run, cast.learner)

    with pytest.raises(rules.AlreadyEnrolled), attempt():
        by_hand(cast, run, email=cast.learner.email)

    assert Enrolment.objects.count() == 1


def test_a_full_run_is_full_for_the_office_too(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)

    with pytest.raises(rules.RunFull), attempt():
        by_hand(cast, run)

    assert by_hand(cast, run, may_wait=True).state == Enrolment.State.WAITING


def test_a_run_that_has_begun_still_takes_whom_the_office_enrols(cast):
    run = make_run(in_days=5)
    catalogue.confirm_run(run, by=PLANNER)
    run.first_day = run.created_at.date()
    run.save(update_fields=["first_day"])

    assert by_hand(cast, run).state == Enrolment.State.ENROLLED


def test_a_planned_run_takes_nobody(cast):
    with pytest.raises(rules.RunNotOpen), attempt():
        by_hand(cast, make_run(opened=False))

    assert Person.objects.filter(email="nina@new.example").count() == 0

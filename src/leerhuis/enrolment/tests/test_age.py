"""A birth date that a course asks for: consent learns from it until when a parent is needed, and nothing else."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.actions import Asked, set_questions
from leerhuis.consent.models import Reader
from leerhuis.enrolment import actions
from leerhuis.enrolment.tests.factories import PLANNER, enrol, make_course, make_run


@pytest.fixture
def enrolment(cast):
    """The learner in a course that asks for their birth date."""
    course = make_course()
    set_questions(course, [Asked("birth_date", "voor het diploma", "for the diploma", required=True)], by=PLANNER)
    born = clock.today() - timedelta(days=365 * 40)
    return enrol(make_run(course), cast.learner, answers={"birth_date": born})


def test_of_a_grown_up_consent_keeps_nothing(enrolment):
    assert Reader.objects.count() == 0


def test_of_a_child_it_keeps_until_when_a_parent_is_needed_and_forgets_it_when_the_date_is_corrected(enrolment):
    by = Actor.person(enrolment.learner_id)
    born = clock.today().replace(day=1) - timedelta(days=365 * 14)
    actions.complete_details(enrolment, {"birth_date": born}, by=by)
    reader = Reader.objects.get(person=enrolment.learner)
    assert reader.needs_parent_until == born.replace(year=born.year + 16)

    actions.complete_details(enrolment, {"birth_date": born.replace(year=born.year - 20)}, by=by)
    reader.refresh_from_db()
    assert reader.needs_parent_until is None

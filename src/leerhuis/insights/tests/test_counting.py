"""Runs and months are counted once, before anything of them goes, and without a trace of anybody."""

from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from leerhuis.academies.settings import Erasure
from leerhuis.base import clock
from leerhuis.base.events import emit
from leerhuis.charter.checks import points_to_person
from leerhuis.enrolment.models import Enrolment
from leerhuis.insights.actions import count_what_is_over
from leerhuis.insights.models import (
    FACTS,
    OF_ORGANISATIONS,
    CountedMonth,
    CountedRun,
    CourseMonth,
    IntakeMonth,
    PracticeMonth,
    QuestionMonth,
    RunMonth,
    TopicMonth,
)
from leerhuis.insights.tests.factories import (
    AUGUST,
    BY,
    JULY,
    JUNE,
    a_group,
    facts,
    learners,
    over,
    practise,
    sums,
    two_questions,
)
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.practice.models import Answer, Round
from leerhuis.privacy.actions import ask_erasure, restrict_person
from leerhuis.privacy.actions.erasing import erase_person
from leerhuis.privacy.actions.removing import remove_organisation
from leerhuis.privacy.events import RetentionBegins
from leerhuis.privacy.models import Removal
from leerhuis.results.models import Result
from tests.cast import add_person

JUNE_1, JULY_1 = date(2027, 6, 1), date(2027, 7, 1)
ALL_PASSED = {"enrolled": 3, "marks": 3, "present": 3, "passed": 3}


@pytest.fixture(autouse=True)
def in_june():
    with clock.at(JUNE):
        yield


def erase(person: Person) -> None:
    asked = ask_erasure(person, by=BY)
    erase_person(asked.id, by=BY)


# --- runs ----------------------------------------------------------------------------------------------------------
def test_a_run_that_closes_is_counted(cast):
    group = a_group(cast, 3, cast.organisation)
    over(group, cast)
    row = CourseMonth.objects.get()

    assert (row.month, row.course, row.organisation) == (JUNE_1, group.run.course, cast.organisation)
    assert sums(CourseMonth) == ALL_PASSED
    assert sums(RunMonth) == {"runs": 1, "lessons": 1}
    assert CountedRun.objects.get().run == group.run


def test_a_run_is_counted_once(cast):
    over(a_group(cast), cast)
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert sums(CourseMonth) == ALL_PASSED


def test_a_run_that_was_closed_before_is_counted_in_the_month_in_which_it_ended(cast):
    over(a_group(cast), cast)
    before = facts()["CourseMonth"]
    for model in FACTS:
        model.rows().delete()
    CountedRun.objects.all().delete()
    with clock.at(AUGUST):
        count_what_is_over(by=BY)

    assert facts()["CourseMonth"] == before


def test_what_is_corrected_later_does_not_change_what_was_booked(cast):
    over(a_group(cast), cast)
    Result.objects.update(outcome=Result.Outcome.FAILED)
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert sums(CourseMonth) == ALL_PASSED


def test_a_run_that_nobody_closed_is_counted_before_its_rows_may_go(cast, choose):
    group = a_group(cast)
    with clock.at(JUNE + timedelta(days=300)):
        count_what_is_over(by=BY)
    assert not CountedRun.objects.exists()
    with clock.at(JUNE.replace(year=2034) - timedelta(days=10)):  # the term of this academy is seven years
        count_what_is_over(by=BY)

    assert CountedRun.objects.get().run == group.run
    assert sums(CourseMonth) == {"enrolled": 3}


# --- months --------------------------------------------------------------------------------------------------------
def test_an_answer_that_was_only_looked_at_is_no_answer(cast):
    practise(two_questions(), cast.learner)
    Answer.objects.update(outcome="shown")
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert sums(PracticeMonth, bank=None) == {"people": 1, "rounds": 1}
    assert not TopicMonth.objects.exists()
    assert not QuestionMonth.objects.exists()


def test_a_month_is_counted_when_it_is_over(cast):
    practise(two_questions(), *learners(2, cast.organisation, mark="w"), add_person("Vrije", "Leerling"))
    a_group(cast, 1)
    assert count_what_is_over(by=BY) == 0
    assert not PracticeMonth.objects.exists()
    with clock.at(JULY):
        assert count_what_is_over(by=BY) == 1

    any_bank = {"bank": None}
    assert sums(PracticeMonth, **any_bank) == {"people": 3, "rounds": 3}
    assert sums(PracticeMonth, organisation=cast.organisation, **any_bank) == {"people": 2, "rounds": 2}
    assert sums(TopicMonth) == {"people": 3, "answers": 3, "right": 3}
    assert sums(QuestionMonth) == {"people": 3, "answers": 3, "right": 3}
    assert sums(IntakeMonth) == {"learners": 1, "registrations": 1}
    assert list(CountedMonth.objects.values_list("month", flat=True)) == [JUNE_1]


def test_after_a_standstill_all_months_are_counted_in_as_many_queries_as_one(cast):
    practise(two_questions(), *learners(1))
    with clock.at(JULY), CaptureQueriesContext(connection) as one:
        assert count_what_is_over(by=BY) == 1
    with clock.at(JULY + timedelta(days=1)):
        practise(two_questions("Tweede"), *learners(1, mark="b"))
    with clock.at(AUGUST + timedelta(days=95)), CaptureQueriesContext(connection) as many:
        assert count_what_is_over(by=BY) == 4
    notes = 2 * (4 - 1)  # each month has its note: a row, and the journal of what was noted

    assert sums(PracticeMonth, bank=None, month=JULY_1) == {"people": 1, "rounds": 1}
    assert len(many) - len(one) <= notes


def test_a_second_night_changes_nothing(cast):
    practise(two_questions(), *learners(2))
    with clock.at(JULY):
        count_what_is_over(by=BY)
        before = facts()
        assert count_what_is_over(by=BY) == 0
    with clock.at(AUGUST):
        count_what_is_over(by=BY)

    assert facts() == before


def test_retention_counts_first(cast):
    practise(two_questions(), *learners(2))
    with clock.at(JULY):
        emit(RetentionBegins(cast.learner.id))

    assert sums(PracticeMonth, bank=None) == {"people": 2, "rounds": 2}


def test_cancellations_count_in_the_month_in_which_they_were_made(cast):
    group = a_group(cast, 2)
    Enrolment.objects.filter(pk=group.enrolments[0].pk).update(state="cancelled", ended_at=JULY)
    with clock.at(AUGUST):
        count_what_is_over(by=BY)

    assert sums(IntakeMonth, month=JUNE_1) == {"learners": 2, "registrations": 2}
    assert sums(IntakeMonth, month=JULY_1) == {"cancellations": 1}


def test_whoever_is_restricted_is_not_counted(cast):
    people = learners(2)
    practise(two_questions(), *people)
    restrict_person(people[0], ground="asked", reason="betwist", by=BY)
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert sums(PracticeMonth, bank=None) == {"people": 1, "rounds": 1}


# --- whoever is erased -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mode", ["anonymise", "delete"])
def test_an_erasure_before_the_month_is_over_changes_no_sum(cast, choose, mode):
    choose(erasure=Erasure(mode=mode))
    people = learners(3, cast.organisation)
    practise(two_questions(), *people)
    erase(people[0])
    assert Round.objects.count() == 2
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert sums(PracticeMonth, bank=None) == {"people": 3, "rounds": 3}
    assert sums(TopicMonth) == sums(QuestionMonth) == {"people": 3, "answers": 3, "right": 3}
    of_organisation = sums(PracticeMonth, bank=None, organisation=cast.organisation)
    assert of_organisation["people"] == (3 if mode == "anonymise" else 2)


@pytest.mark.parametrize("mode", ["anonymise", "delete"])
def test_an_erasure_afterwards_changes_no_sum(cast, choose, mode):
    choose(erasure=Erasure(mode=mode))
    group = a_group(cast, 3, cast.organisation)
    over(group, cast)
    learner = Person.objects.get(pk=group.enrolments[0].learner_id)
    practise(two_questions(), learner)
    with clock.at(JULY):
        count_what_is_over(by=BY)
        before = {model: sums(model) for model in FACTS}
        erase(learner)

    assert {model: sums(model) for model in FACTS} == before
    left = sums(CourseMonth, organisation=cast.organisation)
    assert left["enrolled"] == left["passed"] == (3 if mode == "anonymise" else 2)
    assert sums(PracticeMonth, organisation=cast.organisation) == (
        {"people": 2, "rounds": 2} if mode == "anonymise" else {}
    )


def test_an_erasure_before_the_run_is_closed_counts_the_seat_first(cast):
    group = a_group(cast, 3)
    learner = Person.objects.get(pk=group.enrolments[0].learner_id)
    erase(learner)
    over(type(group)(group.run, group.lesson, group.enrolments[1:]), cast)

    assert sums(CourseMonth)["enrolled"] == 3


def test_an_erasure_before_the_run_begins_counts_no_seat(cast):
    group = a_group(cast, 3)
    with clock.at(JUNE - timedelta(days=2)):
        erase(Person.objects.get(pk=group.enrolments[0].learner_id))

    assert sums(CourseMonth) == {}


def test_what_is_erased_again_counts_once(cast):
    person = learners(1)[0]
    practise(two_questions(), person)
    asked = ask_erasure(person, by=BY)
    erase_person(asked.id, by=BY)
    erase_person(asked.id, by=BY)

    assert sums(PracticeMonth, bank=None) == {"people": 1, "rounds": 1}
    assert not Answer.objects.exists()


def test_months_of_which_only_counts_are_left_are_still_closed(cast):
    person = learners(1)[0]
    practise(two_questions(), person)
    erase(person)
    with clock.at(JULY):
        count_what_is_over(by=BY)

    assert list(CountedMonth.objects.values_list("month", flat=True)) == [JUNE_1]


# --- organisations -------------------------------------------------------------------------------------------------
def test_counts_of_an_organisation_that_is_removed_go_to_all_others(cast):
    over(a_group(cast, 3, cast.organisation), cast)
    practise(two_questions(), *learners(1, cast.organisation, mark="w"), add_person("Vrije", "Leerling"))
    with clock.at(JULY):
        count_what_is_over(by=BY)
    before = {model: sums(model) for model in FACTS}
    removal = Removal.objects.create(organisation=cast.organisation, removes_on=JULY.date())
    with clock.at(JULY):
        remove_organisation(removal.id, by=BY)

    assert not Organisation.objects.filter(pk=cast.organisation.pk).exists()
    assert {model: sums(model) for model in FACTS} == before
    assert {model: model.rows().exclude(organisation=None).count() for model in OF_ORGANISATIONS} == dict.fromkeys(
        OF_ORGANISATIONS, 0
    )
    assert list(PracticeMonth.objects.filter(bank=None).values_list("people", flat=True)) == [2]


# --- nobody in them --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_no_column_of_a_fact_leads_to_a_person_or_tells_when_it_was_written(model):
    columns = model._meta.concrete_fields
    keys = {column.name: column.related_model._meta.label for column in columns if column.related_model}

    assert model.subject is None
    assert not model.others
    assert not any(points_to_person(column) for column in columns)
    assert set(keys.values()) <= {
        "catalogue.Course",
        "organisations.Organisation",
        "practice.Bank",
        "practice.Topic",
        "practice.Question",
    }
    assert not any(isinstance(column, models.DateTimeField) for column in columns)
    assert {type(column) for column in columns if not column.related_model} == {
        models.UUIDField,
        models.DateField,
        models.PositiveIntegerField,
    }


def test_the_keys_of_facts_do_not_sort_by_when_they_were_written():
    assert CourseMonth().id.version == 4

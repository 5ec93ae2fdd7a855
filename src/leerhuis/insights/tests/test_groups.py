"""What a trainer sees of how a group practises: shares of large groups, of the own runs, and never anybody."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.actions import set_modules
from leerhuis.catalogue.models import Course, Run
from leerhuis.insights.actions import count_what_is_over
from leerhuis.insights.models import GroupBatch
from leerhuis.insights.tests.factories import AUGUST, BY, JULY, JUNE, learners, practise, two_questions
from leerhuis.people.models import Person
from leerhuis.practice.models import Bank
from leerhuis.privacy.actions.limits import restrict_person
from leerhuis.results.tests.factories import enrol, make_course, make_run


@pytest.fixture
def bank(academy) -> Bank:
    with clock.at(JUNE):
        return two_questions("Privacy")


@pytest.fixture
def course(bank) -> Course:
    with clock.at(JUNE):
        made = make_course("Privacy op het werk")
        set_modules(made, [bank], by=BY)
    return made


def a_run(course: Course, people: list[Person], trainer: Person | None = None) -> Run:
    run = make_run(course=course, trainer=trainer, seats=40)
    for person in people:
        enrol(run, person)
    return run


def count(moment) -> None:
    with clock.at(moment):
        count_what_is_over(by=BY)


def booked() -> list[tuple[object, ...]]:
    rows = GroupBatch.objects.order_by("month", "run").values_list("month", "run", "people", "answers", "right")
    return [(f"{month:%m}", run, *numbers) for month, run, *numbers in rows]


def address(run: Run) -> str:
    return f"/trainer/groups/{run.id}/"


def test_a_group_is_counted_once_enough_of_it_practised_and_anew_from_then_on(cast, bank, course):
    with clock.at(JUNE):
        people = learners(12)
        run = a_run(course, people, cast.trainer)
        practise(bank, *people[:9])
    count(JULY)
    assert booked() == []
    with clock.at(JULY + timedelta(days=5)):
        practise(bank, people[9], right=False)
    count(AUGUST)
    assert booked() == [("07", run.id, 10, 10, 9), ("07", None, 10, 10, 9)]
    count(AUGUST + timedelta(days=31))  # August had nobody, and adds nothing
    assert len(booked()) == 2


def test_a_group_no_larger_than_the_smallest_is_not_counted_since_each_of_it_would_be_known_to_practise(
    cast, bank, course
):
    with clock.at(JUNE):
        people = learners(10)
        a_run(course, people, cast.trainer)
        practise(bank, *people)
    count(JULY)
    assert booked() == []


def test_two_small_groups_are_shown_together_only(as_, cast, bank, course):
    with clock.at(JUNE):
        people = learners(16)
        run = a_run(course, people[:8], cast.trainer)
        a_run(course, people[8:])
        practise(bank, *people[:12])
        practise(bank, *learners(5, mark="x"))  # with access, in no run
    count(JULY)
    assert booked() == [("06", None, 12, 12, 12)]
    with clock.at(JULY):
        page = as_(cast.trainer).get(address(run))
    assert [len(group.curves) for _name, group, _charts in page.context["groups"]] == [0, 1]
    assert "Van deze groep alleen is niets te tonen" in page.content.decode()


def test_only_answers_since_the_enrolment_count_and_none_of_those_whose_data_are_only_kept(cast, bank, course):
    with clock.at(JUNE):
        people = learners(12)
        practise(bank, *people)  # before they came to the course
    with clock.at(JUNE + timedelta(days=3)):
        a_run(course, people, cast.trainer)
        practise(bank, *people[:10], right=False)
        restrict_person(people[0], reason="disputed", by=BY)
    count(JULY)
    assert booked() == []


def test_a_trainer_reads_shares_without_names_or_numbers_of_people(as_, cast, bank, course):
    with clock.at(JUNE):
        people = learners(14)
        run = a_run(course, people, cast.trainer)
        practise(bank, *people[:9])
        practise(bank, *people[9:12], right=False)
    count(JULY)
    with clock.at(JULY):
        client = as_(cast.trainer)
        page = client.get(address(run))
        sheet = client.get(address(run), {"export": "csv"}).content.decode()
        picture = client.get(address(run), {"picture": f"run:{bank.topics.get().id}"})
        assert client.get(address(run), {"picture": "run:none"}).status_code == 404
    said = page.content.decode()
    assert [[c.months for c in group.curves] for _name, group, _charts in page.context["groups"]] == [
        [((JUNE.date().replace(day=1), 75),)], [((JUNE.date().replace(day=1), 75),)],
    ]  # fmt: skip
    assert not any(person.first_name in said for person in people)
    assert sheet.splitlines()[1:] == [
        f"Deze groep,{bank.topics.get().title},2027-06,75",
        f"Alle groepen van deze opleiding samen,{bank.topics.get().title},2027-06,75",
    ]
    assert picture["Content-Disposition"].endswith('.svg"')
    assert "Deze groep" in "".join(ET.fromstring(picture.content).itertext())


def test_a_trainer_sees_own_groups_alone_and_an_employer_none(as_, cast, bank, course):
    with clock.at(JUNE):
        own = a_run(course, [cast.learner], cast.trainer)
        other = a_run(course, [cast.colleague])
        without = make_run(course=make_course("Zonder oefenen"), trainer=cast.trainer)
    with clock.at(JULY):
        trainer = as_(cast.trainer)
        assert [run.id for run in trainer.get("/trainer/groups/").context["runs"]] == [own.id]
        assert [trainer.get(address(run)).status_code for run in (own, other, without)] == [200, 404, 200]
        for person in (cast.learner, cast.contact, cast.stranger):
            assert as_(person).get(address(own)).status_code == 403
            assert as_(person).get("/trainer/groups/").status_code == 403
        office = as_(cast.clerk).get(f"/office/runs/{other.id}/practice/")
    assert (office.status_code, office.context["run"].id) == (200, other.id)


def test_the_pages_take_as_many_queries_for_three_topics_and_runs_as_for_one(as_, cast, bank, course):
    def add(name: str) -> Run:
        with clock.at(JUNE):
            more = two_questions(name)
            set_modules(course, [*(m.bank for m in course.modules.all()), more], by=Actor.operator())
            run = a_run(course, learners(2, mark=name), cast.trainer)
            for of in (run, None):
                GroupBatch.objects.create(
                    month=JUNE.date().replace(day=1), course=course, run=of, topic=more.topics.get(), people=12,
                    answers=20, right=15,
                )  # fmt: skip
        return run

    run = add("Een")
    count(JULY)
    with clock.at(JULY):
        client = as_(cast.trainer)
        client.get(address(run))
        with CaptureQueriesContext(connection) as one:
            client.get(address(run))
        with CaptureQueriesContext(connection) as one_run:
            client.get("/trainer/groups/")
    add("Twee")
    add("Drie")
    with clock.at(JULY):
        with CaptureQueriesContext(connection) as three:
            assert client.get(address(run)).context["has_any"]
        with CaptureQueriesContext(connection) as three_runs:
            client.get("/trainer/groups/")
    assert (len(three), len(three_runs)) == (len(one), len(one_run))

"""What each audience is shown of the facts: groups that are large enough, of months that are over."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.base import clock
from leerhuis.catalogue.models import Course
from leerhuis.insights.models import CountedMonth, CourseMonth, IntakeMonth, PracticeMonth, TopicMonth
from leerhuis.insights.queries import Period, counted_months, courses_by_month, period
from leerhuis.insights.steps import step
from leerhuis.insights.tests.factories import BY, JULY
from leerhuis.organisations.actions import add_organisation
from leerhuis.organisations.models import Organisation
from leerhuis.practice.models import Bank
from leerhuis.practice.tests.factories import a_bank, access_for
from leerhuis.results.tests.factories import enrol, make_course, make_run

JUNE_1, MAY_1 = date(2027, 6, 1), date(2027, 5, 1)
OFFICE, EMPLOYER, LEARNER = "/office/insights/", "/employer/insights/", "/learn/groups/"


@pytest.fixture(autouse=True)
def in_july():
    with clock.at(JULY + timedelta(days=5)):
        yield


def count(*months: date) -> None:
    CountedMonth.objects.bulk_create(CountedMonth(month=month) for month in months)


def booked(course: Course, enrolled: int, organisation: Organisation | None = None, month: date = JUNE_1) -> None:
    CourseMonth.objects.create(
        month=month, course=course, organisation=organisation, enrolled=enrolled, marks=enrolled, present=enrolled,
        passed=enrolled - 1, failed=1, certificates=enrolled - 1,
    )  # fmt: skip


def practised(bank: Bank, people: int, right: int) -> None:
    for of in (None, bank):
        PracticeMonth.objects.create(month=JUNE_1, bank=of, people=people, rounds=people)
    topic = bank.topics.order_by("position")[0]
    TopicMonth.objects.create(month=JUNE_1, topic=topic, people=people, answers=100, right=right)


def said(page: str) -> str:
    """Return a page without the spaces around its tags."""
    return re.sub(r"\s*([<>])\s*", r"\1", page)


# --- the office ----------------------------------------------------------------------------------------------------
def test_the_office_sees_courses_by_month(as_, cast):
    booked(make_course("Groot"), 31)
    booked(make_course("Ook groot"), 22)
    IntakeMonth.objects.create(month=JUNE_1, learners=15, registrations=17, cancellations=2)
    count(JUNE_1)
    page = said(as_(cast.planner).get(OFFICE).content.decode())

    assert 'data-label="Opleiding">Groot</td>' in page
    assert ">31</td>" in page
    assert ">53</td>" in page
    assert ">17</td>" in page
    assert '<svg class="chart" role="img"' in page


def test_a_small_course_is_not_there(as_, cast):
    booked(make_course("Groot"), 31)
    booked(make_course("Midden"), 22)
    booked(make_course("Klein"), 3)
    count(JUNE_1)
    shown = said(as_(cast.planner).get(OFFICE).content.decode()).split('id="courses"')[1]

    assert ">Groot</td>" in shown
    assert "Klein</td>" not in shown
    assert "Midden</td>" not in shown
    assert "Andere opleidingen" in shown
    assert ">25</td>" in shown


def test_a_month_of_one_person_shows_nothing(as_, cast):
    course = make_course("Alleen")
    booked(course, 1)
    practised(a_bank(), 1, 40)
    IntakeMonth.objects.create(month=JUNE_1, learners=1, registrations=1)
    count(JUNE_1)
    page = as_(cast.planner).get(OFFICE)

    assert [line.figures for line in page.context["months"].lines] == [{}]
    assert page.context["courses"].lines == page.context["practice"].lines == []
    assert page.context["chart"] == ""


def test_a_month_that_is_not_over_is_not_shown(as_, cast):
    booked(make_course("Groot"), 31, month=date(2027, 7, 1))
    count(JUNE_1)

    assert as_(cast.planner).get(OFFICE).context["courses"].lines == []


def test_before_any_month_is_over_the_page_says_what_to_do(as_, cast):
    assert "Er is nog geen maand geteld" in as_(cast.planner).get(OFFICE).content.decode()


def test_a_course_that_is_chosen_is_no_less_hidden(as_, cast):
    small, large = make_course("Klein"), make_course("Groot")
    booked(small, 3)
    booked(large, 31)
    booked(make_course("Midden"), 22)
    count(JUNE_1)
    client = as_(cast.planner)

    assert client.get(OFFICE, {"course": str(small.id)}).context["courses"].lines == []
    assert [line.name for line in client.get(OFFICE, {"course": str(large.id)}).context["courses"].lines] == ["Groot"]


def test_people_of_the_largest_employer_do_not_make_a_group_large(cast):
    course = make_course("Bijna alles van een")
    booked(course, 30, cast.organisation)
    booked(course, 2)
    booked(make_course("Van een alleen"), 30, cast.organisation)
    count(JUNE_1)
    lines = courses_by_month(Period((JUNE_1,)), None, "nl")

    assert [line.name for line in lines if line.key] == []


def test_a_year_that_is_over_has_totals(cast):
    course = make_course("Groot")
    months = [date(2026, month, 1) for month in range(1, 13)]
    for month in months:
        booked(course, 12, month=month)
    count(*months)
    chosen = period(2026, counted_months())
    lines = courses_by_month(chosen, None, "nl")

    assert chosen.is_year
    assert (lines[0].month, lines[0].name, lines[0].figures["enrolled"]) == (None, "Groot", 144)
    assert len(lines) == 1 + 2 * 12


@pytest.mark.parametrize(("table", "holds"), [("courses", "Groot"), ("practice", "Privacy")])
def test_what_is_taken_along_equals_the_page(as_, cast, table, holds):
    booked(make_course("Groot"), 31)
    booked(make_course("Klein"), 3)
    practised(a_bank(), 12, 60)
    count(JUNE_1)
    sheet = as_(cast.planner).get(OFFICE, {"export": "csv", "table": table}).content.decode()

    assert ("2027-06" in sheet, "Klein" in sheet) == (True, False)
    assert (holds in sheet) is (table == "practice")  # the large course hides the small one


def test_the_page_takes_as_many_queries_for_a_year_as_for_a_month(as_, cast):
    course = make_course("Groot")
    client = as_(cast.planner)
    booked(course, 31)
    count(JUNE_1)
    client.get(OFFICE)
    with CaptureQueriesContext(connection) as one:
        client.get(OFFICE)
    for number in range(1, 6):
        booked(make_course(f"Cursus {number}"), 20 + number, month=date(2027, number, 1))
        count(date(2027, number, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(OFFICE)

    assert len(one) == len(many)


# --- the employer --------------------------------------------------------------------------------------------------
def test_a_contact_sees_the_group_of_their_own_organisation(as_, cast):
    booked(make_course("Groot"), 20, cast.organisation)
    booked(make_course("Van anderen"), 30, add_organisation(name="Anders", by=BY))
    count(JUNE_1)
    response = as_(cast.contact).get(EMPLOYER)
    page = response.content.decode()

    assert "Groot" in page
    assert "Van anderen" not in page
    assert [(month.enrolled, share) for month, share, _ in response.context["lines"]] == [(20, "90% of meer")]
    assert "oefen" not in "".join(str(part) for part in response.context["lines"]).lower()


def test_a_contact_sees_nothing_of_a_small_group(as_, cast):
    booked(make_course("Groot"), 9, cast.organisation)
    booked(make_course("Groot"), 90)
    count(JUNE_1)
    response = as_(cast.contact).get(EMPLOYER)

    assert response.context["lines"] == []
    assert "Er is nog niets te zien" in response.content.decode()


def test_a_contact_takes_along_what_the_page_shows(as_, cast):
    booked(make_course("Groot"), 20, cast.organisation)
    count(JUNE_1)
    sheet = as_(cast.contact).get(EMPLOYER, {"export": "csv"}).content.decode()

    assert sheet.splitlines()[1].startswith("2027-06,Alle opleidingen,20,90%")


def test_another_organisation_cannot_be_asked_for(as_, cast):
    other = add_organisation(name="Anders", by=BY)
    booked(make_course("Van anderen"), 30, other)
    count(JUNE_1)

    assert as_(cast.contact).get(EMPLOYER, {"organisation": str(other.id)}).context["lines"] == []


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(10, 10, 90), (0, 10, 10), (9, 10, 90), (5, 10, 50), (9, 9, None), (146, 200, 70)]
)
def test_shares_are_told_in_steps_that_leave_everybody_open(part, whole, shown):
    assert step(part, whole, 10) == shown


# --- the learner ---------------------------------------------------------------------------------------------------
def test_a_learner_sees_how_everybody_did_in_what_they_practise_and_follow(as_, cast):
    bank, course = a_bank(), make_course("Groot")
    access_for(cast.learner, bank)
    enrol(make_run(course=course), cast.learner)
    practised(bank, 12, 60)
    booked(course, 20)
    count(JUNE_1)
    page = as_(cast.learner).get(LEARNER).content.decode()

    assert "60% van de antwoorden goed" in page
    assert "Geslaagd: 90% of meer" in page
    assert "Aanwezigheid: 90% of meer" in page
    assert "100%" not in page


def test_a_stranger_sees_nothing_of_what_they_do_not_practise(as_, cast):
    bank = a_bank()
    access_for(cast.learner, bank)
    practised(bank, 12, 60)
    count(JUNE_1)
    page = as_(cast.stranger).get(LEARNER).content.decode()

    assert "Er is nog niets te zien" in page
    assert bank.title not in page


def test_a_learner_sees_nothing_of_a_small_group(as_, cast):
    bank = a_bank()
    access_for(cast.learner, bank)
    practised(bank, 9, 60)
    count(JUNE_1)

    assert "60%" not in as_(cast.learner).get(LEARNER).content.decode()


def test_the_page_takes_as_many_queries_for_three_banks_as_for_one(as_, cast):
    client = as_(cast.learner)
    count(JUNE_1)

    def a_practised_bank(name: str) -> None:
        bank = a_bank(name)
        access_for(cast.learner, bank)
        practise_row(bank)

    a_practised_bank("Een")
    client.get(LEARNER)
    with CaptureQueriesContext(connection) as one:
        client.get(LEARNER)
    a_practised_bank("Twee")
    a_practised_bank("Drie")
    with CaptureQueriesContext(connection) as three:
        client.get(LEARNER)

    assert len(one) == len(three)


def practise_row(bank: Bank) -> None:
    PracticeMonth.objects.create(month=JUNE_1, bank=bank, people=12, rounds=12)
    TopicMonth.objects.create(month=JUNE_1, topic=bank.topics.order_by("position")[0], people=12, answers=100, right=60)

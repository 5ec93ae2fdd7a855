"""What the administrator reads of faults of the app: how often, in which version, of enough people, and nobody."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.base import clock
from leerhuis.insights.faults import FaultLine, faults_by_version
from leerhuis.people.models import Person
from leerhuis.practice.models import DeviceReport
from tests.cast import add_person

AT = "/office/insights/faults/"
NOW = datetime(2027, 1, 14, 12, tzinfo=clock.zone())  # a Thursday
MONDAY = datetime.combine(date(2027, 1, 11), datetime.min.time(), clock.zone())
DEVICE = {"device": "phone", "screen": "small", "browser": "Chrome", "system": "Android"}


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def people(academy) -> list[Person]:
    return [add_person("Nora", f"Nummer{number}") for number in range(12)]


def failed(
    people: list[Person], fault: str, version: str = "1.1", *, at: datetime = MONDAY - timedelta(days=3)
) -> None:
    DeviceReport.objects.bulk_create(
        DeviceReport(person=each, fault=fault, place=f"{fault} (a.js:1:2)", version=version, created_at=at, **DEVICE)
        for each in people
    )


def test_faults_are_told_by_version_the_newest_and_the_most_first(people):
    failed(people, "TypeError")
    failed(people[:11], "RangeError")
    failed(people[:11], "RangeError")
    failed(people[:10], "TypeError", "1.0", at=MONDAY - timedelta(days=20))
    assert faults_by_version() == [
        FaultLine("1.1", "TypeError", "TypeError (a.js:1:2)", 12, 12),
        FaultLine("1.1", "RangeError", "RangeError (a.js:1:2)", 22, 11),
        FaultLine("1.0", "TypeError", "TypeError (a.js:1:2)", 10, 10),
    ]


def test_what_fewer_than_ten_people_had_is_not_told_by_itself(people):
    failed(people, "TypeError")
    failed(people[:6], "RangeError")
    failed(people[:5], "SyntaxError")
    assert faults_by_version() == [
        FaultLine("1.1", "TypeError", "TypeError (a.js:1:2)", 12, 12),
        FaultLine("1.1", "", "", 11, 11),
    ]


def test_a_fault_of_nine_people_leaves_nothing_to_read(people):
    failed(people[:9], "TypeError")
    assert faults_by_version() == []


@pytest.mark.parametrize("at", [MONDAY, MONDAY - timedelta(weeks=12, seconds=1)])
def test_only_whole_weeks_are_counted(people, at):
    failed(people, "TypeError", at=at)
    assert faults_by_version() == []


def test_people_whose_data_are_only_kept_do_not_count(people):
    failed(people[:10], "TypeError")
    Person.objects.filter(pk=people[0].pk).update(restricted_at=NOW)
    assert faults_by_version() == []


def test_the_administrator_alone_reads_it_and_no_name_stands_there(people, cast, as_):
    failed(people, "TypeError")
    page = as_(cast.admin).get(AT).content.decode()
    assert "TypeError (a.js:1:2)" in page
    assert not any(each.last_name in page for each in people)
    assert AT in as_(cast.admin).get("/office/insights/").content.decode()
    for other in (cast.clerk, cast.planner, cast.trainer, cast.contact, cast.learner, cast.stranger):
        assert as_(other).get(AT).status_code == 403
    assert AT not in as_(cast.clerk).get("/office/insights/").content.decode()


@pytest.mark.parametrize("faults", [1, 3])
def test_it_takes_one_query_however_many_there_are(people, faults):
    for number in range(faults):
        failed(people, f"Fault{'ABC'[number]}Error")
    with CaptureQueriesContext(connection) as asked:
        assert len(faults_by_version()) == faults
    assert len(asked) == 1

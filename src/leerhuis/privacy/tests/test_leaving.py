"""What left the house is counted by month for the officer; each person reads to whom their own data went."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from leerhuis.audit import outlet
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Flow, Given
from leerhuis.audit.outlet import Going
from leerhuis.base import clock
from leerhuis.charter.words import IDENTITY
from leerhuis.privacy.leaving import given_of, left_in
from leerhuis.privacy.queries import my_data

LEFT = "/office/privacy/left/"
OTHERS = ["learner", "contact", "trainer", "clerk", "planner", "bookkeeper", "admin", "stranger"]


def take(cast, times=1, kind="csv"):
    for _each in range(times):
        going = Going(outlet.STAFF, "people.account", "people_office_export", people={cast.learner.id}, rows=10)
        outlet.send(going, lambda: None, by=Actor.person(cast.clerk.id, "clerk"))


def give(cast, **more):
    going = Going(
        "enrolment.employer", "enrolment.course", "mail enrolment.order_received", (IDENTITY,), {cast.learner.id}
    )
    outlet.send(going, lambda: None, by=Actor.job("x"))


def test_files_are_added_up_by_list_purpose_and_role(academy, cast):
    take(cast, times=2)
    give(cast)

    lines = left_in(clock.today().replace(day=1), "en")
    assert [(x.carrier, x.role, x.times, x.people, x.rows) for x in lines if x.is_file] == [
        ("Mensen, gedownload", "medewerker administratie", 2, 2, 20)
    ]
    (out,) = [x for x in lines if not x.is_file]
    assert (out.to, out.words, out.times) == (
        "Your employer, if it ordered the course (mails and lists)", "Name", 1,
    )  # fmt: skip


def test_only_the_month_that_was_asked_for_is_counted(academy, cast):
    first = clock.today().replace(day=1)
    with clock.at(datetime(first.year, first.month, 1, tzinfo=clock.zone()) - timedelta(minutes=1)):
        take(cast)

    assert left_in(first, "nl") == []
    assert len(left_in((first - timedelta(days=1)).replace(day=1), "nl")) == 1


def test_the_officer_enters_and_nobody_else_and_nobody_is_named(as_, cast):
    take(cast)
    give(cast)
    page = as_(cast.officer).get(LEFT)

    assert page.status_code == 200
    assert [name for name in ("Lena", "Karel", str(cast.learner.id)) if name in page.content.decode()] == []
    assert {name: as_(getattr(cast, name)).get(LEFT).status_code for name in OTHERS} == dict.fromkeys(OTHERS, 403)
    assert as_(None).get(LEFT).status_code == 302


def test_an_empty_month_says_so_and_a_month_that_is_none_is_this_one(as_, cast):
    for query in ("", "?month=1999-01", "?month=x"):
        page = as_(cast.officer).get(f"{LEFT}{query}").content.decode()
        assert "In deze maand ging er niets naar anderen." in page


def test_the_counts_can_be_taken_along(as_, cast):
    take(cast)
    sheet = as_(cast.officer).get(f"{LEFT}?export=csv").content.decode("utf-8-sig")

    assert [row[5:8] for row in csv.reader(io.StringIO(sheet))][1:] == [["1", "1", "10"]]


def test_the_page_takes_one_query_more_or_less(academy, cast, django_assert_num_queries):
    take(cast)
    with django_assert_num_queries(1):
        left_in(clock.today().replace(day=1), "nl")
    give(cast)
    with django_assert_num_queries(1):
        left_in(clock.today().replace(day=1), "nl")


def test_a_person_reads_to_whom_their_data_went_and_another_does_not(academy, cast):
    give(cast)
    with clock.at(clock.now() + timedelta(days=1)):
        give(cast)

    (given,) = given_of(cast.learner.id, "nl")
    assert (given.words, given.days) == ("Naam", 2)
    assert given.last - given.first == timedelta(days=1)
    assert [given_of(getattr(cast, name).id, "nl") for name in ("colleague", "stranger", "clerk")] == [(), (), ()]


@pytest.mark.parametrize("who", ["learner", "stranger"])
def test_my_data_and_the_download_tell_it(as_, cast, who):
    give(cast)
    person = getattr(cast, who)
    told = "Uw werkgever, als hij de opleiding bestelde" in as_(person).get("/me/data/").content.decode()
    download = json.loads(as_(person).post("/me/data/download/json/").content)

    assert told is (who == "learner")
    assert len(download["given"]) == int(who == "learner")


def test_a_file_that_somebody_took_along_is_no_gift_to_another(cast):
    take(cast)

    assert not Given.objects.exists()
    assert my_data(cast.learner, language="nl").given == ()
    assert Flow.objects.get().actor_person == cast.clerk.id

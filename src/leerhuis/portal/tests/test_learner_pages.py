"""A learner's tabs: with nothing, with practice, with a course, with all of it; today, online and called off."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from leerhuis.base import clock
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.enrolment.tests.factories import PLANNER, add_lesson, count_queries, enrol, make_course, make_run
from leerhuis.people.models import Person
from leerhuis.practice.tests.factories import a_bank, access_for
from tests.cast import Cast

As = Callable[[Person | None], Client]


def today_of(client: Client) -> str:
    return " ".join(client.get("/today/").content.decode().split())


def the_lesson(run: Run) -> Lesson:
    return Lesson.objects.get(run=run)


def test_with_nothing_today_says_where_to_begin(as_: As, cast: Cast) -> None:
    page = today_of(as_(cast.stranger))
    assert "Nog geen opleidingen" in page
    assert "Wat groeide" not in page


def test_with_only_practice_today_is_one_card(as_: As, cast: Cast) -> None:
    access_for(cast.learner, a_bank())
    page = today_of(as_(cast.learner))
    assert page.count('<section class="card card-main">') == 1
    assert "6 vragen · ongeveer 2 minuten" in page
    assert "Uw volgende les" not in page


def test_with_only_a_course_today_shows_when_where_and_how(as_: As, cast: Cast) -> None:
    run = make_run()
    mine = enrol(run, cast.learner)
    page = today_of(as_(cast.learner))
    assert "Uw volgende les" in page
    assert "De Werf" in page
    assert "https://www.openstreetmap.org/search?query=Kade+1%2C+Zwolle" in page
    assert f"/learn/{mine.id}/lessons/{the_lesson(run).id}.ics" in page
    assert "card-main" not in page


@pytest.mark.parametrize(
    ("days", "title"), [(0, "Uw les van vandaag"), (1, "Uw les van morgen"), (2, "Uw volgende les")]
)
def test_the_card_says_how_near_the_lesson_is(as_: As, cast: Cast, days: int, title: str) -> None:
    run = make_run()
    enrol(run, cast.learner)
    begin = datetime.combine(clock.today() + timedelta(days=days), datetime.min.time(), clock.zone())
    Lesson.objects.filter(run=run).update(starts_at=begin, ends_at=begin + timedelta(hours=23, minutes=59))
    assert title in today_of(as_(cast.learner))


@pytest.mark.parametrize(("minutes", "main"), [(30, True), (90, False)])
def test_joining_is_the_main_act_from_an_hour_before(as_: As, cast: Cast, minutes: int, main: bool) -> None:
    run = make_run()
    enrol(run, cast.learner)
    begin = clock.now() + timedelta(minutes=minutes)
    online = {"venue": None, "online_link": "https://room.example/1"}
    Lesson.objects.filter(run=run).update(starts_at=begin, ends_at=begin + timedelta(hours=1), **online)
    page = today_of(as_(cast.learner))
    assert 'href="https://room.example/1"' in page
    assert ('class="btn btn-primary" href="https://room.example/1"' in page) is main
    assert "openstreetmap" not in page


def test_the_app_is_told_of_the_lesson_what_the_card_says(as_: As, cast: Cast) -> None:
    run = make_run()
    enrol(run, cast.learner)

    def told(*names: str) -> list[object]:
        lesson = as_(cast.learner).get("/practice/app/about/").json()["lesson"]
        return [lesson[each] for each in names]

    at_venue = "https://www.openstreetmap.org/search?query=Kade+1%2C+Zwolle"
    assert told("where", "online", "join", "route") == ["De Werf, Zwolle", False, "", at_venue]
    Lesson.objects.filter(run=run).update(venue=None)
    assert told("where", "online", "join", "route") == ["Online; het adres van de ruimte volgt", True, "", ""]
    Lesson.objects.filter(run=run).update(online_link="https://room.example/1")
    assert told("where", "join") == ["Online", "https://room.example/1"]


def test_a_course_that_is_called_off_is_told_and_not_on_the_card(as_: As, cast: Cast) -> None:
    run = make_run()
    enrol(run, cast.learner)
    catalogue.cancel_run(run, by=PLANNER)
    page = today_of(as_(cast.learner))
    assert "Gaat niet door" in page
    assert "Uw volgende les" not in page
    assert ".ics" not in page


def test_somebody_who_waits_sees_no_lesson(as_: As, cast: Cast) -> None:
    run = make_run(seats=1)
    enrol(run, cast.colleague)
    enrol(run, cast.learner, may_wait=True)
    page = today_of(as_(cast.learner))
    assert "wachtlijst" in page
    assert ".ics" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_today_asks_the_same_however_much_there_is(as_: As, cast: Cast, number: int) -> None:
    for place in range(number):
        run = make_run(make_course(f"course-{place}"), code=f"EH-{place}")
        add_lesson(run, in_days=40 + place)
        enrol(run, cast.learner)
        access_for(cast.learner, a_bank(f"Bank {place}"))
    client = as_(cast.learner)
    assert count_queries(lambda: client.get("/today/")) == 32


def test_the_agenda_offers_all_lessons_as_one_file(as_: As, cast: Cast) -> None:
    assert "/agenda/lessons.ics" not in as_(cast.learner).get("/agenda/").content.decode()
    enrol(make_run(), cast.learner)
    assert "/agenda/lessons.ics" in as_(cast.learner).get("/agenda/").content.decode()

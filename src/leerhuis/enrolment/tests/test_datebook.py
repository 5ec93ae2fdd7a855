"""Calendar files: what a calendar reads in them, and who gets them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from leerhuis.academies.models import Academy
from leerhuis.base import clock
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.tests.factories import PLANNER, add_lesson, count_queries, enrol, make_course, make_run
from leerhuis.people.models import Person
from tests.cast import Cast

As = Callable[[Person | None], Client]


def read(answer) -> Calendar:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75  # RFC 5545, 3.1
    return Calendar.from_ical(answer.content)


def one_of(run: Run) -> Lesson:
    return Lesson.objects.select_related("venue").filter(run=run)[0]


def test_a_calendar_reads_when_where_and_what(as_: As, academy: Academy, cast: Cast) -> None:
    run = make_run()
    mine, lesson = enrol(run, cast.learner), one_of(run)
    calendar = read(as_(cast.learner).get(f"/learn/{mine.id}/lessons/{lesson.id}.ics"))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == lesson.starts_at
    assert event.decoded("DTEND") == lesson.ends_at
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert event["SUMMARY"] == "Eerste hulp"
    assert lesson.venue.city in str(event["LOCATION"])
    assert event["UID"] == f"{lesson.id}@{academy.main_host}"
    assert event["STATUS"] == "TENTATIVE"
    assert event["URL"].endswith(f"/learn/{mine.id}/")
    assert calendar.walk("VALARM") == []


def test_a_lesson_keeps_its_name_when_it_moves_and_the_run_is_sure(as_: As, cast: Cast) -> None:
    run = make_run()
    mine, lesson = enrol(run, cast.learner), one_of(run)
    address = f"/learn/{mine.id}/lessons/{lesson.id}.ics"
    (before,) = read(as_(cast.learner).get(address)).walk("VEVENT")
    Lesson.objects.filter(pk=lesson.pk).update(ends_at=lesson.ends_at + timedelta(hours=1))
    catalogue.confirm_run(run, by=PLANNER)
    (after,) = read(as_(cast.learner).get(address)).walk("VEVENT")
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert after.decoded("DTEND") - before.decoded("DTEND") == timedelta(hours=1)


def test_words_with_signs_of_the_format_are_read_as_they_were_written(as_: As, cast: Cast) -> None:
    title = "Wol; wassen, drogen \\ vouwen – voor de Ziekenhuizen, verpleeghuizen en iedereen die ermee werkt"
    run = make_run(make_course(title=title))
    enrol(run, cast.learner)
    (event,) = read(as_(cast.learner).get("/agenda/lessons.ics")).walk("VEVENT")
    assert event["SUMMARY"] == title


def test_all_lessons_of_seats_and_no_names_or_rooms_online(as_: As, cast: Cast) -> None:
    seated, waiting = make_run(seats=1), make_run(make_course("second"), seats=1, code="EH-2")
    online = add_lesson(seated, in_days=31)
    Lesson.objects.filter(pk=online.pk).update(venue=None, online_link="https://room.example/secret")
    enrol(waiting, cast.colleague)
    enrol(seated, cast.learner)
    enrol(waiting, cast.learner, may_wait=True)
    answer = as_(cast.learner).get("/agenda/lessons.ics")
    assert {str(each["UID"]).split("@")[0] for each in read(answer).walk("VEVENT")} == {
        str(each) for each in Lesson.objects.filter(run=seated).values_list("id", flat=True)
    }
    for secret in (b"room.example", b"Leerling", b"Lena", cast.learner.email.encode()):
        assert secret not in answer.content


def test_nobody_else_gets_them(as_: As, cast: Cast) -> None:
    run, other = make_run(), make_run(make_course("second"), code="EH-2")
    mine = enrol(run, cast.learner)
    address = f"/learn/{mine.id}/lessons/{one_of(run).id}.ics"
    for who in (cast.stranger, cast.colleague, cast.contact, cast.clerk):
        assert as_(who).get(address).status_code == 404
    assert as_(None).get(address).status_code == 302
    assert as_(cast.learner).get(f"/learn/{mine.id}/lessons/{one_of(other).id}.ics").status_code == 404
    assert read(as_(cast.stranger).get("/agenda/lessons.ics")).walk("VEVENT") == []


def test_without_a_seat_there_is_no_file(as_: As, cast: Cast) -> None:
    run = make_run()
    mine = enrol(run, cast.learner)
    Enrolment.objects.filter(pk=mine.pk).update(state=Enrolment.State.CANCELLED, ended_at=clock.now())
    assert as_(cast.learner).get(f"/learn/{mine.id}/lessons/{one_of(run).id}.ics").status_code == 404
    assert read(as_(cast.learner).get("/agenda/lessons.ics")).walk("VEVENT") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_courses(as_: As, cast: Cast, number: int) -> None:
    for place in range(number):
        enrol(make_run(make_course(f"course-{place}"), code=f"EH-{place}"), cast.learner)
    client = as_(cast.learner)
    assert count_queries(lambda: client.get("/agenda/lessons.ics")) == 23

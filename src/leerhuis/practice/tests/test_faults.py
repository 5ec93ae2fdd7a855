"""Faults of the app on a device: what is taken out, that the switch is obeyed, who reads what, and erasing."""

from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.consent.actions import object_to_marketing
from leerhuis.consent.queries import choices_of
from leerhuis.people.models import Person
from leerhuis.practice.actions.faults import MOST, choose_reports, erase_reports, keep_report
from leerhuis.practice.device_reports import REPORTS, reports_of, wants_reports
from leerhuis.practice.models import Bank, DeviceReport
from leerhuis.practice.rules import ReportsOff
from leerhuis.practice.scrubbing import places_in, scrubbed, without_people
from leerhuis.practice.tests.calling import App
from leerhuis.practice.tests.factories import a_bank, access_for

AT = "/me/device-reports/"
NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
SAID = {
    "fault": "TypeError",
    "message": "cannot read 'canary@lezer.example'",
    "stack": "TypeError: canary-4711\n    at load (https://leren.example/static/built/assets/app-1a2b3c4d.js?u=7:12:34)",
    "version": "1.4.0",
    "device": "phone",
    "screen": "small",
    "language": "nl-NL",
    "reduced_motion": True,
}


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def app(academy, cast):
    bank = a_bank()
    access_for(cast.learner, bank)
    return App(academy, cast.learner, bank)


def switch(person: Person, *, on: bool) -> None:
    choose_reports(person, wanted=on, language="nl", of_age=True, by=Actor.person(person.id))


def keep(person: Person, **changed: object) -> DeviceReport:
    said = SAID | {"browser": "Firefox", "system": "Android"} | changed
    return keep_report(person, **said, by=Actor.person(person.id))


def report(app: App, **changed: object) -> int:
    return int(app.client.post("/api/v1/practice/faults", SAID | changed, content_type="application/json").status_code)


def test_a_report_sent_again_after_a_lost_connection_is_kept_once(app, cast, academy):
    for person in (cast.learner, cast.colleague):
        switch(person, on=True)
    other, sent = App(academy, cast.colleague, Bank.objects.get()), str(uuid7())
    assert [report(app, id=sent), report(app, id=sent), report(other, id=sent)] == [204, 204, 204]
    assert DeviceReport.objects.count() == 2
    assert [report(app), report(app), report(app, id=str(uuid7()))] == [204, 204, 204]
    assert DeviceReport.objects.count() == 5
    assert report(app, id="no id") == 422


# --- what is taken out ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Cannot read properties of undefined (reading 'stem')", "Cannot read properties of undefined (reading “…”)"),
        (
            "Unexpected token 'H', \"Het antwoord is privé\" is not valid JSON",
            "Unexpected token “…”, “…” is not valid JSON",
        ),
        ("no answer for lena.deleerling@people.example", "no answer for …"),
        ("GET https://leren.example/practice/?who=lena#top failed", "GET … failed"),
        ("GET /practice/round/1?after=lena failed", "GET … failed"),
        ("no card 0190c1a0-7b1e-7cc3-8a51-3d1f5a0c9e11", "no card …"),
        ("token lh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA refused", "token … refused"),
        ("call 06 12345678 now", "call 06 … now"),
        ("an open “quote that never ends", "an open “…”"),
        ("`template ${answer}` failed", "“…” failed"),
        ("it isn't there", "it isn't there"),
        ("two\nlines\tand   blanks", "two lines and blanks"),
    ],
)
def test_a_message_keeps_nothing_that_tells_of_a_person(message, kept):
    assert without_people(message) == kept


@pytest.mark.parametrize(
    ("stack", "places"),
    [
        (
            "TypeError: canary\n    at load (https://a.example/built/app-1a2b.js:12:34)\n    at async https://a.example/x/y.js:1:2",
            ["load (app-1a2b.js:12:34)", "y.js:1:2"],
        ),
        (
            "load@https://a.example/built/app-1a2b.js:12:34\n@https://a.example/y.js:1:2",
            ["load (app-1a2b.js:12:34)", "y.js:1:2"],
        ),
        ("at f (https://a.example/app.js?who=lena:12:34)", ["f (app.js:12:34)"]),
        ("Error: at lena (canary)\nlena@people.example\nno place at all", []),
        ("", []),
    ],
)
def test_of_a_stack_only_places_in_the_program_stay(stack, places):
    assert places_in(stack) == places


def test_long_and_odd_reports_are_cut_to_measure():
    told = scrubbed(fault="lena de leerling", message="ja " * 5000, stack="at f (a.js:1:2)\n" * 5000, version="<1>")
    assert (told.fault, told.version, told.place) == ("Error", "?", "f (a.js:1:2)")
    assert (len(told.message), told.stack.count("\n")) == (200, 14)


# --- the switch ----------------------------------------------------------------------------------------------------
def test_it_is_off_until_its_person_switches_it_on(cast, app):
    assert app.client.get("/api/v1/practice/faults").json() == {"allowed": False}
    assert report(app) == 403
    switch(cast.colleague, on=True)
    assert (report(app), DeviceReport.objects.count()) == (403, 0)
    switch(cast.learner, on=True)
    assert app.client.get("/api/v1/practice/faults").json() == {"allowed": True}
    assert report(app) == 204


def test_what_is_kept_tells_of_the_device_and_of_nobody(cast, app):
    switch(cast.learner, on=True)
    assert report(app) == 204
    row = DeviceReport.objects.get()
    kept = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields}
    del kept["id"], kept["created_at"], kept["person"]
    assert kept == {
        "fault": "TypeError",
        "message": "cannot read “…”",
        "place": "load (app-1a2b3c4d.js:12:34)",
        "stack": "load (app-1a2b3c4d.js:12:34)",
        "version": "1.4.0",
        "device": "phone",
        "system": "?",
        "browser": "?",
        "screen": "small",
        "language": "nl",
        "reduced_motion": True,
    }


@pytest.mark.parametrize(
    "changed", [{"device": "watch"}, {"message": "x" * 2001}, {"stack": "x" * 20001}, {"answer": "b"}, {"fault": 7}]
)
def test_what_does_not_fit_is_refused_and_kept_nowhere(cast, app, changed):
    switch(cast.learner, on=True)
    assert (report(app, **changed), DeviceReport.objects.count()) == (422, 0)


def test_an_app_that_fails_again_and_again_is_heard_twenty_times(cast, app):
    switch(cast.learner, on=True)
    assert [report(app) for _ in range(21)] == [204] * 20 + [429]


def test_the_newest_fifty_of_a_person_are_kept(cast):
    switch(cast.learner, on=True)
    switch(cast.colleague, on=True)
    keep(cast.colleague)
    for number in range(MOST + 2):
        with clock.at(NOW + timedelta(minutes=number)):
            keep(cast.learner, version=f"1.{number}")
    assert [row.version for row in reports_of(cast.learner)] == [f"1.{number}" for number in range(MOST + 1, 1, -1)]
    assert reports_of(cast.colleague).count() == 1


def off(person: Person) -> None:
    switch(person, on=False)


def objected(person: Person) -> None:
    object_to_marketing(person, language="nl", by=Actor.person(person.id))


@pytest.mark.parametrize("ends", [off, objected])
def test_switching_it_off_erases_what_was_reported(cast, ends):
    for person in (cast.learner, cast.colleague):
        switch(person, on=True)
        keep(person)
    ends(cast.learner)
    assert [row.person for row in DeviceReport.objects.all()] == [cast.colleague]
    assert (wants_reports(cast.learner), choices_of(cast.learner)[REPORTS]) == (False, "withdrawn")
    with pytest.raises(ReportsOff):
        keep(cast.learner)


def test_somebody_whose_data_are_only_kept_reports_nothing(cast):
    switch(cast.learner, on=True)
    Person.objects.filter(pk=cast.learner.pk).update(restricted_at=NOW)
    with pytest.raises(ReportsOff):
        keep(cast.learner)


# --- the page ------------------------------------------------------------------------------------------------------
def test_the_page_shows_the_switch_and_ones_own_reports_alone(cast, as_):
    mine = as_(cast.learner)
    page = mine.get(AT).content.decode()
    assert (" checked" in page, "of_age" in page) == (False, True)
    assert mine.post(AT, {"wanted": "on", "of_age": "on"}).status_code == 302
    keep(cast.learner, fault="RangeError")
    for other in (cast.colleague, cast.stranger, cast.clerk, cast.admin, cast.officer):
        assert "RangeError" not in as_(other).get(AT).content.decode()
    page = mine.get(AT).content.decode()
    assert (" checked" in page, "of_age" in page, "RangeError" in page) == (True, False, True)


def test_one_report_or_all_are_erased_by_their_person_alone(cast, as_):
    for person in (cast.learner, cast.colleague):
        switch(person, on=True)
    first, _second = keep(cast.learner), keep(cast.learner)
    theirs = keep(cast.colleague)
    mine = as_(cast.learner)
    for other in (theirs.id, uuid7()):
        assert mine.post(f"{AT}erase/", {"report": str(other)}).status_code == 404
    assert DeviceReport.objects.count() == 3
    mine.post(f"{AT}erase/", {"report": str(first.id)})
    assert reports_of(cast.learner).count() == 1
    assert mine.post(f"{AT}erase/", {"report": "none"}).status_code == 404
    mine.post(f"{AT}erase/")
    assert [row.person for row in DeviceReport.objects.all()] == [cast.colleague]
    assert erase_reports(cast.learner, by=Actor.person(cast.learner.id)) == 0

"""Staying signed in: what a sign-in is, what ends it, and what its owner is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.base import clock
from leerhuis.base.jobs import declared_sweeps
from leerhuis.charter.terms import days
from leerhuis.people import actions, sign_ins
from leerhuis.people.models import SignIn, Store
from leerhuis.people.privacy import SIGN_IN
from leerhuis.people.tests.at_the_door import BY, browser, code, enter, kinds, rest, with_app


def test_signing_in_gives_a_new_id_and_a_row(academy, learner):
    client = browser(academy)
    client.get("/accounts/login/")
    before = client.session.session_key
    enter(client, learner)
    assert client.session.session_key != before
    row = SignIn.objects.get(person=learner)
    assert (row.browser, row.system, row.ended_at) == ("Firefox", "Windows", None)


def test_a_learner_may_stay_sixty_days_and_staff_may_not(academy, learner, clerk):
    client = browser(academy)
    enter(client, learner, remember="on")
    assert client.session.get_expiry_age() == 60 * 86_400
    plain_one = browser(academy)
    enter(plain_one, learner)
    assert plain_one.session.get_expire_at_browser_close()
    secret, staff = with_app(clerk), browser(academy)
    enter(staff, clerk, remember="on")
    staff.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert staff.get("/office/people/").status_code == 200
    assert staff.session.get_expire_at_browser_close()


def test_staff_are_out_after_eight_hours(as_, cast):
    client = as_(cast.clerk)
    assert client.get("/office/people/").status_code == 200
    SignIn.objects.filter(person=cast.clerk).update(created_at=clock.now() - timedelta(hours=8, minutes=1))
    assert client.get("/office/people/").headers["Location"].startswith("/accounts/login/")


def test_a_new_role_gives_a_new_id_and_asks_the_second_step(academy, learner):
    client = browser(academy)
    enter(client, learner)
    client.get("/me/details/")
    before = client.session.session_key
    actions.grant_role(learner, "trainer", by=BY)
    answer = client.get("/me/details/")
    assert answer.headers["Location"].startswith("/accounts/2fa/choose/")
    assert client.session.session_key != before


@pytest.mark.parametrize("what", ["ended", "suspended", "password"])
def test_who_is_put_out_is_out_with_the_next_request(academy, learner, what):
    client = browser(academy)
    enter(client, learner)
    assert client.get("/me/details/").status_code == 200
    if what == "ended":
        sign_ins.end_sign_ins(SignIn.objects.filter(person=learner), by=BY)
    elif what == "suspended":
        actions.suspend(learner, by=BY)
        actions.lift_suspension(learner, by=BY)
    else:
        learner.set_password("een andere zin 29")
        learner.save()
    assert client.get("/me/details/").status_code == 302


def test_signing_in_again_ends_the_earlier_sign_in_of_the_same_browser(academy, learner):
    client = browser(academy)
    enter(client, learner)
    stolen = client.cookies["leerhuis_signin"].value
    del client.cookies["leerhuis_signin"]  # the browser was closed
    enter(client, learner)
    assert SignIn.objects.filter(person=learner, ended_at=None).count() == 1
    client.cookies["leerhuis_signin"] = stolen
    assert client.get("/me/details/").status_code == 302


def test_what_was_not_used_for_a_week_is_folded_away_and_what_ran_out_is_not_shown(academy, learner):
    here, there, gone = browser(academy), browser(academy), browser(academy)
    for client, ago in ((there, 8), (gone, 61), (here, 0)):
        enter(client, learner)
        SignIn.objects.filter(pk=client.session["sign_in"]).update(last_used_at=clock.now() - timedelta(days=ago))
    page = here.get("/me/sign-ins/").content.decode()
    recent, _, folded = page.partition("<details>")
    assert (recent.count("Firefox op Windows"), folded.count("Firefox op Windows")) == (1, 1)


def test_one_sees_where_one_is_signed_in_and_ends_the_others(academy, learner):
    here, there = browser(academy), browser(academy)
    enter(here, learner)
    enter(there, learner)
    page = here.get("/me/sign-ins/").content.decode()
    assert page.count("Firefox op Windows") == 2
    other = SignIn.objects.filter(person=learner).exclude(pk=here.session["sign_in"]).get()
    assert here.post("/me/sign-ins/", {"sign_in": str(other.id)}).status_code == 302
    assert there.get("/me/details/").status_code == 302
    assert here.get("/me/details/").status_code == 200
    enter(there, learner)
    here.post("/me/sign-ins/", {})
    assert there.get("/me/details/").status_code == 302
    assert here.get("/me/details/").status_code == 200


def test_a_new_device_is_told_also_when_the_sign_ins_of_long_ago_are_forgotten(academy, learner):
    enter(browser(academy), learner)
    SignIn.objects.filter(person=learner).delete()
    enter(browser(academy), learner)
    assert kinds(learner) == ["people.new_device"]


def test_a_new_device_is_told_and_a_known_one_is_not(academy, learner):
    first = browser(academy)
    enter(first, learner)
    first.post("/accounts/logout/")
    enter(first, learner)
    assert kinds(learner) == []
    enter(browser(academy), learner)
    assert kinds(learner) == ["people.new_device"]


def test_a_wrong_second_step_is_told_once_an_hour(academy, clerk):
    with_app(clerk)
    for _ in range(2):
        client = browser(academy)
        enter(client, clerk)
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert kinds(clerk) == ["people.second_step_failed"]
    rest(3601)
    client = browser(academy)
    enter(client, clerk)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert kinds(clerk) == ["people.second_step_failed"] * 2


def test_a_wrong_password_tells_nobody(academy, clerk):
    with_app(clerk)
    enter(browser(academy), clerk, "verkeerd")
    assert kinds(clerk) == []


def test_a_download_asks_the_password_again_after_ten_minutes(academy, learner):
    client = browser(academy)
    enter(client, learner)
    assert client.get("/me/data/download/").status_code == 200
    with clock.at(clock.now() + timedelta(minutes=10, seconds=5)):
        asked = client.get("/me/data/download/")
        assert asked.headers["Location"] == "/accounts/reauthenticate/?next=%2Fme%2Fdata%2Fdownload%2F"
        assert client.post("/me/data/download/json/").status_code == 302
    answers = [client.post("/accounts/reauthenticate/", {"password": "x"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_store_that_ran_out_is_removed_and_all_others_stay(academy):
    for key, seconds in (("gone", -1), ("now", 0), ("open", 60), ("stays", 60 * 86_400)):
        Store.objects.create(session_key=key, session_data="x", expire_date=clock.now() + timedelta(seconds=seconds))

    with CaptureQueriesContext(connection) as asked:
        declared_sweeps()["people.expired_stores"].work()

    assert set(Store.objects.values_list("session_key", flat=True)) == {"open", "stays"}
    assert [query["sql"].split()[0] for query in asked].count("DELETE") == 1
    assert len(asked) == 1


def test_stores_go_within_the_term_that_the_statement_tells(academy):
    term, sweep = SIGN_IN.keep, declared_sweeps()["people.expired_stores"]
    assert (SIGN_IN.rows, SIGN_IN.clock, term) == ("people.Store", "expire_date", days(1))
    assert timedelta(minutes=sweep.every_minutes) < timedelta(days=1)

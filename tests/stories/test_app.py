"""The practice app on a telephone: in the train, on two devices, shared, full, with a wrong clock, renewed."""

import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from leerhuis.charter.declarations import Storage
from leerhuis.charter.register import everything
from tests.stories.looking import LOOKS, faults_of, look_at
from tests.stories.practising import (
    ACADEMY,
    ANSWER,
    APP,
    FILL_UP,
    HELD,
    REPS,
    answer,
    answer_many,
    begin,
    begin_long,
    open_app,
    telephone,
    wait_for_reps,
    wait_for_worker,
    wait_until_brought,
    wait_until_empty,
)
from tests.stories.theatre import Theatre, sign_in

pytestmark = pytest.mark.story
ABOUT = "**/practice/app/about/"


def test_forty_answers_in_the_train_are_there_on_another_device(browser: Browser, demo: Theatre, tmp_path: Path):
    with telephone(browser) as desk:
        home = desk.new_page()
        sign_in(home, demo, ACADEMY, "learner")
        before = home.evaluate(REPS)
        with telephone(browser, tmp_path) as phone:
            page = phone.new_page()
            sign_in(page, demo, ACADEMY, "learner", stay=True)
            open_app(page, demo)
            wait_for_worker(page)
            begin(page)
            answer(page)
            phone.set_offline(True)
            answer_many(page, 20)
            open_app(page, demo)
            assert "Zonder verbinding: " in page.locator(".app-bar").inner_text()
            begin(page)
            answer_many(page, 19)
        with telephone(browser, tmp_path) as phone:  # the browser was closed, and is opened again with a connection
            page = phone.new_page()
            open_app(page, demo)
            wait_until_brought(page)
        open_app(home, demo)
        wait_for_reps(home, before + 40)
        assert home.locator(".days .done.today").count() == 1


def test_signing_out_brings_away_what_waits_asks_before_losing_it_and_leaves_nothing(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        open_app(page, demo)
        wait_for_worker(page)
        held = page.evaluate(HELD)
        declared = {each.declaration.name for each in everything() if isinstance(each.declaration, Storage)}
        assert {*held["databases"], *held["caches"], *held["local"]} == {
            "leerhuis-practice", "leerhuis-practice-…", "leerhuis-practice-owner",
        }  # fmt: skip
        assert {*held["databases"], *held["caches"], *held["local"]} <= declared
        assert {each["name"] for each in phone.cookies()} <= declared
        phone.route("**/answers", lambda route: route.abort())
        begin(page)
        answer(page)
        leave(page, demo)
        page.locator(".ask-dialog").wait_for()
        assert page.locator(".ask-dialog [data-count]").inner_text() == "1"
        page.get_by_role("button", name="Ingelogd blijven").click()
        assert page.evaluate(HELD)["databases"] == ["leerhuis-practice"]
        before = page.evaluate(REPS)
        phone.unroute("**/answers")
        leave(page, demo)
        page.wait_for_url(re.compile(r"localhost:\d+/$"))
        wait_until_empty(page)
        assert "leerhuis_practice" not in {each["name"] for each in phone.cookies()}
        sign_in(page, demo, ACADEMY, "learner")
        wait_for_reps(page, before + 1)


def test_the_next_person_on_a_shared_phone_sees_nothing(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner")
        open_app(page, demo)
        wait_for_worker(page)
        title = page.locator("main h2").first.inner_text()
        phone.clear_cookies()  # as when the browser was closed
        phone.set_offline(True)
        page.goto(demo.address(ACADEMY, APP))
        page.get_by_text("Nog geen verbinding").wait_for()
        assert title not in page.content()
        page.close()  # once there is a connection, it would lead to signing in by itself
        phone.set_offline(False)
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner")
        open_app(page, demo)
        phone.clear_cookies()
        page.goto(demo.address(ACADEMY, "/courses/"))
        wait_until_empty(page)
        sign_in(page, demo, ACADEMY, "contact")
        page.goto(demo.address(ACADEMY, APP))
        page.get_by_text("Nog niets om te oefenen").wait_for()
        assert title not in page.content()


def test_a_new_version_waits_for_the_end_of_the_round(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        open_app(page, demo)
        wait_for_worker(page)
        begin_long(page, least=3)
        answer(page)
        phone.set_offline(True)  # so that the answer waits
        page.evaluate(ANSWER)
        phone.set_offline(False)
        page.evaluate("navigator.serviceWorker.register('/practice/worker.js?in=en')")  # another version
        page.get_by_text("Nieuwe versie klaar").wait_for()
        assert page.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("in=nl")
        number = page.locator(".question-top span").first.inner_text()
        page.locator("[data-next]").click()
        page.wait_for_selector("form.question")
        assert page.locator(".question-top span").first.inner_text() != number
        with page.expect_navigation():
            page.get_by_role("button", name="Pauze").click()
        page.wait_for_selector("[data-begin]")
        wait_until_brought(page)
        assert page.get_by_text("U was midden in een ronde gestopt.").is_visible()


def test_a_week_in_flight_mode_goes_on_towards_the_exam(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        week_ago = datetime.now(UTC) - timedelta(days=7)
        phone.route(ABOUT, lambda route: told_at(route, week_ago.isoformat()))
        open_app(page, demo)
        wait_for_worker(page)
        before = page.evaluate(REPS)
        phone.unroute(ABOUT)
        phone.set_offline(True)
        left = days_left(page)
        for day in (3, 7):
            page.clock.set_system_time(datetime.now(UTC) + timedelta(days=day))
            open_app(page, demo)
            assert days_left(page) == left - day
            begin(page)
            answer_many(page, 2)
        phone.set_offline(False)
        open_app(page, demo)
        wait_until_brought(page)
        wait_for_reps(page, before + 4)  # each counted once
        page.locator(".app-bar").get_by_text("Zonder verbinding").wait_for(state="detached")
        for words in ("kon niet worden bewaard", "konden niet worden bewaard"):
            assert page.get_by_text(words).count() == 0


def test_a_full_device_keeps_the_question_and_says_what_to_do(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        open_app(page, demo)
        begin(page)
        page.evaluate(FILL_UP)
        page.evaluate(f"Promise.race([({ANSWER})(), new Promise((done) => setTimeout(done, 1000))])")
        page.locator(".app-bar").get_by_text("Dit toestel is bijna vol").wait_for()
        assert page.locator("form.question").count() == 1
        page.evaluate("window.makeRoom()")
        answer(page)
        open_app(page, demo)
        wait_until_brought(page)


def test_a_clock_that_is_a_day_off_spoils_nothing(browser: Browser, demo: Theatre):
    with telephone(browser) as phone:
        page = phone.new_page()
        page.clock.set_system_time(datetime.now(UTC) + timedelta(days=1, hours=2))
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        open_app(page, demo)
        page.get_by_text("De klok van dit toestel loopt niet goed").wait_for()
        before = page.evaluate(REPS)
        begin(page)
        answer(page)
        open_app(page, demo)
        wait_until_brought(page)
        wait_for_reps(page, before + 1)
        assert page.get_by_text("kon niet worden bewaard").count() == 0


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_every_screen_can_be_used_by_everyone(browser: Browser, demo: Theatre, language: str):
    with telephone(browser, language=language) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        open_app(page, demo)
        wrong = look_at(page, f"app-home-{language[:2]}", LOOKS) + faults_of(page)
        begin(page)
        wrong += look_at(page, f"app-question-{language[:2]}", LOOKS)
        page.evaluate(ANSWER)
        page.wait_for_selector("[data-next]")
        wrong += look_at(page, f"app-answered-{language[:2]}", LOOKS)
        while not page.locator("#end").count():
            page.locator("[data-next]").click()
            page.wait_for_selector("form.question, #end")
            if page.locator("form.question").count():
                page.evaluate(ANSWER)
        wrong += look_at(page, f"app-end-{language[:2]}", LOOKS)
        assert not wrong, "\n".join(wrong)


def leave(page: Page, demo: Theatre) -> None:
    """Press the button that signs out, on the page about oneself."""
    page.goto(demo.address(ACADEMY, "/me/"))
    page.locator("main form[data-leaving] button").click()


def told_at(route: Route, moment: str) -> None:
    """Hand on what the server says of who is signed in, at another moment."""
    asked = route.request
    parts = urlsplit(asked.url)  # the names below localhost are known to the browser alone
    headers = {**asked.all_headers(), "host": str(parts.netloc), "accept-encoding": "identity"}
    there = urllib.request.Request(f"http://127.0.0.1:{parts.port}{parts.path}", headers=headers)
    with urllib.request.urlopen(there, timeout=20) as answer:
        route.fulfill(json={**json.load(answer), "now": moment})


def days_left(page: Page) -> int:
    """Return how many days the home of the app counts until the exam."""
    found = re.search(r"nog (\d+) dagen", page.locator(".countdown").first.inner_text())
    assert found
    return int(found[1])

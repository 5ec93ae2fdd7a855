"""The page of one's own reminders: choosing, devices, a trial, and the first question on the page of practice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.consent.models import Choice
from leerhuis.consent.queries import choices_of
from leerhuis.mail.models import Message
from leerhuis.practice.actions.rounds import answer_question, end_round, start_round
from leerhuis.practice.due_reminders import MAIL, PUSH
from leerhuis.practice.models import Push, PushDevice, ReminderPlan
from leerhuis.practice.reminding import Times, sum_of_days
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
from leerhuis.practice.tests.push_service import Browser

AT = "/me/reminders/"
NOW = datetime(2027, 1, 14, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
CHOSEN = {"push": "on", "mail": "on", "hour": "20", "days": ["0", "5"], "of_age": "on"}


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def mine(as_, cast):
    browser = as_(cast.learner)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    store = browser.session
    store.set_expiry(NOW + timedelta(days=3650))  # stores run out by the clock of the machine
    store.save()
    return browser


def test_somebody_chooses_ways_hour_and_days_and_sees_them_again(mine, cast):
    assert mine.post(AT, CHOSEN).status_code == 302
    assert ReminderPlan.objects.get().times == Times(20, sum_of_days([0, 5]))
    assert choices_of(cast.learner) == {PUSH: "given", MAIL: "given"}
    page = mine.get(AT).content.decode()
    assert page.count(" checked") == 4
    assert "No device yet" in page
    assert "I am 16 or older" not in page


def test_nothing_is_ticked_for_anybody(mine):
    page = mine.get(AT).content.decode()
    assert page.count(" checked") == 7  # the days
    assert "lh-notify" not in page


def test_words_are_kept_as_they_stood_beside_the_box(mine, cast):
    mine.post(AT, CHOSEN | {"push": ""})
    line = Choice.objects.get(reader__person=cast.learner)
    assert line.wording is not None
    assert line.wording.text in mine.get(AT).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"days": []}, "Choose at least one day."),
        ({"of_age": ""}, "Tick that you are 16 or older."),
        ({"hour": "12", "days": ["0", "1"]}, "At this hour on these days you are at work"),
        ({"hour": "3"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept_nowhere(mine, changed, said):
    answer = mine.post(AT, CHOSEN | changed)
    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert ReminderPlan.objects.count() == 0


def test_a_browser_is_added_and_taken_off_by_its_owner_alone(mine, as_, cast):
    mine.post(AT, CHOSEN)
    browser = Browser("phone")
    assert mine.post(f"{AT}devices/", browser.subscription).status_code == 302
    device = PushDevice.objects.get()
    assert (device.browser, device.system, device.plan.person) == ("Firefox", "Linux", cast.learner)
    page = mine.get(AT).content.decode()
    assert f'data-known="{device.digest}"' in page
    assert browser.endpoint not in page
    for other in (as_(cast.colleague), as_(cast.stranger)):
        assert other.post(f"{AT}devices/{device.id}/remove/").status_code == 404
    assert mine.post(f"{AT}devices/{device.id}/remove/").status_code == 302
    assert PushDevice.objects.count() == 0


def test_an_address_of_our_own_network_is_refused_in_words(mine):
    mine.post(AT, CHOSEN)
    said = mine.post(f"{AT}devices/", Browser("x", at="https://10.0.0.1/").subscription, follow=True)
    assert "in a way that we do not know" in said.content.decode()
    assert PushDevice.objects.count() == 0


def test_trials_are_sent_a_few_times_and_then_not(mine):
    mine.post(AT, CHOSEN)
    mine.post(f"{AT}devices/", Browser("phone").subscription)
    answers = [mine.post(f"{AT}try/").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert (Push.objects.count(), Message.objects.filter(kind="practice.reminder").count()) == (5, 5)


def test_the_first_question_stands_on_the_page_of_practice_until_it_is_answered(mine, cast):
    bank = a_bank(text=many_questions(1, 6))
    access_for(cast.learner, bank)
    by = Actor.person(cast.learner.id)
    for days in range(3):
        with clock.at(NOW - timedelta(days=days + 1)):
            sitting = start_round(cast.learner, bank, by=by)
            answer_question(sitting, sitting.order[0], "true", key=uuid7(), by=by)
            end_round(sitting, by=by)
    assert "Shall we remind you?" in mine.get("/practice/").content.decode()
    assert mine.post(f"{AT}decline/").status_code == 302
    assert "Shall we remind you?" not in mine.get("/practice/").content.decode()


def test_where_practice_is_off_there_are_no_reminders(mine, academy, choose):
    choose(features=academy.settings.features.model_copy(update={"practice": False}))
    assert mine.get(AT).status_code == 404


def test_where_news_is_off_a_notification_can_be_chosen_and_a_mail_cannot(mine, academy, choose, cast):
    choose(features=academy.settings.features.model_copy(update={"newsletter": False}))
    page = mine.get(AT).content.decode()
    assert ('name="push"' in page, 'name="mail"' in page) == (True, False)
    mine.post(AT, CHOSEN)
    assert choices_of(cast.learner) == {PUSH: "given"}


def test_a_visitor_is_never_offered_what_needs_an_account(as_):
    page = as_(None).get("/news/subscribe/").content.decode()
    assert "topic-consent-product_news" in page
    assert "topic-practice" not in page

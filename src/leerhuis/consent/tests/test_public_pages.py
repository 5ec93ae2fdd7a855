"""Pages about consent: subscribing, confirming, choosing and stopping without signing in; one's own; the office's."""

import re
from pathlib import Path

import pytest
from django.test import Client

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.consent import actions
from leerhuis.consent.models import Choice, News, Reader
from leerhuis.consent.queries import choices_now, choices_of
from leerhuis.consent.tests.test_choices import NEWS, ask, confirm, give
from leerhuis.mail.actions import send_message
from leerhuis.mail.models import Message
from leerhuis.people.actions import grant_role
from tests.floors.test_outbox import box

__all__ = ["box"]
ROOT = Path(__file__).parents[4]
BOX = "topic-consent-product_news"
SIGN_UP = {"email": "nina@lezer.example", BOX: "on", "of_age": "on"}
OPERATOR = Actor.operator()


def text(response):
    return response.content.decode()


def link_in(message, part):
    return re.search(rf"http://[^/]+(/news/{part}/[^/>\s]+/)", message.body)[1]


@pytest.fixture
def visitor(as_):
    """A browser in which nobody is signed in."""
    return as_(None)


@pytest.fixture
def marketer(cast, as_):
    """Somebody who sends news."""
    grant_role(cast.stranger, "marketer", by=OPERATOR)
    return as_(cast.stranger)


def test_nothing_is_ticked_beforehand(visitor):
    page = text(visitor.get("/news/subscribe/"))

    assert "Ja, stuur mij nieuws over nieuwe functies en over LEFFECTIEF per e-mail." in page
    assert " checked" not in page


def test_the_answer_is_the_same_for_every_address(visitor, cast):
    confirm(ask("klaas@lezer.example"))
    answers = [
        visitor.post("/news/subscribe/", SIGN_UP | {"email": email})
        for email in ("nina@lezer.example", "klaas@lezer.example", cast.learner.email)
    ]

    assert {(each.status_code, each["Location"]) for each in answers} == {(302, "/news/asked/")}


def test_to_one_address_go_three_mails_and_no_more(visitor):
    answers = [visitor.post("/news/subscribe/", SIGN_UP).status_code for _ in range(4)]

    assert answers == [302, 302, 302, 429]
    assert Message.objects.count() == 3


def test_looking_at_a_link_changes_nothing_and_the_button_does_even_without_cookies(visitor, academy):
    visitor.post("/news/subscribe/", SIGN_UP)
    address = link_in(Message.objects.get(), "confirm")
    reader = Reader.objects.get()
    strict = Client(headers={"host": academy.main_host}, enforce_csrf_checks=True)
    for method in (strict.get, strict.head):
        assert method(address).status_code == 200
    assert choices_now(reader) == {NEWS: "asked"}

    assert "bevestigd" in text(strict.post(address))
    assert choices_now(reader) == {NEWS: "given"}


def test_a_forged_link_to_confirm_says_so_and_does_nothing(visitor):
    ask()
    assert visitor.post("/news/confirm/a.b.c:forged/").status_code == 404
    assert visitor.get("/news/choices/x:y/").status_code == 404
    assert visitor.post("/news/stop/x:y/").status_code == 404
    assert Choice.objects.count() == 1


def test_one_request_of_a_mail_program_stops_it_without_signing_in(academy, box):
    """RFC 8058: a POST from elsewhere, without a cookie and without our page; answered without leading elsewhere."""
    reader = ask()
    confirm(reader)
    news = actions.write_news(None, topic=NEWS, title="Nieuws", body="Iets nieuws.", by=OPERATOR)
    actions.send_news(news, by=OPERATOR)
    actions.spread_news(news, by=OPERATOR)
    message = Message.objects.get(cause_id=news.id)
    send_message(message.id, by=OPERATOR)
    address = box.mails[0]["List-Unsubscribe"].strip("<>")
    program = Client(enforce_csrf_checks=True)
    host = {"host": academy.main_host}

    for method in (program.get, program.head):
        assert method(address, headers=host).status_code == 200
    assert choices_now(reader) == {NEWS: "given"}
    body = "List-Unsubscribe=One-Click"
    for _ in range(2):
        answer = program.post(address, body, content_type="application/x-www-form-urlencoded", headers=host)
        assert (answer.status_code, answer.cookies) == (200, {})
    assert choices_now(reader) == {NEWS: "withdrawn"}
    assert Choice.objects.filter(step="withdrawn").count() == 1

    again = actions.write_news(None, topic=NEWS, title="Nog iets", body="Nog iets nieuws.", by=OPERATOR)
    assert "Nog niemand" in text_of_refusal(again)
    assert len(box.mails) == 1


def text_of_refusal(news):
    try:
        actions.send_news(news, by=OPERATOR)
    except Exception as refusal:  # noqa: BLE001 - its words are looked at
        return str(refusal)
    return ""


def test_the_page_behind_the_link_shows_no_whole_address_and_changes_what_one_gets(visitor):
    reader = ask()
    confirm(reader)
    actions.ask_visitor("nina@lezer.example", [NEWS], language="nl", of_age=True, by=Actor.visitor())
    address = link_in(Message.objects.latest("id"), "choices")
    page = text(visitor.get(address))

    assert "n…@lezer.example" in page
    assert "nina@" not in page
    visitor.post(address, {})
    assert choices_now(reader) == {NEWS: "withdrawn"}
    visitor.post(address, {BOX: "on"})
    assert choices_now(reader) == {NEWS: "given"}
    visitor.post(address, {"all": "1", BOX: "on"})
    assert choices_now(reader) == {NEWS: "withdrawn", "": "objected"}


def test_where_an_academy_sends_no_news_there_is_nothing_to_subscribe_to(visitor, academy, choose):
    choose(features=academy.settings.features.model_copy(update={"newsletter": False}))

    assert visitor.get("/news/subscribe/").status_code == 404


# --- one's own -----------------------------------------------------------------------------------------------------
def test_a_person_chooses_sees_the_history_and_objects(as_, cast):
    client = as_(cast.learner)
    assert "Er is nog niets gekozen" in text(client.get("/me/consents/"))
    client.post("/me/consents/", {BOX: "on", "of_age": "on"})
    page = text(client.get("/me/consents/"))

    assert "“Ja, stuur mij nieuws over nieuwe functies en over LEFFECTIEF per e-mail.”" in page
    assert "na inloggen" in page
    client.post("/me/consents/object/", {"purpose": "enrolment.employer_view"})
    client.post("/me/consents/object/", {"purpose": ""})
    assert choices_of(cast.learner) == {NEWS: "withdrawn", "": "objected", "enrolment.employer_view": "objected"}


def test_consent_needs_to_be_sixteen_or_a_parent(as_, cast):
    answer = as_(cast.learner).post("/me/consents/", {BOX: "on"})

    assert list(answer.context["form"].errors) == ["of_age"]
    assert Choice.objects.count() == 0


def test_nobody_sees_or_changes_what_another_chose(as_, cast):
    give(cast.learner, NEWS)
    client = as_(cast.stranger)
    page = text(client.get("/me/consents/"))
    client.post("/me/consents/", {})

    assert "Er is nog niets gekozen" in page
    assert choices_of(cast.learner) == {NEWS: "given"}


# --- the office ----------------------------------------------------------------------------------------------------
def test_the_marketer_writes_looks_sends_once_and_sees_how_far_it_is(marketer, cast):
    give(cast.learner, NEWS)
    made = marketer.post("/office/news/add/", {"topic": NEWS, "title": "Lente", "body": "Nieuwe **data**."})
    before = text(marketer.get(made["Location"]))
    news = News.objects.get()

    assert cast.learner.email in before
    assert "<strong>data</strong>" in before
    assert Look.objects.filter(subject_person=cast.learner.id, screen="consent_news").exists()
    for _ in range(2):
        marketer.post(f"{made['Location']}send/")
    actions.spread_news(news, by=OPERATOR)
    actions.spread_news(news, by=OPERATOR)
    assert Message.objects.filter(cause_id=news.id).count() == 1
    after = text(marketer.get(made["Location"]))
    assert cast.learner.email not in after
    marketer.post(f"{made['Location']}steer/", {"step": "stop"})
    assert Message.objects.get(cause_id=news.id).state == "dropped"


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "clerk", "bookkeeper", "officer"])
def test_nobody_else_sends_news(as_, cast, who):
    news = actions.write_news(None, topic=NEWS, title="N", body="B", by=OPERATOR)
    client = as_(cast.everyone[who])
    answers = [client.get("/office/news/"), client.get(f"/office/news/{news.id}/")]
    answers.append(client.post(f"/office/news/{news.id}/send/"))

    assert [each.status_code for each in answers] == [403] * 3
    news.refresh_from_db()
    assert news.state == "draft"


def test_the_clerk_records_what_was_said_by_telephone(as_, cast):
    client = as_(cast.clerk)
    address = f"/office/people/{cast.learner.id}/consents/"
    said = {"topic": NEWS, "given": "yes", "channel": "phone", "reference": "gebeld 3 maart"}
    assert client.post(address, said).status_code == 302
    page = text(client.get(address))

    assert "gebeld 3 maart" in page
    assert choices_of(cast.learner) == {NEWS: "given"}
    assert Look.objects.filter(subject_person=cast.learner.id, screen="consent_office_person").exists()
    client.post("/office/consents/record/", said | {"email": "klaas@lezer.example"})
    assert choices_now(Reader.objects.get(email="klaas@lezer.example")) == {NEWS: "given"}


def test_the_officer_sees_numbers_and_downloads_the_ledger_counted(as_, cast):
    give(cast.learner, NEWS)
    confirm(ask())
    client = as_(cast.officer)
    assert client.get("/office/consents/").context["topics"][0][1].given == 2
    ledger = text(client.get("/office/consents/ledger/"))
    file = client.get("/office/consents/ledger/?export=csv")
    sheet = b"".join(file.streaming_content).decode() if file.streaming else text(file)

    for seen in (ledger, sheet):
        assert cast.learner.name in seen
        assert "nina@lezer.example" in seen
    assert Look.objects.filter(subject_person=cast.learner.id, screen__startswith="consent_ledger_").count() == 2


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "clerk", "bookkeeper", "stranger"])
def test_nobody_else_reads_the_ledger(as_, cast, who):
    client = as_(cast.everyone[who])

    assert [client.get(f"/office/consents/{part}").status_code for part in ("", "ledger/")] == [403, 403]


# --- what is kept on a device --------------------------------------------------------------------------------------
def test_everything_on_the_device_is_listed_and_removed_with_one_button(as_, cast, settings):
    client = as_(cast.learner)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    page = text(client.get("/storage/"))
    assert all(name in page for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME))

    answer = client.post("/storage/")

    gone = {name for name, cookie in answer.cookies.items() if not cookie.value}
    assert {settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.DEVICE_COOKIE_NAME} <= gone
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/me/consents/").status_code == 302
    assert not [each for each in client.get("/storage/gone/").cookies.values() if each.value]


def test_switching_off_keys_of_one_character_is_listed_by_the_name_it_has_in_the_browser(as_, cast, settings):
    kept = re.search(r'KEPT = "([^"]+)"', (ROOT / "frontend/src/keys.ts").read_text(encoding="utf-8"))
    client = as_(cast.learner)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"

    assert kept
    assert kept[1] in text(client.get("/storage/"))
    assert 'class="form-check-input" type="checkbox" role="switch"' in client.get("/me/").content.decode()

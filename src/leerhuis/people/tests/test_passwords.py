"""Passwords, and the links with which a new one is chosen."""

import pytest
from django.test import Client

from leerhuis.audit.actor import Actor
from leerhuis.mail.models import Message
from leerhuis.people import actions
from leerhuis.people.tests.at_the_door import PASSWORD, browser, choose_password, enter, reset_link, text_of


@pytest.mark.parametrize("headers", [{"x-forwarded-host": "evil.example"}, {"forwarded": "host=evil.example"}])
def test_a_link_names_the_academys_own_host(academy, learner, headers):
    browser(academy, **headers).post("/accounts/password/reset/", {"email": learner.email})
    mail = text_of(Message.objects.get(kind="people.new_password"))
    assert "evil" not in mail
    assert f"://{academy.main_host}" in mail


def test_a_foreign_host_gets_no_mail_sent(academy, learner):
    answer = Client(headers={"host": "evil.example"}).post("/accounts/password/reset/", {"email": learner.email})
    assert answer.status_code == 404
    assert not Message.objects.exists()


def test_a_link_works_once(academy, learner):
    client = browser(academy)
    link = reset_link(client, learner)
    choose_password(client, link)
    again = browser(academy)
    assert "werkt niet meer" in again.get(link).content.decode()


@pytest.mark.parametrize("what", ["password", "address", "time"])
def test_a_link_dies(academy, learner, what, settings):
    client = browser(academy)
    link = reset_link(client, learner)
    if what == "password":
        learner.set_password("een andere zin 29")
        learner.save()
    elif what == "address":
        actions.change_person(
            learner, first_name="L", last_name="L", email="new@people.example", language="nl", by=Actor.operator()
        )
    else:
        settings.PASSWORD_RESET_TIMEOUT = -1
    assert "werkt niet meer" in client.get(link).content.decode()


def test_a_link_is_not_told_to_other_sites(academy, learner):
    client = browser(academy)
    link = reset_link(client, learner)
    answer = client.get(link)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "set-password" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("password", "kept"),
    [
        ("kort12345", False),
        ("wachtwoord", False),
        ("password123", False),
        ("Feyenoord1908", False),
        ("VOETBAL12345", False),
        ("zeven bomen ééé", True),
        ("a b" * 30, True),
    ],
)
def test_passwords_are_long_and_not_common(academy, learner, password, kept):
    client = browser(academy)
    enter(client, learner)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    learner.refresh_from_db()
    assert learner.check_password(password) is kept
    assert learner.password.startswith("argon2$argon2id$")


def test_a_new_password_needs_the_old_one_and_guessing_it_is_counted(academy, learner):
    client = browser(academy)
    enter(client, learner)
    sent = {"oldpassword": "verkeerd", "password1": "nog een zin 28", "password2": "nog een zin 28"}
    answers = [client.post("/accounts/password/change/", sent).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]

"""The second step: what passes it, once, and that nothing opens before it."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from leerhuis.academies.settings import Accounts
from leerhuis.base import clock
from leerhuis.mail.models import Message
from leerhuis.people import actions, sign_ins
from leerhuis.people.queries import recovery_codes_left
from leerhuis.people.tests.at_the_door import (
    BY,
    browser,
    choose_password,
    code,
    enter,
    kinds,
    reset_link,
    text_of,
    with_app,
)


def test_a_code_opens_one_sign_in_and_no_second(academy, clerk):
    secret = with_app(clerk)
    once = code(secret)
    for expected in (200, 302):
        client = browser(academy)
        enter(client, clerk)
        client.post("/accounts/2fa/authenticate/", {"code": once})
        assert client.get("/office/people/").status_code == expected


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(academy, clerk, steps, right):
    secret = with_app(clerk)
    assert (sign_ins.use_code(clerk, code(secret, steps), by=BY) is not None) is right


def test_five_wrong_codes_end_the_sign_in(academy, clerk):
    secret, client = with_app(clerk), browser(academy)
    enter(client, clerk)
    for _ in range(5):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    spent = client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert spent.headers["Location"] == "/accounts/login/"
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).headers["Location"] == "/accounts/login/"


def test_ten_wrong_codes_over_many_sign_ins_make_the_account_wait(academy, clerk):
    secret = with_app(clerk)
    for number in range(10):
        client = browser(academy)
        enter(client, clerk)
        client.post("/accounts/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"192.0.{number}.1")
    client = browser(academy)
    enter(client, clerk)
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 429


def test_recovery_codes_are_ten_kept_as_hashes_and_work_once(academy, clerk):
    with_app(clerk)
    codes = sign_ins.make_recovery_codes(clerk, by=BY)
    assert len(set(codes)) == 10
    kept = str(Authenticator.objects.get(user=clerk, type="recovery_codes").data)
    assert not [one for one in codes if one in kept or one.replace("-", "") in kept]
    for expected in (200, 302):
        client = browser(academy)
        enter(client, clerk)
        client.post("/accounts/2fa/authenticate/", {"code": f" {codes[0].lower()} "})
        assert client.get("/office/people/").status_code == expected
    assert recovery_codes_left(clerk) == 9


BETWEEN = ["/home/", "/me/details/", "/me/data/", "/me/sign-ins/", "/office/people/", "/accounts/email/"]
BETWEEN += ["/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/me/recovery-codes/", "/learn/"]


@pytest.mark.parametrize("path", BETWEEN)
@pytest.mark.parametrize("app", [True, False])
def test_between_the_steps_nothing_opens_but_the_second(academy, clerk, path, app):
    if app:
        with_app(clerk)
    client = browser(academy)
    enter(client, clerk)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/" if app else "/accounts/2fa/choose/")


@pytest.mark.parametrize("path", ["/me/details/", "/me/data/download/", "/me/recovery-codes/", "/accounts/2fa/"])
def test_a_sign_in_from_before_the_second_step_asks_for_it(academy, learner, path):
    client = browser(academy)
    enter(client, learner)
    assert client.get("/me/details/").status_code == 200
    with_app(learner)
    assert client.get(path).headers["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.parametrize("path", ["choose/", "mail/", "totp/activate/", "webauthn/add/", "totp/deactivate/"])
def test_who_has_a_second_step_gets_no_other_before_passing_it(academy, learner, path):
    client = browser(academy)
    enter(client, learner)
    secret = with_app(learner)
    for answer in (client.get(f"/accounts/2fa/{path}"), client.post(f"/accounts/2fa/{path}")):
        assert answer.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.post("/accounts/2fa/reauthenticate/", {"code": code(secret)}).status_code == 302
    assert client.get("/me/details/").status_code == 200


def test_setting_up_an_app_is_a_passed_second_step_with_a_new_id(academy, clerk):
    client = browser(academy)
    enter(client, clerk)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'data-text="([A-Z2-7]{16,})"', page)[1]
    before = client.session.session_key
    assert client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    assert client.session.session_key != before
    assert client.get("/office/people/").status_code == 200


def test_a_new_password_by_mail_does_not_pass_the_second_step(academy, clerk):
    with_app(clerk)
    client = browser(academy)
    link = reset_link(client, clerk)
    choose_password(client, link)
    assert client.get("/office/people/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/me/details/").status_code == 302


def mail_code_of(person):
    mail = Message.objects.filter(to_address=person.email, kind="people.second_step_code").latest("created_at")
    return re.search(r"\b\d{6}\b", text_of(mail))[0]


@pytest.fixture
def with_mail_code(choose):
    choose(accounts=Accounts(mail_code=True))


def test_a_code_by_mail_passes_where_the_academy_allows_it(academy, clerk, with_mail_code):
    client = browser(academy)
    enter(client, clerk)
    assert "/accounts/2fa/mail/" in client.get("/accounts/2fa/choose/").content.decode()
    client.post("/accounts/2fa/mail/", {"send": "1"})
    assert client.post("/accounts/2fa/mail/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/mail/", {"code": mail_code_of(clerk)}).status_code == 302
    assert client.get("/office/people/").status_code == 200


@pytest.mark.parametrize("path", ["totp/activate/", "webauthn/add/"])
def test_a_password_alone_sets_up_no_step_of_ones_own_where_a_code_is_mailed(academy, clerk, with_mail_code, path):
    client = browser(academy)
    enter(client, clerk)
    for answer in (client.get(f"/accounts/2fa/{path}"), client.post(f"/accounts/2fa/{path}", {"code": "123456"})):
        assert answer.headers["Location"].startswith("/accounts/2fa/choose/")
    assert "/accounts/2fa/totp/" not in client.get("/accounts/2fa/choose/").content.decode()
    client.post("/accounts/2fa/mail/", {"send": "1"})
    client.post("/accounts/2fa/mail/", {"code": mail_code_of(clerk)})
    assert client.get(f"/accounts/2fa/{path}").status_code == 200


def test_a_wrong_mailed_code_after_a_right_password_is_told_to_the_owner(academy, clerk, with_mail_code):
    client = browser(academy)
    enter(client, clerk)
    client.post("/accounts/2fa/mail/", {"send": "1"})
    client.post("/accounts/2fa/mail/", {"code": "000000"})
    assert kinds(clerk).count("people.second_step_failed") == 1


def test_a_code_by_mail_is_not_offered_elsewhere(academy, clerk):
    client = browser(academy)
    enter(client, clerk)
    assert "/accounts/2fa/mail/" not in client.get("/accounts/2fa/choose/").content.decode()
    client.post("/accounts/2fa/mail/", {"send": "1"})
    assert kinds(clerk) == []


@pytest.mark.parametrize("role", ["privacy_officer", "academy_admin"])
def test_two_roles_never_pass_by_a_code_by_mail(academy, clerk, with_mail_code, role):
    client = browser(academy)
    enter(client, clerk)
    client.post("/accounts/2fa/mail/", {"send": "1"})
    client.post("/accounts/2fa/mail/", {"code": mail_code_of(clerk)})
    assert client.get("/office/people/").status_code == 200
    actions.grant_role(clerk, role, by=BY)
    assert client.get("/office/people/").headers["Location"].startswith("/accounts/2fa/choose/")
    assert client.post("/accounts/2fa/mail/", {"send": "1"}).headers["Location"] == "/accounts/2fa/choose/"


def test_a_mailed_code_dies_after_five_tries_and_after_ten_minutes(academy, clerk, with_mail_code):
    client = browser(academy)
    enter(client, clerk)
    client.post("/accounts/2fa/mail/", {"send": "1"})
    for _ in range(5):
        client.post("/accounts/2fa/mail/", {"code": "000000"})
    client.post("/accounts/2fa/mail/", {"code": mail_code_of(clerk)})
    assert client.get("/office/people/").status_code == 302
    client.post("/accounts/2fa/mail/", {"send": "1"})
    right = mail_code_of(clerk)
    with clock.at(clock.now() + timedelta(minutes=10, seconds=1)):
        client.post("/accounts/2fa/mail/", {"code": right})
    assert client.get("/office/people/").status_code == 302

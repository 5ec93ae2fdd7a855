"""Tokens of apps: made by who is signed in and passed their second step, and out with what ends a sign-in."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.limits import PER_NETWORK
from leerhuis.mail.models import Message
from leerhuis.people import actions, sign_ins
from leerhuis.people.gate import METHODS
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import sign_ins_of
from leerhuis.people.rules import NoNameOfApp, TooManyApps
from leerhuis.people.tokens import LASTS, MOST, make_token, sign_in_by_token

BY = Actor.operator()
BANKS = "/api/v1/practice/banks"


def token_of(person, **said):
    chosen = {"app": "Oefenapp", "browser": "?", "system": "?", "second_factor": False, **said}
    return make_token(person, **chosen, by=Actor.person(person.id))


def status(academy, token, at=BANKS):
    return Client(headers={"host": academy.main_host, "authorization": f"Bearer {token}"}).get(at).status_code


def test_a_token_is_kept_as_a_digest_and_opens_practice(academy, cast):
    sign_in, token = token_of(cast.learner)
    assert token.startswith("lh_")
    assert token[3:20] not in str(list(SignIn.objects.values_list()))
    assert sign_in.device_key not in token
    assert status(academy, token) == 200
    assert (sign_in.scope, sign_in.expires_at) == ("practice", clock.now() + LASTS)


def test_a_token_opens_nothing_else(academy, cast):
    _, token = token_of(cast.learner)
    for page in ("/practice/", "/me/sign-ins/", "/learn/", "/me/"):
        assert status(academy, token, page) == 302
    assert status(academy, token, "/office/people/") == 302


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-2] + "AA", lambda t: t[3:], lambda _t: "", lambda _t: "lh_é", lambda t: t + "A" * 8]
)
def test_a_spoilt_token_is_none(academy, cast, spoil):
    sign_in, token = token_of(cast.learner)
    assert sign_in_by_token(spoil(token)) is None
    assert sign_in_by_token(token).pk == sign_in.pk


ENDS = {
    "signed out there": lambda s, _p: sign_ins.end_sign_ins([s], by=BY),
    "all signed out": lambda _s, _p: actions.end_all_sign_ins(by=BY),
    "suspended": lambda _s, p: actions.suspend(p, by=BY),
    "closed": lambda _s, p: actions.close_account(p, by=BY),
    "restricted": lambda _s, p: actions.restrict(p, by=BY),
    "erased": lambda _s, p: Person.objects.filter(pk=p.pk).delete(),
    "left": lambda _s, p: Person.objects.filter(pk=p.pk).update(state=Person.State.LEFT),
}


@pytest.mark.parametrize("what", sorted(ENDS))
def test_what_ends_sign_ins_ends_a_token(academy, cast, what):
    sign_in, token = token_of(cast.learner)
    ENDS[what](sign_in, cast.learner)
    assert status(academy, token) == 401


def test_a_token_runs_out_by_itself(academy, cast):
    _, token = token_of(cast.learner)
    with clock.at(clock.now() + LASTS - timedelta(minutes=1)):
        assert status(academy, token) == 200
    with clock.at(clock.now() + LASTS):
        assert status(academy, token) == 401


def test_a_new_password_puts_every_app_out(academy, cast, as_):
    _, token = token_of(cast.learner)
    cast.learner.set_password("een lange zin om te raden")
    cast.learner.save()
    said = {"oldpassword": "een lange zin om te raden", "password1": "nog een lange zin erbij"}
    assert (
        as_(cast.learner).post("/accounts/password/change/", said | {"password2": said["password1"]}).status_code == 302
    )
    assert status(academy, token) == 401


@pytest.mark.parametrize(("passed", "wanted"), [(True, 200), (False, 403)])
def test_who_needs_a_second_step_needs_a_token_from_after_it(academy, cast, passed, wanted):
    _, token = token_of(cast.clerk, second_factor=passed)
    assert status(academy, token) == wanted


def test_who_sets_up_a_second_step_makes_a_new_token(academy, cast):
    _, token = token_of(cast.learner)
    Authenticator.objects.create(user=cast.learner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    told = Client(headers={"host": academy.main_host, "authorization": f"Bearer {token}"}).get(BANKS)
    assert (told.status_code, told.json()["code"]) == (403, "second_step")


def test_the_owner_is_mailed_and_sees_the_app_among_the_sign_ins(academy, cast, as_):
    before = Message.objects.count()
    sign_in, _ = token_of(cast.learner, app="Mijn oefenapp")
    assert Message.objects.count() == before + 1
    assert sign_in in sign_ins_of(cast.learner.id)
    client = as_(cast.learner)
    assert "Mijn oefenapp" in client.get("/me/sign-ins/").content.decode()
    client.post("/me/sign-ins/", {"sign_in": str(sign_in.id)})
    sign_in.refresh_from_db()
    assert sign_in.ended_at is not None
    assert "Mijn oefenapp" not in as_(cast.colleague).get("/me/sign-ins/").content.decode()


def test_the_page_makes_a_token_and_shows_it_once(academy, cast, as_):
    client = as_(cast.learner)
    page = client.post("/me/sign-ins/app/", {"app": "Mijn oefenapp"}).content.decode()
    token = page.split('data-text="')[1].split('"')[0]
    assert status(academy, token) == 200
    assert token not in client.get("/me/sign-ins/app/").content.decode()
    assert Note.objects.filter(verb="make token", subject_person=cast.learner.id).count() == 1


def test_the_page_says_that_a_token_was_made_after_the_second_step(cast, as_):
    as_(cast.clerk).post("/me/sign-ins/app/", {"app": "Mijn oefenapp"})
    assert SignIn.objects.get(scope="practice").second_factor


def test_the_password_is_asked_again_after_ten_minutes(cast, as_):
    client = as_(cast.learner)
    store = client.session
    store[METHODS] = [{"method": "password", "at": clock.now().timestamp() - 700}]
    store.save()
    assert client.post("/me/sign-ins/app/", {"app": "Mijn oefenapp"})["Location"].startswith(
        "/accounts/reauthenticate/"
    )
    assert not SignIn.objects.filter(scope="practice").exists()


def test_an_app_has_a_name_and_there_are_not_too_many(cast):
    with pytest.raises(NoNameOfApp):
        token_of(cast.learner, app="  ")
    for _ in range(MOST):
        token_of(cast.learner)
    with pytest.raises(TooManyApps):
        token_of(cast.learner)
    assert SignIn.objects.filter(scope="practice").count() == MOST


def test_wrong_tokens_are_counted(academy, cast):
    _, token = token_of(cast.learner)
    wrong = token[:-4] + "AAAA"
    assert {status(academy, wrong) for _ in range(PER_NETWORK)} == {401}
    assert [status(academy, wrong), status(academy, token)] == [429, 200]

"""The gate by itself: who is stopped where, in which role somebody acts, and how a refusal is answered."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.test import RequestFactory

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.limits import Limited
from leerhuis.base.refusals import Refusal
from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, OFFICE, SIGNED_IN, STAFF, Audience
from leerhuis.people import gate
from leerhuis.people.gate import Gate, Viewer
from leerhuis.people.rules import Gone, SignInSpent
from tests.cast import Cast


class Said(BaseStorage):
    """Keeps what is said to the reader in memory."""

    def _get(self, *_words: Any, **_named: Any) -> Any:
        return [], True

    def _store(self, *_words: Any, **_named: Any) -> Any:
        return []


def asking(academy: Academy, viewer: Viewer | None = None, unfinished: Viewer | None = None) -> Any:
    """Return a request as it comes to the gate."""
    request: Any = RequestFactory().get("/office/people/?page=2")
    request.tenant, request.user, request.session = academy, AnonymousUser(), {}
    request.viewer, request.unfinished, request.actor = viewer, unfinished, Actor.visitor()
    request.by_token = False
    request.resolver_match = SimpleNamespace(url_name="people_office_list")
    request._messages = Said(request)
    return request


def seen(person: Any, *roles: str, second_factor: bool = True, has_second_step: bool = False) -> Viewer:
    return Viewer(person, frozenset(roles), second_factor, has_second_step)


def at_door(request: Any, audience: Audience, name: str = "people_office_list") -> str:
    """Return what the gate does: "" for letting in, else the status and where it sends to."""
    answer = gate._stopped(request, name, audience)
    return "" if answer is None else f"{answer.status_code} {answer.headers.get('Location', '')}".strip()


def test_a_visitor_enters_what_is_for_everyone_and_is_sent_to_sign_in_elsewhere(academy):
    request = asking(academy)
    back = "302 /accounts/login/?next=%2Foffice%2Fpeople%2F%3Fpage%3D2"

    assert at_door(request, ANYONE) == ""
    assert at_door(request, OFFICE) == back
    assert at_door(request, SIGNED_IN) == back
    assert request.actor == Actor.visitor()


@pytest.mark.parametrize(
    ("roles", "audience", "then"),
    [
        (("clerk",), OFFICE, ("", "clerk")),
        (("clerk", "academy_admin"), OFFICE, ("", "academy_admin")),
        (("clerk",), SIGNED_IN, ("", "learner")),
        (("clerk",), ANYONE, ("", "learner")),
        (("clerk",), CONTACT_PERSON, ("403", "learner")),
        (("bookkeeper",), OFFICE, ("403", "learner")),
        (("bookkeeper",), STAFF, ("", "bookkeeper")),
        ((), OFFICE, ("403", "learner")),
    ],
)
def test_who_is_in_enters_what_is_for_their_roles_and_acts_in_one(academy, cast, roles, audience, then):
    request = asking(academy, seen(cast.clerk, *roles))
    stopped, role = then

    assert at_door(request, audience) == stopped
    assert request.actor == Actor.person(cast.clerk.id, role)


def test_between_the_steps_only_the_second_opens(academy: Academy, cast: Cast):
    half = seen(cast.clerk, "clerk", second_factor=False)
    request = asking(academy, unfinished=half)
    request.user = cast.clerk
    onward = "302 /accounts/2fa/choose/?next=%2Foffice%2Fpeople%2F%3Fpage%3D2"

    assert at_door(request, ANYONE) == ""
    assert request.actor == Actor.visitor()
    assert at_door(request, OFFICE) == onward
    assert at_door(request, SIGNED_IN) == onward
    for name in sorted(gate.STEP_TWO):
        assert at_door(request, SIGNED_IN, name) == "", name
        assert request.actor == Actor.person(cast.clerk.id), name


def test_who_has_a_second_step_cannot_set_up_another_before_passing_it(academy, cast):
    request = asking(academy, unfinished=seen(cast.clerk, "clerk", second_factor=False, has_second_step=True))
    request.user = cast.clerk

    assert {name for name in gate.STEP_TWO if at_door(request, SIGNED_IN, name)} == gate.SETTING_UP


@pytest.mark.parametrize(
    ("roles", "passed", "has_one", "finished"),
    [
        (("clerk",), True, True, True),
        (("clerk",), True, False, True),
        (("clerk",), False, False, False),
        ((), False, False, True),
        ((), False, True, False),
        ((), True, True, True),
    ],
)
def test_a_sign_in_is_finished_when_every_step_was_passed(cast, roles, passed, has_one, finished):
    assert gate.is_finished(seen(cast.learner, *roles, second_factor=passed, has_second_step=has_one)) is finished


def answered(academy: Academy, fault: Exception) -> Any:
    request = asking(academy)
    return request, Gate(lambda _request: HttpResponse()).process_exception(request, fault)


def test_a_refusal_is_answered_in_its_own_words_and_taken_back(academy):
    _, answer = answered(academy, Refusal("Dit kan niet."))

    assert answer.status_code == Refusal.status
    assert "Dit kan niet." in answer.content.decode()
    assert answer.refused is True


def test_somebody_who_is_gone_is_answered_with_410(academy):
    _, answer = answered(academy, Gone())

    assert (answer.status_code, answer.refused) == (410, True)


def test_too_many_tries_say_when_to_come_back(academy):
    limited = Limited(100)
    _, answer = answered(academy, limited)

    assert (answer.status_code, answer["Retry-After"], answer.refused) == (429, str(limited.seconds), True)
    assert "2 minu" in answer.content.decode()


def test_a_spent_sign_in_starts_again_with_its_reason(academy):
    request, answer = answered(academy, SignInSpent())

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert [str(each) for each in request._messages] == [str(SignInSpent.message)]


def test_what_is_no_refusal_is_not_the_gates(academy):
    assert answered(academy, ValueError("x"))[1] is None


def test_a_route_without_an_audience_is_refused(academy):
    request = asking(academy)
    request.resolver_match = None
    refused: Any = Gate(lambda _request: HttpResponse()).process_view(request, HttpResponse, (), {})

    assert refused.status_code == 403


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is counted at the doors, in place of counting it."""
    tries: list[Any] = []
    monkeypatch.setattr(gate, "count", lambda _request, door, **more: tries.append((door, more)))
    return tries


def knock(academy: Academy, person: Any, method: str, name: str, **named: Any) -> None:
    request = asking(academy)
    request.method, request.user = method, person
    request.POST = {"email": "Iemand@people.example"}
    gate.count_at_door(request, name, named)


MAILED = {"account": "Iemand@people.example", "most": 5}


@pytest.mark.parametrize(
    ("asked", "named", "then"),
    [
        ("POST account_reset_password", {}, MAILED),
        ("POST account_signup", {}, MAILED),
        ("POST account_email", {}, MAILED),
        ("GET account_reset_password", {}, None),
        ("GET account_email", {}, None),
        ("GET account_change_password", {}, None),
        ("GET account_confirm_email", {}, {}),
        ("POST account_confirm_email", {}, {}),
        ("GET account_reset_password_from_key", {"key": "3-abc"}, {}),
        ("POST account_reset_password_from_key", {"key": "3-abc"}, {}),
        ("POST account_reset_password_from_key", {"key": "set-password"}, None),
        ("POST people_office_list", {}, None),
    ],
)
def test_what_is_tried_at_a_door_is_counted_as_that_door_asks(academy, counted, asked, named, then):
    method, name = asked.split()
    knock(academy, None, method, name, **named)

    assert counted == ([] if then is None else [(name, then)])


def test_a_new_password_is_counted_for_whoever_is_signed_in(academy, cast, counted):
    knock(academy, cast.learner, "POST", "account_change_password")

    assert counted == [("account_change_password", {"account": str(cast.learner.pk)})]


def test_an_address_that_was_not_sent_is_counted_too(academy, cast, counted):
    request = asking(academy)
    request.method, request.POST = "POST", {}
    gate.count_at_door(request, "account_signup", {})

    assert counted == [("account_signup", {"account": "", "most": 5})]


@pytest.mark.parametrize(
    ("methods", "mail_code_counts", "passed"),
    [
        ([], True, False),
        ([{"method": "password"}], True, False),
        ([{"method": "mfa", "type": "totp"}], True, True),
        ([{"method": "mfa", "type": "totp"}], False, True),
        ([{"method": "mfa", "type": "mail_code"}], True, True),
        ([{"method": "mfa", "type": "mail_code"}], False, False),
        ([{"method": "mfa", "type": "mail_code"}, {"method": "mfa", "type": "webauthn"}], False, True),
        (["mfa", None], True, False),
    ],
)
def test_which_steps_count_as_a_second_one(academy, methods, mail_code_counts, passed):
    request = asking(academy)
    request.session = {gate.METHODS: methods}

    assert gate.passed_second_factor(request, mail_code_counts=mail_code_counts) is passed


def test_a_mail_code_counts_unless_it_is_said_that_it_does_not(academy):
    request = asking(academy)
    request.session = {gate.METHODS: [{"method": "mfa", "type": "mail_code"}]}

    assert gate.passed_second_factor(request)
    request.session = {}
    assert not gate.passed_second_factor(request)


@pytest.mark.parametrize(
    ("given", "lately"),
    [(("password", 0), True), (("mfa", 299), True), (("mfa", 300), False), (("code", 0), False)],
)
def test_a_password_or_second_step_is_fresh_for_so_long(academy, settings, monkeypatch, given, lately):
    method, seconds = given
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    request = asking(academy)
    request.session = {gate.METHODS: [{"method": method, "at": moment.timestamp() - seconds}, "odd", {"method": "mfa"}]}

    assert gate.signed_in_lately(request) is lately


@pytest.mark.parametrize(
    ("kinds", "page"),
    [
        ((), "/accounts/2fa/choose/"),
        (("recovery_codes",), "/accounts/2fa/choose/"),
        (("webauthn",), "/accounts/2fa/webauthn/reauthenticate/"),
        (("webauthn", "totp"), "/accounts/2fa/reauthenticate/"),
    ],
)
def test_the_second_step_is_asked_in_the_way_that_somebody_has(academy, cast, kinds, page):
    for kind in kinds:
        Authenticator.objects.create(user=cast.learner, type=kind, data={})
    request = asking(academy)
    request.user = cast.learner
    there, _, back = gate.second_factor_page(request).partition("?")

    assert (there, back) == (page, "next=%2Foffice%2Fpeople%2F%3Fpage%3D2")

"""Somebody lost their telephone: the administrator takes away the second step, and its owner hears of it."""

import pytest
from allauth.mfa.models import Authenticator

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.people import sign_ins
from leerhuis.people.models import SignIn
from leerhuis.people.rules import NoSecondStep, OwnSecondStep
from leerhuis.people.tests.at_the_door import BY, browser, code, enter, with_app

WHY = {"reason": "Telefoon in de gracht, stem herkend."}


def page_of(person):
    return f"/office/people/{person.id}/second-step/"


def standing():
    return Authenticator.objects.count(), Message.objects.count(), Note.objects.filter(verb="reset second step").count()


def test_the_administrator_takes_it_away_and_its_owner_starts_anew(academy, as_, cast, clerk):
    secret, client = with_app(clerk), browser(academy)
    sign_ins.make_recovery_codes(clerk, by=BY)
    enter(client, clerk)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/office/people/").status_code == 200
    admin = as_(cast.admin)
    assert "Telefoon kwijt" in admin.get(f"/office/people/{clerk.id}/").content.decode()
    assert admin.post(page_of(clerk), WHY).headers["Location"] == f"/office/people/{clerk.id}/"
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert not SignIn.objects.filter(person=clerk, ended_at=None).exists()
    assert client.get("/me/details/").status_code == 302
    mail = Message.objects.get(to_address=clerk.email, kind="people.second_step_reset")
    assert WHY["reason"] in mail.body
    assert Note.objects.get(verb="reset second step").subject_person == clerk.id
    enter(client, clerk)
    assert client.get("/office/people/").headers["Location"].startswith("/accounts/2fa/choose/")


def test_a_reason_is_asked(as_, cast, clerk):
    with_app(clerk)
    before = standing()
    assert as_(cast.admin).post(page_of(clerk), {"reason": " "}).status_code == 200
    assert standing() == before


@pytest.mark.parametrize(
    "who", ["stranger", "learner", "contact", "trainer", "clerk", "planner", "bookkeeper", "officer"]
)
def test_only_the_administrator_may(as_, cast, who):
    with_app(cast.colleague)
    client, before = as_(cast.everyone[who]), standing()
    if who == "clerk":
        assert "Telefoon kwijt" not in client.get(f"/office/people/{cast.colleague.id}/").content.decode()
    assert client.post(page_of(cast.colleague), WHY).status_code == 403
    assert standing() == before


def test_nobody_takes_away_their_own(academy, cast):
    with_app(cast.admin)
    before = standing()
    with pytest.raises(OwnSecondStep), attempt():
        sign_ins.reset_second_step(cast.admin, reason="x", by=Actor.person(cast.admin.id, "academy_admin"))
    assert standing() == before


def test_without_one_there_is_nothing_to_take_away(as_, cast):
    before = standing()
    with pytest.raises(NoSecondStep), attempt():
        sign_ins.reset_second_step(cast.colleague, reason="x", by=BY)
    assert "heeft geen tweede stap" in as_(cast.admin).post(page_of(cast.colleague), WHY).content.decode()
    assert standing() == before

"""Opening an account: what is asked, what is kept, and what a stranger can find out (nothing)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.mail.models import Message
from leerhuis.people import actions
from leerhuis.people.models import Person
from leerhuis.people.queries import invitation_token
from leerhuis.people.rules import AddressTaken
from tests.cast import Cast, signed_in

As = Callable[[Person | None], Client]
BY = Actor.operator()
NEW = {
    "email": "Nieuw@Iemand.example",
    "password1": "een lange zin 27",
    "first_name": "Nieuwe",
    "last_name": "van Iemand",
}


def shown_fields(page: str) -> set[str]:
    names = set(re.findall(r'<input[^>]*name="([^"]+)"', page))
    return names - {"csrfmiddlewaretoken", "request_key", "next", "language"}


def test_sign_up_asks_four_things_and_nothing_else(as_: As, cast: Cast) -> None:
    page = as_(None).get("/accounts/signup/").content.decode()
    assert shown_fields(page) == {"email", "password1", "first_name", "last_name"}


def test_sign_up_keeps_what_was_asked_and_mails_a_link(as_: As, cast: Cast) -> None:
    answer = as_(None).post("/accounts/signup/", {**NEW, "phone": "0612345678", "state": "active"})
    assert answer.status_code == 302
    person = Person.objects.get(email="nieuw@iemand.example")
    assert (person.name, person.sort_name, person.source) == ("Nieuwe van Iemand", "iemand, van, nieuwe", "sign_up")
    assert person.password.startswith("argon2$argon2id$")
    (mail,) = Message.objects.all()
    assert (mail.kind, mail.to_address, mail.secret) == ("people.confirm_address", "nieuw@iemand.example", True)


def test_a_known_address_learns_nothing_and_its_owner_is_told(as_: As, cast: Cast) -> None:
    fresh = as_(None).post("/accounts/signup/", NEW)
    known = as_(None).post("/accounts/signup/", {**NEW, "email": cast.learner.email})
    assert (known.status_code, known.headers["Location"]) == (fresh.status_code, fresh.headers["Location"])
    assert Message.objects.get(to_address=cast.learner.email).kind == "people.account_exists"


def test_an_invitation_opens_an_account_once(as_: As, cast: Cast, academy: Academy) -> None:
    person, _ = actions.find_or_add_person("i@i.example", "Inge", "Invitee", source=Person.Source.STAFF, by=BY)
    link = f"/invitation/{invitation_token(person)}/"
    browser = signed_in(academy, None)
    assert browser.post(link, {"password": "kort"}).status_code == 200
    assert browser.post(link, {"password": "een lange zin 27"}).status_code == 302
    assert browser.get("/me/details/").status_code == 200
    assert as_(None).get(link).status_code == 410


def test_an_invitation_to_a_wrong_address_ends_once_the_address_is_corrected(as_: As, cast: Cast) -> None:
    """Guard: whoever reads the mail of the wrong address must not open the account of the right one."""
    person = cast.learner
    person.set_unusable_password()
    person.save(update_fields=["password"])
    old = invitation_token(person)
    assert as_(None).get(f"/invitation/{old}/").status_code == 200
    actions.change_person(
        person,
        first_name=person.first_name,
        last_name=person.last_name,
        email="right@example.org",
        language="nl",
        by=BY,
    )
    assert as_(None).get(f"/invitation/{old}/").status_code == 410
    assert as_(None).get(f"/invitation/{invitation_token(person)}/").status_code == 200


def test_a_forged_invitation_is_refused(as_: As, cast: Cast) -> None:
    token = invitation_token(cast.learner)
    assert as_(None).get(f"/invitation/{token[:-2]}xx/").status_code == 410


def test_an_address_that_is_known_keeps_its_name(cast: Cast) -> None:
    person, added = actions.find_or_add_person(
        cast.learner.email.upper(), "Hacker", "Hackersen", source=Person.Source.REGISTRATION, by=Actor.visitor()
    )
    assert (person.id, person.name, added) == (cast.learner.id, "Lena de Leerling", False)


def test_somebody_elses_address_is_refused(cast: Cast) -> None:
    with pytest.raises(AddressTaken):
        actions.change_person(
            cast.learner, first_name="L", last_name="L", email=cast.colleague.email or "", language="nl", by=BY
        )


@pytest.mark.parametrize("who", ["contact", "trainer", "clerk", "planner", "bookkeeper", "officer", "admin"])
def test_who_sees_others_needs_a_second_step(academy: Academy, cast: Cast, who: str) -> None:
    doors = {"contact": "/employer/", "trainer": "/trainer/", "officer": "/office/privacy/"}
    door = doors.get(who, "/office/people/")
    answer = signed_in(academy, cast.everyone[who], second_factor=False).get(door)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/2fa/choose/")


def test_only_the_administrator_gives_roles(as_: As, cast: Cast) -> None:
    path = f"/office/people/{cast.stranger.id}/roles/"
    assert as_(cast.clerk).get(path).status_code == 403
    assert as_(cast.admin).post(path, {"roles": ["trainer"]}).status_code == 302
    assert as_(cast.stranger).get("/trainer/").status_code == 200


def test_people_are_found_blind_to_accents(as_: As, cast: Cast) -> None:
    actions.find_or_add_person("c@c.example", "Ahmet", "Çelik", source=Person.Source.STAFF, by=BY)
    page = as_(cast.clerk).get("/office/people/?q=celik").content.decode()
    assert "Ahmet Çelik" in page
    assert "Lena de Leerling" not in page


def test_the_link_of_an_invitation_tells_nothing_of_a_password_and_can_always_be_opened(cast: Cast) -> None:
    cast.learner.password = "argon2$argon2id$v=19$m=102400$c2FsdA$0123456789abcdef/+g"
    token = invitation_token(cast.learner)
    assert "f/+g" not in token
    assert reverse("people_accept_invitation", args=[token]).endswith(f"{token}/")

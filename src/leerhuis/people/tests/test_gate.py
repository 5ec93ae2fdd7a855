"""The gate lets everyone through to their own pages and to no others."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.people.models import Person
from tests.cast import Cast, signed_in

As = Callable[[Person | None], Client]


def test_a_visitor_is_sent_to_sign_in_and_comes_back(as_: As) -> None:
    answer = as_(None).get("/me/details/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fme%2Fdetails%2F"


def test_a_person_sees_their_own_details(as_: As, cast: Cast) -> None:
    answer = as_(cast.learner).get("/me/details/")
    assert answer.status_code == 200
    assert b"Lena" in answer.content


def test_somebody_suspended_is_out_with_the_next_request(as_: As, cast: Cast) -> None:
    client = as_(cast.learner)
    cast.learner.state = Person.State.SUSPENDED
    cast.learner.save()
    assert client.get("/me/details/").status_code == 302


def test_two_administrators_who_press_the_same_button_do_not_undo_each_other(as_: As, cast: Cast) -> None:
    admin, address = as_(cast.admin), f"/office/people/{cast.learner.id}/suspend/"
    for wanted, state, said in (
        ("stopped", Person.State.SUSPENDED, "kan nu niet inloggen"),
        ("let in", Person.State.ACTIVE, "kan weer inloggen"),
    ):
        for _ in range(2):
            page = admin.post(address, {"wanted": wanted}, follow=True).content.decode()
            cast.learner.refresh_from_db()
            assert cast.learner.state == state
            assert said in page
    admin.post(address)
    cast.learner.refresh_from_db()
    assert cast.learner.state == Person.State.ACTIVE


def test_an_unknown_host_is_not_found(academy: Academy) -> None:
    assert Client(headers={"host": "elsewhere.example"}).get("/me/details/").status_code == 404


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_pages_for_signing_in_are_open(as_: As, path: str) -> None:
    assert as_(None).get(path).status_code == 200


def test_second_factor_pages_are_reachable_without_one(academy: Academy, cast: Cast) -> None:
    client = signed_in(academy, cast.clerk, second_factor=False)
    assert client.get("/accounts/2fa/totp/activate/").status_code in {200, 302}

"""The doors: how often one may try, and that nobody finds out who has an account."""

import pytest

from leerhuis.people.models import Person
from leerhuis.people.queries import invitation_token
from leerhuis.people.tests.at_the_door import browser, choose_password, enter, plain, reset_link, rest


def test_ten_wrong_passwords_and_the_right_one_waits_too(academy, learner):
    for number in range(10):
        client = browser(academy)
        answer = client.post(
            "/accounts/login/",
            {"login": learner.email.upper(), "password": "verkeerd"},
            REMOTE_ADDR=f"192.0.{number}.1",
        )
        assert answer.status_code == 200
    refused = enter(browser(academy), learner)
    assert refused.status_code == 429
    assert 890 <= int(refused.headers["Retry-After"]) <= 901
    assert "Mail mij een link" in refused.content.decode()
    rest()
    assert enter(browser(academy), learner).status_code == 302


def test_an_unknown_address_waits_like_a_known_one(academy, learner):
    class Nobody:
        email = "nobody@people.example"

    said = []
    for who in (learner, Nobody):
        client = browser(academy)
        answers = [enter(client, who, "verkeerd") for _ in range(11)]
        said.append([(one.status_code, plain(one, who.email)) for one in answers])
    assert said[0] == said[1]


def test_the_owner_comes_in_by_mail_while_the_door_is_busy(academy, learner):
    for number in range(11):
        browser(academy).post(
            "/accounts/login/", {"login": learner.email, "password": "x"}, REMOTE_ADDR=f"192.0.{number}.1"
        )
    client = browser(academy)
    link = reset_link(client, learner)
    choose_password(client, link)
    assert client.get("/me/details/").status_code == 200


def test_a_sixth_mail_for_a_new_password_waits_for_known_and_unknown_alike(academy, learner):
    for address in (learner.email, "nobody@people.example"):
        client = browser(academy)
        answers = [client.post("/accounts/password/reset/", {"email": address}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]


def test_invitations_that_are_guessed_are_counted(academy, cast):
    client = browser(academy)
    answers = [client.get(f"/invitation/{number}/").status_code for number in range(101)]
    assert answers == [410] * 100 + [429]


def sign_in(client, address):
    return client.post("/accounts/login/", {"login": address, "password": "verkeerd geraden"})


def new_password(client, address):
    return client.post("/accounts/password/reset/", {"email": address})


def sign_up(client, address):
    sent = {"email": address, "password1": "een lange zin 27", "first_name": "Nel", "last_name": "Nieuw"}
    return client.post("/accounts/signup/", sent)


@pytest.mark.parametrize("door", [sign_in, new_password, sign_up])
def test_nobody_finds_out_who_has_an_account(academy, learner, cast, door):
    cast.colleague.state = Person.State.INVITED
    cast.colleague.save()
    cast.stranger.state = Person.State.SUSPENDED
    cast.stranger.save()
    said = []
    for address in ("nobody@people.example", learner.email, cast.colleague.email, cast.stranger.email):
        client = browser(academy)
        answer = door(client, address)
        then = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        said.append((answer.status_code, answer.headers.get("Location"), plain(then, address)))
    assert [one == said[0] for one in said] == [True] * 4


def test_a_used_invitation_looks_like_a_forged_one(academy, cast, learner):
    used = f"/invitation/{invitation_token(learner)}/"
    said = [(path, browser(academy).get(path)) for path in (used, used[:-5] + "aaaa/", "/invitation/x/")]
    assert [one.status_code for _path, one in said] == [410] * 3
    assert len({plain(one, path) for path, one in said}) == 1

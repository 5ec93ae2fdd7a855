"""Changing one's own address: proven first, told at the old one, and no word about who else uses it."""

import re

import pytest

from leerhuis.mail.models import Message
from leerhuis.people.models import Person

ANSWER = re.compile(r"<main.*?</main>", re.DOTALL)


def ask_for(client, address):
    """Ask for another address, and return the words of the page that follows."""
    page = client.post("/accounts/email/", {"email": address, "action_add": ""}, follow=True).content.decode()
    shown = re.sub(r"<[^>]+>", " ", ANSWER.search(page)[0])
    return " ".join(shown.replace(address, "·").split())


def link_in(message):
    """Return the link of a mail, as a path."""
    return re.search(r"https?://[^/]+(/accounts/confirm-email/\S+/)", message.body)[1]


def test_an_address_that_somebody_uses_is_answered_like_any_other(as_, cast):
    answers = {ask_for(as_(cast.learner), each) for each in (cast.colleague.email, "vrij@nieuw.example")}
    assert len(answers) == 1
    told = dict(Message.objects.values_list("to_address", "kind"))
    assert told == {cast.colleague.email: "people.account_exists", "vrij@nieuw.example": "people.confirm_address"}


def test_the_owner_of_an_address_hears_it_and_whoever_wanted_it_gets_no_link(as_, cast):
    client = as_(cast.learner)
    ask_for(client, cast.colleague.email)
    client.post("/accounts/email/", {"email": cast.colleague.email, "action_send": ""})
    assert {message.kind for message in Message.objects.all()} == {"people.account_exists"}
    assert "confirm-email" not in "".join(Message.objects.values_list("body", flat=True))


def test_a_new_address_counts_once_its_link_was_opened_and_the_old_one_is_told(as_, cast):
    client, old = as_(cast.learner), cast.learner.email
    ask_for(client, "lena@nieuw.example")
    assert Person.objects.get(pk=cast.learner.pk).email == old
    client.post(link_in(Message.objects.get(to_address="lena@nieuw.example")))
    assert Person.objects.get(pk=cast.learner.pk).email == "lena@nieuw.example"
    assert [each.email for each in cast.learner.emailaddress_set.all()] == ["lena@nieuw.example"]
    assert Message.objects.get(to_address=old).kind == "people.security_changed"


def test_an_address_that_became_anothers_meanwhile_is_not_taken_over(as_, cast):
    client, old = as_(cast.learner), cast.learner.email
    ask_for(client, "lena@nieuw.example")
    Person.objects.filter(pk=cast.stranger.pk).update(email="lena@nieuw.example")
    client.post(link_in(Message.objects.get(to_address="lena@nieuw.example")))
    assert Person.objects.get(pk=cast.learner.pk).email == old


@pytest.mark.parametrize("field", ["email", "state"])
def test_ones_own_details_hold_no_address_and_no_state(as_, cast, field):
    before = getattr(cast.learner, field)
    form = {"first_name": "L", "last_name": "L", "language": "nl", field: cast.colleague.email}
    assert as_(cast.learner).post("/me/details/", form).status_code == 302
    cast.learner.refresh_from_db()
    assert (getattr(cast.learner, field), cast.learner.first_name) == (before, "L")

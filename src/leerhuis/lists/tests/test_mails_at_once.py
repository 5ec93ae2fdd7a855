"""Mails at once: held back in the queue, let go, and taken back."""

import pytest

from leerhuis.lists.models import BulkAct

MAILS, BULK = "/office/mails/", "/office/mails/bulk/"


@pytest.fixture
def clerk(as_, cast):
    client = as_(cast.clerk)
    for person in (cast.learner, cast.colleague):
        type(person).objects.filter(pk=person.id).update(state="invited")
        client.post(f"/office/people/{person.id}/invite/")
    return client


def states(clerk):
    return [message.state for message in clerk.get(MAILS).context["list"].lines]


def rows(clerk):
    return [str(message.id) for message in clerk.get(MAILS).context["list"].lines]


def test_mails_are_held_back_and_go_again_when_that_is_taken_back(clerk):
    clerk.post(BULK, {"act": "hold", "step": "do", "row": rows(clerk)})
    assert states(clerk) == ["held", "held"]

    clerk.post(BULK, {"undo": str(BulkAct.objects.get().id)})
    assert states(clerk) == ["waiting", "waiting"]


def test_what_is_not_held_back_cannot_be_let_go(clerk):
    page = clerk.post(BULK, {"act": "release", "row": rows(clerk)})

    assert (len(page.context["able"]), len(page.context["unable"])) == (0, 2)


def test_all_that_fit_a_filter_are_held_back(clerk):
    clerk.post(BULK, {"act": "hold", "step": "do", "row": rows(clerk)[:1]})

    page = clerk.post(BULK, {"act": "hold", "all": "1", "query": "state=waiting"})

    assert len(page.context["able"]) == 1

"""Organisations, their contacts, and the rights that come and go with them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.organisations import actions
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.queries import is_contact_of
from leerhuis.organisations.rules import NameTaken
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of
from tests.cast import Cast

As = Callable[[Person | None], Client]
BY = Actor.operator()


def test_a_second_organisation_of_one_name_is_refused_and_leaves_nothing(cast: Cast) -> None:
    before = (Organisation.objects.count(), Note.objects.count())
    with pytest.raises(NameTaken), attempt():
        actions.add_organisation(name=" bakker advies ", by=BY)
    assert (Organisation.objects.count(), Note.objects.count()) == before


def test_a_contacts_role_ends_with_the_last_organisation(cast: Cast) -> None:
    second = actions.add_organisation(name="Tweede", by=BY)
    actions.appoint_contact(second, cast.contact, by=BY)
    first = Membership.objects.get(person=cast.contact, organisation=cast.organisation)
    actions.end_membership(first, by=BY)
    assert roles_of(cast.contact.id) == {"contact"}
    actions.end_membership(Membership.objects.get(person=cast.contact, organisation=second), by=BY)
    assert roles_of(cast.contact.id) == frozenset()
    assert not is_contact_of(cast.contact.id, second.id)


@pytest.mark.parametrize("who", ["stranger", "learner", "contact", "trainer", "bookkeeper", "officer"])
def test_only_the_office_sees_organisations(as_: As, cast: Cast, who: str) -> None:
    assert as_(cast.everyone[who]).get("/office/organisations/").status_code == 403


def test_the_office_adds_an_organisation_and_hears_what_is_wrong(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    wrong = clerk.post("/office/organisations/add/", {"name": "Nieuw B.V.", "kvk": "123"})
    assert wrong.status_code == 200
    assert "Een KvK-nummer heeft acht cijfers." in wrong.content.decode()
    right = clerk.post("/office/organisations/add/", {"name": "Nieuw B.V.", "kvk": "12 34 56 78"})
    made = Organisation.objects.get(name="Nieuw B.V.")
    assert (right.status_code, made.kvk) == (302, "12345678")


def test_a_list_asks_as_much_for_three_as_for_one(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    clerk.get("/office/organisations/")  # the first page with a form puts its mark into the sign-in store
    with CaptureQueriesContext(connection) as one:
        clerk.get("/office/organisations/")
    for number in range(2):
        actions.add_organisation(name=f"Organisatie {number}", by=BY)
    with CaptureQueriesContext(connection) as three:
        clerk.get("/office/organisations/")
    assert len(three) == len(one)


def test_a_download_holds_no_formula(as_: As, cast: Cast) -> None:
    actions.add_organisation(name="=1+1", by=BY)
    text = as_(cast.clerk).get("/office/organisations/?export=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text

"""The homes of each role, and the pages that join packages."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.people import actions
from leerhuis.people.models import Person
from tests.cast import Cast

As = Callable[[Person | None], Client]

HOMES = {
    "learner": "/today/",
    "stranger": "/today/",
    "contact": "/employer/",
    "trainer": "/trainer/",
    "clerk": "/office/",
    "planner": "/office/",
    "admin": "/office/",
    "officer": "/office/privacy/",
}


@pytest.mark.parametrize(("who", "home"), HOMES.items())
def test_everyone_begins_where_their_day_begins(as_: As, cast: Cast, who: str, home: str) -> None:
    client = as_(cast.everyone[who])
    assert client.get("/home/").headers["Location"] == home
    assert client.get(home).status_code == 200


@pytest.mark.parametrize("path", ["/today/", "/learn/", "/agenda/", "/me/"])
def test_an_empty_page_says_what_to_do_next(as_: As, cast: Cast, path: str) -> None:
    page = as_(cast.stranger).get(path)
    assert page.status_code == 200
    assert 'href="/courses/"' in page.content.decode() or path == "/me/"


def test_an_office_with_nothing_to_do_says_so(as_: As, cast: Cast) -> None:
    assert "Alles is gedaan" in as_(cast.clerk).get("/office/").content.decode()


def test_a_look_at_a_person_is_written_down(as_: As, cast: Cast) -> None:
    as_(cast.clerk).get(f"/office/people/{cast.learner.id}/")
    look = Look.objects.get(subject_person=cast.learner.id)
    assert (look.actor_person, look.actor_role, look.screen) == (cast.clerk.id, "clerk", "portal_office_person")


@pytest.mark.parametrize("who", ["stranger", "learner", "contact", "trainer", "bookkeeper"])
def test_pages_about_others_are_for_the_office(as_: As, cast: Cast, who: str) -> None:
    client = as_(cast.everyone[who])
    assert client.get(f"/office/people/{cast.colleague.id}/").status_code == 403
    assert client.get(f"/office/organisations/{cast.organisation.id}/").status_code == 403


def test_the_list_of_people_asks_as_much_for_many_as_for_few(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    with CaptureQueriesContext(connection) as few:
        clerk.get("/office/people/")
    for number in range(3):
        actions.find_or_add_person(
            f"p{number}@p.example", "Piet", f"Nummer {number}", source=Person.Source.STAFF, by=Actor.operator()
        )
    with CaptureQueriesContext(connection) as many:
        clerk.get("/office/people/")
    assert len(many) == len(few)


def test_what_was_done_to_a_person_is_told_in_words(as_: As, cast: Cast) -> None:
    actions.change_person(
        cast.learner,
        first_name="Lena",
        last_name="Anders",
        email=cast.learner.email or "",
        language="nl",
        by=Actor.person(cast.admin.id, "academy_admin"),
    )
    page = as_(cast.clerk).get(f"/office/people/{cast.learner.id}/").content.decode()
    assert "change person" not in page
    assert "academy_admin" not in page
    assert "Gewijzigd" in page

"""The homes of each role, and the pages that join packages."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerhuis.appearance.models import Appearance
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.enrolment.tests.factories import make_course as course_for_all
from leerhuis.enrolment.tests.factories import make_run as run_for_all
from leerhuis.mail.queries import standstill
from leerhuis.people import actions
from leerhuis.people.models import Person
from leerhuis.results.tests.factories import make_group
from tests.cast import Cast, add_person

As = Callable[[Person | None], Client]

HOMES = {
    "learner": "/today/",
    "stranger": "/today/",
    "contact": "/employer/",
    "trainer": "/trainer/",
    "clerk": "/office/",
    "planner": "/office/",
    "admin": "/office/",
    "bookkeeper": "/office/",
    "marketer": "/office/",
    "officer": "/office/privacy/",
}


def somebody(cast: Cast, who: str) -> Person:
    """Return one of the cast, or a marketer who joins it."""
    if who != "marketer":
        return cast.everyone[who]
    person = add_person("Mats", "Markt")
    actions.grant_role(person, "marketer", by=Actor.operator())
    return person


@pytest.mark.parametrize(("who", "home"), HOMES.items())
def test_everyone_begins_where_their_day_begins(as_: As, cast: Cast, who: str, home: str) -> None:
    client = as_(somebody(cast, who))
    assert client.get("/home/").headers["Location"] == home
    assert client.get(home).status_code == 200


@pytest.mark.parametrize("who", HOMES)
def test_nothing_in_a_menu_leads_to_a_refusal(as_: As, cast: Cast, who: str) -> None:
    client = as_(somebody(cast, who))
    first = client.get(HOMES[who])
    menu = [each["url"] for name in ("nav", "me_nav") for each in first.context[name]]
    inside = [each["url"] for url in menu for each in client.get(url).context["nav"]]
    assert HOMES[who] in menu
    assert {url: client.get(url).status_code for url in {*menu, *inside}} == dict.fromkeys({*menu, *inside}, 200)


OF_THE_OFFICER = [
    "/office/privacy/", "/office/privacy/requests/", "/office/complaints/", "/office/consents/",
    "/office/privacy/terms/", "/office/privacy/erasures/", "/office/privacy/suppliers/", "/office/privacy/statement/",
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "menu"),
    [("bookkeeper", ["/office/"]), ("marketer", ["/office/", "/office/news/"]), ("officer", OF_THE_OFFICER)],
)
def test_staff_outside_the_office_sees_no_page_of_it(as_: As, cast: Cast, who: str, menu: list[str]) -> None:
    group = make_group(cast.learner, trainer=cast.trainer)
    page = as_(somebody(cast, who)).get(HOMES[who])
    assert [each["url"] for each in page.context["nav"]] == menu
    shown = page.content.decode()
    assert cast.learner.last_name not in shown
    assert str(group.run.id) not in shown


def test_a_bookkeeper_sees_the_runs_that_everybody_sees(as_: As, cast: Cast) -> None:
    course = course_for_all()
    run = run_for_all(course)
    run_for_all(course, opened=False, code="EH-2")
    page = as_(cast.bookkeeper).get("/office/")
    assert [each.id for each in page.context["coming"]] == [run.id]
    assert f'href="/courses/{course.slug}/"' in page.content.decode()


def test_a_privacy_officers_day_begins_with_privacy(as_: As, cast: Cast) -> None:
    assert as_(cast.officer).get("/office/").headers["Location"] == "/office/privacy/"
    actions.grant_role(cast.officer, "clerk", by=Actor.operator())
    assert as_(cast.officer).get("/office/").status_code == 200


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


def test_what_was_done_to_a_person_is_told_in_words(as_: As, cast: Cast) -> None:
    actions.change_person(
        cast.learner,
        first_name="Lena",
        last_name="Anders",
        email=cast.learner.email or "",
        language="nl",
        by=Actor.person(cast.admin.id, "academy_admin"),
    )
    page = as_(cast.clerk).get(f"/office/people/{cast.learner.id}/part/history/").content.decode()
    assert "change person" not in page
    assert "academy_admin" not in page
    assert "Gewijzigd" in page


PARTS = ("", "part/mails/", "part/sharing/", "part/history/")


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_of_a_persons_page_are_for_the_office(as_: As, cast: Cast, part: str) -> None:
    path = f"/office/people/{cast.learner.id}/{part}"
    answers = {who: as_(somebody(cast, who)).get(path).status_code for who in HOMES}
    may = {"clerk", "planner", "admin"}
    assert answers == {who: 200 if who in may else 403 for who in HOMES}
    assert as_(None).get(path).headers["Location"].startswith("/accounts/login/")


def test_a_part_that_does_not_exist_is_not_found(as_: As, cast: Cast) -> None:
    assert as_(cast.clerk).get(f"/office/people/{cast.learner.id}/part/practice/").status_code == 404


def test_settings_and_what_they_change_are_for_the_administrator(as_: As, cast: Cast) -> None:
    forms: dict[str, dict[str, str]] = {
        "/office/settings/look/": {"accent": "#0a5c36", "typeface": "book"},
        "/office/settings/mails/": {"step": "stop"},
    }
    for who in HOMES:
        client = as_(somebody(cast, who))
        may = who == "admin"
        assert client.get("/office/settings/").status_code == (200 if may else 403), who
        if not may:
            assert {client.post(path, said).status_code for path, said in forms.items()} == {403}, who
    assert (Appearance.objects.count(), standstill()) == (0, None)
    for path, said in forms.items():
        assert as_(cast.admin).post(path, said).status_code == 302
    assert Appearance.objects.count() == 1
    assert standstill() is not None

"""What leaks beside the page: searching, previews, sheets, papers, headers, and words of refusal."""

import difflib
import re

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import resolve

from leerhuis.audit.actor import Actor
from leerhuis.base.ids import uuid7
from leerhuis.catalogue.models import Teaching
from leerhuis.enrolment.models import Enrolment
from leerhuis.organisations.actions import add_employee
from leerhuis.organisations.models import Membership
from leerhuis.people.actions import invite
from leerhuis.people.models import Person
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.tests.factories import access_for
from leerhuis.results.actions import give_result
from tests.floors.access.asking import address, ask, letter_of, neutral, routes
from tests.floors.access.matrix import rows
from tests.floors.access.test_sharing import cells, in_words
from tests.floors.access.world import World, undone

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = rows()

# Whose name, and whose address, each may come across anywhere on the pages that are open to them. Written by hand.
MAKERS = {"admin", "clerk", "planner", "trainer", "other_trainer"}  # who makes questions knows with whom
NAMES = {
    "visitor": set(),
    "stranger": {"stranger", "trainer"},
    "learner": {"learner", "trainer", "contact"},
    "contact": {"contact", "learner", "colleague", "trainer"},
    "other_contact": {"other_contact", "outsider", "trainer"},
    "trainer": {"trainer", "learner", "colleague", "stranger", "outsider", *MAKERS},
    "other_trainer": {"other_trainer", "stranger", *MAKERS},
    "marketer": {"marketer"},
    "bookkeeper": {"bookkeeper"},
}
ADDRESSES = {who: {who} - {"visitor"} for who in NAMES}
SHEETS = ("enrolment_employer_home", "results_employer_progress")
PUBLIC = {"anyone"}
BY_LINK = ("/invitation/", "/sharing/", "/join/")  # opened by whoever has the link from their own mail


def pages_of(who: str, world: World) -> list[str]:
    """Return the addresses that somebody may open about the things of this world, sheets of lists included."""
    found = []
    for route, pattern in routes().items():
        row = TABLE.get(route)
        if (
            row is None
            or row.answers.get(who) != "y"
            or "GET" not in row.methods
            or route.startswith(("account", "mfa"))
        ):
            continue
        at = address(world, route, pattern)
        found += [at, *(f"{at}?export={kind}" for kind in ("csv", "xlsx") if route in SHEETS)]
    return found


def text_of(response: HttpResponse | StreamingHttpResponse) -> str:
    """Return what a page, a paper or a sheet says."""
    kind = response.get("Content-Type", "")
    if "sheet" in kind:
        return str(cells(response))
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response).decode(errors="replace")
    return in_words(response) if "pdf" in kind else response.content.decode(errors="replace")


@pytest.mark.parametrize("who", NAMES)
def test_all_pages_of_somebody_together_name_nobody_else(who: str, here: World) -> None:
    seen_names, seen_addresses = set(), set()
    for at in pages_of(who, here):
        if at.startswith(BY_LINK):
            continue
        text = text_of(ask(here.browser(who), "GET", at))
        seen_names |= {each for each, person in here.people.items() if person.last_name in text}
        seen_addresses |= {each for each, person in here.people.items() if str(person.email) in text}
    assert seen_names <= NAMES[who]
    assert seen_addresses <= ADDRESSES[who]


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "clerk", "officer"])
def test_pages_about_people_carry_no_mark_by_which_a_change_shows(who: str, here: World) -> None:
    for at in pages_of(who, here):
        response = ask(here.browser(who), "GET", at)
        if audience_at(at) in PUBLIC:
            continue
        assert "ETag" not in response, at
        assert "Last-Modified" not in response, at
        assert "public" not in response.get("Cache-Control", ""), at


def audience_at(at: str) -> str:
    """Return the audience of an address."""
    return TABLE[str(resolve(at.partition("?")[0]).url_name)].audience


# --- counts and totals ---------------------------------------------------------------------------------------------
def said_to(who: str, world: World) -> dict[str, str]:
    """Return what every page, sheet and paper says to somebody, without what differs each time."""
    return {at: neutral(text_of(ask(world.browser(who), "GET", at))) for at in pages_of(who, world)}


def live_elsewhere(world: World) -> None:
    """Let much happen to people and organisations that are not theirs who look; no seat is taken or given."""
    clerk, others = Actor.person(world.people["clerk"].id, "clerk"), world.things["other_organisation"]
    give_result(world.things["outsiders"], "passed", by=clerk)
    add_employee(others, world.people["stranger"], by=clerk)
    invite(world.people["invited"], by=clerk)
    access_for(world.people["stranger"], world.things["bank"])
    start_round(world.people["stranger"], world.things["bank"], by=Actor.person(world.people["stranger"].id))
    for thing in ("outsiders", "elsewhere"):
        Enrolment.objects.filter(pk=world.things[thing].pk).update(remarks="Is geweest", price=9)
    type(others).objects.filter(pk=others.pk).update(name="Heel anders", city="Elders")
    Person.objects.filter(pk=world.people["marketer"].pk).update(state=Person.State.SUSPENDED)


@pytest.mark.parametrize("who", ["visitor", "learner", "contact", "trainer"])
def test_nothing_that_happens_to_others_shows_in_any_word_or_number(who: str, here: World) -> None:
    before = said_to(who, here)
    live_elsewhere(here)
    after = said_to(who, here)
    passed_over = (*BY_LINK, "/me/data/")  # My data counts how often one looked at others: these pages, too
    assert {at: said for at, said in differences(before, after).items() if not at.startswith(passed_over)} == {}


def differences(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Return by address the lines that came or went."""
    lines = {at: difflib.ndiff(said.splitlines(), after[at].splitlines()) for at, said in before.items()}
    found = {at: [line for line in each if line.startswith(("-", "+"))] for at, each in lines.items()}
    return {at: each for at, each in found.items() if each}


# --- searching -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["/employer/", "/employer/progress/"])
def test_a_contact_cannot_search_by_an_address_that_it_is_not_shown(page: str, here: World) -> None:
    learner = here.people["learner"]
    learner.email = "privadres-8731@elders.example"
    learner.save(update_fields=["email"])
    by_name = here.browser("contact").get(page, {"q": learner.last_name, "export": "csv"})
    assert len(cells(by_name)) > 1
    for guess in ("privadres-8731", "@elders.example", learner.email):
        assert len(cells(here.browser("contact").get(page, {"q": guess, "export": "csv"}))) == 1, guess


@pytest.mark.parametrize("page", ["/employer/", "/employer/progress/"])
def test_a_contact_cannot_filter_by_another_organisation(page: str, here: World) -> None:
    other = here.things["other_organisation"]
    for asked in ({"organisation": str(other.pk)}, {"ordered_by": str(other.pk)}, {"q": other.name}):
        text = text_of(here.browser("contact").get(page, asked | {"export": "csv"}))
        assert here.people["outsider"].last_name not in text


@pytest.mark.parametrize("who", ["bookkeeper", "marketer"])
def test_searching_everything_finds_for_somebody_only_what_they_may_see(who: str, here: World) -> None:
    for words in ("Van", here.mark, *(person.last_name for person in here.people.values())):
        text = here.browser(who).get("/office/search/", {"q": words}, headers={"HX-Request": "true"}).content.decode()
        shown = {each for each, person in here.people.items() if person.last_name in text.replace(words, "")}
        assert shown <= {who}


def test_nobody_outside_the_staff_reaches_the_search(here: World) -> None:
    for who in ("learner", "contact", "trainer"):
        assert letter_of(here.browser(who).get("/office/search/", {"q": "Van"})) == "-"


# --- previews and answers ------------------------------------------------------------------------------------------
def looked_over(world: World, line: str) -> str:
    """Return what a contact is shown before it orders for this line of a list."""
    run, organisation = world.things["coming"], world.things["organisation"]
    form = {
        "organisation": str(organisation.pk),
        "lines": line,
        "reference": "",
        "form_key": str(uuid7()),
        "step": "look",
    }
    text = world.browser("contact").post(f"/employer/enrol/{run.pk}/", form).content.decode()
    return words_of(text)


def words_of(page: str) -> str:
    """Return the words of a page's own part; keys of forms and of links differ each time."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>|/[0-9a-f]{32}:[\w-]+/|/[0-9a-f-]{36}/", " ", main[0]).split())


def test_a_preview_tells_a_contact_nothing_about_an_address_that_it_typed(here: World) -> None:
    """Known or not, enrolled by another way or not, in whatever language: the page is the same but for the address."""
    Person.objects.filter(pk=here.people["outsider"].pk).update(language="en")
    unknown = looked_over(here, "Test Mens niemand@nergens.example").replace("niemand@nergens.example", "·")
    for who in ("stranger", "outsider", "trainer", "admin"):
        email = str(here.people[who].email)
        shown = looked_over(here, f"Test Mens {email}").replace(email, "·")
        assert here.people[who].first_name not in shown
        assert shown == unknown


def test_registering_answers_the_same_for_a_known_and_an_unknown_address(here: World) -> None:
    run = here.things["coming"]
    answers = []
    for email in (str(here.people["stranger"].email), str(here.people["outsider"].email), "niemand@nergens.example"):
        form = {"first_name": "A", "last_name": "B", "email": email, "conditions": "on", "form_key": str(uuid7())}
        with undone():
            sent = here.browser("visitor").post(f"/register/{run.pk}/", form)
            assert letter_of(sent) == "y"
            answers.append(words_of(here.browser("visitor").get(sent["Location"]).content.decode()))
    assert len(set(answers)) == 1


def test_the_office_cannot_rise_by_changing_a_colleagues_address(here: World) -> None:
    """A link for a new password goes to that address: only the administrator changes it, and the person themselves."""
    for who, by, kept in (("admin", "clerk", True), ("officer", "planner", True), ("learner", "clerk", False),
                          ("trainer", "planner", False), ("clerk", "admin", False)):  # fmt: skip
        person = here.people[who]
        form = {"first_name": "A", "last_name": "B", "email": f"new-{who}@evil.example", "language": "nl"}
        here.browser(by).post(f"/office/people/{person.pk}/edit/", form)
        assert (Person.objects.get(pk=person.pk).email == person.email) is kept, f"{by} and the address of {who}"


# --- links ---------------------------------------------------------------------------------------------------------
def test_a_link_of_somebody_whose_right_ended_opens_nothing(here: World) -> None:
    """A page, a sheet and a paper are asked for their right each time they are opened."""
    lesson = here.things["taught_lesson"]
    paper = f"/trainer/lesson/{lesson.pk}/list.pdf"
    sheet = "/employer/?export=csv"
    assert here.browser("trainer").get(paper).status_code == 200
    assert len(cells(here.browser("contact").get(sheet))) > 1
    Teaching.objects.filter(trainer=here.people["trainer"]).delete()
    Membership.objects.filter(person=here.people["contact"]).update(ended_at=lesson.starts_at)
    assert here.browser("trainer").get(paper).status_code == 404
    assert len(cells(here.browser("contact").get(sheet))) == 1

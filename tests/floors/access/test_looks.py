"""Whoever is shown somebody else is written down: every page, list, sheet and paper is read for names and addresses.

The world has a name and an address of its own for each person. Where one of somebody else stands in an answer, there
must be a look of whoever asked at that person, or a note of what they did to them. What is shown of others by design
stands in `OPEN`, with the reason.
"""

from typing import Any, Final

import pytest
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse

from leerhuis.audit.models import Look, Note
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.register import declared
from leerhuis.privacy.screens import SCREENS
from tests.floors.access.asking import address, ask, filled_in, routes
from tests.floors.access.matrix import ASKERS, rows
from tests.floors.access.test_side_channels import SHEETS, text_of
from tests.floors.access.world import World, undone

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE: Final = rows()
PLAN: Final = "who teaches a run is part of its plan, which its learners read, too"
# Route → whose name may stand there without a look, and why. Their addresses may not.
OPEN: Final[dict[str, tuple[set[str], str]]] = {
    "results_office_list": ({"trainer"}, PLAN),
    "results_office_run": ({"trainer"}, PLAN),
    "results_office_runs": ({"trainer", "other_trainer"}, PLAN),
}
# Pages that show somebody to whoever has the link from their own mail: with it one is taken for that person.
BY_LINK: Final = {"people_accept_invitation": "invited"}
SEARCHED: Final = {"portal_office_search": ("learner", "trainer", "clerk")}


def told_of(world: World, who: str) -> set[tuple[type[Model], object, object]]:
    """Return what was written down of somebody's looks and acts so far: the table, the row, whom it is about."""
    mine = {"actor_person": world.people[who].id}
    tables: tuple[type[Model], ...] = (Look, Note)
    return {
        (table, *row)
        for table in tables
        for row in table._default_manager.filter(**mine).values_list("id", "subject_person")
    }


def unseen(
    world: World,
    who: str,
    route: str,
    response: HttpResponse,
    *,
    before: set[tuple[type[Model], object, object]],
    asked: str = "",
) -> list[str]:
    """Return who is named in an answer, besides in what was asked, without being told of it."""
    if response.status_code != 200:
        return []
    text = said(response).replace(asked, "") if asked else said(response)
    open_here = OPEN.get(route, (set(), ""))[0]
    named = {
        each
        for each, person in world.people.items()
        if str(person.email) in text or (person.last_name in text and each not in open_here)
    }
    told = {subject for _table, _row, subject in told_of(world, who) - before}
    return sorted(each for each in named - {who, BY_LINK.get(route, "")} if world.people[each].id not in told)


def said(response: HttpResponse) -> str:
    """Return what an answer says, one that comes in pieces too."""
    if response.streaming:
        pieces = getattr(response, "streaming_content", ())
        return b"".join(pieces).decode(errors="replace")
    return text_of(response)


def ways(world: World, route: str, at: str) -> list[tuple[str, str]]:
    """Return the addresses of a route that are read: as it is, searched, and as a sheet; with what was searched for."""
    searched = [(f"{at}?q={name}", name) for each in SEARCHED.get(route, ()) if (name := world.people[each].last_name)]
    return [(at, ""), *searched, *((f"{at}?export={kind}", "") for kind in ("csv", "xlsx") if route in SHEETS)]


def faults_of(world: World, route: str) -> list[str]:
    """Ask a route by everybody who may, and return who is shown without a look."""
    row, at = TABLE[route], address(world, route, routes()[route])
    faults = []
    for who in ASKERS.values():
        if row.answers[who] != "y" or who in {"visitor", "elsewhere"}:
            continue
        page, before = None, told_of(world, who)
        for way, asked in ways(world, route, at) if "GET" in row.methods else ():
            with undone():
                answer = ask(world.browser(who), "GET", way)
                page = page or answer
                faults += [
                    f"{who} GET {way}: {each}" for each in unseen(world, who, route, answer, before=before, asked=asked)
                ]
        if "POST" in row.methods and who == row.who_may:
            with undone():
                answer = ask(world.browser(who), "POST", at, filled_in(world, route, at, page))
                faults += [f"{who} POST {at}: {each}" for each in unseen(world, who, route, answer, before=before)]
    return faults


@pytest.mark.parametrize("route", sorted(TABLE))
def test_whoever_is_shown_is_told_of_it(route: str, here: World) -> None:
    """Keeps: L8a."""
    assert faults_of(here, route) == []


def throw_away(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    """Carry out a statement, unless it would write looks."""
    return None if "Identifier('look')" in repr(sql) else execute(sql, params, many, context)


def test_a_page_that_writes_no_look_is_found(here: World) -> None:
    """The control: with looks thrown away, lists, pages, sheets and papers all speak."""
    with connection.execute_wrapper(throw_away):
        for route in ("people_office_list", "portal_office_person", "enrolment_employer_home", "results_trainer_list"):
            assert faults_of(here, route) != [], route


def test_each_look_names_a_purpose_that_is_declared_and_a_screen_that_has_a_name(here: World) -> None:
    """Looks without a purpose: none. The person reads what for, the privacy officer on which screen. Keeps: L8a."""
    known = {each.id for each, _ in declared(Purpose)}
    found: set[tuple[str, str]] = set()
    for route, row in TABLE.items():
        if row.answers[row.who_may] == "y" if row.who_may in row.answers else False:
            with undone():
                ask(here.browser(row.who_may), "GET", address(here, route, routes()[route]))
                found |= set(Look.objects.values_list("purpose", "screen"))
    assert len(found) > 20
    assert {purpose for purpose, _ in found} <= known
    assert {screen for _, screen in found} <= set(SCREENS)

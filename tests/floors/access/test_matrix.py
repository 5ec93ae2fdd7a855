"""Each route, asked by everybody in every state, answers as the table says, and changes only what it may."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from leerhuis.charter.routes import Route, all_routes
from tests.floors.access.asking import (
    address,
    ask,
    filled_in,
    letter_of,
    routes,
    stand_in,
)
from tests.floors.access.filling import FORMS, NO_EFFECT
from tests.floors.access.matrix import ASKERS, Row, rows
from tests.floors.access.world import World, undone, watched

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = rows()
HOW_TO = (
    "Add a row to tests/floors/access/matrix.py: name, methods, audience, what each asker gets, who may, what they get"
    " in each state. A route that takes POST also needs an entry in FORMS, and a new kind of parameter one in USUAL"
    " (filling.py, asking.py)."
)
CLOSED = "nobody"
FEW = 4  # as many as may use a page of the office or of a trainer
OPEN_METHODS = ("GET",)  # where a view says nothing about its methods


def declared() -> dict[str, Route]:
    return {str(route.name): route for route in all_routes(get_resolver())}


def test_every_route_has_a_row():
    missing = sorted(declared().keys() - TABLE.keys())
    assert not missing, f"no row for {', '.join(missing)}. {HOW_TO}"


def test_every_row_has_a_route():
    extra = sorted(TABLE.keys() - declared().keys())
    assert not extra, f"no such route: {', '.join(extra)}. Take the row out of tests/floors/access/matrix.py."


def test_every_route_declares_what_its_row_says():
    said = {
        name: (
            tuple(sorted(set(route.methods) - {"HEAD"})) or ("*",),
            route.audience.key if route.audience else "nobody",
        )
        for name, route in declared().items()
    }
    assert said == {row.route: (tuple(sorted(row.methods)), row.audience) for row in TABLE.values()}


def test_every_form_is_filled_in():
    """A form that nobody fills in is not tested: a POST of the house itself has an entry."""
    ours = {row.route for row in TABLE.values() if "POST" in row.methods and not is_library(row.route)}
    assert ours <= FORMS.keys(), f"not in FORMS of tests/floors/access/filling.py: {sorted(ours - FORMS.keys())}"


def is_library(route: str) -> bool:
    return route.startswith(("account_", "mfa_"))


def is_sign_in(route: str) -> bool:
    """True for a page of signing in: such pages lead on to each other, so what counts is that the gate lets through."""
    return is_library(route) or route in {"people_second_step", "people_mail_code", "people_recovery_codes"}


LED_ON = {"ya", "y2", "y0", "y>"}  # the password again, the second step, no such key, or the sign-in from its beginning


class Asked:
    """One route, asked over and over; says in words what went otherwise than the table has it."""

    def __init__(self, world: World, other: World, row: Row) -> None:
        self.world, self.other, self.row = world, other, row
        self.at = address(world, row.route, routes()[row.route])
        self.methods = OPEN_METHODS if row.methods == ("*",) else row.methods
        self.faults: list[str] = []

    def browser(self, who: str) -> Client:
        if who == "elsewhere":
            return self.other.browser("admin", host=self.world.academy)
        return self.world.browser(who)

    def watched(self) -> AbstractContextManager[Callable[[], set[str]]]:
        """Watch both academies."""
        return watched(self.world.academy, self.other.academy)

    def refuse(self, who: str, wanted: str, methods: tuple[str, ...]) -> None:
        """See somebody refused by these methods; `settle` sees that nothing came of it."""
        for method in methods:
            form = filled_in(self.world, self.row.route, self.at, None) if method != "GET" else None
            self.compare(who, method, wanted, ask(self.browser(who), method, self.at, form))

    def allow(self, who: str, *, with_forms: bool) -> None:
        """See what somebody may do by each method, and what comes of it; it is taken back again."""
        page = None
        for method in self.methods if with_forms else self.methods[:1]:
            form = filled_in(self.world, self.row.route, self.at, page) if method != "GET" else None
            with self.watched() as changed:
                response = ask(self.browser(who), method, self.at, form)
                self.compare(who, method, "y", response)
                # That somebody looked, or took a file along, is as it should be.
                self.judge_effect(who, method, changed() - {"look", "flow", "given"})
            page = response if method == "GET" else page

    def judge_effect(self, who: str, method: str, changed: set[str]) -> None:
        """A GET notes a look and changes nothing else; a form has an effect, unless it is known to have none."""
        if method == "GET" and changed:
            self.faults.append(f"{who} GET changed {sorted(changed)}")
        if method == "POST" and not is_library(self.row.route):
            if not changed and self.row.route not in NO_EFFECT:
                self.faults.append(f"{who} POST had no effect: mend its form in FORMS")
            if changed and self.row.route in NO_EFFECT:
                self.faults.append(f"{who} POST changed {sorted(changed)}")

    def compare(self, who: str, method: str, wanted: str, response: HttpResponse) -> None:
        got = letter_of(response)
        if is_sign_in(self.row.route) and response.status_code < 500 and (wanted == "m" or wanted + got in LED_ON):
            return  # a page of signing in leads on, before it looks at the method, too; `settle` sees that that is all
        if got != wanted:
            self.faults.append(f"{who} {method}: {got} instead of {wanted} ({response.status_code})")

    def settle(self, changed: set[str]) -> None:
        """Whatever was refused or not found changed nothing, in neither academy, not even that somebody looked."""
        self.faults += [f"refused, and yet changed {sorted(changed)}"] if changed else []


@pytest.mark.parametrize("route", sorted(TABLE))
def test_everybody_gets_what_the_table_says(route: str, here: World, there: World) -> None:
    """Whoever is refused is refused by every method. Where everybody may, one sends a form; elsewhere each who may."""
    row = TABLE[route]
    asked = Asked(here, there, row)
    with asked.watched() as changed:
        for who in ASKERS.values():
            if row.answers[who] != "y":
                asked.refuse(who, row.answers[who], asked.methods)
        asked.settle(changed())
    few = list(row.answers.values()).count("y") <= FEW
    for who in ASKERS.values():
        if row.answers[who] == "y":
            asked.allow(who, with_forms=few or who == row.who_may)
    assert not asked.faults, "\n".join(asked.faults)


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(TABLE))
def test_somebody_who_may_gets_what_the_table_says_in_another_state(route: str, here: World, there: World) -> None:
    row = TABLE[route]
    if row.who_may == CLOSED:
        assert set(row.answers.values()) == {"-"}
        return
    assert row.answers[row.who_may] == "y"
    faults = []
    for state, wanted in row.in_state.items():
        for method in Asked(here, there, row).methods if wanted != "y" else ("",):
            with undone():  # each method from the beginning: the first request may end a sign-in
                stand_in(here.people[row.who_may], state)
                asked = Asked(here, there, row)
                who = f"{row.who_may}1" if state == "without_second_factor" else row.who_may
                if wanted == "y":
                    asked.allow(who, with_forms=asked.methods == ("POST",))
                else:
                    with asked.watched() as changed:
                        asked.refuse(who, wanted, (method,))
                        asked.settle(changed())
                faults += [f"{state}: {fault}" for fault in asked.faults]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", sorted(TABLE))
def test_other_methods_are_refused_and_change_nothing(route: str, here: World, there: World) -> None:
    row = TABLE[route]
    asked = Asked(here, there, row)
    if row.methods == ("*",) or row.who_may == CLOSED:
        return
    with asked.watched() as changed:
        for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} - set(row.methods)):
            asked.compare(row.who_may, method, "m", ask(asked.browser(row.who_may), method, asked.at))
        asked.settle(changed())
    assert not asked.faults, "\n".join(asked.faults)

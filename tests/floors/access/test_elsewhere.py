"""What belongs to another academy is as if it were not there: the same answer, by the same work, as a made-up key."""

import difflib
import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.floors.access.asking import (
    PLAIN,
    UNUSUAL,
    USUAL,
    address,
    ask,
    form_of,
    letter_of,
    neutral,
    parameters,
    routes,
    value_of,
)
from tests.floors.access.matrix import rows
from tests.floors.access.world import World, watched

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = {route: row for route, row in rows().items() if row.who_may != "nobody"}
MISSING = "0190aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa"
WORDLESS = {"key", "uidb36", "kind", "form", "state", "size", "pk", "part"}  # these name no row
# Keys that say more than where a row is: what they get, in another academy or made up.
OTHERWISE = {
    ("appearance_logo", "digest"): "y",  # the academy's own logo, whatever the address adds to pass by a cache
    ("catalogue_office_lesson_restore", "token"): "y",  # a notice that it is too late
    ("people_accept_invitation", "token"): "g",
    ("results_check_number", "number"): "y",  # asks for the surname, whatever the number
}
NAMED = [
    (route, parameter)
    for route in sorted(TABLE)
    if route in routes()
    for parameter in parameters(routes()[route])
    if parameter not in WORDLESS
]


def made_up(parameter: str) -> str:
    """Return a key of the right form that names nothing."""
    return {"slug": "no-such-course", "token": "no-such-token", "number": "NO-SUCH-0000", "digest": "no-such-logo"}.get(
        parameter, MISSING
    )


def told(response: HttpResponse, asked_for: str) -> str:
    """Return what an answer says, without what differs from one request to the next."""
    text = response.content.decode(errors="replace").replace(asked_for, "·").replace(quote(asked_for, safe=""), "·")
    return neutral(text)


def differs(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """Return the lines by which two answers differ."""
    lines = difflib.ndiff("\n".join(one).splitlines(), "\n".join(other).splitlines())
    return [line for line in lines if line.startswith(("-", "+"))]


def statement(sql: str) -> str:
    """Return what a statement does and to which table, without the values and the numbers of savepoints."""
    return re.sub(r'"s\d+_x\d+"', "·", re.split(r" WHERE | SET |\(", sql)[0])


@pytest.mark.parametrize(("route", "parameter"), NAMED)
def test_a_key_of_the_other_academy_is_answered_as_one_that_does_not_exist(
    route: str, parameter: str, here: World, there: World
) -> None:
    row, pattern = TABLE[route], routes()[route]
    keys = {"missing": made_up(parameter), "elsewhere": value_of(there, route, parameter)}
    others = {each: value_of(here, route, each) for each in parameters(pattern)}
    for method in [each for each in row.methods if each in {"GET", "POST"}]:
        answers, work = {}, {}
        for case, key in keys.items():
            at = address(here, route, pattern, **others | {parameter: key})
            form = form_of(here, route) if method == "POST" else None
            with watched(here.academy, there.academy) as changed:
                ask(here.browser(row.who_may), method, at, form)  # so that what is read once is read
                with CaptureQueriesContext(connection) as done:
                    response = ask(here.browser(row.who_may), method, at, form)
                assert changed() == set()
            answers[case] = (letter_of(response), told(response, key), response.get("Location", "").replace(key, "·"))
            work[case] = [statement(query["sql"]) for query in done.captured_queries]
        shown = f"{method} {route}: another academy's {parameter} shows {differs(*answers.values())}"
        assert answers["elsewhere"] == answers["missing"], shown
        assert answers["missing"][0] == OTHERWISE.get((route, parameter), "0")
        if parameter != "token":  # whether a key is signed is looked at before anything is read
            assert work["elsewhere"] == work["missing"], f"{method} {route}: another academy's {parameter} costs work"


def test_every_parameter_of_an_address_is_known_to_these_tests():
    known = USUAL.keys() | PLAIN.keys()
    names = {name for pattern in routes().values() for name in parameters(pattern)}
    assert names <= known, f"say in asking.py which thing {sorted(names - known)} names"
    assert UNUSUAL.keys() <= TABLE.keys()

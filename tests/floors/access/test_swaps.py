"""Requests as people make them, with every key in them exchanged for somebody else's: nothing is read, nothing written.

The keys stand in the address, in the names and the values of fields (hidden ones too), and after the question mark.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from leerhuis.base.edge import at_shared_tables
from leerhuis.ui.problems import CALLS
from tests.floors.access.asking import (
    address,
    ask,
    filled_in,
    is_uuid,
    letter_of,
    parameters,
    read_whole,
    routes,
)
from tests.floors.access.filling import Things, key_of
from tests.floors.access.matrix import rows
from tests.floors.access.world import UNCOUNTED, World, row_counts, undone

pytestmark = [pytest.mark.django_db(databases=["default", "limits"]), pytest.mark.slow]
TABLE = {route: row for route, row in rows().items() if row.who_may != "nobody"}

# Who asks, and what of the same academy is not theirs to read or change.
OTHERS: dict[str, dict[str, Any]] = {
    "learner": {"people": ("stranger",), "things": ("theirs", "elsewhere")},
    "contact": {"people": ("outsider",), "things": ("outsiders", "other_organisation")},
    "trainer": {"people": ("other_contact",), "things": ("foreign_lesson", "elsewhere")},
}
OURS = {"learner": ("signed_in", "anyone"), "contact": ("contact_person", "anyone"), "trainer": ("trainer", "anyone")}
# What an address may name in public, and what names no row.
PUBLIC = {
    "kind",
    "state",
    "slug",
    "number",
    "token",
    "run_id",
    "bank_id",
    "question_id",
    "digest",
    "name",
    "size",
    "part",
}
SMUGGLED = (
    "person", "person_id", "learner", "learner_id", "user", "enrolment", "enrolment_id", "organisation", "ordered_by",
    "registration", "run", "next_person", "subject", "by", "contact",
)  # fmt: skip


def others_of(who: str, world: World) -> list[str]:
    """Return the keys of what is not somebody's own."""
    people = [key_of(world.people[each]) for each in OTHERS[who]["people"]]
    return people + [key_of(world.things[each]) for each in OTHERS[who]["things"]]


def rows_about(keys: list[str], world: World) -> set[tuple[str, str]]:
    """Return every row of an academy in which one of these keys stands, as (table, text)."""
    schema = world.academy.schema_name
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        tables = [table for (table,) in cursor.fetchall() if table not in UNCOUNTED]
        union = " UNION ALL ".join(
            f"""SELECT '{table}', t::text FROM "{schema}"."{table}" t WHERE t::text ~ %(keys)s""" for table in tables
        )
        cursor.execute(union, {"keys": "|".join(keys)})
        return set(cursor.fetchall())


def recorded(who: str, world: World) -> Iterator[tuple[str, str, str, Things]]:
    """Yield the requests that somebody makes: (route, method, address, form)."""
    for route, pattern in routes().items():
        row = TABLE.get(route)
        if (
            row is None
            or row.answers[who] != "y"
            or row.audience not in OURS[who]
            or route.startswith(("account", "mfa"))
        ):
            continue
        at, page = address(world, route, pattern), None
        if "GET" in row.methods:
            page = ask(world.browser(who), "GET", at)
            yield route, "GET", at, {}
        if "POST" in row.methods:
            yield route, "POST", at, filled_in(world, route, at, page)


def swapped(form: Things, key: str) -> Iterator[Things]:
    """Yield the form with each key in it exchanged: in values, in lists of values, and in names of fields."""
    for name, value in form.items():
        values = value if isinstance(value, list) else [value]
        if any(is_uuid(str(each)) for each in values) and name not in {"form_key", "key", "request_key"}:
            yield form | {name: [key] if isinstance(value, list) else key}
        head, _, tail = name.partition("-")
        if is_uuid(tail):
            yield form | {f"{head}-{key}": value}
    yield form | dict.fromkeys(SMUGGLED, key)


def read_of(response: HttpResponse, canaries: dict[str, str]) -> list[str]:
    """Return whose canaries an answer shows."""
    text = response.content.decode(errors="replace").lower()
    return [who for who, canary in canaries.items() if canary.lower() in text]


@pytest.mark.parametrize("who", sorted(OTHERS))
def test_keys_of_other_people_and_organisations_open_nothing(who: str, here: World) -> None:
    keys = others_of(who, here)
    foreign = here.canaries(*(each for each in OTHERS[who]["people"] if who != "trainer" or each != "stranger"))
    before, faults, tried = rows_about(keys, here), [], 0
    requests = list(recorded(who, here))
    for route, method, _at, form in requests:
        for other in keys:
            for parameter in parameters(routes()[route]):
                if parameter in PUBLIC:
                    continue
                there_at = address(here, route, routes()[route], **{parameter: other})
                response = ask(here.browser(who), method, there_at, form)
                tried += 1
                if letter_of(response) not in {"0", "-", "g"} or read_of(response, foreign):
                    faults.append(f"{method} {route} with another's {parameter}: {letter_of(response)}")
    for route, method, at, form in requests:
        for other in keys:
            for changed in swapped(form, other) if method == "POST" else [dict.fromkeys(SMUGGLED, other)]:
                with undone():
                    counts = row_counts(here.academy)
                    response = here_answer(here, who, method, at, changed)
                    tried += 1
                    faults += [f"{method} {route}: reads {each}" for each in read_of(response, foreign)]
                    if row_counts(here.academy) != counts and rows_about(keys, here) != before:
                        faults.append(f"{method} {route}: wrote about somebody else with {changed}")
    assert faults == []
    assert tried > len(requests)
    assert rows_about(keys, here) == before


def here_answer(world: World, who: str, method: str, at: str, form: Things) -> HttpResponse:
    """Send a request whose fields go in the body, or after the question mark."""
    client = world.browser(who)
    if method == "POST":
        answer: Any = client.post(at, form, **({"content_type": "application/json"} if at.startswith(CALLS) else {}))
    else:
        answer = client.get(at, form)
    whole: HttpResponse = read_whole(answer) if answer.streaming else answer
    return whole


@pytest.mark.parametrize("route", sorted(route for route, row in TABLE.items() if "POST" in row.methods))
def test_keys_of_another_academy_in_a_form_are_not_taken(route: str, here: World, there: World) -> None:
    """Whoever may do most sends the form with each key in it, in turn, exchanged for the other academy's."""
    if route not in routes() or route.startswith(("account_", "mfa_")):
        return
    row = TABLE[route]
    at = address(here, route, routes()[route])
    page = ask(here.browser(row.who_may), "GET", at) if "GET" in row.methods else None
    form = filled_in(here, route, at, page)
    twins = {key_of(here.things[name]): key_of(thing) for name, thing in there.things.items()}
    twins |= {key_of(here.people[name]): key_of(person) for name, person in there.people.items()}
    foreign = sorted(key for key in twins.values() if is_uuid(key))
    for changed in exchanged(form, twins):
        with undone():
            counts = row_counts(here.academy)
            elsewhere = row_counts(there.academy)
            response = here_answer(here, row.who_may, "POST", at, changed)
            assert response.status_code < 500
            assert read_of(response, there.canaries()) == []
            assert row_counts(here.academy) == counts or rows_about(foreign, here) == set()
            assert {table.split(".")[1] for table, _ in row_counts(there.academy).items() - elsewhere.items()} <= JOBS


JOBS = {"procrastinate_jobs", "procrastinate_events"}  # those of both academies stand in one table


def exchanged(form: Things, twins: dict[str, str]) -> Iterator[Things]:
    """Yield the form with each key in it exchanged for that of the same thing in the other academy."""
    for name, value in form.items():
        if isinstance(value, list) and any(str(each) in twins for each in value):
            yield form | {name: [twins.get(str(each), each) for each in value]}
        elif str(value) in twins:
            yield form | {name: twins[str(value)]}
        head, _, tail = name.partition("-")
        if tail in twins:
            yield form | {f"{head}-{twins[tail]}": value}
    yield form | dict.fromkeys(SMUGGLED, next(iter(twins.values())))

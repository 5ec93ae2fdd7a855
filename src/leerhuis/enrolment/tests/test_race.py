"""The last seat is never sold twice: many at once, through real connections and real transactions.

The same race oversells when the lock of the run is taken out, so this guard can fail.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from psycopg import sql

from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.base.edge import edge, enter_schema
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import Run
from leerhuis.enrolment import actions, seats
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, make_course, make_run, register
from leerhuis.organisations.actions import add_organisation, appoint_contact
from leerhuis.organisations.models import Organisation
from leerhuis.people.actions import find_or_add_person
from leerhuis.people.models import Person

pytestmark = pytest.mark.race

AT_ONCE = 10  # threads, each with a connection of its own


@pytest.fixture
def academy(db: None) -> Iterator[Academy]:
    """An academy in which threads really commit; everything in it is gone afterwards.

    The test's own transaction stays empty: whatever is done or looked at happens in a thread.
    """
    enter_schema(None)
    found = academy_by_key("kjenning")
    assert found is not None
    yield found
    in_thread(lambda: empty(found))


def in_thread(act: Callable[[], Any]) -> Any:
    """Do something on a connection of its own, and return what came of it."""

    def closing() -> Any:
        try:
            return act()
        finally:
            connections.close_all()  # also that of the counts of tries

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(closing).result()


def committed(academy: Academy, act: Callable[[], Any]) -> Any:
    """Do something in an academy and keep it."""

    def inside() -> Any:
        with edge(academy):
            return act()

    return in_thread(inside)


def empty(academy: Academy) -> None:
    """Take every row out of an academy's schema and out of the queue, as the owner of the tables."""
    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename NOT LIKE 'django_%%'"
            " AND tablename <> 'firm'",  # the register begins with a migration, not with a test
            [academy.schema_name],
        )
        tables = [sql.Identifier(academy.schema_name, name) for (name,) in cursor.fetchall()]
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
        cursor.execute("DELETE FROM procrastinate_jobs")


def at_once(academy: Academy, count: int, act: Callable[[int], Any]) -> Counter[str]:
    """Carry out an act so many times, ten at a time, each in its own transaction; count what came of it."""

    def one(number: int) -> str:
        try:
            with edge(academy):
                act(number)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()  # also that of the counts of tries
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(count)))


def a_run(academy: Academy, number: int) -> Run:
    run: Run = committed(academy, lambda: make_run(seats=number))
    return run


def states(academy: Academy, run: Run) -> Counter[str]:
    rows = Enrolment.objects.filter(run=run).values_list("state", flat=True)
    return Counter(committed(academy, lambda: list(rows)))


def test_forty_people_and_one_seat(academy):
    run = a_run(academy, 1)

    came_of_it = at_once(academy, 40, lambda n: register(run, f"Nr{n} Snel"))

    assert came_of_it == {"done": 1, "RunFull": 39}
    assert states(academy, run) == {"enrolled": 1}


def test_thirty_people_and_five_seats_with_a_waiting_list(academy):
    run = a_run(academy, 5)

    came_of_it = at_once(academy, 30, lambda n: register(run, f"Nr{n} Snel", may_wait=True))

    assert came_of_it == {"done": 30}
    assert states(academy, run) == {"enrolled": 5, "waiting": 25}


def test_without_the_lock_the_same_race_oversells(academy, monkeypatch):
    run = a_run(academy, 1)
    together = Barrier(AT_ONCE)

    def read_without_lock(run_id: Any) -> Run:
        found = Run.objects.select_related("course").get(pk=run_id)
        together.wait(timeout=20)
        return found

    monkeypatch.setattr(seats, "lock_run", read_without_lock)
    came_of_it = at_once(academy, AT_ONCE, lambda n: register(run, f"Nr{n} Snel"))

    assert came_of_it["done"] > 1
    assert states(academy, run)["enrolled"] == came_of_it["done"]


def test_ten_browsers_and_one_seat(academy):
    run = a_run(academy, 1)
    together = Barrier(AT_ONCE)

    def register_on_the_page(number: int) -> tuple[int, bool]:
        together.wait(timeout=20)
        try:
            name = f"Nr{number}"
            said = {"first_name": name, "last_name": "Snel", "email": f"{name}@new.example", "conditions": "on"}
            answer = Client(headers={"host": academy.main_host}).post(f"/register/{run.id}/", said)
            shown = answer.content.decode()
            return answer.status_code, 'name="may_wait"' in shown and f'value="{name}"' in shown
        finally:
            connections.close_all()  # also that of the counts of tries

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = Counter(pool.map(register_on_the_page, range(AT_ONCE)))

    assert answers == {(302, False): 1, (200, True): AT_ONCE - 1}  # the others may wait, and typed nothing in vain
    assert states(academy, run) == {"enrolled": 1}


def test_one_form_sent_many_times_at_once_is_one_registration(academy):
    run, key = a_run(academy, 5), uuid4()

    came_of_it = at_once(academy, AT_ONCE, lambda _n: register(run, "Nina Nieuw", form_key=key))

    assert came_of_it == {"done": AT_ONCE}
    counted = committed(academy, lambda: (Registration.objects.count(), Enrolment.objects.count()))
    assert counted == (1, 1)


def test_one_address_registered_many_times_at_once_has_one_seat(academy):
    run = a_run(academy, 5)

    at_once(academy, AT_ONCE, lambda _n: register(run, "Nina Nieuw"))

    assert states(academy, run) == {"enrolled": 1}


def test_lists_of_employers_take_all_their_seats_or_none(academy):
    run = a_run(academy, 7)

    def employer() -> tuple[Organisation, Person]:
        organisation = add_organisation(name="Bakker Advies", by=PLANNER)
        contact, _ = find_or_add_person("wil@bakker.example", "Wil", "W", source="staff", by=PLANNER)
        appoint_contact(organisation, contact, by=PLANNER)
        return organisation, contact

    organisation, contact = committed(academy, employer)

    def order(number: int) -> None:
        text = "\n".join(f"Anna Lijst a{number}.{n}@bakker.example" for n in "abc")
        said = {"contact": contact, "by": contact_actor(contact)}
        actions.register_employees(run, organisation, read_lines(text), **said)

    assert at_once(academy, AT_ONCE, order) == {"done": 2, "TooFewSeats": 8}
    assert states(academy, run) == {"enrolled": 6}


def test_seats_given_up_and_taken_at_once_never_exceed_the_run(academy):
    run = a_run(academy, 3)
    for number in range(6):
        committed(academy, partial(register, run, f"Eerst{number} Snel", may_wait=True))
    seated = committed(academy, lambda: list(Enrolment.objects.filter(run=run, state="enrolled")))

    def swap(number: int) -> None:
        if number < len(seated):
            actions.cancel_enrolment(seated[number], by=PLANNER)
        else:
            register(run, f"Later{number} Snel", may_wait=True)

    assert at_once(academy, AT_ONCE, swap) == {"done": AT_ONCE}
    assert states(academy, run) == {"cancelled": 3, "enrolled": 3, "waiting": 7}


# --- moving --------------------------------------------------------------------------------------------------------
def two_runs(academy: Academy, first_seats: int, second_seats: int) -> tuple[Run, Run]:
    def make() -> tuple[Run, Run]:
        course = make_course()
        return make_run(course, seats=first_seats), make_run(course, seats=second_seats, code="EH-2")

    runs: tuple[Run, Run] = committed(academy, make)
    return runs


def seated_in(academy: Academy, run: Run, number: int) -> list[Enrolment]:
    made = [committed(academy, partial(register, run, f"{run.code}-{n} Snel")) for n in range(number)]
    rows = Enrolment.objects.filter(registration__in=[each.id for each in made]).order_by("created_at")
    return list(committed(academy, lambda: list(rows)))


def test_ten_are_moved_and_one_registers_for_two_seats(academy):
    run, other = two_runs(academy, AT_ONCE - 1, 2)
    enrolments = seated_in(academy, run, AT_ONCE - 1)

    def act(number: int) -> None:
        if number < len(enrolments):
            actions.move_enrolment(enrolments[number], other, by=PLANNER)
        else:
            register(other, "Nina Nieuw")

    assert at_once(academy, AT_ONCE, act) == {"done": 2, "RunFull": 8}
    assert states(academy, other) == {"enrolled": 2}


def test_without_the_lock_moving_oversells(academy, monkeypatch):
    run, other = two_runs(academy, AT_ONCE, 1)
    enrolments = seated_in(academy, run, AT_ONCE)
    together = Barrier(AT_ONCE)

    def read_without_lock(*run_ids: Any) -> dict[Any, Run]:
        found = {each.id: each for each in Run.objects.select_related("course").filter(pk__in=run_ids)}
        together.wait(timeout=20)
        return found

    monkeypatch.setattr(seats, "lock_runs", read_without_lock)
    came_of_it = at_once(academy, AT_ONCE, lambda n: actions.move_enrolment(enrolments[n], other, by=PLANNER))

    assert came_of_it["done"] > 1
    assert states(academy, other)["enrolled"] == came_of_it["done"]


def test_who_goes_there_and_who_comes_back_at_once_never_wait_for_each_other(academy):
    run, other = two_runs(academy, AT_ONCE, AT_ONCE)
    there, back = seated_in(academy, run, 5), seated_in(academy, other, 5)

    def swap(number: int) -> None:
        enrolment, to = (there[number // 2], other) if number % 2 else (back[number // 2], run)
        actions.move_enrolment(enrolment, to, by=PLANNER)

    assert at_once(academy, AT_ONCE, swap) == {"done": AT_ONCE}
    assert (states(academy, run), states(academy, other)) == ({"enrolled": 5}, {"enrolled": 5})


def test_one_enrolment_moved_and_cancelled_at_once_ends_in_one_state(academy):
    run, other = two_runs(academy, 5, 5)
    (enrolment,) = seated_in(academy, run, 1)

    def act(number: int) -> None:
        if number % 2:
            actions.move_enrolment(enrolment, other, by=PLANNER)
        else:
            actions.cancel_enrolment(enrolment, by=PLANNER)

    came_of_it = at_once(academy, AT_ONCE, act)

    assert came_of_it["done"] in {1, 2}  # cancelled, or moved and then cancelled
    assert set(came_of_it) <= {"done", "Ended", "SameRun", "MovedMeanwhile"}
    left = sum((states(academy, each) for each in (run, other)), Counter())
    assert left in ({"cancelled": 1}, {"enrolled": 1})  # moved first: whoever looked before that is asked to look again
    assert came_of_it["done"] == 1 or left == {"cancelled": 1}

"""The same form from several connections at once: one of them has the effect, none of them a fault."""

from concurrent.futures import ThreadPoolExecutor
from typing import cast
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.base import once
from leerhuis.base.edge import edge
from leerhuis.enrolment.models import Registration
from leerhuis.enrolment.tests.test_race import a_run, academy, committed

__all__ = ["academy"]
pytestmark = pytest.mark.race

WHO = {"first_name": "Nina", "last_name": "Nieuw", "email": "nina@nieuw.example", "conditions": "on"}


def sent(academy: Academy, run: object, key: str) -> HttpResponse:
    """Send the form as a visitor, on a connection of this thread."""
    try:
        client = Client(headers={"host": academy.main_host})
        return cast("HttpResponse", client.post(f"/register/{run}/", WHO | {once.FIELD: key}))
    finally:
        connections.close_all()  # also that of the counts of tries


def test_one_form_over_eight_connections_is_one_registration(academy: Academy) -> None:
    run, key = a_run(academy, 5), str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sent(academy, run.pk, key), range(8)))

    assert {answer.status_code for answer in answers} <= {302, 409}
    assert {answer.headers["Retry-After"] for answer in answers if answer.status_code == 409} <= {"2"}
    assert len({answer["Location"] for answer in answers if answer.status_code == 302}) == 1
    assert committed(academy, Registration.objects.count) == 1
    assert sent_in_thread(academy, run.pk, key).headers["Idempotency-Replayed"] == "true"


def test_two_forms_are_two(academy: Academy) -> None:
    """The control: with a key for each, this test sees two."""
    run = a_run(academy, 5)
    keys = [str(uuid4()), str(uuid4())]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda key: sent(academy, run.pk, key), keys))
    assert [answer.headers.get("Idempotency-Replayed") for answer in answers] == [None, None]


def test_while_the_first_is_answered_the_second_is_told_to_wait(academy: Academy) -> None:
    run, key = a_run(academy, 5), str(uuid4())

    def hold() -> HttpResponse:
        with edge(academy):
            assert once.take_turn("visitor", key)
            return sent_in_thread(academy, run.pk, key)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: (hold(), connections.close_all())[0]).result()
    assert (waiting.status_code, waiting["Retry-After"]) == (409, "2")
    assert committed(academy, Registration.objects.count) == 0
    assert sent_in_thread(academy, run.pk, key).status_code == 302


def sent_in_thread(academy: Academy, run: object, key: str) -> HttpResponse:
    """Send the form on a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: sent(academy, run, key)).result()

"""Two nights at once count a month once, and an erasure beside them is counted once: in real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from leerhuis.academies.models import Academy
from leerhuis.base import clock
from leerhuis.base.edge import edge
from leerhuis.enrolment.tests.test_race import academy, committed
from leerhuis.insights.actions import count_before_erasure, count_what_is_over
from leerhuis.insights.models import CountedMonth, PracticeMonth, TopicMonth
from leerhuis.insights.tests.factories import BY, JULY, JUNE, learners, practise, sums, two_questions
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Answer, Card, Permit, Round

__all__ = ["academy"]
pytestmark = pytest.mark.race

PEOPLE = 6


def a_month(academy: Academy) -> list[Person]:
    """Let people practise in June, and keep it."""

    def act() -> list[Person]:
        people = learners(PEOPLE)
        practise(two_questions(), *people)
        return people

    found: list[Person] = committed(academy, lambda: at(JUNE, act))
    return found


def at(moment: datetime, act: Callable[[], Any]) -> Any:
    with clock.at(moment):
        return act()


def in_edges(academy: Academy, *acts: Callable[[], Any]) -> None:
    """Do several things at the same time in July, each in a transaction of its own."""

    def one(act: Callable[[], Any]) -> None:
        try:
            with edge(academy):
                at(JULY, act)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(one, acts))


def let_go(person: Person) -> None:
    """Count somebody and drop what they practised, as an erasure does in one transaction."""
    count_before_erasure(person.id, by=BY)
    for model, path in ((Answer, "round__access__"), (Round, "access__"), (Card, "access__"), (Permit, "access__")):
        model.objects.filter(**{f"{path}person": person.id}).delete()
    Access.objects.filter(person=person.id).delete()


def test_two_nights_at_once_count_a_month_once(academy):
    a_month(academy)
    in_edges(academy, *[lambda: count_what_is_over(by=BY)] * 4)

    assert committed(academy, lambda: sums(PracticeMonth, bank=None)) == {"people": PEOPLE, "rounds": PEOPLE}
    assert committed(academy, CountedMonth.objects.count) == 1


@pytest.mark.parametrize("first", [0, 1])
def test_an_erasure_beside_the_night_is_counted_once(academy, first):
    people = a_month(academy)
    acts: list[Callable[[], Any]] = [
        lambda: count_what_is_over(by=BY),
        lambda: let_go(people[0]),
        lambda: let_go(people[1]),
    ]
    in_edges(academy, *acts[first:], *acts[:first])

    assert committed(academy, lambda: sums(PracticeMonth, bank=None)) == {"people": PEOPLE, "rounds": PEOPLE}
    assert committed(academy, lambda: sums(TopicMonth)) == {"people": PEOPLE, "answers": PEOPLE, "right": PEOPLE}
    assert committed(academy, Round.objects.count) == PEOPLE - 2

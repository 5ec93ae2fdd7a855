"""Why a question is asked now, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.models import Card, Round
from leerhuis.practice.pacing import Plan, Why
from leerhuis.practice.why import reason_in, why_now

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
EXAM = Plan(exam_on=date(2027, 1, 24), planned_on=date(2027, 1, 1))


@pytest.fixture(autouse=True)
def _at_noon():
    with clock.at(NOW):
        yield


def a_card(days: float, *, stability: float = 12.0, state: int = 2, reps: int = 1) -> Card:
    at = NOW - timedelta(days=days)
    return Card(stability=stability, difficulty=5, state=state, last_review=at, due_at=NOW, reps=reps, created_at=at)


@pytest.mark.parametrize(
    ("reason", "card", "plan", "told"),
    [
        (
            Why.DUE,
            a_card(9),
            Plan(),
            (
                "You had this question right 9 days ago. We expect that you still know it now with a chance of 92 %."
                " We ask it again when that comes near 90 %."
            ),
        ),
        (Why.NEW, None, Plan(), "You have not met this question yet."),
        (
            Why.NEW,
            None,
            EXAM,
            (
                "You have not met this question yet."
                " What is new to you is spread over the days until your exam on 24 January 2027."
            ),
        ),
        (
            Why.AGAIN,
            a_card(1, state=3),
            Plan(),
            "You did not have this question right yesterday. That is why it comes back first.",
        ),
        (
            Why.AGAIN,
            a_card(0.01, state=1, reps=0),
            Plan(),
            "You looked at the answer earlier today. Now try it yourself.",
        ),
        (
            Why.EXAM,
            a_card(9),
            EXAM,
            (
                "You had this question right 9 days ago. On your exam on 24 January 2027 we expect that you"
                " know it with a chance of 86 %, if you stop now. You aim at 90 %."
            ),
        ),
        (
            Why.EXAM,
            a_card(9, stability=90),
            EXAM,
            (
                "You had this question right 9 days ago. On your exam on 24 January 2027 we expect that you"
                " know it with a chance of 97 %, if you stop now. This is its last repeat before your exam."
            ),
        ),
        (
            Why.AHEAD,
            a_card(2),
            Plan(),
            (
                "Nothing needs repeating now. This question would come up soonest."
                " You had this question right 2 days ago. We expect that you still know it now with a chance of 98 %."
            ),
        ),
    ],
)
def test_each_reason_is_said_in_plain_words(reason, card, plan, told):
    assert " ".join(why_now(reason, card, plan)) == told


def test_after_the_exam_nothing_is_said_of_it():
    past = Plan(exam_on=date(2027, 1, 13), planned_on=date(2027, 1, 1))
    assert "exam" not in " ".join(why_now(Why.EXAM, a_card(9), past))


def test_a_round_tells_the_reason_of_each_question_and_an_older_one_none():
    first, second, third = uuid7(), uuid7(), uuid7()
    current = Round(created_at=NOW, order=[first, second], reasons=["due", "new"])
    assert [reason_in(current, id) for id in (first, second, third)] == [Why.DUE, Why.NEW, None]
    assert reason_in(Round(created_at=NOW, order=[first], reasons=[]), first) is None
    assert why_now(None, a_card(9), Plan()) == []

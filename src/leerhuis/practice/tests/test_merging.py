"""Putting late answers in their place: what a time counts for, what a memory becomes, and what is one sitting."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.merging import LONGEST_ROUND, Planned, Step, learn, placed, sittings
from leerhuis.practice.scheduling import review
from leerhuis.practice.verdicts import Outcome

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
RIGHT, WRONG, SHOWN = Outcome.RIGHT, Outcome.WRONG, Outcome.SHOWN
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("off", "wanted"),
    [
        (timedelta(0), timedelta(0)),
        (timedelta(days=-3), timedelta(days=-3)),
        (timedelta(hours=20), timedelta(0)),
        (timedelta(days=1), timedelta(0)),
        (timedelta(days=1, seconds=1), None),
        (timedelta(days=-10, hours=-20), timedelta(days=-10)),
        (timedelta(days=-11, seconds=-1), None),
    ],
)
def test_a_clock_may_be_a_day_off(off, wanted):
    found = placed(NOW + off, earliest=NOW - timedelta(days=10), now=NOW)
    assert found == (None if wanted is None else NOW + wanted)


def test_steps_move_a_memory_as_single_reviews_do():
    moments = [NOW, NOW + timedelta(days=3), NOW + timedelta(days=3, minutes=20)]
    learnt = learn(None, [Step(at, o) for at, o in zip(moments, (RIGHT, WRONG, RIGHT), strict=True)], Planned(0.9))
    memory = None
    for at, right in zip(moments, (True, False, True), strict=True):
        memory = review(memory, right=right, at=at)
    assert learnt.memory == memory
    assert (learnt.reps, learnt.lapses, learnt.known_before) == (3, 1, (False, True, False))


def test_what_was_only_shown_is_not_counted_as_asked():
    learnt = learn(None, [Step(NOW, SHOWN), Step(NOW + MINUTE * 15, RIGHT)], Planned(0.9))
    assert (learnt.reps, learnt.lapses, learnt.known_before) == (1, 0, (False, False))


def test_a_step_before_the_last_review_counts_with_it():
    memory = review(None, right=True, at=NOW)
    late = learn(memory, [Step(NOW - timedelta(days=2), WRONG)], Planned(0.9))
    assert late.memory == review(memory, right=False, at=NOW)


def test_nothing_is_learnt_from_no_step():
    with pytest.raises(ValueError, match="no steps"):
        learn(None, [], Planned(0.9))


def some(*minutes: int) -> list[tuple[datetime, UUID]]:
    return [(NOW + MINUTE * each, UUID(int=number)) for number, each in enumerate(minutes)]


def test_half_an_hour_without_an_answer_ends_a_sitting():
    assert sittings(some(0, 29, 59, 90), set(), None) == [1, 1, 1, 2]
    assert sittings(some(10, 20), set(), NOW) == [0, 0]
    assert sittings(some(31, 40), set(), NOW) == [1, 1]


def test_a_sitting_asks_a_question_once():
    again = [*some(0, 1), (NOW + MINUTE * 12, UUID(int=0))]
    assert sittings(again, set(), None) == [1, 1, 2]
    assert sittings(some(1), {UUID(int=0)}, NOW) == [1]


def test_what_comes_before_the_sitting_that_is_there_is_one_of_its_own():
    assert sittings(some(-60, 5), set(), NOW) == [1, 2]


@given(st.lists(st.integers(0, 5), max_size=400), st.integers(0, 300))
def test_no_sitting_holds_a_question_twice_or_more_than_it_may(asked, there):
    room = {UUID(int=1000 + n) for n in range(there)}
    moments = [(NOW + MINUTE * n, UUID(int=q)) for n, q in enumerate(asked)]
    places = sittings(moments, room, NOW)
    for place in set(places):
        inside = [q for (_, q), p in zip(moments, places, strict=True) if p == place]
        assert len(inside) == len(set(inside))
        assert len(inside) + (len(room) if place == 0 else 0) <= max(LONGEST_ROUND, len(room))
    assert places == sorted(places)

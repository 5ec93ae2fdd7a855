"""When questions come back, and in which order a round asks them."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.scheduling import AGAIN_AFTER, DECAY, FACTOR, LONGEST_DAYS, Memory, recall, review

NOON = datetime(2027, 1, 14, 12, tzinfo=UTC)


def after(*answers: bool, days_between: float = 1) -> Memory:
    memory = None
    for place, right in enumerate(answers):
        memory = review(memory, right=right, at=NOON + timedelta(days=place * days_between))
    assert memory
    return memory


def test_a_wrong_answer_comes_back_in_the_next_round():
    memory = after(False)
    assert (memory.due_at - NOON, memory.is_known) == (AGAIN_AFTER, False)


def test_a_right_answer_comes_back_when_it_is_about_to_be_forgotten():
    memory = after(True)
    assert (memory.due_at - NOON, memory.is_known) == (timedelta(days=2), True)
    assert 0.85 < recall(memory, memory.due_at) < 0.95


def test_each_right_answer_in_time_lengthens_the_wait():
    waits = [after(*[True] * count, days_between=3).stability for count in range(1, 6)]
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]


def test_no_wait_is_longer_than_a_year():
    memory = after(*[True] * 12, days_between=300)
    assert memory.due_at - memory.last_review == timedelta(days=LONGEST_DAYS)


def test_a_miss_shortens_the_wait_and_a_question_known_once_is_relearned():
    memory = after(True, True, False, days_between=4)
    assert (memory.is_known, memory.state, memory.due_at - memory.last_review) == (False, 3, AGAIN_AFTER)
    assert memory.stability < after(True, True, days_between=4).stability


def test_the_same_answers_always_give_the_same_memory():
    assert after(True, False, True, True, days_between=5) == after(True, False, True, True, days_between=5)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.001, 90)), min_size=1, max_size=12))
def test_a_memory_kept_in_columns_goes_on_as_the_library_itself_would(history):
    scheduler = Scheduler(
        learning_steps=(AGAIN_AFTER,),
        relearning_steps=(AGAIN_AFTER,),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
    card, memory, at = Card(card_id=1), None, NOON
    for right, days in history:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, review_datetime=at)
        memory = review(memory, right=right, at=at)
    assert memory
    assert (memory.stability, memory.difficulty, memory.due_at) == (card.stability, card.difficulty, card.due)


@given(st.floats(0.01, 400), st.integers(0, 1000))
def test_the_published_curve_is_the_librarys(stability, days):
    memory = Memory(stability, 5.0, 2, None, NOON, NOON)
    assert recall(memory, NOON + timedelta(days=days)) == pytest.approx((1 + FACTOR * days / stability) ** DECAY)


def test_a_moment_of_another_zone_is_the_same_moment():
    amsterdam = NOON.astimezone(tz=None)
    assert review(None, right=True, at=amsterdam) == review(None, right=True, at=NOON)

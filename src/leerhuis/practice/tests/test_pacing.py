"""How much is asked and when: spread evenly, with room before the exam, and nothing punished."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.pacing import (
    LAST_DAYS,
    QUICKEST,
    SLOWEST,
    USUAL_SECONDS,
    Load,
    Plan,
    Waiting,
    Why,
    choose,
    days_to_meet,
    round_size,
    seconds_each,
    share_today,
)

TODAY = date(2027, 1, 14)


def plan_for(days: int, *, planned_before: int = 0, **more: object) -> Plan:
    """Return a plan with an exam in so many days, chosen so many days ago."""
    return replace(
        Plan(exam_on=TODAY + timedelta(days=days), planned_on=TODAY - timedelta(days=planned_before)), **more
    )


@pytest.mark.parametrize(
    ("minutes", "seconds", "size"), [(4, 20, 12), (3, 20, 9), (7, 20, 21), (7, 10, 42), (3, 45, 4), (3, 1000, 1)]
)
def test_a_round_holds_as_many_questions_as_fit_its_minutes(minutes, seconds, size):
    assert round_size(minutes, seconds) == size


def test_the_own_pace_is_the_median_with_time_to_read_once_there_is_enough_to_go_by():
    assert seconds_each(None, 0) == USUAL_SECONDS
    assert seconds_each(3_000, 7) == USUAL_SECONDS
    assert seconds_each(15_000, 8) == 20
    assert (seconds_each(500, 50), seconds_each(400_000, 50)) == (QUICKEST, SLOWEST)


def test_an_exam_is_ahead_until_its_day_is_over_and_then_the_goal_is_to_keep_knowing():
    plan = plan_for(3)
    for days, left in ((0, 3), (2, 1), (3, 1), (4, 0)):
        assert plan.days_left(TODAY + timedelta(days=days)) == left
    late = Load(TODAY + timedelta(days=4), plan, unseen=500)
    assert (late.new_today, late.refresh_today, late.looks_today, late.waiting) == (500, 0, 0, 12)
    assert not plan.in_last_stretch(TODAY + timedelta(days=4))


@pytest.mark.parametrize(("total", "buffer"), [(1, 0), (3, 0), (4, 1), (10, 2), (20, 5), (300, 5)])
def test_the_buffer_is_a_quarter_of_the_time_and_five_days_at_most(total, buffer):
    assert plan_for(total).buffer == buffer


@given(questions=st.integers(0, 3000), total=st.integers(1, 200))
def test_whoever_keeps_pace_meets_everything_before_the_buffer_and_as_much_each_day(questions, total):
    plan = plan_for(total)
    unseen, shares = questions, []
    for day in range(total - plan.buffer):
        today = TODAY + timedelta(days=day)
        share = Load(today, plan, unseen=unseen).new_today
        assert Load(today, plan, unseen=unseen - share, met_today=share).new_today == 0
        unseen -= share
        shares.append(share)
    assert unseen == 0
    assert max(shares) - min(shares) <= 1


@given(
    questions=st.integers(0, 500),
    total=st.integers(1, 60),
    practised=st.lists(st.booleans(), min_size=61, max_size=61),
)
def test_missed_days_are_spread_over_those_that_are_left_and_never_over_none(questions, total, practised):
    plan, unseen = plan_for(total), questions
    for day in range(total + 1):
        today = TODAY + timedelta(days=day)
        load = Load(today, plan, unseen=unseen)
        assert days_to_meet(plan, today) >= 1
        assert 0 <= load.new_today <= unseen
        unseen -= load.new_today if practised[day] else 0
    assert Load(TODAY + timedelta(days=total), plan, unseen=unseen).new_today == unseen


@given(waiting=st.integers(0, 2000), days=st.integers(1, 40))
def test_a_share_is_even_over_the_days_and_what_was_done_today_counts_for_today(waiting, days):
    left, shares = waiting, []
    for day in range(days):
        share = share_today(left, 0, days - day)
        for done in range(0, share, 7):
            assert share_today(left - done, done, days - day) == share - done
        left -= share
        shares.append(share)
    assert left == 0
    assert max(shares) - min(shares) <= 1


def test_in_the_last_stretch_what_is_below_the_goal_is_paced_and_the_lowest_go_first():
    load = Load(TODAY, plan_for(7), below=70, looks=35)
    assert (load.refresh_today, load.looks_today, load.size) == (10, 5, 12)
    asked = choose(Waiting(below=[f"b{n}" for n in range(12)], looks=[f"l{n}" for n in range(12)]), load)
    assert asked == [*((f"b{n}", Why.EXAM) for n in range(10)), ("l0", Why.EXAM), ("l1", Why.EXAM)]
    assert Load(TODAY + timedelta(days=6), plan_for(7), below=70).refresh_today == 70


def test_the_last_stretch_is_a_week_and_only_before_an_exam():
    assert plan_for(LAST_DAYS).in_last_stretch(TODAY)
    assert not plan_for(LAST_DAYS + 1).in_last_stretch(TODAY)
    assert not Plan().in_last_stretch(TODAY)


def test_what_was_missed_comes_first_then_what_is_due_then_what_is_new():
    load = Load(TODAY, again=1, due=2, unseen=99)
    waiting = Waiting(again=["a"], due=["d", "e"], unseen=[f"n{n}" for n in range(12)])
    asked = choose(waiting, load)
    assert [item for item, _ in asked] == ["a", "d", "e", *(f"n{n}" for n in range(9))]
    assert [why for _, why in asked[:4]] == [Why.AGAIN, Why.DUE, Why.DUE, Why.NEW]


def test_towards_an_exam_a_third_of_a_round_is_new_however_much_is_due():
    load = Load(TODAY, plan_for(30), due=100, unseen=250)
    assert (load.new_today, load.new_slots) == (10, 4)
    asked = choose(Waiting(due=[f"d{n}" for n in range(12)], unseen=[f"n{n}" for n in range(12)]), load)
    assert [why for _, why in asked] == [Why.DUE] * 8 + [Why.NEW] * 4
    assert Load(TODAY, due=100, unseen=250).new_slots == 0


def test_when_nothing_waits_one_practises_ahead_with_what_is_new_first():
    done = Load(TODAY, plan_for(30), unseen=20, met_today=1)
    assert (done.new_today, done.waiting) == (0, 0)
    assert choose(Waiting(unseen=["n"], rest=["r"]), done) == [("n", Why.NEW), ("r", Why.AHEAD)]
    assert choose(Waiting(), done) == []


def test_more_than_three_rounds_of_repeats_is_behind_but_not_in_the_last_stretch():
    assert not Load(TODAY, due=36).is_behind
    assert Load(TODAY, due=30, again=7).is_behind
    assert not Load(TODAY, plan_for(5), due=37).is_behind


def test_only_somebody_who_did_not_practise_for_some_days_was_away():
    now = datetime(2027, 1, 14, 12, tzinfo=UTC)
    behind = Load(TODAY, due=100, last_review=now - timedelta(days=9))
    assert behind.was_away(now)
    assert not replace(behind, last_review=now - timedelta(hours=5)).was_away(now)
    assert not replace(behind, due=3).was_away(now)


@given(
    sizes=st.lists(st.integers(0, 60), min_size=7, max_size=7),
    days=st.one_of(st.none(), st.integers(-3, 30)),
    minutes=st.integers(3, 7),
    seconds=st.floats(QUICKEST, SLOWEST),
)
def test_a_round_never_exceeds_its_size_repeats_nothing_and_is_empty_only_when_there_is_nothing(
    sizes, days, minutes, seconds
):
    again, due, below, looks, late, unseen, rest = sizes
    plan = replace(Plan(minutes=minutes) if days is None else plan_for(days, minutes=minutes, planned_before=9))
    stretch = plan.in_last_stretch(TODAY)
    below, looks = (below, looks) if stretch else (0, 0)
    load = Load(TODAY, plan, seconds, unseen, again + late, due, below, looks)
    lists = {"again": again, "due": due, "below": below, "looks": looks, "late": late, "unseen": unseen, "rest": rest}
    named = {name: [(name, n) for n in range(min(count, load.size))] for name, count in lists.items()}
    asked = choose(Waiting(**named), load)
    assert len(asked) <= load.size
    assert len({item for item, _ in asked}) == len(asked)
    assert bool(asked) == any(lists.values())
    if load.waiting:
        assert len(asked) == load.waiting
        assert Why.AHEAD not in {why for _, why in asked}

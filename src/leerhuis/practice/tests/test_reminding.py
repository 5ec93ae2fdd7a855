"""When somebody is reminded, and why: the rules by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.practice.pacing import Load, Plan
from leerhuis.practice.reminding import (
    EVERY_DAY,
    Reason,
    Times,
    days_in,
    is_work,
    next_moment,
    of_use_until,
    reason_to_remind,
    sum_of_days,
)

THURSDAY, SATURDAY = date(2027, 1, 14), date(2027, 1, 16)
USUAL = Plan()
EXAM = Plan(exam_on=THURSDAY + timedelta(days=20), planned_on=THURSDAY)
PAST = Plan(exam_on=THURSDAY - timedelta(days=1), planned_on=THURSDAY - timedelta(days=20))
WORKDAYS = sum_of_days(range(5))


def load(plan: Plan = USUAL, **counted: int) -> Load:
    return Load(THURSDAY, plan, **counted)


@pytest.mark.parametrize(
    ("lies_before", "recall", "reason"),
    [
        (load(due=6), 0.95, Reason.DUE),
        (load(again=3, due=3), 0.95, Reason.DUE),
        (load(due=5), 0.95, None),
        (load(due=5), 0.85, Reason.FADING),
        (load(due=2), 0.2, None),
        (load(unseen=300), None, None),
        (load(unseen=300, plan=EXAM), None, Reason.EXAM),
        (load(unseen=300, plan=PAST), None, None),
        (load(plan=EXAM), 0.95, None),
        (load(due=60, met_today=1), 0.5, None),
        (load(due=60, refreshed_today=1), 0.5, None),
        (load(unseen=300, refreshed_today=12, plan=EXAM), 0.5, None),
    ],
)
def test_a_reminder_comes_when_practising_helps_and_not_on_a_day_of_practice(lies_before, recall, reason):
    assert reason_to_remind(lies_before, recall, finished=False) == reason


def test_a_lower_wish_is_reminded_later():
    assert reason_to_remind(load(due=4), 0.85, finished=False) == Reason.FADING
    assert reason_to_remind(load(due=4, plan=Plan(retention=0.8)), 0.85, finished=False) is None


def test_after_the_course_nothing_asks_for_a_reminder_an_exam_neither():
    assert reason_to_remind(load(due=60), 0.1, finished=True) is None
    assert reason_to_remind(load(due=60, plan=PAST), 0.1, finished=True) is None
    assert reason_to_remind(load(due=60, plan=EXAM), 0.1, finished=True) is None
    assert reason_to_remind(load(unseen=60, plan=EXAM), 0.1, finished=True) is None


def test_a_short_round_that_is_full_is_worth_a_word():
    quick = Load(THURSDAY, Plan(minutes=3), seconds=45.0, due=4)
    assert quick.usual == 4
    assert reason_to_remind(quick, 0.95, finished=False) == Reason.DUE


@pytest.mark.parametrize(
    ("day", "hour", "work"),
    [(THURSDAY, 8, False), (THURSDAY, 9, True), (THURSDAY, 16, True), (THURSDAY, 17, False), (SATURDAY, 12, False)],
)
def test_work_is_from_monday_to_friday_between_nine_and_five(day, hour, work):
    assert is_work(day, hour) is work


def test_days_of_the_week_are_a_sum():
    assert sum_of_days(range(7)) == EVERY_DAY
    assert days_in(sum_of_days([0, 6, 6])) == [0, 6]
    assert [Times(days=sum_of_days([3])).welcome_on(THURSDAY + timedelta(days=each)) for each in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("times", "ever"),
    [
        (Times(12, WORKDAYS), False),
        (Times(12, WORKDAYS, at_work=True), True),
        (Times(12, EVERY_DAY), True),
        (Times(19, WORKDAYS), True),
    ],
)
def test_some_choices_never_let_one_come(times, ever):
    assert times.ever is ever
    assert (next_moment(times, datetime(2027, 1, 14, 12, tzinfo=UTC)) is not None) is ever


@pytest.mark.parametrize(
    ("times", "day", "hour", "until"),
    [
        (Times(19), THURSDAY, 12, 18),
        (Times(7), THURSDAY, 7, 9),
        (Times(8), THURSDAY, 8, 9),
        (Times(7, at_work=True), THURSDAY, 7, 13),
        (Times(7), SATURDAY, 7, 13),
        (Times(17), THURSDAY, 17, 23),
    ],
)
def test_a_reminder_is_of_use_for_six_hours_and_never_into_work_that_was_not_chosen(times, day, hour, until):
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert of_use_until(times, moment) == moment.replace(hour=until)


def test_a_reminder_of_the_evening_is_of_use_until_midnight():
    evening = datetime(2027, 1, 14, 20, tzinfo=UTC)
    assert of_use_until(Times(20), evening) == datetime(2027, 1, 15, tzinfo=UTC)


def test_the_next_moment_is_the_chosen_hour_of_the_next_day_that_is_welcome():
    evening = Times(19)
    noon = datetime(2027, 1, 14, 12, tzinfo=UTC)
    assert next_moment(evening, noon) == noon.replace(hour=19)
    assert next_moment(evening, noon.replace(hour=19, minute=40)) == noon.replace(hour=19)
    assert next_moment(evening, noon.replace(hour=20)) == noon.replace(day=15, hour=19)
    assert next_moment(evening, noon, reminded_today=True) == noon.replace(day=15, hour=19)
    assert next_moment(Times(12), noon.replace(hour=13)) == noon.replace(day=16)
    assert next_moment(Times(19, sum_of_days([0])), noon) == noon.replace(day=18, hour=19)

"""The goal of a learner: setting it, and what comes back when by it."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.composing import replan
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.mastery import forecast
from leerhuis.practice.models import Card, Goal, Question
from leerhuis.practice.pacing import Plan
from leerhuis.practice.queries import Back, access_to, days_until_back, mastery_of
from leerhuis.practice.rules import OddExam
from leerhuis.practice.scheduling import interval_days, recall, review, scheduler_for
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
TODAY = date(2027, 1, 14)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(2, 30))


@pytest.fixture
def access(cast, bank):
    return access_for(cast.learner, bank)


def aim(access, **said):
    chosen = {"exam_on": None, "retention": 0.9, "minutes": 4, **said}
    return set_goal(access, by=Actor.person(access.person_id), **chosen)


def test_without_a_goal_the_usual_plan_holds(cast, bank, access):
    assert access_to(cast.learner, bank.id).plan == Plan()
    aim(access, exam_on=TODAY + timedelta(days=20), retention=0.8, minutes=6)
    assert access_to(cast.learner, bank.id).plan == Plan(0.8, 6, TODAY + timedelta(days=20), TODAY)


def test_the_pace_is_counted_from_the_day_on_which_the_exam_was_chosen(access):
    day = TODAY + timedelta(days=30)
    aim(access, exam_on=day)
    with clock.at(NOW + timedelta(days=5)):
        assert aim(access, exam_on=day, minutes=7).planned_on == TODAY
        assert aim(access, exam_on=day + timedelta(days=1)).planned_on == TODAY + timedelta(days=5)
        assert aim(access, exam_on=None).planned_on is None
    assert Goal.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 3 * 365 + 1])
def test_a_day_in_the_past_or_far_away_is_refused_and_leaves_nothing(access, days):
    before = Note.objects.count()
    with pytest.raises(OddExam):
        aim(access, exam_on=TODAY + timedelta(days=days))
    assert (Goal.objects.count(), Note.objects.count()) == (0, before)


def test_an_exam_that_is_over_may_stay_where_it_is(access):
    aim(access, exam_on=TODAY)
    with clock.at(NOW + timedelta(days=2)):
        assert aim(access, exam_on=TODAY, minutes=5).minutes == 5


def test_the_table_itself_refuses_what_no_form_would_let_through(access):
    for said in ({"retention": 0.5}, {"retention": 0.99}, {"minutes": 30}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(access=access, **said)


def test_a_changed_retention_moves_every_due_date_at_once_as_the_library_would(
    cast, bank, access, django_assert_num_queries
):
    chance = random.Random(11)
    other = access_for(cast.colleague, bank)
    for each in Question.objects.filter(topic__bank=bank):
        for holder in (access, other):
            Card.objects.create(
                access=holder,
                question=each,
                stability=chance.choice([0.01, 0.4, 2.3065, 7, 40, 250, 3000]) * chance.uniform(0.9, 1.1),
                difficulty=5,
                state=chance.choice([1, 2, 2, 2, 3]),
                last_review=NOW - timedelta(seconds=chance.uniform(0, 5_000_000)),
                due_at=NOW,
            )
    known = Card.objects.filter(access=access, state=2).count()
    for retention in (0.7, 0.8137, 0.9, 0.97):
        parameters_in_use()  # read once for a request, whatever follows
        with django_assert_num_queries(1):
            assert replan(access, retention) == known
        for card in Card.objects.filter(access=access):
            days = scheduler_for(retention)._next_interval(stability=card.stability)
            assert interval_days(card.stability, retention) == days
            assert card.due_at == (card.last_review + timedelta(days=days) if card.state == 2 else NOW)
    assert {card.due_at for card in Card.objects.filter(access=other)} == {NOW}


def test_setting_a_goal_replans_only_when_the_retention_changed(bank, access):
    Card.objects.create(
        access=access, question=question(bank, "0.0"), stability=10, difficulty=5, state=2, last_review=NOW, due_at=NOW
    )
    aim(access, minutes=7)
    assert Card.objects.get().due_at == NOW
    aim(access, retention=0.8)
    assert Card.objects.get().due_at == NOW + timedelta(days=interval_days(10, 0.8))


def test_an_answer_is_planned_by_the_learners_own_retention(cast, bank, access):
    aim(access, retention=0.7)
    current = start_round(cast.learner, bank, by=AUTHOR)
    answer(current, "0.0", "true")
    card = Card.objects.get()
    assert card.memory == review(None, right=True, at=NOW, retention=0.7)
    assert card.due_at - NOW > timedelta(days=2)


def test_a_wait_that_reaches_beyond_the_exam_is_told_as_before_it(cast, bank, access):
    aim(access, exam_on=TODAY + timedelta(days=20))
    values = {"stability": 100.0, "difficulty": 5.0, "state": 2, "last_review": NOW}
    Card.objects.create(access=access, question=question(bank, "0.0"), due_at=NOW + timedelta(days=90), **values)
    Card.objects.create(access=access, question=question(bank, "0.1"), due_at=NOW + timedelta(days=9), **values)
    access = access_to(cast.learner, bank.id)
    assert days_until_back(access, question(bank, "0.0").id) == Back(90, before_exam=True)
    assert days_until_back(access, question(bank, "0.1").id) == Back(9)
    assert days_until_back(access, question(bank, "0.2").id) is None


def test_setting_a_goal_is_noted_with_the_names_of_what_changed_only(access):
    aim(access, exam_on=TODAY + timedelta(days=20))
    note = Note.objects.order_by("created_at", "id").last()
    assert note is not None
    assert (note.verb, note.subject_person) == ("set goal", access.person_id)
    assert "2027" not in str(note.touched)


def test_mastery_on_the_exam_is_the_recall_of_that_day_with_its_spread(cast, bank, access):
    aim(access, exam_on=TODAY + timedelta(days=10))
    exam = datetime(2027, 1, 24, 8, tzinfo=UTC)
    chances = []
    for number in range(20):
        card = Card.objects.create(
            access=access,
            question=question(bank, f"0.{number}"),
            stability=3.0 + number,
            difficulty=5,
            state=1 if number == 0 else 2,
            last_review=NOW - timedelta(days=number),
            due_at=NOW,
        )
        chances.append(recall(card.memory, exam) if number else 0.0)
    mastery = mastery_of(cast.learner, bank)
    first, second = mastery.topics
    assert first.at_exam == pytest.approx(sum(chances), rel=1e-12)
    assert first.variance == pytest.approx(sum(p * (1 - p) for p in chances), rel=1e-12)
    assert first.exam == forecast(sum(chances), sum(p * (1 - p) for p in chances), 30)
    assert (second.exam.percent, second.exam.low, second.exam.high) == (0, 0, 0)
    assert mastery.exam.low < mastery.exam.percent < mastery.exam.high < first.exam.high


def test_four_of_five_exams_fall_within_the_spread():
    chance = random.Random(13)
    chances = [chance.uniform(0.3, 0.98) for _ in range(80)]
    told = forecast(sum(chances), sum(p * (1 - p) for p in chances), 80)
    results = [100 * sum(chance.random() < p for p in chances) / 80 for _ in range(4_000)]
    within = sum(told.low - 0.5 <= result <= told.high + 0.5 for result in results) / len(results)
    assert 0.76 < within < 0.88
    assert abs(sum(results) / len(results) - told.percent) < 1


def test_without_an_exam_ahead_the_forecast_is_of_now(cast, bank, access):
    Card.objects.create(
        access=access, question=question(bank, "0.0"), stability=3, difficulty=5, state=2,
        last_review=NOW - timedelta(days=3), due_at=NOW,
    )  # fmt: skip
    (first, _second) = mastery_of(cast.learner, bank).topics
    assert first.at_exam == first.recall > 0.8

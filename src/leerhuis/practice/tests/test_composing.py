"""What lies before somebody and what a round asks, in SQL, held against the library and against plain counting."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import end_round, start_round
from leerhuis.practice.composing import compose, load_of, loads
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.models import Aim, Answer, Card, Objective, Question, Round
from leerhuis.practice.pacing import LAST_DAYS, Why
from leerhuis.practice.queries import OpenBank, open_bank, open_banks
from leerhuis.practice.scheduling import recall
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
TODAY = date(2027, 1, 14)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(3, 40))


@pytest.fixture
def access(cast, bank):
    return access_for(cast.learner, bank, days=400)


def know(access, titles, *, stability=10.0, days_ago=0.0, due_in=1.0, state=2, since=90.0):
    """Write a memory for each of these questions, met so many days ago."""
    for title in titles:
        Card.objects.create(
            access=access,
            question=question(access.bank, title),
            stability=stability,
            difficulty=5.0,
            state=state,
            last_review=NOW - timedelta(days=days_ago),
            due_at=NOW + timedelta(days=due_in),
            reps=1,
            created_at=NOW - timedelta(days=since),
        )


def aim_at(access, days, *, retention=0.9, minutes=4, planned_before=0):
    with clock.at(NOW - timedelta(days=planned_before)):
        set_goal(access, exam_on=TODAY + timedelta(days=days), retention=retention, minutes=minutes, by=AUTHOR)


def composed(access) -> list[tuple[str, Why]]:
    titles = dict(Question.objects.values_list("id", "title"))
    return [(titles[id], why) for id, why in compose(access, load_of(access))]


def topic_titles(topic: int, count: int, first: int = 0) -> list[str]:
    return [f"{topic}.{n}" for n in range(first, first + count)]


def test_before_the_last_stretch_the_load_is_counted_as_the_library_would(access):
    chance = random.Random(3)
    questions = chance.sample(list(Question.objects.filter(topic__bank=access.bank)), 80)
    for each in questions:
        know(
            access,
            [each.title],
            stability=chance.uniform(0.5, 100),
            days_ago=chance.uniform(0, 60),
            due_in=chance.uniform(-20, 20),
            state=chance.choice([1, 2, 2, 3]),
            since=chance.uniform(0, 70),
        )
    load = load_of(access)
    cards = list(Card.objects.filter(access=access))
    began = datetime.combine(TODAY, time.min, clock.zone())
    assert load.unseen == 40
    assert load.due == sum(c.due_at <= NOW and c.state == 2 for c in cards)
    assert load.again == sum(c.due_at <= NOW and c.state != 2 for c in cards)
    assert (load.below, load.looks) == (0, 0)
    assert load.met_today == sum(c.created_at >= began for c in cards)
    assert load.refreshed_today == sum(c.created_at < began <= c.last_review for c in cards)
    assert load.last_review == max(c.last_review for c in cards)


def test_in_the_last_stretch_it_is_the_recall_on_the_exam_that_counts(access):
    chance = random.Random(5)
    for each in chance.sample(list(Question.objects.filter(topic__bank=access.bank)), 90):
        days_ago = chance.uniform(0, 40)
        know(access, [each.title], stability=chance.uniform(1, 120), days_ago=days_ago, due_in=chance.uniform(-5, 20))
    aim_at(access, 5, retention=0.93)
    load = load_of(access)
    exam = datetime.combine(TODAY + timedelta(days=5), time(9), clock.zone())
    began = datetime.combine(TODAY, time.min, clock.zone())
    stretch = datetime.combine(TODAY - timedelta(days=2), time.min, clock.zone())
    at_exam = {c: recall(c.memory, exam) for c in Card.objects.filter(access=access)}
    below = {c for c, p in at_exam.items() if p < 0.93 and c.last_review < began}
    assert load.below == len(below) > 12
    late = {c for c in at_exam if c not in below and c.due_at <= NOW}
    assert load.looks == sum(c not in below and c not in late and c.last_review < stretch for c in at_exam) > 5
    asked = composed(access)
    lowest = sorted(below, key=lambda card: at_exam[card])[: load.refresh_today]
    first = {card.question.title for card in lowest[: load.size - load.new_slots]}
    assert first == {title for title, why in asked if why is Why.EXAM}


def test_a_round_asks_what_was_missed_then_due_then_new_and_says_why(cast, bank, access):
    know(access, ["0.0", "0.1"], due_in=-1, days_ago=3)
    know(access, ["1.0"], due_in=-0.1, days_ago=0.2, state=1)
    know(access, ["2.0"], due_in=5)
    begun = start_round(cast.learner, bank, by=Actor.person(cast.learner.id))
    asked = composed(access)
    assert begun.order == [id for id, _ in compose(access, load_of(access))]
    assert begun.reasons == [why.value for _, why in asked]
    assert asked[:2] == [("1.0", Why.AGAIN), ("0.0", Why.DUE)]
    assert {title for title, why in asked if why is Why.DUE} == {"0.0", "0.1"}
    assert [why for _, why in asked].count(Why.NEW) == 9
    assert "2.0" not in dict(asked)


def test_a_second_question_of_a_learning_goal_is_kept_apart(bank, access):
    shared = Objective.objects.create(bank=bank, title="To know this")
    for title in ("0.0", "1.0", "2.0", "0.1"):
        Aim.objects.create(question=question(bank, title), objective=shared)
    served = {"0.0", "1.0", "2.0", "0.1"}
    order = [title for title, _ in composed(access)]
    assert served <= set(order)
    assert not any(left in served and right in served for left, right in pairwise(order))


def test_new_questions_are_spread_over_the_days_before_the_buffer(bank, access):
    aim_at(access, 25)
    assert load_of(access).new_today == 6  # 120 over 20 days
    assert [why for _, why in composed(access)] == [Why.NEW] * 6
    know(access, topic_titles(0, 6), since=0, due_in=2)
    assert (load_of(access).new_today, load_of(access).waiting) == (0, 0)
    assert {why for _, why in composed(access)} == {Why.NEW}  # whoever goes on all the same practises ahead


def test_no_question_goes_to_the_exam_without_a_repeat_in_the_last_stretch(access):
    for title in Question.objects.filter(topic__bank=access.bank).values_list("title", flat=True):
        know(access, [title], stability=300, days_ago=30, due_in=200)
    aim_at(access, LAST_DAYS)
    met: set[str] = set()
    for day in range(LAST_DAYS):
        with clock.at(NOW + timedelta(days=day)):
            while load_of(access).waiting:
                asked = [title for title, why in composed(access) if why is Why.EXAM]
                met.update(asked)
                Card.objects.filter(access=access, question__title__in=asked).update(last_review=clock.now())
    assert len(met) == 120


def test_after_the_exam_nothing_of_it_is_left(access):
    know(access, topic_titles(0, 20), due_in=40, stability=60, days_ago=20)
    aim_at(access, 3)
    assert load_of(access).looks_today == 7
    with clock.at(NOW + timedelta(days=4)):
        load = load_of(access)
        assert (load.below, load.looks, load.again, load.due, load.is_behind) == (0, 0, 0, 0, False)


def test_after_a_holiday_what_is_best_remembered_comes_first(access):
    know(access, topic_titles(0, 30), stability=2, days_ago=40, due_in=-38)
    know(access, topic_titles(1, 10), stability=60, days_ago=61, due_in=-1)
    know(access, ["2.0"], days_ago=40, due_in=-40, state=3)
    load = load_of(access)
    assert (load.is_behind, load.was_away(NOW)) == (True, True)
    asked = dict(composed(access))
    assert set(topic_titles(1, 10)) <= set(asked)
    assert "2.0" not in asked
    assert set(asked.values()) == {Why.DUE}


def test_what_was_missed_a_moment_ago_still_comes_first_for_whoever_catches_up(access):
    for number in range(20):
        know(access, [f"0.{number}", f"2.{number}"], stability=2 + number, days_ago=40, due_in=-38)
    know(access, ["1.0"], days_ago=0.1, due_in=-0.05, state=3)
    assert composed(access)[0] == ("1.0", Why.AGAIN)


def test_the_size_of_a_round_follows_the_minutes_and_the_own_pace(cast, bank, access):
    assert load_of(access).size == 12
    set_goal(access, exam_on=None, retention=0.9, minutes=7, by=AUTHOR)
    assert load_of(access).size == 21
    current = start_round(cast.learner, bank, by=AUTHOR)
    for title in Question.objects.filter(pk__in=current.order).values_list("title", flat=True):
        answer(current, title, "true")
    Answer.objects.update(took_ms=5_000)
    assert load_of(access).size == 42
    Answer.objects.order_by("id").exclude(pk__in=Answer.objects.values("pk")[:4]).update(took_ms=25_000)
    assert load_of(access).size == 14


def test_many_accesses_are_counted_in_one_statement(cast, django_assert_num_queries):
    held = [access_for(cast.learner, a_bank(title=f"Bank {n}", text=many_questions(1, n + 1))) for n in range(3)]
    parameters_in_use()  # read once for a request, whatever follows
    with django_assert_num_queries(1):
        found = loads([each.id for each in held])
    assert [found[each.id].unseen for each in held] == [1, 2, 3]


def test_nobody_elses_memory_or_goal_counts(cast, bank, access):
    other = access_for(cast.colleague, bank)
    know(other, topic_titles(0, 20), due_in=-1)
    aim_at(other, 5)
    load = load_of(access)
    assert (load.unseen, load.due, load.plan.exam_on) == (120, 0, None)


def test_the_home_is_told_kindly_and_without_a_number(cast, bank, access):
    know(access, [*topic_titles(0, 30), *topic_titles(1, 30)], stability=5, days_ago=30, due_in=-25)
    opened: OpenBank = open_bank(cast.learner, bank.id)
    assert (opened.waiting, opened.minutes, opened.was_away, opened.is_behind) == (12, 4, True, True)
    assert [each.waiting for each in open_banks(cast.learner)] == [12]


def test_a_round_of_ten_thousand_questions_is_sorted_in_the_database(cast, access, django_assert_num_queries):
    load = load_of(access)
    with django_assert_num_queries(1):
        assert len(compose(access, load)) == 12
    assert Round.objects.count() == 0


def test_a_round_that_ended_leaves_the_next_one_to_what_is_left(cast, bank, access):
    first = start_round(cast.learner, bank, by=AUTHOR)
    end_round(first, by=AUTHOR)
    second = start_round(cast.learner, bank, by=AUTHOR)
    assert second.order == first.order

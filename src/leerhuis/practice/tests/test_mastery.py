"""Mastery in SQL, held against the library's own formula."""

import random
from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import UUID

import pytest

from leerhuis.base import clock
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.mastery import BankMastery, masteries
from leerhuis.practice.models import Card, Question
from leerhuis.practice.queries import mastery_of
from leerhuis.practice.scheduling import recall
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


def give_memories(access, questions, chance):
    """Write a random memory for each question; return the cards."""
    return [
        Card.objects.create(
            access=access,
            question=question,
            stability=chance.uniform(0.05, 200),
            difficulty=chance.uniform(1, 10),
            state=chance.choice([1, 2, 2, 2, 3]),
            step=None,
            last_review=NOW - timedelta(seconds=chance.uniform(-3600, 300 * 86400)),
            due_at=NOW + timedelta(days=chance.uniform(-30, 30)),
        )
        for question in questions
    ]


def test_sql_gives_what_the_library_gives(cast):
    chance = random.Random(7)
    bank = a_bank(text=many_questions(4, 40))
    access = access_for(cast.learner, bank)
    questions = list(Question.objects.filter(topic__bank=bank))
    cards = give_memories(access, chance.sample(questions, 120), chance)
    mastery = mastery_of(cast.learner, bank)
    expected: dict[UUID, list[float]] = {}
    for card in cards:
        if card.memory.is_known:
            expected.setdefault(card.question.topic_id, []).append(recall(card.memory, NOW))
    assert [topic.questions for topic in mastery.topics] == [40, 40, 40, 40]
    assert mastery.seen == 120
    assert mastery.due == len([card for card in cards if card.due_at <= NOW])
    for topic in mastery.topics:
        assert topic.recall == pytest.approx(sum(expected[topic.topic_id]), rel=1e-12)
    everything = sum(chain.from_iterable(expected.values()))
    assert mastery.share == pytest.approx(everything / 160)
    assert mastery.percent == round(100 * everything / 160)


def test_an_unseen_question_and_one_missed_last_time_count_as_nothing(cast):
    bank = a_bank(text=many_questions(1, 4))
    access = access_for(cast.learner, bank)
    values = {"access": access, "stability": 10.0, "difficulty": 5.0, "last_review": NOW, "due_at": NOW}
    one, two, three, _unseen = Question.objects.filter(topic__bank=bank)
    Card.objects.create(question=one, state=2, **values)
    Card.objects.create(question=two, state=1, **values)
    Card.objects.create(question=three, state=3, **values)
    mastery = mastery_of(cast.learner, bank)
    assert (mastery.percent, mastery.questions, mastery.seen, mastery.due, mastery.new) == (25, 4, 3, 3, 1)


def test_mastery_falls_by_itself(cast):
    bank = a_bank(text=many_questions(1, 1))
    access = access_for(cast.learner, bank)
    card = {"stability": 3.0, "difficulty": 5.0, "state": 2, "last_review": NOW, "due_at": NOW + timedelta(days=3)}
    Card.objects.create(access=access, question=Question.objects.get(topic__bank=bank), **card)
    percents = []
    for days in (0, 3, 30, 300):
        with clock.at(NOW + timedelta(days=days)):
            percents.append(mastery_of(cast.learner, bank).percent)
    assert percents == [100, 90, 69, 49]


def test_withdrawn_questions_do_not_count(cast):
    bank = a_bank(text=many_questions(1, 3))
    access_for(cast.learner, bank)
    Question.objects.filter(title="0.0").update(state=Question.State.WITHDRAWN)
    assert mastery_of(cast.learner, bank).questions == 2


def test_many_banks_are_one_statement_and_nobody_elses_memory_counts(cast, django_assert_num_queries):
    banks = [a_bank(title=f"Bank {n}", text=many_questions(2, 2)) for n in range(3)]
    chance = random.Random(1)
    for bank in banks:
        access_for(cast.learner, bank)
        questions = Question.objects.filter(topic__bank=bank)
        give_memories(access_for(cast.colleague, bank), questions, chance)
    parameters_in_use()  # read once for a request, whatever follows
    with django_assert_num_queries(1):
        stands = masteries(cast.learner.id, [bank.id for bank in banks], NOW)
    assert {bank_id: stand.seen for bank_id, stand in stands.items()} == {bank.id: 0 for bank in banks}
    assert [len(stand.topics) for stand in stands.values()] == [2, 2, 2]


def test_a_stranger_has_no_mastery(cast):
    bank = a_bank()
    access_for(cast.learner, bank)
    assert mastery_of(cast.stranger, bank) == BankMastery()
    assert mastery_of(cast.stranger, bank).percent == 0

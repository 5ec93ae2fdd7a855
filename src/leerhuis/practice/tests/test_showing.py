"""The answer shown first: it introduces a question, and is no mistake."""

from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.rounds import end_round, show_answer, start_round
from leerhuis.practice.answers import right_answer
from leerhuis.practice.grading import Outcome, Unreadable, grade, read_answer
from leerhuis.practice.kinds import OpenText
from leerhuis.practice.models import Answer, Card, Question, Round
from leerhuis.practice.queries import growth_of
from leerhuis.practice.rules import MetBefore, NotInRound, RoundOver
from leerhuis.practice.scheduling import review
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank(cast):
    bank = a_bank(text=many_questions(1, 3))
    access_for(cast.learner, bank)
    return bank


@pytest.fixture
def current(cast, bank) -> Round:
    return start_round(cast.learner, bank, by=Actor.person(cast.learner.id))


def show(current: Round, title: str, key=None) -> Answer:
    asked = question(current.access.bank, title)
    return show_answer(current, asked.id, key=key or uuid7(), by=Actor.person(current.access.person_id))


def test_a_question_whose_answer_was_shown_is_introduced_and_was_never_a_mistake(current):
    kept = show(current, "0.0")
    assert (kept.outcome, kept.given, kept.was_known, kept.took_ms) == (Outcome.SHOWN, "", False, None)
    card = Card.objects.get()
    assert (card.reps, card.lapses, card.memory) == (0, 0, review(None, right=False, at=NOW))


def test_it_is_neither_asked_nor_right_nor_wrong_in_what_grew(current):
    show(current, "0.0")
    answer(current, "0.1", "true")
    answer(current, "0.2", "false")
    grown = growth_of(current)
    assert (grown.asked, grown.right, grown.newly_known, grown.shown) == (2, 1, 1, 1)
    current.refresh_from_db()
    assert current.ended_at == NOW


def test_it_comes_back_in_the_next_round_and_is_known_once_it_was_answered(cast, bank, current):
    show(current, "0.0")
    end_round(current, by=AUTHOR)
    with clock.at(NOW + timedelta(minutes=11)):
        following = start_round(cast.learner, bank, by=AUTHOR)
        assert (following.order[0], following.reasons[0]) == (question(bank, "0.0").id, "again")
        answer(following, "0.0", "true")
    card = Card.objects.get()
    assert (card.reps, card.memory.is_known) == (1, True)


def test_shown_twice_it_is_shown_once_and_an_answer_after_it_changes_nothing(current):
    key = uuid7()
    first = show(current, "0.0", key)
    assert show(current, "0.0", key) == show(current, "0.0") == first
    assert answer(current, "0.0", "true") == first
    assert (Answer.objects.count(), Card.objects.count()) == (1, 1)


def test_what_was_met_before_is_tried_and_not_shown(cast, bank, current):
    answer(current, "0.0", "false")
    end_round(current, by=AUTHOR)
    with clock.at(NOW + timedelta(minutes=11)):
        following = start_round(cast.learner, bank, by=AUTHOR)
        with pytest.raises(MetBefore):
            show(following, "0.0")
    assert Answer.objects.count() == 1


def test_outside_the_round_or_after_its_end_nothing_is_shown(cast, bank, current):
    other = a_bank(title="Other", text=many_questions(1, 1))
    with pytest.raises(NotInRound):
        show_answer(current, question(other, "0.0").id, key=uuid7(), by=AUTHOR)
    end_round(current, by=AUTHOR)
    with pytest.raises(RoundOver):
        show(current, "0.0")
    assert (Answer.objects.count(), Card.objects.count()) == (0, 0)


def test_a_right_answer_is_right_for_every_kind():
    a_bank(title="Six")
    for each in Question.objects.filter(topic__bank__title="Six"):
        assert grade(each.content, right_answer(each.content)).outcome == Outcome.RIGHT


def test_nobody_can_judge_their_own_words_as_shown():
    fields = {"text": ["My words"], "judged": ["shown"]}
    with pytest.raises(Unreadable):
        read_answer(OpenText(None), lambda name: fields.get(name, []))
    assert grade(OpenText(None), "shown\nMy words").outcome == Outcome.WRONG

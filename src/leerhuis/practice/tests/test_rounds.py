"""Rounds: what they ask, answering, ending, and that nothing is counted twice."""

from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.releasing import withdraw_question
from leerhuis.practice.actions.rounds import answer_question, end_round, report_question, start_round
from leerhuis.practice.models import Answer, Card, Question, Round
from leerhuis.practice.queries import DueCard, due_today, growth_of, open_banks, round_of, round_stand
from leerhuis.practice.rules import NoAccess, NothingToAsk, NotInRound, RoundOver
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(3, 10))


def begin(person, bank) -> Round:
    return start_round(person, bank, by=Actor.person(person.id))


def titles(of_round: Round) -> list[str]:
    names = dict(Question.objects.values_list("id", "title"))
    return [names[id] for id in of_round.order]


def answer_all(of_round: Round, given: str = "true") -> None:
    for title in titles(of_round):
        answer(of_round, title, given)


def test_the_first_round_asks_twelve_new_questions_with_topics_taking_turns(cast, bank):
    access_for(cast.learner, bank)
    assert titles(begin(cast.learner, bank)) == [f"{topic}.{n}" for n in range(4) for topic in range(3)]


def test_due_questions_come_before_new_ones(cast, bank):
    access_for(cast.learner, bank)
    first = begin(cast.learner, bank)
    for minutes, title in enumerate(titles(first)[:6]):
        with clock.at(NOW + timedelta(minutes=minutes)):
            answer(first, title, "true")
    end_round(first, by=AUTHOR)
    with clock.at(NOW + timedelta(days=20)):
        second = titles(begin(cast.learner, bank))
    assert set(second[:6]) == {f"{topic}.{n}" for n in range(2) for topic in range(3)}
    assert set(second[6:]) == {f"{topic}.{n}" for n in (2, 3) for topic in range(3)}


def test_a_missed_question_comes_first_in_the_next_round(cast, bank):
    access_for(cast.learner, bank)
    first = begin(cast.learner, bank)
    for title in titles(first):
        answer(first, title, "false" if title == "1.2" else "true")
    with clock.at(NOW + timedelta(minutes=11)):
        second = titles(begin(cast.learner, bank))
    assert (second[0], len(second), second.count("1.2")) == ("1.2", 12, 1)


def test_when_nothing_is_due_or_new_one_can_practise_ahead(cast):
    bank = a_bank(text=many_questions(1, 3))
    access_for(cast.learner, bank)
    answer_all(begin(cast.learner, bank))
    (open_bank,) = open_banks(cast.learner)
    assert open_bank.waiting == 0
    assert sorted(titles(begin(cast.learner, bank))) == ["0.0", "0.1", "0.2"]


def test_a_round_of_an_empty_bank_or_without_access_is_refused_and_leaves_no_row(cast, bank):
    empty = a_bank(title="Empty", text=many_questions(1, 1))
    withdraw_question(question(empty, "0.0"), by=AUTHOR)
    access_for(cast.learner, empty)
    with pytest.raises(NothingToAsk):
        begin(cast.learner, empty)
    for person in (cast.learner, cast.stranger, cast.trainer):
        with pytest.raises(NoAccess):
            begin(person, bank)
    assert Round.objects.count() == 0


def test_a_round_left_open_goes_on_and_after_a_day_a_new_one_begins(cast, bank):
    access_for(cast.learner, bank)
    first = begin(cast.learner, bank)
    answer(first, "0.0", "true")
    assert begin(cast.learner, bank) == first
    with clock.at(NOW + timedelta(hours=25)):
        second = begin(cast.learner, bank)
    first.refresh_from_db()
    assert (second == first, first.ended_at) == (False, NOW + timedelta(hours=25))


def test_an_answer_is_judged_kept_and_planned(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    asked = question(bank, "0.0")
    kept = answer_question(current, asked.id, "true", key=uuid7(), took_ms=4200, by=Actor.person(cast.learner.id))
    assert (kept.outcome, kept.given, kept.took_ms, kept.answered_at) == ("right", "true", 4200, NOW)
    assert (kept.question_version, kept.was_known) == (1, False)
    card = Card.objects.get()
    assert (card.question, card.reps, card.lapses, card.due_at) == (asked, 1, 0, NOW + timedelta(days=2))


def test_a_lapse_is_counted_once_known(cast, bank):
    access_for(cast.learner, bank)
    for days, given in ((0, "false"), (1, "true"), (5, "false"), (6, "true")):
        with clock.at(NOW + timedelta(days=days)):
            current = begin(cast.learner, bank)
            answer(current, "0.0", given)
            end_round(current, by=AUTHOR)
    card = Card.objects.get()
    assert (card.reps, card.lapses, card.state) == (4, 1, 2)
    assert [each.was_known for each in Answer.objects.order_by("answered_at", "id")] == [False, False, True, False]


def test_the_same_answer_sent_twice_counts_once(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    asked, other, key = question(bank, "0.0"), question(bank, "1.0"), uuid7()
    by = Actor.person(cast.learner.id)
    first = answer_question(current, asked.id, "true", key=key, by=by)
    assert answer_question(current, asked.id, "false", key=key, by=by) == first
    assert answer_question(current, asked.id, "false", key=uuid7(), by=by) == first
    assert answer_question(current, other.id, "false", key=key, by=by) == first
    assert (Answer.objects.count(), Card.objects.get().reps) == (1, 1)
    assert Answer.objects.get().outcome == "right"


def test_the_last_answer_ends_the_round_with_one_note_and_no_note_per_answer(cast, bank):
    access_for(cast.learner, bank)
    before = Note.objects.count()
    current = begin(cast.learner, bank)
    answer_all(current)
    current.refresh_from_db()
    assert current.ended_at == NOW
    (note,) = Note.objects.order_by("created_at", "id")[before:]
    assert (note.verb, note.thing_id, note.subject_person, note.touched) == (
        "practise",
        current.id,
        cast.learner.id,
        [],
    )


def test_an_ended_round_takes_no_answers_but_gives_earlier_ones_back(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    first = answer(current, "0.0", "true")
    end_round(current, by=AUTHOR)
    end_round(current, by=AUTHOR)
    assert answer(current, "0.0", "false") == first
    with pytest.raises(RoundOver):
        answer(current, "1.0", "true")
    assert (Answer.objects.count(), Note.objects.filter(verb="practise").count()) == (1, 1)


def test_a_question_outside_the_round_or_withdrawn_meanwhile_is_refused(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    withdraw_question(question(bank, "0.0"), by=AUTHOR)
    for title in ("0.9", "0.0"):
        with pytest.raises(NotInRound):
            answer(current, title, "true")
    assert (Answer.objects.count(), Card.objects.count()) == (0, 0)
    assert (round_stand(current).total, round_stand(current).next_id) == (11, question(bank, "1.0").id)


def test_a_round_whose_last_questions_were_withdrawn_is_at_its_end(cast):
    bank = a_bank(text=many_questions(1, 2))
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    answer(current, "0.0", "true")
    withdraw_question(question(bank, "0.1"), by=AUTHOR)
    stand = round_stand(current)
    assert (stand.total, stand.answered, stand.next_id) == (1, 1, None)
    assert begin(cast.learner, bank) != current


def test_a_round_is_only_its_own_persons(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    assert round_of(cast.learner, current.id) == current
    for person in (cast.colleague, cast.contact, cast.trainer, cast.clerk, cast.admin, cast.stranger):
        with pytest.raises(NoAccess):
            round_of(person, current.id)


def test_what_grew_is_told_at_the_end(cast):
    bank = a_bank(text=many_questions(2, 2))
    access_for(cast.learner, bank)
    first = begin(cast.learner, bank)
    for title in titles(first):
        answer(first, title, "false" if title == "0.0" else "true")
    grown = growth_of(first)
    assert (grown.asked, grown.right, grown.newly_known) == (4, 3, 3)
    assert (grown.percent_before, grown.percent_now) == (0, 75)
    with clock.at(NOW + timedelta(minutes=11)):
        second = begin(cast.learner, bank)
        answer(second, "0.0", "true")
        end_round(second, by=AUTHOR)
        grown = growth_of(second)
    assert (grown.asked, grown.newly_known, grown.percent_before, grown.percent_now) == (1, 1, 75, 100)


def test_today_names_the_bank_that_needs_it_most_and_how_long_it_takes(cast, bank, django_assert_num_queries):
    assert due_today(cast.learner) is None
    small = a_bank(title="Small", text=many_questions(1, 2))
    access_for(cast.learner, small)
    access_for(cast.learner, bank)
    assert due_today(cast.learner) == DueCard(12, 4, f"/practice/{bank.id}/begin/", "Privacy")
    current = begin(cast.learner, small)
    answer(current, "0.0", "true")
    with django_assert_num_queries(6):
        card = due_today(cast.learner)
    assert card == DueCard(1, 1, f"/practice/{small.id}/begin/", "Small")
    assert due_today(cast.stranger) is None


@pytest.mark.parametrize("count", [1, 3])
def test_open_banks_take_as_many_queries_for_three_as_for_one(cast, django_assert_num_queries, count):
    for number in range(count):
        each = a_bank(title=f"Bank {number}", text=many_questions(1, 2))
        access_for(cast.learner, each)
        begin(cast.learner, each)
    with django_assert_num_queries(4):
        banks = open_banks(cast.learner)
        assert [(b.bank.title, b.waiting, b.open_round is not None) for b in banks] == [
            (f"Bank {number}", 2, True) for number in range(count)
        ]


def test_beginning_and_answering_take_a_bounded_number_of_queries(cast, bank, django_assert_num_queries):
    access_for(cast.learner, bank)
    with django_assert_num_queries(8):  # one of them reads by what is scheduled
        current = begin(cast.learner, bank)
    with django_assert_num_queries(9):
        answer_question(current, current.order[0], "true", key=uuid7(), by=Actor.person(cast.learner.id))


def test_a_round_of_one_topic_asks_of_it_alone_and_ends_one_that_asks_other_things(cast, bank):
    access_for(cast.learner, bank)
    whole = begin(cast.learner, bank)
    topic = question(bank, "1.0").topic_id
    by = Actor.person(cast.learner.id)
    of_topic = start_round(cast.learner, bank, topic=topic, by=by)
    assert titles(of_topic) == [f"1.{n}" for n in range(10)]
    assert start_round(cast.learner, bank, topic=topic, by=by) == of_topic
    whole.refresh_from_db()
    assert whole.ended_at == NOW
    with pytest.raises(NothingToAsk):
        start_round(cast.learner, bank, topic=uuid7(), by=by)


def test_only_a_question_that_was_answered_can_be_reported_and_only_as_listed(cast, bank):
    access_for(cast.learner, bank)
    current = begin(cast.learner, bank)
    by = Actor.person(cast.learner.id)
    for trouble in ("wrong", "anything"):
        with pytest.raises(NotInRound):
            report_question(current, question(bank, "0.0").id, trouble, by=by)
        answer(current, "0.0", "true") if trouble == "wrong" else None
    report_question(current, question(bank, "0.0").id, "typo", by=by)
    kept = Answer.objects.get()
    assert (kept.trouble, kept.told_at) == ("typo", NOW)

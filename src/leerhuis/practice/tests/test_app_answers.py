"""Answers of an app: once by their id, in their place by time, judged as questions are now, told item by item."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.content import change_question
from leerhuis.practice.actions.releasing import withdraw_question
from leerhuis.practice.actions.rounds import answer_question, start_round
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.models import Answer, Card, Question, Round
from leerhuis.practice.queries import draft_of
from leerhuis.practice.scheduling import review
from leerhuis.practice.tests.calling import App, said
from leerhuis.practice.tests.factories import AUTHOR, SIX_KINDS, a_bank, access_for, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(2, 10))


@pytest.fixture
def access(cast, bank):
    with clock.at(NOW - 20 * DAY):
        return access_for(cast.learner, bank, days=60)


@pytest.fixture
def app(academy, cast, bank, access):
    return App(academy, cast.learner, bank)


@pytest.fixture
def asked(bank):
    return list(Question.objects.filter(topic__bank=bank))


def card(of):
    kept = Card.objects.get(question=of)
    return kept.memory, kept.reps, kept.lapses


def test_an_answer_is_kept_judged_and_planned(app, asked):
    (told,) = app.bring(said(asked[0], at=NOW - DAY))
    assert (told["fate"], told["outcome"], told["remarks"]) == ("kept", "right", [])
    kept = Answer.objects.get()
    assert (kept.given, kept.outcome, kept.took_ms, kept.answered_at) == ("true", "right", 4000, NOW - DAY)
    assert card(asked[0]) == (review(None, right=True, at=NOW - DAY), 1, 0)
    assert datetime.fromisoformat(told["due_at"]) == Card.objects.get().due_at


def test_the_same_answer_twice_is_once(app, asked):
    first, second = said(asked[0]), said(asked[1], "false")
    assert app.fates(first, second, first) == ["kept", "kept", "repeated"]
    before = (card(asked[0]), card(asked[1]), Answer.objects.count(), Round.objects.count(), Note.objects.count())
    again = app.bring(second, first)
    assert [(each["fate"], each["outcome"]) for each in again] == [("repeated", "wrong"), ("repeated", "right")]
    assert before == (
        card(asked[0]), card(asked[1]), Answer.objects.count(), Round.objects.count(), Note.objects.count(),
    )  # fmt: skip


def test_an_answer_that_comes_late_counts_as_if_it_had_come_in_time(app, asked):
    steps = [(9, "true"), (6, "true"), (5, "false"), (2, "true")]
    in_time = [said(asked[0], choice, at=NOW - days * DAY) for days, choice in steps]
    for each in in_time:
        app.bring(each)
    wanted = card(asked[0])
    late = [said(asked[1], choice, at=NOW - days * DAY) for days, choice in steps]
    for each in (late[3], late[0], late[2], late[1]):
        app.bring(each)
    assert card(asked[1]) == wanted
    memory = None
    for days, choice in steps:
        memory = review(memory, right=choice == "true", at=NOW - days * DAY)
    assert wanted == (memory, 4, 1)


def test_in_whatever_order_and_pieces_they_come_the_memories_are_the_same(app, asked):
    chance = random.Random(7)
    answers = [
        said(chance.choice(asked[:5]), chance.choice(["true", "true", "false"]), at=NOW - n * timedelta(hours=5))
        for n in range(40)
    ]
    app.bring(*answers)
    wanted = {each.question_id: (each.memory, each.reps, each.lapses) for each in Card.objects.all()}
    Card.objects.all().delete()
    Round.objects.all().delete()
    chance.shuffle(answers)
    while answers:
        piece, answers = answers[:7], answers[7:]
        app.bring(*piece)
    assert {each.question_id: (each.memory, each.reps, each.lapses) for each in Card.objects.all()} == wanted
    assert Answer.objects.count() == 40


def test_a_late_answer_without_its_history_counts_from_the_last_one(app, asked):
    app.bring(said(asked[0], at=NOW - DAY))
    before, _, _ = card(asked[0])
    Round.objects.all().delete()
    app.bring(said(asked[0], "false", at=NOW - 5 * DAY))
    assert card(asked[0]) == (review(before, right=False, at=NOW - DAY), 2, 1)


def test_answers_on_pages_and_in_an_app_are_one_history(cast, bank, app):
    current = start_round(cast.learner, bank, by=AUTHOR)
    asked = Question.objects.get(pk=current.order[0])
    with clock.at(NOW - DAY):
        answer_question(current, asked.id, "true", key=uuid7(), by=AUTHOR)
    app.bring(said(asked, "false", at=NOW - 3 * DAY))
    memory = review(review(None, right=False, at=NOW - 3 * DAY), right=True, at=NOW - DAY)
    assert card(asked) == (memory, 2, 0)
    current.refresh_from_db()
    assert current.ended_at is None  # an app leaves the round of a page alone


def test_a_clock_that_is_a_day_off_is_set_right_and_more_is_not_believed(app, asked):
    ahead, early, far, before = app.bring(
        said(asked[0], at=NOW + timedelta(hours=20)),
        said(asked[1], at=NOW - 20 * DAY - timedelta(hours=3)),
        said(asked[2], at=NOW + 2 * DAY),
        said(asked[3], at=NOW - 30 * DAY),
    )
    assert [ahead["remarks"], early["remarks"]] == [["clock"], ["clock"]]
    assert [far["fate"], before["fate"]] == ["clock", "clock"]
    assert sorted(Answer.objects.values_list("answered_at", flat=True)) == [NOW - 20 * DAY, NOW]
    assert Card.objects.count() == 2


def test_a_question_that_was_changed_is_judged_as_it_is_now_and_told(app, asked):
    old = said(asked[0])
    draft = draft_of(asked[0])
    changed = type(draft)(**{**vars(draft), "stem": Rich("Anders gezegd", "markdown")})
    change_question(asked[0], changed, version=1, by=AUTHOR)
    (told,) = app.bring(old)
    assert (told["fate"], told["outcome"], told["remarks"], told["version"]) == ("kept", "right", ["changed"], 2)
    assert Answer.objects.get().question_version == 1


def test_an_answer_to_what_a_question_meant_before_is_kept_and_moves_no_memory(app, asked):
    app.bring(said(asked[0], at=NOW - 5 * DAY))
    late = [said(each, at=NOW - 2 * DAY) for each in asked[:2]]
    for each in asked[:2]:
        draft = replace(draft_of(each), stem=Rich("Iets anders", "markdown"))
        change_question(each, draft, version=1, means_else=True, by=AUTHOR)
    before = card(asked[0])
    told = app.bring(*late)
    assert [(each["fate"], each["remarks"]) for each in told] == [("kept", ["changed"])] * 2
    assert (card(asked[0]), before[0].is_known, before[0].due_at <= NOW) == (before, False, True)
    assert not Card.objects.filter(question=asked[1]).exists()
    assert [told[0]["due_at"] is None, told[1]["due_at"] is None] == [False, True]
    assert Answer.objects.filter(question_version=1).count() == 3
    (anew,) = app.bring(said(Question.objects.get(pk=asked[0].pk)))
    assert (anew["remarks"], card(asked[0])[0].is_known) == ([], True)


def test_a_question_that_was_withdrawn_is_told_and_holds_nothing_back(app, asked):
    withdraw_question(asked[0], by=AUTHOR)
    assert app.fates(said(asked[0]), said(asked[1])) == ["withdrawn", "kept"]
    assert Answer.objects.get().question == asked[1]


def test_what_is_no_answer_is_told_item_by_item(app, asked):
    elsewhere = a_bank(title="Andere", text=many_questions(1, 1))
    foreign = Question.objects.get(topic__bank=elsewhere)
    fates = app.fates(
        said(asked[0], "maybe"),
        said(asked[1], answer={}),
        said(asked[2], question=uuid7()),
        said(foreign),
        said(asked[3]),
    )
    assert fates == ["unreadable", "unreadable", "unknown", "unknown", "kept"]


def test_an_answer_that_was_looked_at_first_counts_as_met_and_as_no_mistake(app, asked):
    shown = said(asked[0], shown=True, answer={}, at=NOW - MINUTE * 30)
    assert app.fates(shown, said(asked[0], at=NOW - MINUTE * 5)) == ["kept", "kept"]
    assert list(Answer.objects.order_by("answered_at").values_list("outcome", "given")) == [
        ("shown", ""), ("right", "true"),
    ]  # fmt: skip
    assert Card.objects.get().reps == 1
    assert app.fates(said(asked[0], shown=True, answer={})) == ["met_before"]


def test_each_kind_is_answered_by_the_fields_of_its_form(academy, cast):
    bank = a_bank(title="Zes", text=SIX_KINDS)
    access_for(cast.learner, bank)
    app = App(academy, cast.learner, bank)
    keys = {o.text.text: o.key for title in ("Single", "Several") for o in question(bank, title).content.options}
    rights = question(bank, "Pairs").content.rights
    pairs = {"match-0": [str(rights.index("decides"))], "match-1": [str(rights.index("works for"))]}
    answers = {
        "Single": {"choice": [keys["AVG"]]},
        "Statement": {"choice": ["true"]},
        "Several": {"choice": [keys["health"], keys["belief"]]},
        "Typed": {"text": ["ap"]},
        "Number": {"text": ["4"]},
        "Pairs": pairs,
    }
    told = app.bring(*(said(question(bank, title), answer=fields) for title, fields in answers.items()))
    assert [(each["fate"], each["outcome"]) for each in told] == [("kept", "right")] * 6


def test_answers_with_half_an_hour_between_them_are_two_rounds_with_a_note_each(app, asked, access):
    app.bring(*(said(each, at=NOW - timedelta(hours=5) + n * MINUTE) for n, each in enumerate(asked[:3])))
    app.bring(said(asked[3], at=NOW - timedelta(hours=5) + 10 * MINUTE))
    app.bring(said(asked[4], at=NOW - MINUTE))
    first, second = Round.objects.order_by("created_at")
    assert first.order == [each.id for each in asked[:4]]
    assert (first.created_at, first.ended_at) == (NOW - timedelta(hours=5), NOW - timedelta(hours=4, minutes=50))
    assert (second.order, second.in_app, second.mastery_before > first.mastery_before) == ([asked[4].id], True, True)
    notes = Note.objects.filter(verb="practise")
    assert [(note.thing_id, note.subject_person) for note in notes.order_by("id")] == [
        (first.id, access.person_id), (second.id, access.person_id),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\u202eab", "x" * 4000])
def test_no_text_is_a_fault(academy, cast, text):
    bank = a_bank(title="Zes", text=SIX_KINDS)
    access_for(cast.learner, bank)
    app = App(academy, cast.learner, bank)
    assert app.send(said(question(bank, "Typed"), answer={"text": [text]})).status_code == (
        422 if text == "\ud800" else 200
    )


def test_practice_in_an_app_is_seen_by_nobody_else(academy, cast, app, asked, bank):
    """Keeps: K6."""
    app.bring(said(asked[0]))
    for other in (cast.colleague, cast.contact, cast.trainer, cast.clerk, cast.admin, cast.stranger):
        for call in ("round", "mastery", "goal"):
            assert App(academy, other, bank, second_factor=True).get(f"{app.bank}{call}").status_code == 404

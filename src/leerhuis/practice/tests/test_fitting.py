"""Figures by hand, histories, the other models, and when a fit is kept."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.app_answers import take_answers
from leerhuis.practice.actions.content import change_question
from leerhuis.practice.actions.fits import fit_academy, move_to_what_is_in_use, use_default, use_fit
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.activation import Crowd, activation, made_up, recall
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.fits import all_histories
from leerhuis.practice.fitting import Model, Verdict, fit
from leerhuis.practice.forgetting import forget_parameters, parameters_in_use
from leerhuis.practice.histories import Answered, History, asked_in, by_constant, by_fsrs, by_sm2, memories_of
from leerhuis.practice.measures import Asked, auc, log_loss, rmse_bins
from leerhuis.practice.merging import Given
from leerhuis.practice.models import Answer, Card, Fit, Question, Round
from leerhuis.practice.queries import draft_of, mastery_of
from leerhuis.practice.rules import NotBetter
from leerhuis.practice.scheduling import DEFAULT, decay_of, factor_of, interval_days, review
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
QUICKER = (*DEFAULT[:2], 1.0, *DEFAULT[3:20], 0.2)  # forgets a new question within a day, and along another curve


def history(*answers: tuple[int, bool], person: UUID | None = None) -> History:
    return History(person or uuid4(), tuple(Answered(days, right) for days, right in answers))


# --- figures, by hand ------------------------------------------------------------------------------------------------
def test_log_loss_is_the_mean_of_minus_the_logarithm_of_what_came_true():
    assert log_loss([0.8, 0.6], [True, False]) == pytest.approx((-math.log(0.8) - math.log(0.4)) / 2)
    assert log_loss([1.0], [False]) == pytest.approx(-math.log(1e-6))


def test_auc_counts_pairs_in_the_right_order_and_half_of_those_that_are_equal():
    assert auc([0.9, 0.4, 0.6, 0.4], [True, True, False, False]) == pytest.approx((2 + 0 + 0.5) / 4)
    assert auc([0.1, 0.9], [True, True]) == 0.5


def test_rmse_bins_compares_shares_of_answers_that_are_alike():
    alike, other = Asked(1, 1, 0, right=True), Asked(40, 5, 2, right=False)
    missed = Asked(1, 1, 0, right=False)
    # Two alike: predicted 0.8 and 0.6 together, one of two right, so 0.4 too much; one other: 0.9 too much.
    expected = math.sqrt((2 * 0.2**2 + 0.9**2) / 3)
    assert rmse_bins([0.8, 0.6, 0.9], [alike, missed, other]) == pytest.approx(expected)


# --- histories -------------------------------------------------------------------------------------------------------
def test_the_first_answer_one_of_the_same_day_and_one_that_was_shown_are_not_predicted():
    shown = Answered(3, right=False, is_shown=True)
    each = History(uuid4(), (Answered(0, right=False), Answered(0, right=True), shown, Answered(2, right=True)))
    assert list(each.asked()) == [(3, Asked(2, 3, 2, right=True))]


def test_the_same_fifth_of_persons_is_held_out_each_time():
    persons = [UUID(int=Random(1).getrandbits(128)) for _ in range(1)] + [uuid4() for _ in range(999)]
    held_out = [history((0, True), person=each).is_held_out for each in persons]
    assert held_out == [history((4, False), person=each).is_held_out for each in persons]
    assert 150 < sum(held_out) < 250


def test_many_memories_at_once_are_those_of_the_scheduler():
    chance = Random(4)
    answers = [tuple((chance.choice((0, 1, 3, 20)), chance.random() < 0.7) for _ in range(8)) for _ in range(40)]
    histories = [history(*each) for each in answers]
    for parameters in (DEFAULT, QUICKER):
        for each, states in zip(histories, memories_of(histories, parameters), strict=True):
            memory, at = None, NOW
            for step, state in zip(each.answers, states, strict=True):
                at += timedelta(days=step.days, minutes=1) if memory else timedelta()
                memory = review(memory, right=step.right, at=at, parameters=parameters)
                assert (state.stability, state.difficulty) == pytest.approx((memory.stability, memory.difficulty), 1e-4)


def test_fsrs_predicts_from_the_stability_after_the_answer_before():
    (chance,) = by_fsrs(DEFAULT)([history((0, True), (5, True))])
    stability = DEFAULT[2]  # after a first right answer
    assert chance == pytest.approx((1 + factor_of(DEFAULT) * 5 / stability) ** decay_of(DEFAULT), rel=1e-5)


def test_sm2_gives_one_day_then_six_then_times_the_ease_and_after_a_miss_one_again():
    rising = history((0, True), (1, True), (6, True), (15, False), (1, True))
    assert by_sm2([rising]) == pytest.approx([0.9 ** (1 / 1), 0.9 ** (6 / 6), 0.9 ** (15 / 15), 0.9 ** (1 / 1)])
    late = history((0, True), (2, True))
    assert by_sm2([late]) == pytest.approx([0.9**2])


def test_the_constant_is_the_share_of_right_answers_among_others():
    others = [history((0, True), (1, True), (1, False)), history((0, True), (1, True), (1, True))]
    assert by_constant(others)([history((0, True), (3, False), (1, True))]) == [0.75, 0.75]


# --- made-up answers -------------------------------------------------------------------------------------------------
def test_activation_is_the_logarithm_of_what_is_left_of_all_traces():
    assert activation([], 10.0) == -math.inf
    assert recall(-math.inf) == pytest.approx(0.25)  # a guess
    assert recall(-0.704) == pytest.approx(0.25 + 0.75 / 2)  # at the threshold


def test_made_up_answers_are_the_same_each_time_and_forgotten_with_time():
    crowd = Crowd(people=30, questions=20, answers=4)
    assert made_up(crowd) == made_up(crowd)
    second = [each.answers[1] for each in made_up(crowd) if each.answers[0].right]
    soon = [each.right for each in second if each.days <= 2]
    late = [each.right for each in second if each.days > 3]
    assert sum(soon) / len(soon) > sum(late) / len(late)


# --- fitting ---------------------------------------------------------------------------------------------------------
def test_a_fit_to_people_who_forget_otherwise_is_better_on_persons_it_never_saw():
    fitted = fit(made_up(Crowd(people=60, questions=30, answers=7)))
    shown = dict(fitted.figures)
    assert fitted.verdict is Verdict.BETTER
    assert shown[Model.FITTED].log_loss < shown[Model.DEFAULT].log_loss
    assert shown[Model.FITTED].rmse < shown[Model.SM2].rmse
    assert shown[Model.CONSTANT].auc == 0.5
    assert fitted.gain == pytest.approx(shown[Model.DEFAULT].log_loss - shown[Model.FITTED].log_loss)
    assert fitted.gain > 1.64 * fitted.error
    assert fit(made_up(Crowd(people=60, questions=30, answers=7))) == fitted


def test_answers_that_fsrs_itself_predicts_leave_nothing_to_improve():
    chance, histories = Random(9), []
    for _ in range(40):
        person = UUID(int=chance.getrandbits(128))
        for _ in range(20):
            memory, at, answers = None, NOW, []
            for _ in range(5):
                days = chance.choice((1, 2, 4, 8, 15)) if memory else 0
                at += timedelta(days=days)
                share = (1 + factor_of(DEFAULT) * days / memory.stability) ** decay_of(DEFAULT) if memory else 0.5
                right = chance.random() < share
                memory = review(memory, right=right, at=at)
                answers.append((days, right))
            histories.append(history(*answers, person=person))
    fitted = fit(histories)
    assert (fitted.verdict, len(fitted.figures)) == (Verdict.NOT_BETTER, 4)


def test_too_few_answers_or_people_are_not_fitted():
    few = made_up(Crowd(people=10, questions=40, answers=8))
    assert len(asked_in(few)) > 2000
    assert (fit(few).verdict, fit(few).figures, fit([]).verdict) == (Verdict.TOO_FEW, (), Verdict.TOO_FEW)


# --- in the academy --------------------------------------------------------------------------------------------------
@pytest.fixture
def fitted(academy):
    forget_parameters()
    yield Fit.objects.create(
        state=Fit.State.SET_ASIDE,
        parameters=list(QUICKER),
        people=40,
        answers=4000,
        held_out_people=10,
        held_out_answers=1000,
        gain=0.02,
        error=0.004,
        figures={"fitted": [0.4, 0.7, 0.05], "default": [0.42, 0.65, 0.08]},
    )
    forget_parameters()


def begin(person, bank) -> Round:
    return start_round(person, bank, by=Actor.person(person.id))


def test_with_too_few_answers_nothing_is_kept_and_the_default_stays(academy):
    told, kept = fit_academy(by=AUTHOR)
    assert (told.verdict, kept, Fit.objects.count(), parameters_in_use()) == (Verdict.TOO_FEW, None, 0, DEFAULT)


def test_what_is_in_use_plans_the_next_answer_and_tells_mastery(cast, fitted):
    bank = a_bank(text=many_questions(1, 2))
    access_for(cast.learner, bank, days=200)
    use_fit(fitted, by=AUTHOR)
    with clock.at(NOW):
        answer(begin(cast.learner, bank), "0.0", "true")
    card = Card.objects.get()
    assert card.memory == review(None, right=True, at=NOW, parameters=QUICKER)
    with clock.at(NOW + timedelta(days=4)):
        known = (1 + factor_of(QUICKER) * 4 / 1.0) ** decay_of(QUICKER)
        assert mastery_of(cast.learner, bank).share == pytest.approx(known / 2)


def test_what_is_in_use_plans_the_answers_of_apps_and_is_handed_to_them(cast, fitted, as_):
    bank = a_bank(text=many_questions(1, 2))
    access = access_for(cast.learner, bank, days=200)
    use_fit(fitted, by=AUTHOR)
    asked = Question.objects.order_by("id")[0]
    with clock.at(NOW):
        given = Given(uuid4(), asked.id, asked.version, {"choice": ["true"]}, NOW, None, shown=False)
        take_answers(access, [given], by=Actor.person(cast.learner.id))
    assert Card.objects.get().memory == review(None, right=True, at=NOW, parameters=QUICKER)
    told = as_(cast.learner).get(f"/api/v1/practice/banks/{bank.id}/round").json()
    assert told["parameters"] == pytest.approx(list(QUICKER))


def test_memories_follow_what_is_in_use_with_the_wish_of_each_learner_and_back_again(cast, fitted):
    bank = a_bank(text=many_questions(1, 12))
    access = access_for(cast.learner, bank, days=200)
    with clock.at(NOW):
        set_goal(access, exam_on=None, retention=0.8, minutes=4, by=AUTHOR)
        first = begin(cast.learner, bank)
        answer(first, "0.0", "true")
        answer(first, "0.1", "false")
    before = {card.question_id: card.memory for card in Card.objects.all()}
    use_fit(fitted, by=AUTHOR)
    assert move_to_what_is_in_use(by=AUTHOR) == 2
    known, missed = Card.objects.order_by("-state")[:2]
    assert known.stability == pytest.approx(1.0, rel=1e-5)
    assert known.due_at == NOW + timedelta(days=interval_days(1.0, 0.8, QUICKER))
    assert (missed.state, missed.step, missed.due_at) == (1, 0, NOW + timedelta(minutes=10))
    use_default(by=AUTHOR)
    assert (move_to_what_is_in_use(by=AUTHOR), parameters_in_use()) == (2, DEFAULT)
    for card in Card.objects.all():
        was = before[card.question_id]
        assert (card.stability, card.difficulty) == pytest.approx((was.stability, was.difficulty), rel=1e-4)
        assert (card.state, card.step, card.due_at) == (was.state, was.step, was.due_at)


def test_what_has_to_be_learned_anew_stays_so_whatever_is_in_use(cast, fitted):
    bank = a_bank(text=many_questions(1, 2))
    access_for(cast.learner, bank, days=200)
    with clock.at(NOW):
        answer(begin(cast.learner, bank), "0.0", "true")
    with clock.at(NOW + timedelta(days=5)):
        answer(begin(cast.learner, bank), "0.0", "true")
    with clock.at(NOW + timedelta(days=9)):
        mean_else(question(bank, "0.0"), "Statement 0.0, otherwise")
        stays = Card.objects.get().memory
        move_to_what_is_in_use(by=AUTHOR)
        kept = Card.objects.get().memory
        assert (kept.state, kept.step, kept.due_at) == (stays.state, 0, clock.now())
        assert kept.stability == pytest.approx(stays.stability)
        use_fit(fitted, by=AUTHOR)
        move_to_what_is_in_use(by=AUTHOR)
        assert not Card.objects.get().memory.is_known
        use_default(by=AUTHOR)
        move_to_what_is_in_use(by=AUTHOR)
        answer(begin(cast.learner, bank), "0.0", "true")
    after = Card.objects.get().memory
    move_to_what_is_in_use(by=AUTHOR)
    moved = Card.objects.get().memory
    assert (moved.state, moved.due_at) == (after.state, after.due_at)
    assert (moved.stability, moved.difficulty) == pytest.approx((after.stability, after.difficulty))


def mean_else(asked, stem):
    draft = replace(draft_of(asked), stem=Rich(stem, "plain"))
    change_question(asked, draft, version=asked.version, means_else=True, by=AUTHOR)


def test_a_memory_that_was_answered_meanwhile_is_left_alone(cast, fitted):
    bank = a_bank(text=many_questions(1, 1))
    access_for(cast.learner, bank, days=200)
    with clock.at(NOW):
        answer(begin(cast.learner, bank), "0.0", "true")
    Card.objects.update(last_review=NOW + timedelta(seconds=1))
    use_fit(fitted, by=AUTHOR)
    assert move_to_what_is_in_use(by=AUTHOR) == 0


def test_only_one_fit_is_in_use_and_each_choice_is_noted(fitted):
    other = Fit.objects.get()
    other.pk, other.state = uuid7(), Fit.State.SET_ASIDE
    other.save(force_insert=True)
    for each in (fitted, other, other):
        use_fit(each, by=AUTHOR)
    assert [each.is_in_use for each in Fit.objects.filter(pk__in=(fitted.pk, other.pk)).order_by("created_at")] in (
        [False, True],
        [True, False],
    )
    use_default(by=AUTHOR)
    use_default(by=AUTHOR)
    assert not Fit.objects.filter(state=Fit.State.IN_USE).exists()
    verbs = Note.objects.filter(verb__contains="fit").count(), Note.objects.filter(verb__contains="default").count()
    assert verbs == (2, 1)


def test_a_fit_that_was_no_better_cannot_be_used(fitted):
    Fit.objects.update(state=Fit.State.NOT_BETTER)
    with pytest.raises(NotBetter):
        use_fit(fitted, by=AUTHOR)
    assert parameters_in_use() == DEFAULT


def test_the_answers_of_whoever_is_restricted_are_not_fitted_on(cast):
    bank = a_bank(text=many_questions(1, 1))
    access_for(cast.learner, bank, days=200)
    with clock.at(NOW):
        answer(begin(cast.learner, bank), "0.0", "true")
    assert [each.person for each in all_histories()] == [cast.learner.id]
    cast.learner.restricted_at = NOW
    cast.learner.save(update_fields=["restricted_at"])
    assert (all_histories(), Answer.objects.count()) == ([], 1)


def test_authors_see_what_is_in_use_and_go_back(cast, as_, fitted):
    page = as_(cast.clerk).get("/office/practice/scheduling/")
    assert "FSRS, zoals geleverd" in page.content.decode()
    used = as_(cast.clerk).post(f"/office/practice/scheduling/{fitted.id}/use/", follow=True).content.decode()
    assert "aangepast aan uw deelnemers" in used
    assert "0,4000" in used
    back = as_(cast.clerk).post("/office/practice/scheduling/default/", follow=True).content.decode()
    assert "aangepast aan uw deelnemers" not in back

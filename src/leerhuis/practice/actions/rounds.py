"""Practising: a round begins, questions are answered one by one, the round ends.

An answer is its own record; the audit gets one note per round, when it ends.
"""

from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.people.models import Person
from leerhuis.practice.events import RoundEnded
from leerhuis.practice.grading import Outcome, grade
from leerhuis.practice.models import Access, Answer, Bank, Card, Question, Round
from leerhuis.practice.queries import access_to, mastery_of, questions_for_round, round_stand
from leerhuis.practice.rules import NothingToAsk, NotInRound, RoundOver, is_stale
from leerhuis.practice.scheduling import review


def start_round(person: Person, bank: Bank, *, by: Actor) -> Round:
    """Begin a round of some twelve questions, or go on with the one left open less than a day ago.

    Refuses NoAccess and NothingToAsk.
    """
    inside_edge()
    access = Access.objects.select_for_update(of=("self",)).get(pk=access_to(person, bank.id).pk)
    left_open = Round.objects.filter(access=access, ended_at=None).first()
    if left_open:
        if not is_stale(left_open, clock.now()) and round_stand(left_open).next_id:
            return left_open
        _end(left_open, by)
    order = questions_for_round(access)
    if not order:
        raise NothingToAsk
    return Round.objects.create(access=access, order=order, mastery_before=mastery_of(person, bank).share)


def answer_question(
    in_round: Round, question_id: UUID, given: str, *, key: UUID, took_ms: int | None = None, by: Actor
) -> Answer:
    """Judge an answer (one line, as `grading.read_answer` makes it), keep it, and plan when the question comes back.

    The same question, or the same key, sent again gives the first answer back and changes nothing. The last answer
    ends the round. Refuses RoundOver and NotInRound. Keeps: L23 (an answer only orders questions).
    """
    inside_edge()
    current = Round.objects.select_for_update(of=("self",)).select_related("access").get(pk=in_round.pk)
    earlier = Answer.objects.filter(round=current, question_id=question_id).first()
    earlier = earlier or Answer.objects.filter(round=current, key=key).first()
    if earlier:
        return earlier
    if current.ended_at:
        raise RoundOver
    question = Question.objects.filter(pk=question_id, state=Question.State.RELEASED).first()
    if question is None or question_id not in current.order:
        raise NotInRound
    outcome = grade(question.content, given).outcome
    was_known = _plan_next(current.access, question, right=outcome == Outcome.RIGHT)
    answer = Answer.objects.create(
        round=current,
        question=question,
        question_version=question.version,
        key=key,
        given=given,
        outcome=outcome,
        was_known=was_known,
        took_ms=took_ms,
        answered_at=clock.now(),
    )
    if round_stand(current).next_id is None:
        _end(current, by)
    return answer


def end_round(open_round: Round, *, by: Actor) -> None:
    """Stop a round before its end; what was answered counts. Ending one that has ended changes nothing."""
    inside_edge()
    current = Round.objects.select_for_update(of=("self",)).select_related("access").get(pk=open_round.pk)
    if current.ended_at is None:
        _end(current, by)


def _end(current: Round, by: Actor) -> None:
    current.ended_at = clock.now()
    current.save(update_fields=["ended_at"])
    note("practise", current, by=by, subject=current.access.person_id)
    emit(RoundEnded(current.access.person_id, current.access.bank_id, current.id))


def _plan_next(access: Access, question: Question, *, right: bool) -> bool:
    """Move the card of a question by an answer; return whether it was known before."""
    card = Card.objects.filter(access=access, question=question).first()
    before = card.memory if card else None
    was_known = before is not None and before.is_known
    after = review(before, right=right, at=clock.now())
    card = card or Card(access=access, question=question)
    card.stability, card.difficulty = after.stability, after.difficulty
    card.state, card.step = after.state, after.step
    card.last_review, card.due_at = after.last_review, after.due_at
    card.reps += 1
    card.lapses += was_known and not right
    card.save()
    return was_known

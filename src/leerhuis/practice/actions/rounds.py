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
from leerhuis.practice.composing import compose, load_of
from leerhuis.practice.events import RoundEnded
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.grading import Outcome, grade
from leerhuis.practice.models import Access, Answer, Bank, Card, Question, Round, Trouble
from leerhuis.practice.queries import access_to, mastery_of, round_stand
from leerhuis.practice.rules import MetBefore, NothingToAsk, NotInRound, RoundOver, is_stale
from leerhuis.practice.scheduling import review


def start_round(person: Person, bank: Bank, *, topic: UUID | None = None, by: Actor) -> Round:
    """Begin a round of as many minutes as the person chose, or go on with the one left open less than a day ago.

    With a topic it asks of that topic alone, and one left open that asks other things ends. Refuses NoAccess and
    NothingToAsk.
    """
    inside_edge()
    access = Access.objects.select_for_update(of=("self",)).get(pk=access_to(person, bank.id).pk)
    left_open = Round.objects.filter(access=access, ended_at=None).first()
    if left_open:
        if not is_stale(left_open, clock.now()) and round_stand(left_open).next_id and _asks_of(left_open, topic):
            return left_open
        _end(left_open, by)
    asked = compose(access, load_of(access), topic)
    if not asked:
        raise NothingToAsk
    order, reasons = [question for question, _ in asked], [why for _, why in asked]
    share = mastery_of(person, bank).share
    return Round.objects.create(access=access, order=order, reasons=reasons, mastery_before=share)


def answer_question(
    in_round: Round, question_id: UUID, given: str, *, key: UUID, took_ms: int | None = None, by: Actor
) -> Answer:
    """Judge an answer (one line, as `grading.read_answer` makes it), keep it, and plan when the question comes back.

    The same question, or the same key, sent again gives the first answer back and changes nothing. The last answer
    ends the round. Refuses RoundOver and NotInRound. Keeps: L23 (an answer only orders questions).
    """
    inside_edge()
    current = _locked(in_round)
    earlier = _earlier(current, question_id, key)
    if earlier:
        return earlier
    question = _asked_in(current, question_id)
    outcome = grade(question.content, given).outcome
    card = _card_of(current.access, question)
    was_known = card is not None and card.memory.is_known
    _plan_next(current.access, card or Card(question=question), right=outcome == Outcome.RIGHT)
    kept = Answer(given=given, outcome=outcome, was_known=was_known, key=key, took_ms=took_ms)
    return _keep(kept, current, question, by)


def show_answer(in_round: Round, question_id: UUID, *, key: UUID, by: Actor) -> Answer:
    """Introduce a question that was never met by its answer: it counts as met, and as no mistake.

    Its memory begins as after FSRS's "Again", so that it is asked in the next round; growth does not count it. Shown
    twice, it is shown once. Refuses RoundOver, NotInRound and MetBefore.
    """
    inside_edge()
    current = _locked(in_round)
    earlier = _earlier(current, question_id, key)
    if earlier:
        return earlier
    question = _asked_in(current, question_id)
    if _card_of(current.access, question):
        raise MetBefore
    _plan_next(current.access, Card(question=question), right=False, asked=False)
    return _keep(Answer(given="", outcome=Outcome.SHOWN, key=key), current, question, by)


def report_question(in_round: Round, question_id: UUID, trouble: str, *, by: Actor) -> None:
    """Tell the makers what is the matter with a question that one answered; they read what, and not from whom.

    Said again it replaces what was said before. Refuses NotInRound where the question was not answered in the round.
    """
    inside_edge()
    current = _locked(in_round)
    answer = Answer.objects.filter(round=current, question_id=question_id).first()
    if answer is None or trouble not in Trouble.values:
        raise NotInRound
    answer.trouble, answer.told_at = trouble, clock.now()
    answer.save(update_fields=["trouble", "told_at"])
    note("report question", current, by=by, subject=current.access.person_id)


def end_round(open_round: Round, *, by: Actor) -> None:
    """Stop a round before its end; what was answered counts. Ending one that has ended changes nothing."""
    inside_edge()
    current = _locked(open_round)
    if current.ended_at is None:
        _end(current, by)


def _asks_of(left_open: Round, topic: UUID | None) -> bool:
    """True when all that a round asks is of a topic; any round does where none is wanted."""
    if topic is None:
        return True
    return not Question.objects.filter(pk__in=left_open.order).exclude(topic=topic).exists()


def _end(current: Round, by: Actor) -> None:
    current.ended_at = clock.now()
    current.save(update_fields=["ended_at"])
    note("practise", current, by=by, subject=current.access.person_id)
    emit(RoundEnded(current.access.person_id, current.access.bank_id, current.id))


def _locked(in_round: Round) -> Round:
    rounds = Round.objects.select_for_update(of=("self",)).select_related("access__goal")
    return rounds.get(pk=in_round.pk)


def _earlier(current: Round, question_id: UUID, key: UUID) -> Answer | None:
    """Return what was kept of this question in the round, or under this key."""
    earlier = Answer.objects.filter(round=current, question_id=question_id).first()
    return earlier or Answer.objects.filter(round=current, key=key).first()


def _asked_in(current: Round, question_id: UUID) -> Question:
    if current.ended_at:
        raise RoundOver
    question = Question.objects.filter(pk=question_id, state=Question.State.RELEASED).first()
    if question is None or question_id not in current.order:
        raise NotInRound
    return question


def _card_of(access: Access, question: Question) -> Card | None:
    return Card.objects.filter(access=access, question=question).first()


def _keep(answer: Answer, current: Round, question: Question, by: Actor) -> Answer:
    """Keep an answer, and end the round when it was the last one."""
    answer.round, answer.question = current, question
    answer.question_version, answer.answered_at = question.version, clock.now()
    answer.save(force_insert=True)
    if round_stand(current).next_id is None:
        _end(current, by)
    return answer


def _plan_next(access: Access, card: Card, *, right: bool, asked: bool = True) -> None:
    """Move the card of a question by an answer; one that was only shown is not counted as practised."""
    before = None if card._state.adding else card.memory  # noqa: SLF001 - Django's own mark of a row not yet written
    was_known = before is not None and before.is_known
    wished, parameters = access.plan.retention, parameters_in_use()
    after = review(before, right=right, at=clock.now(), retention=wished, parameters=parameters)
    card.access = access
    card.stability, card.difficulty = after.stability, after.difficulty
    card.state, card.step = after.state, after.step
    card.last_review, card.due_at = after.last_review, after.due_at
    card.reps += asked
    card.lapses += was_known and not right
    card.save()

"""The way of a question to its learners: draft, in review, in use; and out of use again."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.practice.events import QuestionChanged
from leerhuis.practice.models import Question
from leerhuis.practice.queries import last_writer_of
from leerhuis.practice.rules import OwnWork, SourceEnded, StateMoved, has_ended

State = Question.State


def send_to_review(question: Question, *, by: Actor) -> None:
    """Ask for another pair of eyes: until somebody releases it no learner meets the question."""
    inside_edge()
    _set_state(question, State.REVIEW, "send question to review", by)


def send_back(question: Question, *, by: Actor) -> None:
    """Make a draft of a question again, for its writer to go on with."""
    inside_edge()
    _set_state(question, State.DRAFT, "send question back", by)


def release_question(question: Question, *, seen: int | None = None, by: Actor) -> None:
    """Take a question into use: learners meet it from now on; what they knew of it still stands.

    `seen` is the version that was read before it was released. Refuses StateMoved when somebody wrote in it since,
    OwnWork to the last writer where the bank asks for four eyes, and SourceEnded where its source no longer holds;
    one that left the rounds for that was looked at, and may come back.
    """
    inside_edge()
    locked = Question.objects.select_for_update(of=("self",))
    version, state, until = locked.values_list("version", "state", "rests_on__valid_until").get(pk=question.pk)
    if version != question.version or (seen is not None and version != seen):
        raise StateMoved
    if state == State.RELEASED:
        return
    if question.topic.bank.four_eyes and by.person_id is not None and last_writer_of(question) == by.person_id:
        raise OwnWork
    if state != State.RETIRED and has_ended(until, clock.today()):
        raise SourceEnded
    _set_state(question, State.RELEASED, "release question", by)


def withdraw_question(question: Question, *, by: Actor) -> None:
    """Take a question out of use: no learner meets it any more, and it no longer counts for mastery."""
    inside_edge()
    _set_state(question, State.WITHDRAWN, "withdraw question", by)


def put_back(question: Question, *, before: str, by: Actor) -> None:
    """Undo a step: give a question the state back in which it was; `before` is "state:version" of then.

    Refuses StateMoved when somebody wrote in it meanwhile.
    """
    inside_edge()
    state, _colon, version = before.partition(":")
    if str(question.version) != version:
        raise StateMoved
    _set_state(question, State(state), "put question back", by)


def _set_state(question: Question, state: str, verb: str, by: Actor) -> None:
    if question.state == state:
        return
    question.state, question.retired_at = state, None
    question.save(update_fields=["state", "retired_at"])
    note(verb, question, by=by, fields=["state"])
    emit(QuestionChanged(question.id))

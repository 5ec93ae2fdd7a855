"""What a person does with a question of their own bank beside answering it: keep it, or say what is wrong with it."""

from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.practice.actions.rounds import report_question
from leerhuis.practice.models import Access, Answer, Bookmark, Question
from leerhuis.practice.rules import NoAccess, NotInRound


def add_bookmark(access: Access, question_id: UUID, *, by: Actor) -> Bookmark:
    """Keep a question to look at again; kept twice, it is kept once. Refuses NoAccess for one of another bank."""
    inside_edge()
    Access.objects.select_for_update(of=("self",)).get(pk=access.pk)
    question = Question.objects.filter(pk=question_id, topic__bank=access.bank_id, state=Question.State.RELEASED)
    if not question.exists():
        raise NoAccess
    made, is_new = Bookmark.objects.get_or_create(access=access, question_id=question_id)
    if is_new:
        note("bookmark question", made, by=by, subject=access.person_id)
    return made


def remove_bookmark(access: Access, question_id: UUID, *, by: Actor) -> bool:
    """Keep a question no longer; False where it was not kept."""
    inside_edge()
    kept = Bookmark.objects.filter(access=access, question_id=question_id).first()
    if kept is None:
        return False
    note("let go of bookmark", kept, by=by, subject=access.person_id)
    kept.delete()
    return True


def report_latest(access: Access, question_id: UUID, trouble: str, *, by: Actor) -> None:
    """Tell the makers what is the matter with a question, at the latest answer to it; not from whom it comes.

    Refuses NotInRound where the person never answered it.
    """
    inside_edge()
    answers = Answer.objects.filter(round__access=access, question_id=question_id).select_related("round")
    latest = answers.order_by("-answered_at", "-id").first()
    if latest is None:
        raise NotInRound
    report_question(latest.round, question_id, trouble, by=by)

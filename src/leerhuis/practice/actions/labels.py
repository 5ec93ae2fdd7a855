"""Where a question belongs: its topic, its learning goals and its source. None of it is what learners read."""

from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.practice.models import Aim, Objective, Question, Source, Topic


def move_question(question: Question, *, topic: Topic | None = None, by: Actor) -> None:
    """Put a question into another topic of its bank; None leaves it where it is."""
    inside_edge()
    if topic is None or topic.bank_id != question.topic.bank_id:
        return
    question.topic = topic
    question.save(update_fields=["topic"])
    note("move question", question, by=by, fields=["topic"])


def move_back(question: Question, *, before: str, by: Actor) -> None:
    """Undo a move: put a question into the topic of this id again."""
    inside_edge()
    move_question(question, topic=Topic.objects.filter(pk=UUID(before)).first(), by=by)


def add_aim(question: Question, *, objective: Objective | None = None, by: Actor) -> None:
    """Have a question serve a learning goal of its bank, too; None adds none."""
    inside_edge()
    if objective is None or objective.bank_id != question.topic.bank_id:
        return
    Aim.objects.get_or_create(question=question, objective=objective)
    note("add aim", question, by=by, fields=["aims"])


def remove_aim(question: Question, *, objective: Objective | None = None, by: Actor) -> None:
    """Have a question serve a learning goal no longer; None removes none."""
    inside_edge()
    if objective is None:
        return
    Aim.objects.filter(question=question, objective=objective).delete()
    note("remove aim", question, by=by, fields=["aims"])


def set_aims_back(question: Question, *, before: str, by: Actor) -> None:
    """Undo: have a question serve just the learning goals of these ids, as far as they are there."""
    inside_edge()
    wanted = Objective.objects.filter(pk__in=[UUID(each) for each in before.split()])
    Aim.objects.filter(question=question).delete()
    Aim.objects.bulk_create(Aim(question=question, objective=objective) for objective in wanted)
    note("set aims back", question, by=by, fields=["aims"])


def set_source(question: Question, *, rests_on: Source | None = None, by: Actor) -> None:
    """Have a question rest on a source, or on none."""
    inside_edge()
    question.rests_on = rests_on
    question.save(update_fields=["rests_on"])
    note("set source", question, by=by, fields=["rests_on"])


def set_source_back(question: Question, *, before: str, by: Actor) -> None:
    """Undo: have a question rest on the source of this id again, or on none."""
    inside_edge()
    set_source(question, rests_on=Source.objects.filter(pk=UUID(before)).first() if before else None, by=by)

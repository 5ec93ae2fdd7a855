"""What a person wants with a bank: the exam, how much to keep knowing, and how long a round takes."""

from datetime import date

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.practice.composing import replan
from leerhuis.practice.models import Access, Goal
from leerhuis.practice.rules import OddExam, can_be_planned
from leerhuis.practice.scheduling import RETENTION


def set_goal(access: Access, *, exam_on: date | None, retention: float, minutes: int, by: Actor) -> Goal:
    """Set what a person wants with a bank; what they know then comes back by the new wish, in one statement.

    The pace towards an exam is counted from the day on which its day was chosen. Refuses OddExam.
    """
    inside_edge()
    Access.objects.select_for_update(of=("self",)).get(pk=access.pk)
    goal = Goal.objects.filter(access=access).first() or Goal(access=access)
    before = goal.retention
    if exam_on != goal.exam_on:
        if exam_on and not can_be_planned(exam_on, clock.today()):
            raise OddExam
        goal.exam_on, goal.planned_on = exam_on, clock.today() if exam_on else None
    goal.retention, goal.minutes = retention, minutes
    goal.save()
    if retention != before:
        replan(access, retention)
    note("set goal", goal, by=by, subject=access.person_id, fields=["exam_on", "retention", "minutes"])
    return goal


def end_goal(access: Access, *, by: Actor) -> bool:
    """Let go of what a person wanted with a bank: it comes back as for whoever chose nothing. False without a goal."""
    inside_edge()
    Access.objects.select_for_update(of=("self",)).get(pk=access.pk)
    goal = Goal.objects.filter(access=access).first()
    if goal is None:
        return False
    note("end goal", goal, by=by, subject=access.person_id)
    if goal.retention != RETENTION:
        replan(access, RETENTION)
    goal.delete()
    return True

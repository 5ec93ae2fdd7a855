"""Pushing access to practice down: a seat opens the question banks of the course, a lost seat closes them."""

from django.db.models import Max

from leerhuis.audit.actor import Actor
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.rules import practice_until
from leerhuis.practice.actions import access as practice


def open_practice(enrolment: Enrolment, *, by: Actor) -> None:
    """Let a learner with a seat practise every bank of the course, until so many months after the last lesson.

    Given again it moves the end: for lessons that were moved or added.
    """
    run = enrolment.run
    last = run.lessons.aggregate(last=Max("ends_at"))["last"]
    if last is None:
        return
    until = practice_until(last, run.course.practice_months_after)
    for module in run.course.modules.select_related("bank").order_by("bank"):
        practice.grant_access(enrolment.learner, module.bank, until, because=enrolment.id, by=by)


def finish_practice(enrolment: Enrolment, *, by: Actor) -> None:
    """Say that the course is over: its banks stay open for their time, and nobody is reminded of them."""
    practice.finish_access(enrolment.id, by=by)


def close_practice(enrolment: Enrolment, *, by: Actor) -> None:
    """Take back what this enrolment opened; what another enrolment opened stays open."""
    practice.withdraw_access(enrolment.id, by=by)

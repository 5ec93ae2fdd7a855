"""Background work of enrolment: waiting lists that move by themselves."""

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import sweep
from leerhuis.enrolment import actions
from leerhuis.enrolment.queries import runs_that_began_with_waiting, runs_with_a_seat_for_who_waits


@sweep("enrolment.let_in", every_minutes=10)
def let_in_who_waits() -> None:
    """Give seats that came free in another way than by a cancellation to who waits longest."""
    for run in runs_with_a_seat_for_who_waits():
        actions.promote_waiting(run, by=Actor.job("enrolment.let_in"))


@sweep("enrolment.end_waiting", every_minutes=60)
def end_waiting() -> None:
    """Close the waiting lists of runs that begin today or have begun."""
    for run in runs_that_began_with_waiting():
        actions.end_waiting(run, by=Actor.job("enrolment.end_waiting"))

"""The seats of a run: the lock under which they are given, and what is free while it is held.

Whoever gives or takes a seat calls `lock_run` first. Without it two people can be given the last seat; the race test
shows both.
"""

from uuid import UUID

from leerhuis.catalogue.models import Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.rules import seats_free

SEATED = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)


def lock_run(run_id: UUID) -> Run:
    """Lock a run's row until the transaction ends and return it as it is now, with its course."""
    return Run.objects.select_for_update(of=("self",)).select_related("course").get(pk=run_id)


def lock_runs(*run_ids: UUID) -> dict[UUID, Run]:
    """Lock the rows of several runs by id, so that two moves never wait for each other; return them by id."""
    locked = Run.objects.select_for_update(of=("self",)).select_related("course").filter(pk__in=run_ids).order_by("id")
    return {run.id: run for run in locked}


def taken(run: Run) -> int:
    """Return how many seats of a run are taken."""
    return Enrolment.objects.filter(run=run, state__in=SEATED).count()


def free(run: Run) -> int:
    """Return how many seats of a run nobody has; those who wait come first for them."""
    return seats_free(run.seats, taken(run))


def free_for_newcomers(run: Run) -> int:
    """Return how many seats are left once everyone who waits has one."""
    waiting = Enrolment.objects.filter(run=run, state=Enrolment.State.WAITING).count()
    return max(0, free(run) - waiting)

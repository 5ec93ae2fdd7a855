"""Work that is done later: a job is a row of the same transaction, with an academy and an id and nothing else.

A package declares its jobs in `jobs.py` with `@job("package.job")`; anyone defers by name with `defer()`. What must be
done stands in the academy's own tables, so a lost job is found again from there (`@sweep`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from procrastinate.contrib.django import app as procrastinate_app

from leerhuis.base.edge import current_academy

Work = Callable[[UUID], None]
Sweep = Callable[[], None]
_jobs: dict[str, "Job"] = {}
_sweeps: dict[str, "SweepJob"] = {}


class UnknownJob(LookupError):
    """A job was deferred under a name that no package declares: a fault in the calling code."""


@dataclass(frozen=True)
class Job:
    """One declared job: the name `package.job` and what it does with an id inside its own transaction."""

    name: str
    work: Work


@dataclass(frozen=True)
class SweepJob:
    """Work that comes round for each academy: every so many minutes (at minute 0, `every`, …)."""

    name: str
    every_minutes: int
    work: Sweep


def job(name: str) -> Callable[[Work], Work]:
    """Declare a background entry point; `name` is `package.job`. The function gets one id, inside an edge."""

    def declare(work: Work) -> Work:
        _jobs[name] = Job(name, work)
        return work

    return declare


def sweep(name: str, *, every_minutes: int) -> Callable[[Sweep], Sweep]:
    """Declare work that is done in each academy every so many minutes, inside an edge."""

    def declare(work: Sweep) -> Sweep:
        _sweeps[name] = SweepJob(name, every_minutes, work)
        return work

    return declare


def declared_jobs() -> dict[str, Job]:
    """Return all declared jobs by name."""
    return dict(_jobs)


def declared_sweeps() -> dict[str, SweepJob]:
    """Return all work that comes round, by name."""
    return dict(_sweeps)


def defer(name: str, id: UUID, *, delay_seconds: int = 0) -> None:
    """Have a job done by a worker once this transaction is committed; taken back together with it.

    Raises UnknownJob for an undeclared name.
    """
    if name not in _jobs:
        raise UnknownJob(name)
    schedule = {"seconds": delay_seconds} if delay_seconds else None
    procrastinate_app.configure_task("leerhuis.do", queue="default", schedule_in=schedule, queueing_lock=None).defer(
        academy=current_academy().schema_name, job=name, id=str(id)
    )

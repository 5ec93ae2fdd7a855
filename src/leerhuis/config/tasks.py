"""How a job runs: one task for all jobs, which finds the academy, opens the edge and does the work.

Two tasks come round by the clock: `leerhuis.sweep` starts each academy's recurring work, `leerhuis.rescue` gives the
jobs of killed workers to living ones.
"""

import logging
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as procrastinate_app

from leerhuis.academies.queries import academy_by_key, all_academies
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import at_shared_tables, edge, enter_schema
from leerhuis.base.jobs import declared_jobs, declared_sweeps
from leerhuis.config import restored

log = logging.getLogger(__name__)

DEAD_AFTER_SECONDS = 60.0
FIRST = 100  # before all others, of which thousands may wait: whoever's job got stuck has waited longest
SHIPPING = "audit.ship_waiting"  # comes round each minute
_CAME_ROUND = "came round: "
_KNOWN_FOR_SECONDS = 60 * 86_400  # when each work last came round


def add_to(app: App) -> None:
    """Give procrastinate the house's tasks; called once at start."""
    app.task(name="leerhuis.do", retry=RetryStrategy(max_attempts=8, exponential_wait=3))(do)
    app.task(name="leerhuis.sweep_one", queueing_lock=None)(sweep_one)
    sweep_task = app.task(name="leerhuis.sweep", queueing_lock="leerhuis.sweep", pass_context=False)(sweep)
    app.periodic(cron="* * * * *")(sweep_task)
    rescue_task = app.task(name="leerhuis.rescue", queueing_lock="leerhuis.rescue", priority=FIRST)(rescue)
    app.periodic(cron="* * * * * */20")(rescue_task)


def do(academy: str, job: str, id: str) -> None:
    """Do one job of one academy, in one transaction; an academy or job that is gone is skipped.

    Raises Closed while the academy waits for its journal after a restore: then the job is tried again later.
    """
    with at_shared_tables():
        found, work = academy_by_key(academy), declared_jobs().get(job)
    if found is None or work is None:
        log.warning("job skipped", extra={"job": job, "academy": academy})
        return
    with edge(found):
        if restored.is_closed(found):
            raise restored.Closed
        work.work(UUID(id))


def sweep(timestamp: int) -> None:
    """Defer the recurring work that is due, once for each academy: at its minute, or later if nobody was there."""
    minute = timestamp // 60
    restored.forget()
    enter_schema(None)
    last = cache.get_many([_CAME_ROUND + name for name in declared_sweeps()])
    due = [
        each.name
        for each in declared_sweeps().values()
        if is_due(each.every_minutes, minute, last.get(_CAME_ROUND + each.name))
    ]
    for academy in all_academies():
        for name in due:
            procrastinate_app.configure_task("leerhuis.sweep_one").defer(academy=academy.schema_name, sweep=name)
    cache.set_many(dict.fromkeys((_CAME_ROUND + name for name in due), minute), _KNOWN_FOR_SECONDS)


def is_due(every_minutes: int, minute: int, last: int | None) -> bool:
    """Whether work that comes round each so many minutes is due, when it last came round at another minute.

    Of nothing known (None) it waits for its own minute, so that a new installation does not do all at once.
    """
    if last is None:
        return minute % every_minutes == 0
    return minute // every_minutes > last // every_minutes


def sweep_one(academy: str, sweep: str) -> None:
    """Do one piece of recurring work in one academy, in one transaction; after a restore nothing but the replay."""
    with at_shared_tables():
        found, work = academy_by_key(academy), declared_sweeps().get(sweep)
    if found is None or work is None:
        return
    with edge(found):
        closed = restored.is_closed(found)
        if not closed:
            work.work()
    if sweep == SHIPPING:
        if closed:
            restored.recover_all(by=Actor.job("audit.replay"))
        else:
            restored.begin_journal(found)


def rescue(timestamp: int) -> None:
    """Put jobs whose worker died back in the queue; harmless when two do it at once. Takes over within 80 seconds."""
    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute(_REQUEUE, [DEAD_AFTER_SECONDS])
        if cursor.rowcount:
            log.warning("jobs taken over", extra={"count": cursor.rowcount})


# A job is stalled when it is being done by a worker that no longer gives signs of life, or by one that is gone.
_REQUEUE = """
WITH stalled AS (
    SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
    FOR UPDATE OF job SKIP LOCKED
)
SELECT procrastinate_retry_job_v1(id, now(), NULL, NULL, NULL) FROM stalled
"""

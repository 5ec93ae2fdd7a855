"""Work that comes round does so at its minute, and later when nobody was there at it."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app as procrastinate_app

from leerhuis.base.jobs import declared_sweeps
from leerhuis.config.tasks import is_due, sweep

DAY, HOUR = 1440, 60
NIGHT = 20_500 * DAY  # a midnight, in minutes
LATE = "privacy.retain"


@pytest.mark.parametrize(
    ("every", "minute", "last", "due"),
    [
        (1, 7, 6, True),
        (1, 7, 7, False),
        (HOUR, 120, 119, True),
        (HOUR, 121, 120, False),
        (HOUR, 185, 110, True),  # nobody was there at 120 and 180
        (DAY, NIGHT + 3, NIGHT - 1, True),  # the worker was busy at midnight
        (DAY, NIGHT + 3, NIGHT, False),
        (DAY, NIGHT, None, True),
        (DAY, NIGHT + 3, None, False),  # a new installation waits for its minute
    ],
)
def test_work_is_due_once_in_each_span_of_time(every, minute, last, due):
    assert is_due(every, minute, last) is due


def begun(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM public.procrastinate_jobs WHERE task_name = 'leerhuis.sweep_one'"
            " AND args->>'sweep' = %s AND args->>'academy' = 'leffectief'",
            [name],
        )
        return int(cursor.fetchone()[0])


def test_a_night_at_which_nobody_was_there_is_made_up_for_once(academy, db):
    assert declared_sweeps()[LATE].every_minutes == DAY
    before = begun(LATE)

    sweep((NIGHT - DAY) * 60)
    sweep((NIGHT - 1) * 60)
    assert begun(LATE) == before + 1
    for minute in (NIGHT + 2, NIGHT + 3, NIGHT + 900):
        sweep(minute * 60)
    assert begun(LATE) == before + 2


def test_jobs_of_a_killed_worker_do_not_wait_behind_all_that_came_in_meanwhile(db):
    for number in range(5):
        procrastinate_app.configure_task("leerhuis.do").defer(academy="leffectief", job="none", id=str(number))
    procrastinate_app.configure_task("leerhuis.rescue").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO public.procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("SELECT task_name FROM public.procrastinate_fetch_job_v2(NULL, %s)", [cursor.fetchone()[0]])
        assert cursor.fetchone() == ("leerhuis.rescue",)

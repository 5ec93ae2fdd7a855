"""Web, worker and database are killed under a stream of registrations and answers; nothing may be lost or doubled.

LEERHUIS_KILLS says how often (5; a release: 30). Each promise has a control beside it: the product broken on purpose,
which must be found out. Bars: operate.md 4b of the shared plan, and docs/decisions/0011-faults.md.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults import ledger
from tests.faults.installation import WEB, WORKER, Installation, installation, kills, shown, wait_until
from tests.faults.letter_box import LetterBox
from tests.faults.stream import Stream

pytestmark = [pytest.mark.fault, pytest.mark.slow]

World = tuple[Installation, dict[str, Any], LetterBox]
SERVICE_BACK_SECONDS = 5.0
AROUND_LOADING_SECONDS = 2.0  # on a machine that takes longer than that to load the program; decision 0011
GOOD_ANSWER_SECONDS = 10.0
TAKEN_OVER_SECONDS = 120.0
JOBS_A_SECOND = 5.0  # at least, on a machine that others use
AT_ONCE = 2  # how many jobs a worker does at the same time
ORPHANS = """
SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - interval '60 seconds')
"""
BEING_DONE = "SELECT id, worker_id FROM procrastinate_jobs WHERE status = 'doing'"
DUE = """
SELECT id FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = 'leerhuis.do'
AND (scheduled_at IS NULL OR scheduled_at <= now())
"""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with installation(learners=2 * kills(), questions=200) as made:
        yield made


def tell(words: str) -> None:
    """Say what was measured (pytest -s shows it)."""
    sys.stdout.write(f"\n{words}\n")


def more(stream: Stream, by: int) -> None:
    """Wait until so much more was acknowledged."""
    goal = stream.count + by
    wait_until(lambda: stream.count >= goal or bool(stream.faulty), why="the stream stands still")


def seconds_to_load(product: Installation) -> float:
    """Return how long this machine takes at this moment to load what the web part loads before it answers."""
    since = time.monotonic()
    product.run("-c", "import leerhuis.config.wsgi, leerhuis.config.urls")
    return time.monotonic() - since


def assert_nothing_lost_doubled_or_half(product: Installation, *streams: Stream) -> None:
    for stream in streams:
        assert stream.faulty == []
        assert ledger.lost(product, stream.acknowledged) == []
        assert set(stream.statuses) <= {200, 302, 409, 503}, stream.statuses
    assert ledger.doubled(product) == {}
    assert ledger.half_written(product) == {}


def test_the_database_keeps_what_it_says_it_keeps(world: World) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
    shown_by_web = {name: world[0].select("SELECT current_setting(%s)", name, login="web")[0][0] for name in names}
    assert shown_by_web == dict.fromkeys(names, "on")


def test_a_killed_web_process_loses_and_doubles_nothing(world: World) -> None:
    product, told, _ = world
    back = []
    chance = random.Random(7)
    with Stream(product, told) as stream:
        for _ in range(kills()):
            more(stream, 10)
            os.kill(chance.choice(product.processes(WEB)), signal.SIGKILL)
            back.append(product.seconds_until_good(told["register"]))
            wait_until(lambda: product.has_all_web_processes)
        more(stream, 10)
    tell(f"web back after {shown(back)} s; {stream.count} acknowledged, {stream.cuts} cut off")
    assert max(back) <= max(SERVICE_BACK_SECONDS, seconds_to_load(product) + AROUND_LOADING_SECONDS)
    assert stream.cuts > 0
    assert_nothing_lost_doubled_or_half(product, stream)


def test_a_killed_worker_leaves_no_job_undone(world: World) -> None:
    product, told, box = world
    box.seconds = 0.2
    with Stream(product, told, people=1) as stream:
        for _ in range(kills()):
            wait_until(lambda: bool(product.processes(WORKER)) and box.at_work > 0, why="no worker sends mail")
            os.kill(product.processes(WORKER)[0], signal.SIGKILL)
            wait_until(lambda: box.at_work == 0)
    killed_at = time.monotonic()
    box.seconds = 0.0
    assert_nothing_lost_doubled_or_half(product, stream)
    stuck = set(product.select(BEING_DONE))
    left = len(product.select(DUE))  # while workers were killed jobs came in, and hardly one was done
    wait_until(
        lambda: not stuck & set(product.select(BEING_DONE)),
        TAKEN_OVER_SECONDS,
        "jobs of killed workers are not taken over",
    )
    wait_until(lambda: product.select(DUE) == [], TAKEN_OVER_SECONDS + left / JOBS_A_SECOND, "jobs are left undone")
    tell(f"last job done {time.monotonic() - killed_at:.0f} s after the last kill; {len(box.arrived)} mails")
    assert product.select(ORPHANS) == []
    assert product.select("SELECT id FROM message WHERE state <> 'sent'") == []
    sent = product.select("SELECT count(*) FROM message")[0][0]
    assert len(box.arrived) == sent
    # A mail that was on its way when its worker was killed may come once more, under the same Message-ID.
    assert sum(box.arrived.values()) - sent <= AT_ONCE * kills()


def test_a_killed_database_loses_and_doubles_nothing(world: World) -> None:
    product, told, _ = world
    web = product.processes(WEB)
    back = []
    database = EmbeddedPostgres(product.home)
    with Stream(product, told) as stream:
        for _ in range(kills()):
            more(stream, 10)
            product.kill_cluster()
            wait_until(lambda: database.is_running)
            back.append(product.seconds_until_good(told["register"]))
        more(stream, 10)
    tell(f"good answer {shown(back)} s after the database; {stream.count} acknowledged; {stream.statuses}")
    assert max(back) <= GOOD_ANSWER_SECONDS
    assert product.processes(WEB) == web
    assert_nothing_lost_doubled_or_half(product, stream)


# --- controls: the same, broken on purpose, must be found out -------------------------------------------------------
def test_control_an_answer_before_its_commit_is_found_out() -> None:
    with installation(DJANGO_SETTINGS_MODULE="tests.faults.answers_first") as (product, told, _):
        found: list[object] = []
        with Stream(product, told) as stream:
            for _ in range(5):
                more(stream, 5)
                for pid in product.processes(WEB)[1:]:
                    os.kill(pid, signal.SIGKILL)
                wait_until(lambda: product.has_all_web_processes)
        found += ledger.lost(product, stream.acknowledged)
    assert found != []


def test_control_a_commit_that_is_not_waited_for_is_found_out() -> None:
    with installation() as (product, told, _):
        product.change("ALTER DATABASE leerhuis SET synchronous_commit = off")
        os.kill(product.processes(WEB)[0], signal.SIGKILL)
        wait_until(lambda: product.has_all_web_processes and product.answers(told["register"]))
        assert product.select("SELECT current_setting('synchronous_commit')", login="web") == [("off",)]
        found: list[object] = []
        with Stream(product, told, people=3) as stream:
            for _ in range(8):
                more(stream, 5)
                product.kill_cluster()
                wait_until(lambda: EmbeddedPostgres(product.home).is_running)
        found += ledger.lost(product, stream.acknowledged)
    assert found != []


def test_control_a_key_that_is_not_kept_is_found_out() -> None:
    with installation() as (product, told, _):
        with Stream(product, told, keep_key=False) as stream:
            wait_until(lambda: stream.cuts >= 8 or bool(stream.faulty))
        found = ledger.doubled(product)
    assert stream.faulty == []
    assert "registered twice" in found


def test_control_what_is_half_is_found_out(world: World) -> None:
    product, told, _ = world
    with Stream(product, told) as stream:
        more(stream, 10)
    assert set(ledger.BREAKS) == set(ledger.HALF)
    for name, broken in ledger.BREAKS.items():
        assert product.select_after(broken, ledger.HALF[name]) != [], name
    assert ledger.half_written(product) == {}


@pytest.mark.skipif(kills() < 30, reason="takes two minutes of waiting; LEERHUIS_KILLS=30 includes it")
def test_control_a_job_that_nobody_takes_over_is_found_out() -> None:
    with installation(DJANGO_SETTINGS_MODULE="tests.faults.without_rescue") as (product, told, box):
        box.seconds = 5.0
        with Stream(product, told, people=1):
            wait_until(lambda: box.at_work > 0)
            os.kill(product.processes(WORKER)[0], signal.SIGKILL)
        box.seconds = 0.0
        time.sleep(TAKEN_OVER_SECONDS)
        assert product.select(ORPHANS) != []

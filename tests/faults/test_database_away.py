"""The database is away for a while: everybody reads so at once, in their language, and nothing is started again."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults.installation import WEB, WEB_PROCESSES, Installation, installation, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.slow]

PAGE = "/courses/"
STYLE = "/static/ui/fault.css"
AT_ONCE_SECONDS = 5.0
BACK_SECONDS = 10.0
IN_A_ROW = 3 * WEB_PROCESSES  # each process finds out for itself that the database is back
PEOPLE = 20


@pytest.fixture(scope="module")
def product() -> Iterator[Installation]:
    with installation(learners=1, questions=5) as (running, _told, _box):
        yield running


@pytest.fixture
def away(product: Installation) -> Iterator[Installation]:
    """The database is killed, and its parent is held so that it does not start it again; then it may."""
    assert product.seconds_until_good(PAGE, IN_A_ROW) <= BACK_SECONDS, product.log_end
    product.process.send_signal(signal.SIGSTOP)
    product.kill_cluster()
    yield product
    product.process.send_signal(signal.SIGCONT)
    wait_until(lambda: EmbeddedPostgres(product.home).is_running and product.answers(PAGE))


@pytest.mark.parametrize(("language", "words"), [("nl", "Wij zijn zo terug"), ("en", "We will be right back")])
def test_a_visitor_reads_in_their_language_that_it_is_a_pause(away: Installation, language: str, words: str) -> None:
    status, headers, body = away.ask(PAGE, **{"Accept-Language": language})
    page = body.decode()
    assert (status, headers["retry-after"], headers["content-language"]) == (503, "10", language)
    assert f'<html lang="{language}">' in page
    assert words in page
    assert STYLE in page
    assert not re.search(r"Traceback|psycopg|OperationalError|/leerhuis/", page)
    assert "set-cookie" not in headers


def test_signs_of_life_and_static_files_are_answered_and_ready_says_no(away: Installation) -> None:
    assert away.ask(PAGE)[0] == 503
    assert away.ask("/live")[0] == 200
    assert away.ask("/ready")[0] == 503
    assert away.ask(STYLE)[0] == 200


def test_nobody_waits_for_it_and_static_files_stay_quick(away: Installation) -> None:
    away.ask(PAGE)
    seconds: list[float] = []
    statuses: set[int] = set()

    def ask(path: str) -> None:
        since = time.monotonic()
        statuses.add(away.ask(path)[0])
        seconds.append(time.monotonic() - since)

    asking = [threading.Thread(target=ask, args=(path,)) for path in [PAGE, STYLE] * PEOPLE]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert statuses == {503, 200}
    assert max(seconds) < AT_ONCE_SECONDS


def test_it_is_back_without_a_restart(product: Installation) -> None:
    web = product.processes(WEB)
    os.kill(product.process.pid, signal.SIGSTOP)
    product.kill_cluster()
    assert product.ask(PAGE)[0] == 503
    os.kill(product.process.pid, signal.SIGCONT)
    wait_until(lambda: EmbeddedPostgres(product.home).is_running)
    assert product.seconds_until_good(PAGE, IN_A_ROW) <= BACK_SECONDS
    assert product.processes(WEB) == web


def test_control_without_the_handling_it_would_be_a_fault() -> None:
    found: dict[str, Any] = {}
    with installation(learners=1, questions=5, DJANGO_SETTINGS_MODULE="tests.faults.without_pause") as (broken, *_):
        broken.process.send_signal(signal.SIGSTOP)
        broken.kill_cluster()
        found["status"], _, _ = broken.ask(PAGE)
    assert found["status"] == 500

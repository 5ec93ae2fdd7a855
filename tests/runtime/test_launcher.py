"""One parent starts everything, keeps it running, and stops it in order."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from leerhuis.config import children
from leerhuis.config.launcher import MARK, CannotStart, Launcher, Service, free_port, is_ready, refuse_taken_port
from leerhuis.config.programs import DatabaseError

pytestmark = pytest.mark.slow

# A program that writes its name to a journal when it starts and when it is told to stop, and whether the database
# was there at that moment; "web" also answers /ready, and /slow after a second, and then finishes before it stops.
PROGRAM = """
import os, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
name, home, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
def note(word):
    with open(home / "journal", "a") as journal:
        journal.write(f"{name} {word}\\n")
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            time.sleep(1)
        said = b"{}" if self.path == "/ready" else b"answered"
        self.send_response(200); self.end_headers(); self.wfile.write(said)
    def log_message(self, *_):
        pass
if name == "web":
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = False
def stop(*_):
    database = (home / "postgres" / "data" / "postmaster.pid").exists()
    note("stopped with database" if database else "stopped")
    if name == "web":
        threading.Thread(target=server.shutdown).start()
    else:
        os._exit(0)
signal.signal(signal.SIGTERM, stop)
note("started")
print("hello from", name, flush=True)
if name == "web":
    server.serve_forever()
    server.server_close()
else:
    while True:
        time.sleep(60)
"""
PARENT = """
import sys
from pathlib import Path
from leerhuis.config.launcher import Launcher, Service
from leerhuis.config.postgres import EmbeddedPostgres
home, port, database = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "database"
services = [Service(name, [sys.executable, str(home / "program.py"), name, str(home), str(port)])
            for name in ("web", "worker", "mail")]
Launcher(home, services, database=EmbeddedPostgres(home) if database else None, ready_at=("127.0.0.1", port),
         tasks=[Service("prepare", [sys.executable, "-c", "print('prepared')"])],
         when_ready=lambda: print("READY", flush=True)).run()
print("DONE", flush=True)
"""


NAMES = ("web", "worker", "mail")


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="leerhuis-test-") as folder:
        Path(folder).chmod(0o755)
        Path(folder, "program.py").write_text(PROGRAM)
        yield Path(folder).resolve()
        for pid in children.processes_with(MARK, str(Path(folder).resolve())):
            os.kill(pid, signal.SIGKILL)


class Parent:
    """A launcher in a process of its own, and what it printed."""

    def __init__(self, home: Path, port: int, *, database: bool = False) -> None:
        words = [sys.executable, "-c", PARENT, str(home), str(port), "database" if database else "none"]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if line == "READY\n":
                # the web answering says nothing of the others; a program that is stopped before it came up stays silent
                wait_until(lambda: len({each for each in journal(home) if each.endswith("started")}) == len(NAMES))
                return
        raise AssertionError("\n".join(self.lines))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def ask_to_stop(self, number: signal.Signals) -> list[str]:
        """Send a signal and return every line that was printed until the end."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=60)
        return [*self.lines, *rest.splitlines()]


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_web_worker_mail_and_database_stop_in_this_order(home: Path, request_to_stop: signal.Signals) -> None:
    with Parent(home, free_port(), database=True) as parent:
        lines = parent.ask_to_stop(request_to_stop)
    assert parent.process.returncode == 0
    assert lines[-1] == "DONE"
    started, stopped = journal(home)[:3], journal(home)[3:]
    assert sorted(started) == ["mail started", "web started", "worker started"]
    assert stopped == ["web stopped with database", "worker stopped with database", "mail stopped with database"]
    assert not (home / "postgres" / "data" / "postmaster.pid").exists()
    assert "prepare  | prepared" in lines
    assert {f"{name:<9}| hello from {name}" for name in ("web", "worker", "mail")} <= set(lines)


def test_a_request_in_flight_is_answered_before_the_web_stops(home: Path) -> None:
    port = free_port()
    answers: list[bytes] = []

    def ask_slowly() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/slow", timeout=20) as answer:
            answers.append(answer.read())

    with Parent(home, port) as parent:
        asking = threading.Thread(target=ask_slowly)
        asking.start()
        time.sleep(0.3)
        parent.ask_to_stop(signal.SIGINT)
        asking.join()
    assert answers == [b"answered"]


def test_a_child_that_dies_is_started_again(home: Path) -> None:
    port = free_port()
    with Parent(home, port) as parent:
        before = set(children.processes_with(MARK, str(home)))
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: len(set(children.processes_with(MARK, str(home))) - before) == 3)
        wait_until(lambda: is_ready("127.0.0.1", port))
        wait_until(lambda: journal(home).count("worker started") == 2)
        lines = parent.ask_to_stop(signal.SIGTERM)
    assert "worker   | ended (exit code -9), starting again" in lines


def test_a_killed_parent_leaves_nothing_that_blocks_the_next_start(home: Path) -> None:
    port = free_port()
    with Parent(home, port, database=True) as parent:
        parent.process.kill()
        parent.process.wait()
    with Parent(home, port, database=True) as again:
        assert again.ask_to_stop(signal.SIGTERM)[-1] == "DONE"


def test_what_outlives_a_killed_parent_is_ended_by_the_next_start(home: Path) -> None:
    port = free_port()
    orphan = subprocess.Popen(
        [sys.executable, str(home / "program.py"), "web", str(home), str(port)],
        env={**os.environ, MARK: str(home)},
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: is_ready("127.0.0.1", port))
    reaper = threading.Thread(target=orphan.wait)
    reaper.start()
    with Parent(home, port) as parent:
        reaper.join(timeout=20)
        assert orphan.returncode == 0
        parent.ask_to_stop(signal.SIGTERM)


def test_the_same_home_is_not_launched_twice(home: Path) -> None:
    with Parent(home, free_port()), pytest.raises(CannotStart, match="already runs"):
        Launcher(home, []).run()


def test_a_port_in_use_is_told_in_plain_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} is in use .* set LEERHUIS_PORT"):
            refuse_taken_port("127.0.0.1", port)


def test_a_task_that_fails_stops_the_start_and_leaves_nothing_running(home: Path) -> None:
    failing = Service("make tables", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(CannotStart, match="Could not make tables"):
        Launcher(home, [], tasks=[failing]).run()
    assert children.processes_with(MARK, str(home)) == []


def test_a_service_that_ends_while_starting_stops_the_start(home: Path) -> None:
    broken = Service("web", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(CannotStart, match="web ended while starting"):
        Launcher(home, [broken], ready_at=("127.0.0.1", free_port())).run()


def journal(home: Path) -> list[str]:
    """Return what the programs wrote down, in order."""
    return (home / "journal").read_text().splitlines()


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a condition; fail when it does not come true."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


class Stubborn:
    """A database that ended, and does not start at the first attempts, as when the old one still holds its memory."""

    def __init__(self, fails: int) -> None:
        self.fails, self.attempts, self.is_held = fails, 0, False

    def start(self) -> None:
        self.attempts += 1
        if self.attempts <= self.fails:
            raise DatabaseError("The memory is still held.")
        self.is_held = True


def test_a_database_that_does_not_start_again_at_once_is_tried_until_it_does(tmp_path: Path) -> None:
    database: Any = Stubborn(fails=2)
    watching, since = Launcher(tmp_path, [], database=database), time.monotonic()
    while not database.is_held and time.monotonic() - since < 30:
        watching._look_after_all()
        time.sleep(0.05)
    assert database.is_held
    assert database.attempts == 3

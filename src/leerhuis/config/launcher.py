"""One parent for everything that runs: database, letter box, worker, web; started in that order, stopped in reverse.

The parent does nothing but watch. A child that dies is started again; when the parent is told to stop (Ctrl-C, SIGTERM)
the web goes first and answers what is in flight, the database last. When the parent is killed its children get
SIGTERM by the kernel (`children`), and what is left all the same is ended at the next start.
"""

import errno
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from leerhuis.config import children
from leerhuis.config.home import make_home, private_folder
from leerhuis.config.postgres import EmbeddedPostgres
from leerhuis.config.programs import DatabaseError

MARK: Final = "LEERHUIS_LAUNCHED_FROM"
READY_SECONDS: Final = 90.0
LOOK_EVERY_SECONDS: Final = 0.1
FIRST_DELAY_SECONDS: Final = 0.1
LONGEST_DELAY_SECONDS: Final = 10.0
DATABASE_AGAIN_SECONDS: Final = 1.0
HEALTHY_AFTER_SECONDS: Final = 5.0
LEFTOVER_SECONDS: Final = 10.0


class CannotStart(Exception):
    """The installation cannot be started now; the words say why and what to do."""


@dataclass(frozen=True)
class Service:
    """A program that runs for as long as the installation does.

    `environment` is added to that of the parent; `patience` is how many seconds it may take to stop by itself.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 30.0


@dataclass
class _Running:
    """A service with its present process."""

    service: Service
    process: subprocess.Popen[bytes]
    reader: threading.Thread
    since: float = field(default_factory=time.monotonic)
    delay: float = FIRST_DELAY_SECONDS
    again_at: float | None = None


class Launcher:
    """Runs the services of one home until told to stop.

    `services` stand in the order in which they stop; `tasks` run once before them, in order, each to its end.
    `ready_at` is the address ("127.0.0.1", 8000) at which /ready must say 200 before `when_ready` is called.
    """

    def __init__(
        self,
        home: Path,
        services: Sequence[Service],
        *,
        database: EmbeddedPostgres | None = None,
        tasks: Sequence[Service] = (),
        ready_at: tuple[str, int] | None = None,
        when_ready: Callable[[], None] = lambda: None,
        out: IO[str] | None = None,
    ) -> None:
        self.home = home.resolve()
        self.services = list(services)
        self.database = database
        self.tasks = list(tasks)
        self.ready_at = ready_at
        self.when_ready = when_ready
        self.out = out or sys.stdout
        self._running: list[_Running] = []
        self._told_to_stop = 0
        self._lock: int | None = None
        self._database_at = 0.0  # not before this moment is a database started that did not start

    def run(self) -> None:
        """Start everything, watch over it, and return when it has been stopped on request.

        Must be called in the main thread. Raises CannotStart or DatabaseError when something cannot be started; then
        nothing is left running.
        """
        before = {number: signal.signal(number, self._stop_request) for number in stop_signals()}
        try:
            self._take_home()
            if self.database is not None:
                self.database.start()
            for task in self.tasks:
                self._carry_out(task)
            for service in reversed(self.services):
                if not self._told_to_stop:
                    self._running.insert(0, _Running(service, *self._spawn(service)))
            self._wait_until_ready()
            while not self._told_to_stop:
                self._look_after_all()
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def say(self, words: str) -> None:
        """Print a line for the operator; a terminal that has gone away is no reason to stop."""
        with suppress(OSError, ValueError):
            print(words, file=self.out, flush=True)

    def _stop_request(self, *_: object) -> None:
        self._told_to_stop += 1

    def _take_home(self) -> None:
        """Become the only launcher of this home, end what a killed one left, and see that the port is free."""
        make_home(self.home)
        lock = os.open(private_folder(self.home, "locks") / "launcher", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise CannotStart(f"Leerhuis already runs on {self.home}. Stop it first, or set LEERHUIS_HOME.") from None
        self._lock = lock
        self._end_leftovers()
        if self.ready_at is not None:
            refuse_taken_port(*self.ready_at)

    def _end_leftovers(self) -> None:
        """End processes that an earlier, killed launcher of this home started: this one has started none yet."""
        until = time.monotonic() + LEFTOVER_SECONDS
        asked: set[int] = set()
        while left := set(children.processes_with(MARK, str(self.home))):
            late = time.monotonic() > until
            for pid in left if late else left - asked:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
            asked |= left
            time.sleep(LOOK_EVERY_SECONDS)

    def _spawn(self, service: Service) -> tuple[subprocess.Popen[bytes], threading.Thread]:
        process = children.spawn(
            service.command,
            environment={**os.environ, **service.environment, MARK: str(self.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        reader = threading.Thread(target=self._pass_on, args=(service.name, process), daemon=True)
        reader.start()
        return process, reader

    def _pass_on(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Print what a child says, each line with the child's name."""
        assert process.stdout is not None  # noqa: S101  (spawned with a pipe)
        with process.stdout:
            for line in process.stdout:
                self.say(f"{name:<9}| {line.decode(errors='replace').rstrip()}")

    def _carry_out(self, task: Service) -> None:
        """Run a task to its end. Raises CannotStart when it fails; a request to stop ends it."""
        if self._told_to_stop:
            return
        running = _Running(task, *self._spawn(task))
        self._running.append(running)
        while running.process.poll() is None and not self._told_to_stop:
            time.sleep(0.02)
        if running.process.poll() not in {0, None}:
            running.reader.join(timeout=2)
            raise CannotStart(f"Could not {task.name}; the lines above say why.")
        if running.process.poll() == 0:
            self._running.remove(running)

    def _wait_until_ready(self) -> None:
        """Wait until the web says that it can do its work; a child that ends before that is a fault to be told.

        After a restore it may take long until the journal was carried out, or its folder is missing: then it runs on.
        """
        until = time.monotonic() + READY_SECONDS
        while not self._told_to_stop and self.ready_at is not None and not is_ready(*self.ready_at):
            if is_closed(*self.ready_at):
                self.say("A backup was put back: pages open when the journal was carried out (`leerhuis doctor`).")
                break
            for running in self._running:
                if running.process.poll() is not None:
                    running.reader.join(timeout=2)
                    raise CannotStart(f"{running.service.name} ended while starting; the lines above say why.")
            if time.monotonic() > until:
                raise CannotStart(f"Not ready after {READY_SECONDS:.0f} s: ask `leerhuis doctor` what is wrong.")
            time.sleep(LOOK_EVERY_SECONDS)
        if not self._told_to_stop:
            self.when_ready()

    def _look_after_all(self) -> None:
        """Start again whatever has ended; one that keeps ending is given ever more time."""
        if self.database is not None and not self.database.is_held and time.monotonic() >= self._database_at:
            self.say("database | ended by itself, starting again")
            try:
                self.database.start()
            except DatabaseError as fault:
                self.say(f"database | did not start ({type(fault).__name__}), trying again")
                self._database_at = time.monotonic() + DATABASE_AGAIN_SECONDS
        for running in self._running:
            if running.process.poll() is None:
                if time.monotonic() - running.since > HEALTHY_AFTER_SECONDS:
                    running.delay = FIRST_DELAY_SECONDS
            elif running.again_at is None:
                end_group(running.process)
                self.say(f"{running.service.name:<9}| ended (exit code {running.process.returncode}), starting again")
                running.again_at = time.monotonic() + running.delay
            elif time.monotonic() >= running.again_at:
                running.process, running.reader = self._spawn(running.service)
                running.since = time.monotonic()
                running.delay, running.again_at = min(running.delay * 2, LONGEST_DELAY_SECONDS), None

    def _stop_all(self) -> None:
        """Stop every child, one after the other, the database last; a second request makes haste."""
        haste = self._told_to_stop + 1
        for running in self._running:
            running.process.terminate()
            until = time.monotonic() + running.service.patience
            while running.process.poll() is None and time.monotonic() < until and self._told_to_stop < haste:
                time.sleep(0.02)
            end_group(running.process)
        self._running.clear()
        if self.database is not None:
            self.database.stop()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def stop_signals() -> list[signal.Signals]:
    """Return the signals that ask to stop; a closed terminal is none of them for a program started with nohup."""
    hang_up = [] if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else [signal.SIGHUP]
    return [signal.SIGINT, signal.SIGTERM, *hang_up]


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a child, and the children of its own that it left behind."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CannotStart when nothing can listen at an address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = f"Port {port} is in use by another program. Stop that, or set LEERHUIS_PORT to a free one."
            else:
                message = f"Cannot listen at {host}, port {port}: {error.strerror}. Set LEERHUIS_BIND or LEERHUIS_PORT."
            raise CannotStart(message) from error


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(host: str, port: int) -> bool:
    """Whether a web server at an address says that it can do its work."""
    return ask_ready(host, port)[0] == http.client.OK


def is_closed(host: str, port: int) -> bool:
    """Whether a web server at an address does its work, but for an academy that waits for its journal."""
    return bool(ask_ready(host, port)[1].get("restored"))


def ask_ready(host: str, port: int) -> tuple[int, dict[str, object]]:
    """Return what /ready at an address answers: its status, and what it says; (0, {}) when nobody answers."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (an address to ask, not to open)
    connection = http.client.HTTPConnection(reached, port, timeout=5)
    try:
        connection.request("GET", "/ready", headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return 0, {}
    finally:
        connection.close()

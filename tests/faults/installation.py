"""The whole product under `leerhuis serve`, in a folder of its own, to be killed at will."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, LiteralString

import psycopg

from leerhuis.config import children, home
from leerhuis.config.launcher import MARK, free_port, is_ready
from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults.letter_box import LetterBox

ROOT: Final = Path(__file__).parents[2]
ACADEMY: Final = "leffectief"
HOST: Final = "leffectief.localhost"
WEB: Final = "leerhuis.config.web"
WORKER: Final = "leerhuis.config.cli\0work"
WEB_PROCESSES: Final = 3
PATIENCE: Final = 120.0


class Installation:
    """`leerhuis serve` with one academy, several web processes, a worker and its own durable database."""

    def __init__(self, folder: Path, box: LetterBox, **environment: str) -> None:
        self.home = folder / "var"
        self.port = free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
        self.environment = inherited | {
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "LEERHUIS_HOME": str(self.home),
            "LEERHUIS_PORT": str(self.port),
            "LEERHUIS_SECRET_KEY": home.secret(folder / "kept", "key"),
            "LEERHUIS_TLS": "0",
            "LEERHUIS_TRUSTED_PROXIES": "1",
            "LEERHUIS_SMTP_HOST": "127.0.0.1",
            "LEERHUIS_SMTP_PORT": str(box.port),
            "LEERHUIS_SMTP_TLS": "none",
            "LEERHUIS_MAIL_FROM": "post@leffectief.example",
            **environment,
        }
        self.log = folder / "log"
        self.start()

    def start(self, *, until_ready: bool = True) -> None:
        """Start the product, once more where it was killed; return when it can do its work, or at once."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leerhuis.config.cli", "serve"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if until_ready:
            wait_until(lambda: is_ready("127.0.0.1", self.port) or self.process.poll() is not None)
            assert self.process.poll() is None, self.log.read_text()

    def fill(self, learners: int, questions: int) -> dict[str, Any]:
        """Found the academy and put in what the stream needs; return its ids and sign-ins (see `filling`)."""
        self.found_academy()
        told: dict[str, Any] = json.loads(self.run("-m", "tests.faults.filling", str(learners), str(questions)))
        return told

    def found_academy(self) -> None:
        """Found the academy, empty."""
        self.run("-m", "leerhuis.config.cli", "academy", "create", str(ROOT / "examples" / f"{ACADEMY}.toml"))

    def run(self, *words: str) -> str:
        """Carry out a Python program on this installation and return what it prints."""
        ran = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3000:]
        return ran.stdout

    def processes(self, module: str) -> list[int]:
        """Return the processes of this installation that run a module, the oldest first."""
        found = []
        for pid in children.processes_with(MARK, str(self.home)):
            with suppress(OSError):
                if module in Path(f"/proc/{pid}/cmdline").read_text():
                    found.append(pid)
        return sorted(found)

    @property
    def has_all_web_processes(self) -> bool:
        """Whether the web server and each of its processes are there."""
        return len(self.processes(WEB)) >= 1 + WEB_PROCESSES

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Get a page of the academy over a new connection; return status, headers (lower case) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("GET", path, headers={"Host": HOST, **headers})
            answer = connection.getresponse()
            body = answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
        finally:
            connection.close()

    def answers(self, path: str) -> bool:
        """Whether a page is answered well."""
        try:
            return self.ask(path)[0] == http.client.OK
        except (OSError, http.client.HTTPException):
            return False

    @property
    def log_end(self) -> str:
        """What the product told last, for who wants to know why it does not answer."""
        return self.log.read_text()[-3000:]

    def seconds_until_good(self, path: str, in_a_row: int = 3) -> float:
        """Return after how many seconds the first of so many good answers in a row came."""
        since = time.monotonic()
        good: list[float] = []
        while len(good) < in_a_row:
            at = time.monotonic()
            assert at - since < PATIENCE, "no good answer"
            good = [*good, time.monotonic()] if self.answers(path) else []
            time.sleep(0.02)
        return good[0] - since

    def kill_cluster(self) -> None:
        """Kill every process of the database at once, without a word."""
        for pid in children.processes_in(EmbeddedPostgres(self.home).data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def select(self, query: LiteralString, *values: Any, login: str = "owner") -> list[tuple[Any, ...]]:
        """Ask the database itself, in the academy's schema; `login` is the role that signs in."""
        url = EmbeddedPostgres(self.home).url("web" if login == "web" else "owner")
        with psycopg.connect(url) as connection:
            connection.execute(f"SET search_path = {ACADEMY}, public")
            return connection.execute(query, values).fetchall()

    def select_after(self, change: LiteralString, query: LiteralString) -> list[tuple[Any, ...]]:
        """Change something in the academy's schema, ask, and take the change back."""
        with psycopg.connect(EmbeddedPostgres(self.home).url("owner")) as connection:
            connection.execute(f"SET search_path = {ACADEMY}, public")
            connection.execute(change, ())
            found = connection.execute(query, ()).fetchall()
            connection.rollback()
        return found

    def change(self, statement: LiteralString) -> None:
        """Change something in the database itself, as its owner."""
        with psycopg.connect(EmbeddedPostgres(self.home).url("owner"), autocommit=True) as connection:
            connection.execute(statement)

    def end(self) -> None:
        """End everything."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        self.process.kill()
        self.process.wait()


@contextmanager
def installation(
    *, learners: int = 6, questions: int = 150, fill: bool = True, **environment: str
) -> Iterator[tuple[Any, ...]]:
    """Run the product in a temporary folder; yields (installation, what `filling` told, letter box).

    With `fill=False` there is no academy yet, and the product runs as many processes as it does by itself.
    """
    with tempfile.TemporaryDirectory(prefix="leerhuis-fault-") as name, LetterBox() as box:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        running = Installation(
            folder, box, **({"LEERHUIS_WEB_PROCESSES": str(WEB_PROCESSES)} if fill else {}), **environment
        )
        try:
            yield running, running.fill(learners, questions) if fill else {}, box
        finally:
            running.end()
            running.kill_cluster()  # which may outlive whoever started it, and writes in the folder that is removed now
            data = EmbeddedPostgres(running.home).data
            wait_until(lambda: not children.processes_in(data), why="the database is still there")


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE, why: str = "it did not come true") -> float:
    """Wait for a condition and return how many seconds it took; fail when it does not come true."""
    since = time.monotonic()
    while not condition():
        assert time.monotonic() - since < seconds, why
        time.sleep(0.05)
    return time.monotonic() - since


def kills() -> int:
    """Return how often each part is killed: LEERHUIS_KILLS, or 5; 30 before a release."""
    return int(os.environ.get("LEERHUIS_KILLS") or 5)


def shown(times: Sequence[float]) -> str:
    """Return measured seconds as one line."""
    return " ".join(f"{each:.1f}" for each in times)

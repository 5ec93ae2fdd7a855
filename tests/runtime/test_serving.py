"""The whole product under `leerhuis serve`: parts of it are killed and come back; it stops without dropping anyone."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

import leerhuis
from leerhuis.config import children, home
from leerhuis.config.launcher import MARK, free_port, is_ready
from leerhuis.config.postgres import EmbeddedPostgres

pytestmark = pytest.mark.slow

PATIENCE = 120.0  # this machine may be busy; how quick it is on a quiet one is measured elsewhere


class Serving:
    """`leerhuis serve` on a home of its own, without academies."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "var"
        self.port = free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
        self.environment = inherited | {
            "LEERHUIS_HOME": str(self.home),
            "LEERHUIS_PORT": str(self.port),
            "LEERHUIS_SECRET_KEY": home.secret(folder / "kept", "key"),
            "LEERHUIS_TLS": "0",
        }
        self.process = self.leerhuis("serve")
        wait_until(lambda: is_ready("127.0.0.1", self.port) or self.process.poll() is not None)

    def leerhuis(self, *words: str) -> subprocess.Popen[str]:
        """Carry out a command on the same home."""
        return subprocess.Popen(
            [sys.executable, "-m", "leerhuis.config.cli", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def children_running(self, module: str) -> list[int]:
        """Return the processes of this installation that run a module, the oldest first."""
        found = children.processes_with(MARK, str(self.home))
        return sorted(pid for pid in found if module in Path(f"/proc/{pid}/cmdline").read_text())

    def ask(self) -> tuple[int, str | None]:
        """Ask for a page of an academy that is not there; return the status and when to try again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/", headers={"Host": "nobody.localhost"})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Retry-After")
        finally:
            connection.close()

    def headers_over_tls(self, path: str) -> dict[str, str]:
        """Get a page as a proxy hands it on that speaks TLS with the browser; return the headers (lower case)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("GET", path, headers={"Host": "nobody.localhost", "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            answer.read()
            return {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def answers(self, *statuses: int) -> bool:
        """Whether it answers at all, with one of these."""
        try:
            return self.ask()[0] in statuses
        except (OSError, http.client.HTTPException):
            return False


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    with tempfile.TemporaryDirectory(prefix="leerhuis-test-") as folder:
        Path(folder).chmod(0o755)
        running = Serving(Path(folder).resolve())
        yield running
        running.process.kill()
        running.process.communicate()
        wait_until(lambda: children.processes_with(MARK, str(running.home)) == [])
        wait_until(lambda: not EmbeddedPostgres(running.home).is_running)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; fail when it does not come true."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_it_is_ready_and_answers_nobody_at_an_unknown_host(serving: Serving) -> None:
    assert is_ready("127.0.0.1", serving.port)
    assert serving.ask() == (404, None)


def test_a_browser_that_came_over_tls_is_told_to_come_so_for_a_year(serving: Serving) -> None:
    """RFC 6797; and a cookie whose name begins with __Host- is refused by a browser without Secure (RFC 6265bis)."""
    assert serving.headers_over_tls("/")["strict-transport-security"] == "max-age=31536000"
    asked = "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE LANGUAGE_COOKIE_NAME LANGUAGE_COOKIE_SECURE DEVICE_COOKIE_NAME"
    program = f"from leerhuis.config import settings as s; print(*[getattr(s, name) for name in {asked.split()}])"
    told = subprocess.run(
        [sys.executable, "-c", program], env=serving.environment, capture_output=True, text=True, check=False
    )
    names = [f"__Host-leerhuis_{what}" for what in ("signin", "language", "device")]
    assert told.stdout.split() == [names[0], "True", names[1], "True", names[2]], told.stderr


def test_the_doctor_finds_what_runs_and_is_kept_to_be_well(serving: Serving) -> None:
    told, _ = serving.leerhuis("doctor", "--json").communicate(timeout=PATIENCE)
    found = {finding["check"]: finding["state"] for finding in json.loads(told)}
    checked = ("database", "durability", "migrations", "roles", "worker", "mails", "secrets")
    assert {name: found[name] for name in checked} == dict.fromkeys(checked, "ok")


def test_the_web_signs_in_as_web_and_the_worker_as_keeper(serving: Serving) -> None:
    serving.ask()
    with psycopg.connect(EmbeddedPostgres(serving.home).url("owner")) as connection:
        logins = connection.execute("SELECT DISTINCT usename::text FROM pg_stat_activity WHERE usename LIKE 'leer%'")
        assert {name for (name,) in logins} == {"leerhuis_owner", "leerhuis_web", "leerhuis_keeper"}


def test_no_process_has_a_secret_of_the_database_in_its_environment_or_its_command(serving: Serving) -> None:
    secrets = [home.secret(serving.home, f"database-{role}").encode() for role in ("web", "owner", "keeper")]
    for pid in children.processes_with(MARK, str(serving.home)):
        shown = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert not any(secret in shown for secret in secrets)


def test_a_command_beside_it_uses_its_database_and_leaves_it_running(serving: Serving) -> None:
    listing = serving.leerhuis("academy", "list")
    assert "no academies yet" in listing.communicate(timeout=PATIENCE)[0]
    assert listing.returncode == 0
    assert serving.answers(404)


def test_a_second_one_is_refused(serving: Serving) -> None:
    second = serving.leerhuis("serve")
    words, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 3
    assert "already runs" in words


@pytest.mark.parametrize("module", ["leerhuis.config.web", "leerhuis.config.cli"], ids=["web", "worker"])
def test_a_killed_part_comes_back(serving: Serving, module: str) -> None:
    before = serving.children_running(module)
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: bool(set(serving.children_running(module)) - set(before)))
    wait_until(lambda: serving.answers(404))
    assert before[0] not in serving.children_running(module)


def test_a_killed_database_is_told_as_a_pause_and_comes_back(serving: Serving) -> None:
    assert serving.answers(404)
    os.kill(int((serving.home / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    seen: list[tuple[int, str | None]] = []
    wait_until(lambda: bool(seen.append(serving.ask())) or seen[-1][0] == 404)
    assert {status for status, _ in seen} <= {404, 503}
    assert all(retry for status, retry in seen if status == 503)
    wait_until(lambda: bool(serving.children_running("leerhuis.config.cli")))


ASSETS = Path(leerhuis.__file__).parent / "ui/static/built/assets"
LARGEST = max(ASSETS.iterdir(), key=lambda file: file.stat().st_size).name
SLOW = {
    "headers": b"GET / HTTP/1.1\r\nHost: nobody.localhost\r\nX-Slow: ",
    "bodies": b"POST / HTTP/1.1\r\nHost: nobody.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 1000\r\n\r\na=",
    "readers": f"GET /static/built/assets/{LARGEST} HTTP/1.1\r\nHost: nobody.localhost\r\n\r\n".encode() * 3,
}


@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_keep_nobody_waiting(serving: Serving, kind: str) -> None:
    """More slow clients than threads; benchmarks/slow_clients.py does the same with 500 of each."""
    wait_until(lambda: serving.answers(404))
    with ExitStack() as open_ones:
        for _ in range(60):
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", serving.port)))
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            slow.sendall(SLOW[kind])
        time.sleep(1)
        since = time.monotonic()
        assert [serving.ask()[0] for _ in range(20)] == [404] * 20
        assert time.monotonic() - since < 10


def test_a_body_that_never_comes_is_given_up(serving: Serving) -> None:
    wait_until(lambda: serving.answers(404))
    with socket.create_connection(("127.0.0.1", serving.port), timeout=PATIENCE) as slow:
        slow.sendall(SLOW["bodies"])
        assert slow.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_request_that_is_too_large_is_refused_in_words(serving: Serving) -> None:
    wait_until(lambda: serving.answers(404))
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)
    connection.request("POST", "/", body=b"a" * 13_000_000, headers={"Host": "nobody.localhost"})
    answer = connection.getresponse()
    assert (answer.status, b"413" in answer.read()) == (413, True)
    connection.close()


def test_a_body_without_a_length_and_a_header_with_an_underscore(serving: Serving) -> None:
    """A body in pieces is taken in whole; a header that could pass for the proxy's own is not seen."""
    wait_until(lambda: serving.answers(404))
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)
    headers = {"Host": "nobody.localhost", "X_Forwarded_Proto": "https", "Transfer-Encoding": "chunked"}
    connection.request("POST", "/?q=%C3%A9%FF%E2%82%AC", body=iter([b"a=1", b"&b=2"]), headers=headers)
    assert connection.getresponse().status == 404
    connection.close()


def test_a_request_in_flight_is_answered_before_everything_stops(serving: Serving) -> None:
    wait_until(lambda: serving.answers(404))
    statuses: list[int] = []
    asking = threading.Thread(target=lambda: statuses.append(serving.ask()[0]))
    with psycopg.connect(EmbeddedPostgres(serving.home).url("owner")) as connection:
        connection.execute("LOCK TABLE public.host IN ACCESS EXCLUSIVE MODE")
        asking.start()
        time.sleep(1)
        serving.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert statuses == []
        assert serving.process.poll() is None
    asking.join(timeout=PATIENCE)
    assert statuses == [404]
    words, _ = serving.process.communicate(timeout=PATIENCE)
    assert serving.process.returncode == 0
    assert words.splitlines()[-1] == "Stopped."
    assert children.processes_with(MARK, str(serving.home)) == []

"""Slow clients cannot stop the service: 500 of each kind at once, and how long others wait meanwhile.

Bar (operate.md 4a): p95 of other requests at most 1 s, none refused. Starts `leerhuis serve` on a home of its own;
`python benchmarks/slow_clients.py HOST PORT` measures a running one instead.
"""

import http.client
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import leerhuis
from leerhuis.config.home import secret
from leerhuis.config.launcher import free_port, is_ready

EACH = 500
SECONDS = 20.0
BAR = 1.0
FAULT = 500
ASSETS = Path(leerhuis.__file__).parent / "ui/static/built/assets"
LARGEST = max(ASSETS.iterdir(), key=lambda file: file.stat().st_size).name


def opening(kind: str, host: str) -> bytes:
    """Return what a slow client sends at once; the rest it sends a byte a second, or reads not at all."""
    if kind == "headers":
        return f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: ".encode()
    if kind == "bodies":
        form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000"
        return f"POST / HTTP/1.1\r\nHost: {host}\r\n{form}\r\n\r\na=".encode()
    return f"GET /static/built/assets/{LARGEST} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def slow_ones(kinds: list[str], host: str, port: int) -> list[tuple[str, socket.socket]]:
    """Open the connections of all slow clients."""
    found = []
    for kind in kinds:
        for _ in range(EACH):
            client = socket.socket()
            if kind == "readers":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            client.connect(("127.0.0.1", port))
            client.sendall(opening(kind, host))
            found.append((kind, client))
    return found


def measure(kinds: list[str], host: str, port: int) -> tuple[list[float], int]:
    """Return how long each normal request took (s, in order of length) and how many failed."""
    clients, times, failed = slow_ones(kinds, host, port), [], 0
    time.sleep(2)
    until, beat = time.monotonic() + SECONDS, time.monotonic()
    while time.monotonic() < until:
        since = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": host})
            answer = connection.getresponse()
            answer.read()
            failed += answer.status >= FAULT
        except OSError:
            failed += 1
        finally:
            connection.close()
        times.append(time.monotonic() - since)
        if time.monotonic() - beat > 1:
            beat = time.monotonic()
            for kind, client in clients:
                if kind != "readers":
                    try:
                        client.send(b"a")
                    except OSError:
                        continue
        time.sleep(0.05)
    for _, client in clients:
        client.close()
    return sorted(times), failed


@contextmanager
def serving() -> Iterator[int]:
    """Run `leerhuis serve` on a home of its own; gives its port."""
    with tempfile.TemporaryDirectory(prefix="leerhuis-bench-") as folder:
        Path(folder).chmod(0o755)
        port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
        settings = {"LEERHUIS_HOME": f"{folder}/var", "LEERHUIS_PORT": str(port), "LEERHUIS_TLS": "0"}
        settings["LEERHUIS_SECRET_KEY"] = secret(Path(folder) / "kept", "key")
        command = [sys.executable, "-m", "leerhuis.config.cli", "serve"]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=kept | settings, stdout=quiet, stderr=quiet)
        try:
            while not is_ready("127.0.0.1", port) and process.poll() is None:
                time.sleep(0.2)
            yield port
        finally:
            process.terminate()
            process.wait()


def report(host: str, port: int) -> bool:
    """Measure without slow clients, with each kind and with all together; returns whether the bar was held."""
    good = True
    for kinds in ([], ["headers"], ["bodies"], ["readers"], ["headers", "bodies", "readers"]):
        times, failed = measure(kinds, host, port)
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        good &= p95 <= BAR and failed == 0
        name = " + ".join(f"{EACH} slow {kind}" for kind in kinds) or "no slow clients"
        words = f"{name:<55} {len(times):4} requests  p50 {p50:.3f} s  p95 {p95:.3f} s  failed {failed}\n"
        sys.stdout.write(words)
    return good


def main() -> int:
    """Print the figures; 1 when the bar was not held."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192), most))
    if given := sys.argv[1:]:
        return int(not report(given[0], int(given[1])))
    with serving() as port:
        return int(not report("nobody.localhost", port))


if __name__ == "__main__":
    sys.exit(main())

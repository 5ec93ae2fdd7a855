"""Clients over loopback: threads with plain sockets, a new connection for each request.

They run on the machine that is measured, and take part of it: some 0.2 ms of a core a request, which is in the figures.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator

CLIENTS = 8
SECONDS = 6.0
WARM_UP = 24  # requests before the clock runs: caches of templates and plans fill once per process
Request = Callable[[], bytes | None]


def get(host: str, path: str, cookie: str = "") -> bytes:
    """Return a request for a page."""
    signed = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{signed}Connection: close\r\n\r\n".encode()


def post(host: str, path: str, body: str, cookie: str) -> bytes:
    """Return a request that sends a form."""
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{body}".encode()


def call(host: str, path: str, body: str, token: str) -> bytes:
    """Return a request of an app that sends JSON."""
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/json\r\nConnection: close\r\n\r\n{body}".encode()


def ask(port: int, request: bytes) -> tuple[int, float, bytes]:
    """Send one request; return its status, the seconds it took, and the answer."""
    since = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(262_144):
            parts.append(part)
    answer = b"".join(parts)
    return int(answer[9:12]), time.perf_counter() - since, answer


def load(
    port: int, wanted: list[Iterator[bytes]], expected: int, seconds: float = SECONDS
) -> tuple[list[float], float]:
    """Let each client send its requests one after the other; return the seconds of each, and of all.

    Raises AssertionError when an answer has another status than the expected one.
    """
    for number in range(WARM_UP):
        ask(port, next(wanted[number % len(wanted)]))
    times: list[float] = []
    wrong: list[int] = []
    since = time.perf_counter()

    def client(requests: Iterator[bytes]) -> None:
        for request in requests:
            if time.perf_counter() - since > seconds:
                return
            status, took, _ = ask(port, request)
            times.append(took)
            if status != expected:
                wrong.append(status)

    threads = [threading.Thread(target=client, args=(requests,)) for requests in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, f"answered with {set(wrong)} instead of {expected}"
    return times, time.perf_counter() - since

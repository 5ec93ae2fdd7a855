"""Between the network and Django: a request is taken in whole before a thread is given to it.

Granian's WSGI lets a thread wait for a body, so that a handful of slow clients hold every thread (tried: five slow
forms stop the site). Here its own interface (RSGI) is used instead: bodies come in on the event loop, where waiting
costs nothing, and Django answers in a thread once all is there. See docs/decisions/0009.
"""

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any, Final, Protocol

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # granian does not say that it exports it

IN_MEMORY: Final = 256 * 1024  # bytes of one body; the rest goes to a file without a name
LONGEST_SILENCE: Final = 15.0  # seconds between two pieces of a body
GRACE: Final = 20.0  # seconds for any body, and more for a large one:
SLOWEST: Final = 16 * 1024  # bytes a second
DRAINED: Final = 8  # times the largest request: so much is thrown away politely, so that the refusal can be read
HEADERS_ONCE: Final = frozenset({"HTTP_COOKIE"})


class TooSlow(Exception):
    """A body that takes longer than a bad connection would."""


class Application(Protocol):
    """What WSGI (PEP 3333) calls an application."""

    def __call__(self, environ: dict[str, Any], start_response: Any, /) -> Iterable[bytes]:
        """Return the content of the answer; status and headers go to `start_response`."""


class Gateway:
    """An RSGI application that hands whole requests to a WSGI application, in `threads` threads.

    `largest` is how many bytes of a body are kept; of a larger one only its size is passed on, for the application to
    refuse in its own words.
    """

    def __init__(self, application: Application, *, threads: int, largest: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self.largest = largest

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        if scope.proto != "http":
            return
        try:
            body, size = await self._take_in(scope, protocol)
        except TooSlow:
            protocol.response_empty(HTTPStatus.REQUEST_TIMEOUT, [("connection", "close")])
            return
        environ = environ_of(scope, body, size)
        loop = asyncio.get_running_loop()
        status, headers, content = await loop.run_in_executor(self.threads, self._answer, environ)
        protocol.response_bytes(status, headers, content)

    async def _take_in(self, scope: Scope, protocol: HTTPProtocol) -> tuple[IO[bytes], int]:
        """Return the body and its size; of one that is too large nothing but the size. Raises TooSlow."""
        said = scope.headers.get("content-length")
        if said in {None, "0"} and "transfer-encoding" not in scope.headers:
            return io.BytesIO(), 0
        announced = int(said) if said is not None and said.isdecimal() else 0
        body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed after the answer
        since, size = time.monotonic(), 0
        pieces = protocol.__aiter__()
        while True:
            left = min(LONGEST_SILENCE, GRACE + size / SLOWEST - (time.monotonic() - since))
            try:
                piece = await asyncio.wait_for(anext(pieces), max(left, 0.01))
            except StopAsyncIteration:
                break
            except TimeoutError:
                body.close()
                raise TooSlow from None
            size += len(piece)
            if size <= self.largest and announced <= self.largest:
                body.write(piece)
            elif size > DRAINED * self.largest:
                break
        body.seek(0)
        return body, max(size, announced) if announced > self.largest else size

    def _answer(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        """Have the application answer; returns status, headers and content. Runs in a thread of its own."""
        told: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            told[:] = [int(status.split(" ", 1)[0]), headers]

        answer = self.application(environ, start_response)
        try:
            content = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
            environ["wsgi.input"].close()
        return told[0], [(name.lower(), value) for name, value in told[1]], content


def environ_of(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """Return what WSGI calls the environment of a request (PEP 3333).

    A header with an underscore in its name is left out: to the application it would look like one with a hyphen, and
    so pass for one that only the proxy may write.
    """
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_wsgi(scope.path),
        "QUERY_STRING": _as_wsgi(scope.query_string),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name or name in {"content-length", "transfer-encoding"}:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        between = "; " if key in HEADERS_ONCE else ","
        environ[key] = f"{environ[key]}{between}{_as_wsgi(value)}" if key in environ else _as_wsgi(value)
    environ["CONTENT_LENGTH"] = str(size)
    if "HTTP_HOST" not in environ and scope.authority:
        environ["HTTP_HOST"] = scope.authority
    return environ


def _as_wsgi(text: str) -> str:
    """Return the bytes of a text the way WSGI carries bytes: one character each."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")

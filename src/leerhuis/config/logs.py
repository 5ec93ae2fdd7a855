"""Logs carry ids, never values: whatever is not on the list below does not reach a log (privacy.md 15).

A line is one JSON object. Of a message only the words that stand in our own code are kept, never what is filled in;
of an error only its kind and the places in the code it came through, never its text: a unique violation's text
carries an address. A value is kept when its name is on the list *and* it has the shape that belongs to the name.
"""

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

if TYPE_CHECKING:  # whoever only writes a line need not load Django
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SOURCE: Final = Path(__file__).resolve().parents[2]
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,99}")
IDENTIFIER: Final = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|\d{1,19}")
NUMBER: Final = re.compile(r"-?\d{1,19}(\.\d{1,6})?")
MOST_PLACES: Final = 12

# What may be said, and the shape it must have. `route`, `job`, `sweep` and `action` are names from the program.
ALLOWED: Final[Mapping[str, re.Pattern[str]]] = {
    "academy": NAME,
    "action": NAME,
    "count": NUMBER,
    "id": IDENTIFIER,
    "job": NAME,
    "method": re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"),
    "ms": NUMBER,
    "request": IDENTIFIER,
    "route": NAME,
    "service": NAME,
    "status": NUMBER,
    "status_code": NUMBER,
    "sweep": NAME,
}

_about: ContextVar[Mapping[str, object]] = ContextVar("log_about")
_log = logging.getLogger(__name__)


class IdsOnly(logging.Formatter):
    """Turns a record into one line of JSON with what the list allows, and nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; see the module for what is in it."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": event_of(record),
        }
        line |= allowed({**_about.get({}), **vars(record)})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = kinds_of(record.exc_info[1])
            line["at"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


class RequestLog:
    """Middleware, the first of all: one line for each request, and the request's number on every line within it."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponseBase":
        """Answer one request and log its route, status and time; never its path, which may hold a secret link."""
        since = time.perf_counter()
        with about(request=uuid4()):
            try:
                response = self.get_response(request)
            except Exception:
                _log.exception("request failed")
                raise
            match = request.resolver_match
            told = {
                "method": request.method,
                "route": match.view_name if match else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - since) * 1000, 1),
                "academy": getattr(getattr(request, "tenant", None), "schema_name", None),
            }
            _log.info("request answered", extra=told)
        return response


@contextmanager
def about(**values: object) -> Iterator[None]:
    """Put values, by names of the list, on every line that is logged inside the `with`."""
    token = _about.set({**_about.get({}), **values})
    try:
        yield
    finally:
        _about.reset(token)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Return Django's LOGGING: every logger, those of libraries too, writes to stderr through `IdsOnly`."""
    inherit: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ids": {"()": "leerhuis.config.logs.IdsOnly"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "ids", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            **{name: dict(inherit) for name in ("django", "django.server", "granian.access")},
            # Libraries that tell every step: only when something is the matter with them
            **{name: {**inherit, "level": "WARNING"} for name in ("_granian", "procrastinate")},
        },
    }


def log_uncaught_errors() -> None:
    """See to it that an error which ends this process is written as a line without its text, too."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            words, told = "process ended by an error", (kind, error, trace)
            record = logging.LogRecord(__name__, logging.CRITICAL, __file__, 0, words, None, told)
            sys.stderr.write(IdsOnly().format(record) + "\n")

    sys.excepthook = hook


def event_of(record: logging.LogRecord) -> str:
    """Return what happened: our own words without what is filled in; of a library only where in it."""
    if record.name.startswith("leerhuis.") and isinstance(record.msg, str):
        return record.msg
    return f"{record.name}:{record.funcName}:{record.lineno}"


def allowed(values: Mapping[str, object]) -> dict[str, object]:
    """Return those values whose name is on the list and that have its shape."""
    kept: dict[str, object] = {}
    for name, shape in ALLOWED.items():
        value = values.get(name)
        if value is not None and shape.fullmatch(str(value)):
            kept[name] = value if isinstance(value, (int, float)) else str(value)
    return kept


def kinds_of(error: BaseException) -> list[str]:
    """Return the kind of an error and of those that caused it, with the constraint that a database error names."""
    kinds: list[str] = []
    found: BaseException | None = error
    while found is not None and len(kinds) < MOST_PLACES:
        constraint = getattr(getattr(found, "diag", None), "constraint_name", None)
        kind = f"{type(found).__module__}.{type(found).__qualname__}"
        kinds.append(f"{kind}({constraint})" if constraint else kind)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return kinds


def places(trace: TracebackType | None) -> list[str]:
    """Return the last places in the code that an error came through, the innermost last; no line of code itself."""
    steps = traceback.extract_tb(trace)[-MOST_PLACES:]
    return [f"{short(step.filename)}:{step.lineno} {step.name}" for step in steps]


def short(filename: str) -> str:
    """Return a file's place within our source or within the library it belongs to."""
    path = Path(filename)
    if path.is_relative_to(SOURCE):
        return path.relative_to(SOURCE).as_posix()
    return filename.rpartition("site-packages/")[2]

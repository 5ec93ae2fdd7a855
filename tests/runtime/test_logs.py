"""Logs carry ids, never values."""

import json
import logging
import subprocess
import sys
import uuid
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from leerhuis.config.logs import IdsOnly, RequestLog, about, logging_settings
from leerhuis.config.postgres import test_cluster

CANARY = "canary-4d1f@example.org"
ID = "018f6f2e-0000-7000-8000-000000000001"


class Lines:
    """A logger of a name, and what it wrote."""

    def __init__(self, name: str, logger: logging.Logger | None = None) -> None:
        self.text = StringIO()
        self.handler = logging.StreamHandler(self.text)
        self.handler.setFormatter(IdsOnly())
        self.logger = logger or logging.Logger(name)  # noqa: LOG001  (one of the test's own, unknown to all others)
        self.logger.addHandler(self.handler)

    def last(self) -> dict[str, Any]:
        """Return the last line, read back."""
        line: dict[str, Any] = json.loads(self.text.getvalue().splitlines()[-1])
        return line


@pytest.fixture
def ours() -> Lines:
    return Lines("leerhuis.enrolment.actions")


@pytest.fixture
def of_requests() -> Iterator[Lines]:
    """What the product's own logger of requests writes."""
    logger = logging.getLogger("leerhuis.config.logs")
    lines, level = Lines(logger.name, logger), logger.level
    logger.setLevel(logging.INFO)
    yield lines
    logger.setLevel(level)
    logger.removeHandler(lines.handler)


@pytest.fixture
def theirs() -> Lines:
    return Lines("procrastinate.worker")


def test_a_line_says_what_happened_and_with_what_id(ours: Lines) -> None:
    ours.logger.info("seat taken", extra={"academy": "kjenning", "id": uuid.UUID(ID), "count": 3, "job": "mail.send"})
    line = ours.last()
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "seat taken",
        "academy": "kjenning",
        "id": ID,
        "count": 3,
        "job": "mail.send",
    }


def test_what_is_filled_in_stays_out(ours: Lines, theirs: Lines) -> None:
    ours.logger.warning("no mail to %s", CANARY)
    assert ours.last()["event"] == "no mail to %s"
    theirs.logger.warning("no mail to %s", CANARY)
    theirs.logger.warning(f"Starting job send({CANARY})")  # noqa: G004  (as libraries do)
    assert theirs.last()["event"].startswith("procrastinate.worker:test_what_is_filled_in_stays_out:")
    assert CANARY not in ours.text.getvalue() + theirs.text.getvalue()


def test_a_name_on_the_list_does_not_let_a_value_of_another_shape_through(ours: Lines) -> None:
    names = ("academy", "action", "count", "id", "job", "method", "ms", "request", "route", "status", "sweep")
    ours.logger.info("tried", extra=dict.fromkeys(names, CANARY))
    assert set(ours.last()) == {"time", "level", "event"}


def test_a_name_that_is_not_on_the_list_stays_out(ours: Lines) -> None:
    ours.logger.info("tried", extra={"email": CANARY, "person": CANARY, "address": ID})
    assert set(ours.last()) == {"time", "level", "event"}


def test_an_error_is_told_by_its_kind_and_place_never_by_its_text(ours: Lines) -> None:
    def look_up() -> None:
        try:
            dict[str, str]()[CANARY]
        except KeyError as error:
            raise ValueError(f"wrong: {CANARY}") from error

    try:
        look_up()
    except ValueError:
        ours.logger.exception("failed")
    assert ours.last()["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py:" in ours.last()["at"][-1]
    assert CANARY not in ours.text.getvalue()


def test_a_unique_violation_names_its_constraint_and_not_the_address(ours: Lines) -> None:
    with psycopg.connect(test_cluster()) as connection:
        connection.execute("CREATE TEMPORARY TABLE seen (mail text CONSTRAINT one_of_each UNIQUE)")
        connection.execute("INSERT INTO seen VALUES (%s)", [CANARY])
        with pytest.raises(psycopg.Error, match=CANARY) as raised:
            connection.execute("INSERT INTO seen VALUES (%s)", [CANARY])
    ours.logger.error("failed", exc_info=raised.value)
    assert ours.last()["error"] == ["psycopg.errors.UniqueViolation(one_of_each)"]
    assert CANARY not in ours.text.getvalue()


def test_a_line_cannot_be_split_in_two(ours: Lines) -> None:
    ours.logger.info("one\nline", extra={"academy": "kjen\nning"})
    assert len(ours.text.getvalue().splitlines()) == 1
    assert "academy" not in ours.last()


def test_what_a_line_is_about_is_said_inside_and_not_after(ours: Lines) -> None:
    with about(academy="kjenning"), about(job="mail.send"):
        ours.logger.info("inside")
    assert (ours.last()["academy"], ours.last()["job"]) == ("kjenning", "mail.send")
    ours.logger.info("after")
    assert set(ours.last()) == {"time", "level", "event"}


def test_a_request_is_told_by_route_and_status_never_by_its_path(of_requests: Lines) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=404)

    RequestLog(answer)(RequestFactory().post(f"/secret-link/{CANARY}/?name={CANARY}", {"mail": CANARY}))
    line = of_requests.last()
    assert (line["event"], line["method"], line["status"]) == ("request answered", "POST", 404)
    assert uuid.UUID(line["request"]).version == 4
    assert CANARY not in of_requests.text.getvalue()


def test_a_request_that_fails_is_told_without_its_error(of_requests: Lines) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise LookupError(CANARY)

    with pytest.raises(LookupError):
        RequestLog(fail)(RequestFactory().get("/"))
    assert of_requests.last()["error"] == ["builtins.LookupError"]
    assert "request" in of_requests.last()
    assert CANARY not in of_requests.text.getvalue()


def test_every_logger_writes_through_the_list() -> None:
    settings = logging_settings()
    assert [handler["formatter"] for handler in settings["handlers"].values()] == ["ids"]
    assert all(not logger["handlers"] and logger["propagate"] for logger in settings["loggers"].values())


def test_an_error_that_ends_a_process_is_told_without_its_text() -> None:
    program = (
        f"from leerhuis.config.logs import log_uncaught_errors\nlog_uncaught_errors()\nraise LookupError({CANARY!r})\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert CANARY not in ended.stderr
    assert json.loads(ended.stderr)["error"] == ["builtins.LookupError"]

"""People who register and practise all the time, through HTTP, and do not give up until they are answered.

What was answered well is acknowledged, and must be there afterwards. A request that got no answer, or an answer that
says to try again, is sent again with the same key, as a browser or a person would.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from html import unescape
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from tests.faults.installation import HOST, Installation

AGAIN: Final = frozenset({409, 500, 502, 503, 504})
PAUSE_SECONDS: Final = 0.03
AGAIN_SECONDS: Final = 0.1
CUT_SHARE: Final = 0.1
_FORM: Final = re.compile(r"<form\b.*?</form>", re.DOTALL)
_INPUT: Final = re.compile(r"<input\b[^>]*>")
_PART: Final = re.compile(r'\b(name|value)="([^"]*)"')


@dataclass
class Acknowledged:
    """What the product said it had done."""

    registrations: dict[str, str] = field(default_factory=dict)  # by e-mail address, the id of the registration
    answers: set[tuple[str, str]] = field(default_factory=set)  # (round, question)


ENDED = "SELECT 1 FROM practice_round WHERE id = %s AND ended_at IS NOT NULL"


class Stream:
    """Some people at once, from `with` until its end; each thread is one of them, again and again.

    With `keep_key=False` a request that is sent again carries a new key: the control, which must be found out.
    """

    def __init__(self, product: Installation, world: dict[str, Any], *, people: int = 2, keep_key: bool = True) -> None:
        self.product, self.world, self.keep_key = product, world, keep_key
        self.acknowledged = Acknowledged()
        self.statuses: Counter[int] = Counter()
        self.cuts = 0
        self.faulty: list[str] = []
        self._end = threading.Event()
        learners = world.get("practising", [])
        self._threads = [threading.Thread(target=self._guarded, args=(self._register,)) for _ in range(people)]
        for first in range(people):
            self._threads.append(threading.Thread(target=self._guarded, args=(self._practise, learners[first::people])))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    @property
    def count(self) -> int:
        """How much was acknowledged so far."""
        return len(self.acknowledged.registrations) + len(self.acknowledged.answers)

    def _guarded(self, work: Any, *values: Any) -> None:
        try:
            work(*values)
        except Exception as error:  # noqa: BLE001 - a thread's fault is told by the test
            self.faulty.append(repr(error))

    def _register(self) -> None:
        with closing(Browser(self)) as browser:
            self._register_with(browser)

    def _register_with(self, browser: "Browser") -> None:
        while not self._end.is_set():
            address = f"nieuw.{uuid4().hex}@stream.example"
            form = browser.form(self.world["register"], "form_key")
            if form is None:
                return
            form |= {"first_name": "Nina", "last_name": "Nieuw", "email": address, "conditions": "on"}
            answer = browser.send(self.world["register"], form, renew=("form_key", "request_key"))
            if answer is None:
                return
            status, where = answer
            assert status == http.client.FOUND, f"a registration was answered with {status}"
            self.acknowledged.registrations[address] = where.rstrip("/").rpartition("/")[2]
            time.sleep(PAUSE_SECONDS)

    def _practise(self, learners: list[dict[str, str]]) -> None:
        for learner in learners:
            with closing(Browser(self, learner["cookie"])) as browser:
                self._practise_with(browser, learner)

    def _practise_with(self, browser: "Browser", learner: dict[str, str]) -> None:
        if self._is_over(learner["round"]):
            return
        address = f"/practice/round/{learner['round']}/"
        form = browser.form(address, "key")
        for question in self.world["questions"]:
            if form is None or self._end.is_set():
                return
            said = {**form, "key": str(uuid4()), "choice": "true"}
            said |= {"request_key": str(uuid4())} if "request_key" in form else {}
            answer = browser.send(f"{address}{question}/", said, renew=("key", "request_key"))
            if answer is None:
                return
            assert answer[0] == http.client.FOUND, f"an answer was answered with {answer[0]}"
            self.acknowledged.answers.add((learner["round"], question))
            time.sleep(PAUSE_SECONDS)

    def _is_over(self, round_id: str) -> bool:
        """Whether an earlier stream answered the whole round; asked again while the database is away."""
        while not self._end.is_set():
            with suppress(psycopg.Error):
                return bool(self.product.select(ENDED, round_id))
            time.sleep(AGAIN_SECONDS)
        return True

    @property
    def has_ended(self) -> bool:
        """Whether the people were asked to stop."""
        return self._end.is_set()


class Browser:
    """One person's browser: it keeps its cookies and its connection."""

    def __init__(self, stream: Stream, cookie: str = "") -> None:
        self.stream = stream
        self.cookies = dict([cookie.split("=", 1)]) if cookie else {}
        self._connection: http.client.HTTPConnection | None = None

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()

    def form(self, path: str, marked: str) -> dict[str, str] | None:
        """Return the hidden and filled fields of the form that has a field `marked`; None once the stream ends."""
        while not self.stream.has_ended:
            answer = self._once("GET", path, None)
            if answer is not None and answer[0] == http.client.OK:
                for form in _FORM.findall(answer[2]):
                    parts = [dict(_PART.findall(tag)) for tag in _INPUT.findall(form)]
                    fields = {part["name"]: unescape(part["value"]) for part in parts if {"name", "value"} <= set(part)}
                    if marked in fields:
                        return {name: value for name, value in fields.items() if name != "choice"}
                raise AssertionError(f"no form with {marked} at {path}")
            time.sleep(AGAIN_SECONDS)
        return None

    def send(self, path: str, fields: dict[str, str], renew: tuple[str, ...]) -> tuple[int, str] | None:
        """Send a form until it is answered; some are cut off on purpose and sent again. None once the stream ends."""
        cut = random.random() < CUT_SHARE
        while True:
            answer = self._once("POST", path, fields, cut=cut)
            if answer is not None and answer[0] not in AGAIN:
                return answer[0], answer[1]
            if self.stream.has_ended:
                return None
            if answer is None and not self.stream.keep_key:
                fields = fields | {name: str(uuid4()) for name in renew if name in fields}
            cut = False
            time.sleep(AGAIN_SECONDS)

    def _once(
        self, method: str, path: str, fields: dict[str, str] | None, *, cut: bool = False
    ) -> tuple[int, str, str] | None:
        """Send one request; return status, Location and body, or None when no whole answer came."""
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.stream.product.port, timeout=20)
        self._connection = None
        network = f"10.{random.randrange(256)}.{random.randrange(256)}.1"  # these people live in many places
        headers = {"Host": HOST, "Accept-Language": "nl", "X-Forwarded-For": network}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
            if cut:
                time.sleep(random.random() * 0.05)
                self.stream.cuts += 1
                connection.close()
                return None
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            return None
        self._connection = connection
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        self.stream.statuses[answer.status] += 1
        return answer.status, answer.headers.get("Location", ""), body

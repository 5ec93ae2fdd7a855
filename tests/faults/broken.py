"""The product, broken on purpose: settings of the controls, which show that the tests would find such a fault.

Chosen by DJANGO_SETTINGS_MODULE for an installation of a test; the product itself has no such switch.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from procrastinate import App

from leerhuis.academies.middleware import AcademyByHost
from leerhuis.config import tasks

COMMIT_LATER_SECONDS = 0.4


class AnswersFirst(AcademyByHost):
    """Answers before the commit: what is acknowledged is not kept yet."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from a thread that is still busy when the answer goes out."""
        answered = threading.Event()
        kept: list[HttpResponse] = []
        inner = self.get_response

        def answer_and_linger(within: HttpRequest) -> HttpResponse:
            kept.append(inner(within))
            answered.set()
            if request.method == "POST":
                time.sleep(COMMIT_LATER_SECONDS)
            return kept[0]

        def work() -> None:
            try:
                kept.append(AcademyByHost(answer_and_linger)(request))
            finally:
                answered.set()

        threading.Thread(target=work, daemon=True).start()
        answered.wait()
        return kept[0]


class ExpectsTheDatabase(AcademyByHost):
    """Takes a database that does not answer for a fault like any other."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self._answer(request)


class Through:
    """Does nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self.get_response(request)


def add_without_rescue(app: App) -> None:
    """Give procrastinate the house's tasks, but nobody who takes over what a killed worker left."""
    tasks.add_to(app)
    spoilt: Any = app.tasks["leerhuis.rescue"]
    spoilt.func = _look_away


def _look_away(timestamp: int) -> None:
    """Do nothing about the jobs of killed workers."""

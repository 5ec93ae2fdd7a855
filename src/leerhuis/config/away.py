"""What a visitor gets while the database is away: a page that says so and when to try again, at once.

Static files and /live do not pass here, so they are answered all the while. Nothing has to be started again: the first
request that reaches the database ends the pause. Decision: docs/decisions/0011-faults.md.
"""

import sys
import threading
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from leerhuis.config import restored
from leerhuis.ui.errors import house_error, server_fault

AWAY = 503


class DatabaseAway:
    """Once a request found the database away, one request at a time tries again; all others get 503 without waiting.

    A request that waits for the database holds a thread of this process. If all waited, there would be none left for
    the static files of the very page that asks for patience.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._is_away = False
        self._trying = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if not self._is_away:
            return self._try(request)
        if not self._trying.acquire(blocking=False):
            return house_error(request, AWAY)
        try:
            return self._try(request)
        finally:
            self._trying.release()

    def _try(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        self._is_away = response.status_code == AWAY
        if self._is_away:
            restored.forget()  # the database that comes back may be an older one
        return response


def fault(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed: 503 when it was the database that did not answer, else 500.

    Django calls it while the error is being handled. That may be another one than the first: what is asked of a
    transaction that broke with its connection fails in its own words, and names the first as its cause.
    """
    error = sys.exception()
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return house_error(request, AWAY)
        error = error.__cause__ or error.__context__
    return server_fault(request)

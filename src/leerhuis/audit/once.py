"""Each unsafe request has one effect: sent twice, by a double click, the Back button or a retry, it is answered once.

What was acknowledged is kept for a day in the transaction of its effect (`models.Submission`): status and address,
never the content. See `base.once` for the key.
"""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leerhuis.audit import noted
from leerhuis.audit.actions import keep_submission
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Submission
from leerhuis.audit.queries import submission_of
from leerhuis.base import once
from leerhuis.ui.errors import house_error
from leerhuis.ui.problems import is_call

RETRY_SECONDS: Final = 2
OK: Final = 200
FIRST_REFUSAL: Final = 400


class Once:
    """Answers an unsafe request with a key once: the same again gets the same answer, another content 422.

    While the first is being answered, the second waits a second and then gets 409 with a time to try again. Stands
    after the gate, which knows who is there. What a program calls (/api/) is made so that the same twice is once, and
    needs its answer again each time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.method in once.SAFE_METHODS or getattr(request, "tenant", None) is None or is_call(request):
            return self.get_response(request)
        try:
            key = once.key_of(request)
        except once.BadKey:
            return house_error(request, 400, _("The key of this form is damaged. Load the page again."))
        return self.get_response(request) if key is None else self._answer_once(request, key)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Mark that the request came past the gate: an answer before that point did nothing and is not kept."""
        request.came_past_the_gate = True  # type: ignore[attr-defined]

    def _answer_once(self, request: HttpRequest, key: str) -> HttpResponse:
        sender = sender_of(request)
        if not once.take_turn(sender, key):
            return _still_running(request)
        content = once.content_of(request)
        earlier = submission_of(sender, key)
        if earlier is not None:
            return answer_again(request, earlier, content)
        with noted.listening() as notes:
            response = self.get_response(request)
        if is_acknowledged(request, response, notes):
            keep_submission(
                sender=sender,
                key=key,
                content=content,
                method=request.method or "",
                path=request.path,
                status=response.status_code,
                location=response.headers.get("Location", ""),
                by=_actor(request),
            )
        return response


def sender_of(request: HttpRequest) -> str:
    """Return who sends: a person, or the sign-in store of a visitor (unreadably), or "visitor" without one."""
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        return str(viewer.person_id)
    store = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return salted_hmac("leerhuis.audit.once.sender", store, algorithm="sha256").hexdigest() if store else "visitor"


def is_acknowledged(request: HttpRequest, response: HttpResponse, notes: list[UUID]) -> bool:
    """Whether an answer says that something was done; `notes` are those that were written on the way.

    A whole page with status 200 is a form shown again or a preview, unless a note of an act stands behind it. A
    piece of a page (htmx) and an answer without HTML acknowledge with 200, too; a file is made anew each time.
    """
    if response.status_code >= FIRST_REFUSAL or not getattr(request, "came_past_the_gate", False):
        return False
    if "attachment" in response.headers.get("Content-Disposition", ""):
        return False
    whole_page = response.headers.get("Content-Type", "").startswith("text/html") and not _is_htmx(request)
    return response.status_code != OK or not whole_page or noted.any_stands(notes)


def answer_again(request: HttpRequest, earlier: Submission, content: str) -> HttpResponse:
    """Return what was answered before, or 422 when this is something else under the same key.

    The content of the first answer was not kept: where it was a page, a page says that it was done; where it was a
    piece of one, the browser is told to load the page again.
    """
    if earlier.content != content:
        words = _("You sent this form before, with something else in it. What you sent first was kept.")
        return house_error(request, 422, words)
    is_page = earlier.status == OK and not _is_htmx(request) and request.accepts("text/html")
    response = render(request, "handled.html") if is_page else HttpResponse(status=earlier.status)
    if earlier.location:
        response["Location"] = earlier.location
    elif _is_htmx(request):
        response["HX-Refresh"] = "true"
    response["Idempotency-Replayed"] = "true"
    return response


def _still_running(request: HttpRequest) -> HttpResponse:
    """Answer the second of two that came at once, while the first is not done."""
    response = house_error(request, 409, _("What you sent is being handled at this moment. Wait a few seconds."))
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _actor(request: HttpRequest) -> Actor:
    found = getattr(request, "actor", None)
    return found if isinstance(found, Actor) else Actor.visitor()

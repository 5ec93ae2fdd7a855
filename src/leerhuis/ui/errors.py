"""Error pages in the house style, also when there is no academy and no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from leerhuis.ui.problems import is_call, problem

RETRY_SECONDS = 10
LIBRARY_RETRY_SECONDS = 300
BARE_FROM = 500  # from here on the page asks nothing of the database, the academy or the build


def house_error(request: HttpRequest, status: int, message: str | int = "") -> HttpResponse:
    """Return the page of an HTTP status (400, 403, 404, 409, 410, 413, 422, 429, 500, 503), which says what to do.

    A 503 says after how many seconds to try again; the message of a 429 is the number of minutes until then. A program
    gets a problem in JSON instead (ui.problems).
    """
    response: HttpResponse
    if is_call(request):
        response = problem(request, status, message)
    elif status >= BARE_FROM:
        with translation.override(translation.get_language_from_request(request)):  # it may not have been asked yet
            response = HttpResponse(render_to_string(f"{status}.html"), status=status)
            response["Content-Language"] = str(translation.get_language())
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    else:
        response = render(request, f"{status}.html", {"message": message}, status=status)
    if status == 503:  # noqa: PLR2004 - service unavailable
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return house_error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed."""
    return house_error(request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent without its own key: too old, or cookies are blocked. Keeps: K9c."""
    return house_error(request, 403, "form")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where nothing is."""
    return house_error(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer a library's own limit, which does not say for how long it holds."""
    response = house_error(request, 429)
    response["Retry-After"] = str(LIBRARY_RETRY_SECONDS)
    return response


def server_fault(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed."""
    return house_error(request, 500)

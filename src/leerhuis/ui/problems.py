"""What a program gets where a person gets an error page: a problem in JSON (RFC 9457), in the language it asked for."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

CALLS: Final = "/api/"  # addresses below this are called by programs
MEDIA_TYPE: Final = "application/problem+json"
_WHAT: Final = {
    400: ("unreadable", _("This cannot be read"), _("Look at the form of what you sent, and send it again.")),
    401: ("unauthorized", _("Sign in first"), _("Send a token that is still open, or the cookie of a sign-in.")),
    403: ("forbidden", _("This is not open to you"), _("Ask the academy if you think it should be.")),
    404: ("not_found", _("There is nothing here"), _("It was never here, it is gone, or it is not yours.")),
    405: ("method_not_allowed", _("This cannot be done here"), _("The header Allow says what can.")),
    409: ("conflict", _("This cannot be done now"), ""),
    410: ("gone", _("This person is no longer with us"), _("Nothing was changed.")),
    413: ("too_large", _("This is too large"), _("Send less at once.")),
    415: ("not_json", _("This is not JSON"), _("Send JSON, and say so in the header Content-Type.")),
    422: ("does_not_fit", _("This does not fit"), _("What does not fit is listed under “errors”.")),
    429: ("too_often", _("Too often"), ""),
    500: ("fault", _("Something went wrong with us"), _("Nothing was changed. Try again later.")),
    503: ("away", _("We are away for a moment"), _("Nothing was changed. Try again in a moment.")),
}


def is_call(request: HttpRequest) -> bool:
    """True for what a program asks, which gets problems instead of error pages."""
    return request.path.startswith(CALLS)


def problem(
    request: HttpRequest, status: int, told: str | int = "", *, code: str = "", errors: Sequence[dict[str, str]] = ()
) -> JsonResponse:
    """Return a problem: `type` and `title` say what kind it is, `detail` what to do, `code` is for programs.

    `told` is a sentence of the trade, for 429 the minutes until the next try, and "form" for a call with the cookie of
    a sign-in and without the mark of a page. `errors` name what does not fit: where it stands, and a word for programs.
    """
    with translation.override(translation.get_language_from_request(request)):  # it may not have been asked yet
        usual, title, advice = _WHAT.get(status, ("other", "", ""))
        said: dict[str, Any] = {
            "type": "about:blank",
            "title": str(title) or HTTPStatus(status).phrase,
            "status": status,
            "detail": _detail(told) or str(advice),
            "code": code or usual,
        }
        language = str(translation.get_language())
    if errors:
        said["errors"] = list(errors)
    response = JsonResponse(said, status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = language
    patch_vary_headers(response, ("Accept-Language", "Cookie", "Authorization"))
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _detail(told: str | int) -> str:
    if isinstance(told, int):
        return ngettext("Try again in %(minutes)d minute.", "Try again in %(minutes)d minutes.", told) % {
            "minutes": told
        }
    if told == "form":
        return gettext("Send the mark of a page in the header X-CSRFToken, or a token instead of the cookie.")
    return told

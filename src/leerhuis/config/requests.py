"""What every request meets before anything else, and what every answer carries: headers, sizes, where it comes from."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from leerhuis.base.once import SAFE_METHODS
from leerhuis.base.text import clean
from leerhuis.ui.errors import house_error

Answer = Callable[[HttpRequest], HttpResponse]

_NOBODY: Final = (
    "accelerometer autoplay bluetooth browsing-topics camera display-capture encrypted-media geolocation gyroscope hid"
    " idle-detection local-fonts magnetometer microphone midi payment serial usb xr-spatial-tracking"
).split()
_THIS_SITE: Final = (
    "clipboard-write fullscreen publickey-credentials-create publickey-credentials-get screen-wake-lock web-share"
).split()
PERMISSIONS: Final = ", ".join([f"{name}=()" for name in _NOBODY] + [f"{name}=(self)" for name in _THIS_SITE])
FROM_HERE: Final = frozenset({"same-origin", "none"})
FIRST_ERROR: Final = 400


class Headers:
    """Puts the headers of the house on every answer, and says of each who may keep it.

    A page that knows who is reading, that holds a form or that sets a cookie is kept by nobody; any other page may be
    kept when the browser asks each time. An answer that says something itself (styles, pictures) is left alone.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if is_personal(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
            patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer belongs to one browser alone: of somebody signed in, with a form or cookie, or a refusal.

    What is the same for everybody says so itself (``Cache-Control: public``) and sets no cookie. What is about nobody,
    but is not handed to everybody (a picture of a practice question), says ``private, immutable`` where its reader
    chose to stay signed in: that browser keeps it, no proxy does.
    """
    if response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return True
    said = response.headers.get("Cache-Control", "")
    if "public" in said or ("private" in said and "immutable" in said):
        return False
    has_form = "CSRF_COOKIE" in request.META
    return has_form or getattr(request, "viewer", None) is not None or response.status_code >= FIRST_ERROR


class FirstLook:
    """Refuses what cannot be meant well or cannot be kept, before an academy or the database is asked for anything.

    An unsafe request that a browser sends for another site: 403. One that is larger than any form of ours: 413. A NUL
    in the address or in a field, which the database cannot keep: 400. Each with words; nothing was changed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site", "none") not in FROM_HERE:
            return house_error(request, 403, "form")
        if size_of(request) > settings.LARGEST_REQUEST:
            return house_error(request, 413)
        try:
            if has_nul(request):
                return house_error(request, 400, _("A character in it cannot be kept (NUL)."))
            clean_fields(request)
        except SuspiciousOperation:  # more fields, or longer ones, than any form of ours has
            return house_error(request, 413)
        return self.get_response(request)


def size_of(request: HttpRequest) -> int:
    """Return how many bytes a request says that its content has; 0 when it does not say (then none are read)."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def has_nul(request: HttpRequest) -> bool:
    """Whether the address or a field of a form holds a NUL."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    if request.method in SAFE_METHODS:
        return False
    fields = request.POST.lists()
    return any("\0" in part for name, values in fields for part in (name, *map(str, values)))


def clean_fields(request: HttpRequest) -> None:
    """Give the fields of a form the text of this house, so that what is kept, shown and handed out is the same."""
    if request.method in SAFE_METHODS:
        return
    sent = request.POST
    fields = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        fields.setlist(name, [clean(value) if isinstance(value, str) else value for value in values])
    request.POST = fields  # type: ignore[assignment]  # Django has a setter, its types have none

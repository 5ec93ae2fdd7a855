"""Each route declares its audience where it is written; a route without one is refused at the gate."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from leerhuis.charter.audiences import Audience

View = Callable[..., HttpResponseBase]


def page(route: str, view: View, *, name: str, audience: Audience) -> URLPattern:
    """Return a URL pattern whose view carries its audience.

    Written as ``page("office/people/", people, name=…, audience=OFFICE)``.

    The gate (`people.gate`) reads `view.audience`; `leerhuis routes` lists it.
    """
    return path(route, for_audience(view, audience), name=name)


def for_audience(view: View, audience: Audience) -> View:
    """Return the view, wrapped so that it carries its audience (a view may be used under several routes)."""

    @wraps(view)
    def with_audience(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    with_audience.audience = audience  # type: ignore[attr-defined]
    with_audience.methods = getattr(view, "methods", None)  # type: ignore[attr-defined]
    return with_audience


# Routes of libraries, by URL name: they cannot say their audience themselves. Filled by each package's `foreign.py`.
_foreign_audiences: dict[str, Audience] = {}


def declare_audience(audience: Audience, *url_names: str) -> None:
    """Give routes of a library their audience."""
    _foreign_audiences.update(dict.fromkeys(url_names, audience))


def audience_of(callback: Any, url_name: str | None) -> Audience | None:
    """Return the audience of a resolved route, or None when nobody declared one."""
    found = getattr(callback, "audience", None)
    return found if isinstance(found, Audience) else _foreign_audiences.get(url_name or "")

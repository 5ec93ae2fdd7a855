"""Each route declares its audience where it is written; a route without one is refused at the gate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

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


@dataclass(frozen=True)
class Route:
    """One address of the product: its pattern below the host, its name, the methods it says it answers, its audience.

    `methods` is empty where the view does not say; `audience` is None where nobody declared one (the gate refuses it).
    """

    pattern: str
    name: str | None
    methods: tuple[str, ...]
    audience: Audience | None


def all_routes(resolver: URLResolver, before: str = "/") -> Iterator[Route]:
    """Yield every route below a resolver, those of libraries included, in the order in which they are tried."""
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from all_routes(each, pattern)
        else:
            yield Route(pattern, each.name, _methods_of(each.callback), audience_of(each.callback, each.name))


def _methods_of(callback: Any) -> tuple[str, ...]:
    """Return the methods that a view says it answers: by its mark, by Django's `require_…`, or by its class."""
    said = getattr(callback, "methods", None)
    if view := getattr(callback, "view_class", None):
        said = said or [name for name in view.http_method_names if hasattr(view, name) and name != "options"]
    while said is None and callback is not None:
        names = getattr(getattr(callback, "__code__", None), "co_freevars", ())
        kept = dict(zip(names, getattr(callback, "__closure__", None) or (), strict=True))
        if "request_method_list" in kept:  # what `require_http_methods` and its kin remember
            said = kept["request_method_list"].cell_contents
        callback = getattr(callback, "__wrapped__", None)
    return tuple(method.upper() for method in said or ())

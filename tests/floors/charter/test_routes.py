"""Routes carry their audience and methods, also where a library or a decorator says them."""

from functools import wraps
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern
from django.views import View
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.charter import routes
from leerhuis.charter.audiences import ANYONE, OFFICE, STAFF
from leerhuis.charter.routes import Route, all_routes, audience_of, declare_audience, page


def shown(request, *words, **named):
    """Answer with what came."""
    return HttpResponse(f"{request.method} {words} {named}")


def around(view):
    """Return a view around another, as decorators make them."""

    @wraps(view)
    def inner(request):
        return view(request)

    return inner


class Kept(View):
    """Answers two methods."""

    def get(self, request):
        return HttpResponse()

    def post(self, request):
        return HttpResponse()


def resolver(*patterns):
    return URLResolver(RegexPattern(r"^/"), list(patterns))


def test_a_page_carries_its_audience_and_answers_as_before():
    pattern: Any = page("office/<int:number>/", shown, name="sample", audience=OFFICE)
    request = RequestFactory().get("/office/7/")

    assert (str(pattern.pattern), pattern.name) == ("office/<int:number>/", "sample")
    assert pattern.callback.audience is OFFICE
    assert pattern.callback.__name__ == "shown"
    assert pattern.callback(request, 1, number=7).content.decode() == "GET (1,) {'number': 7}"
    assert not hasattr(shown, "audience")


def test_one_view_may_serve_two_audiences():
    views: list[Any] = [page("a/", shown, name="a", audience=each).callback for each in (OFFICE, STAFF)]

    assert [view.audience for view in views] == [OFFICE, STAFF]


def test_a_route_of_a_library_has_the_audience_that_was_declared(monkeypatch):
    monkeypatch.setitem(routes._foreign_audiences, "sample_known", ANYONE)

    assert audience_of(shown, "sample_known") is ANYONE
    assert audience_of(shown, "sample_unknown") is None
    assert audience_of(shown, None) is None
    assert audience_of(page("a/", shown, name="a", audience=OFFICE).callback, "sample_known") is OFFICE


def test_an_audience_that_is_no_audience_counts_for_nothing():
    strange: Any = around(shown)
    strange.audience = "anyone"

    assert audience_of(strange, "sample_unknown") is None


def test_declaring_an_audience_holds_for_each_name(monkeypatch):
    monkeypatch.setattr(routes, "_foreign_audiences", {})
    declare_audience(STAFF, "one", "two")

    assert routes._foreign_audiences == {"one": STAFF, "two": STAFF}


@pytest.mark.parametrize(
    ("view", "methods"),
    [
        (shown, ()),
        (require_safe(shown), ("GET", "HEAD")),
        (require_http_methods(["GET", "POST"])(shown), ("GET", "POST")),
        (Kept.as_view(), ("GET", "POST")),
        (around(shown), ()),
        (around(require_safe(shown)), ("GET", "HEAD")),
    ],
)
def test_the_methods_of_a_route_are_those_that_its_view_says(view, methods):
    found = next(all_routes(resolver(path("a/", view, name="a"))))

    assert sorted(found.methods) == sorted(methods)


def test_a_view_that_says_its_methods_is_believed_first():
    view: Any = require_safe(shown)
    view.methods = ("post",)

    assert next(all_routes(resolver(path("a/", view)))).methods == ("POST",)
    assert next(all_routes(resolver(page("a/", view, name="a", audience=OFFICE)))).methods == ("POST",)


def test_routes_are_listed_whole_and_in_order():
    inner = [page("in/", shown, name="inner", audience=OFFICE), re_path(r"^old/(\d+)/$", shown, name="old")]
    found = list(all_routes(resolver(path("a/", include(inner)), path("last/", shown))))

    assert found == [
        Route("/a/in/", "inner", (), OFFICE),
        Route(r"/a/old/(\d+)/", "old", (), None),
        Route("/last/", None, (), None),
    ]

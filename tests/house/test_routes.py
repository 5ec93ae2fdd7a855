"""Every address of the product says for whom it is, addresses of libraries included."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern
from django.views import View
from django.views.decorators.http import require_POST

from leerhuis.charter.audiences import ANYONE, OFFICE
from leerhuis.charter.routes import Route, all_routes, page
from tests.house.source import assert_silent


def without_audience(resolver: URLResolver) -> Iterator[str]:
    """Guard: a route without an audience would be refused at the gate, to everybody."""
    for route in all_routes(resolver):
        if route.audience is None:
            yield f"{route.pattern} ({route.name}) says no audience: write page(…, audience=…), or declare_audience(…)"


def without_name(resolver: URLResolver) -> Iterator[str]:
    """Guard: every route has a name, so that addresses are never glued together; and no name is used for two."""
    seen: dict[str, str] = {}
    for route in all_routes(resolver):
        if route.name is None:
            yield f"{route.pattern} has no name"
        elif seen.setdefault(route.name, route.pattern) != route.pattern:
            yield f"the name {route.name} means both {seen[route.name]} and {route.pattern}"


@pytest.mark.parametrize("urlconf", [settings.ROOT_URLCONF, settings.DEMO_URLCONF])
def test_every_route_says_for_whom_it_is(urlconf):
    assert_silent(without_audience(get_resolver(urlconf)))


@pytest.mark.parametrize("urlconf", [settings.ROOT_URLCONF, settings.DEMO_URLCONF])
def test_every_route_has_a_name_of_its_own(urlconf):
    assert_silent(without_name(get_resolver(urlconf)))


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Answer(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


def sample(*patterns: URLPattern | URLResolver) -> URLResolver:
    """Return a resolver with these routes and no others."""
    return URLResolver(RegexPattern(""), list(patterns))


def test_a_route_without_an_audience_is_caught():
    resolver = sample(
        page("courses/", answer, name="courses", audience=ANYONE),
        path("office/", include([path("people/", answer, name="people")])),
        path("library/", answer, name="account_login"),
    )

    assert list(without_audience(resolver)) == [
        "/office/people/ (people) says no audience: write page(…, audience=…), or declare_audience(…)"
    ]


def test_a_route_without_a_name_of_its_own_is_caught():
    resolver = sample(path("a/", answer), path("b/", answer, name="b"), path("c/", answer, name="b"))

    assert list(without_name(resolver)) == ["/a/ has no name", "the name b means both /b/ and /c/"]


def test_a_route_tells_its_pattern_name_methods_and_audience():
    resolver = sample(
        page("courses/<slug:slug>/", answer, name="course", audience=ANYONE),
        page("language/", require_POST(answer), name="language", audience=ANYONE),
        path("office/", include([page("people/", Answer.as_view(), name="people", audience=OFFICE)])),
    )

    assert list(all_routes(resolver)) == [
        Route("/courses/<slug:slug>/", "course", (), ANYONE),
        Route("/language/", "language", ("POST",), ANYONE),
        Route("/office/people/", "people", ("GET", "POST"), OFFICE),
    ]

"""Routes for programs: JSON over HTTP, by django-ninja, with the audience, the scope and the errors of this house.

A package makes its `NinjaAPI` with `house_api`, says what it answers on a router, and hands both to `call_routes`. The
gate lets a program in by a token of that scope or by the cookie of a sign-in; errors are problems (`ui.problems`).
"""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError

from leerhuis.charter.audiences import Audience
from leerhuis.charter.routes import View, page
from leerhuis.ui.problems import CALLS, MEDIA_TYPE, problem

PREFIX: Final = f"{CALLS.strip('/')}/v1/"
WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})
NOT_ALLOWED: Final = 405


class Misfit(Schema):
    """What does not fit: where it stands in what was sent, and why, as a word for programs."""

    at: str
    code: str


class Problem(Schema):
    """Why something was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[Misfit] = []


def house_api(title: str, description: str) -> NinjaAPI:
    """Return an API whose errors are problems in the language of the caller."""
    api = NinjaAPI(title=title, version="1", description=description, openapi_url=None, docs_url=None)
    api.add_exception_handler(ValidationError, _misfits)
    api.add_exception_handler(HttpError, _http_error)
    for kind in (Http404, Exception):
        api.add_exception_handler(kind, _leave_to_house)
    return api


def call_routes(
    api: NinjaAPI, router: Router, *, audience: Audience, scope: str, switch: Callable[..., View]
) -> list[URLPattern]:
    """Return the routes of a router that was added to an API; a token opens them when it is of this scope.

    `switch` is put around each view: the academy may not use this part of the trade.
    """
    methods: dict[str, list[str]] = defaultdict(list)
    for path_view in router.path_operations.values():
        for operation in path_view.operations:
            methods[str(operation.url_name)] += operation.methods
    found: dict[str, Any] = {str(each.pattern): each for each in api.urls[0]}  # one for each method
    return [
        page(
            f"{PREFIX}{route}",
            _as_call(switch(each.callback), methods[each.name], scope),
            name=each.name,
            audience=audience,
        )
        for route, each in found.items()
        if each.name in methods
    ]


def scope_of(view: Any) -> str:
    """Return of which scope a token must be to open a route; empty where none does."""
    return str(getattr(view, "scope", ""))


def document(api: NinjaAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an API, with the errors that every call may answer."""
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    told["components"]["schemas"] |= {
        each.__name__: each.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        for each in (Misfit, Problem)
    }
    told["components"]["schemas"]["Problem"].pop("$defs", None)
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token from “Where you are signed in”."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
    }
    told["security"] = [{"token": []}, {"cookie": []}]
    refused = {
        "description": "Not done, and why",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in told["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = refused
    return told


def _as_call(view: View, methods: list[str], scope: str) -> View:
    @wraps(view)
    def called(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in WITH_BODY.intersection(methods) and request.content_type != "application/json":
            return problem(request, 415)
        answer = view(request, *args, **kwargs)
        if answer.status_code == NOT_ALLOWED:
            allowed = answer.headers.get("Allow", "")
            answer = problem(request, NOT_ALLOWED)
            answer["Allow"] = allowed
        return answer

    called.csrf_exempt = False  # type: ignore[attr-defined]  # a cookie needs its mark; ninja leaves that to its own keys
    called.methods = methods  # type: ignore[attr-defined]
    called.scope = scope  # type: ignore[attr-defined]
    return called


def _misfits(request: HttpRequest, error: Any) -> HttpResponse:
    found = [{"at": ".".join(map(str, each["loc"][1:])) or "body", "code": str(each["type"])} for each in error.errors]
    return problem(request, 422, errors=found)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, error.status_code)


def _leave_to_house(request: HttpRequest, error: Any) -> HttpResponse:
    """Leave refusals, faults and what is not there to the house, which answers them on pages, too."""
    raise error

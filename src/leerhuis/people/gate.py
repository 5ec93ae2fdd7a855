"""The gate: every request is let through to its route's audience and to nobody else. Default: refused.

Who can see other people's data passes a second factor first. Keeps: L28.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

from leerhuis.audit.actor import Actor
from leerhuis.base.refusals import Refusal
from leerhuis.charter.audiences import Audience
from leerhuis.charter.routes import audience_of
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of
from leerhuis.people.rules import OFFICE_ROLES, STAFF_ROLES, Gone, needs_second_factor
from leerhuis.ui.errors import house_error

METHODS = "account_authentication_methods"


@dataclass(frozen=True)
class Viewer:
    """Who is looking: the signed-in person with the roles they have at this moment."""

    person: Person
    roles: frozenset[str]
    second_factor: bool

    @property
    def person_id(self) -> Any:
        """Return the id of the person."""
        return self.person.id

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.person.name

    @cached_property
    def is_office(self) -> bool:
        """True for those who run the academy: clerk, planner, administrator."""
        return bool(self.roles & OFFICE_ROLES)

    @cached_property
    def is_staff(self) -> bool:
        """True for everyone on the academy's staff."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def is_trainer(self) -> bool:
        """True for a trainer."""
        return "trainer" in self.roles

    @property
    def is_contact(self) -> bool:
        """True for an employer's contact."""
        return "contact" in self.roles

    def may_enter(self, audience: Audience) -> bool:
        """True when this viewer belongs to an audience (its second factor apart)."""
        return audience.open_to_all or not audience.roles or bool(audience.roles & self.roles)


class Gate:
    """Sets `request.viewer` and `request.actor`, and holds every route to its audience."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        request.viewer = viewer_of(request)  # type: ignore[attr-defined]
        request.actor = Actor.visitor()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """Let the request through, send it to sign in or to the second factor, or refuse it."""
        match = request.resolver_match
        audience = audience_of(view, match.url_name if match else None)
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
        if audience is None:
            return house_error(request, 403)
        if viewer:
            request.actor = Actor.person(viewer.person_id, _role_for(viewer, audience))  # type: ignore[attr-defined]
        if audience.open_to_all:
            return None
        if viewer is None:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        if not viewer.may_enter(audience):
            return house_error(request, 403)
        if audience.second_factor and not viewer.second_factor:
            return HttpResponseRedirect(second_factor_page(request))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that no page caught: 410 for a person who is gone, else 409 with its words."""
        if isinstance(exception, Gone):
            return house_error(request, 410)
        if isinstance(exception, Refusal):
            return house_error(request, 409, str(exception))
        return None


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who is signed in, with their roles now; somebody suspended or erased meanwhile is signed out."""
    if getattr(request, "tenant", None) is None:
        return None  # the demo's front page belongs to no academy
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return None
    if not person.is_active:
        logout(request)
        return None
    return Viewer(person, roles_of(person.id), passed_second_factor(request))


def passed_second_factor(request: HttpRequest) -> bool:
    """True when a second factor was passed in this sign-in."""
    methods = request.session.get(METHODS, [])
    return any(isinstance(method, dict) and method.get("method") == "mfa" for method in methods)


def second_factor_page(request: HttpRequest) -> str:
    """Return where to pass the second factor, or to set one up, and come back from."""
    page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
    return f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}"


def sees_others(viewer: Viewer) -> bool:
    """True when this viewer's roles open pages with other people's data."""
    return needs_second_factor(viewer.roles)


def _role_for(viewer: Viewer, audience: Audience) -> str:
    """Return in which role somebody acts on a page: one that the page is for, else that of a learner."""
    shared = sorted(audience.roles & viewer.roles)
    return shared[0] if shared else "learner"

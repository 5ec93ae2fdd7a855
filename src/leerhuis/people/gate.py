"""The gate: every request is let through to its route's audience and to nobody else. Default: refused.

Who can see other people's data passes a second factor first. Keeps: L28.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.internal.stagekit import clear_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.limits import Limited, count
from leerhuis.base.refusals import Refusal
from leerhuis.charter.audiences import Audience
from leerhuis.charter.calls import scope_of
from leerhuis.charter.routes import audience_of
from leerhuis.people import stores
from leerhuis.people.models import Person
from leerhuis.people.queries import sign_in_of
from leerhuis.people.rules import (
    NO_MAIL_CODE,
    OFFICE_ROLES,
    STAFF_ROLES,
    Gone,
    SignInSpent,
    may_use_mail_code,
    needs_second_factor,
    sign_in_is_over,
)
from leerhuis.people.sign_ins import keep_sign_in
from leerhuis.people.tokens import sign_in_by_token, token_in
from leerhuis.ui.errors import house_error
from leerhuis.ui.problems import is_call, problem

METHODS = "account_authentication_methods"
SIGN_IN = stores.SIGN_IN  # in the sign-in store: the id of the row without which nobody is in
ROLES = "roles"  # and the roles that the current id of the store was given for
MAIL_CODE = "mail_code"
SIGN_OUT: Final = "account_logout"
KEPT_BY_BROWSER: Final = '"cache", "storage"'  # what a browser lets go of when somebody signs out
FRESH = frozenset({"password", "mfa"})
PASS_IT: Final = gettext_noop("Pass the second step on the site of the academy first, and make a new token there.")
MAILS_IN_A_ROW = 5  # to one address, before it has to wait

# Where somebody may go who gave a password and still has to pass the second step.
STEP_TWO = frozenset(
    {
        "people_second_step",
        "people_mail_code",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
    }
)
# And of these, where a second step is set up: not for who has one already and did not pass it here.
OWN_STEP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
SETTING_UP = OWN_STEP | {"people_second_step", "people_mail_code"}


@dataclass(frozen=True)
class Viewer:
    """Who is looking: the signed-in person with the roles they have at this moment."""

    person: Person
    roles: frozenset[str]
    second_factor: bool
    has_second_step: bool = False

    @property
    def person_id(self) -> Any:
        """Return the id of the person."""
        return self.person.id

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.person.name

    @property
    def device_key(self) -> str:
        """Return by what a browser tells whose things it keeps: not the id, and nothing to be worked back to it."""
        return salted_hmac("people.device_key", str(self.person.id), algorithm="sha256").hexdigest()[:32]

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
        token = token_in(request) if is_call(request) else None
        request.by_token = token is not None  # type: ignore[attr-defined]
        viewer = viewer_of(request) if token is None else viewer_of_token(request, token)
        request.unfinished = viewer if viewer and not is_finished(viewer) else None  # type: ignore[attr-defined]
        request.viewer = None if request.unfinished else viewer  # type: ignore[attr-defined]
        request.actor = Actor.visitor()  # type: ignore[attr-defined]
        before = passed_second_factor(request)
        response = self.get_response(request)
        if viewer and request.method == "POST" and _route_of(request) == SIGN_OUT:
            response["Clear-Site-Data"] = KEPT_BY_BROWSER
        if viewer and passed_second_factor(request) and not before:
            request.session.cycle_key()
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, send it to sign in or to the second factor, or refuse it."""
        name = _route_of(request)
        audience = audience_of(view, name)
        if audience is None:
            return house_error(request, 403)
        try:
            count_at_door(request, name, named)
        except Limited as limited:
            return too_often(request, limited)
        scope = getattr(request, "token_scope", "")
        if request.by_token and not audience.open_to_all and scope != scope_of(view):  # type: ignore[attr-defined]
            return problem(request, 401)
        return _stopped(request, name, audience)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that no page caught: 410 for a person who is gone, else its status and words."""
        if not isinstance(exception, Refusal):
            return None
        if isinstance(exception, Limited):
            return too_often(request, exception)
        if isinstance(exception, SignInSpent):
            clear_login(request)
            messages.error(request, str(exception))
            return HttpResponseRedirect(reverse("account_login"))
        gone = isinstance(exception, Gone)
        answer = house_error(request, 410) if gone else house_error(request, exception.status, str(exception))
        answer.refused = True  # type: ignore[attr-defined]  # then academies.middleware takes back what was half done
        return answer


def _route_of(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else None) or ""


def _stopped(request: HttpRequest, name: str, audience: Audience) -> HttpResponseBase | None:
    """Return where to go instead, or nothing for somebody who may enter; say in which role they act."""
    unfinished: Viewer | None = request.unfinished  # type: ignore[attr-defined]
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if unfinished and name in STEP_TWO - _closed_before_the_step(request, unfinished):
        request.actor = Actor.person(unfinished.person_id)  # type: ignore[attr-defined]
        return None
    if viewer:
        request.actor = Actor.person(viewer.person_id, _role_for(viewer, audience))  # type: ignore[attr-defined]
    if audience.open_to_all:
        return None
    if is_call(request) and viewer is None:
        return problem(request, 403, _(PASS_IT), code="second_step") if unfinished else problem(request, 401)
    if unfinished:
        return HttpResponseRedirect(second_factor_page(request))
    if viewer is None:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    return None if viewer.may_enter(audience) else house_error(request, 403)


def _closed_before_the_step(request: HttpRequest, viewer: Viewer) -> frozenset[str]:
    """Return where somebody who did not pass the second step may not set one up.

    Whoever has one passes it first; and so does who gets a code by mail: a password alone would else be enough to set
    up an app of one's own.
    """
    if viewer.has_second_step:
        return SETTING_UP
    allowed = request.tenant.settings.accounts.mail_code  # type: ignore[attr-defined]
    return OWN_STEP if may_use_mail_code(viewer.roles, allowed=allowed) else frozenset()


def too_often(request: HttpRequest, limited: Limited) -> HttpResponse:
    """Answer somebody who tried too often: 429, when to try again, and how the real owner gets in meanwhile."""
    answer = house_error(request, 429, ceil(limited.seconds / 60))
    answer["Retry-After"] = str(limited.seconds)
    answer.refused = True  # type: ignore[attr-defined]
    return answer


def count_at_door(request: HttpRequest, name: str, named: dict[str, Any]) -> None:
    """Count what is tried at the doors of allauth that are not counted where the secret is looked at."""
    sent = request.method == "POST"
    if request.by_token and request.viewer is None and request.unfinished is None:  # type: ignore[attr-defined]
        count(request, "token")
    if sent and name in {"account_reset_password", "account_signup", "account_email"}:
        count(request, name, account=request.POST.get("email", ""), most=MAILS_IN_A_ROW)
    elif sent and name == "account_change_password":
        count(request, name, account=str(request.user.pk))
    elif name == "account_confirm_email" or (
        name == "account_reset_password_from_key" and named.get("key") != "set-password"
    ):
        count(request, name)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who is signed in, with their roles now; whose sign-in was ended or ran out meanwhile is signed out.

    New roles mean a new id of the sign-in store, so that an id from before opens nothing more.
    """
    if getattr(request, "tenant", None) is None:
        return None  # the demo's front page belongs to no academy
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return None
    sign_in = sign_in_of(person.id, request.session.get(SIGN_IN))
    roles = frozenset(sign_in.role_names) if sign_in else frozenset()  # type: ignore[attr-defined]  # annotated
    if sign_in is None or not person.is_active or sign_in_is_over(roles, sign_in.created_at, clock.now()):
        logout(request)
        return None
    if request.session.get(ROLES) != sorted(roles):
        request.session[ROLES] = sorted(roles)
        request.session.cycle_key()
    if needs_second_factor(roles) and not request.session.get_expire_at_browser_close():
        request.session.set_expiry(0)  # "keep me signed in" is for learners
    keep_sign_in(sign_in)
    strong = not roles & NO_MAIL_CODE
    passed = passed_second_factor(request, mail_code_counts=strong)
    return Viewer(person, roles, passed, sign_in.has_second_step)  # type: ignore[attr-defined]  # annotated


def viewer_of_token(request: HttpRequest, token: str) -> Viewer | None:
    """Return whose app a call comes from, when its token is open; a call with one comes from no page of another site.

    What the second step asks for is asked of the token, too: it was made after the step, or it is not finished.
    """
    sign_in = sign_in_by_token(token) if getattr(request, "tenant", None) is not None else None
    if sign_in is None or not sign_in.person.is_active:
        return None
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own mark
    request.token_scope = sign_in.scope  # type: ignore[attr-defined]
    keep_sign_in(sign_in)
    roles = frozenset(sign_in.role_names)  # type: ignore[attr-defined]  # annotated
    return Viewer(sign_in.person, roles, sign_in.second_factor, sign_in.has_second_step)  # type: ignore[attr-defined]


def passed_second_factor(request: HttpRequest, *, mail_code_counts: bool = True) -> bool:
    """True when a second factor was passed in this sign-in; a code by mail does not count for everyone."""
    passed = [m for m in request.session.get(METHODS, []) if isinstance(m, dict) and m.get("method") == "mfa"]
    return any(mail_code_counts or method.get("type") != MAIL_CODE for method in passed)


def is_finished(viewer: Viewer) -> bool:
    """True when somebody passed every step that their roles ask for.

    Whoever set up a second step passes it on every device, also where they had signed in before.
    """
    return viewer.second_factor or not (viewer.has_second_step or needs_second_factor(viewer.roles))


def signed_in_lately(request: HttpRequest) -> bool:
    """True when a password or second step was given within ACCOUNT_REAUTHENTICATION_TIMEOUT (seconds)."""
    given = [m for m in request.session.get(METHODS, []) if isinstance(m, dict) and m.get("method") in FRESH]
    latest = max((method.get("at", 0) for method in given), default=0)
    return clock.now().timestamp() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def sign_in_again(back_to: str) -> str:
    """Return where somebody who signed in too long ago proves again who they are, and comes back from."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"


def second_factor_page(request: HttpRequest) -> str:
    """Return where to pass the second factor, or to set one up, and come back from."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    page = "people_second_step"
    if Authenticator.Type.TOTP in kinds:
        page = "mfa_reauthenticate"
    elif Authenticator.Type.WEBAUTHN in kinds:
        page = "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}"


def _role_for(viewer: Viewer, audience: Audience) -> str:
    """Return in which role somebody acts on a page: one that the page is for, else that of a learner."""
    shared = sorted(audience.roles & viewer.roles)
    return shared[0] if shared else "learner"

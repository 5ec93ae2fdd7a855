"""The demo's front page on the bare host: the academies with their sign-ins, and the mails that were caught."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leerhuis.academies.models import Academy
from leerhuis.academies.queries import all_academies
from leerhuis.config.catcher import caught_mail, caught_mails
from leerhuis.config.demo.signins import PASSWORD, SignIn, sign_ins_of

PERIOD_SECONDS = 30
ROLE_NAMES = {
    "learner": _("learner"),
    "contact": _("employer's contact"),
    "trainer": _("trainer"),
    "clerk": _("clerk"),
    "planner": _("planner"),
    "bookkeeper": _("bookkeeper"),
    "marketer": _("marketer"),
    "privacy_officer": _("privacy officer"),
    "academy_admin": _("academy administrator"),
}


@dataclass(frozen=True)
class Door:
    """One way into the demo: a role, who plays it, and the code of this moment where there is a second step."""

    role: Any
    sign_in: SignIn
    code: str


@dataclass(frozen=True)
class House:
    """One academy of the demo, with its address and its doors."""

    academy: Academy
    url: str
    doors: list[Door]


def code_now(secret: str) -> str:
    """Return the code of the second step at this moment (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS)))


def houses() -> list[House]:
    """Return the academies with their sign-ins and the codes of this moment."""
    found = []
    for academy in all_academies():
        doors = [
            Door(ROLE_NAMES[each.role], each, code_now(each.secret) if each.second_step else "")
            for each in sign_ins_of(academy.schema_name)
        ]
        found.append(House(academy, f"http://{academy.main_host}:{settings.PORT}/", doors))
    return found


@never_cache
@require_safe
def front(request: Any) -> HttpResponse:
    """Show the academies and how to sign in; htmx asks for the doors again when the codes change."""
    template = "demo/_houses.html" if request.htmx else "demo/front.html"
    return render(request, template, {"houses": houses(), "password": PASSWORD})


@never_cache
@require_safe
def mails(request: Any) -> HttpResponse:
    """List the mails that the demo caught, newest first; none has left this machine."""
    to = request.GET.get("to", "").strip()
    return render(request, "demo/mails.html", {"mails": caught_mails(settings.HOME, 200, to or None), "to": to})


@never_cache
@require_safe
def mail(request: Any, name: str) -> HttpResponse:
    """Show one caught mail as plain text, with its links."""
    found = caught_mail(settings.HOME, name)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})

"""A learner's four tabs: today, learning, agenda, me."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leerhuis.people.gate import Viewer
from leerhuis.portal.queries import agenda_of, today_of
from leerhuis.practice.queries import open_banks

# A browser that can asks for the page of a tab as soon as a finger or pointer is on it, and keeps it for that tap.
# Only pages that a look at does not change, and whose reading is written down nowhere: one's own.
FORESIGHT = {"prefetch": [{"where": {"selector_matches": ".tabs a"}, "eagerness": "moderate"}]}


def foreseeing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page tell the browser which pages may be asked for before they are opened (WICG, Speculation Rules)."""

    @wraps(view)
    def telling(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Speculation-Rules"] = f'"{reverse("portal_foresight")}"'
        return answer

    return telling


@require_safe
@cache_control(public=True, max_age=86400)
def foresight(request: Any) -> HttpResponse:
    """Return which pages a browser may ask for before they are opened."""
    return JsonResponse(FORESIGHT, content_type="application/speculationrules+json")


@require_safe
def home(request: Any) -> HttpResponse:
    """Lead everyone to the page where they start their day."""
    viewer: Viewer = request.viewer
    if viewer.is_office:
        return redirect("portal_office_today")
    if "privacy_officer" in viewer.roles:
        return redirect("privacy_office")
    if viewer.is_trainer:
        return redirect("results_trainer_home")
    if viewer.is_contact:
        return redirect("enrolment_employer_home")
    return redirect("portal_office_today" if viewer.is_staff else "portal_today")


@foreseeing
@require_safe
def today(request: Any) -> HttpResponse:
    """Show one card with what to practise, the next lesson, and what grew."""
    return render(request, "portal/today.html", {"today": today_of(request.viewer.person)})


@foreseeing
@require_safe
def learn(request: Any) -> HttpResponse:
    """Show a learner's courses, running and past, and what can be practised."""
    person = request.viewer.person
    context = {"agenda": agenda_of(person), "banks": open_banks(person)}
    return render(request, "portal/learn.html", context)


@foreseeing
@require_safe
def agenda(request: Any) -> HttpResponse:
    """Show coming lessons in order, and past ones below."""
    return render(request, "portal/agenda.html", {"agenda": agenda_of(request.viewer.person)})


@foreseeing
@require_safe
def me(request: Any) -> HttpResponse:
    """Show where a person finds their details, certificates, data and sign-in."""
    return render(request, "portal/me.html", {"with_practice": request.tenant.settings.features.practice})

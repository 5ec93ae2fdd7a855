"""A learner's four tabs: today, learning, agenda, me."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leerhuis.people.gate import Viewer
from leerhuis.portal.queries import agenda_of, today_of
from leerhuis.practice.queries import open_banks


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
    return redirect("portal_today")


@require_safe
def today(request: Any) -> HttpResponse:
    """Show one card with what to practise, the next lesson, and what grew."""
    return render(request, "portal/today.html", {"today": today_of(request.viewer.person)})


@require_safe
def learn(request: Any) -> HttpResponse:
    """Show a learner's courses, running and past, and what can be practised."""
    person = request.viewer.person
    context = {"agenda": agenda_of(person), "banks": open_banks(person)}
    return render(request, "portal/learn.html", context)


@require_safe
def agenda(request: Any) -> HttpResponse:
    """Show coming lessons in order, and past ones below."""
    return render(request, "portal/agenda.html", {"agenda": agenda_of(request.viewer.person)})


@require_safe
def me(request: Any) -> HttpResponse:
    """Show where a person finds their details, certificates, data and sign-in."""
    return render(request, "portal/me.html", {})

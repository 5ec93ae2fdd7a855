"""What stands still: people of whose data the use is restricted, and holds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people.queries import restricted_people
from leerhuis.privacy import actions
from leerhuis.privacy.forms import HoldForm, RestrictForm
from leerhuis.privacy.holds import live_holds
from leerhuis.privacy.queries import hold_lines, holds_that_ended, people_to_restrict, restriction_lines


@require_safe
def restricted_page(request: Any) -> HttpResponse:
    """Show whose data are only kept."""
    lines = restriction_lines()
    subjects = [person.id for person, _restriction in lines]
    look(by=request.actor, subjects=subjects, purpose="privacy.restricted", screen="privacy_restricted")
    officer = "privacy_officer" in request.viewer.roles
    return render(request, "privacy/restricted.html", {"lines": lines, "officer": officer})


@require_http_methods(["GET", "HEAD", "POST"])
def restrict_page(request: Any) -> HttpResponse:
    """Restrict the use of somebody's data."""
    form = RestrictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        person = people_to_restrict(request.viewer).filter(email__iexact=asked["email"]).first()
        if person is None:
            form.add_error("email", _("Nobody here has this e-mail address."))
        else:
            try:
                with attempt():
                    actions.restrict_person(person, ground=asked["ground"], reason=asked["reason"], by=request.actor)
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("%(name)s’s data are only kept from now on.") % {"name": person.name})
                return redirect("privacy_restricted")
    return render(request, "privacy/restrict.html", {"form": form})


@require_POST
def release(request: Any, person_id: UUID) -> HttpResponse:
    """Let somebody's data be used again."""
    person = get_object_or_404(restricted_people(), pk=person_id)
    with attempt():
        actions.release_person(person, by=request.actor)
    messages.success(request, _("%(name)s’s data can be used again.") % {"name": person.name})
    return redirect("privacy_restricted")


@require_safe
def holds_page(request: Any) -> HttpResponse:
    """Show what is held, why and until when, and what was held before."""
    lines = hold_lines()
    subjects = [line.person.id for line in lines if line.person]
    look(by=request.actor, subjects=subjects, purpose="privacy.held", screen="privacy_holds")
    return render(request, "privacy/holds.html", {"lines": lines, "ended": holds_that_ended()[:20]})


@require_http_methods(["GET", "HEAD", "POST"])
def hold_page(request: Any) -> HttpResponse:
    """Hold a purpose, a row, or everything about a person."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.hold(**form.target(request.viewer), by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("This is held now. It lapses by itself after its last day."))
            return redirect("privacy_holds")
    return render(request, "privacy/hold.html", {"form": form})


@require_POST
def let_go(request: Any, hold_id: UUID) -> HttpResponse:
    """End a hold before its day."""
    placed = get_object_or_404(live_holds(), pk=hold_id)
    with attempt():
        actions.let_go(placed, by=request.actor)
    messages.success(request, _("This is held no longer. What is past its term goes tonight."))
    return redirect("privacy_holds")

"""What was agreed with an employer, for the office: see it, record it, end it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.consent import actions
from leerhuis.consent.forms import AgreementForm
from leerhuis.consent.queries import agreement_in_force, agreements_for, agreements_of
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import organisations_for


@require_safe
def agreement(request: Any, organisation_id: UUID) -> HttpResponse:
    """Show what an employer may see now, and what held before."""
    organisation = _organisation(request, organisation_id)
    history = list(agreements_of(request.viewer, organisation))
    now = next((each for each in history if each.in_force), None)
    past = [each for each in history if not each.in_force]
    return render(request, "consent/agreement.html", {"organisation": organisation, "now": now, "past": past})


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Any, organisation_id: UUID) -> HttpResponse:
    """Record what an employer may see of enrolments from now on."""
    organisation = _organisation(request, organisation_id)
    now = agreement_in_force(organisation)
    fields = ("attendance", "progress", "result", "result_ground", "reference")
    form = AgreementForm(request.POST or None, initial={name: getattr(now, name) for name in fields} if now else {})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.record_agreement(organisation, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The agreement was recorded. It holds for enrolments from now on."))
            return redirect("consent_agreement", organisation.id)
    return render(request, "consent/record_agreement.html", {"organisation": organisation, "form": form, "now": now})


@require_POST
def end(request: Any, agreement_id: UUID) -> HttpResponse:
    """End an agreement."""
    ending = get_object_or_404(agreements_for(request.viewer), pk=agreement_id)
    try:
        with attempt():
            actions.end_agreement(ending, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The agreement has ended. Of new enrolments this employer sees nothing."))
    return redirect("consent_agreement", ending.organisation_id)


def _organisation(request: Any, organisation_id: UUID) -> Organisation:
    return get_object_or_404(organisations_for(request.viewer), pk=organisation_id)

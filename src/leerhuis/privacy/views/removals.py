"""Organisations that leave: notice after seeing what goes and what stays, calling it off, what became of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.organisations.queries import contacts_of, organisations_for_stewards, search_to_remove
from leerhuis.privacy import actions
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.departures import first_day_of_removal, removals
from leerhuis.privacy.forms import RemovalForm
from leerhuis.privacy.models import Removal
from leerhuis.privacy.parting import foresee_removal
from leerhuis.privacy.phrases import Language

LONGEST_SEARCH = 100


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_safe
def removals_page(request: Any) -> HttpResponse:
    """Show which organisations are under notice, what stands in the way, and what went with those that are gone."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = search_to_remove(request.viewer, words) if words else ()
    context = {"removals": removals(_language()), "words": words, "found": found}
    return render(request, "privacy/removals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_page(request: Any, organisation_id: UUID) -> HttpResponse:
    """Show what would go of an organisation and what stays, and give it notice."""
    organisation = get_object_or_404(organisations_for_stewards(request.viewer), pk=organisation_id)
    first = first_day_of_removal()
    form = RemovalForm(request.POST or None, initial={"day": first}, first=first)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.ask_removal(organisation, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Notice was given. Until the day it can be called off here."))
            return redirect("privacy_removals")
    context = {
        "organisation": organisation,
        "foreseen": foresee_removal(organisation.id, terms_here(), _language()),
        "contacts": contacts_of(organisation).count(),
        "days": request.tenant.settings.organisations.notice_days,
        "form": form,
    }
    return render(request, "privacy/remove.html", context)


@require_POST
def call_off(request: Any, removal_id: UUID) -> HttpResponse:
    """Let an organisation stay that was under notice."""
    removal = get_object_or_404(Removal, pk=removal_id)
    try:
        with attempt():
            actions.call_off_removal(removal, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Called off. The organisation stays, and its contacts hear so."))
    return redirect("privacy_removals")

"""Venues, as the office lists and changes them."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import actions
from leerhuis.catalogue.forms import VenueForm
from leerhuis.catalogue.models import Venue
from leerhuis.catalogue.queries import venues_for
from leerhuis.catalogue.tables import VENUES
from leerhuis.catalogue.views.courses import crumbs
from leerhuis.lists.page import answer


@require_http_methods(["GET", "HEAD", "POST"])
def venue_list(request: Any) -> HttpResponse:
    """List and search venues; keep views of the list; download the same list."""
    return answer(request, VENUES, "catalogue/office_venues.html", {"crumbs": crumbs(_("Venues"))})


@require_http_methods(["GET", "HEAD", "POST"])
def add_venue(request: Any) -> HttpResponse:
    """Write down a new venue."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_venue(request: Any, venue_id: UUID) -> HttpResponse:
    """Correct the details of a venue."""
    return _write(request, get_object_or_404(venues_for(request.viewer), pk=venue_id))


def _write(request: Any, venue: Venue | None) -> HttpResponse:
    form = VenueForm(request.POST or None, instance=copy(venue))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                if venue is None:
                    actions.add_venue(by=request.actor, **form.cleaned_data)
                else:
                    actions.change_venue(venue, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The venue was saved."))
            return redirect("catalogue_office_venues")
        if venue is not None:
            venue.refresh_from_db()
    here = [*crumbs(), (_("Venues"), reverse("catalogue_office_venues"))]
    return render(request, "catalogue/office_venue.html", {"form": form, "venue": venue, "crumbs": here})

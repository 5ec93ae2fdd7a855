"""By what practice is scheduled, with the figures that say why, and going back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.practice.actions import fits as actions
from leerhuis.practice.fits import fits_shown
from leerhuis.practice.fitting import FEWEST_ANSWERS, FEWEST_PEOPLE
from leerhuis.practice.models import Fit
from leerhuis.practice.views.parts import crumbs, with_practice


@with_practice
@require_safe
def scheduling_page(request: Any) -> HttpResponse:
    """Show what is in use, how well it predicts beside other models, and the fits that were made."""
    shown = fits_shown()
    context = {
        "fits": shown,
        "in_use": next((each for each in shown if each.fit.is_in_use), None),
        "fewest_answers": FEWEST_ANSWERS,
        "fewest_people": FEWEST_PEOPLE,
        "crumbs": crumbs(None, _("How repeats are planned")),
    }
    return render(request, "practice/author_scheduling.html", context)


@with_practice
@require_POST
def use_fit(request: Any, fit_id: UUID) -> HttpResponse:
    """Plan repeats by a fit; twice is once."""
    fitted = get_object_or_404(Fit, pk=fit_id)
    try:
        with attempt():
            actions.use_fit(fitted, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("practice_scheduling")
    return _used(request)


@with_practice
@require_POST
def use_default(request: Any) -> HttpResponse:
    """Plan repeats by FSRS as delivered again."""
    with attempt():
        actions.use_default(by=request.actor)
    return _used(request)


def _used(request: Any) -> HttpResponse:
    messages.success(request, _("This is in use now. What learners remember is computed anew; that takes a moment."))
    return redirect("practice_scheduling")

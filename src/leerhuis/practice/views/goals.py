"""What somebody wants with a bank. Nobody else sees it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people.actions import lock_alive
from leerhuis.practice import queries
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.goal_forms import GoalForm, shown
from leerhuis.practice.views.parts import with_practice


@with_practice
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def goal_page(request: Any, bank_id: UUID) -> HttpResponse:
    """Ask for the day of the exam, how much to keep knowing, and the minutes of a round."""
    access = queries.access_to(request.viewer.person, bank_id)
    ahead = access.plan.exam_ahead(clock.today()) is not None
    form = GoalForm(request.POST or None, initial=shown(access.plan, ahead=ahead))
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "retention": form.cleaned_data["retention"] / 100}
        lock_alive(request.viewer.person_id)
        try:
            with attempt():
                set_goal(access, by=request.actor, **said)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your goal was saved. Your next round goes by it."))
            return redirect("practice_standing", bank_id)
    return render(request, "practice/goal.html", {"form": form, "bank": access.bank, "access": access})

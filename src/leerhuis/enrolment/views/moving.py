"""Moving an enrolment to another run, as the office does it: choose, look, send, and the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerhuis.audit.actions import look
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.queries import runs_for
from leerhuis.catalogue.rules import LIVE
from leerhuis.enrolment import actions
from leerhuis.enrolment.forms import MoveForm
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import details_of, enrolments_for, with_seats_left
from leerhuis.enrolment.tables import PURPOSE
from leerhuis.enrolment.views.office import note_letters
from leerhuis.mail.rehearsal import rehearse
from leerhuis.ui.undoing import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Move an enrolment to another run: choose it, look at the mails that will go, send."""
    enrolment = get_object_or_404(enrolments_for(request.viewer), pk=enrolment_id)
    look(by=request.actor, subjects=[enrolment.learner_id], purpose=PURPOSE, screen="enrolment_office_move")
    form = MoveForm(request.POST or None, enrolment=enrolment, runs=_runs(request))
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        try:
            if request.POST.get("step") != "send":
                return _preview(request, enrolment, form)
            with attempt():
                actions.move_enrolment(enrolment, **_said(request, form))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            back = {"run": str(enrolment.run_id), "other_course": "on", "step": "send"}
            if enrolment.state == Enrolment.State.WAITING:
                back["may_wait"] = "on"
            words = _("%(name)s was moved. The mails are on their way.") % {"name": enrolment.learner.name}
            offer_undo(request, words, reverse("enrolment_office_move", args=[enrolment.id]), back)
            return redirect("enrolment_office_page", enrolment.id)
    return render(request, "enrolment/office_move.html", {"form": form, "enrolment": enrolment})


def _runs(request: Any) -> Any:
    """Return the runs to which somebody can be moved, with the numbers of their seats."""
    runs = runs_for(request.viewer).filter(state__in=LIVE, last_day__gte=clock.today())
    return with_seats_left(runs).order_by("first_day", "code")


def _said(request: Any, form: MoveForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "to": said["run"],
        "may_wait": said["may_wait"],
        "other_course": said["other_course"],
        "by": request.actor,
    }


def _preview(request: Any, enrolment: Enrolment, form: MoveForm) -> HttpResponse:
    """Show where somebody goes, whether there is a seat, what it costs, what is deleted, and the mails."""
    moved: list[Enrolment] = []
    left: list[str] = []
    filled_in = [what for what, _value in details_of(enrolment)]

    def act() -> None:
        moved.append(actions.move_enrolment(enrolment, **_said(request, form)))
        left.extend(what for what, _value in details_of(enrolment))

    letters = rehearse(act)
    note_letters(request, letters, "enrolment_office_move")
    run = form.cleaned_data["run"]
    shown = {
        "form": form,
        "enrolment": enrolment,
        "run": run,
        "moved": moved[0],
        "more": max(run.price - enrolment.price, 0),
        "less": max(enrolment.price - run.price, 0),
        "deleted": [what for what in filled_in if what not in left],
        "letters": letters,
    }
    return render(request, "enrolment/office_move_preview.html", shown)

"""Objections to sharing with an employer that come by telephone, by letter or at the desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.enrolment import actions
from leerhuis.enrolment.forms import ObjectionForm
from leerhuis.enrolment.queries import shared_enrolments
from leerhuis.people.actions import lock_alive
from leerhuis.people.models import Person
from leerhuis.people.queries import people_for
from leerhuis.privacy.models import Request
from leerhuis.privacy.queries import objection_at_desk

PURPOSE = "privacy.requests"


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: Any, person_id: UUID) -> HttpResponse:
    """Stop what employers see of somebody who says so by telephone or letter: at once, on their behalf. Keeps: K6."""
    desk = objection_at_desk(request.viewer, person_id, request.GET.get("request", ""))
    people = Person.objects.all() if desk is not None else people_for(request.viewer)
    person = get_object_or_404(people, pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="enrolment_office_objection")
    shared = shared_enrolments(person.id)
    form = ObjectionForm(request.POST or None, shared=shared, on_request=desk is not None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = _object(request, person, desk, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("From now on the employer sees nothing more than the enrolment itself."))
            return _back(request, person, taken)
    shown = {"person": person, "form": form, "shared": shared, "desk": desk}
    return render(request, "enrolment/office_objection.html", shown)


def _object(request: Any, person: Person, desk: Request | None, said: dict[str, Any]) -> Request:
    lock_alive(person.id)
    chosen = list(said.pop("enrolments"))
    with attempt():
        if desk is None:
            return actions.take_objection(person, chosen, **said, by=request.actor)
        actions.object_on_request(desk, chosen, by=request.actor)
        return desk


def _back(request: Any, person: Person, taken: Request) -> HttpResponse:
    if "privacy_officer" in request.viewer.roles:
        return redirect("privacy_request", taken.id)
    return redirect("portal_office_person_part", person.id, "sharing")

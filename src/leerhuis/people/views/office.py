"""People, as the office sees and changes them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer
from leerhuis.people import actions, sign_ins
from leerhuis.people.forms import AddPersonForm, PersonForm, ResetSecondStepForm, RolesForm
from leerhuis.people.models import Person
from leerhuis.people.queries import people_for, roles_of
from leerhuis.people.tables import PEOPLE, PURPOSE


@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: Any) -> HttpResponse:
    """List, search and filter people; keep views of the list; download the same list."""
    return answer(request, PEOPLE, "people/office_list.html")


@require_POST
def people_bulk(request: Any) -> HttpResponse:
    """Do one thing with many people, after showing it, and take it back."""
    return answer_bulk(request, PEOPLE, "people_office_list")


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: Any) -> HttpResponse:
    """Enter somebody new; a known address leads to the person who has it."""
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with attempt():
                person, added = actions.find_or_add_person(
                    data["email"],
                    data["first_name"],
                    data["last_name"],
                    source=Person.Source.STAFF,
                    language=data["language"],
                    by=request.actor,
                )
                if added and data["invite"]:
                    actions.invite(person, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return render(request, "people/office_add.html", {"form": form})
        if added:
            messages.success(request, _("The person was added."))
        else:
            messages.info(request, _("This e-mail address was known already. This is the person; nothing was changed."))
        return redirect("portal_office_person", person.id)
    return render(request, "people/office_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: Any, person_id: UUID) -> HttpResponse:
    """Correct somebody's name, address or language."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="people_office_edit")
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_person(actions.lock_alive(person_id), **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The details were saved."))
            return redirect(_back(request, person))
    return render(request, "people/office_edit.html", {"form": form, "person": person, "back": _back(request, person)})


def _back(request: Any, person: Person) -> str:
    """Return where a correction leads back to: the person's page; for who works on privacy alone, the requests."""
    if request.viewer.is_office:
        return reverse("portal_office_person", args=[person.id])
    return reverse("privacy_requests_list")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_roles(request: Any, person_id: UUID) -> HttpResponse:
    """Give and end somebody's staff roles."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="people_office_roles")
    form = RolesForm(request.POST or None, initial={"roles": sorted(roles_of(person.id))})
    if request.method == "POST" and form.is_valid():
        with attempt():
            actions.set_roles(actions.lock_alive(person_id), form.cleaned_data["roles"], by=request.actor)
        messages.success(request, _("The roles were saved. They count from the next page this person opens."))
        return redirect("portal_office_person", person_id)
    return render(request, "people/office_roles.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_step(request: Any, person_id: UUID) -> HttpResponse:
    """Take away the second step of somebody who lost their telephone, with a reason that they read."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="people_office_second_step")
    form = ResetSecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alive = actions.lock_alive(person_id)
        try:
            with attempt():
                sign_ins.reset_second_step(alive, reason=form.cleaned_data["reason"], by=request.actor)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The second step was taken away. This person has been told by mail."))
            return redirect("portal_office_person", person_id)
    return render(request, "people/office_second_step.html", {"form": form, "person": person})


@require_POST
def invite_person(request: Any, person_id: UUID) -> HttpResponse:
    """Send somebody the link with which they open their account."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    with attempt():
        actions.invite(actions.lock_alive(person.id), by=request.actor)
    messages.success(request, _("The invitation is on its way."))
    return redirect("portal_office_person", person.id)


@require_POST
def suspend_person(request: Any, person_id: UUID) -> HttpResponse:
    """Stop somebody from signing in, or let them in again, as the button said, whatever a colleague did meanwhile."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    wanted = request.POST.get("wanted")
    alive = actions.lock_alive(person.id)
    stopped = alive.state == Person.State.SUSPENDED
    with attempt():
        if wanted == "stopped" and not stopped:
            actions.suspend(alive, by=request.actor)
        elif wanted == "let in" and stopped:
            actions.lift_suspension(alive, by=request.actor)
    if alive.state == Person.State.SUSPENDED:
        messages.success(request, _("This person cannot sign in now. It counts from the next page they open."))
    else:
        messages.success(request, _("This person can sign in again."))
    return redirect("portal_office_person", person.id)

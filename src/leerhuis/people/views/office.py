"""People, as the office sees and changes them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people import actions
from leerhuis.people.forms import AddPersonForm, PeopleFilter, PersonForm, RolesForm
from leerhuis.people.models import Person
from leerhuis.people.queries import people_for, roles_of, with_role_names
from leerhuis.ui.sheets import sheet

PER_PAGE = 50
PURPOSE = "people.account"


@require_safe
def people_list(request: Any) -> HttpResponse:
    """List, search and filter people; download the same list."""
    found = PeopleFilter(request.GET, queryset=with_role_names(people_for(request.viewer)))
    if request.GET.get("export"):
        rows = list(found.qs)
        look(by=request.actor, subjects=[p.id for p in rows], purpose=PURPOSE, screen="people_office_export")
        heads = (_("Last name"), _("First name"), _("E-mail address"), _("State"))
        cells = ((p.last_name, p.first_name, p.email, p.get_state_display()) for p in rows)
        return sheet(_("people"), heads, cells, request.GET["export"])
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    look(by=request.actor, subjects=[p.id for p in page], purpose=PURPOSE, screen="people_office_list")
    return render(request, "people/office_list.html", {"filter": found, "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: Any) -> HttpResponse:
    """Enter somebody new; a known address leads to the person who has it."""
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
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
            return redirect("portal_office_person", person_id)
    return render(request, "people/office_edit.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_roles(request: Any, person_id: UUID) -> HttpResponse:
    """Give and end somebody's staff roles."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    form = RolesForm(request.POST or None, initial={"roles": sorted(roles_of(person.id))})
    if request.method == "POST" and form.is_valid():
        with attempt():
            actions.set_roles(actions.lock_alive(person_id), form.cleaned_data["roles"], by=request.actor)
        messages.success(request, _("The roles were saved. They count from the next page this person opens."))
        return redirect("portal_office_person", person_id)
    return render(request, "people/office_roles.html", {"form": form, "person": person})


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
    """Stop somebody from signing in, or let them in again."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    alive = actions.lock_alive(person.id)
    with attempt():
        if alive.state == Person.State.SUSPENDED:
            actions.lift_suspension(alive, by=request.actor)
        else:
            actions.suspend(alive, by=request.actor)
    messages.success(request, _("Saved. It counts from the next page this person opens."))
    return redirect("portal_office_person", person.id)

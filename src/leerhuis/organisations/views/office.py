"""Organisations, as the office lists, adds and changes them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.page import answer
from leerhuis.organisations import actions
from leerhuis.organisations.forms import ContactForm, OrganisationForm
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.queries import members_of, organisations_for
from leerhuis.organisations.tables import ORGANISATIONS
from leerhuis.people import actions as people
from leerhuis.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_list(request: Any) -> HttpResponse:
    """List and search organisations; keep views of the list; download the same list."""
    return answer(request, ORGANISATIONS, "organisations/office_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
def add_organisation(request: Any) -> HttpResponse:
    """Enter a new organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                organisation = actions.add_organisation(by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The organisation was added."))
            return redirect("portal_office_organisation", organisation.id)
    return render(request, "organisations/office_edit.html", {"form": form, "organisation": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_organisation(request: Any, organisation_id: UUID) -> HttpResponse:
    """Correct an organisation's details."""
    organisation = get_object_or_404(organisations_for(request.viewer), pk=organisation_id)
    switch = request.tenant.settings.features.self_service_organisations
    form = OrganisationForm(request.POST or None, instance=organisation, self_service=switch)
    if request.method == "POST" and form.is_valid():
        fresh = Organisation.objects.select_for_update().get(pk=organisation_id)
        try:
            with attempt():
                details = dict(form.cleaned_data)
                if "self_service" in details:
                    actions.let_keep_own_people(fresh, allowed=details.pop("self_service"), by=request.actor)
                actions.change_organisation(fresh, by=request.actor, **details)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The details were saved."))
            return redirect("portal_office_organisation", organisation_id)
    return render(request, "organisations/office_edit.html", {"form": form, "organisation": organisation})


@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: Any, organisation_id: UUID) -> HttpResponse:
    """Make somebody an organisation's contact or employee, and invite a contact who has no account yet."""
    organisation = get_object_or_404(organisations_for(request.viewer), pk=organisation_id)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with attempt():
                person, _added = people.find_or_add_person(
                    data["email"], data["first_name"], data["last_name"], source=Person.Source.STAFF, by=request.actor
                )
                if data["kind"] == Membership.Kind.CONTACT:
                    actions.appoint_contact(organisation, person, by=request.actor)
                    if not person.can_sign_in:
                        people.invite(person, by=request.actor)
                else:
                    actions.add_employee(organisation, person, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return render(request, "organisations/office_member.html", {"form": form, "organisation": organisation})
        look(by=request.actor, subjects=[person.id], purpose="organisations.employer", screen="organisations_member")
        messages.success(request, _("Saved."))
        return redirect("portal_office_organisation", organisation_id)
    return render(request, "organisations/office_member.html", {"form": form, "organisation": organisation})


@require_POST
def end_membership(request: Any, organisation_id: UUID, membership_id: UUID) -> HttpResponse:
    """End that somebody is an organisation's contact or employee."""
    organisation = get_object_or_404(organisations_for(request.viewer), pk=organisation_id)
    membership = get_object_or_404(members_of(organisation), pk=membership_id)
    with attempt():
        actions.end_membership(membership, by=request.actor)
    messages.success(request, _("Ended. The rights that came with it are gone."))
    return redirect("portal_office_organisation", organisation_id)

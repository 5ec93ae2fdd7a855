"""The office's day, and the pages of one person and one organisation on which everything about them stands."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leerhuis.audit.actions import look
from leerhuis.consent.queries import agreement_in_force
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Message
from leerhuis.organisations.models import Membership
from leerhuis.organisations.queries import memberships_of, organisations_for
from leerhuis.people.queries import people_for, with_role_names
from leerhuis.portal.queries import office_today
from leerhuis.privacy.queries import changes_to
from leerhuis.results.queries import certificates_of


@require_safe
def today(request: Any) -> HttpResponse:
    """Show what needs a person, most urgent first; calm when nothing does."""
    return render(request, "portal/office_today.html", {"today": office_today()})


@require_safe
def person_page(request: Any, person_id: UUID) -> HttpResponse:
    """Show one person: where they come from, courses, mails, certificates, roles, and what was done to their data."""
    person = get_object_or_404(with_role_names(people_for(request.viewer)), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose="people.account", screen="portal_office_person")
    enrolments = Enrolment.objects.filter(learner=person).select_related("run__course", "ordered_by")
    context = {
        "person": person,
        "enrolments": enrolments.order_by("-created_at"),
        "memberships": memberships_of(person),
        "certificates": certificates_of(person),
        "mails": Message.objects.filter(person=person.id).defer("body").order_by("-created_at")[:20],
        "changes": changes_to(request.viewer, person, 20),
    }
    return render(request, "portal/office_person.html", context)


@require_safe
def organisation_page(request: Any, organisation_id: UUID) -> HttpResponse:
    """Show one organisation: details, agreement, who works there, and the enrolments it ordered."""
    organisation = get_object_or_404(organisations_for(request.viewer), pk=organisation_id)
    members = list(
        Membership.objects.filter(organisation=organisation, ended_at=None)
        .select_related("person")
        .order_by("kind", "person__sort_name")
    )
    ordered = Enrolment.objects.filter(ordered_by=organisation).select_related("run__course", "learner")
    enrolments = list(ordered.order_by("-created_at")[:50])
    subjects = {member.person_id for member in members} | {enrolment.learner_id for enrolment in enrolments}
    look(by=request.actor, subjects=subjects, purpose="organisations.employer", screen="portal_office_organisation")
    context = {
        "organisation": organisation,
        "contacts": [m for m in members if m.kind == Membership.Kind.CONTACT],
        "employees": [m for m in members if m.kind == Membership.Kind.EMPLOYEE],
        "enrolments": enrolments,
        "agreement": agreement_in_force(organisation),
    }
    return render(request, "portal/office_organisation.html", context)

"""The office's day, and the pages of one person and one organisation on which everything about them stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leerhuis.appearance.queries import style_in_force
from leerhuis.audit.actions import look
from leerhuis.base.text import tidy
from leerhuis.charter.audiences import STEWARDS
from leerhuis.consent.queries import agreement_in_force
from leerhuis.documents.queries import reasons_to_keep, shown_in_office
from leerhuis.enrolment.queries import enrolments_for
from leerhuis.mail.queries import messages_for, standstill
from leerhuis.organisations.models import Membership
from leerhuis.organisations.queries import members_of, memberships_of, organisations_for
from leerhuis.people.models import Person
from leerhuis.people.queries import people_for, with_role_names
from leerhuis.portal.desk import coming_runs, piles_for
from leerhuis.portal.finding import IN_DIALOG, ON_PAGE, search
from leerhuis.portal.navigation import works_on_privacy_alone
from leerhuis.privacy.queries import changes_to, looks_for
from leerhuis.results.queries import certificates_of, result_of

LONGEST_SEARCH = 100


@require_safe
def today(request: Any) -> HttpResponse:
    """Show what needs a person, most urgent first; calm when nothing does. A privacy officer's day has a page apart."""
    if works_on_privacy_alone(request.viewer):
        return redirect("privacy_office")
    piles = piles_for(request.viewer)
    for pile in piles:
        subjects = [todo.subject for todo in pile.todos if todo.subject]
        look(by=request.actor, subjects=subjects, purpose=pile.purpose, screen="portal_office_today")
    return render(request, "portal/office_today.html", {"piles": piles, "coming": coming_runs(request.viewer)})


@require_safe
def search_page(request: Any) -> HttpResponse:
    """Show what the one search box finds: in its dialog while one types, else as a page. Who is shown was looked at."""
    text = tidy(request.GET.get("q", ""))[:LONGEST_SEARCH]
    groups = search(request.viewer, text, IN_DIALOG if request.htmx else ON_PAGE)
    for group in groups:
        look(by=request.actor, subjects=group.subjects, purpose=group.purpose, screen="portal_office_search")
    template = "portal/_hits.html" if request.htmx else "portal/office_search.html"
    return render(request, template, {"groups": groups, "search_text": text})


@require_safe
def person_page(request: Any, person_id: UUID, part: str = "") -> HttpResponse:
    """Show one person, a part at a time: courses with results, mails, what an employer sees, documents, history."""
    person = get_object_or_404(with_role_names(people_for(request.viewer)), pk=person_id)
    if part not in PARTS:
        raise Http404
    look(by=request.actor, subjects=[person.id], purpose="people.account", screen="portal_office_person")
    tabs = [
        {"label": label, "url": _part_of(person, key), "active": key == part} for key, (label, _read) in PARTS.items()
    ]
    shown = PARTS[part][1](request.viewer, person)
    context = {"person": person, "tabs": tabs, "part": part, "memberships": memberships_of(person), **shown}
    return render(request, "portal/office_person.html", context)


def _part_of(person: Person, part: str) -> str:
    if not part:
        return reverse("portal_office_person", args=[person.id])
    return reverse("portal_office_person_part", args=[person.id, part])


def _courses(viewer: Any, person: Person) -> dict[str, Any]:
    enrolments = list(enrolments_for(viewer).filter(learner=person).order_by("-created_at"))
    keys = [each.id for each in enrolments]
    results, certificates = result_of(keys), {c.enrolment_id: c for c in reversed(certificates_of(person))}
    return {"lines": [(each, results.get(each.id), certificates.get(each.id)) for each in enrolments]}


def _mails(viewer: Any, person: Person) -> dict[str, Any]:
    return {"mails": messages_for(viewer).filter(person=person.id).defer("body")[:100]}


def _sharing(viewer: Any, person: Person) -> dict[str, Any]:
    ordered = enrolments_for(viewer).filter(learner=person, ordered_by__isnull=False).select_related("grant__agreement")
    lines = [(each, getattr(each, "grant", None)) for each in ordered]
    live = [grant for _, grant in lines if grant and grant.objected_at is None and grant.ended_at is None]
    return {"ordered": lines, "may_object": bool(live)}


def _documents(viewer: Any, person: Person) -> dict[str, Any]:
    kept_for = reasons_to_keep()
    return {"documents": [(each, kept_for.get(each.purpose, "")) for each in shown_in_office(viewer, person.id)]}


def _history(viewer: Any, person: Person) -> dict[str, Any]:
    return {"changes": changes_to(viewer, person, 100), "looks": looks_for(viewer, person)}


PARTS: dict[str, tuple[Promise, Callable[[Any, Person], dict[str, Any]]]] = {
    "": (gettext_lazy("Courses"), _courses),
    "mails": (gettext_lazy("Mails"), _mails),
    "sharing": (gettext_lazy("What an employer sees"), _sharing),
    "documents": (gettext_lazy("Documents"), _documents),
    "history": (gettext_lazy("What was done"), _history),
}


@require_safe
def organisation_page(request: Any, organisation_id: UUID) -> HttpResponse:
    """Show one organisation: details, agreement, who works there, and the enrolments it ordered."""
    organisation = get_object_or_404(organisations_for(request.viewer), pk=organisation_id)
    members = list(members_of(organisation))
    ordered = enrolments_for(request.viewer).filter(ordered_by=organisation)
    enrolments = list(ordered.order_by("-created_at")[:50])
    subjects = {member.person_id for member in members} | {enrolment.learner_id for enrolment in enrolments}
    look(by=request.actor, subjects=subjects, purpose="organisations.employer", screen="portal_office_organisation")
    context = {
        "organisation": organisation,
        "contacts": [m for m in members if m.kind == Membership.Kind.CONTACT],
        "employees": [m for m in members if m.kind == Membership.Kind.EMPLOYEE],
        "enrolments": enrolments,
        "agreement": agreement_in_force(organisation),
        "removable": not STEWARDS.roles.isdisjoint(request.viewer.roles),
    }
    return render(request, "portal/office_organisation.html", context)


@require_safe
def settings_page(request: Any) -> HttpResponse:
    """Show what the administrator chooses for the academy, and where the rest stands."""
    style = style_in_force(request.tenant.settings.look)
    return render(request, "portal/office_settings.html", {"style": style, "held": standstill()})

"""What stands still: people of whose data the use is restricted, and holds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.mail.queries import set_aside_for, to_set_aside
from leerhuis.people.models import Person, Role
from leerhuis.people.queries import restricted_people, roles_of
from leerhuis.privacy import actions, standing
from leerhuis.privacy.forms import FindForm, HoldForm, PurposeForm, RestrictForm
from leerhuis.privacy.holds import live_holds, tables_with_rows_to_hold
from leerhuis.privacy.models import Hold
from leerhuis.privacy.trail import purpose_names
from leerhuis.ui.undoing import offer_undo

PER_PAGE = 20
SEARCHED_FROM = 10  # with fewer lines there is nothing to search


# --- restriction ---------------------------------------------------------------------------------------------------
@require_safe
def restricted_page(request: Any) -> HttpResponse:
    """Show whose data are only kept, on which ground and why, and which restrictions ended."""
    words = request.GET.get("q", "").strip()[:120]
    lines = standing.restriction_lines(words)
    ended = standing.restrictions_that_ended(request.viewer)
    subjects = {person.id for person, _restriction in [*lines, *ended]}
    look(by=request.actor, subjects=subjects, purpose="privacy.restricted", screen="privacy_restricted")
    context = {"lines": lines, "ended": ended, "officer": _is_officer(request), "words": words, "many": SEARCHED_FROM}
    return render(request, "privacy/restricted.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restrict_page(request: Any) -> HttpResponse:
    """Find somebody, show what restricting the use of their data does, and do it."""
    person = _person(request)
    if person is None:
        return _find(request, "privacy_restrict", _("Restrict the use of somebody’s data"))
    form = RestrictForm(request.POST or None, initial={"ground": "accuracy"})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            with attempt():
                actions.restrict_person(person, ground=asked["ground"], reason=asked["reason"], by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            words = _("%(name)s’s data are only kept from now on.") % {"name": person.name}
            offer_undo(request, words, reverse("privacy_release", args=[person.id]), {"send": "yes"})
            return redirect("privacy_restricted")
    look(by=request.actor, subjects=[person.id], purpose="privacy.restricted", screen="privacy_restrict")
    context = {
        "form": form,
        "person": person,
        "kept": standing.kept_about(person.id),
        "waiting": to_set_aside(person.id),
        "roles": [str(Role.Name(name).label) for name in sorted(roles_of(person.id))],
    }
    return render(request, "privacy/restrict.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restricted_person_page(request: Any, person_id: UUID) -> HttpResponse:
    """Show one restricted person: why, what is kept, which mails wait; write the reason down anew, or release them."""
    person = get_object_or_404(restricted_people(), pk=person_id)
    restrictions = list(standing.restrictions_of(person.id))
    now = next((each for each in restrictions if each.ended_at is None), None)
    said = {"ground": now.ground, "reason": now.reason} if now else {}
    form = RestrictForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        with attempt():
            actions.describe_restriction(person, ground=asked["ground"], reason=asked["reason"], by=request.actor)
        messages.success(request, _("Ground and reason were written down."))
        return redirect("privacy_restricted_person", person.id)
    look(by=request.actor, subjects=[person.id], purpose="privacy.restricted", screen="privacy_restricted_person")
    context = {
        "form": form,
        "person": person,
        "now": now,
        "kept": standing.kept_about(person.id),
        "aside": set_aside_for(person.id),
        "before": [each for each in restrictions if each.ended_at],
    }
    return render(request, "privacy/restricted_person.html", context)


@require_POST
def release(request: Any, person_id: UUID) -> HttpResponse:
    """Let somebody's data be used again, and send the mails that were set aside meanwhile or not."""
    person = get_object_or_404(restricted_people(), pk=person_id)
    with attempt():
        actions.release_person(person, send=request.POST.get("send") == "yes", by=request.actor)
    messages.success(request, _("%(name)s’s data can be used again.") % {"name": person.name})
    return redirect("privacy_restricted")


# --- holds ---------------------------------------------------------------------------------------------------------
@require_safe
def holds_page(request: Any) -> HttpResponse:
    """Show what is held, why, until when and how many rows that is, and what was held before."""
    words = request.GET.get("q", "").strip()[:120]
    lines = standing.hold_lines(words)
    page = Paginator(standing.holds_that_ended(), PER_PAGE).get_page(request.GET.get("page"))
    ended = standing.lines_of(page.object_list)
    subjects = {line.person.id for line in [*lines, *ended] if line.person}
    look(by=request.actor, subjects=subjects, purpose="privacy.held", screen="privacy_holds")
    context = {"lines": lines, "ended": ended, "page_obj": page, "words": words, "many": SEARCHED_FROM}
    return render(request, "privacy/holds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hold_page(request: Any) -> HttpResponse:
    """Choose what to hold, show how many rows that is, and hold it until a day."""
    person, target = _person(request), _target(request)
    if not target:
        return _find(request, "privacy_hold", _("Hold something"), purposes=PurposeForm())
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                placed = actions.hold(**target, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            words = _("This is held now. It lapses by itself after its last day.")
            offer_undo(request, words, reverse("privacy_let_go", args=[placed.id]), {"undo": "yes"})
            return redirect("privacy_holds")
    wanted = Hold(**{"person" if name == "person_id" else name: value for name, value in target.items()})
    (line,) = standing.lines_of([wanted])
    table = request.GET.get("table", "") if person else ""
    rows = standing.rows_to_hold(person.id, table) if person and table else []
    subjects = [line.person.id] if line.person else []
    look(by=request.actor, subjects=subjects, purpose="privacy.held", screen="privacy_hold")
    context = {
        "form": form,
        "line": line,
        "target": target,
        "count": sum(standing.rows_held(wanted).values()),
        "tables": standing.tables_to_choose(person.id) if person and not table else [],
        "table": table,
        "table_title": standing.name_of_table(table) if table else "",
        "rows": rows,
    }
    return render(request, "privacy/hold.html", context)


@require_POST
def let_go(request: Any, hold_id: UUID) -> HttpResponse:
    """End a hold before its day; or take back that it was ended today."""
    if request.POST.get("again"):
        placed = get_object_or_404(Hold, pk=hold_id)
        with attempt():
            actions.hold_on(placed, by=request.actor)
        messages.success(request, _("This is held again, until the same day as before."))
        return redirect("privacy_holds")
    placed = get_object_or_404(live_holds(), pk=hold_id)
    with attempt():
        actions.let_go(placed, by=request.actor)
    words = _("This is held no longer.")
    if request.POST.get("undo"):
        messages.success(request, words)
    else:
        offer_undo(request, words, reverse("privacy_let_go", args=[placed.id]), {"again": "yes"})
    return redirect("privacy_holds")


# --- steps ---------------------------------------------------------------------------------------------------------
def _is_officer(request: Any) -> bool:
    return "privacy_officer" in request.viewer.roles


def _asked(request: Any) -> QueryDict:
    """Return what a page is about: from its form when that was sent, else from its address."""
    sent: QueryDict = request.POST if request.method == "POST" else request.GET
    return sent


def _person(request: Any) -> Person | None:
    """Return whom a page is about, when a person of this academy was chosen."""
    key = _id(_asked(request).get("person", ""))
    return standing.people_to_restrict(request.viewer).filter(pk=key).first() if key else None


def _target(request: Any) -> dict[str, Any]:
    """Return what was chosen to hold, as `actions.hold` takes it; nothing when that is not known here."""
    asked = _asked(request)
    person = _person(request)
    if person is not None:
        return {"person_id": person.id}
    if asked.get("purpose") in purpose_names("nl"):
        return {"purpose": asked["purpose"]}
    key = _id(asked.get("thing_id", ""))
    known = {model._meta.label_lower for model in tables_with_rows_to_hold()}
    return {"thing_kind": asked["thing_kind"], "thing_id": key} if key and asked.get("thing_kind") in known else {}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _find(request: Any, route: str, title: str, **more: Any) -> HttpResponse:
    """Ask whom it is about, and show who that may be; names are sent by POST alone."""
    form = FindForm(request.POST or None)
    found = standing.people_named(request.viewer, form.cleaned_data["words"]) if form.is_valid() else []
    look(by=request.actor, subjects=[each.id for each in found], purpose="privacy.restricted", screen=route)
    return render(request, "privacy/find.html", {"form": form, "found": found, "route": route, "title": title, **more})

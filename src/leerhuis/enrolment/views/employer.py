"""Enrolling employees: what an employer's contact ordered, and ordering more."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit import outlet
from leerhuis.audit.actions import look
from leerhuis.audit.outlet import Going, mark_of
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.ids import uuid7
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import Run
from leerhuis.catalogue.queries import narrow_runs, run_to_register_for, upcoming_runs
from leerhuis.conditions.queries import date_in_force
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.forms import EmployeesForm, OrdersFilter, RunSearch, TakeForm
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import (
    OrderLine,
    find_enrolments,
    order_line,
    preview_order,
    seats_left,
    visible_to_contact,
    with_seats_left,
)
from leerhuis.mail.rehearsal import TriedLetter, rehearse
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import organisations_as_contact
from leerhuis.organisations.rules import OrganisationLeaves
from leerhuis.people.actions import lock_alive
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import day_short

PER_PAGE = 25
PURPOSE = "enrolment.course"


@require_safe
def home(request: Any) -> HttpResponse:
    """List whom one's own organisations enrolled, and whether they have a seat; download the same. Keeps: K6."""
    form = OrdersFilter(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = find_enrolments(visible_to_contact(request.viewer), words=words, by_address=False).select_related("grant")
    if request.GET.get("export"):
        rows = list(found)
        _note(request, rows, "enrolment_employer_export")
        return outlet.send_together(_leaving(request, rows), partial(_sheet, request, rows), by=request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    _note(request, list(page), "enrolment_employer_home")
    own = organisations_as_contact(request.viewer.person_id)
    shown = {"form": form, "page_obj": page, "lines": _lines(page), "own": list(own), "today": clock.today()}
    return render(request, "enrolment/employer_home.html", shown)


def _leaving(request: Any, enrolments: list[Enrolment]) -> list[Going]:
    """Return what a list lets out of the house: for each organisation whom it enrolled. Keeps: L24."""
    each = partial(Going, rules.EMPLOYER, PURPOSE, "enrolment_employer_export", rules.TOLD_EMPLOYER)
    mark = mark_of(request)
    found: dict[UUID | None, Going] = {}
    for enrolment in enrolments:
        key = enrolment.ordered_by_id
        found.setdefault(key, each(receiver=key, mark=mark)).add([enrolment.learner_id])
    return list(found.values())


def _sheet(request: Any, enrolments: list[Enrolment]) -> HttpResponse:
    heads = (_("Name"), _("Course"), _("Run"), _("First day"), _("State"))
    return sheet(_("enrolments"), heads, _cells(_lines(enrolments)), request.GET["export"])


@require_safe
def choose_run(request: Any) -> HttpResponse:
    """Show the runs for which employees can be enrolled, with the seats left."""
    form = RunSearch(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(with_seats_left(narrow_runs(upcoming_runs(), words=words)), PER_PAGE)
    shown = {"form": form, "page_obj": page.get_page(request.GET.get("page"))}
    return render(request, "enrolment/employer_runs.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Any, run_id: UUID) -> HttpResponse:
    """Paste names and addresses, look at what that would do, and do it."""
    run = run_to_register_for(run_id)
    if run is None:
        raise Http404
    own = organisations_as_contact(request.viewer.person_id)
    form = EmployeesForm(request.POST or None, organisations=own)
    shown: dict[str, Any] = {"run": run, "left": seats_left(run), "form": form}
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        if request.POST.get("step") == "edit":
            shown["form"] = _unjudged(form)
        return render(request, "enrolment/employer_enrol.html", shown)
    lines = read_lines(form.cleaned_data["lines"])
    faults = [line for line in lines if line.fault]
    if faults or not 0 < len(lines) <= rules.MOST_AT_ONCE:
        refusal = None if faults else (rules.TooMany() if lines else rules.NobodyNamed())
        form.add_error("lines", str(refusal) if refusal else _("Some lines cannot be read. Correct them in the list."))
        return render(request, "enrolment/employer_enrol.html", shown | {"faults": faults})
    if form.cleaned_data["organisation"].leaves_on:
        form.add_error(None, str(OrganisationLeaves()))
        return render(request, "enrolment/employer_enrol.html", shown)
    return _look_over(request, shown, lines)


def _look_over(request: Any, shown: dict[str, Any], lines: list[Any]) -> HttpResponse:
    """Show whom a list would enrol and the mail they get; carry it out when that was confirmed."""
    run, data, left = shown["run"], shown["form"].cleaned_data, shown["left"]
    order = preview_order(run, data["organisation"], lines)
    confirmed = request.POST.get("step") == "enrol"
    take = TakeForm(request.POST if confirmed else None, left=left, wanted=order.wanted)
    said: dict[str, Any] = {
        "contact": request.viewer.person,
        "reference": data["reference"],
        "conditions_on": date_in_force(request.tenant.settings),
        "form_key": data["form_key"],
        "by": request.actor,
    }
    if confirmed and take.is_valid():
        chosen = take.cleaned_data
        when_short = actions.WhenShort(chosen.get("when_short") or actions.WhenShort.NOBODY)
        said |= {"when_short": when_short, "offered": chosen.get("offered") or 0}
        try:
            lock_alive(request.viewer.person_id)
            with attempt():
                ordered = actions.register_employees(run, data["organisation"], lines, **said)
        except rules.TooFewSeats as refusal:
            left = refusal.left
            take = TakeForm(left=left, wanted=order.wanted)
            messages.warning(request, str(refusal))
        else:
            return redirect("enrolment_employer_enrolled", ordered.registration.id)
    look(by=request.actor, subjects=order.known_ids, purpose=PURPOSE, screen="enrolment_employer_enrol")
    said |= {"when_short": actions.WhenShort.REST_WAITS, "offered": 0}
    specimen = _specimen(run, data["organisation"], lines, said) if order.wanted else None
    shown |= {"order": order, "take": take, "left": left, "letter": specimen, "reference": data["reference"]}
    return render(request, "enrolment/employer_preview.html", shown)


def _specimen(run: Run, organisation: Organisation, lines: list[Any], said: dict[str, Any]) -> TriedLetter | None:
    """Return the mail as the first of a list would get it, if nobody had heard of them.

    Whoever is known is left out of it: a preview tells a contact no name, no language and no enrolment of anybody.
    """
    unknown = [replace(lines[0], email=f"{uuid7().hex}@preview.invalid")]
    letters = rehearse(lambda: actions.register_employees(run, organisation, unknown, **said))
    return next((each for each in letters if each.kind == "enrolment.registered_by_employer"), None)


@require_safe
def enrolled(request: Any, registration_id: UUID) -> HttpResponse:
    """Say what became of a registration: who has a seat, who waits, and who could not be enrolled."""
    own = organisations_as_contact(request.viewer.person_id)
    registration = get_object_or_404(
        Registration.objects.select_related("run__course", "organisation"), pk=registration_id, organisation__in=own
    )
    ordered = list(visible_to_contact(request.viewer).filter(registration=registration).select_related("grant"))
    _note(request, ordered, "enrolment_employer_enrolled")
    lines = sorted(_lines(ordered), key=lambda line: line.standing != "seat")
    return render(request, "enrolment/employer_enrolled.html", {"registration": registration, "lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Cancel an enrolment that one's organisation ordered, after reading what that means."""
    enrolment = get_object_or_404(visible_to_contact(request.viewer), pk=enrolment_id)
    _note(request, [enrolment], "enrolment_employer_cancel")
    if request.method == "POST":
        try:
            lock_alive(enrolment.learner_id)
            with attempt():
                actions.cancel_enrolment(enrolment, by=request.actor)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It was cancelled. The learner gets a mail."))
        return redirect("enrolment_employer_home")
    return render(request, "enrolment/employer_cancel.html", {"enrolment": enrolment})


def _unjudged(form: EmployeesForm) -> EmployeesForm:
    """Return the form with what was typed, before it is judged again."""
    form.errors.clear()
    return form


def _note(request: Any, enrolments: list[Enrolment], screen: str) -> None:
    look(by=request.actor, subjects=[each.learner_id for each in enrolments], purpose=PURPOSE, screen=screen)


def _lines(enrolments: Any) -> list[OrderLine]:
    language = get_language() or "nl"
    return [order_line(each, language) for each in enrolments]


def _cells(lines: list[OrderLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        first_day = day_short(line.first_day) if line.first_day else ""
        yield line.name, line.course, line.code, first_day, str(line.standing_words)

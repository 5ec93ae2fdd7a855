"""A trainer's day, and the attendance list of a lesson. The office opens the same lists from its own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import Lesson
from leerhuis.catalogue.queries import trainers_of
from leerhuis.charter.words import IDENTITY, PARTICIPATION
from leerhuis.enrolment.models import Enrolment
from leerhuis.results import actions
from leerhuis.results.forms import CorrectionForm
from leerhuis.results.models import Attendance
from leerhuis.results.paper.attendance_list import attendance_list_pdf
from leerhuis.results.queries import RosterLine, lesson_for, roster, sheet_of, trainer_day
from leerhuis.results.rules import opens_on

PURPOSE = "results.attendance"
NOTHING = "none"  # how an address writes "no tick"


@require_safe
def home(request: Any) -> HttpResponse:
    """Show a trainer's lessons: what waits to be submitted, today's, and those to come. Nobody's name stands here."""
    lessons, today = trainer_day(request.viewer), clock.today()
    shown = {
        "today": [each for each in lessons if each.is_on(today)],
        "coming": [each for each in lessons if each.day > today],
        "waiting": [each for each in lessons if each.day < today and each.learners and not each.submitted],
        "done": [each for each in reversed(lessons) if each.day < today and (each.submitted or not each.learners)],
        "practises": request.tenant.settings.features.practice,
    }
    return render(request, "results/trainer_home.html", shown)


@dataclass(frozen=True)
class Desk:
    """From where a list is opened: a trainer's pages or the office's, with their layout and their routes."""

    key: str
    layout: str

    def route(self, page: str) -> str:
        """Return the name of a route of this desk (``"lesson"``, ``"mark"``, …)."""
        return f"results_{self.key}_{page}"

    @property
    def routes(self) -> dict[str, str]:
        """Return all routes by page, for templates."""
        return {page: self.route(page) for page in ("lesson", "mark", "undo", "correct", "list")}


def _desk(request: Any) -> Desk:
    office = request.resolver_match.url_name.startswith("results_office_")
    return Desk("office", "ui/layout/office.html") if office else Desk("trainer", "ui/layout/task.html")


def _lesson(request: Any, lesson_id: UUID) -> Lesson:
    """Return a lesson whose list the viewer may open; 404 for any other. Keeps: K7."""
    lesson = lesson_for(request.viewer, lesson_id)
    if lesson is None:
        raise Http404
    return lesson


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: Any, lesson_id: UUID) -> HttpResponse:
    """Show the list of a lesson and take what was ticked: to keep it, to tick all others present, or to submit it."""
    chosen = _lesson(request, lesson_id)
    if request.method == "POST":
        return _take(request, chosen)
    lines = roster(chosen)
    look(
        by=request.actor,
        subjects=[each.person_id for each in lines],
        purpose=PURPOSE,
        screen=request.resolver_match.url_name,
    )
    return render(request, "results/lesson.html", _shown(request, chosen, lines))


def _shown(request: Any, chosen: Lesson, lines: list[RosterLine]) -> dict[str, Any]:
    """Return what the page of a lesson shows."""
    sheet, desk = sheet_of(chosen), _desk(request)
    return {
        "lesson": chosen,
        "lines": lines,
        "sheet": sheet if sheet and sheet.submitted_at else None,
        "marked": sum(bool(each.state) for each in lines),
        "may_mark": clock.today() >= opens_on(chosen.starts_at),
        "states": Attendance.State.choices,
        "layout": desk.layout,
        "routes": desk.routes,
        "practises": desk.key == "trainer" and request.tenant.settings.features.practice,
    }


def _take(request: Any, chosen: Lesson) -> HttpResponse:
    """Keep the ticks of the whole page, then do what the pressed button says."""
    acts: dict[str, Callable[[Any, Lesson], str]] = {"all": _all_present, "submit": _submit}
    try:
        with attempt():
            _keep_ticks(request, chosen)
            words = acts.get(request.POST.get("act", ""), _kept)(request, chosen)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(_desk(request).route("lesson"), chosen.id)


def _keep_ticks(request: Any, chosen: Lesson) -> None:
    enrolments = {each.id: each for each in Enrolment.objects.filter(run=chosen.run_id)}
    for line in roster(chosen):
        state = request.POST.get(f"state-{line.enrolment_id}", line.state)
        if state != line.state and state in Attendance.State:
            actions.mark_attendance(chosen, enrolments[line.enrolment_id], state, by=request.actor)


def _all_present(request: Any, chosen: Lesson) -> str:
    number = actions.mark_all_present(chosen, by=request.actor)
    return ngettext("%(number)d person ticked as present.", "%(number)d people ticked as present.", number) % {
        "number": number
    }


def _submit(request: Any, chosen: Lesson) -> str:
    actions.submit_sheet(chosen, by=request.actor)
    return _("The attendance was submitted. The list is locked now.")


def _kept(_request: Any, _chosen: Lesson) -> str:
    return _("The ticks were saved. Submit the list when everybody is ticked.")


@require_POST
def mark(request: Any, lesson_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Keep one tick at once, and answer with that line of the list and a button that takes the tick back.

    A tick that is refused (somebody else submitted the list meanwhile) loads the page again, with the reason.
    """
    chosen = _lesson(request, lesson_id)
    before = _line(chosen, enrolment_id)
    state = request.POST.get(f"state-{enrolment_id}", "")
    if state not in Attendance.State or not _mark(request, chosen, enrolment_id, state):
        return HttpResponseClientRefresh()
    lines = roster(chosen)
    line = next(each for each in lines if each.enrolment_id == enrolment_id)
    shown = _shown(request, chosen, lines) | {"line": line, "before": before.state or NOTHING}
    return render(request, "results/_ticked.html", shown)


@require_POST
def undo(request: Any, lesson_id: UUID, enrolment_id: UUID, state: str) -> HttpResponse:
    """Take a tick back to what it was."""
    chosen = _lesson(request, lesson_id)
    _mark(request, chosen, enrolment_id, state)
    return redirect(_desk(request).route("lesson"), chosen.id)


def _mark(request: Any, chosen: Lesson, enrolment_id: UUID, state: str) -> bool:
    """Keep a tick, or take it away for `NOTHING`; False when it is refused, which the next page tells."""
    enrolment = get_object_or_404(Enrolment, pk=enrolment_id, run=chosen.run_id)
    try:
        with attempt():
            actions.mark_attendance(chosen, enrolment, state if state in Attendance.State else "", by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    return True


def _line(chosen: Lesson, enrolment_id: UUID) -> RosterLine:
    """Return one line of the list; 404 for somebody who is not on it."""
    for each in roster(chosen):
        if each.enrolment_id == enrolment_id:
            return each
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, lesson_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Change what a submitted list says of somebody, with the reason."""
    chosen = _lesson(request, lesson_id)
    line, desk = _line(chosen, enrolment_id), _desk(request)
    look(by=request.actor, subjects=[line.person_id], purpose=PURPOSE, screen=request.resolver_match.url_name)
    form = CorrectionForm(request.POST or None, now=line.state)
    if request.method == "POST" and form.is_valid():
        enrolment = get_object_or_404(Enrolment, pk=enrolment_id, run=chosen.run_id)
        try:
            with attempt():
                actions.correct_attendance(chosen, enrolment, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The attendance was corrected. What it said before was kept with the reason."))
            return redirect(desk.route("lesson"), chosen.id)
    shown = {"lesson": chosen, "line": line, "form": form, "layout": desk.layout, "routes": desk.routes}
    return render(request, "results/correct.html", shown)


@require_safe
def attendance_list(request: Any, lesson_id: UUID) -> HttpResponse:
    """Give the list of a lesson as PDF, to print and have signed."""
    chosen = _lesson(request, lesson_id)
    lines, screen = roster(chosen), request.resolver_match.url_name
    people, trainers = [each.person_id for each in lines], [each.name for each in trainers_of(chosen.run)]
    look(by=request.actor, subjects=people, purpose=PURPOSE, screen=screen)
    going = taken_along(request, PURPOSE, screen, words=(IDENTITY, PARTICIPATION))
    going.add(people, len(lines))
    write = partial(attendance_list_pdf, chosen, [each.name for each in lines], trainers)
    paper = send(going, write, by=request.actor)
    return pdf(paper, _("attendance list"), chosen.run.code, str(opens_on(chosen.starts_at)))


def pdf(paper: bytes, *words: str) -> HttpResponse:
    """Answer with a PDF that the browser shows, under a name of these words for whoever keeps it."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(" ".join(words))}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response

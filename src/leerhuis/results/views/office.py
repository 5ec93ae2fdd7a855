"""The planning board, and everything of one run on one page."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.audit.actions import look
from leerhuis.catalogue.models import Run
from leerhuis.results.forms import RunsFilter
from leerhuis.results.queries import RunLine, RunView, board_lines, run_board, run_view
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import day_short

PER_PAGE = 50
PURPOSE = "results.attendance"


@require_safe
def runs(request: Any) -> HttpResponse:
    """Show the runs by date with seats, minimum, trainer and venue, and whether they go ahead; download the same."""
    form = RunsFilter(request.GET or None)
    found = run_board(request.viewer, **form.chosen())
    if request.GET.get("export"):
        return sheet(_("planning"), _heads(), map(_cells, board_lines(found)), request.GET["export"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "results/office_runs.html", {"form": form, "page_obj": page, "lines": board_lines(page)})


def _heads() -> tuple[str, ...]:
    return (
        _("First day"),
        _("Course"),
        _("Code"),
        _("Enrolled"),
        _("Seats"),
        _("Minimum"),
        _("Waiting"),
        _("Trainer"),
        _("Place"),
        _("Goes ahead"),
    )


def _cells(line: RunLine) -> tuple[Any, ...]:
    run = line.run
    return (
        day_short(run.first_day) if run.first_day else "",
        run.course.title,
        run.code,
        run.enrolled,
        run.seats,
        run.minimum,
        run.waiting,
        "; ".join(line.trainers),
        "; ".join(line.places),
        line.verdict,
    )


def view_of(request: Any, run_id: UUID) -> RunView:
    """Return everything of a run that the viewer may see; 404 for any other."""
    found = run_view(request.viewer, run_id)
    if found is None:
        raise Http404
    return found


@require_safe
def run(request: Any, run_id: UUID) -> HttpResponse:
    """Show everything of a run: lessons, trainers, learners with attendance and results, and what can be done."""
    view = view_of(request, run_id)
    look(by=request.actor, subjects=view.people, purpose=PURPOSE, screen="results_office_run")
    if request.GET.get("export"):
        heads = (_("Name"), _("Ordered by"), *(day_short(each.lesson.starts_at) for each in view.lessons), _("Result"))
        return sheet(view.run.code, (*heads, _("Certificate")), _grid(view), request.GET["export"])
    return render(request, "results/office_run.html", {"view": view, "run": view.run, **_around(view)})


def _around(view: RunView) -> dict[str, Any]:
    """Return where the run stands, and what can be done with it now."""
    states = {"open": Run.State.OPEN, "confirm": Run.State.CONFIRMED, "cancel": Run.State.CANCELLED}
    over = view.may(Run.State.CLOSED) and view.results_open
    return {
        "crumbs": [(_("Planning"), reverse("results_office_runs")), (view.run.code, "")],
        "may": {**{act: view.may(state) for act, state in states.items()}, "close": over},
    }


def crumbs_to(view: RunView, words: str) -> list[tuple[str, str]]:
    """Return where a page below a run's page stands."""
    page = reverse("results_office_run", args=[view.run.id])
    return [(_("Planning"), reverse("results_office_runs")), (view.run.code, page), (words, "")]


def _grid(view: RunView) -> list[tuple[str, ...]]:
    """Return the learners of a run with what stands in the grid, as rows of a sheet."""
    return [
        (
            each.enrolment.learner.name,
            each.enrolment.ordered_by.name if each.enrolment.ordered_by else "",
            *(mark.state_words for mark in each.marks),
            str(each.result.get_outcome_display()) if each.result else "",
            each.certificate.number if each.certificate else "",
        )
        for each in view.learners
    ]

"""The planning board, and everything of one run on one page."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.catalogue.models import Run
from leerhuis.charter.words import EMPLOYMENT, IDENTITY, PARTICIPATION, RESULT
from leerhuis.lists.page import answer
from leerhuis.privacy.queries import changes_on
from leerhuis.results.queries import RunView, mails_about_run, run_view
from leerhuis.results.tables import RUNS
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import day_short

SHOWN = 100
PURPOSE = "results.attendance"


@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: Any) -> HttpResponse:
    """Show the runs by date with seats, minimum, trainer and venue, and whether they go ahead; download the same."""
    return answer(request, RUNS, "results/office_runs.html")


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
        return _sheet(request, view)
    return render(request, "results/office_run.html", {"view": view, "run": view.run, **_around(view)})


def _sheet(request: Any, view: RunView) -> HttpResponse:
    """Give the grid of a run as a file, past the outlet. Keeps: L24."""
    heads = (_("Name"), _("Ordered by"), *(day_short(each.lesson.starts_at) for each in view.lessons), _("Result"))
    going = taken_along(request, PURPOSE, "results_office_run", words=(IDENTITY, EMPLOYMENT, PARTICIPATION, RESULT))
    going.add(view.people, len(view.learners))
    write = partial(sheet, view.run.code, (*heads, _("Certificate")), _grid(view), request.GET["export"])
    return send(going, write, by=request.actor)


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


@require_safe
def run_mails(request: Any, run_id: UUID) -> HttpResponse:
    """Show the mails about a run, its lessons and its enrolments, newest first, and whether they arrived."""
    view = view_of(request, run_id)
    mails = list(mails_about_run(request.viewer, view.run)[:SHOWN])
    readers = [mail.person for mail in mails if mail.person]
    look(by=request.actor, subjects=readers, purpose="mail.service_mail", screen="results_office_run_mails")
    shown = {"run": view.run, "mails": mails, "most": SHOWN, "crumbs": crumbs_to(view, _("Mails"))}
    return render(request, "results/office_run_mails.html", shown)


@require_safe
def run_history(request: Any, run_id: UUID) -> HttpResponse:
    """Show what was done to a run itself, newest first, by which role."""
    view = view_of(request, run_id)
    changes = changes_on(request.viewer, "catalogue.run", run_id, SHOWN)
    shown = {"run": view.run, "changes": changes, "crumbs": crumbs_to(view, _("What was done"))}
    return render(request, "results/office_run_history.html", shown)

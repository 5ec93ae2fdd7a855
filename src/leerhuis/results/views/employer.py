"""What an employer's contact sees of the enrolments that its organisation ordered: what was agreed, and no more."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.audit.actions import look
from leerhuis.organisations.queries import organisations_as_contact
from leerhuis.results.forms import ProgressFilter
from leerhuis.results.queries import EmployerLine, Share, employer_picture, ordered_by
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import day_short

PER_PAGE = 25
PURPOSE = "results.attendance"


@require_safe
def progress(request: Any) -> HttpResponse:
    """List what the contact's own organisations ordered, with what was agreed of it; download the same. Keeps: K6."""
    form = ProgressFilter(request.GET or None, organisations=organisations_as_contact(request.viewer.person_id))
    found = ordered_by(request.viewer, **form.chosen())
    language = get_language() or "nl"
    if request.GET.get("export"):
        rows = list(found)
        lines = employer_picture(rows, language)
        _note(request, rows, "results_employer_export")
        return sheet(_("progress"), _heads(), _cells(lines), request.GET["export"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    _note(request, list(page), "results_employer_progress")
    shown = {"form": form, "page_obj": page, "lines": employer_picture(page, language)}
    return render(request, "results/employer_progress.html", shown)


def _note(request: Any, enrolments: list[Any], screen: str) -> None:
    look(by=request.actor, subjects=[each.learner_id for each in enrolments], purpose=PURPOSE, screen=screen)


def _heads() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Course"),
        _("Run"),
        _("First day"),
        _("State"),
        _("Attendance"),
        _("Progress"),
        _("Result"),
    )


def _cells(lines: list[EmployerLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        order = line.order
        first_day = day_short(order.first_day) if order.first_day else ""
        yield (
            order.name,
            order.course,
            order.code,
            first_day,
            line.standing_words,
            *(_in_full(each) for each in (line.attendance, line.progress, line.result)),
        )


def _in_full(share: Share) -> str:
    """Return what the page shows in a column, details included, as one text."""
    return "; ".join([share.words, *(f"{what}: {words}" for what, words in share.details)])

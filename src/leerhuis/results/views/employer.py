"""What an employer's contact sees of the enrolments that its organisation ordered: what was agreed, and no more."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.audit import outlet
from leerhuis.audit.actions import look
from leerhuis.audit.outlet import Going, mark_of
from leerhuis.charter.words import IDENTITY, PARTICIPATION, RESULT
from leerhuis.organisations.queries import organisations_as_contact
from leerhuis.results.forms import ProgressFilter
from leerhuis.results.queries import EmployerLine, Share, employer_picture, ordered_by
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import day_short

PER_PAGE = 25
PURPOSE = "results.attendance"
RESULT_PURPOSE = "results.result"
EMPLOYER = "results.employer"  # as `privacy.py` declares it
WITHOUT, WITH_RESULT = (IDENTITY, PARTICIPATION), (IDENTITY, PARTICIPATION, RESULT)


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
        return outlet.send_together(_leaving(request, rows, lines), partial(_sheet, request, lines), by=request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    _note(request, list(page), "results_employer_progress")
    shown = {"form": form, "page_obj": page, "lines": employer_picture(page, language)}
    return render(request, "results/employer_progress.html", shown)


def _leaving(request: Any, enrolments: list[Any], lines: list[EmployerLine]) -> list[Going]:
    """Return what a list lets out of the house: for each organisation, with a result or without. Keeps: L24."""
    mark = mark_of(request)
    found: dict[tuple[UUID | None, str], Going] = {}
    for enrolment, line in zip(enrolments, lines, strict=True):
        key = (enrolment.ordered_by_id, RESULT_PURPOSE if line.order.result else PURPOSE)
        words = WITH_RESULT if line.order.result else WITHOUT
        going = Going(EMPLOYER, key[1], "results_employer_export", words, receiver=key[0], mark=mark)
        found.setdefault(key, going).add([enrolment.learner_id])
    return list(found.values())


def _sheet(request: Any, lines: list[EmployerLine]) -> HttpResponse:
    return sheet(_("progress"), _heads(), _cells(lines), request.GET["export"])


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

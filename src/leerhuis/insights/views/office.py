"""What the office sees of courses and practice, month by month, in groups that are large enough."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as in_words
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.insights.forms import OfficeFilter
from leerhuis.insights.pictures import columns
from leerhuis.insights.queries import (
    Line,
    Period,
    academy_by_month,
    counted_months,
    courses_by_month,
    practice_by_month,
    smallest_group,
)
from leerhuis.ui.sheets import sheet


@require_safe
def insights_page(request: Any) -> HttpResponse:
    """Show courses and practice by month, as tables and a chart; give either table as a sheet. Keeps: L17a, L17b."""
    form = OfficeFilter(request.GET or None, months=counted_months())
    chosen, course = form.period(), form.course_id()
    language = get_language() or "nl"
    if request.GET.get("export"):
        return _sheet(request, chosen, course, language)
    by_month = [] if course else academy_by_month(chosen)
    shown = {
        "form": form,
        "smallest": smallest_group(),
        "has_months": bool(form.months),
        "by_month": by_month,
        "chart": _chart(by_month),
        "courses": courses_by_month(chosen, course, language),
        "practice": [] if course else practice_by_month(chosen),
    }
    return render(request, "insights/office.html", shown)


def _chart(by_month: Sequence[Line]) -> str:
    """Draw how many finished a course in each month, the first month left."""
    if not any("enrolled" in line.figures for line in by_month):
        return ""
    months = [(line.month, line.figures.get("enrolled")) for line in reversed(by_month) if line.month]
    bars = [(in_words(month, "F Y"), in_words(month, "M"), value) for month, value in months]
    return columns(_("People in courses that ended, by month. The same figures are in the table."), bars)


# --- sheets --------------------------------------------------------------------------------------------------------
def _sheet(request: Any, chosen: Period, course: Any, language: str) -> HttpResponse:
    """Give a table as a file. It holds nobody's data, so it passes no outlet: figures that anybody here may read."""
    kind = request.GET["export"]
    if request.GET.get("table") == "practice":
        heads = (_("Month"), _("Question bank"), _("People"), _("Rounds"), _("Answers"), _("Right (%)"))
        return sheet(_("practice"), heads, _practice_cells(practice_by_month(chosen)), kind)
    of_courses = (
        _("Month"), _("Course"), _("Runs"), _("Enrolled"), _("Attendance (%)"), _("Passed"), _("Not passed"),
        _("Certificates"),
    )  # fmt: skip
    return sheet(_("courses"), of_courses, _course_cells(courses_by_month(chosen, course, language)), kind)


def _course_cells(lines: Sequence[Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        told = (line.figures[name] for name in ("passed", "failed", "certificates"))
        runs = line.figures["runs"] or None
        yield (_month(line.month), _name(line, _("Other courses"), _("All courses")), runs, line.figures["enrolled"],
               line.attendance, *told)  # fmt: skip


def _practice_cells(lines: Sequence[Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        told = (line.figures[name] for name in ("practisers", "rounds", "answers"))
        yield (_month(line.month), _name(line, _("Other banks"), _("All banks")), *told, line.correct)


def _month(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else _("whole year")


def _name(line: Line, other: str, everything: str) -> str:
    return other if line.is_other else everything if line.is_all else line.name

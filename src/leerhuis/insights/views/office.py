"""What the office sees of courses and practice, month by month, in groups that are large enough."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as in_words
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.charter.audiences import ADMIN
from leerhuis.insights.drawing import picture_file
from leerhuis.insights.faults import faults_by_version
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
from leerhuis.insights.tables import courses_table, months_table, practice_table
from leerhuis.ui.sheets import sheet


@require_safe
def insights_page(request: Any) -> HttpResponse:
    """Show courses and practice by month, as tables and a chart; give either table as a sheet. Keeps: L17a, L17b."""
    form = OfficeFilter(request.GET or None, months=counted_months())
    chosen, course = form.period(), form.course_id()
    language = get_language() or "nl"
    if request.GET.get("picture"):
        return _picture(chosen)
    if request.GET.get("export"):
        return _sheet(request, chosen, course, language)
    by_month = [] if course else academy_by_month(chosen)
    shown = {
        "form": form,
        "smallest": smallest_group(),
        "sees_faults": request.tenant.settings.features.practice and request.viewer.may_enter(ADMIN),
        "has_months": bool(form.months),
        "months": months_table(by_month),
        "chart": _chart(by_month),
        "courses": courses_table(courses_by_month(chosen, course, language)),
        "practice": practice_table([] if course else practice_by_month(chosen)),
    }
    return render(request, "insights/office.html", shown)


@require_safe
def faults_page(request: Any) -> HttpResponse:
    """Show which faults of the practice app occur how often, by version, without anybody. Keeps: L7, L17a."""
    if not request.tenant.settings.features.practice:
        raise Http404
    return render(request, "insights/faults.html", {"lines": faults_by_version(), "smallest": smallest_group()})


def _chart(by_month: Sequence[Line]) -> SafeString:
    """Draw how many finished a course in each month, the first month left."""
    if not any("enrolled" in line.figures for line in by_month):
        return SafeString()
    months = [(line.month, line.figures.get("enrolled")) for line in reversed(by_month) if line.month]
    bars = [(in_words(month, "F Y"), in_words(month, "M"), value) for month, value in months]
    return columns(_("People in courses that ended, by month. The same figures are in the table."), bars)


def _picture(chosen: Period) -> HttpResponse:
    """Give the chart as a file."""
    chart = _chart(academy_by_month(chosen))
    if not chart:
        raise Http404
    return picture_file(_("People in courses that ended, by month"), chart, _("insights"))


def _sheet(request: Any, chosen: Period, course: Any, language: str) -> HttpResponse:
    """Give a table as a file. It holds nobody's data, so it passes no outlet: figures that anybody here may read."""
    asked = request.GET.get("table")
    if asked == "months":
        name, table = _("insights"), months_table(academy_by_month(chosen))
    elif asked == "practice":
        name, table = _("practice"), practice_table(practice_by_month(chosen))
    else:
        name, table = _("courses"), courses_table(courses_by_month(chosen, course, language))
    return sheet(name, table.sheet_heads, table.sheet_rows, request.GET["export"])

"""What an employer's contact sees of its own organisation as a group: never of anybody, and nothing of practice."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.insights.forms import EmployerFilter
from leerhuis.insights.queries import (
    EmployerMonth,
    counted_months,
    employer_by_month,
    organisations_shown,
    smallest_group,
)
from leerhuis.insights.steps import step_words
from leerhuis.ui.sheets import sheet


@require_safe
def insights_page(request: Any) -> HttpResponse:
    """Show how the people of an organisation did together, by month; give it as a sheet. Keeps: L17a, L17b, K6."""
    form = EmployerFilter(
        request.GET or None, months=counted_months(), organisations=organisations_shown(request.viewer)
    )
    organisation = form.chosen_organisation()
    months = employer_by_month(organisation, form.period(), get_language() or "nl") if organisation else []
    if request.GET.get("export"):
        heads = (_("Month"), _("Course"), _("Enrolled"), _("Attendance"), _("Passed"))
        return sheet(_("insights"), heads, _cells(months), request.GET["export"])
    lines = [(month, step_words(month.attendance), step_words(month.passing)) for month in months]
    shown = {"form": form, "organisation": organisation, "lines": lines, "smallest": smallest_group()}
    return render(request, "insights/employer.html", shown)


def _cells(months: Sequence[EmployerMonth]) -> Iterator[tuple[Any, ...]]:
    for each in months:
        name = f"{each.month:%Y-%m}"
        yield (name, _("All courses"), each.enrolled, step_words(each.attendance), step_words(each.passing))
        for line in each.courses:
            yield (name, line.name or _("Other courses"), line.figures["enrolled"], "", "")

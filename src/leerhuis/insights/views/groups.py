"""What whoever teaches a run sees of how its learners practise: topics of the group over months, and nobody in it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.insights.drawing import chart_of, picture_of
from leerhuis.insights.groups import GroupCurves, curves_of_group, group_for, groups_taught
from leerhuis.insights.queries import smallest_group
from leerhuis.ui.sheets import sheet


@require_safe
def groups_page(request: Any) -> HttpResponse:
    """Show the runs that a trainer teaches and whose learners practise, each with the way to its figures."""
    _practice_or_404(request)
    return render(request, "insights/groups.html", {"runs": groups_taught(request.viewer)})


@require_safe
def group_page(request: Any, run_id: UUID) -> HttpResponse:
    """Show the topics of a run's group over months, and those of all runs of its course; give charts and figures."""
    _practice_or_404(request)
    run = group_for(request.viewer, run_id)
    if run is None:
        raise Http404
    groups = curves_of_group(run)
    if request.GET.get("picture"):
        return _picture(groups, request.GET["picture"])
    if request.GET.get("export"):
        heads = (_("Group"), _("Topic"), _("Month"), _("Right (%)"))
        return sheet(run.code, heads, _cells(groups), request.GET["export"])
    in_office = request.resolver_match.url_name == "insights_office_run"
    shown = {
        "run": run,
        "in_office": in_office,
        "layout": "ui/layout/office.html" if in_office else "ui/layout/task.html",
        "groups": [(_name(each), each, [(c.topic, chart_of(c)) for c in each.curves]) for each in groups],
        "has_any": any(each.curves for each in groups),
        "smallest": smallest_group(),
    }
    return render(request, "insights/group.html", shown)


def _practice_or_404(request: Any) -> None:
    if not request.tenant.settings.features.practice:
        raise Http404


def _name(group: GroupCurves) -> str:
    return _("This group") if group.is_run else _("All groups of this course together")


def _picture(groups: Sequence[GroupCurves], asked: str) -> HttpResponse:
    """Give the chart of one topic of one group: ``run`` or ``course``, a colon, and the topic."""
    of, _colon, topic = asked.partition(":")
    for group in groups:
        for curve in group.curves if group.is_run == (of == "run") else ():
            if str(curve.topic.id) == topic:
                return picture_of(curve, _name(group))
    raise Http404


def _cells(groups: Sequence[GroupCurves]) -> Iterator[tuple[Any, ...]]:
    """Yield the lines of a sheet. It holds nobody's data, so it passes no outlet."""
    for group in groups:
        for curve in group.curves:
            for month, value in curve.months:
                if value is not None:
                    yield _name(group), curve.topic.title, f"{month:%Y-%m}", value

"""How the learners of a run practise, for those who teach it: topics over months, of groups alone, never of anybody.

A run is often smaller than the smallest group of which a figure is shown. So the same is shown of all runs of its
course together. Who a trainer may ask for is decided here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from leerhuis.base import clock
from leerhuis.catalogue.models import Module, Run, Teaching
from leerhuis.charter.audiences import OFFICE
from leerhuis.insights.models import GroupBatch
from leerhuis.insights.publish import Cell, publish
from leerhuis.insights.queries import counted_months, smallest_group
from leerhuis.insights.questions import MONTHS_DRAWN, TopicCurve, points_of
from leerhuis.practice.models import Topic

KEPT: Final = timedelta(days=365)  # after its last lesson a run stays in the list of whoever taught it


@dataclass(frozen=True)
class GroupCurves:
    """The topics of one group over months: those of a run (`is_run`), or of all runs of its course together."""

    is_run: bool
    curves: tuple[TopicCurve, ...]


def groups_taught(viewer: Any) -> QuerySet[Run]:
    """Return the runs with practice that a viewer teaches, up to a year after the last lesson; the newest first."""
    modules = Module.objects.filter(course=OuterRef("course"))
    found = Run.objects.filter(Exists(_own(viewer)), Exists(modules)).exclude(state=Run.State.CANCELLED)
    kept = found.exclude(last_day__lt=clock.today() - KEPT)
    return kept.select_related("course").order_by("-first_day", "code")


def group_for(viewer: Any, run_id: UUID) -> Run | None:
    """Return a run whose figures a viewer may see, or None: the office those of all, a trainer of what they teach."""
    runs = Run.objects.all()
    if not viewer.may_enter(OFFICE):
        runs = runs.filter(Exists(_own(viewer)))
    return runs.select_related("course").filter(pk=run_id).first()


def _own(viewer: Any) -> QuerySet[Teaching]:
    return Teaching.objects.filter(run=OuterRef("pk"), trainer=viewer.person_id)


def curves_of_group(run: Run) -> tuple[GroupCurves, GroupCurves]:
    """Return the topics that a run's learners practise, as its own group did and as all runs of its course did.

    Three queries. Each group is published by itself, and told as shares alone: from these no smaller group can be had
    by subtraction. A topic of which nothing is shown is left out.
    """
    months = sorted(counted_months()[:MONTHS_DRAWN])
    banks = Module.objects.filter(course=run.course_id).values("bank")
    topics = list(Topic.objects.filter(bank__in=banks).select_related("bank").order_by("bank__title", "position", "id"))
    rows = GroupBatch.objects.filter(course=run.course_id, topic__in=topics, month__in=months).order_by()
    batches = list(rows.values("run_id", "topic_id", "month", *GroupBatch.counters()))
    own = [each for each in batches if each["run_id"] == run.pk]
    together = [each for each in batches if each["run_id"] is None]
    return _curves(own, topics, months, is_run=True), _curves(together, topics, months, is_run=False)


def _curves(
    batches: Iterable[Mapping[str, Any]], topics: Iterable[Topic], months: list[date], *, is_run: bool
) -> GroupCurves:
    cells = [Cell(each["topic_id"], each["month"], each["people"], _figures(each)) for each in batches]
    shown = publish(cells, smallest_group(), row_totals=False).cells
    found = (TopicCurve(topic, points_of(topic.id, months, shown)) for topic in topics)
    return GroupCurves(is_run, tuple(each for each in found if any(value is not None for _, value in each.months)))


def _figures(row: Mapping[str, Any]) -> dict[str, int]:
    return {"answers": row["answers"], "right": row["right"]}

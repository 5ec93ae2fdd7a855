"""Which faults of the app occur how often, by version: of weeks that are over and of enough people, without anybody.

Keeps: L7, L17a.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Count, Max

from leerhuis.base import clock
from leerhuis.insights.publish import Cell, publish
from leerhuis.insights.queries import smallest_group
from leerhuis.people.queries import unrestricted
from leerhuis.practice.models import DeviceReport

WEEKS: Final = 12
NEWEST: Final = 6  # versions; older ones are no longer mended


@dataclass(frozen=True)
class FaultLine:
    """A fault in one version of the app: its name, where it happened, how often, and with how many people.

    Without a name it stands for all faults of that version that too few people had.
    """

    version: str
    fault: str
    place: str
    reports: int
    people: int


def faults_by_version() -> list[FaultLine]:
    """Return how often which fault was reported in twelve whole weeks, the newest version and the most first."""
    counted = list(_counted())
    shown = publish([cell for cell, _newest, _names in counted], smallest_group(), row_totals=False)
    newest = {str(cell.column): latest for cell, latest, _names in sorted(counted, key=lambda each: each[1])}
    versions = sorted(newest, key=lambda version: newest[version], reverse=True)[:NEWEST]
    named = {(cell.row, cell.column): names for cell, _newest, names in counted}
    lines = [
        FaultLine(str(version), *named[row, version], figures["reports"], figures["people"])
        for (row, version), figures in shown.cells.items()
    ]
    lines += [
        FaultLine(str(version), "", "", figures["reports"], figures["people"])
        for version, figures in shown.other.items()
        if figures["people"]
    ]
    kept = [line for line in lines if line.version in versions]
    return sorted(kept, key=lambda line: (versions.index(line.version), not line.fault, -line.people, line.fault))


def _counted() -> Iterable[tuple[Cell, datetime, tuple[str, str]]]:
    """Yield the groups, each with the moment of its latest report, and the fault with its place.

    People whose data are only kept do not count.
    """
    began, ended = _whole_weeks()
    reports = unrestricted(DeviceReport.objects.filter(created_at__gte=began, created_at__lt=ended), "person")
    rows = reports.order_by().values("fault", "place", "version")
    for row in rows.annotate(reports=Count("id"), people=Count("person", distinct=True), latest=Max("created_at")):
        names = (row["fault"], row["place"])
        yield Cell(names, row["version"], row["people"], {"reports": row["reports"]}), row["latest"], names


def _whole_weeks() -> tuple[datetime, datetime]:
    """Return since when and until when is counted: up to this Monday, so that no two days can be taken apart."""
    today = clock.today()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time.min, clock.zone())
    return monday - timedelta(weeks=WEEKS), monday

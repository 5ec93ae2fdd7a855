"""Who is alike: those who began in the same quarter of a year, and those whose exam is about as near.

A cohort has a name of letters and figures, under which it is counted, and words, in which it is told.
"""

from bisect import bisect_right
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.insights.counting import after

STARTED, EXAM = "started ", "exam "
BANDS: Final = (0, 5, 9, 14, 27)  # whole weeks from the end of a month to the exam at which a band begins
_LAST: Final = len(BANDS)


def started(began_at: datetime) -> str:
    """Return the cohort of those who began in the same quarter."""
    day = began_at.astimezone(clock.zone())
    return f"{STARTED}{day.year:04d}-{(day.month + 2) // 3}"


def nearing(exam_on: date | None, month: date) -> str | None:
    """Return the cohort of those whose exam lies about as far behind the end of a month; None for no exam ahead."""
    if exam_on is None or exam_on < after(month):
        return None
    return f"{EXAM}{bisect_right(BANDS, (exam_on - after(month)).days // 7)}"


def cohorts_of(began_at: datetime, exam_on: date | None, month: date) -> list[str]:
    """Return the cohorts that somebody is in, the nearest to them first."""
    return [each for each in (nearing(exam_on, month), started(began_at)) if each]


def words_of_cohort(name: str) -> str:
    """Return who is in a cohort, as a phrase: "learners who …"."""
    if name.startswith(STARTED):
        year, quarter = name.removeprefix(STARTED).split("-")
        return _of_quarters()[int(quarter) - 1] % {"year": year}
    band = int(name.removeprefix(EXAM))
    least = BANDS[band - 1]
    if band == _LAST:
        return _("learners whose exam was, like yours, %(least)d weeks away or more") % {"least": least}
    if band == 1:
        return _("learners whose exam was, like yours, less than %(most)d weeks away") % {"most": BANDS[1]}
    spoken = {"least": least, "most": BANDS[band] - 1}
    return _("learners whose exam was, like yours, %(least)d to %(most)d weeks away") % spoken


def _of_quarters() -> tuple[str, str, str, str]:
    return (
        _("learners who began, like you, in January, February or March %(year)s"),
        _("learners who began, like you, in April, May or June %(year)s"),
        _("learners who began, like you, in July, August or September %(year)s"),
        _("learners who began, like you, in October, November or December %(year)s"),
    )

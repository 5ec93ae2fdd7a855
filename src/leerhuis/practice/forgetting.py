"""The curve of forgetting in SQL, for as many questions as there are: recall now, and on the day of the exam."""

from datetime import date, datetime, time
from typing import Any, Final

from fsrs import State

from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.practice.models import Fit, Question
from leerhuis.practice.pacing import LAST_DAYS
from leerhuis.practice.scheduling import DEFAULT, RETENTION, Parameters, decay_of, factor_of

EXAM_AT: Final = time(9)  # when an exam is taken to begin, in the academy's zone


_KNOWN: Final = "_fsrs_parameters"  # on the row of the academy, which each request and job reads anew


def parameters_in_use() -> Parameters:
    """Return the parameters of FSRS that this academy schedules by: those fitted to its answers, else the default.

    One query for a request or job, however often it is asked.
    """
    academy = current_academy()
    known: Parameters | None = academy.__dict__.get(_KNOWN)
    if known is None:
        fitted = Fit.objects.filter(state=Fit.State.IN_USE).values_list("parameters", flat=True).first()
        known = tuple(fitted) if fitted else DEFAULT
        academy.__dict__[_KNOWN] = known
    return known


def forget_parameters() -> None:
    """Have the parameters read again, because others were taken into use."""
    current_academy().__dict__.pop(_KNOWN, None)


def recall_sql(at: str, *, power: int = 1) -> str:
    """Return `scheduling.recall` of a row of practice_card as SQL, at a moment; 0 for what was missed last time.

    A test holds it and the library together. The statement gets the values of `curve`. `power` 2 gives its square.
    """
    return (
        "CASE WHEN card.state = %(known)s THEN power(1 + %(factor)s"
        f" * greatest(0, date_part('day', {at} - card.last_review)) / card.stability, {power} * %(decay)s)"
        " ELSE 0 END"
    )


# Whether an exam lies ahead, and when it is, for accesses joined with their goals as `goal`; now for whoever has none.
HAS_EXAM_SQL: Final = "goal.exam_on >= %(today)s"
EXAM_SQL: Final = (
    f"CASE WHEN {HAS_EXAM_SQL}"
    " THEN greatest(%(at)s, (goal.exam_on + %(exam_at)s) AT TIME ZONE %(zone)s) ELSE %(at)s END"
)


def curve(at: datetime) -> dict[str, Any]:
    """Return what the formulas in SQL need at a moment: FSRS's curve, and when this day and the exam begin."""
    zone, parameters = clock.zone(), parameters_in_use()
    today = at.astimezone(zone).date()
    return {
        "at": at,
        "today": today,
        "today_began": datetime.combine(today, time.min, zone),
        "zone": str(zone),
        "exam_at": EXAM_AT,
        "last_days": LAST_DAYS,
        "known": State.Review.value,
        "released": Question.State.RELEASED.value,
        "retention": RETENTION,
        "factor": factor_of(parameters),
        "decay": decay_of(parameters),
    }


def exam_moment(exam_on: date, at: datetime) -> datetime:
    """Return when the exam of a day begins, or the moment itself where that is later; as the statements here do."""
    return max(at, datetime.combine(exam_on, EXAM_AT, clock.zone()))

"""The curve of forgetting in SQL, for as many questions as there are: recall now, and on the day of the exam."""

from datetime import date, datetime, time
from typing import Any, Final

from fsrs import State

from leerhuis.base import clock
from leerhuis.practice.models import Question
from leerhuis.practice.pacing import LAST_DAYS
from leerhuis.practice.scheduling import DECAY, FACTOR, RETENTION

EXAM_AT: Final = time(9)  # when an exam is taken to begin, in the academy's zone


def recall_sql(at: str) -> str:
    """Return `scheduling.recall` of a row of practice_card as SQL, at a moment; 0 for what was missed last time.

    A test holds it and the library together. The statement gets the values of `curve`.
    """
    return (
        "CASE WHEN card.state = %(known)s THEN power(1 + %(factor)s"
        f" * greatest(0, date_part('day', {at} - card.last_review)) / card.stability, %(decay)s)"
        " ELSE 0 END"
    )


# When the exam is, for accesses joined with their goals as `goal`; now for whoever has none ahead.
EXAM_SQL: Final = (
    "CASE WHEN goal.exam_on >= %(today)s"
    " THEN greatest(%(at)s, (goal.exam_on + %(exam_at)s) AT TIME ZONE %(zone)s) ELSE %(at)s END"
)


def curve(at: datetime) -> dict[str, Any]:
    """Return what the formulas in SQL need at a moment: FSRS's curve, and when this day and the exam begin."""
    zone = clock.zone()
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
        "factor": FACTOR,
        "decay": DECAY,
    }


def exam_moment(exam_on: date, at: datetime) -> datetime:
    """Return when the exam of a day begins, or the moment itself where that is later; as the statements here do."""
    return max(at, datetime.combine(exam_on, EXAM_AT, clock.zone()))

"""When somebody is reminded to practise, and why: never for its own sake. Pure.

A word comes when what somebody knows is about to drop, or when the pace towards their exam asks for it; not on a day on
which they practised, not after their course, and in working hours only where they chose that. docs/decisions/0035.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.pacing import Load

FIRST_HOUR, LAST_HOUR = 6, 22  # of a day, by the academy's clock
EVENING: Final = 19
EVERY_DAY: Final = 127  # the sum of 1 for Monday, 2, 4 … 64 for Sunday
DAYS_A_WEEK: Final = 7
WORK_DAYS: Final = 5
WORK_BEGINS, WORK_ENDS = 9, 17
ENOUGH: Final = 6  # questions that wait, from which on a round is worth a word
FEW: Final = 3  # and from which on it is where the whole falls below what was wished
ROUNDS_FIRST: Final = 3  # on so many days somebody finished a round before they are asked whether they want this
LOOKED_AHEAD: Final = 60  # days in which the next reminder is looked for
OF_USE: Final = timedelta(hours=6)  # after that a reminder is of no use, and on another day it would be another one


class Reason(TextChoices):
    """Why somebody is reminded."""

    EXAM = "exam", _("your exam comes nearer")
    DUE = "due", _("what you know is about to be forgotten")
    FADING = "fading", _("you are expected to know less than you wished")


@dataclass(frozen=True)
class Times:
    """When reminders are welcome: the hour, the days as a sum (see `EVERY_DAY`), and whether at work, too."""

    hour: int = EVENING
    days: int = EVERY_DAY
    at_work: bool = False

    def welcome_on(self, day: date) -> bool:
        """True for a day on which a reminder may come at the chosen hour."""
        return bool(self.days & bit_of(day)) and (self.at_work or not is_work(day, self.hour))

    def welcome_at(self, moment: datetime) -> bool:
        """True where a reminder that is late may still arrive: not at work, unless that was chosen."""
        return self.at_work or not is_work(moment.date(), moment.hour)

    @property
    def ever(self) -> bool:
        """True when there is any day in a week on which one may come."""
        monday = date(2024, 1, 1)
        return any(self.welcome_on(monday + timedelta(days=each)) for each in range(DAYS_A_WEEK))


def bit_of(day: date) -> int:
    """Return what stands for the day of the week in a sum of days: 1 for Monday, 64 for Sunday."""
    return 1 << day.weekday()


def sum_of_days(weekdays: Iterable[int]) -> int:
    """Return days of the week (0 for Monday) as a sum."""
    return sum(1 << each for each in set(weekdays))


def days_in(days: int) -> list[int]:
    """Return the days of the week (0 for Monday) of a sum."""
    return [each for each in range(DAYS_A_WEEK) if days & (1 << each)]


def is_work(day: date, hour: int) -> bool:
    """True for the hours of work: Monday to Friday, from nine to five."""
    return day.weekday() < WORK_DAYS and WORK_BEGINS <= hour < WORK_ENDS


def reason_to_remind(load: Load, recall: float | None, *, finished: bool) -> Reason | None:
    """Return why somebody is reminded of a bank now, or nothing.

    `recall` is the mean predicted recall of what they have met, 0 to 1. A `finished` course reminds of nothing, of an
    exam that its learner set for a later day neither.
    """
    if finished or load.met_today or load.refreshed_today:
        return None
    if load.plan.exam_ahead(load.today) and load.new_today + load.refresh_today + load.looks_today:
        return Reason.EXAM
    waiting = load.again + load.due
    if waiting >= min(ENOUGH, load.usual):
        return Reason.DUE
    if waiting >= FEW and recall is not None and recall < load.plan.retention:
        return Reason.FADING
    return None


def of_use_until(times: Times, now: datetime) -> datetime:
    """Return until when a reminder of now may arrive: six hours, this day, and until work; in the zone of now."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    work = datetime.combine(now.date(), time(WORK_BEGINS), now.tzinfo)
    ends = [now + OF_USE, midnight]
    if not times.at_work and is_work(now.date(), WORK_BEGINS) and now < work:
        ends.append(work)
    return min(ends)


def next_moment(times: Times, after: datetime, *, reminded_today: bool = False) -> datetime | None:
    """Return the next moment at which a reminder may come, not before `after`; in the zone of `after`.

    None where the chosen hour falls into work on each chosen day.
    """
    for ahead in range(LOOKED_AHEAD):
        day = after.date() + timedelta(days=ahead)
        moment = datetime.combine(day, time(times.hour), after.tzinfo)
        in_this_hour = ahead == 0 and after.hour == times.hour
        if times.welcome_on(day) and (moment >= after or in_this_hour) and not (reminded_today and ahead == 0):
            return moment
    return None

"""The timetable of an academy: every lesson gets a day on which nobody and no room is needed twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from leerhuis.config.demo.content.days import teaching_day
from leerhuis.config.demo.content.kinds import WEEKDAYS, LessonPlan, Run, ScheduledLesson

_ONE_DAY = timedelta(days=1)
Timetable = dict[str, tuple[ScheduledLesson, ...]]


@dataclass(frozen=True)
class _Wish:
    """A lesson and the day on which it would like to be; a pinned one gets that day, whatever day it is."""

    run: Run
    number: int
    plan: LessonPlan
    day: date
    pinned: bool

    @property
    def needs(self) -> tuple[str, ...]:
        """Return all that can be in one place only; a cancelled run needs nothing."""
        if self.run.state == "cancelled":
            return ()
        learners = tuple(key for order in self.run.orders for key in order.seated)
        room = (f"{self.run.venue}/{self.run.room}",) if self.plan.place == "venue" else ()
        return self.run.trainers + learners + room


def timetable(runs: Iterable[Run], today: date) -> Timetable:
    """Return the lessons of each run (by its key), in order, with their days.

    A lesson that meets a Sunday, a holiday, or somebody who is needed elsewhere at that hour moves to the next day
    that is free. Pinned lessons come first, then the others by day, so that the same day gives the same timetable.
    """
    taken: dict[tuple[str, date], list[tuple[time, time]]] = defaultdict(list)
    days: dict[tuple[str, int], date] = {}
    wishes = [wish for run in runs for wish in _wishes(run, today)]
    for wish in sorted(wishes, key=lambda wish: (not wish.pinned, wish.day, wish.run.key, wish.number)):
        day = wish.day if wish.pinned else _free_day(wish, days.get((wish.run.key, wish.number - 1)), taken)
        days[wish.run.key, wish.number] = day
        for need in wish.needs:
            taken[need, day].append((wish.plan.start, wish.plan.end))
    found: dict[str, list[ScheduledLesson]] = defaultdict(list)
    for wish in wishes:
        found[wish.run.key].append(ScheduledLesson(wish.number, wish.plan, days[wish.run.key, wish.number]))
    return {key: tuple(lessons) for key, lessons in found.items()}


def _wishes(run: Run, today: date) -> list[_Wish]:
    anchor = run.course.lessons[run.anchor - 1]
    start = today + timedelta(days=run.first_day_in)
    if run.weekday is not None:
        start += timedelta(days=(WEEKDAYS.index(run.weekday) - start.weekday()) % 7)
    return [
        _Wish(
            run,
            number,
            plan,
            start + timedelta(days=plan.day - anchor.day),
            pinned=run.weekday is None and number == run.anchor,
        )
        for number, plan in enumerate(run.course.lessons, start=1)
    ]


def _free_day(wish: _Wish, previous: date | None, taken: dict[tuple[str, date], list[tuple[time, time]]]) -> date:
    saturday = wish.run.weekday == "sat"
    day = teaching_day(max(wish.day, previous + _ONE_DAY) if previous else wish.day, saturday=saturday)
    while any(
        wish.plan.start < end and start < wish.plan.end
        for need in wish.needs
        for start, end in taken.get((need, day), ())
    ):
        day = teaching_day(day + _ONE_DAY, saturday=saturday)
    return day

"""A learner's lessons as a calendar file (RFC 5545), for the calendar on their own telephone or computer.

It holds when and where a lesson is and of which course. No names of people, no address of the online room (that stays
behind signing in), and no alarms: when to be warned is the reader's own choice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run

PRODUCT = "-//Leerhuis//Leerhuis//NL"
STANDING = {
    Run.State.PLANNED: "TENTATIVE",
    Run.State.OPEN: "TENTATIVE",
    Run.State.CONFIRMED: "CONFIRMED",
    Run.State.CLOSED: "CONFIRMED",
    Run.State.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True)
class DatedLesson:
    """A lesson, with its run and course read, the words that a calendar shows and the address of its page."""

    lesson: Lesson
    title: str
    place: str
    page: str


def calendar_file(lessons: Iterable[DatedLesson], *, host: str, name: str) -> bytes:
    """Return lessons as a calendar named `name`, in the academy's zone.

    A lesson keeps its UID (its id at the academy's host), so that a file of later moves it instead of doubling it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in lessons:
        calendar.add_component(_event(each, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(dated: DatedLesson, host: str) -> Event:
    lesson, zone = dated.lesson, clock.zone()
    event = Event()
    event.add("uid", f"{lesson.id}@{host}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", lesson.starts_at.astimezone(zone))
    event.add("dtend", lesson.ends_at.astimezone(zone))
    event.add("summary", dated.title)
    event.add("location", dated.place)
    event.add("description", "\n".join(part for part in (lesson.title, dated.page) if part))
    event.add("url", dated.page)
    event.add("status", STANDING[Run.State(lesson.run.state)])
    return event

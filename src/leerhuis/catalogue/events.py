"""What happens to courses, runs and lessons. A handler of a higher package may refuse: an exception stops the act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class CoursePublished(Event):
    """A course stands in the public catalogue."""

    course_id: UUID


@dataclass(frozen=True)
class CourseWithdrawn(Event):
    """A course was taken out of the public catalogue."""

    course_id: UUID


@dataclass(frozen=True)
class ModulesChanged(Event):
    """A course got other question banks to practise."""

    course_id: UUID


@dataclass(frozen=True)
class RunOpened(Event):
    """A run takes registrations."""

    run_id: UUID


@dataclass(frozen=True)
class RunResized(Event):
    """A run got another number of seats. Who knows its learners refuses a number below theirs, or lets in who waits."""

    run_id: UUID
    seats: int


@dataclass(frozen=True)
class RunConfirmed(Event):
    """It is certain that a run goes ahead."""

    run_id: UUID


@dataclass(frozen=True)
class RunCancelled(Event):
    """A run does not take place."""

    run_id: UUID


@dataclass(frozen=True)
class RunClosed(Event):
    """A run is over and its administration done."""

    run_id: UUID


@dataclass(frozen=True)
class LessonAdded(Event):
    """A run got another lesson."""

    lesson_id: UUID


@dataclass(frozen=True)
class LessonMoved(Event):
    """A lesson got another time or place; with when it was before."""

    lesson_id: UUID
    starts_before: datetime
    ends_before: datetime


@dataclass(frozen=True)
class LessonRemoved(Event):
    """A lesson is about to go; told before it goes, so that whoever holds attendance of it can refuse."""

    lesson_id: UUID


@dataclass(frozen=True)
class TrainerAssigned(Event):
    """Somebody teaches a run from now on."""

    run_id: UUID
    trainer_id: UUID


@dataclass(frozen=True)
class TrainerReleased(Event):
    """Somebody teaches a run no longer."""

    run_id: UUID
    trainer_id: UUID

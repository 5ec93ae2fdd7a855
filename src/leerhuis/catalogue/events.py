"""What happens to courses and runs."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class RunOpened(Event):
    """A run takes registrations."""

    run_id: UUID


@dataclass(frozen=True)
class RunConfirmed(Event):
    """It is certain that a run goes ahead."""

    run_id: UUID


@dataclass(frozen=True)
class RunCancelled(Event):
    """A run does not take place."""

    run_id: UUID


@dataclass(frozen=True)
class LessonMoved(Event):
    """A lesson got another time or place."""

    lesson_id: UUID


@dataclass(frozen=True)
class RunClosed(Event):
    """A run is over and its administration done."""

    run_id: UUID

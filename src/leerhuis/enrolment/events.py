"""What happens to registrations and enrolments."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class RegistrationReceived(Event):
    """Something was handed in, for one or more learners."""

    registration_id: UUID


@dataclass(frozen=True)
class EnrolmentConfirmed(Event):
    """A learner has a seat."""

    enrolment_id: UUID


@dataclass(frozen=True)
class EnrolmentQueued(Event):
    """A learner is on the waiting list."""

    enrolment_id: UUID


@dataclass(frozen=True)
class EnrolmentCancelled(Event):
    """A learner gave up a seat or a place on the waiting list, or somebody took it back."""

    enrolment_id: UUID


@dataclass(frozen=True)
class EnrolmentMoved(Event):
    """A learner goes to another run than before: with a seat, or on its waiting list."""

    enrolment_id: UUID
    run_before: UUID


@dataclass(frozen=True)
class EnrolmentCompleted(Event):
    """A learner's course is over."""

    enrolment_id: UUID


@dataclass(frozen=True)
class SharingTold(Event):
    """A learner was told what their employer will see."""

    enrolment_id: UUID


@dataclass(frozen=True)
class SharingObjected(Event):
    """A learner objected: from now on the employer sees nothing more of this enrolment."""

    enrolment_id: UUID


@dataclass(frozen=True)
class ObjectionWithdrawn(Event):
    """A learner took an objection back: the employer sees again what was agreed."""

    enrolment_id: UUID

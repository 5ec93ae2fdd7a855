"""What happens to attendance, results and certificates."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class AttendanceSubmitted(Event):
    """A trainer submitted the attendance of a lesson."""

    lesson_id: UUID


@dataclass(frozen=True)
class ResultGiven(Event):
    """A person decided the result of an enrolment."""

    enrolment_id: UUID


@dataclass(frozen=True)
class OutcomeCorrected(Event):
    """Attendance or a result that counted already was corrected: `what` is ``attendance`` or ``result``."""

    enrolment_id: UUID
    what: str


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A learner has a certificate."""

    certificate_id: UUID


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate is no longer valid."""

    certificate_id: UUID

"""What happens to agreements."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class AgreementRecorded(Event):
    """It was agreed with an organisation what it sees of enrolments that it orders from now on."""

    agreement_id: UUID


@dataclass(frozen=True)
class AgreementEnded(Event):
    """An organisation sees nothing of enrolments that it orders from now on."""

    agreement_id: UUID

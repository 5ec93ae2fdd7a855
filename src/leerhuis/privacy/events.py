"""What happens to the privacy statement and to people's data."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class StatementPublished(Event):
    """A version of the privacy statement is in force from now on."""

    version_id: UUID


@dataclass(frozen=True)
class PersonRestricted(Event):
    """A person's data are only kept from now on."""

    person_id: UUID


@dataclass(frozen=True)
class PersonReleased(Event):
    """A person's data may be used again."""

    person_id: UUID


@dataclass(frozen=True)
class HoldPlaced(Event):
    """Something may not be erased until a day."""

    hold_id: UUID


@dataclass(frozen=True)
class HoldEnded(Event):
    """Something that was held may be erased again."""

    hold_id: UUID


@dataclass(frozen=True)
class RequestReceived(Event):
    """Somebody asked something about their data."""

    request_id: UUID


@dataclass(frozen=True)
class IdentityAsked(Event):
    """It has to be established who asked."""

    request_id: UUID


@dataclass(frozen=True)
class RequestExtended(Event):
    """A request takes longer than the first term."""

    request_id: UUID


@dataclass(frozen=True)
class RequestClosed(Event):
    """Somebody had the reply to their request."""

    request_id: UUID


@dataclass(frozen=True)
class TextsWait(Event):
    """Texts that seem to name somebody who was erased go whole soon, unless somebody looks at them."""

    redaction_id: UUID


@dataclass(frozen=True)
class RequestDue(Event):
    """The last day to reply to a request is near or past."""

    request_id: UUID


@dataclass(frozen=True)
class FirmEntered(Event):
    """A firm stands in the register of suppliers."""

    firm_id: UUID


@dataclass(frozen=True)
class FirmChanged(Event):
    """What is recorded of a firm became different."""

    firm_id: UUID


@dataclass(frozen=True)
class FirmEnded(Event):
    """A firm works for the academy no longer."""

    firm_id: UUID


@dataclass(frozen=True)
class PersonLeaving(Event):
    """A person's data are about to be erased: end now what still runs for them, or refuse."""

    person_id: UUID


@dataclass(frozen=True)
class OrganisationLeaving(Event):
    """An organisation is about to be removed on a day: refuse, where something that it ordered still runs then."""

    organisation_id: UUID
    day: date


@dataclass(frozen=True)
class RemovalAsked(Event):
    """Notice was given: an organisation is removed on a day."""

    removal_id: UUID


@dataclass(frozen=True)
class RemovalCalledOff(Event):
    """An organisation under notice stays."""

    removal_id: UUID


@dataclass(frozen=True)
class RemovalBegins(Event):
    """What is left of an organisation goes in this transaction: add up now what would be double without it."""

    organisation_id: UUID


@dataclass(frozen=True)
class OrganisationRemoved(Event):
    """An organisation was removed: all of it, or all but what law and holds keep."""

    removal_id: UUID
    is_all: bool


@dataclass(frozen=True)
class ErasureBegins(Event):
    """A person's rows go in this transaction: count now what has to be counted of them."""

    person_id: UUID


@dataclass(frozen=True)
class RetentionBegins(Event):
    """Rows that are past their term go in this transaction: count now what has to be counted of them."""

    run_id: UUID


@dataclass(frozen=True)
class PersonErased(Event):
    """A person's data were erased, all of them or all but what law and holds keep, files and all."""

    erasure_id: UUID
    request_id: UUID | None
    is_all: bool


@dataclass(frozen=True)
class ComplaintReceived(Event):
    """Somebody complained."""

    complaint_id: UUID


@dataclass(frozen=True)
class ComplaintAnswered(Event):
    """Somebody had the answer to their complaint."""

    complaint_id: UUID


@dataclass(frozen=True)
class ComplaintDue(Event):
    """The last day to answer a complaint is near or past."""

    complaint_id: UUID

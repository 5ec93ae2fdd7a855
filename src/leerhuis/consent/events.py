"""What happens to agreements, choices and news."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class AgreementRecorded(Event):
    """It was agreed with an organisation what it sees of enrolments, more of later ones alone."""

    agreement_id: UUID


@dataclass(frozen=True)
class AgreementEnded(Event):
    """Nothing is agreed with an organisation any more."""

    agreement_id: UUID


@dataclass(frozen=True)
class ChoiceAsked(Event):
    """Somebody chose what they want to get, and the owner of the address has yet to say that it was them."""

    reader_id: UUID


@dataclass(frozen=True)
class ConsentGiven(Event):
    """A reader consented to a topic."""

    reader_id: UUID
    topic: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """A reader took their consent to a topic back, or stopped it."""

    reader_id: UUID
    topic: str


@dataclass(frozen=True)
class MarketingObjected(Event):
    """A reader objected to every kind of news; it was in force at once."""

    reader_id: UUID


@dataclass(frozen=True)
class ObjectionRaised(Event):
    """A person objected to a purpose that rests on our own interest: somebody has to weigh it (article 21(1) AVG)."""

    person_id: UUID
    purpose: str


@dataclass(frozen=True)
class NewsSent(Event):
    """A news mail was sent to whoever wants its topic."""

    news_id: UUID

"""What happens to organisations."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class OrganisationAdded(Event):
    """An organisation became known."""

    organisation_id: UUID


@dataclass(frozen=True)
class ContactAppointed(Event):
    """Somebody became an organisation's contact."""

    organisation_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class MemberInvited(Event):
    """A contact asked somebody to join their organisation."""

    organisation_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class InvitationAnswered(Event):
    """Somebody joined the organisation that invited them, or said no."""

    organisation_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class MembershipEnded(Event):
    """Somebody no longer works for an organisation, or is its contact no more."""

    organisation_id: UUID
    person_id: UUID

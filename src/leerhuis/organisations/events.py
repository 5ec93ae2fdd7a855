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

"""What happens to documents."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class RemovedFromDisk(Event):
    """Files or keys that were to go are not on the disk any more; others may wait yet."""

    count: int


@dataclass(frozen=True)
class DocumentRefused(Event):
    """A virus was found in a document; it was destroyed."""

    document_id: UUID

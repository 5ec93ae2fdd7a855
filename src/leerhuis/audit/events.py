"""What happens to the journal."""

from dataclasses import dataclass

from leerhuis.base.events import Event


@dataclass(frozen=True)
class JournalShipped(Event):
    """Operations that were done stand outside the database now; others may wait yet."""

    count: int

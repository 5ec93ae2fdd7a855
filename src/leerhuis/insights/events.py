"""What happens to figures."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class MonthCompared(Event):
    """Whoever asked for it was told how groups like theirs did in a month."""

    month_id: UUID

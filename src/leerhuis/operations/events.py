"""What happens to the house itself."""

from dataclasses import dataclass

from leerhuis.base.events import Event


@dataclass(frozen=True)
class BackupsInTrouble(Event):
    """The administrators of an academy were told that the backups are not as they should be."""

    troubles: tuple[str, ...]

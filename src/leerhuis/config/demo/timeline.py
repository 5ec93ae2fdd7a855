"""The line of time along which the demo's history is played."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from leerhuis.base import clock


@dataclass
class Timeline:
    """Acts with the moment at which each happened; played in that order, the earlier added first at equal moments."""

    acts: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def add(self, moment: datetime, act: Callable[[], object]) -> None:
        """Put an act on the line."""
        self.acts.append((moment, act))

    def play(self) -> None:
        """Do every act at its moment."""
        for moment, act in sorted(self.acts, key=lambda pair: pair[0]):
            with clock.at(moment):
                act()

"""Builds the demo: founds the two academies of the examples and writes their invented past, present and future.

Everything is done by the house's own actions, each at the moment when it would have happened, so that the demo is what
the product makes of such a history. Only practice answers are written set-based: there are too many of them.
Building again on a finished demo does nothing; one that broke off is built again from the start.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from leerhuis.academies.actions import found_academy
from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.academies.settings import read_settings
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, edge
from leerhuis.config.demo.content.loader import ACADEMIES
from leerhuis.people.models import Person

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
SEED = 2027


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


def build_demo(now: datetime | None = None) -> None:
    """Make the demo's academies and fill those that are empty. `now` (default: this moment) is "today" of the demo."""
    moment = now or datetime.now(UTC)
    for key in ACADEMIES:
        with at_shared_tables():
            academy = academy_by_key(key)
        if academy is None:
            academy = found_academy(read_settings(EXAMPLES / f"{key}.toml"))
        fill_when_empty(academy, moment)


def fill_when_empty(academy: Academy, now: datetime) -> None:
    """Write an academy's whole history in one transaction, unless somebody is in it already."""
    from leerhuis.config.demo import history, offer, practising

    with edge(academy):
        if Person.objects.exists():
            return
        chance = random.Random(SEED)  # noqa: S311 - the same demo each time, no secret
        timeline = Timeline()
        world = offer.plan(academy.schema_name, now, timeline)  # type: ignore[arg-type]  # the demo's own two keys
        history.plan(world, now, timeline)
        timeline.play()
        practising.write(world, now, chance)
        history.settle(now)

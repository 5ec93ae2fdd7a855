"""Builds the demo: founds the two academies of the examples and writes their invented past, present and future.

What the standing characters do is done by the house's own actions, each at the moment when it would have happened, so
that the demo is what the product makes of such a history. The crowd around them, and what all of them answered in
practice, is too much for that: it is written set-based, in the form that the actions give it (docs/decisions/0015).
Building again on a finished demo does nothing; one that broke off is built again from the start.
"""

import gc
import random
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from django.db import connection

from leerhuis.academies.actions import found_academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.academies.settings import read_settings
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, edge
from leerhuis.config.demo import authoring, history, news, offer, practising, rights, statement
from leerhuis.config.demo.content.kinds import Academy
from leerhuis.config.demo.content.loader import ACADEMIES
from leerhuis.config.demo.crowd.build import add_crowd
from leerhuis.config.demo.timeline import Timeline
from leerhuis.insights.actions import count_what_is_over
from leerhuis.people.models import Person

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
SEED = 2027


def build_demo(now: datetime | None = None) -> None:
    """Make the demo's academies and fill those that are empty. `now` (default: this moment) is "today" of the demo."""
    moment = now or datetime.now(UTC)
    if empty := [key for key in ACADEMIES if not _is_filled(key)]:
        _build_side_by_side(empty, moment)


def _is_filled(key: Academy) -> bool:
    with at_shared_tables():
        academy = academy_by_key(key)
    if academy is None:
        return False
    with edge(academy):
        return Person.objects.exists()


def _build_side_by_side(keys: list[Academy], moment: datetime) -> None:
    """Found and fill academies at the same time, each in a process of its own: they share nothing but their hosts.

    The processes are forks: the program is loaded once, and this one has a single thread and no connection left.
    """
    import_module("leerhuis.config.urls")
    connection.close()
    with ProcessPoolExecutor(len(keys), get_context("fork")) as processes:
        for filled in [processes.submit(_build_and_end, key, moment) for key in keys]:
            filled.result()


def _build_and_end(key: Academy, now: datetime) -> None:
    """Build an academy in a process that ends with it: it is not worth its while to look for garbage meanwhile."""
    gc.disable()
    with at_shared_tables():
        is_founded = academy_by_key(key) is not None
    if not is_founded:
        found_academy(read_settings(EXAMPLES / f"{key}.toml"))
    fill_when_empty(key, now)


def fill_when_empty(key: Academy, now: datetime) -> None:
    """Write an academy's whole history in one transaction, unless somebody is in it already."""
    with at_shared_tables():
        academy = academy_by_key(key)
    if academy is None:
        raise LookupError(key)
    with edge(academy):
        if Person.objects.exists():
            return
        chance = random.Random(SEED)  # noqa: S311 - the same demo each time, no secret
        timeline = Timeline()
        world = offer.plan(key, now, timeline)
        history.plan(world, now, timeline)
        statement.plan(world, now, timeline)
        news.plan(world, now, timeline)
        rights.plan(world, now, timeline)
        practising.plan(world, timeline)
        authoring.plan(world, timeline)
        timeline.play()
        practising.write(world, now, chance)
        add_crowd(world, now, chance)
        with clock.at(now):
            authoring.change_a_meaning(world)
        rights.let_last_night_go(world)
        history.settle(now)
        with clock.at(now):
            count_what_is_over(by=Actor.job("insights.count"))

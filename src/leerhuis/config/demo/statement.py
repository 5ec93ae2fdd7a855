"""The statement in the demo: an older version, and the newer one that took its place and was announced."""

from datetime import datetime, timedelta
from functools import partial

from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import current_academy
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.timeline import Timeline
from leerhuis.privacy.actions import announce_statement, enter_firm, publish_statement
from leerhuis.privacy.firms import as_row, chosen_now
from leerhuis.privacy.models import Firm
from leerhuis.privacy.statement import version

FIRST_DAYS_AGO, SECOND_DAYS_AGO = 415, 45


def plan(world: World, now: datetime, timeline: Timeline) -> None:
    """Put both versions on the line."""
    timeline.add(at(world.today - timedelta(days=FIRST_DAYS_AGO), 12), partial(_publish_older, world))
    timeline.add(at(world.today - timedelta(days=SECOND_DAYS_AGO), 10), partial(_publish, world))


def _publish_older(world: World) -> None:
    """Publish what held when the academy had promised a slower answer and had not named its last supplier yet."""
    academy = current_academy()
    today: AcademySettings = academy.settings
    rights = today.rights.model_copy(update={"answer_days": today.rights.answer_days + 2})
    academy.settings = today.model_copy(update={"rights": rights})
    Firm.objects.filter(name=today.suppliers[-1].name).delete()
    try:
        publish_statement(version(chosen_now(academy)), by=world.actor("privacy_officer"))
    finally:
        academy.settings = today


def _publish(world: World) -> None:
    """Publish it anew, now that the last supplier was entered in the register."""
    academy = current_academy()
    enter_firm(**as_row(academy.settings.suppliers[-1]), by=world.actor("privacy_officer"))
    published = publish_statement(version(chosen_now(academy)), by=world.actor("privacy_officer"))
    while announce_statement(published.id, by=world.operator):
        pass

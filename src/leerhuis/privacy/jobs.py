"""Background work of privacy."""

from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep
from leerhuis.privacy import actions
from leerhuis.privacy.actions.statement import ANNOUNCE
from leerhuis.privacy.queries import versions_to_announce


@job(ANNOUNCE)
def announce_statement(version_id: UUID) -> None:
    """Write to the next people about a version of the statement."""
    actions.announce_statement(version_id, by=Actor.job(ANNOUNCE))


@sweep("privacy.announce_left", every_minutes=15)
def announce_left() -> None:
    """Go on with an announcement whose job was lost."""
    for version_id in versions_to_announce():
        actions.announce_statement(version_id, by=Actor.job(ANNOUNCE))


@sweep("privacy.lapse_holds", every_minutes=1440)
def lapse_holds() -> None:
    """Note which holds lapsed: their last day is over."""
    actions.lapse_holds(by=Actor.job("privacy.lapse_holds"))


@sweep("privacy.compare_statement", every_minutes=1440)
def compare_statement() -> None:
    """Compare what was published with what holds."""
    actions.compare_statement(by=Actor.job("privacy.compare_statement"))


@sweep("privacy.remind_of_requests", every_minutes=60)
def remind_of_requests() -> None:
    """Remind whoever handles a request of its last day, once a day."""
    actions.remind_of_requests(by=Actor.job("privacy.remind_of_requests"))

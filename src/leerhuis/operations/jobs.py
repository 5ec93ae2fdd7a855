"""Background work about the house itself."""

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import sweep
from leerhuis.operations import actions


@sweep("operations.tell_of_backups", every_minutes=60)
def tell_of_backups() -> None:
    """Write to the administrators when something is the matter with the backups."""
    actions.tell_of_backups(by=Actor.job("operations.tell_of_backups"))

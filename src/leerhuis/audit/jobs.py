"""Background work of the audit: shipping the journal, and forgetting what has had its time."""

from uuid import UUID

from leerhuis.audit import actions, journal, sealing, shipping, verifying
from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep


@sweep("audit.drop_old_submissions", every_minutes=15)
def drop_old_submissions() -> None:
    """Forget what was answered more than a day ago."""
    actions.drop_old_submissions(by=Actor.job("audit.drop_old_submissions"))


@job(journal.SHIP)
def ship_journal(_entry_id: UUID) -> None:
    """Ship what waits, this entry with it."""
    shipping.ship_quietly()


@sweep("audit.ship_waiting", every_minutes=1)
def ship_waiting() -> None:
    """Ship what is left behind by a lost job or a folder that was not there."""
    shipping.ship_quietly()


@sweep("audit.drop_old_lines", every_minutes=1440)
def drop_old_lines() -> None:
    """Forget the lines of the journal that no backup needs any more."""
    shipping.drop_old_lines()


@sweep("audit.seal_new", every_minutes=1)
def seal_new() -> None:
    """Seal what was written down, and sign outside the database what was sealed before."""
    sealing.seal_quietly()


@sweep("audit.seal_left", every_minutes=1440)
def seal_left() -> None:
    """Seal what became visible late, out of a long transaction."""
    sealing.seal_quietly(everything=True)


@sweep("audit.examine", every_minutes=1440)
def examine() -> None:
    """Examine everything that is sealed, and keep how that ended for the doctor and the privacy officer."""
    verifying.examine_quietly()

"""Background work of practice."""

from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep
from leerhuis.practice.actions import content, fits, reminders, sources
from leerhuis.practice.sweeping import sweep_shelf


@sweep("practice.sweep_shelf", every_minutes=1440)
def sweep_media() -> None:
    """Take from the disk pictures, sounds and films that no bank has any more."""
    sweep_shelf()


@sweep("practice.drop_old_incoming", every_minutes=60)
def drop_old_incoming() -> None:
    """Forget files that were looked over more than a day ago, and not brought in."""
    content.drop_old_incoming(by=Actor.job("practice.drop_old_incoming"))


@sweep("practice.end_sources", every_minutes=60)
def end_sources() -> None:
    """Take the questions of a law or norm out of the rounds when its last day is past."""
    sources.declare_ended(by=Actor.job("practice.end_sources"))


@sweep("practice.remind", every_minutes=15)
def remind() -> None:
    """Remind whoever it is time for; before that forget the devices of sign-ins that ended."""
    by = Actor.job("practice.remind")
    reminders.tidy_devices(by=by)
    reminders.send_reminders(by=by)
    reminders.deliver_again(by=by)


@job(reminders.DELIVER)
def deliver_push(push_id: UUID) -> None:
    """Bring one notification to the push service of its device."""
    reminders.deliver_push(push_id, by=Actor.job(reminders.DELIVER))


@job(fits.MOVE)
def move_memories(fit_id: UUID) -> None:
    """Let every memory follow what practice is scheduled by."""
    fits.move_to_what_is_in_use(by=Actor.job(fits.MOVE))

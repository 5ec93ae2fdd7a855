"""Background work of mail: sending, and finding what was left behind."""

from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep
from leerhuis.mail import actions


@job(actions.SEND)
def send_message(message_id: UUID) -> None:
    """Deliver one mail."""
    actions.send_message(message_id, by=Actor.job(actions.SEND))


@sweep("mail.send_due_again", every_minutes=1)
def send_due_again() -> None:
    """Give mails whose job was lost a new one."""
    actions.send_due_again(by=Actor.job("mail.send_due_again"))

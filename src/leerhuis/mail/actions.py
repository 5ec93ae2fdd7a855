"""Putting mails in the outbox, sending them, and trying again."""

import smtplib
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.jobs import defer
from leerhuis.base.refusals import Refusal
from leerhuis.mail.delivery import deliver
from leerhuis.mail.letters import Kind, Letter
from leerhuis.mail.models import Message
from leerhuis.mail.render import words_of
from leerhuis.mail.rules import wait_after

SEND = "mail.send_message"


class NotFailed(Refusal):
    """Only a mail that could not be delivered can be sent again."""

    message = _("This mail cannot be sent again: it was sent already, or it is still in the queue.")


def queue_letter(kind: Kind, letter: Letter, *, by: Actor) -> Message:
    """Put a mail in the outbox and have a worker deliver it after the commit. Keeps: L13a, K13."""
    inside_edge()
    title, body = words_of(kind, letter)
    message = Message.objects.create(
        kind=kind.name,
        cause=kind.cause.__name__,
        cause_id=letter.about,
        person=letter.to.person_id,
        to_name=letter.to.name,
        to_address=letter.to.address,
        language=letter.to.language,
        title=title,
        body=body,
        secret=kind.secret,
        try_after=clock.now(),
    )
    note("queue mail", message, by=by, subject=letter.to.person_id)
    defer(SEND, message.id)
    return message


def send_message(message_id: UUID, *, by: Actor) -> None:
    """Deliver one mail, or plan the next try. Harmless for a mail that was sent already.

    The row is locked while it is delivered, so two workers never send it twice; a worker killed between delivery and
    commit sends it again under the same Message-ID, which mail programs show once.
    """
    inside_edge()
    waiting = Message.objects.select_for_update(skip_locked=True, of=("self",))
    message = waiting.filter(pk=message_id, state=Message.State.WAITING).first()
    if message is None or message.try_after > clock.now():
        return
    message.attempts += 1
    try:
        deliver(message, current_academy())
    except (OSError, smtplib.SMTPException) as fault:
        _plan_next_try(message, type(fault).__name__)
    else:
        message.state, message.sent_at, message.fault = Message.State.SENT, clock.now(), ""
        if message.secret:
            message.body = ""
    message.save(update_fields=["attempts", "state", "sent_at", "fault", "try_after", "body"])
    note(f"mail {message.state}", message, by=by, subject=message.person, fields=["state"])


def _plan_next_try(message: Message, fault: str) -> None:
    wait = wait_after(message.attempts)
    message.fault = fault
    if wait is None:
        message.state = Message.State.FAILED
        return
    message.try_after = clock.now() + wait
    defer(SEND, message.id, delay_seconds=int(wait.total_seconds()) + 1)


def send_due_again(*, by: Actor) -> int:
    """Find mails that should have gone minutes ago and have no working job any more, and give each a new job."""
    inside_edge()
    overdue = clock.now() - timedelta(minutes=3)
    lost = list(
        Message.objects.filter(state=Message.State.WAITING, try_after__lt=overdue).values_list("pk", flat=True)[:500]
    )
    for message_id in lost:
        defer(SEND, message_id)
    return len(lost)


def try_again(message: Message, *, by: Actor) -> None:
    """Send a mail that was given up once more. Refuses NotFailed."""
    inside_edge()
    if message.state != Message.State.FAILED:
        raise NotFailed
    message.state, message.attempts, message.try_after = Message.State.WAITING, 0, clock.now()
    message.save(update_fields=["state", "attempts", "try_after"])
    note("retry mail", message, by=by, subject=message.person, fields=["state"])
    defer(SEND, message.id)

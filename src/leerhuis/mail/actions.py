"""Putting mails in the outbox, sending them, and trying again."""

import smtplib
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from leerhuis.audit import outlet
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import is_replayed
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.jobs import defer
from leerhuis.base.refusals import Refusal
from leerhuis.charter.words import CONTACT, MESSAGE
from leerhuis.mail.delivery import deliver, protection
from leerhuis.mail.digest import digest_of
from leerhuis.mail.letters import URGENT, Kind, Letter, Proof
from leerhuis.mail.models import CustomerMention, Mention, Message, SetAside, Standstill, Suppression
from leerhuis.mail.queries import is_suppressed, kept_in, set_aside_for, standstill, to_set_aside, why_not_now
from leerhuis.mail.render import words_of
from leerhuis.mail.rules import AFTER_RESTORE, KEPT_IN, NOT_YET, PAUSED, SET_ASIDE, STOPPED, UNWANTED, wait_after

T = TypeVar("T")
SEND = "mail.send_message"
BATCH = 500  # rows of news that are put in the outbox by one statement
PROVIDER: Final = "mail.mail_provider"  # who takes the mails, and what for, as `privacy.py` declares them
SERVICE: Final = "mail.service_mail"
NEWS: Final = "mail.news_mail"
EMPTIED_NL, EMPTIED_EN = "Tekst gewist", "Text erased"  # of a mail that named somebody who was erased
AT_ONCE = 200  # jobs made in one go; the sweep makes those of the mails that are left


class NotFailed(Refusal):
    """Only a mail that could not be delivered can be sent again."""

    message = _("This mail cannot be sent again: it was sent already, or it is still in the queue.")


class NotInQueue(Refusal):
    """Only a mail that has not gone can be held back."""

    message = _("This mail is not in the queue: it was sent, given up or held back already.")


class NotHeld(Refusal):
    """Only a mail that is held back can be let go."""

    message = _("This mail is not held back.")


class NotTrueYet(Refusal):
    """A farewell tells what is still being done."""

    message = _("This mail goes by itself as soon as what it tells is done.")


class MailStopped(Refusal):
    """No mail leaves now, this one neither."""

    message = _("No mail leaves at the moment. An administrator can change that under Settings, Mail.")


class StoppedAlready(Refusal):
    """Mail is stopped twice."""

    message = _("No mail leaves already. Nothing was changed.")


class NotStopped(Refusal):
    """Mail is let go while it leaves as usual."""

    message = _("Mails leave as usual. Nothing was changed.")


def queue_letter(kind: Kind, letter: Letter, *, by: Actor) -> Message:
    """Put a mail in the outbox and have a worker deliver it after the commit. Keeps: L13a, K13, L24.

    What it carries of other people passes the outlet: refuses as `audit.outlet.send`.
    """
    inside_edge()
    if letter.carries:
        return outlet.send(letter.carries, partial(_queue, kind, letter, by), by=by)
    return _queue(kind, letter, by)


def _queue(kind: Kind, letter: Letter, by: Actor) -> Message:
    title, body = words_of(kind, letter)
    reader = None if kind.vanishes else letter.to.person_id
    waits = why_not_now(reader)
    if waits == SET_ASIDE and kind.urgent:
        waits = KEPT_IN if standstill() else ""  # of the safety of their account somebody hears all the same
    fault = AFTER_RESTORE if is_replayed() else waits
    message = Message.objects.create(
        kind=kind.name,
        cause=kind.cause.__name__,
        cause_id=letter.about,
        person=reader,
        to_name=letter.to.name,
        to_address=letter.to.address,
        language=letter.to.language,
        title=title,
        body=body,
        secret=kind.secret,
        vanishes=kind.vanishes,
        try_after=clock.now(),
        state=Message.State.HELD if fault else Message.State.WAITING,
        fault=fault,
    )
    named = {*letter.names, *(letter.carries.people if letter.carries else ())} - {reader}
    Mention.objects.bulk_create(Mention(message=message, person=each) for each in sorted(named))
    told = {*letter.customers}
    if letter.carries and letter.carries.receiver:
        told.add(letter.carries.receiver)
    if told and not kind.vanishes:
        CustomerMention.objects.bulk_create(CustomerMention(message=message, customer=each) for each in sorted(told))
    note("queue mail", message, by=by, subject=reader)
    if not fault:
        defer(SEND, message.id)
    return message


def queue_news(
    kind: Kind,
    texts: Mapping[str, tuple[str, str]],
    samples: Mapping[str, Proof],
    proofs: Iterable[Proof],
    *,
    about: UUID,
    by: Actor,
) -> int:
    """Put news in the outbox, a mail for each proof of consent; returns how many. Memory stays flat.

    `texts` and `samples` hold, by language, title and body as worked out for a proof of nobody: each reader's own links
    take the place of that proof's. The first mails get their job here, the others from the sweep that follows each
    minute, so that no wave of news keeps a service mail waiting. Who sends writes the note. Keeps: L14a.
    """
    inside_edge()
    fault = AFTER_RESTORE if is_replayed() else KEPT_IN if standstill() else ""
    state = Message.State.HELD if fault else Message.State.WAITING
    alike = {"kind": kind.name, "cause": kind.cause.__name__, "cause_id": about, "state": state, "fault": fault}
    count = 0
    for batch in _batches(proofs, BATCH):
        rows = [Message(**alike, **_told(proof, texts, samples)) for proof in batch]
        Message.objects.bulk_create(rows)
        for row in rows[: max(0, AT_ONCE - count)] if not fault else ():
            defer(SEND, row.id)
        count += len(rows)
    return count


def _told(proof: Proof, texts: Mapping[str, tuple[str, str]], samples: Mapping[str, Proof]) -> dict[str, Any]:
    """Return what differs from reader to reader."""
    title, body = texts[proof.to.language]
    sample = samples[proof.to.language]
    return {
        "person": proof.to.person_id,
        "to_name": proof.to.name,
        "to_address": proof.to.address,
        "language": proof.to.language,
        "title": title,
        "body": body.replace(sample.leave, proof.leave).replace(sample.choose, proof.choose),
        "topic": proof.topic,
        "leave_link": proof.leave,
        "try_after": clock.now(),
    }


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def pause_news(about: UUID, *, by: Actor) -> int:
    """Hold back what has not left of a news item, until it goes on. Returns how many mails. Who pauses notes it."""
    inside_edge()
    waiting = Message.objects.filter(cause_id=about, state=Message.State.WAITING).exclude(topic="")
    return waiting.update(state=Message.State.HELD, fault=PAUSED)


def go_on_with_news(about: UUID, *, by: Actor) -> int:
    """Let what was paused of a news item leave. Returns how many mails. Refuses MailStopped."""
    inside_edge()
    if standstill() is not None:
        raise MailStopped
    paused = Message.objects.filter(cause_id=about, state=Message.State.HELD, fault=PAUSED).exclude(topic="")
    keys = list(paused.values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).update(state=Message.State.WAITING, fault="", try_after=clock.now())
    for message_id in keys[:AT_ONCE]:
        defer(SEND, message_id)
    return len(keys)


def stop_news(about: UUID, *, by: Actor) -> int:
    """Let nothing more leave of a news item, for good. Returns how many mails. Who stops notes it."""
    inside_edge()
    left = Message.objects.filter(cause_id=about, state__in=(Message.State.WAITING, Message.State.HELD))
    return left.exclude(topic="").update(state=Message.State.DROPPED, fault=STOPPED)


def suppress(address: str, topic: str, *, by: Actor) -> None:
    """Send no news about a topic (empty: about anything) to an address any more, what waits included. Keeps: L14a."""
    inside_edge()
    row, added = Suppression.objects.get_or_create(key=digest_of(address), topic=topic, ended_at=None)
    if added:
        note("suppress news", row, by=by)


def let_through(address: str, topic: str, *, by: Actor) -> None:
    """Send news about a topic to an address again: whoever reads its mail asked for it, or proved that they do."""
    inside_edge()
    listed = Suppression.objects.filter(key=digest_of(address), topic__in=("", topic), ended_at=None)
    for row in listed:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        note("let news through", row, by=by, fields=["ended_at"])


def send_message(message_id: UUID, *, by: Actor) -> None:
    """Deliver one mail, or plan the next try. Harmless for a mail that was sent already.

    The row is locked while it is delivered, so two workers never send it twice; a worker killed between delivery and
    commit sends it again under the same Message-ID, which mail programs show once. News that its reader stopped in the
    meantime is dropped here, in the moment of sending. What the outlet refuses, for want of a firm in the register or
    of a secured connection, waits as what could not be delivered does. Keeps: L14a, L25, L27.
    """
    inside_edge()
    waiting = Message.objects.select_for_update(skip_locked=True, of=("self",))
    message = waiting.filter(pk=message_id, state=Message.State.WAITING).first()
    if message is None or message.try_after > clock.now() or not _may_leave(message):
        return
    if message.topic and is_suppressed(message.to_address, message.topic):
        message.state, message.fault = Message.State.DROPPED, UNWANTED
    else:
        _deliver(message, by)
    note(f"mail {message.state}", message, by=by, subject=message.person, fields=["state"])
    if message.vanishes and message.state in {Message.State.SENT, Message.State.FAILED}:
        message.delete()
    else:
        message.save(update_fields=["attempts", "state", "sent_at", "fault", "try_after", "body"])


def _deliver(message: Message, by: Actor) -> None:
    message.attempts += 1
    try:
        outlet.send(_to_provider(message), partial(deliver, message, current_academy()), by=by)
    except (OSError, smtplib.SMTPException, Refusal) as fault:
        _plan_next_try(message, type(fault).__name__)
    else:
        message.state, message.sent_at, message.fault = Message.State.SENT, clock.now(), ""
        if message.secret:
            message.body = ""


def _to_provider(message: Message) -> outlet.Going:
    """Return what handing a mail to the SMTP server lets out of the house."""
    reader = {message.person} if message.person else set()
    purpose = NEWS if message.topic else SERVICE
    carried = (CONTACT, MESSAGE)
    return outlet.Going(PROVIDER, purpose, f"mail {message.kind}", carried, reader, 1, transport=protection())


def _may_leave(message: Message) -> bool:
    """Ask in the moment of sending; a mail to or about somebody who is restricted since is set aside."""
    waits = why_not_now(message.person, message.id)
    if waits == SET_ASIDE:
        if message.kind in URGENT:
            return standstill() is None
        message.state, message.fault = Message.State.HELD, SET_ASIDE
        message.save(update_fields=["state", "fault"])
    return not waits


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
    waiting = Message.objects.filter(state=Message.State.WAITING, try_after__lt=overdue)
    lost = list(waiting.order_by("topic", "try_after").values_list("pk", flat=True)[:500])  # news after all others
    for message_id in lost:
        defer(SEND, message_id)
    return len(lost)


def try_again(message: Message, *, by: Actor) -> None:
    """Send a mail that was given up once more. Refuses NotFailed."""
    inside_edge()
    if message.state != Message.State.FAILED:
        raise NotFailed
    if standstill() is not None:
        raise MailStopped
    message.state, message.attempts, message.try_after = Message.State.WAITING, 0, clock.now()
    message.save(update_fields=["state", "attempts", "try_after"])
    note("retry mail", message, by=by, subject=message.person, fields=["state"])
    defer(SEND, message.id)


def hold_back(message: Message, *, by: Actor) -> None:
    """Keep a mail that waits in the queue from going out, until it is let go. Refuses NotInQueue."""
    inside_edge()
    if message.state != Message.State.WAITING:
        raise NotInQueue
    message.state = Message.State.HELD
    message.save(update_fields=["state"])
    note("hold back mail", message, by=by, subject=message.person, fields=["state"])


def release(message: Message, *, by: Actor) -> None:
    """Put a mail that was held back in the queue again. Refuses NotHeld, NotTrueYet."""
    inside_edge()
    if message.state != Message.State.HELD:
        raise NotHeld
    if message.fault == NOT_YET:
        raise NotTrueYet
    if standstill() is not None:
        raise MailStopped
    message.state, message.try_after, message.fault = Message.State.WAITING, clock.now(), ""
    message.save(update_fields=["state", "try_after", "fault"])
    note("let mail go", message, by=by, subject=message.person, fields=["state"])
    defer(SEND, message.id)


def keep_farewell(about: UUID, *, by: Actor) -> None:
    """Keep the farewell about a thing from going out until what it tells is true: until `send_farewell`."""
    inside_edge()
    for message in _farewells(about).filter(
        Q(state=Message.State.WAITING) | Q(state=Message.State.HELD, fault=KEPT_IN)
    ):
        message.state, message.fault = Message.State.HELD, NOT_YET
        message.save(update_fields=["state", "fault"])
        note("hold back mail", message, by=by, fields=["state"])


def send_farewell(about: UUID, *, by: Actor) -> None:
    """Let the farewell about a thing go, if it was kept: what it tells is true now. A standstill still keeps it in."""
    inside_edge()
    fault = why_not_now(None)
    for message in _farewells(about).filter(state=Message.State.HELD, fault=NOT_YET):
        message.state, message.fault = Message.State.HELD if fault else Message.State.WAITING, fault
        message.try_after = clock.now()
        message.save(update_fields=["state", "fault", "try_after"])
        note("let mail go", message, by=by, fields=["state"])
        if not fault:
            defer(SEND, message.id)


def _farewells(about: UUID) -> "QuerySet[Message]":
    return Message.objects.select_for_update(of=("self",)).filter(cause_id=about, vanishes=True)


def hold_after_restore(*, by: Actor) -> int:
    """Hold back every mail that waited when a backup was made: it went out since, most likely. Returns how many.

    The office sees them in the outbox as held back and lets go, one by one, what did not arrive. Keeps: W6.
    """
    inside_edge()
    waiting = list(Message.objects.select_for_update(of=("self",)).filter(state=Message.State.WAITING).order_by("id"))
    for message in waiting:
        note("hold back mail", message, by=by, subject=message.person, fields=["state"])
    keys = [message.pk for message in waiting]
    Message.objects.filter(Q(pk__in=keys) | Q(state=Message.State.HELD, fault=NOT_YET), vanishes=True).delete()
    Message.objects.filter(pk__in=keys).update(state=Message.State.HELD, fault=AFTER_RESTORE)
    return len(keys)


def empty_mentioning(mention_ids: list[UUID], *, by: Actor) -> None:
    """Empty the mails in which these mentions stand: somebody whom they name is not kept any more. Keeps: L19.

    What has not gone yet does not go: its reader would get a mail without a text.
    """
    inside_edge()
    _empty(Message.objects.filter(pk__in=Mention.objects.filter(pk__in=mention_ids).values("message")))


def empty_mentioning_customers(mention_ids: list[UUID], *, by: Actor) -> None:
    """Empty the mails in which these organisations are named: what is removed is named nowhere. Keeps: L20."""
    inside_edge()
    naming = CustomerMention.objects.filter(pk__in=mention_ids)
    _empty(Message.objects.filter(pk__in=naming.values("message")))


def _empty(named: QuerySet[Message]) -> None:
    named.filter(state__in=(Message.State.WAITING, Message.State.HELD)).update(state=Message.State.DROPPED)
    named.update(title=Case(When(language="en", then=Value(EMPTIED_EN)), default=Value(EMPTIED_NL)), body="")


def stop_mail(*, by: Actor) -> Standstill:
    """Let no mail leave any more: what waits and what is still to come is kept. Refuses StoppedAlready.

    The worker asks before it delivers, so a mail whose job was made before does not slip through either.
    """
    inside_edge()
    if standstill() is not None:
        raise StoppedAlready
    begun = Standstill.objects.create(begun_by=by.person_id)
    Message.objects.filter(state=Message.State.WAITING).update(state=Message.State.HELD, fault=KEPT_IN)
    note("stop mail", begun, by=by)
    return begun


def resume_mail(*, send: bool, by: Actor) -> int:
    """Let mails leave again, and either send those that were kept in or drop them. Refuses NotStopped.

    Returns how many those were. A dropped mail can still be read here.
    """
    inside_edge()
    held = standstill()
    if held is None:
        raise NotStopped
    held.ended_at, held.ended_by = clock.now(), by.person_id
    held.save(update_fields=["ended_at", "ended_by"])
    keys = list(kept_in().values_list("pk", flat=True))
    state = Message.State.WAITING if send else Message.State.DROPPED
    Message.objects.filter(pk__in=keys).update(state=state, fault="", attempts=0, try_after=clock.now())
    note("send kept mails" if send else "drop kept mails", held, by=by, fields=["ended_at"])
    for message_id in keys[:AT_ONCE] if send else ():
        defer(SEND, message_id)
    return len(keys)


def set_aside(person_id: UUID, *, by: Actor) -> None:
    """Keep a person's mails out of sight and hold back what waits for them, until `take_back`; mails of safety go."""
    inside_edge()
    row, added = SetAside.objects.get_or_create(person=person_id, ended_at=None)
    if added:
        to_set_aside(person_id).update(state=Message.State.HELD, fault=SET_ASIDE)
        note("set mails aside", row, by=by, subject=person_id)


def take_back(person_id: UUID, *, send: bool, by: Actor) -> None:
    """Let a person's mails be read again, and either send those that were set aside meanwhile or drop them.

    After a restore none goes by itself: it may have gone before. The office lets go, one by one, what did not arrive.
    """
    inside_edge()
    row = SetAside.objects.filter(person=person_id, ended_at=None).first()
    if row is None:
        return
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    keys = list(set_aside_for(person_id).values_list("pk", flat=True))
    fault = AFTER_RESTORE if is_replayed() else why_not_now(None) if send else ""
    state = Message.State.HELD if fault else Message.State.WAITING if send else Message.State.DROPPED
    Message.objects.filter(pk__in=keys).update(state=state, fault=fault, attempts=0, try_after=clock.now())
    note("take mails back", row, by=by, subject=person_id, fields=["ended_at"])
    for message_id in keys if state == Message.State.WAITING else ():
        defer(SEND, message_id)

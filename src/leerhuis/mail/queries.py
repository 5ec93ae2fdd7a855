"""Reading the outbox, within rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value

from leerhuis.base import clock
from leerhuis.base.events import Event
from leerhuis.base.search import Hit, Holds, question
from leerhuis.mail.digest import digest_of
from leerhuis.mail.letters import URGENT
from leerhuis.mail.models import MESSAGE_FOUND_BY, Mention, Message, SetAside, Standstill, Suppression
from leerhuis.mail.rules import KEPT_IN, SET_ASIDE, UNWANTED
from leerhuis.ui.wording import day_time

STUCK_AFTER = timedelta(minutes=15)


def messages_for(viewer: Any) -> QuerySet[Message]:
    """Return the mails that a viewer may see: the office all but those set aside, others their own. Keeps: L21."""
    if viewer is None:
        return Message.objects.none()
    if viewer.is_office:
        return not_set_aside(Message.objects.order_by("-created_at"))
    return Message.objects.filter(person=viewer.person_id).order_by("-created_at")


def not_set_aside(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Keep the mails that are to nobody, and name nobody, of whose data the use is restricted."""
    aside = SetAside.objects.filter(ended_at=None).order_by()
    naming = Mention.objects.filter(message=OuterRef("pk"), person__in=aside.values("person"))
    return messages.exclude(Exists(aside.filter(person=OuterRef("person")))).exclude(Exists(naming))


def to_set_aside(person_id: UUID) -> QuerySet[Message]:
    """Return the mails to or about somebody that have not gone and do not go while the use of their data is restricted.

    About somebody is a mail to another that names them.
    """
    kept = Q(state=Message.State.HELD, fault=KEPT_IN)
    waiting = _to_or_about(person_id).filter(Q(state=Message.State.WAITING) | kept)
    return waiting.exclude(kind__in=URGENT).order_by("created_at", "id")


def set_aside_for(person_id: UUID) -> QuerySet[Message]:
    """Return the mails to or about somebody that did not go because of a restriction, oldest first."""
    aside = _to_or_about(person_id).filter(state=Message.State.HELD, fault=SET_ASIDE)
    return aside.order_by("created_at", "id")


def _to_or_about(person_id: UUID) -> QuerySet[Message]:
    named = Mention.objects.filter(person=person_id).values("message")
    return Message.objects.filter(Q(person=person_id) | Q(pk__in=named))


def held_messages(ids: Sequence[UUID]) -> list[Message]:
    """Return the mails of these ids, locked until the transaction ends, in the order of locks."""
    return list(Message.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("id"))


def standstill() -> Standstill | None:
    """Return the standstill that holds now, or None when mails leave as usual."""
    return Standstill.objects.filter(ended_at=None).first()


def why_not_now(person_id: UUID | None, message_id: UUID | None = None) -> str:
    """Return why a mail to somebody does not leave now, in the word that its `fault` gets; empty when it may.

    With `message_id` whom that mail names counts, too. A restriction counts before a standstill, which may be over
    sooner. One query.
    """
    named = Mention.objects.filter(message=message_id).values("person")
    aside = SetAside.objects.filter(Q(person=person_id) | Q(person__in=named), ended_at=None).order_by()
    still = Standstill.objects.filter(ended_at=None).order_by()
    asked = (aside, SET_ASIDE), (still, KEPT_IN)
    found = [rows.values_list(Value(word, CharField())) for rows, word in asked]
    words = {word for (word,) in found[0].union(found[1])}
    return SET_ASIDE if SET_ASIDE in words else KEPT_IN if words else ""


def is_suppressed(address: str, topic: str) -> bool:
    """Whether no news about a topic goes to an address now. Asked in the moment of sending."""
    listed = Suppression.objects.filter(key=digest_of(address), topic__in=("", topic), ended_at=None)
    return listed.exists()


@dataclass(frozen=True)
class Progress:
    """How far the mails of one news item have come."""

    sent: int
    waiting: int
    held: int
    failed: int
    unwanted: int
    stopped: int

    @property
    def total(self) -> int:
        """Return how many mails there are."""
        return self.sent + self.waiting + self.held + self.failed + self.unwanted + self.stopped


def progress_of_news(about: UUID) -> Progress:
    """Return how far the mails of a news item have come, in one query."""
    mails = Message.objects.filter(cause_id=about).exclude(topic="")
    found = {(state, fault == UNWANTED): 0 for state in Message.State.values for fault in (UNWANTED, "")}
    counted = mails.order_by().values_list("state", "fault").annotate(count=Count("pk"))
    for state, fault, count in counted:
        found[state, fault == UNWANTED] += count
    state = Message.State
    return Progress(
        sent=found[state.SENT, False],
        waiting=found[state.WAITING, False],
        held=found[state.HELD, False],
        failed=found[state.FAILED, False],
        unwanted=found[state.DROPPED, True],
        stopped=found[state.DROPPED, False],
    )


def kept_in() -> QuerySet[Message]:
    """Return the mails that did not leave because of a standstill, oldest first."""
    return Message.objects.filter(state=Message.State.HELD, fault=KEPT_IN).order_by("created_at", "id")


def stuck_messages() -> QuerySet[Message]:
    """Return mails that were given up, or should have gone a quarter of an hour ago."""
    late = Q(state=Message.State.WAITING, created_at__lt=clock.now() - STUCK_AFTER)
    return not_set_aside(Message.objects.filter(Q(state=Message.State.FAILED) | late))


def search_messages(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the mails that a viewer may see by parts of the name or address of their reader, newest first."""
    asked = question(text)
    if not asked:
        return []
    found = messages_for(viewer).filter(Holds(MESSAGE_FOUND_BY, asked)).defer("body")[:limit]
    return [Hit(m.id, m.title, " · ".join((m.to_name, m.to_address, day_time(m.created_at))), m.person) for m in found]


def was_told_about(person_id: UUID, cause: type[Event], *, since: datetime) -> bool:
    """Whether somebody else got a mail that names a person, since a moment, because of an event."""
    told = Mention.objects.filter(person=person_id, message__created_at__gte=since)
    return told.filter(message__cause=cause.__name__).exclude(message__person=person_id).exists()

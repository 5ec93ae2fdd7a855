"""Reading the outbox, within rights."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from leerhuis.base import clock
from leerhuis.mail.models import Message

STUCK_AFTER = timedelta(minutes=15)


def messages_for(viewer: Any) -> QuerySet[Message]:
    """Return the mails that a viewer may see: office staff all, anyone else the ones to themselves."""
    if viewer is None:
        return Message.objects.none()
    if viewer.is_office:
        return Message.objects.order_by("-created_at")
    return Message.objects.filter(person=viewer.person_id).order_by("-created_at")


def stuck_messages() -> QuerySet[Message]:
    """Return mails that were given up, or should have gone a quarter of an hour ago."""
    late = Q(state=Message.State.WAITING, created_at__lt=clock.now() - STUCK_AFTER)
    return Message.objects.filter(Q(state=Message.State.FAILED) | late)

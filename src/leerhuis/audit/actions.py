"""Writing down what was done, who looked, and what was answered; every action and every such screen calls these."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Model

from leerhuis.audit import noted
from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.audit.models import Look, Note, Submission
from leerhuis.base.clock import now
from leerhuis.base.edge import inside_edge
from leerhuis.base.rows import add_rows

KEPT: Final = timedelta(hours=24)  # how long a request that is sent again is recognised


def note(verb: str, thing: Model, *, by: Actor, subject: UUID | None = None, fields: Iterable[str] = ()) -> Note:
    """Write down one act on a thing of the trade, with the person it concerns and the names of the fields touched.

    Values are never given, so that a corrected mistake does not live on here. Keeps: L8a.
    """
    inside_edge()
    written = Note.objects.create(
        actor_kind=by.kind,
        actor_person=by.person_id,
        actor_role=by.role,
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=thing.pk,
        subject_person=subject,
        touched=sorted(fields),
    )
    noted.tell(written)
    return written


def look(*, by: Actor, subjects: Iterable[UUID], purpose: str, screen: str) -> int:
    """Write down that data of these persons was shown to somebody else; one row per person in one statement.

    Looking at oneself is no look. `purpose` is the id of a declared purpose (``enrolment.course``), `screen` the name
    of the route. Returns how many looks were written. Keeps: L8a, W1.
    """
    inside_edge()
    seen = {subject for subject in subjects if subject != by.person_id}
    if by.kind is ActorKind.JOB:
        return 0
    return add_rows(
        Look(
            actor_kind=by.kind,
            actor_person=by.person_id,
            actor_role=by.role,
            subject_person=subject,
            purpose=purpose,
            screen=screen,
        )
        for subject in seen
    )


def keep_submission(
    *, sender: str, key: str, content: str, method: str, path: str, status: int, location: str, by: Actor
) -> Submission:
    """Keep what was answered to a request, so that the same one sent again gets the same answer and has no effect.

    `content` is the digest of `base.once.content_of`. Part of the transaction of the effect itself.
    """
    inside_edge()
    return Submission.objects.create(
        sender_person=by.person_id,
        sender=sender,
        key=key,
        content=content,
        method=method,
        path=path,
        status=status,
        location=location,
    )


def drop_old_submissions(*, by: Actor) -> int:
    """Forget the answers that are older than a day; returns how many."""
    inside_edge()
    dropped, _ = Submission.objects.filter(created_at__lt=now() - KEPT).delete()
    return dropped

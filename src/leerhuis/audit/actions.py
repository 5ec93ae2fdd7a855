"""Writing down what was done and who looked; every action and every screen with other people's data calls these."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.audit.models import Look, Note
from leerhuis.base.edge import inside_edge


def note(verb: str, thing: Model, *, by: Actor, subject: UUID | None = None, fields: Iterable[str] = ()) -> Note:
    """Write down one act on a thing of the trade, with the person it concerns and the names of the fields touched.

    Values are never given, so that a corrected mistake does not live on here. Keeps: L8a.
    """
    inside_edge()
    return Note.objects.create(
        actor_kind=by.kind,
        actor_person=by.person_id,
        actor_role=by.role,
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=thing.pk,
        subject_person=subject,
        touched=sorted(fields),
    )


def look(*, by: Actor, subjects: Iterable[UUID], purpose: str, screen: str) -> int:
    """Write down that data of these persons was shown to somebody else; one row per person in one statement.

    Looking at oneself is no look. `purpose` is the id of a declared purpose (``enrolment.course``), `screen` the name
    of the route. Returns how many looks were written. Keeps: L8a, W1.
    """
    inside_edge()
    seen = {subject for subject in subjects if subject != by.person_id}
    if by.kind is ActorKind.JOB:
        return 0
    Look.objects.bulk_create(
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
    return len(seen)

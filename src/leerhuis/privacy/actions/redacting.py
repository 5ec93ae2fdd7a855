"""Texts about others that seem to name somebody who was erased: put aside, looked at in time, or gone whole."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.privacy import mails
from leerhuis.privacy.compiler import texts_of
from leerhuis.privacy.docket import officers
from leerhuis.privacy.events import TextsWait
from leerhuis.privacy.models import Redaction
from leerhuis.privacy.rows import Model, every_row, model_named
from leerhuis.privacy.rules import DecidedAlready

REMIND_BEFORE: Final = timedelta(days=3)


def put_texts_aside(found: Iterable[tuple[Model, str, list[UUID]]], *, by: Actor) -> int:
    """Put aside for a human the texts that seem to name whom an erasure or a removal takes; returns how many.

    Somebody has as many days to look as an erasure may take; then `empty_texts` takes them out.
    """
    inside_edge()
    due = clock.today() + timedelta(days=current_academy().settings.erasure.within_days)
    count = 0
    for model, column, keys in found:
        for key in keys:
            aside, is_new = Redaction.objects.get_or_create(
                table=model._meta.label, row_id=key, column=column, state=Redaction.State.OPEN, defaults={"due_on": due}
            )
            if is_new:
                note("put text aside", aside, by=by)
            count += 1
    return count


def redact_text(redaction: Redaction, text: str | None, *, by: Actor) -> None:
    """Put a text without the name in place of one that named somebody who was erased; None: it names nobody.

    Refuses DecidedAlready. Keeps: L19.
    """
    inside_edge()
    locked = Redaction.objects.select_for_update(of=("self",)).get(pk=redaction.pk)
    if locked.state != Redaction.State.OPEN:
        raise DecidedAlready
    if text is not None:
        every_row(model_named(locked.table)).filter(pk=locked.row_id).update(**{locked.column: text.strip()})
    locked.state = Redaction.State.FINE if text is None else Redaction.State.CHANGED
    locked.decided_at, locked.decided_by = clock.now(), by.person_id
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    note("look at text", locked, by=by, fields=["state"])


def remind_of_texts(*, by: Actor) -> int:
    """Write to the privacy officers, once a day, that texts go whole soon unless somebody looks; returns how many."""
    inside_edge()
    soon = Redaction.objects.filter(state=Redaction.State.OPEN, due_on__lte=clock.today() + REMIND_BEFORE)
    waiting = soon.exclude(reminded_on=clock.today()).order_by("due_on", "id")
    found = list(waiting.select_for_update(of=("self",), skip_locked=True))
    if not found:
        return 0
    for each in found:
        each.reminded_on = clock.today()
        each.save(update_fields=["reminded_on"])
        note("remind of text", each, by=by, fields=["reminded_on"])
    for officer in officers():
        mails.texts_wait.send(officer, found[0], len(found), by=by)
    emit(TextsWait(found[0].id))
    return len(found)


def empty_texts(*, by: Actor) -> int:
    """Take out whole every text at which nobody looked in time, so that no erasure waits for ever. Returns how many.

    Of what a column holds once it is emptied the compiler decides, as for every other text. Keeps: L19, K19a.
    """
    inside_edge()
    late = Redaction.objects.filter(state=Redaction.State.OPEN, due_on__lt=clock.today()).order_by("id")
    found = list(late.select_for_update(of=("self",), skip_locked=True))
    for each in found:
        model = model_named(each.table)
        empty = next(text.empty for text in texts_of(model) if text.column == each.column)
        every_row(model).filter(pk=each.row_id).update(**{each.column: empty})
        each.state, each.decided_at = Redaction.State.EMPTIED, clock.now()
        each.save(update_fields=["state", "decided_at"])
        note("empty text", each, by=by, fields=["state"])
    return len(found)

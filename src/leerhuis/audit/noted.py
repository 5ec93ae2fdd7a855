"""Hearing of the notes that are written meanwhile: whether a request did something, whatever page it answers with."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from leerhuis.audit.models import Note

_heard: ContextVar[list[UUID] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[list[UUID]]:
    """Gather the ids of the notes that are written inside."""
    heard: list[UUID] = []
    before = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(before)


def tell(note: Note) -> None:
    """Tell whoever listens of a note."""
    heard = _heard.get()
    if heard is not None:
        heard.append(note.pk)


def any_stands(notes: list[UUID]) -> bool:
    """True when one of these notes was not taken back, as a refusal and a preview do."""
    return bool(notes) and Note.objects.filter(pk__in=notes).exists()

"""A clerk who does and sees something, for the tests of the seals."""

from uuid import UUID

from leerhuis.audit import sealing, verifying
from leerhuis.audit.actions import look, note
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base.ids import uuid7

CLERK, ANNA, BERT = uuid7(), uuid7(), uuid7()
OPERATOR = Actor.operator()


def happen(count: int = 3) -> list[UUID]:
    """Let a clerk do something to Anna, and look at Anna and Bert, so many times; returns the ids of the notes."""
    by = Actor.person(CLERK, "clerk")
    done = [note("change person", Note(verb="x"), by=by, subject=ANNA, fields=["email", "phone"]) for _ in range(count)]
    for _ in range(count):
        look(by=by, subjects=[ANNA, BERT], purpose="people.account", screen="people_office_list")
    return [each.pk for each in done]


def seal_some() -> list[UUID]:
    """Seal three notes and six looks in two goes, and sign the head outside; returns the ids of the notes."""
    first = happen(2)
    sealing.seal()
    second = happen(1)
    sealing.seal()
    sealing.seal()  # signs outside what the one before sealed
    return [*first, *second]


def faults() -> list[str]:
    """Return what an examination finds."""
    return verifying.examine().faults

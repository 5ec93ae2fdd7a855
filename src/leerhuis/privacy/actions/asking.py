"""Asking people again what a restore lost: the journal says that their details were corrected, and not how."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.people.models import Person
from leerhuis.privacy.lost import ASKED_AGAIN, corrected_people
from leerhuis.privacy.rules import NothingToAsk


def note_asked_again(person: Person, *, by: Actor) -> None:
    """Write down that somebody was asked what was corrected after the backup: they leave the list. Keeps: L35.

    Refuses NothingToAsk for who does not stand on it.
    """
    inside_edge()
    if person not in corrected_people():
        raise NothingToAsk
    note(ASKED_AGAIN, person, by=by, subject=person.id)

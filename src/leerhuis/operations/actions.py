"""Telling people about the house itself."""

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.operations import mails
from leerhuis.operations.events import BackupsInTrouble
from leerhuis.operations.queries import administrators, troubles_now, was_told_lately
from leerhuis.operations.standing import PASSES


def tell_of_backups(*, by: Actor) -> int:
    """Write to the administrators when something is the matter with the backups, once a day; returns to how many.

    What passes by itself within the hour is told on the page alone. Keeps: L22.
    """
    inside_edge()
    found = tuple(trouble.value for trouble in troubles_now() if trouble not in PASSES)
    if not found or was_told_lately(clock.now()):
        return 0
    readers = list(administrators())
    for reader in readers:
        mails.backups_in_trouble.send(reader, found, by=by)
    emit(BackupsInTrouble(found))
    return len(readers)

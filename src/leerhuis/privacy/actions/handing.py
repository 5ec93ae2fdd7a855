"""Handing out what is held about a person."""

from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.privacy.export import PersonExport, export_person


def hand_out_data(person_id: UUID, *, by: Actor, language: str | None = None) -> PersonExport:
    """Hand out all that is held about a person, to that person or on their request; each time is noted.

    `language` is ``nl`` or ``en`` (None: the person's own). Raises Person.DoesNotExist. Keeps: L35, W1.
    """
    inside_edge()
    handed_out = export_person(person_id, language=language)
    note("download data", handed_out.data.person, by=by, subject=person_id)
    return handed_out

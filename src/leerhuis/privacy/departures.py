"""How removals of organisations stand: those under notice with their names, those that are done with counts alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import F

from leerhuis.base import clock
from leerhuis.base.edge import attempt, current_academy
from leerhuis.base.events import emit
from leerhuis.base.refusals import Refusal
from leerhuis.privacy.events import OrganisationLeaving
from leerhuis.privacy.models import Removal
from leerhuis.privacy.parting import titles_in
from leerhuis.privacy.phrases import Language

SHOWN: Final = 100


@dataclass(frozen=True)
class Standing:
    """One removal: whose it is as long as it is not done, how many rows went, what is kept yet, what is in the way."""

    removal: Removal
    name: str
    rows: int
    parted: int
    kept: tuple[tuple[str, int], ...]
    obstacle: str


def first_day_of_removal() -> date:
    """Return the first day on which an organisation may be removed that gets its notice today."""
    return clock.today() + timedelta(days=current_academy().settings.organisations.notice_days)


def removals(language: Language) -> list[Standing]:
    """Return the removals, those that are not done first. Keeps: L20."""
    newest = Removal.objects.select_related("organisation").order_by(
        F("ended_at").desc(nulls_first=True), "removes_on", "-created_at"
    )
    return [_standing(each, language) for each in newest[:SHOWN]]


def _standing(removal: Removal, language: Language) -> Standing:
    organisation = removal.organisation
    name = removal.name or (organisation.name if organisation and not removal.ended_at else "")
    kept = titles_in(removal.stayed, language) if removal.ended_at is None else ()
    obstacle = obstacle_to(removal) if removal.can_be_called_off else ""
    return Standing(removal, name, sum(removal.went.values()), sum(removal.parted.values()), kept, obstacle)


def obstacle_to(removal: Removal) -> str:
    """Return why an organisation could not be removed on its day as things are now; empty when nothing is in the way.

    Whoever would refuse is asked (`OrganisationLeaving`); they only look, so nothing changes.
    """
    if removal.organisation_id is None:
        return ""
    try:
        with attempt():
            emit(OrganisationLeaving(removal.organisation_id, removal.removes_on))
    except Refusal as refusal:
        return str(refusal)
    return ""

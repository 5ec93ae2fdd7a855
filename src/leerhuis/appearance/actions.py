"""Choosing how the academy looks, and taking a choice back."""

from leerhuis.appearance.mark import drawn_anew
from leerhuis.appearance.models import Appearance
from leerhuis.appearance.queries import choices
from leerhuis.appearance.rules import NothingToUndo
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge

KEPT = 5  # choices that can be gone back to


def choose_appearance(
    *, accent: str, typeface: str, logo: bytes | None = None, without_logo: bool = False, by: Actor
) -> Appearance:
    """Choose colour, typeface and logo; without a new logo the present one stays, unless there is to be none.

    Refuses TooHeavy, NoPicture and OddShape.
    """
    inside_edge()
    mark = drawn_anew(logo) if logo else None
    before = Appearance.objects.order_by("-created_at", "-id").first()
    chosen = Appearance(accent=accent, typeface=typeface, chosen_by=by.person_id)
    if mark is not None:
        chosen.logo, chosen.logo_digest = mark.png, mark.digest
        chosen.logo_width, chosen.logo_height = mark.width, mark.height
    elif before is not None and not without_logo:
        chosen.logo, chosen.logo_digest = before.logo, before.logo_digest
        chosen.logo_width, chosen.logo_height = before.logo_width, before.logo_height
    chosen.save(force_insert=True)
    note("choose appearance", chosen, by=by, fields=["accent", "typeface", "logo"])
    Appearance.objects.filter(pk__in=list(choices().values_list("pk", flat=True)[KEPT:])).delete()
    return chosen


def undo_appearance(chosen: Appearance, *, by: Actor) -> None:
    """Take the last choice back: what was chosen before holds again. Refuses NothingToUndo for an older one."""
    inside_edge()
    latest = choices().first()
    if latest is None or latest.pk != chosen.pk:
        raise NothingToUndo
    note("undo appearance", chosen, by=by)
    latest.delete()

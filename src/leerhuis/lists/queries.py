"""Reading views of lists, and what was done at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from leerhuis.base import clock
from leerhuis.lists.models import BulkAct, SavedView
from leerhuis.lists.rules import UNDO_MINUTES


def views_for(viewer: Any, listing: str) -> QuerySet[SavedView]:
    """Return the views of a list that a viewer may open: their own and what colleagues share, by name."""
    mine_or_shared = Q(person=viewer.person_id) | Q(shared=True)
    return SavedView.objects.filter(mine_or_shared, listing=listing, dropped_at=None).order_by("name", "id")


def own_view(viewer: Any, listing: str, view_id: str | UUID) -> SavedView | None:
    """Return one of a viewer's own views of a list, deleted or not, held until the transaction ends; or None."""
    own = SavedView.objects.select_for_update().filter(person=viewer.person_id, listing=listing)
    return own.filter(pk=view_id).first()


def bulk_act_to_undo(viewer: Any, listing: str, bulk_id: UUID) -> BulkAct | None:
    """Return what a viewer did at once in a list and may still take back, held; None when it is too late."""
    fresh = clock.now() - timedelta(minutes=UNDO_MINUTES)
    own = BulkAct.objects.select_for_update().filter(person=viewer.person_id, listing=listing)
    return own.filter(pk=bulk_id, undone_at=None, created_at__gte=fresh).first()

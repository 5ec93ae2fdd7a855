"""Keeping, changing and deleting views of lists; remembering what was done to many rows at once."""

from collections.abc import Mapping
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.text import tidy
from leerhuis.lists.models import BulkAct, SavedView
from leerhuis.lists.rules import NamelessView, NotYourView


def keep_view(
    listing: str, *, name: str, query: str, shared: bool = False, opens_first: bool = False, by: Actor
) -> SavedView:
    """Keep a list as it is shown now under a name. Refuses NamelessView."""
    inside_edge()
    if by.person_id is None:
        raise NotYourView
    view = SavedView(listing=listing, person=by.person_id)
    return _save(view, name, query, shared=shared, opens_first=opens_first, verb="keep view", by=by)


def change_view(view: SavedView, *, name: str, query: str, shared: bool, opens_first: bool, by: Actor) -> SavedView:
    """Change the name of one's own view, what it shows, and whether colleagues see it. Refuses NotYourView."""
    inside_edge()
    _refuse_others(view, by)
    return _save(view, name, query, shared=shared, opens_first=opens_first, verb="change view", by=by)


def drop_view(view: SavedView, *, by: Actor) -> None:
    """Delete one's own view; for a while it can be had back. Refuses NotYourView."""
    inside_edge()
    _refuse_others(view, by)
    view.dropped_at, view.opens_first = clock.now(), False
    view.save(update_fields=["dropped_at", "opens_first"])
    note("delete view", view, by=by, subject=view.person, fields=["dropped_at"])


def restore_view(view: SavedView, *, by: Actor) -> None:
    """Have a deleted view of one's own back. Refuses NotYourView."""
    inside_edge()
    _refuse_others(view, by)
    view.dropped_at = None
    view.save(update_fields=["dropped_at"])
    note("restore view", view, by=by, subject=view.person, fields=["dropped_at"])


def use_view(view: SavedView, *, by: Actor) -> None:
    """Write down that a view is still used, from which its term runs."""
    inside_edge()
    view.used_at = clock.now()
    view.save(update_fields=["used_at"])
    note("use view", view, by=by, subject=view.person, fields=["used_at"])


def remember_bulk(listing: str, act: str, rows: Mapping[UUID, str], *, by: Actor) -> BulkAct:
    """Remember which rows an act was done to at once, each with how it was before, so that it can be taken back."""
    inside_edge()
    if by.person_id is None:
        raise NotYourView
    done = BulkAct.objects.create(
        listing=listing, act=act, rows={str(row): before for row, before in rows.items()}, person=by.person_id
    )
    note(f"{act} at once", done, by=by, subject=by.person_id)
    return done


def take_back_bulk(done: BulkAct, *, by: Actor) -> None:
    """Write down that what was done at once is taken back; the reverse of each row is its own act with its own note."""
    inside_edge()
    done.undone_at = clock.now()
    done.save(update_fields=["undone_at"])
    note(f"undo {done.act} at once", done, by=by, subject=done.person, fields=["undone_at"])


def forget_rows(row_id: UUID, *, by: Actor) -> None:
    """Forget what was done at once to rows among which is one that was erased: it cannot be taken back any more."""
    inside_edge()
    BulkAct.objects.filter(rows__has_key=str(row_id)).delete()


def _refuse_others(view: SavedView, by: Actor) -> None:
    if view.person != by.person_id:
        raise NotYourView


def _save(
    view: SavedView, name: str, query: str, *, shared: bool, opens_first: bool, verb: str, by: Actor
) -> SavedView:
    view.name, view.query = tidy(name)[:60], query[:1000]
    if not view.name:
        raise NamelessView
    view.shared, view.opens_first, view.used_at = shared, opens_first, clock.now()
    if opens_first:
        others = SavedView.objects.filter(person=view.person, listing=view.listing, opens_first=True)
        others.exclude(pk=view.pk).update(opens_first=False)
    view.save()
    note(verb, view, by=by, subject=view.person, fields=["name", "query", "shared", "opens_first"])
    return view

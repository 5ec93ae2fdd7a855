"""A list as a page or a sheet: the one way in which lists of the office are answered."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import Going, send, taken_along
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists import actions
from leerhuis.lists.asked import PLAIN, Asked, Chip, Head
from leerhuis.lists.listing import SIZES, Bulk, Column, Found, Listing
from leerhuis.lists.models import SavedView
from leerhuis.lists.queries import own_view, views_for
from leerhuis.lists.table import rows
from leerhuis.ui.sheets import sheet
from leerhuis.ui.undoing import offer_undo

CHUNK = 500
USED_AGAIN_AFTER = timedelta(days=7)


class Shown:
    """Everything the template of a list needs, worked out once. Rows, counts and views take one query each."""

    def __init__(self, request: Any, listing: Listing, found: Found) -> None:
        self.listing = listing
        self.asked = Asked(listing, request.GET)
        self.found = found
        self.viewer = request.viewer
        found_rows, self.order = listing.sorted(found.rows, request.GET.get("sort", ""))
        self.page: Page[Any] = Paginator(found_rows, self.asked.size).get_page(request.GET.get("page"))

    @cached_property
    def lines(self) -> list[Any]:
        """Return the rows of this page."""
        return self.listing.lines(self.page.object_list)

    @property
    def body(self) -> SafeString:
        """Return the rows of this page as HTML."""
        return rows(self.listing, self.asked.columns, self.lines, ticks=bool(self.bulk))

    @property
    def total(self) -> int:
        """Return how many rows fit."""
        return self.page.paginator.count

    @property
    def heads(self) -> list[Head]:
        """Return the heads of the columns."""
        return self.asked.heads(self.order)

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the filters that are on."""
        return self.asked.chips(self.found.form)

    @property
    def plain_address(self) -> str:
        """Return the address of the whole list, columns and order kept."""
        return self.asked.address(without=(*self.found.form.fields, "view"), view=PLAIN)

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """Return the columns that can be left out, each with whether it is shown."""
        return [(column, column in self.asked.columns) for column in self.listing.columns[1:]]

    @property
    def is_wide(self) -> bool:
        """True with more columns than usual: the frame of the table then scrolls sideways, without heads that stay."""
        return len(self.asked.columns) > len(self.listing.chosen(()))

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """Return the sizes a page can have: (rows, address, whether it is this one)."""
        return [(size, self.asked.address(size=size), size == self.asked.size) for size in SIZES]

    @cached_property
    def bulk(self) -> list[Bulk]:
        """Return what can be done with many rows."""
        return self.listing.bulk_for(self.viewer)

    @property
    def bulk_address(self) -> str:
        """Return where the chosen rows go."""
        return reverse(self.listing.bulk_route, kwargs=self.listing.fixed) if self.bulk else ""

    @cached_property
    def views(self) -> list[SavedView]:
        """Return the views that can be opened."""
        return list(views_for(self.viewer, self.listing.key))

    @cached_property
    def view(self) -> SavedView | None:
        """Return the view that is open."""
        return next((view for view in self.views if str(view.id) == self.asked.view), None)

    @property
    def first(self) -> SavedView | None:
        """Return the view with which the viewer wants the list to open."""
        return next((view for view in self.views if view.opens_first and self.is_mine(view)), None)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """Return the views as tabs."""
        return [
            {"view": view, "address": f"?{address_of(view)}", "on": view is self.view, "mine": self.is_mine(view)}
            for view in self.views
        ]

    @property
    def own(self) -> SavedView | None:
        """Return the view that is open when it is the viewer's own."""
        return self.view if self.view and self.is_mine(self.view) else None

    @property
    def changed(self) -> bool:
        """True when the list shows something else than the open view keeps."""
        return self.view is not None and self.view.query != self.asked.kept

    def is_mine(self, view: SavedView) -> bool:
        """True for a view that the viewer made."""
        return bool(view.person == self.viewer.person_id)


def address_of(view: SavedView) -> str:
    """Return the query that opens a view."""
    return f"{view.query}&view={view.id}" if view.query else f"view={view.id}"


def answer(request: Any, listing: Listing, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """Show a list, give it as a sheet, or keep, change and delete a view of it."""
    if request.method == "POST":
        return _keep(request, listing)
    found = listing.search(request, request.GET)
    if request.GET.get("export"):
        return _sheet(request, listing, found)
    shown = Shown(request, listing, found)
    if not request.GET and shown.first:
        return redirect(f"{request.path}?{address_of(shown.first)}")
    if shown.own and clock.now() - shown.own.used_at > USED_AGAIN_AFTER:
        actions.use_view(shown.own, by=request.actor)
    if listing.subject:
        look(by=request.actor, subjects=listing.subjects(shown.lines), purpose=listing.purpose, screen=listing.screen)
    response = render(request, template, {**(context or {}), "list": shown})
    if request.htmx:
        response["HX-Push-Url"] = request.path + shown.asked.address()
    return response


# --- sheets --------------------------------------------------------------------------------------------------------
def _sheet(request: Any, listing: Listing, found: Found) -> HttpResponse:
    """Give the rows that fit as a file, with the columns that are shown, in the same order.

    Looks are written down, and the file passes the outlet: what it is for is the purpose of the list. Keeps: L24.
    """
    asked = Asked(listing, request.GET)
    rows, _order = listing.sorted(found.rows, request.GET.get("sort", ""))
    columns = listing.in_sheet(asked.columns)
    going = taken_along(request, listing.purpose, listing.screen.replace("_list", "_export"))
    cells = ([column.in_sheet(line) for column in columns] for line in _told(request, listing, rows, going))
    heads = [column.label for column in columns]
    write = partial(sheet, str(listing.title), heads, cells, request.GET["export"])
    return send(going, write, by=request.actor) if listing.purpose else write()


def _told(request: Any, listing: Listing, rows: Any, going: Going) -> Iterator[Any]:
    """Yield all rows in lots that fit in memory, and write down whose data they show, everybody once."""
    waiting = rows.iterator(chunk_size=CHUNK)
    while lot := list(islice(waiting, CHUNK)):
        lines = listing.lines(lot)
        new = listing.subjects(lines) - going.people
        if new:
            look(by=request.actor, subjects=new, purpose=going.purpose, screen=going.carrier)
        going.add(new, len(lines))
        yield from lines


# --- views ---------------------------------------------------------------------------------------------------------
def _keep(request: Any, listing: Listing) -> HttpResponseRedirect:
    """Keep, change, delete or restore a view, as the form on the list says."""
    said = request.POST
    asked = Asked(listing, QueryDict(said.get("query", "")))
    view = own_view(request.viewer, listing.key, said["of"]) if _is_id(said.get("of", "")) else None
    try:
        with attempt():
            return _kept(request, listing, asked, view)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{request.path}{asked.address()}")


def _kept(request: Any, listing: Listing, asked: Asked, view: SavedView | None) -> HttpResponseRedirect:
    said = request.POST
    act = said.get("act", "")
    if view and act == "drop":
        actions.drop_view(view, by=request.actor)
        again = {"act": "restore", "of": str(view.id)}
        offer_undo(request, _("The view “%(name)s” was deleted.") % {"name": view.name}, request.path, again)
        return redirect(f"{request.path}{asked.address(without=('view',), view=PLAIN)}")
    if view and act == "restore":
        actions.restore_view(view, by=request.actor)
        return redirect(f"{request.path}?{address_of(view)}")
    if act not in {"keep", "change"}:
        return redirect(f"{request.path}{asked.address()}")
    values = {"name": said.get("name", ""), "shared": "shared" in said, "opens_first": "opens_first" in said}
    if view and act == "change":
        kept = actions.change_view(view, query=asked.kept, **values, by=request.actor)
    else:
        kept = actions.keep_view(listing.key, query=asked.kept, **values, by=request.actor)
    messages.success(request, _("The view “%(name)s” was saved.") % {"name": kept.name})
    return redirect(f"{request.path}?{address_of(kept)}")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

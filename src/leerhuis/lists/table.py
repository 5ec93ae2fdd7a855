"""The rows of a list as HTML, for all lists.

They are written here and not in a template: a page has some five hundred cells, and a template takes dozens of steps
for each. Every value is escaped, so what people typed stays text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerhuis.lists.listing import Column, Listing
from leerhuis.ui.templatetags.ui import icon

_TICK = (
    '<td class="col-tick" data-label=""><input class="form-check-input" type="checkbox" name="row" value="{}"'
    ' aria-label="{} {}"></td>'
)
_PEEK = (
    '<td class="col-peek" data-label=""><a class="btn btn-quiet btn-icon btn-peek" href="{address}" hx-get="{address}"'
    ' data-peek aria-label="{words}: {name}" title="{words}">{icon}</a></td>'
)


def rows(listing: Listing, columns: Sequence[Column], lines: Iterable[Any], *, ticks: bool) -> SafeString:
    """Return the rows of a table: with `ticks` a box to choose each, its cells, and how to open it beside the list."""
    return SafeString("\n".join(_each(listing, columns, lines, ticks=ticks)))


def _each(listing: Listing, columns: Sequence[Column], lines: Iterable[Any], *, ticks: bool) -> Iterator[str]:
    choose, peek = _("Choose"), {"words": _("Open beside the list"), "icon": icon("layout-sidebar-right")}
    first, *others = columns
    starts = [(column, _start(column, "num" if column.figures else "")) for column in others]
    name_starts = _start(first, "cell-name")
    for line in lines:
        address, name = listing.address(line), listing.name(line)
        tick = format_html(_TICK, line.id, choose, name) if ticks else ""
        link = format_html('<a href="{}" data-open>{}</a>', address, first.on_page(line))
        cells = "".join(f"{start}{conditional_escape(column.on_page(line))}</td>" for column, start in starts)
        opener = format_html(_PEEK, address=address, name=name, **peek) if listing.peek else ""
        yield f"<tr>{tick}{name_starts}{link}</td>{cells}{opener}</tr>"


def _start(column: Column, css: str) -> SafeString:
    """Return how each cell of a column begins; its label stands beside it where rows are cards, on a phone."""
    shown = format_html(' class="{}"', css) if css else ""
    return format_html('<td{} data-label="{}">', shown, column.label)

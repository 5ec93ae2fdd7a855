"""The rows of a list as HTML, for all lists.

They are written here and not in a template: a page has some five hundred cells, and a template takes dozens of steps
for each. Every value passes `format_html`, so what people typed stays text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
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
    return format_html_join("\n", "<tr>{}</tr>", _each(listing, columns, lines, ticks=ticks))


def _each(
    listing: Listing, columns: Sequence[Column], lines: Iterable[Any], *, ticks: bool
) -> Iterator[tuple[SafeString]]:
    choose, peek = _("Choose"), {"words": _("Open beside the list"), "icon": icon("layout-sidebar-right")}
    first, *others = columns
    starts = [(column, _start(column, "num" if column.figures else "")) for column in others]
    name_starts = _start(first, "cell-name")
    for line in lines:
        address, name = listing.address(line), listing.name(line)
        yield (
            format_html(
                '{}{}<a href="{}" data-open>{}</a></td>{}{}',
                format_html(_TICK, line.id, choose, name) if ticks else "",
                name_starts,
                address,
                first.on_page(line),
                format_html_join("", "{}{}</td>", ((start, column.on_page(line)) for column, start in starts)),
                format_html(_PEEK, address=address, name=name, **peek) if listing.peek else "",
            ),
        )


def _start(column: Column, css: str) -> SafeString:
    """Return how each cell of a column begins; its label stands beside it where rows are cards, on a phone."""
    shown = format_html(' class="{}"', css) if css else ""
    return format_html('<td{} data-label="{}">', shown, column.label)

"""One's own charts as files: pictures (SVG) that need no page around them, with their own style and a title."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerhuis.practice.charts import HEIGHT, WIDTH, Line
from leerhuis.practice.standing import Day
from leerhuis.ui.wording import day_long, weekday_names

HEAD = 30  # above a drawing, for its title
CELL, GAP, NAMES = 24, 2, 28  # of a day, between days, and for the names of days
_STYLE = (
    "svg{background:#fff;font:12px sans-serif}text{fill:#555}.name{fill:#1d2530;font-weight:bold}.end{text-anchor:end}"
    ".grid{stroke:#ddd}polyline{fill:none;stroke:#1f5fa8;stroke-width:2.5}circle{fill:#1f5fa8}"
    ".expected{stroke-dasharray:4 4}.spread{stroke:#1f5fa8;stroke-width:1.5}"
    ".heat-0{fill:#eee}.heat-1{fill:#d5e2f0}.heat-2{fill:#a9c5e1}.heat-3{fill:#4a82bd}.heat-4{fill:#1f5fa8}"
    ".number{text-anchor:middle;fill:#1d2530}.deep{fill:#fff}"
)


def line_file(title: str, line: Line) -> str:
    """Return the line of mastery as a file."""
    drawn = render_to_string("practice/_line_drawing.html", {"chart": line})
    return _file(title, SafeString(drawn), WIDTH, HEIGHT)


def days_file(title: str, calendar: Sequence[Sequence[Day]]) -> str:
    """Return the calendar as a file: a row for each day of the week, a column for each week."""
    rows = (_row(number, week) for number, week in enumerate(calendar))
    width = NAMES + len(calendar[0]) * (CELL + GAP)
    return _file(title, format_html_join("", "{}", ((row,) for row in rows)), width, 7 * (CELL + GAP))


def _row(number: int, week: Sequence[Day]) -> SafeString:
    top = number * (CELL + GAP)
    days = (_day(place, top, day) for place, day in enumerate(week) if not day.is_future)
    name = weekday_names()[number][:2]
    return format_html(
        '<text x="0" y="{}">{}</text>{}', top + 16, name, format_html_join("", "{}", ((day,) for day in days))
    )


def _day(place: int, top: int, day: Day) -> SafeString:
    left = NAMES + place * (CELL + GAP)
    deep = " deep" if day.level > 2 else ""  # noqa: PLR2004 - of four colours the two that need white letters
    said = _("%(day)s: %(number)d answers") % {"day": day_long(day.date), "number": day.answers}
    return format_html(
        '<g><title>{}</title><rect class="heat-{}" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>'
        '<text class="number{}" x="{}" y="{}">{}</text></g>',
        said, day.level, left, top, CELL, CELL, deep, left + CELL // 2, top + 16, day.answers or "",
    )  # fmt: skip


def _file(title: str, drawn: SafeString, width: int, height: int) -> str:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -{} {} {}"><style>{}</style>'
        '<text class="name" x="0" y="-{}">{}</text>{}</svg>',
        HEAD, width + 16, height + HEAD + 8, SafeString(_STYLE), HEAD - 16, title, drawn,
    )  # fmt: skip

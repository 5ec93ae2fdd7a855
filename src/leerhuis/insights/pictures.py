"""Charts, drawn on the server as SVG: no script, no style of their own, and a table with the same figures beside it."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leerhuis.ui.wording import number

Bar = tuple[str, str, int | None]  # words in full, short words, and the value
WIDTH, HEIGHT, FOOT, HEAD = 720, 200, 24, 20
SLIM = 420  # the width of a chart beside others, on which twelve months are read on a telephone
_BAR = (
    '<g><title>{}: {}</title><rect class="column" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>'
    '<text x="{}" y="{}">{}</text><text class="under" x="{}" y="{}">{}</text></g>'
)


def columns(title: str, bars: Sequence[Bar], most: int | None = None, width: int = WIDTH) -> SafeString:
    """Return a chart of columns: for each its words in full, its short words below it, and its height (None: nothing).

    The highest column, or `most`, takes the whole height. To a screen reader it is one picture with a name; the table
    beside it tells the figures.
    """
    top = most or max((value or 0 for _, _, value in bars), default=0) or 1
    room = width / max(len(bars), 1)
    drawn = (_column(place * room, room, top, bar) for place, bar in enumerate(bars))
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}">'
        '<line class="ground" x1="0" y1="{}" x2="{}" y2="{}"></line>{}</svg>',
        title,
        width,
        HEIGHT,
        HEIGHT - FOOT,
        width,
        HEIGHT - FOOT,
        format_html_join("", "{}", ((bar,) for bar in drawn)),
    )


def _column(left: float, room: float, most: int, bar: Bar) -> SafeString:
    words, short, value = bar
    height = round((HEIGHT - FOOT - HEAD) * (value or 0) / most, 1)
    wide = round(min(room * 0.7, 56), 1)
    middle = round(left + room / 2, 1)
    top = round(HEIGHT - FOOT - height, 1)
    told = "" if value is None else number(value)
    return format_html(
        _BAR, words, told or "–", round(middle - wide / 2, 1), top, wide, height, middle, round(top - 5, 1), told,
        middle, HEIGHT - 6, short,
    )  # fmt: skip


_STYLE = (
    "svg{background:#fff;font:13px sans-serif}.column{fill:#1f5fa8}.ground{stroke:#888}"
    "text{fill:#1d2530;text-anchor:middle}.under{fill:#555}.name{font-weight:bold;text-anchor:start}"
)


def as_file(title: str, chart: SafeString, width: int = WIDTH) -> str:
    """Return a chart as an SVG file that needs no page around it: with its title above it and its own style."""
    tall = HEIGHT + 2 * HEAD
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -{2 * HEAD} {width} {tall}"'
    head = format_html('<style>{}</style><text class="name" x="4" y="-{}">{}</text>', _STYLE, HEAD, title)
    drawn = str(chart).replace(f'viewBox="0 0 {width} {HEIGHT}"', "", 1).replace("<svg", opened, 1)
    return drawn.replace(">", f">{head}", 1)

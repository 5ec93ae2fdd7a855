"""A line over time as points of a drawing, made on the server: no script, and a table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 360, 160
LEFT, RIGHT, TOP, BOTTOM = 36, 10, 10, 22


@dataclass(frozen=True)
class Mark:
    """A place on the drawing, with the words that stand there."""

    x: float
    y: float
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A line of percents over time in a drawing of 360 by 160: its points, its end, and the heights with a figure."""

    points: str
    end: Mark
    heights: tuple[Mark, ...]
    first: datetime
    last: datetime
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def line_chart(values: Sequence[tuple[datetime, int]]) -> Line | None:
    """Return the drawing of moments, oldest first, with percents; None for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    first, last = values[0][0], values[-1][0]
    span = (last - first).total_seconds() or 1.0
    places = [(_x((at - first).total_seconds() / span), _y(percent)) for at, percent in values]
    heights = tuple(Mark(LEFT, _y(percent), f"{percent} %") for percent in (0, 50, 100))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return Line(points, Mark(*places[-1], f"{values[-1][1]} %"), heights, first, last)


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(percent: float) -> float:
    return round(TOP + (100 - percent) / 100 * (HEIGHT - TOP - BOTTOM), 1)

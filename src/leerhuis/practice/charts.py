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
class Ahead:
    """What is expected at a later moment, in percents, and between which two it may fall out."""

    at: datetime
    percent: int
    low: int
    high: int


@dataclass(frozen=True)
class Expected:
    """The dashed end of a line: from now to what is expected, and how far that may fall out to both sides."""

    points: str
    end: Mark
    low: float
    high: float
    at: datetime


@dataclass(frozen=True)
class Line:
    """A line of percents over time in a drawing of 360 by 160: its points, its end, and the heights with a figure.

    `expected` follows it where something is expected at a later moment.
    """

    points: str
    end: Mark
    heights: tuple[Mark, ...]
    first: datetime
    last: datetime
    expected: Expected | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def line_chart(values: Sequence[tuple[datetime, int]], ahead: Ahead | None = None) -> Line | None:
    """Return the drawing of moments, oldest first, with percents, and what is expected ahead; None for fewer than two.

    With an exam ahead one value is enough: the line leads on to it.
    """
    if not values or (len(values) < 2 and ahead is None):  # noqa: PLR2004 - a line has two ends
        return None
    first, last = values[0][0], values[-1][0]
    span = ((ahead.at if ahead else last) - first).total_seconds() or 1.0
    places = [(_x((at - first).total_seconds() / span), _y(percent)) for at, percent in values]
    heights = tuple(Mark(LEFT, _y(percent), f"{percent} %") for percent in (0, 50, 100))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    end = Mark(*places[-1], f"{values[-1][1]} %")
    return Line(points, end, heights, first, last, _expected(end, ahead) if ahead else None)


def _expected(now: Mark, ahead: Ahead) -> Expected:
    there = Mark(_x(1.0), _y(ahead.percent), f"{ahead.percent} %")
    points = f"{now.x:.1f},{now.y:.1f} {there.x:.1f},{there.y:.1f}"
    return Expected(points, there, _y(ahead.low), _y(ahead.high), ahead.at)


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(percent: float) -> float:
    return round(TOP + (100 - percent) / 100 * (HEIGHT - TOP - BOTTOM), 1)

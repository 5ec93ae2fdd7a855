"""Places on a picture: which areas a point, or a cell of the grid over it, lies in; in percents of width and height.

Whoever cannot point at a place exactly chooses a cell of a grid; it counts when it lies in an area for a fair part, or
holds the middle of one that is smaller than a cell.
"""

from dataclasses import dataclass
from typing import Final

from leerhuis.practice.kinds import Area, Shape

COLUMNS: Final = 10
ROWS: Final = 8
NEARLY: Final = 3.0  # percents beside an area that still are "almost"
_FAIR: Final = 0.25  # of a cell
_SAMPLES: Final = 8


@dataclass(frozen=True)
class Point:
    """A point: percents of the width from the left, and of the height from the top."""

    x: float
    y: float


@dataclass(frozen=True)
class Cell:
    """A cell of the grid, counted from 0 from the left and from the top."""

    column: int
    row: int

    @property
    def name(self) -> str:
        """Return what it is called: a letter for the column, a number for the row."""
        return f"{chr(ord('A') + self.column)}{self.row + 1}"

    @property
    def middle(self) -> Point:
        """Return its middle."""
        return Point((self.column + 0.5) * 100 / COLUMNS, (self.row + 0.5) * 100 / ROWS)


def read_place(text: str) -> Point | Cell | None:
    """Return the place that a line names: "34.5,61" is a point, "C4" a cell; None for anything else."""
    if len(text) == 2 and text[0].isascii() and text[0].isupper() and text[1] in "123456789":  # noqa: PLR2004 - C4
        cell = Cell(ord(text[0]) - ord("A"), int(text[1]) - 1)
        return cell if cell.column < COLUMNS and cell.row < ROWS else None
    x, comma, y = text.partition(",")
    try:
        point = Point(round(float(x), 1), round(float(y), 1))
    except ValueError:
        return None
    return point if comma and 0 <= point.x <= 100 and 0 <= point.y <= 100 else None  # noqa: PLR2004 - percents


def write_place(place: Point | Cell) -> str:
    """Return the line that names a place."""
    return place.name if isinstance(place, Cell) else f"{place.x:g},{place.y:g}"


def is_on(place: Point | Cell, area: Area, ratio: float = 1.0) -> bool:
    """True when a place lies on an area of a picture that is `ratio` times as high as wide."""
    if isinstance(place, Point):
        return holds(area, place, ratio)
    wide, high = 100 / COLUMNS, 100 / ROWS
    left, top = place.column * wide, place.row * high
    steps = [(n + 0.5) / _SAMPLES for n in range(_SAMPLES)]
    inside = sum(holds(area, Point(left + a * wide, top + b * high), ratio) for a in steps for b in steps)
    middle = middle_of(area)
    holds_middle = left <= middle.x <= left + wide and top <= middle.y <= top + high
    return inside >= _FAIR * _SAMPLES**2 or (holds_middle and inside > 0)


def is_beside(place: Point | Cell, area: Area, ratio: float = 1.0) -> bool:
    """True when a place lies just beside an area."""
    middle = place.middle if isinstance(place, Cell) else place
    around = [(dx, dy) for dx in (-NEARLY, 0, NEARLY) for dy in (-NEARLY, 0, NEARLY)]
    return any(holds(area, Point(middle.x + dx, middle.y + dy), ratio) for dx, dy in around)


def holds(area: Area, point: Point, ratio: float = 1.0) -> bool:
    """True when a point lies in an area or on its edge."""
    match area.shape, area.coords:
        case Shape.RECT, (left, top, right, bottom):
            return left <= point.x <= right and top <= point.y <= bottom
        case Shape.CIRCLE, (x, y, radius):
            return (point.x - x) ** 2 + ((point.y - y) * ratio) ** 2 <= radius**2
        case Shape.POLYGON, coords:
            return _in_polygon(corners(coords), point)
    return False


def is_drawable(area: Area) -> bool:
    """True when the numbers of an area make a shape on the picture."""
    if not all(0 <= number <= 100 for number in area.coords):  # noqa: PLR2004 - percents
        return False
    match area.shape, area.coords:
        case Shape.RECT, (left, top, right, bottom):
            return left < right and top < bottom
        case Shape.CIRCLE, (_x, _y, radius):
            return radius > 0
        case Shape.POLYGON, coords:
            return len(coords) >= 6 and len(coords) % 2 == 0  # noqa: PLR2004 - three corners
    return False


def middle_of(area: Area) -> Point:
    """Return about the middle of an area."""
    match area.shape, area.coords:
        case Shape.RECT, (left, top, right, bottom):
            return Point((left + right) / 2, (top + bottom) / 2)
        case Shape.CIRCLE, (x, y, _radius):
            return Point(x, y)
    points = corners(area.coords) or [Point(50, 50)]
    return Point(sum(p.x for p in points) / len(points), sum(p.y for p in points) / len(points))


def corners(coords: tuple[float, ...]) -> list[Point]:
    """Return the corners of a polygon."""
    return [Point(x, y) for x, y in zip(coords[::2], coords[1::2], strict=False)]


def _in_polygon(points: list[Point], point: Point) -> bool:
    """Count how often a line to the right crosses the edges: an odd number is inside."""
    inside = False
    for one, other in zip(points, points[1:] + points[:1], strict=True):
        if (one.y > point.y) != (other.y > point.y):
            crossing = one.x + (point.y - one.y) * (other.x - one.x) / (other.y - one.y)
            inside ^= point.x <= crossing
    return inside

"""A picture with places on it as it is shown: the shapes to draw over it, and the cells of the grid to choose from."""

from dataclasses import dataclass

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Area, Hotspot, Shape
from leerhuis.practice.places import COLUMNS, ROWS, Cell, Point, corners, middle_of, read_place


@dataclass(frozen=True)
class Drawn:
    """A shape in a drawing 100 wide and `high` high. `mark` is "right", "wrong", or empty before the answer."""

    area: Area
    number: int
    high: float
    mark: str = ""
    chosen: bool = False
    feedback: Rich | None = None

    @property
    def is_rect(self) -> bool:
        """True for a rectangle."""
        return self.area.shape is Shape.RECT

    @property
    def is_circle(self) -> bool:
        """True for a circle."""
        return self.area.shape is Shape.CIRCLE

    @property
    def box(self) -> tuple[str, str, str, str]:
        """Return left, top, width and height of a rectangle."""
        left, top, right, bottom = self.area.coords
        return _n(left), self._down(top), _n(right - left), self._down(bottom - top)

    @property
    def round(self) -> tuple[str, str, str]:
        """Return centre and radius of a circle."""
        x, y, radius = self.area.coords
        return _n(x), self._down(y), _n(radius)

    @property
    def points(self) -> str:
        """Return the corners of a polygon."""
        return " ".join(f"{_n(p.x)},{self._down(p.y)}" for p in corners(self.area.coords))

    @property
    def middle(self) -> tuple[str, str]:
        """Return where its number stands."""
        middle = middle_of(self.area)
        return _n(middle.x), self._down(middle.y)

    def _down(self, percents: float) -> str:
        return _n(percents * self.high / 100)


@dataclass(frozen=True)
class Pin:
    """Where somebody pointed, in the same drawing."""

    x: str
    y: str
    words: str


def drawn_areas(hotspot: Hotspot, given: str | None) -> list[Drawn]:
    """Return the shapes to draw: all of named ones, else after the answer those that count."""
    high = 100 * hotspot.ratio
    chosen = set(given.split()) if given and hotspot.named else set()
    shown = []
    for number, area in enumerate(hotspot.areas, start=1):
        right = area.share >= 1
        if given is None:
            if hotspot.named:
                shown.append(Drawn(area, number, high))
        elif hotspot.named or right:
            picked = area.key in chosen
            mark = "right" if right else "wrong" if picked else "rest"
            feedback = area.feedback if hotspot.named and (picked or right) else None
            shown.append(Drawn(area, number, high, mark, picked, feedback))
    return shown


def pin_of(hotspot: Hotspot, given: str) -> Pin | None:
    """Return where an answer points."""
    place = None if hotspot.named else read_place(given)
    if place is None:
        return None
    point = place.middle if isinstance(place, Cell) else place
    return Pin(_n(point.x), _n(point.y * hotspot.ratio), _words(place))


def cells() -> list[Cell]:
    """Return the cells of the grid, row by row."""
    return [Cell(column, row) for row in range(ROWS) for column in range(COLUMNS)]


def _words(place: Point | Cell) -> str:
    if isinstance(place, Cell):
        return place.name
    column, row = min(int(place.x * COLUMNS / 100), COLUMNS - 1), min(int(place.y * ROWS / 100), ROWS - 1)
    return Cell(column, row).name


def _n(number: float) -> str:
    """Write a number for a drawing: with a point in every language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")

"""The one way in which a figure about a group is shown: `publish(cells, k)`. Pure; knows no tables and no pages.

A group of fewer than `k` people is not shown, and neither is what could be had by subtraction: from a total, from a
total of totals, or from both together. Hidden and empty look the same: neither is in the answer. What is shown of one
column (a month) never depends on another, so that a figure that was shown once is not given away by the next month.
Keeps: L17a.

Why ten: see docs/decisions/0027-anonymous-facts.md.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

Name = Hashable  # of a row (a course) or a column (a month)
Figures = Mapping[str, int]
_SOURCE: Final = ("", "all rows")
_SINK: Final = ("", "all columns")
_Node = tuple[str, Name]


@dataclass(frozen=True)
class Cell:
    """A group: its row and column, of how many people it is, and what was counted of them, as sums that add up.

    `people` is the size that is held against k. Give fewer than there are where somebody could take away a part that
    they know: an employer knows its own people, so what counts is how many others there are.
    """

    row: Name
    column: Name
    people: int
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """What may be shown: `cells` by (row, column), `other` and `columns` by column, `rows` by row, and the `total`.

    Each is the figures of that group with its `people`. `other` is everything of a column that is not shown by itself.
    What is hidden or empty is in none of them.
    """

    cells: Mapping[tuple[Name, Name], Figures]
    other: Mapping[Name, Figures]
    columns: Mapping[Name, Figures]
    rows: Mapping[Name, Figures]
    total: Figures | None


@dataclass
class _Edge:
    """A number of the table as a flow: into a row, through a cell, out of a column, and round again."""

    start: _Node
    end: _Node
    people: int
    hidden: bool = False


def publish(cells: Iterable[Cell], k: int, *, row_totals: bool = True) -> Published:
    """Return what may be shown of a table of one dimension (one column) or two.

    In each column groups below k are hidden, and then the next smallest, until at least two hidden groups with k people
    together are left, so that subtraction from the column's total gives a group that is large enough: `other`. Totals
    of rows (and of all) are hidden where they would narrow what is hidden to fewer than k possibilities; without
    `row_totals` none is shown, as for a year that is not over, of which each month would give away the last one.
    Of each hidden group that is not empty at least k + 1 sizes stay possible to whoever knows everything shown.
    """
    table = _merged(cells)
    by_column: dict[Name, list[Cell]] = defaultdict(list)
    for cell in table:
        by_column[cell.column].append(cell)
    hidden = {(cell.row, cell.column) for each in by_column.values() for cell in _hidden_in(each, k)}
    flow = _Flow(table, hidden, k)
    flow.hide_totals(row_totals=row_totals)
    return Published(
        cells={(c.row, c.column): _told([c]) for c in table if c.people and (c.row, c.column) not in hidden},
        other=_others(by_column, hidden, flow),
        columns={name: _told(each) for name, each in by_column.items() if flow.shows_column(name)},
        rows={name: _told([c for c in table if c.row == name]) for name in flow.rows_shown()},
        total=_told(table) if flow.shows_total else None,
    )


def _merged(cells: Iterable[Cell]) -> list[Cell]:
    """Return each group once; those of the same row and column are one group."""
    found: dict[tuple[Name, Name], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.people < 0:
            raise ValueError("A group has no fewer people than none.")
        found[cell.row, cell.column].append(cell)
    return [Cell(*key, sum(c.people for c in same), _sums(same)) for key, same in found.items()]


def _sums(cells: Sequence[Cell]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for cell in cells:
        for name, number in cell.figures.items():
            sums[name] += number
    return dict(sums)


def _told(cells: Sequence[Cell]) -> Figures:
    return {**_sums(cells), "people": sum(cell.people for cell in cells)}


def _hidden_in(column: Sequence[Cell], k: int) -> list[Cell]:
    """Return the groups of a column that are hidden: those below k, and the next smallest that they hide behind."""
    rising = sorted((cell for cell in column if cell.people), key=lambda cell: (cell.people, str(cell.row)))
    count = sum(cell.people < k for cell in rising)
    if not count:
        return []
    while count < len(rising) and (count < 2 or sum(c.people for c in rising[:count]) < k):  # noqa: PLR2004 - a pair
        count += 1
    return rising[:count]


def _others(by_column: Mapping[Name, list[Cell]], hidden: set[tuple[Name, Name]], flow: "_Flow") -> dict[Name, Figures]:
    others = {}
    for name, cells in by_column.items():
        behind = [cell for cell in cells if (cell.row, cell.column) in hidden]
        if behind and len(behind) < sum(bool(c.people) for c in cells) and flow.shows_column(name):
            others[name] = _told(behind)
    return others


class _Flow:
    """A table with its totals as a circulation: what comes in at a node goes out, and nothing is below none.

    So a hidden number can be larger, or smaller, only along a circle of other hidden ones, and by how much is a flow
    (Ford and Fulkerson). What is empty may be known to be empty: no circle leads through it.
    """

    def __init__(self, table: Sequence[Cell], hidden: set[tuple[Name, Name]], k: int) -> None:
        self.k = k
        rows: dict[Name, int] = defaultdict(int)
        columns: dict[Name, int] = defaultdict(int)
        self.cells = []
        for cell in table:
            rows[cell.row] += cell.people
            columns[cell.column] += cell.people
            key = (cell.row, cell.column)
            self.cells.append(_Edge(("row", cell.row), ("column", cell.column), cell.people, key in hidden))
        self.rows = [_Edge(_SOURCE, ("row", row), people, 0 < people < k) for row, people in rows.items()]
        self.columns = [_Edge(("column", name), _SINK, people, 0 < people < k) for name, people in columns.items()]
        whole = sum(rows.values())
        self.total = _Edge(_SINK, _SOURCE, whole, 0 < whole < k)

    @property
    def shows_total(self) -> bool:
        """True when the total of all may be shown."""
        return self.total.people > 0 and not self.total.hidden

    def shows_column(self, name: Name) -> bool:
        """True when the total of a column may be shown."""
        return any(e.people and not e.hidden for e in self.columns if e.start[1] == name)

    def rows_shown(self) -> list[Name]:
        """Return the rows of which the total may be shown."""
        return [edge.end[1] for edge in self.rows if edge.people and not edge.hidden]

    def hide_totals(self, *, row_totals: bool) -> None:
        """Hide totals of rows, then that of all, until of no hidden number fewer than k + 1 values are possible."""
        if not row_totals:
            for edge in (*self.rows, self.total):
                edge.hidden = True
        while weak := next((edge for edge in self._edges() if self._is_weak(edge)), None):
            shown = self._totals_beside(weak)
            if not shown:
                break  # nothing of rows is shown any more, and each column is safe by itself
            shown[0].hidden = True

    def _totals_beside(self, weak: _Edge) -> list[_Edge]:
        """Return the totals that are still shown, in the order in which they are given up: that of its own row first.

        A row of which every group is shown has no use for a hidden total, since it can be added up.
        """
        behind = {edge.start for edge in self.cells if edge.hidden}
        rows = sorted((e for e in self.rows if not e.hidden and e.end in behind), key=lambda e: (e.people, str(e.end)))
        own = [edge for edge in rows if edge.end == weak.start]
        return own + [edge for edge in rows if edge not in own] + ([] if self.total.hidden else [self.total])

    def _edges(self) -> list[_Edge]:
        return [*self.cells, *self.rows, *self.columns, self.total]

    def _is_weak(self, edge: _Edge) -> bool:
        """True for a hidden number that can be told to within fewer than k of what it is, though no sum of others.

        A total of a row all groups of which are shown is the sum of these: no secret.
        """
        if not edge.hidden or not edge.people or self._adds_up(edge):
            return False
        down = min(edge.people, self._room(edge, edge.start, edge.end))
        return down < self.k and down + self._room(edge, edge.end, edge.start) < self.k

    def _adds_up(self, edge: _Edge) -> bool:
        """True for a total of k people or more that follows from what may be shown anyway."""
        if edge.people < self.k or edge in self.cells:
            return False
        parts = {"row": [c for c in self.cells if c.start == edge.end]}.get(edge.end[0], [])
        if edge is self.total:
            parts = self.columns
        return not any(part.hidden and part.people for part in parts)

    def _room(self, without: _Edge, start: _Node, end: _Node) -> int:
        """Return how much can flow from one node to another along hidden numbers, k at most."""
        onwards: dict[_Node, list[tuple[_Node, int, bool]]] = defaultdict(list)
        hidden = [edge for edge in self._edges() if edge.hidden and edge.people and edge is not without]
        flows = [0] * len(hidden)
        for index, edge in enumerate(hidden):
            onwards[edge.start].append((edge.end, index, True))
            onwards[edge.end].append((edge.start, index, False))
        found = 0
        while found < self.k and (path := _way(onwards, hidden, flows, start, end)):
            room = min([self.k, *(hidden[i].people + flows[i] for i, forward in path if not forward)])
            for index, forward in path:
                flows[index] += room if forward else -room
            found += room
        return min(found, self.k)


def _way(
    onwards: Mapping[_Node, list[tuple[_Node, int, bool]]],
    hidden: Sequence[_Edge],
    flows: Sequence[int],
    start: _Node,
    end: _Node,
) -> list[tuple[int, bool]]:
    """Return the shortest way between two nodes along which numbers can change: (number, whether it grows)."""
    came: dict[_Node, tuple[_Node, int, bool]] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, index, forward in onwards[here]:
            if there == start or there in came or not (forward or hidden[index].people + flows[index] > 0):
                continue
            came[there] = (here, index, forward)
            if there == end:
                return _traced(came, start, end)
            waiting.append(there)
    return []


def _traced(came: Mapping[_Node, tuple[_Node, int, bool]], start: _Node, end: _Node) -> list[tuple[int, bool]]:
    steps = []
    while end != start:
        end, index, forward = came[end]
        steps.append((index, forward))
    return steps

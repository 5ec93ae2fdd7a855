"""The tables of figures without people: which columns, on the page and in the file the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _

from leerhuis.insights.queries import Line
from leerhuis.ui.wording import number


@dataclass(frozen=True)
class Column:
    """A column: its head, what it holds of a line (None: nothing to show), and what stands after a figure."""

    head: str
    value: Callable[[Line], Any]
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table on a page."""

    head: str
    value: Any
    unit: str
    is_figure: bool
    is_strong: bool = False

    @property
    def shown(self) -> str:
        """Return the value as it is read; what is not told is empty."""
        return f"{number(self.value)}{self.unit}" if self.is_figure and self.value is not None else self.value or ""

    @property
    def kind(self) -> str:
        """Return the classes of the cell: figures line up; an empty one takes no line of a card on a phone."""
        return " ".join(name for name, wanted in (("num", self.is_figure), ("blank", not self.shown)) if wanted)


@dataclass(frozen=True)
class Table:
    """A table of figures; the first column is the month."""

    title: str
    columns: Sequence[Column]
    lines: Sequence[Line]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Return the heads, each with whether figures stand under it."""
        return [(_("Month"), False), *((each.head, not _is_name(each)) for each in self.columns)]

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of each line, for a page."""
        for line in self.lines:
            month = in_words(line.month, "F Y") if line.month else _("whole year")
            yield [Cell(_("Month"), month, "", is_figure=False), *(self._cell(each, line) for each in self.columns)]

    def _cell(self, column: Column, line: Line) -> Cell:
        is_name = _is_name(column)
        return Cell(column.head, column.value(line), column.unit, not is_name, is_name and line.is_all)

    @property
    def sheet_heads(self) -> tuple[str, ...]:
        """Return the heads for a file, where a unit stands in the head and not in each cell."""
        return _("Month"), *(f"{each.head} ({each.unit})" if each.unit else each.head for each in self.columns)

    @property
    def sheet_rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the values of each line, for a file."""
        for line in self.lines:
            yield _month(line.month), *(each.value(line) for each in self.columns)


def months_table(lines: Sequence[Line]) -> Table:
    """Return what happened in each month; nothing and hidden look the same."""
    columns = (
        _figure("enrolled", _("In courses that ended")),
        Column(_("Attendance"), lambda line: line.attendance, "%"),
        Column(_("Passed"), lambda line: line.passing, "%"),
        _figure("certificates", _("Certificates")),
        _figure("registrations", _("Registrations")),
        _figure("cancellations", _("Cancellations")),
        _figure("practisers", _("People who practised")),
        Column(_("Right answers"), lambda line: line.correct, "%"),
    )
    return Table(_("By month"), columns, lines)


def courses_table(lines: Sequence[Line]) -> Table:
    """Return how each course went in each month."""
    columns = (
        _name(_("Course"), _("Other courses"), _("All courses")),
        _figure("runs", _("Runs")),
        _count("enrolled", _("Enrolled")),
        Column(_("Attendance"), lambda line: line.attendance, "%"),
        _count("passed", _("Passed")),
        _count("failed", _("Not passed")),
        _count("certificates", _("Certificates")),
    )
    return Table(_("Courses"), columns, lines)


def practice_table(lines: Sequence[Line]) -> Table:
    """Return how much was practised in each bank in each month."""
    columns = (
        _name(_("Question bank"), _("Other banks"), _("All banks")),
        _count("practisers", _("People")),
        _count("rounds", _("Rounds")),
        _count("answers", _("Answers")),
        Column(_("Right answers"), lambda line: line.correct, "%"),
    )
    return Table(_("Practice"), columns, lines)


@dataclass(frozen=True)
class _NameOf:
    other: str
    everything: str

    def __call__(self, line: Line) -> str:
        return self.other if line.is_other else self.everything if line.is_all else line.name


def _name(head: str, other: str, everything: str) -> Column:
    return Column(head, _NameOf(other, everything))


def _is_name(column: Column) -> bool:
    return isinstance(column.value, _NameOf)


def _count(name: str, head: str) -> Column:
    return Column(head, lambda line: line.figures[name])


def _figure(name: str, head: str) -> Column:
    return Column(head, lambda line: line.figures.get(name) or None)


def _month(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else _("whole year")

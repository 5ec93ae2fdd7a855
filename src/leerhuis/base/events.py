"""Events go up: a package tells what happened, and packages above it react, in the same transaction.

Who reacts to what stands in one literal table, `config/wiring.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened; subclasses hold ids and plain values, and are named in the past tense."""


Handler = Callable[[Any], None]
_table: dict[type[Event], tuple[Handler, ...]] = {}


def connect(table: Mapping[type[Event], Sequence[Handler]]) -> None:
    """Take the table of who reacts to what, once, at start."""
    _table.clear()
    _table.update({event: tuple(handlers) for event, handlers in table.items()})


def table() -> Mapping[type[Event], tuple[Handler, ...]]:
    """Return the table in force, for the map of the house and for tests."""
    return dict(_table)


def emit(event: Event) -> None:
    """Tell everyone who is wired to this event, in the order of the table; an exception stops the whole act."""
    for handler in _table.get(type(event), ()):
        handler(event)

"""Going through the parts of a question at any depth: its texts, its choices, its typed answers."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from leerhuis.base.text import clean

T = TypeVar("T")


def cleaned(value: T) -> T:
    """Return a dataclass with every text in it as this house keeps texts: no control characters, no half characters."""
    made: T = mapped(value, str, lambda text: clean(text.encode("utf-8", "replace").decode()))
    return made


def mapped(value: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """Return a dataclass in which each value of a kind, at any depth, is changed; words of a list of choices stay."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        return tuple(mapped(each, kind, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: mapped(getattr(value, each.name), kind, change) for each in fields(value)})
    return value


def parts_of(value: Any, kind: type[T]) -> Iterator[T]:
    """Give each value of a kind in a dataclass, at any depth."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from parts_of(each, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from parts_of(getattr(value, field.name), kind)

"""In which order a round asks what it asks: topics take turns, and no learning goal follows itself.

Mixing topics makes learning harder and remembering better (Rohrer & Taylor, "The shuffling of mathematics problems
improves learning", Instructional Science 35, 2007).
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class Placed(Generic[ItemT]):
    """Something to ask, the topic it is of, and the learning goals it serves (none, one or several)."""

    item: ItemT
    topic: Hashable
    aims: frozenset[Hashable] = frozenset()


def arrange(items: Sequence[Placed[ItemT]]) -> list[ItemT]:
    """Return the items in an order in which no learning goal follows itself, and no topic, as far as can be.

    The learning goals go before the topics. Otherwise the order given is kept: what stands first comes first. Questions
    that share a goal count as one family, and so do families that share a question.
    """
    families = _families([item.aims for item in items])
    left = [(place, family) for place, family in enumerate(families)]
    ordered: list[int] = []
    while left:
        chosen = _next(items, left, ordered[-1:], families)
        left.remove((chosen, families[chosen]))
        ordered.append(chosen)
    return [items[place].item for place in ordered]


def _next(items: Sequence[Placed[ItemT]], left: list[tuple[int, int]], last: list[int], families: list[int]) -> int:
    """Return the place of what goes next: the first that fits, unless a family or topic fills over half of the rest."""
    able = [place for place, family in left if all(families[before] != family for before in last)]
    able = able or [place for place, _ in left]
    able = _of_the_biggest(able, dict(left), len(left))
    other = [place for place in able if all(items[before].topic != items[place].topic for before in last)] or able
    return min(_of_the_biggest(other, {place: items[place].topic for place, _ in left}, len(left)))


def _of_the_biggest(able: list[int], groups: Mapping[int, Hashable], total: int) -> list[int]:
    """Return those of the group that fills more than half of all that is left, or all when there is none."""
    sizes = Counter(groups.values())
    biggest = max((groups[place] for place in able), key=lambda group: sizes[group])
    return [place for place in able if groups[place] == biggest] if 2 * sizes[biggest] > total else able


def _families(aims: Sequence[frozenset[Hashable]]) -> list[int]:
    """Return for each item the number of its family; an item without a learning goal is one by itself."""
    family = list(range(len(aims)))
    first: dict[Hashable, int] = {}
    for place, served in enumerate(aims):
        for aim in served:
            other = family[first.setdefault(aim, place)]
            family = [other if each == family[place] else each for each in family]
    return family

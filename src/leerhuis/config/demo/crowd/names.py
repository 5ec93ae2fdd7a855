"""The people of the crowd: names drawn by chance from groups that go together, each name once."""

import random
import re
from collections.abc import Iterator

from leerhuis.base.text import fold
from leerhuis.config.demo.crowd.content import NameGroup, name_groups

_NOT_IN_ADDRESS = re.compile(r"[^a-z]+")


def drawn_names(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield first and last names, never the same pair twice; it ends when every pair was had."""
    groups = name_groups()
    had: set[tuple[str, str]] = set()
    total = sum(len(group.first) * len(group.last) for group in groups)
    while len(had) < total:
        group: NameGroup = chance.choices(groups, [each.share for each in groups])[0]
        pair = (chance.choice(group.first), chance.choice(group.last))
        if pair not in had:
            had.add(pair)
            yield pair


def address_of(first_name: str, last_name: str, domain: str) -> str:
    """Return the address of a name at a domain: ``("Ayşe", "van 't Hof")`` → ``ayse.vanthof@…``."""
    return f"{_letters(first_name)}.{_letters(last_name)}@{domain}"


def _letters(name: str) -> str:
    return _NOT_IN_ADDRESS.sub("", fold(name).replace("ł", "l").replace("ı", "i"))

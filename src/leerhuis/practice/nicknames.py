"""Nicknames, and how the points of a week make places. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from leerhuis.base.text import fold, tidy

SHORTEST, LONGEST = 2, 20
FEWEST: Final = 3  # players, below which nobody sees anything of the others
TOP: Final = 5
_WORD = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")


@dataclass(frozen=True)
class Score:
    """What somebody did this week: questions that they came to know, and days on which they practised."""

    player_id: UUID
    nickname: str
    learned: int
    days: int

    @property
    def points(self) -> int:
        """Return the points: one for a question, one for a day. Speed and mistakes do not count."""
        return self.learned + self.days


@dataclass(frozen=True)
class Place:
    """A place in the challenge; who has as many points shares it."""

    place: int
    score: Score


def tidied(nickname: str) -> str:
    """Return a nickname as it is kept."""
    return tidy(nickname)


def is_nickname(nickname: str) -> bool:
    """True for two to twenty letters and figures, with single spaces or dashes between them."""
    return SHORTEST <= len(nickname) <= LONGEST and _WORD.fullmatch(nickname) is not None


def tells_name(nickname: str, names: Iterable[str]) -> bool:
    """True for a nickname that holds a name of its owner, blind to accents, case, spaces and dashes."""
    plain = _plain(nickname)
    parts = {part for name in names for part in [_plain(name), *map(_plain, fold(name).split())]}
    return any(part and (part == plain or (len(part) >= SHORTEST + 1 and part in plain)) for part in parts)


def places(scores: Iterable[Score]) -> list[Place]:
    """Return the places of a week, the most points first; equal points share a place, in the order of nicknames."""
    ordered = sorted(scores, key=lambda each: (-each.points, fold(each.nickname)))
    return [Place(1 + sum(other.points > each.points for other in ordered), each) for each in ordered]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))

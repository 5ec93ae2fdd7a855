"""Who else sees what of a learner: read from what all packages declare, so that it is always what holds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from leerhuis.charter.audiences import AUDIENCES, CONTACT_PERSON, NOBODY
from leerhuis.charter.declarations import Chosen, Purpose
from leerhuis.charter.register import declared
from leerhuis.charter.words import WORDS


@dataclass(frozen=True)
class AudienceSight:
    """An audience and what it sees of a person, in words of the statement."""

    who: str
    what: tuple[str, ...]


def sights_of_others(chosen: Chosen, language: str) -> list[AudienceSight]:
    """Return which staff see which words of a person in an academy with these settings, in ``nl`` or ``en``.

    The employer's contact is left out: what they see depends on what was agreed, and is shown line by line.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for audience, word in _declared_sights(chosen):
        seen[audience].add(word)
    english = language.startswith("en")
    return [
        AudienceSight(
            who=audience.en if english else audience.nl,
            what=tuple((w.en if english else w.nl) for key, w in WORDS.items() if key in seen[audience.key]),
        )
        for audience in AUDIENCES.values()
        if seen.get(audience.key) and audience.roles and audience not in (CONTACT_PERSON, NOBODY)
    ]


def _declared_sights(chosen: Chosen) -> Iterator[tuple[str, str]]:
    """Yield (audience, word) of every purpose that holds under these settings."""
    for _, purpose in declared(Purpose):
        for sight in purpose.seen_by if purpose.holds_under(chosen) else ():
            for word in sight.words:
                yield sight.audience.key, word.key

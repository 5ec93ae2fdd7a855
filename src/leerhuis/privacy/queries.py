"""What is held about one person: every row, why, on which ground, until when, who sees it, and who looked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation

from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.charter.datamap import claims_on
from leerhuis.charter.foreign import word_of
from leerhuis.people.models import Person
from leerhuis.privacy import rows, trail
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.parts import Line, purpose_lines, reading_order
from leerhuis.privacy.phrases import Language, capital, said, term_in_force, until_in
from leerhuis.privacy.rows import Mention, Table
from leerhuis.privacy.trail import Change, Look

__all__ = ["Change", "Kept", "Look", "Mention", "MyData", "changes_to", "my_data"]


@dataclass(frozen=True)
class Kept:
    """What is held for one purpose: how it is told in the statement, until when, and the rows table by table."""

    id: str
    title: str
    lines: tuple[Line, ...]
    until: str
    tables: tuple[Table, ...]

    @property
    def count(self) -> int:
        """Return how many rows there are."""
        return sum(table.count for table in self.tables)

    @property
    def first_to_go(self) -> date | None:
        """Return the earliest day on which one of the rows comes to the end of its term; None when none is counted."""
        return min((row.until for table in self.tables for row in table.rows if row.until), default=None)

    @property
    def is_trail(self) -> bool:
        """True for the notes of who changed and who looked, which are told in their own way."""
        return all(table.model.startswith("audit.") for table in self.tables)


@dataclass(frozen=True)
class MyData:
    """All that is held about one person at one moment, in one language.

    `also` says of the person's own columns for which further purposes they are used, by column.
    """

    person: Person
    language: Language
    made_at: datetime
    academy: str
    contact: str
    kept: tuple[Kept, ...]
    also: dict[str, tuple[str, ...]]
    looks: tuple[Look, ...]
    changes: tuple[Change, ...]
    mentions: tuple[Mention, ...]


def my_data(person: Person, *, language: str | None = None, limit: int | None = None) -> MyData:
    """Return all that is held about a person, derived from the charter alone.

    `language` is ``nl`` or ``en`` (None: the one in force); `limit` is how many rows of each table are read (None:
    all); they are counted in any case. One query for each table, whatever the number of rows. Other people are never
    named, keys never shown; remarks of others about this person are. Keeps: L35, W1.
    """
    spoken: Language = "en" if (language or translation.get_language() or "nl").startswith("en") else "nl"
    facts = Facts(current_academy().settings)
    with translation.override(spoken):
        return MyData(
            person=person,
            language=spoken,
            made_at=clock.now(),
            academy=facts.chosen.controller.trade_name,
            contact=facts.chosen.controller.privacy_email,
            kept=_kept(person, facts, spoken, limit),
            also=_also(spoken),
            looks=trail.looks_at(person.id, spoken),
            changes=trail.changes_about(person.id, spoken, limit, reader=person.id),
            mentions=tuple(rows.mentions(person.id, spoken)),
        )


def _kept(person: Person, facts: Facts, language: Language, limit: int | None) -> tuple[Kept, ...]:
    """Return the purposes for which there are rows, as they are read; each table stands under one of them."""
    claims: dict[str, Any] = {}
    tables: dict[str, list[Table]] = {}
    for model, path in rows.tables_about_people():
        plan = rows.plan_of(model, path, language)
        declared, purpose = plan.claim
        table = rows.read_table(plan, person.id, language, term_in_force(purpose, facts), limit)
        if table.count:
            claims[declared.id] = plan.claim
            tables.setdefault(declared.id, []).append(table)
    return tuple(
        Kept(
            name,
            capital(said(purpose, language)),
            tuple(purpose_lines(declared, purpose, facts, language)),
            until_in(purpose, facts, language),
            tuple(tables[name]),
        )
        for name, (declared, purpose) in sorted(claims.items(), key=lambda claim: reading_order(claim[1][1]))
    )


def _also(language: Language) -> dict[str, tuple[str, ...]]:
    """Return for each of a person's own columns every purpose that uses it."""
    found = {}
    for column in Person._meta.concrete_fields:
        word = word_of(Person, column)
        if word is not None and not word.says_nothing:
            found[column.name] = tuple(said(purpose, language) for _, purpose in claims_on(Person, word))
    return found


def changes_to(viewer: Any, person: Person, limit: int) -> tuple[Change, ...]:
    """Return what was last changed about a person, in words, for somebody of the staff who may see that person."""
    spoken: Language = "en" if (translation.get_language() or "nl").startswith("en") else "nl"
    return trail.changes_about(person.id, spoken, limit, reader=viewer.person_id)

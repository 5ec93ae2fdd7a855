"""What is held about one person: every row, why, on which ground, until when, who sees it, and who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import translation

from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.charter.audiences import STEWARDS
from leerhuis.charter.datamap import claims_on
from leerhuis.charter.foreign import word_of
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted
from leerhuis.privacy import rows, trail
from leerhuis.privacy.docket import open_requests, requests_for
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import as_supplier, chosen_now, machines_elsewhere, unregistered
from leerhuis.privacy.grievances import open_complaints
from leerhuis.privacy.hiding import without_others
from leerhuis.privacy.leaving import GivenTo, given_of
from leerhuis.privacy.models import Firm, Request, StatementVersion
from leerhuis.privacy.nights import nights_to_agree
from leerhuis.privacy.overview import missing_of
from leerhuis.privacy.parts import Line, purpose_lines, reading_order
from leerhuis.privacy.phrases import Language, capital, said, term_in_force, until_in
from leerhuis.privacy.rows import Mention, Table
from leerhuis.privacy.trail import Change, Look

__all__ = [
    "Change",
    "Kept",
    "Look",
    "Mention",
    "MyData",
    "changes_on",
    "changes_to",
    "looks_for",
    "my_data",
    "nights_to_agree",
    "open_complaints",
    "open_requests",
]


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
    given: tuple[GivenTo, ...]
    changes: Iterable[Change]
    mentions: tuple[Mention, ...]


def my_data(person: Person, *, language: str | None = None, limit: int | None = None) -> MyData:
    """Return all that is held about a person, derived from the charter alone.

    `language` is ``nl`` or ``en`` (None: the one in force); `limit` is how many rows of each table are read (None:
    all); they are counted in any case. One query for each table, whatever the number of rows. Other people are never
    named, keys never shown; remarks of others about this person are. Keeps: L35, W1.
    """
    spoken: Language = "en" if (language or translation.get_language() or "nl").startswith("en") else "nl"
    facts = Facts(chosen_now(current_academy()))
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
            given=given_of(person.id, spoken),
            changes=trail.changes_about(person.id, spoken, limit, reader=person.id),
            mentions=tuple(rows.mentions(person.id, spoken)),
        )


def _kept(person: Person, facts: Facts, language: Language, limit: int | None) -> tuple[Kept, ...]:
    """Return the purposes for which there are rows, as they are read; each table stands under one of them."""
    claims: dict[str, Any] = {}
    tables: dict[str, list[Table]] = {}
    read: list[tuple[str, Table]] = []
    for model, path in rows.tables_about_people():
        plan = rows.plan_of(model, path, language)
        declared, purpose = plan.claim
        table = rows.read_table(plan, person.id, language, term_in_force(purpose, facts), limit)
        if table.count:
            claims[declared.id] = plan.claim
            read.append((declared.id, table))
    controller = facts.chosen.controller
    shown = without_others((table for _, table in read), person, (controller.email, controller.privacy_email), language)
    for (name, _), table in zip(read, shown, strict=True):
        tables.setdefault(name, []).append(table)
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


def changes_to(viewer: Any, person: Person, limit: int) -> Iterable[Change]:
    """Return what was last changed about a person, in words, for somebody of the staff who may see that person."""
    spoken: Language = "en" if (translation.get_language() or "nl").startswith("en") else "nl"
    return trail.changes_about(person.id, spoken, limit, reader=viewer.person_id)


def changes_on(viewer: Any, kind: str, thing_id: UUID, limit: int) -> tuple[Change, ...]:
    """Return what was last done to one thing (``"catalogue.run"``, its id), in words, for the office alone."""
    if viewer is None or not viewer.is_office:
        return ()
    spoken: Language = "en" if (translation.get_language() or "nl").startswith("en") else "nl"
    return trail.changes_of(kind, thing_id, spoken, limit, reader=viewer.person_id)


def looks_for(viewer: Any, person: Person) -> tuple[Look, ...] | None:
    """Return who looked at a person's data, for the privacy officer; None for others of the staff. Keeps: W1."""
    if viewer is None or "privacy_officer" not in viewer.roles:
        return None
    spoken: Language = "en" if (translation.get_language() or "nl").startswith("en") else "nl"
    return trail.looks_at(person.id, spoken)


# --- who is told of a new statement --------------------------------------------------------------------------------
def people_to_tell() -> QuerySet[Person]:
    """Return everybody whose address is kept, in the order of ids: whose data are here is told. Keeps: L34."""
    known = Person.objects.filter(email__isnull=False).exclude(state=Person.State.ERASED)
    return unrestricted(known).order_by("id")


def still_to_tell(published: StatementVersion) -> QuerySet[Person]:
    """Return who is still to be written to about a version: whoever was there when it came, and was not reached yet."""
    there = people_to_tell().filter(created_at__lte=published.created_at)
    return there.filter(id__gt=published.announced_up_to) if published.announced_up_to else there


def count_to_tell() -> list[tuple[str, str, int]]:
    """Return how many people would be told, by what they are to us and by language: (state, language, people)."""
    counted = people_to_tell().order_by().values("state", "language").annotate(people=Count("id"))
    rows = [(str(Person.State(row["state"]).label), row["language"], row["people"]) for row in counted]
    return sorted(rows, key=lambda row: -row[2])


def versions_to_announce() -> list[UUID]:
    """Return the versions that not everybody was told of yet, one at most: a newer one takes the place of an older."""
    left = StatementVersion.objects.filter(announced_at=None).order_by("-created_at")
    return list(left.values_list("id", flat=True)[:1])


# --- suppliers -----------------------------------------------------------------------------------------------------
def firms_for(viewer: Any) -> QuerySet[Firm]:
    """Return the register of suppliers, ended ones too, for those who look after the statement; others nothing."""
    may = viewer is not None and STEWARDS.roles & set(viewer.roles)
    return Firm.objects.all() if may else Firm.objects.none()


def people_to_erase(viewer: Any) -> QuerySet[Person]:
    """Return the people whom a privacy officer may have erased, restricted ones too; nobody else anybody."""
    if viewer is None or "privacy_officer" not in viewer.roles:
        return Person.objects.none()
    return Person.objects.exclude(state=Person.State.ERASED)


@dataclass(frozen=True)
class SupplierToDo:
    """A supplier of which something is lacking, or (without an id) a machine that belongs to none: what first."""

    name: str
    what: str
    firm_id: UUID | None


def suppliers_to_look_at(viewer: Any) -> list[SupplierToDo]:
    """Return what the register of suppliers lacks, for those who keep it; machines of nobody first. One query."""
    if viewer is None or not STEWARDS.roles & set(viewer.roles):
        return []
    rows = list(firms_for(viewer).filter(ended_at=None).order_by("name", "id"))
    suppliers = [(row, as_supplier(row)) for row in rows]
    machines = unregistered(machines_elsewhere(), tuple(supplier for _row, supplier in suppliers))
    found = [SupplierToDo(each.host, str(each.use), None) for each in machines]
    for row, supplier in suppliers:
        lacks = list(missing_of(supplier))
        found += [SupplierToDo(row.name, lacks[0], row.id)] if lacks else []
    return found


def history_of_firm(firm: Firm, language: Language) -> tuple[Change, ...]:
    """Return what was done to a supplier's entry, newest first, without naming anybody. One query."""
    labels = {field.name: str(field.verbose_name) for field in Firm._meta.concrete_fields}
    return trail.changes_of_one(Firm._meta.label_lower, firm.id, labels, language)


# --- the desk ------------------------------------------------------------------------------------------------------
def objection_at_desk(viewer: Any, person_id: UUID, request_id: str) -> Request | None:
    """Return the open objection of somebody that a viewer handles at the desk; None for anything else."""
    try:
        wanted = UUID(request_id)
    except ValueError:
        return None
    objections = requests_for(viewer).filter(person=person_id, kind=Request.Kind.OBJECTION, closed_at=None)
    return objections.filter(pk=wanted).first()

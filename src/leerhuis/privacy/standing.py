"""What stands still: of whom the use of data is restricted, what is held, and what each of these comes down to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Model, Q, QuerySet, Value
from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.base.text import fold
from leerhuis.charter.register import purposes_of
from leerhuis.people.models import Person
from leerhuis.people.queries import restricted_people
from leerhuis.privacy.holds import held_by, live_holds, tables_with_rows_to_hold
from leerhuis.privacy.models import Hold, Restriction
from leerhuis.privacy.phrases import Language, capital
from leerhuis.privacy.rows import Row, every_row, plan_of, read_table, tables_about_people
from leerhuis.privacy.rules import WRITE_ANEW
from leerhuis.privacy.trail import purpose_names

MATCHES = 10
ROWS_TO_CHOOSE = 50
TRAIL = "audit."  # who looked and who changed is not counted among what is kept about somebody


def spoken() -> Language:
    """Return the language of the page."""
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"


# --- whom it is about ----------------------------------------------------------------------------------------------
def people_to_restrict(viewer: Any) -> QuerySet[Person]:
    """Return whom a privacy officer may restrict or hold: everybody who is not erased; others nobody."""
    known = Person.objects.exclude(state=Person.State.ERASED).order_by("sort_name", "id")
    return known if viewer is not None and "privacy_officer" in viewer.roles else known.none()


def people_named(viewer: Any, words: str) -> list[Person]:
    """Return the people a privacy officer may mean, restricted ones too, by words of their name or address."""
    found = people_to_restrict(viewer)
    for part in words.split()[:6]:
        found = found.filter(Q(sort_name__contains=fold(part)) | Q(email__icontains=part))
    return list(found[:MATCHES])


@dataclass(frozen=True)
class Kept:
    """How many rows of one table there are about somebody, under the name that they read; `kind` names the table."""

    kind: str
    title: str
    count: int


def kept_about(person_id: UUID) -> list[Kept]:
    """Return what is kept about somebody, counted by table, without the notes of who looked and changed. One query."""
    tables = [each for each in tables_about_people() if not each[0]._meta.label.startswith(TRAIL)]
    counts = _counted((model, Q(**{path: person_id})) for model, path in tables)
    return [
        Kept(model._meta.label_lower, _title(model, path), counts[model._meta.label])
        for model, path in tables
        if counts.get(model._meta.label)
    ]


def _title(model: type[Model], path: str) -> str:
    return capital(plan_of(model, path, spoken()).title)


def _counted(asked: Iterable[tuple[type[Model], Q]]) -> dict[str, int]:
    """Return how many rows of each table fit, by the table's label; all in one query."""
    parts = [
        every_row(model)
        .filter(condition)
        .order_by()
        .values(label=Value(model._meta.label, CharField()))
        .annotate(n=Count("pk"))
        .values_list("label", "n")
        for model, condition in asked
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}


# --- restrictions --------------------------------------------------------------------------------------------------
def restriction_lines(words: str = "") -> list[tuple[Person, Restriction | None]]:
    """Return whose data are only kept, by name, each with the restriction in force. Two queries."""
    people = [each for each in restricted_people() if all(fold(part) in each.sort_name for part in words.split())]
    ids = [person.id for person in people]
    known = {each.person: each for each in Restriction.objects.filter(person__in=ids, ended_at=None)}
    return [(person, known.get(person.id)) for person in people]


def restrictions_that_ended(viewer: Any) -> list[tuple[Person, Restriction]]:
    """Return the last restrictions that ended, each with whom it was about, for the privacy officer. Two queries."""
    over = list(Restriction.objects.exclude(ended_at=None).order_by("-ended_at", "-id")[:ROWS_TO_CHOOSE])
    people = people_to_restrict(viewer).in_bulk({each.person for each in over})
    return [(people[each.person], each) for each in over if each.person in people]


def restrictions_of(person_id: UUID) -> QuerySet[Restriction]:
    """Return the restrictions of the use of somebody's data, the last one first."""
    return Restriction.objects.filter(person=person_id).order_by("-created_at", "-id")


# --- holds ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class HoldLine:
    """A hold with what it is on, in words, and how many rows it is on; `person` is whom it is about, if anybody."""

    hold: Hold
    what: str
    person: Person | None
    count: int = 0

    @property
    def words(self) -> str:
        """What it is on, as a sentence of the page: everything about somebody, a purpose, or one row."""
        name = self.person.name if self.person else ""
        if self.hold.purpose:
            return _("All data for: %(purpose)s") % {"purpose": self.what}
        if self.hold.thing_kind:
            row = _("One row: %(table)s") % {"table": self.what}
            return f"{row} ({name})" if name else row
        if not name:
            return _("Everything about somebody who is not here any more")
        return _("Everything about %(name)s") % {"name": name}

    @property
    def to_write_anew(self) -> bool:
        """True for one that was taken over from the journal: its reason and end are still to be written down."""
        return is_to_write_anew(self.hold.reason)


def is_to_write_anew(reason: str) -> bool:
    """True for a reason that only says that it came from the journal, in whichever language."""
    for language in ("nl", "en"):
        with translation.override(language):
            if reason == str(WRITE_ANEW):
                return True
    return False


def hold_lines(words: str = "") -> list[HoldLine]:
    """Return the holds in force with how many rows each is on, the first to lapse first. Three queries and one each."""
    asked = words.lower().split()
    return [
        HoldLine(each.hold, each.what, each.person, sum(rows_held(each.hold).values()))
        for each in lines_of(live_holds())
        if all(part in f"{each.words} {each.hold.reason}".lower() for part in asked)
    ]


def lines_of(holds: Iterable[Hold]) -> list[HoldLine]:
    """Return holds with what they are on, in the language of the page. One query for people, one for each table."""
    rows = list(holds)
    titles, owners = purpose_names(spoken()), _owners(rows)
    people = Person.objects.in_bulk({each for each in owners.values() if each})
    return [HoldLine(each, _what(each, titles), people.get(owners[each.id])) for each in rows]


def _what(placed: Hold, titles: dict[str, str]) -> str:
    if placed.purpose:
        return titles.get(placed.purpose, placed.purpose)
    return name_of_table(placed.thing_kind) if placed.thing_kind else ""


def _owners(holds: Sequence[Hold]) -> dict[UUID, Any]:
    """Return by hold whom it is about: the person, or whose row it is; one query for each table."""
    owners: dict[UUID, Any] = {each.id: each.person for each in holds}
    kinds = {each.thing_kind for each in holds if each.thing_kind}
    for model, path in tables_about_people():
        if model._meta.label_lower in kinds:
            ours = {each.thing_id: each.id for each in holds if each.thing_kind == model._meta.label_lower}
            found = every_row(model).filter(pk__in=ours).values_list("pk", path)
            owners |= {ours[key]: person for key, person in found}
    return owners


def rows_held(placed: Hold) -> dict[str, int]:
    """Return how many rows of each table one hold is on. One query."""
    return _counted((model, held_by(placed, model)) for model in _tables_of(placed))


def _tables_of(placed: Hold) -> list[type[Model]]:
    """Return the tables that a hold can be on."""
    tables = [model for model, _path in tables_about_people() if not model._meta.label.startswith(TRAIL)]
    if placed.purpose:
        return [each for each in tables if placed.purpose in {claim.id for claim, _ in purposes_of(each._meta.label)}]
    return [each for each in tables if placed.thing_kind in ("", each._meta.label_lower)]


def holds_that_ended() -> QuerySet[Hold]:
    """Return the holds that were ended or have lapsed, the last one first."""
    over = Q(ended_at__isnull=False) | Q(until__lt=clock.today())
    return Hold.objects.filter(over).order_by("-until", "-id")


def name_of_table(kind: str) -> str:
    """Return what a table about people is called in the language of the page; an unknown one by its own name."""
    for model, path in tables_about_people():
        if model._meta.label_lower == kind:
            return _title(model, path)
    return kind


@dataclass(frozen=True)
class Choosable:
    """One row of somebody's that can be held: its key, and what tells it from others."""

    key: UUID
    row: Row

    @property
    def words(self) -> str:
        """What the row says, the first few values."""
        return " · ".join(cell.text for cell in self.row.told[:4])


def tables_to_choose(person_id: UUID) -> list[Kept]:
    """Return the tables of somebody's rows of which one can be held, counted. One query."""
    kinds = {model._meta.label_lower for model in tables_with_rows_to_hold()}
    return [each for each in kept_about(person_id) if each.kind in kinds]


def rows_to_hold(person_id: UUID, kind: str) -> list[Choosable]:
    """Return somebody's rows of one table, newest first, to choose one to hold; nothing for a table without keys."""
    paths = dict(tables_about_people())
    for model in tables_with_rows_to_hold():
        if model._meta.label_lower == kind:
            plan = plan_of(model, paths[model], spoken())
            table = read_table(plan, person_id, spoken(), plan.claim[1].keep, ROWS_TO_CHOOSE)
            order = "-created_at" if any(f.name == "created_at" for f in model._meta.concrete_fields) else "-pk"
            found = every_row(model).filter(**{paths[model]: person_id}).order_by(order, "pk")
            keys = found.values_list("pk", flat=True)[:ROWS_TO_CHOOSE]
            return [Choosable(key, row) for key, row in zip(keys, table.rows, strict=False)]
    return []


# --- what the person is told ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """What stands still for somebody: the restriction in force, their holds, and purposes that are held as a whole."""

    restriction: Restriction | None
    holds: tuple[HoldLine, ...]
    purposes: tuple[tuple[str, date], ...]

    def __bool__(self) -> bool:
        """True when there is anything to tell."""
        return bool(self.restriction or self.holds or self.purposes)


def standing_of(person_id: UUID) -> Standing:
    """Return what a person is told of restriction and holds. Three queries, and one for each table with a held row.

    Of a purpose that is held as a whole the last day is told, and not why: the reason is not about this person.
    """
    titles, live = purpose_names(spoken()), list(live_holds())
    lines = [each for each in lines_of(e for e in live if not e.purpose) if each.person and each.person.id == person_id]
    return Standing(
        Restriction.objects.filter(person=person_id, ended_at=None).first(),
        tuple(lines),
        tuple((titles.get(each.purpose, each.purpose), each.until) for each in live if each.purpose),
    )

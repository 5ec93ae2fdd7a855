"""A record: what each table has in common, and how a model says whose data it holds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from django.db import models

from leerhuis.base.clock import now
from leerhuis.base.ids import uuid7
from leerhuis.charter.words import Word

FieldT = TypeVar("FieldT", bound="models.Field[Any, Any]")


def word(field: FieldT, category: Word) -> FieldT:
    """Give a field its category word.

    Written as ``remarks = word(models.TextField(), FREE_TEXT)``.
    """
    field.word = category  # type: ignore[attr-defined]  # the one attribute the charter adds to a field
    return field


class Fate(StrEnum):
    """What becomes of a path to a person that is not the subject, when that person is erased."""

    NULLIFY = "nullify"  # the row stays, without that person
    MASK = "mask"  # the row stays, the field gets an empty value
    HANDOVER = "handover"  # somebody else must take it over first


NULLIFY, MASK, HANDOVER = Fate.NULLIFY, Fate.MASK, Fate.HANDOVER


class Parting(StrEnum):
    """What becomes of a row when the organisation is removed to which a path leads."""

    GOES = "goes"  # the row goes with it
    STAYS = "stays"  # the row stays, without that organisation


GOES, STAYS = Parting.GOES, Parting.STAYS


@dataclass(frozen=True)
class Customer:
    """A path from a record to an organisation (``self``: the record is one), with what its removal does to the row.

    `empties` are the columns that tell of the organisation, too, and are emptied where the row stays. `nl` and `en` say
    what goes or stays, to whoever removes it and in the statement ("wat met haar is afgesproken"). Keeps: L20.
    """

    path: str
    parting: Parting
    nl: str
    en: str
    empties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Other:
    """A path from a record to another person than its subject, with what erasure of that person does to it."""

    path: str
    fate: Fate


class WebMay(StrEnum):
    """What a page may do with the rows of a table, held by the rights of the database; the worker may also change."""

    CHANGE = "SELECT, INSERT, UPDATE, DELETE"
    ADD = "SELECT, INSERT"  # what was written down stays as it was written
    READ = "SELECT"


class PersonRef(models.UUIDField):  # type: ignore[type-arg]  # django-stubs knows no parameters of a subclass
    """A person, for packages below `people`: no foreign key, yet an edge for export and erasure."""

    person_ref: ClassVar[bool] = True


class CustomerRef(models.UUIDField):  # type: ignore[type-arg]  # django-stubs knows no parameters of a subclass
    """An organisation, for packages below `organisations`: no foreign key, yet an edge for its removal."""

    customer_ref: ClassVar[bool] = True


def index_of_person(column: str, name: str) -> models.Index:
    """Return an index by which the rows are found in which a column names a person, as erasing does in each table.

    Rows that name nobody are not in it, so it costs little where hardly any row does.
    """
    return models.Index(fields=[column], condition=models.Q((f"{column}__isnull", False)), name=name)


def index_of_remarks(column: str, name: str) -> models.Index:
    """Return an index of the rows in which somebody wrote a remark, where few do and a table grows large.

    When somebody is erased each remark about others is read for their name. No index finds parts of words well
    enough for that, but one can leave out the rows without any words.
    """
    return models.Index(fields=["id"], condition=~models.Q((column, "")), name=name)


class Record(models.Model):
    """The base of each table of an academy: a time-ordered id and the moment it was made.

    A subclass says `about` (what its ids, choices, numbers and times tell), `subject` (the path to the person whose
    data the row is; None where it is nobody's), `others` (paths to other persons) and `customers` (paths to
    organisations). Where pages only add rows, or only read them, `web_may` says so, and the database refuses the rest.
    A row goes with its subject; where `nameless_after` is True it stays instead, without its person and without its
    texts. Where rows are only ever added, `sealed` has them sealed (`audit.sealing`): who changes or removes one by the
    back door is found.
    """

    about: ClassVar[Word]
    subject: ClassVar[str | None] = None
    others: ClassVar[tuple[Other, ...]] = ()
    customers: ClassVar[tuple[Customer, ...]] = ()
    web_may: ClassVar[WebMay] = WebMay.CHANGE
    nameless_after: ClassVar[bool] = False  # after erasure it counts for nobody: that a request was answered in time
    sealed: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

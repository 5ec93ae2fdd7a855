"""The data map: of every column in the database what it is, why it is kept, until when, who sees it, what erasure does.

Derived from models and declarations alone; a test compares it with the database's own catalogue, in both directions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from leerhuis.charter.checks import concrete_models
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.foreign import others_of, subject_of, word_of
from leerhuis.charter.records import Fate
from leerhuis.charter.register import Declared, declared, purposes_of
from leerhuis.charter.words import NOTHING, Word

ACADEMY, SHARED = "academy", "public"
STAYS, DELETED, KEPT_BY_LAW, NAMELESS = "stays", "deleted", "kept until the term ends", "stays without person or text"
_FATES = {Fate.NULLIFY: "person removed", Fate.MASK: "emptied", Fate.HANDOVER: "handed over first"}


class Undeclared(LookupError):
    """A column has no category word: the start-up check was passed over."""


@dataclass(frozen=True)
class Column:
    """One column: in each academy's schema (``academy``) or the shared one (``public``), and what holds for it.

    `word` is the key of its category; for data that says nothing about a person also the reason why. `purposes` are
    ids (``enrolment.course``); `basis` holds the letters of article 6(1) AVG and `term` the ISO durations that go with
    them, place by place. `audiences` are keys, with " if agreed" where a sight needs an agreement.
    """

    schema_kind: str
    table: str
    column: str
    word: str
    purposes: tuple[str, ...]
    basis: tuple[str, ...]
    term: tuple[str, ...]
    audiences: tuple[str, ...]
    on_erasure: str


@dataclass(frozen=True)
class BareTable:
    """A table of a library that has no model: where it is, its columns, and its word."""

    table: str
    columns: tuple[str, ...]
    word: Word
    schemas: tuple[str, ...] = (ACADEMY, SHARED)


BARE_TABLES = (
    BareTable(
        "django_migrations", ("id", "app", "name", "applied"), NOTHING("which changes of tables were carried out")
    ),
)


def data_map() -> list[Column]:
    """Return every column of every table, in order of schema, table and place in the table.

    Raises Undeclared for a column without a word.
    """
    found = [*_bare_columns(), *(column for model in concrete_models() for column in _columns_of(model))]
    return sorted(found, key=lambda column: (column.schema_kind, column.table))


def _bare_columns() -> Iterator[Column]:
    for bare in BARE_TABLES:
        for schema in bare.schemas:
            for name in bare.columns:
                yield Column(schema, bare.table, name, _shown(bare.word), (), (), (), (), STAYS)


def _columns_of(model: type[models.Model]) -> Iterator[Column]:
    """Yield the columns of a model, once for each kind of schema that has its table."""
    for schema in schemas_of(model):
        for field in model._meta.concrete_fields:
            word = word_of(model, field)
            if word is None:
                raise Undeclared(f"{model._meta.label}.{field.name}")
            claims = claims_on(model, word)
            yield Column(
                schema,
                model._meta.db_table,
                str(field.column),
                _shown(word),
                tuple(each.id for each, _ in claims),
                tuple(purpose.basis.letter for _, purpose in claims),
                tuple(purpose.keep.iso() for _, purpose in claims),
                _audiences(claims, word),
                _on_erasure(model, field, [purpose for _, purpose in claims]),
            )


def schemas_of(model: type[models.Model]) -> list[str]:
    """Return in which kinds of schema a model has a table: that of the app's place in the settings."""
    name = apps.get_app_config(model._meta.app_label).name
    kinds = ((ACADEMY, settings.TENANT_APPS), (SHARED, settings.SHARED_APPS))
    return [kind for kind, names in kinds if name in names]


def claims_on(model: type[models.Model], word: Word) -> list[tuple[Declared, Purpose]]:
    """Return the purposes that claim a column with this word.

    Of a person's own row every purpose claims the columns whose word it uses; of other tables the whole row.
    """
    if subject_of(model) == "self":
        return [(each, purpose) for each, purpose in declared(Purpose) if word in purpose.uses]
    return purposes_of(model._meta.label)


def _audiences(claims: list[tuple[Declared, Purpose]], word: Word) -> tuple[str, ...]:
    """Return who sees a column with this word, each audience once."""
    sights = [sight for _, purpose in claims for sight in purpose.seen_by if word in sight.words]
    return tuple(dict.fromkeys(s.audience.key + (" if agreed" if s.only_if_agreed else "") for s in sights))


def _on_erasure(model: type[models.Model], field: "models.Field[Any, Any]", claims: list[Purpose]) -> str:
    """Return what becomes of a column when the person it is about, or leads to, is erased."""
    fate = next((other.fate for other in others_of(model) if other.path == field.name), None)
    if fate is not None:
        return _FATES[fate]
    if subject_of(model) is None:
        return STAYS
    if getattr(model, "nameless_after", False):
        return NAMELESS
    return KEPT_BY_LAW if any(purpose.outlives_erasure for purpose in claims) else DELETED


def _shown(word: Word) -> str:
    return f"nothing: {word.en}" if word.says_nothing else word.key

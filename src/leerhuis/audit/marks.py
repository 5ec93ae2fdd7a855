"""The mark of a row that is sealed: digests of what it says, made when it is written, with a key outside the database.

A row that was put into the database by another hand has no mark that fits, whatever date it bears; so rows may become
visible in any order (a long transaction commits late) without one of them looking forged. The mark holds one digest of
what never changes, and a short one for each person that the row names: when a person is erased, that one alone no
longer fits (`audit.sealing.release`).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from django.db import models

from leerhuis.audit.signing import DIGEST_BYTES, keyed, seal_key
from leerhuis.base.edge import current_academy
from leerhuis.charter.words import NOTHING

PERSON_BYTES: Final = 8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SQL: Final[tuple[tuple[type[models.Field[Any, Any]], str], ...]] = (
    (models.DateTimeField, "(extract(epoch FROM {0}) * 1000000)::bigint::text"),
    (models.DateField, "to_char({0}, 'YYYY-MM-DD')"),
    (models.BinaryField, "encode({0}, 'hex')"),
    (models.ForeignKey, "{0}::text"),
    (models.UUIDField, "{0}::text"),
    (models.CharField, "{0}::text"),
    (models.TextField, "{0}::text"),
    (models.JSONField, "{0}::text"),
    (models.BooleanField, "{0}::text"),
    (models.IntegerField, "{0}::text"),
)


class Mark(models.BinaryField):  # type: ignore[type-arg]  # django-stubs knows no parameters of a subclass
    """The column of a sealed model; it fills itself when a row is written, one by one or many at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default": bytes, "editable": False, **options})
        self.word = NOTHING("keyed digests, from which nothing can be read")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's own signature
        """Return the mark of a row that is new; what stands in an older one stays."""
        value = super().pre_save(model_instance, add)
        if add and not value:
            value = mark_of(model_instance)
            setattr(model_instance, self.attname, value)
        return value


@dataclass(frozen=True)
class Cover:
    """Which columns of a sealed table are under its marks: those that never change, and those that name a person."""

    kind: str
    plain: tuple[str, ...]
    persons: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the names of the columns, as a seal keeps them."""
        return " ".join(self.plain) + "|" + " ".join(self.persons)

    @property
    def size(self) -> int:
        """Return of how many bytes a mark is."""
        return DIGEST_BYTES + PERSON_BYTES * len(self.persons)


@cache
def cover_of(model: type[models.Model]) -> Cover:
    """Return what the marks of a table cover today. Raises TypeError for a column of which no digest can be made."""
    named = {model.subject, *(other.path for other in model.others)}  # type: ignore[attr-defined]
    plain: list[str] = []
    persons: list[str] = []
    for column in model._meta.concrete_fields:
        if isinstance(column, Mark) or column.primary_key:
            continue
        expression_of(column)
        (persons if column.name in named else plain).append(str(column.column))
    return Cover(model._meta.label_lower, tuple(sorted(plain)), tuple(sorted(persons)))


@cache
def columns_of(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    """Return the columns of a table by their names in the database."""
    return {str(column.column): column for column in model._meta.concrete_fields}


def expression_of(column: "models.Field[Any, Any]") -> str:
    """Return SQL that gives a column as the text of which digests are made. Raises TypeError."""
    for kind, expression in _SQL:
        if isinstance(column, kind):
            return expression.format(f'r."{column.column}"')
    raise TypeError(f"{column} cannot be sealed: say in audit.marks how it becomes text.")


def text_of(column: "models.Field[Any, Any]", value: Any) -> str | None:
    """Return a value of a row in memory as `expression_of` gives it from the database."""
    value = column.to_python(value)
    if value is None:
        return None
    if isinstance(column, models.DateTimeField):
        since = value - _EPOCH
        return str((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)
    if isinstance(column, models.JSONField):
        return _plain_json(value)
    if isinstance(column, models.BooleanField):
        return "true" if value else "false"
    if isinstance(column, models.BinaryField):
        return bytes(value).hex()
    return str(value)


def is_json(column: "models.Field[Any, Any]") -> bool:
    """Whether the database gives a column in a form that must be put in order first (`in_order`)."""
    return isinstance(column, models.JSONField)


def in_order(text: str) -> str:
    """Return JSON as the database writes it, as `text_of` writes it."""
    return _plain_json(json.loads(text))


def mark_of(row: models.Model) -> bytes:
    """Return the mark of a row in memory, under the key of the academy that is entered."""
    model = type(row)
    cover, columns = cover_of(model), columns_of(model)
    plain, persons = (
        [text_of(columns[name], getattr(row, columns[name].attname)) for name in names]
        for names in (cover.plain, cover.persons)
    )
    key = seal_key(current_academy().schema_name)
    return content_digest(key, cover.kind, str(row.pk), plain) + b"".join(
        person_digest(key, cover.kind, str(row.pk), name, person)
        for name, person in zip(cover.persons, persons, strict=True)
    )


def content_digest(key: bytes, kind: str, row_id: str, values: Iterable[str | None]) -> bytes:
    """Return the digest of what never changes in a row (16 bytes)."""
    return keyed(key, _joined((kind, row_id, *values)))


def person_digest(key: bytes, kind: str, row_id: str, column: str, person: str | None) -> bytes:
    """Return the digest of one person of a row (8 bytes); equal persons have different ones in different rows."""
    content = _joined((kind, row_id, column, person))
    return hashlib.blake2b(content, key=key, digest_size=PERSON_BYTES).digest()


def _joined(values: Iterable[str | None]) -> bytes:
    """Return values as bytes in one way only: a text of the database holds no zero byte."""
    return b"\0".join(b"n" if value is None else b"v" + value.encode() for value in values)


def _plain_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

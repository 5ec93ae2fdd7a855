"""Rows about one person in every table, with a token in every field: made from the models, not written by hand."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.fields.generated import GeneratedField

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.charter.checks import points_to_person
from leerhuis.charter.foreign import others_of
from leerhuis.people.models import Person
from leerhuis.privacy.rows import every_row, tables_about_people

SHORT = 8  # a column of fewer letters cannot hold a token
LEFT_EMPTY = {"privacy.Hold": {"purpose", "thing_kind", "thing_id"}}  # a hold is on one thing: here on the person


class Canary:
    """Fills every table about people for one person; remembers which token went where."""

    def __init__(self, person: Person, mark: str) -> None:
        self.person, self.mark = person, mark
        self.tokens: dict[tuple[str, str], str] = {}
        self._made: dict[type[models.Model], models.Model] = {Person: person}
        self._count = 0
        self._now = clock.now()

    def fill_everything(self) -> None:
        """Give the person a row in every table, with all that the row points to."""
        self._fill_own_row()
        for model, _ in tables_about_people():
            self.row(model)

    def row(self, model: type[models.Model]) -> models.Model:
        """Return this person's row in a table, made with the rows that it needs when there is none yet."""
        if model not in self._made:
            empty = LEFT_EMPTY.get(model._meta.label, set())
            values = {field.name: self._value(model, field) for field in _writable(model) if field.name not in empty}
            made = model(**{name: value for name, value in values.items() if value is not _LEAVE})
            made.save(force_insert=True)
            self._made[model] = made
        return self._made[model]

    def _fill_own_row(self) -> None:
        """Put tokens in the columns of the person that is there already."""
        values = {}
        for field in _writable(Person):
            if isinstance(field, models.CharField) and not field.choices:
                values[field.attname] = self._value(Person, field)
        every_row(Person).filter(pk=self.person.pk).update(**values)
        self.person.refresh_from_db()

    def _value(self, model: type[models.Model], field: Any) -> Any:
        if points_to_person(field):
            return self._person(model, field)
        if isinstance(field, models.ForeignKey):
            return self.row(field.related_model)
        if field.choices:
            return field.choices[0][0]
        return self._plain(model, field)

    def _person(self, model: type[models.Model], field: Any) -> Any:
        """Return the person where the row is theirs; nobody where it may name another one."""
        others = {other.path for other in others_of(model)}
        path = dict(tables_about_people()).get(model, "")
        if field.name in others and path != field.name:
            return None
        return self.person if isinstance(field, models.ForeignKey) else self.person.pk

    def _plain(self, model: type[models.Model], field: Any) -> Any:
        self._count += 1
        made: tuple[tuple[type, Any], ...] = (
            (models.EmailField, lambda: self._token(model, field).lower() + "@canary.example"),
            (models.URLField, lambda: f"https://canary.example/{self._token(model, field)}"),
            (models.CharField, lambda: self._token(model, field)),
            (models.TextField, lambda: self._token(model, field)),
            (models.JSONField, lambda: [self._token(model, field)]),
            (ArrayField, lambda: [c[0] for c in field.base_field.choices or ()][:1] or [uuid7()]),
            (models.UUIDField, uuid7),
            (models.BooleanField, lambda: field.name != "secret" and bool(field.default)),
            (models.DateTimeField, lambda: self._now + timedelta(minutes=self._count)),
            (models.DateField, self._now.date),
            (models.DecimalField, lambda: Decimal(7)),
            (models.FloatField, lambda: 0.75),
            (models.IntegerField, lambda: 7),
        )
        for kind, make in made:
            if isinstance(field, kind):
                return make()
        return _LEAVE

    def _token(self, model: type[models.Model], field: Any) -> str:
        token = f"{self.mark}{self._count:04d}zz"
        longest = getattr(field, "max_length", None) or 200
        if longest < max(SHORT, len(token)):
            return token[-longest:]
        self.tokens[(model._meta.label, field.name)] = token.lower() if isinstance(field, models.EmailField) else token
        return token


class _Leave:
    """Says that a column fills itself."""


_LEAVE = _Leave()


def _writable(model: type[models.Model]) -> list[Any]:
    fields = (f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField | GeneratedField))
    return [f for f in fields if not (f.primary_key and isinstance(f, models.UUIDField))]

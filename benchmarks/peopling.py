"""Many people with rows in many tables, made from the models, set-based: ``python -m benchmarks.peopling N``.

One person gets a row in each table of TABLES by the factory of the tests that fills any table; SQL makes N of each.
The younger half is kept by every term; all about the older half is past every term, so that it goes at night.
"""

import json
import os
import sys
from typing import Any, Final

import django
from django.db import models

from benchmarks.reference import FIRST, LAST, inside, multiply, one_of

TABLES: Final = (
    "enrolment.Registration",
    "enrolment.Enrolment",
    "results.Attendance",
    "results.Result",
    "practice.Access",
    "practice.Round",
    "practice.Answer",
    "mail.Message",
    "audit.Note",
    "audit.Look",
)
STAFF: Final = 40  # the first people, who decided, did and saw everything
PAST: Final = "now() - interval '9 years' - (n %% 300) * interval '1 day'"
LATELY: Final = "now() - (n %% 20) * interval '1 day'"
REMARK: Final = "CASE WHEN n %% 10 = 0 THEN 'Komt met de trein en heeft een vraag, nummer ' || n ELSE '' END"


def people(count: int) -> dict[str, int]:
    """Write so many people with a row in each table; returns how many rows each table got."""
    from django.apps import apps

    from leerhuis.privacy.tests.factories import Canary
    from tests.cast import add_person

    told = {}
    with inside():
        canary = Canary(add_person("Een", "Voorbeeld"), "bench")
        rows = [canary.person, *(canary.row(apps.get_model(label)) for label in TABLES)]
        tables = {row._meta.model: row._meta.db_table for row in rows}
        for row in rows:
            multiply(row, count, **_changed(row, tables, count))
            told[row._meta.label] = count
    _settle()
    return told


def _settle() -> None:
    """Have done now what the database does by itself in the minute after so many rows came, beside what is measured."""
    from django.db import connection

    from leerhuis.base.edge import enter_schema

    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _changed(row: models.Model, tables: dict[type[models.Model], str], count: int) -> dict[str, str]:
    """Return what differs from copy to copy, as SQL with `n`."""
    changed = {}
    for field in row._meta.concrete_fields:
        made = _value(field, tables, count)
        if made is not None:
            changed[str(field.column)] = made
    return changed


def _value(field: Any, tables: dict[type[models.Model], str], count: int) -> str | None:
    from leerhuis.charter.checks import points_to_person
    from leerhuis.charter.foreign import others_of

    leads_to = field.model if field.primary_key else field.related_model
    if points_to_person(field):
        is_other = field.name in {other.path for other in others_of(field.model)}
        return key_of("person", f"(1 + n %% {STAFF})" if is_other else "n")
    if leads_to in tables:
        return key_of(tables[leads_to])
    return _moment(field, count) if isinstance(field, models.DateField) else _text(field)


def _text(field: Any) -> str | None:
    """Return SQL for a text that differs from copy to copy."""
    from leerhuis.charter.foreign import word_of
    from leerhuis.charter.words import FREE_TEXT
    from leerhuis.people.models import Person

    if field.model is Person:
        return _of_person().get(field.name)
    if isinstance(field, models.TextField) and word_of(field.model, field) == FREE_TEXT:
        return REMARK
    return "NULL" if field.name == "form_key" else None


def key_of(table: str, number: str = "n") -> str:
    """Return SQL for the key of the copy with this number."""
    return f"md5('{table}' || {number})::uuid"


def _moment(field: Any, count: int) -> str:
    """Return SQL for a time: that of a clock is past for the older half; whatever did not happen yet is empty."""
    if field.name not in _clocks(field.model):
        return "NULL" if field.null else f'row."{field.column}"'
    return f"CASE WHEN n > {count // 2} THEN {PAST} ELSE {LATELY} END"


def _clocks(model: type[models.Model]) -> set[str]:
    from leerhuis.charter.declarations import Purpose
    from leerhuis.charter.register import declared

    found = {"created_at"}
    for _, purpose in declared(Purpose):
        if purpose.rows == model._meta.label:
            found |= {purpose.clock, purpose.otherwise}
    return found


def _of_person() -> dict[str, str]:
    name, family = one_of(FIRST, "n"), one_of(LAST, "n / 20")
    return {
        "email": "'mens' || n || '@bench.example'",
        "first_name": name,
        "last_name": f"{family} || ' ' || (n / 360)",
        "sort_name": f"lower({family}) || ' ' || (n / 360) || ' ' || lower({name})",
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "owner"
    django.setup()
    json.dump(people(int(sys.argv[1])), sys.stdout)

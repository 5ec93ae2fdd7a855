"""The start-up check: an undeclared field, or a declaration without Dutch or English, and the system does not start."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from leerhuis.charter import register
from leerhuis.charter.declarations import Declaration, Filed, Followed, Purpose
from leerhuis.charter.foreign import about_of, customers_of, foreign_table, is_ours, others_of, subject_of, word_of
from leerhuis.charter.records import GOES


def register_checks() -> None:
    """Hand the check to Django, which runs it before any command and before serving."""
    checks.register(check_charter, "charter")


def check_charter(app_configs: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """Return an error for every gap in the charter."""
    models_here = concrete_models()
    return [
        *field_errors(models_here),
        *customer_errors(models_here),
        *index_errors(models_here),
        *declaration_errors(),
        *purpose_errors(),
        *followed_errors(),
    ]


def concrete_models() -> list[type[models.Model]]:
    """Return every model with a table, automatic many-to-many tables and those that a library makes itself included."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def field_errors(of_models: list[type[models.Model]]) -> Iterator[checks.Error]:
    """Yield an error per table without a word or path, and per column without a word."""
    for model in of_models:
        label = model._meta.label
        if model._meta.auto_created and is_ours(model._meta.auto_created):  # type: ignore[arg-type]
            yield checks.Error(f"{label} is an automatic many-to-many table; write a model.", id="charter.E004")
        if not is_ours(model) and foreign_table(model) is None:
            yield checks.Error(f"The library table {label} is not declared in any foreign.py.", id="charter.E001")
            continue
        if about_of(model) is None:
            yield checks.Error(f"{label} does not say what it is `about`.", id="charter.E002")
            continue
        yield from _path_errors(model)
        for column in model._meta.concrete_fields:
            if word_of(model, column) is None:
                yield checks.Error(f"{label}.{column.name} has no category word.", id="charter.E003")


def _path_errors(model: type[models.Model]) -> Iterator[checks.Error]:
    """Yield an error for a path that leads nowhere, and for a reference to a person that nobody mentions."""
    declared = {subject_of(model), *(other.path for other in others_of(model))} - {None}
    for path in declared:
        if path != "self" and not _leads_somewhere(model, str(path)):
            yield checks.Error(f"{model._meta.label}: the path {path!r} leads nowhere.", id="charter.E005")
    first_steps = {str(path).split("__")[0] for path in declared}
    for column in model._meta.concrete_fields:
        if points_to_person(column) and column.name not in first_steps:
            yield checks.Error(
                f"{model._meta.label}.{column.name} points to a person: name it in `subject` or `others`.",
                id="charter.E006",
            )


def index_errors(of_models: list[type[models.Model]]) -> Iterator[checks.Error]:
    """Yield an error per column that names a person without an index by which the rows of one person are found.

    Erasing asks every such column. Without an index it reads the whole table for each person.
    """
    for model in of_models:
        for column in model._meta.concrete_fields:
            if points_to_person(column) and not is_found_by(model, column):
                yield checks.Error(
                    f"{model._meta.label}.{column.name} names a person and has no index that begins with it.",
                    hint=f'Add index_of_person("{column.name}", …) to Meta.indexes.',
                    id="charter.E016",
                )


def is_found_by(model: type[models.Model], column: "models.Field[Any, Any]") -> bool:
    """Whether the database has an index for ``WHERE column = …``: one for all rows, or for all in which it is set."""
    if getattr(column, "db_index", False) or column.unique:
        return True
    set_only = models.Q((f"{column.name}__isnull", False))
    kept = [*model._meta.indexes, *(c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint))]
    return any(
        bool(each.fields) and each.fields[0].removeprefix("-") == column.name and each.condition in (None, set_only)
        for each in kept
    )


def points_to_person(column: "models.Field[Any, Any]") -> bool:
    """True for a foreign key to a person and for a PersonRef."""
    if getattr(column, "person_ref", False):
        return True
    target = column.related_model
    return isinstance(target, type) and target._meta.label == "people.Person" and not column.primary_key


def customer_errors(of_models: list[type[models.Model]]) -> Iterator[checks.Error]:
    """Yield an error for a reference to an organisation of which nobody says what its removal does. Keeps: L20."""
    for model in of_models:
        label, declared = model._meta.label, customers_of(model)
        for each in declared:
            if each.path != "self" and not points_to_customer(_end_of(model, each.path)):
                yield checks.Error(f"{label}: the path {each.path!r} leads to no organisation.", id="charter.E016")
            if not (each.nl and each.en):
                yield checks.Error(
                    f"{label}: {each.path!r} does not say in both languages what it is.", id="charter.E018"
                )
            for name in each.empties:
                if _end_of(model, name) is None:
                    yield checks.Error(f"{label} has no column {name!r} to empty.", id="charter.E016")
        paths = {each.path for each in declared}
        going = {each.path.split("__")[0] for each in declared if each.parting is GOES}
        for column in model._meta.concrete_fields:
            if points_to_customer(column) and column.name not in paths:
                yield checks.Error(
                    f"{label}.{column.name} points to an organisation: say in `customers` what its removal does.",
                    id="charter.E017",
                )
            cannot_stay = not column.null and (points_to_customer(column) or goes_with_customer(column.related_model))
            if cannot_stay and column.name not in going:
                yield checks.Error(
                    f"{label}.{column.name} needs a row that goes with an organisation: these rows go, too.",
                    id="charter.E017",
                )


def points_to_customer(column: "models.Field[Any, Any] | None") -> bool:
    """True for a foreign key to an organisation and for a CustomerRef."""
    if column is None or column.primary_key:
        return False
    return bool(getattr(column, "customer_ref", False)) or is_customer(column.related_model)


def is_customer(model: Any) -> bool:
    """True for the table of organisations."""
    return isinstance(model, type) and any(each.path == "self" for each in customers_of(model))


def goes_with_customer(model: Any) -> bool:
    """True for a table of which rows go when an organisation is removed."""
    return isinstance(model, type) and any(each.parting is GOES for each in customers_of(model))


def _end_of(model: type[models.Model], path: str) -> "models.Field[Any, Any] | None":
    column: Any = None
    for step in path.split("__"):
        try:
            column = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = column.related_model if isinstance(column.related_model, type) else model
    return column  # type: ignore[no-any-return]  # the columns of Django have no common type


def _leads_somewhere(model: type[models.Model], path: str) -> bool:
    for step in path.split("__"):
        try:
            column = model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        if isinstance(column.related_model, type):
            model = column.related_model
    return True


def declaration_errors() -> Iterator[checks.Error]:
    """Yield an error for each declaration with an empty text in one of the two languages, or a doubled key."""
    seen: set[str] = set()
    for each in register.everything():
        if each.id in seen:
            yield checks.Error(f"Two declarations are called {each.id}.", id="charter.E012")
        seen.add(each.id)
        for name in missing_texts(each.declaration):
            yield checks.Error(f"{each.id} has no text {name!r}.", id="charter.E010")


def missing_texts(declaration: Declaration) -> list[str]:
    """Return the names of text fields of a declaration that are empty where their partner or duty asks for text."""
    names = [f.name for f in fields(declaration)]
    texts = {n: str(getattr(declaration, n)).strip() for n in names if n in ("nl", "en") or n.endswith(("_nl", "_en"))}
    optional = _may_be_empty(declaration)
    return [n for n, text in texts.items() if not text and n.removesuffix("_nl").removesuffix("_en") not in optional]


def _may_be_empty(declaration: Declaration) -> set[str]:
    """Return which texts a declaration needs in neither language; one language alone is always a gap."""
    if not isinstance(declaration, Purpose):
        return set()
    wanted = {
        "interest": declaration.basis.letter == "f",
        "despite_erasure": bool(declaration.despite_erasure_nl or declaration.despite_erasure_en),
    }
    return {name for name, is_wanted in wanted.items() if not is_wanted}


def purpose_errors() -> Iterator[checks.Error]:
    """Yield an error for a purpose whose rows, children or clocks do not exist, and for a subject without a purpose."""
    for each, purpose in register.declared(Purpose):
        for label in (purpose.rows, *purpose.children):
            try:
                model = apps.get_model(label)
            except LookupError:
                yield checks.Error(f"{each.id}: there is no model {label}.", id="charter.E011")
                continue
            if label == purpose.rows:
                columns = [("clock", purpose.clock), ("clock", purpose.otherwise)]
                for kind, name in columns + [("column", column) for column, _ in purpose.only]:
                    if not _leads_somewhere(model, name):
                        yield checks.Error(f"{each.id}: {label} has no {kind} {name!r}.", id="charter.E011")
    for model in concrete_models():
        if subject_of(model) and not register.purposes_of(model._meta.label):
            yield checks.Error(f"{model._meta.label} holds data of a person for no purpose.", id="charter.E013")


def followed_errors() -> Iterator[checks.Error]:
    """Yield an error for what follows rows that are nowhere, and for documents under no declared purpose."""
    labels = {model._meta.label for model in concrete_models()}
    for each, followed in register.declared(Followed):
        if followed.model not in labels:
            yield checks.Error(f"{each.id}: there is no model {followed.model}.", id="charter.E014")
    purposes = {each.id for each, _ in register.declared(Purpose)}
    for each, filed in register.declared(Filed):
        if filed.purpose not in purposes:
            yield checks.Error(f"{each.id}: there is no purpose {filed.purpose}.", id="charter.E015")

"""Tables of libraries: their words and paths, declared for them because they cannot say it themselves."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from leerhuis.charter.records import Customer, Other
from leerhuis.charter.words import NOTHING, Word


@dataclass(frozen=True)
class ForeignTable:
    """The words of a library's model: what its plain columns tell (`about`), which text columns tell what (`words`)."""

    model: str  # "account.EmailAddress"
    about: Word
    words: dict[str, Word] = field(default_factory=dict)
    subject: str | None = None
    others: tuple[Other, ...] = ()


_foreign: dict[str, ForeignTable] = {}


def declare_foreign(
    model: str,
    about: Word,
    *,
    words: dict[str, Word] | None = None,
    subject: str | None = None,
    others: tuple[Other, ...] = (),
) -> ForeignTable:
    """Give a library's table its words; called at the top of a package's `foreign.py`."""
    table = ForeignTable(model, about, words or {}, subject, others)
    _foreign[model.lower()] = table
    return table


def foreign_table(model: type[models.Model]) -> ForeignTable | None:
    """Return what was declared for a library's model, or None."""
    return _foreign.get(model._meta.label_lower)


def is_ours(model: type[models.Model]) -> bool:
    """True for a model of the house itself."""
    return apps.get_app_config(model._meta.app_label).name.startswith("leerhuis.")


def about_of(model: type[models.Model]) -> Word | None:
    """Return what a table's plain columns tell, for our own and for library tables."""
    table = foreign_table(model)
    return table.about if table else getattr(model, "about", None)


def subject_of(model: type[models.Model]) -> str | None:
    """Return the path from a table's row to the person whose data it is, or None."""
    table = foreign_table(model)
    return table.subject if table else getattr(model, "subject", None)


def others_of(model: type[models.Model]) -> tuple[Other, ...]:
    """Return the paths from a table's row to persons that are not its subject."""
    table = foreign_table(model)
    return table.others if table else getattr(model, "others", ())


def customers_of(model: type[models.Model]) -> tuple[Customer, ...]:
    """Return the paths from a table's row to organisations; a library's table has none."""
    return getattr(model, "customers", ())


def word_of(model: type[models.Model], column: "models.Field[Any, Any]") -> Word | None:
    """Return the category word of a column: its own, or for plain columns that of the table; None when missing."""
    own = getattr(column, "word", None)
    if own is not None:
        return own if isinstance(own, Word) else None
    table = foreign_table(model)
    if table and column.name in table.words:
        return table.words[column.name]
    return None if needs_own_word(column) else about_of(model)


_TELLING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    models.BinaryField,
)


def needs_own_word(column: "models.Field[Any, Any]") -> bool:
    """True for columns that may hold anything: text, JSON, files, addresses, bytes, and dates of birth.

    Choices tell what their table tells; ids, booleans, numbers and times of events too.
    """
    if column.choices:
        return False
    return isinstance(column, _TELLING) or "birth" in (column.name or "")


_QUEUE = NOTHING("the queue of work: an academy, the name of a job and an id")
declare_foreign(
    "procrastinate.ProcrastinateJob",
    _QUEUE,
    words=dict.fromkeys(("queue_name", "task_name", "lock", "queueing_lock", "args", "status"), _QUEUE),
)
declare_foreign("procrastinate.ProcrastinateEvent", _QUEUE, words={"type": _QUEUE})
declare_foreign("procrastinate.ProcrastinatePeriodicDefer", _QUEUE, words={"task_name": _QUEUE, "periodic_id": _QUEUE})
declare_foreign("procrastinate.ProcrastinateWorker", _QUEUE)
_DJANGO = NOTHING("names of tables and permissions of the program itself")
declare_foreign("contenttypes.ContentType", _DJANGO, words={"app_label": _DJANGO, "model": _DJANGO})

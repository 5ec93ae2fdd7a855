"""How letting go stands, for the privacy officer: counts from the last night, erasures, texts to look at; no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import F, Q, QuerySet

from leerhuis.base import clock
from leerhuis.charter.audiences import STEWARDS
from leerhuis.charter.foreign import subject_of
from leerhuis.privacy import phrases
from leerhuis.privacy.erasure import title_of
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.models import Erasure, Redaction, Removal, RetentionRun
from leerhuis.privacy.models.letting_go import TEXTS
from leerhuis.privacy.parts import purposes_in_order
from leerhuis.privacy.phrases import Language, capital, said
from leerhuis.privacy.rows import Model, every_row, model_named

NIGHTS: Final = 30
ERASURES: Final = 100


@dataclass(frozen=True)
class PurposeCount:
    """A purpose with its term, and how many rows of its table are past it, or will be within a week or a month."""

    id: str
    title: str
    basis: str
    term: str
    due: int
    week: int
    month: int


@dataclass(frozen=True)
class Asking:
    """A night's work that waits for somebody to agree, with the rows that are due by table."""

    run: RetentionRun
    tables: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Erased:
    """One erasure, without a name: when it was asked, by when it must be done, and what is kept yet."""

    erasure: Erasure
    rows: int
    kept: tuple[tuple[str, int], ...]
    is_late: bool


@dataclass(frozen=True)
class ShownText:
    """A text as it stands, what it is a text of, and whom it is about."""

    text: str
    title: str
    subjects: tuple[UUID, ...]


def purposes_with_counts(facts: Facts, language: Language) -> list[PurposeCount]:
    """Return the purposes in force with what the last night counted. One query. Keeps: L18."""
    last = newest()
    due = last.left if last and last.state == RetentionRun.State.DONE else last.due if last else {}
    soon = last.soon if last else {}
    found = []
    for each, purpose in purposes_in_order(facts):
        label = apps.get_model(purpose.rows)._meta.label
        found.append(
            PurposeCount(
                id=each.id,
                title=capital(said(purpose, language)),
                basis=phrases.said_basis(purpose.basis, language),
                term=phrases.until_in(purpose, facts, language),
                due=_of_table(due, label),
                week=_of_table(soon.get("7", {}), label),
                month=_of_table(soon.get("30", {}), label),
            )
        )
    return found


def _of_table(counts: dict[str, int], label: str) -> int:
    return counts.get(label, 0) + counts.get(label + TEXTS, 0)


def newest() -> RetentionRun | None:
    """Return the last night's work, whatever became of it."""
    return RetentionRun.objects.order_by("-created_at", "-id").first()


def last_done() -> RetentionRun | None:
    """Return the last night that came to its end."""
    return RetentionRun.objects.filter(state=RetentionRun.State.DONE).order_by("-created_at", "-id").first()


def rows_left() -> int | None:
    """Return how many rows were past their term after the last night that came to its end; None before the first."""
    last = last_done()
    return last.left_rows if last else None


def last_nights() -> "QuerySet[RetentionRun]":
    """Return the last nights, the newest first."""
    return RetentionRun.objects.order_by("-created_at", "-id")[:NIGHTS]


def asking_run(language: Language) -> Asking | None:
    """Return the night's work that waits for somebody to agree."""
    run = RetentionRun.objects.filter(state=RetentionRun.State.ASKS).first()
    if run is None:
        return None
    return Asking(run, tables_in_words(run.due, language))


def nights_to_agree(viewer: Any) -> QuerySet[RetentionRun]:
    """Return the nights whose work waits until a viewer agrees: there is one at most."""
    nights = RetentionRun.objects.filter(state=RetentionRun.State.ASKS)
    return nights if viewer is not None and viewer.may_enter(STEWARDS) else nights.none()


def tables_in_words(counts: dict[str, int], language: Language) -> tuple[tuple[str, int], ...]:
    """Return counts by table with what its rows are called, most rows first."""
    named = [(_title(label, language), rows) for label, rows in counts.items()]
    return tuple(sorted(named, key=lambda each: (-each[1], each[0])))


def _title(label: str, language: Language) -> str:
    title = title_of(model_named(label.removesuffix(TEXTS)), language)
    if not label.endswith(TEXTS):
        return title
    return phrases.pick(language, f"{title} (alleen de tekst)", f"{title} (their text only)")


def erasures(language: Language) -> list[Erased]:
    """Return the erasures, those that are not done first. One query. Keeps: K19a."""
    newest = Erasure.objects.order_by(F("done_at").desc(nulls_first=True), "-created_at")[:ERASURES]
    today = clock.today()
    return [_erased(each, today, language) for each in newest]


def _erased(each: Erasure, today: date, language: Language) -> Erased:
    kept = tables_in_words(each.stayed, language) if each.done_at is None else ()
    late = (each.begun_at is None or each.waits) and each.due_on < today
    return Erased(each, sum(each.went.values()), kept, late)


def erasures_late() -> int:
    """Return how many people should have been erased by now and were not. Keeps: K19a."""
    undone = Q(begun_at=None) | Q(waits_since__isnull=False)
    return Erasure.objects.filter(undone, done_at=None, due_on__lt=clock.today()).count()


def removals_late() -> int:
    """Return how many organisations should have been removed by now and were not. Keeps: L20."""
    return Removal.objects.filter(ended_at=None, begun_at=None, removes_on__lt=clock.today()).count()


def texts_to_look_at(language: Language) -> Sequence[tuple[Redaction, str]]:
    """Return the texts that somebody has to look at, the most pressing first, with what they are texts of."""
    waiting = Redaction.objects.filter(state=Redaction.State.OPEN).order_by("due_on", "id")
    return [(each, _column_title(model_named(each.table), each.column, language)) for each in waiting[:ERASURES]]


def first_text() -> tuple[int, Redaction | None]:
    """Return how many texts somebody has to look at, and the one that goes whole first."""
    waiting = Redaction.objects.filter(state=Redaction.State.OPEN)
    return waiting.count(), waiting.order_by("due_on", "id").first()


def _column_title(model: Model, column: str, language: Language) -> str:
    """Return what a text is: of which table, and which field of it where that has a name."""
    field = next(each for each in model._meta.concrete_fields if each.name == column)
    has_name = field.verbose_name != field.name.replace("_", " ")
    return f"{title_of(model, language)}: {field.verbose_name}" if has_name else title_of(model, language)


def text_of(redaction: Redaction, language: Language) -> ShownText | None:
    """Return the text that somebody has to look at; None when the row is gone."""
    model = model_named(redaction.table)
    path = subject_of(model)
    columns = [redaction.column, *([path] if path and path != "self" else [])]
    found = every_row(model).filter(pk=redaction.row_id).values_list(*columns).first()
    if found is None:
        return None
    subjects = tuple(key for key in found[1:] if key)
    return ShownText(found[0] or "", _column_title(model, redaction.column, language), subjects)

"""All that is held about one person, to take along: as plain values for JSON, and as one page that stands alone."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from leerhuis.people.models import Person
from leerhuis.privacy.queries import Kept, MyData, my_data
from leerhuis.privacy.rows import Row, Table

FORM = 1  # of the JSON: goes up when a name in it changes its meaning
TOLD_SHORT: Final = ("audit.given", "audit.looks")  # counted by day: never many
_LOOK = Path(__file__).parent / "templates" / "privacy" / "export.css"


@dataclass(frozen=True)
class PersonExport:
    """The data of one person as they are taken along."""

    data: MyData

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values; keys of signing in are told to be there, never given."""
        return self._values(list)

    def json_pieces(self) -> Iterator[str]:
        """Yield the same as JSON, a piece at a time: memory holds no more than a piece of any table."""
        return json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(self._values(_Read))

    def _values(self, listed: "Callable[[Iterable[Any]], list[Any]]") -> dict[str, Any]:
        data = self.data
        return {
            "form": FORM,
            "made_at": data.made_at.isoformat(),
            "language": data.language,
            "academy": {"name": data.academy, "contact": data.contact},
            "person": {"id": str(data.person.id), "name": data.person.name},
            "purposes": [_purpose(kept, data, listed) for kept in data.kept],
            "looks": [
                {"day": look.last.isoformat(), "role": look.role, "purpose": look.purpose, "times": look.times}
                for look in data.looks
            ],
            "given": [
                {
                    "to": each.to,
                    "purpose": each.purpose,
                    "categories": each.words,
                    "first": each.first.isoformat(),
                    "last": each.last.isoformat(),
                    "days": each.days,
                }
                for each in data.given
            ],
            "named_in_rows_about_others": [{"kind": m.kind, "count": m.count} for m in data.mentions],
        }

    def as_page(self) -> str:
        """Return everything as one HTML file without script, pictures or anything from elsewhere."""
        return "".join(self.page_pieces())

    def page_pieces(self) -> Iterator[str]:
        """Yield that file a piece at a time: what stands around the rows, then row by row."""
        style = mark_safe(f"<style>{_LOOK.read_text(encoding='utf-8')}</style>")  # noqa: S308 - our own file
        place = f"<!-- {uuid4().hex} -->"  # where rows go; nobody who wrote any of this can know it
        known: dict[str, Any] = {"data": self.data, "style": style, "place": mark_safe(place)}  # noqa: S308 - as above
        with translation.override(self.data.language):
            page = render_to_string("privacy/export.html", known)
            a_change, a_row = get_template("privacy/_export_change.html"), get_template("privacy/_export_row.html")
        around = iter(page.split(place))
        yield next(around)
        for kept, table, rows in self._rows_in_order():
            for row in rows:
                with translation.override(self.data.language):
                    piece = (a_row if table else a_change).render({"row": row, "kept": kept, "table": table})
                yield piece
            yield next(around)

    def _rows_in_order(self) -> "Iterator[tuple[Kept, Table | None, Iterable[Any]]]":
        """Yield what goes to each place of the page, in its order: the rows of tables, and what was changed."""
        for kept in self.data.kept:
            if not kept.is_trail:
                yield from ((kept, table, table.rows) for table in kept.tables)
            elif kept.id not in TOLD_SHORT:
                yield kept, None, self.data.changes

    def file_name(self, ending: str) -> str:
        """Return a name for the file that says what it is and of when, and nothing about whom."""
        words = "mijn-gegevens" if self.data.language == "nl" else "my-data"
        return f"{words}-{self.data.made_at:%Y-%m-%d}.{ending}"


def export_person(person_id: UUID, *, language: str | None = None) -> PersonExport:
    """Return all that is held about a person, in a language (None: their own); raises Person.DoesNotExist.

    Handing it out is `actions.hand_out_data`, which notes it. Keeps: L35, W1.
    """
    person = Person.objects.get(pk=person_id)
    return PersonExport(my_data(person, language=language or person.language))


class _Read(list[Any]):
    """Values that are made while they are written: a list for the encoder, which asks whether any are there."""

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__()
        self._values = values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __bool__(self) -> bool:
        return True  # a table without rows is in no export


def _purpose(kept: Kept, data: MyData, listed: "Callable[[Iterable[Any]], list[Any]]") -> dict[str, Any]:
    told = {line.id.rsplit(".", 1)[-1]: list(line.texts) for line in kept.lines}
    tables = [
        {
            "table": table.name,
            "title": table.title,
            "count": table.count,
            "rows": listed(_Rows(table, data if table.model == Person._meta.label else None)),
        }
        for table in kept.tables
    ]
    return {"id": kept.id, "title": kept.title, **told, "tables": tables}


@dataclass(frozen=True)
class _Rows(Iterable[dict[str, Any]]):
    """The rows of a table as plain values, each time anew."""

    table: Table
    own: MyData | None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (_row(row, self.own) for row in self.table.rows)


def _row(row: Row, own: MyData | None) -> dict[str, Any]:
    fields = {}
    for cell in row.cells:
        fields[cell.path] = {"label": cell.label, "value": cell.value, "text": cell.text, "category": cell.held}
        if own is not None and cell.path in own.also:
            fields[cell.path]["purposes"] = list(own.also[cell.path])
    return {"until": row.until.isoformat() if row.until else None, "fields": fields}

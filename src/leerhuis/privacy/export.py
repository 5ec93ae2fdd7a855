"""All that is held about one person, to take along: as plain values for JSON, and as one page that stands alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from leerhuis.people.models import Person
from leerhuis.privacy.queries import Kept, MyData, my_data
from leerhuis.privacy.rows import Row

FORM = 1  # of the JSON: goes up when a name in it changes its meaning
_LOOK = Path(__file__).parent / "templates" / "privacy" / "export.css"


@dataclass(frozen=True)
class PersonExport:
    """The data of one person as they are taken along."""

    data: MyData

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values; keys of signing in are told to be there, never given."""
        data = self.data
        return {
            "form": FORM,
            "made_at": data.made_at.isoformat(),
            "language": data.language,
            "academy": {"name": data.academy, "contact": data.contact},
            "person": {"id": str(data.person.id), "name": data.person.name},
            "purposes": [_purpose(kept, data) for kept in data.kept],
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
        style = mark_safe(f"<style>{_LOOK.read_text(encoding='utf-8')}</style>")  # noqa: S308 - our own file
        with translation.override(self.data.language):
            return render_to_string("privacy/export.html", {"data": self.data, "style": style})

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


def _purpose(kept: Kept, data: MyData) -> dict[str, Any]:
    told = {line.id.rsplit(".", 1)[-1]: list(line.texts) for line in kept.lines}
    tables = [
        {
            "table": table.name,
            "title": table.title,
            "count": table.count,
            "rows": [_row(row, data if table.model == Person._meta.label else None) for row in table.rows],
        }
        for table in kept.tables
    ]
    return {"id": kept.id, "title": kept.title, **told, "tables": tables}


def _row(row: Row, own: MyData | None) -> dict[str, Any]:
    fields = {}
    for cell in row.cells:
        fields[cell.path] = {"label": cell.label, "value": cell.value, "text": cell.text, "category": cell.held}
        if own is not None and cell.path in own.also:
            fields[cell.path]["purposes"] = list(own.also[cell.path])
    return {"until": row.until.isoformat() if row.until else None, "fields": fields}

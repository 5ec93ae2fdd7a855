"""A million notes and looks: sealing them at once, and `leerhuis verify-audit` over them, inside an installation."""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import django

from benchmarks.figures import MS, Figure

ROWS: Final = int(os.environ.get("BENCH_SEALED", "1000000"))
MONTHS: Final = 24
AIM_MS: Final = 60_000.0
AT_ONCE: Final = 10_000
PEOPLE: Final = 5_000


def main() -> dict[str, Any]:
    """Write, seal and verify; return the seconds, of the processor too, the memory, and whether faults are found."""
    from benchmarks.reference import inside
    from leerhuis.audit import sealing, verifying
    from leerhuis.audit.models import Look, Note

    told: dict[str, Any] = {}
    with inside():
        people = [uuid4() for _ in range(PEOPLE)]
        for model in (Note, Look):
            _fill(model, ROWS // 2, people)
    with inside():
        told["seal"] = _timed(lambda: sealing.seal(everything=True))
    with inside():
        sealing.seal()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told["verify"] = _timed(verifying.examine)
        told["grown_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    told["rows"], told["faults"] = told["verify"].pop("found").rows, _attacked()
    told["sealed"] = told["seal"].pop("found")
    return told


def _attacked() -> int:
    """Change, take out and put in one row each; return how many faults are found."""
    from benchmarks.reference import inside
    from leerhuis.audit import verifying
    from leerhuis.audit.models import Look, Note

    with inside():
        first, second, third = Note.objects.order_by("id")[ROWS // 4 : ROWS // 4 + 3]
        Note.objects.filter(pk=first.pk).update(verb="nothing")
        Note.objects.filter(pk=second.pk).delete()
        third.pk = uuid4()
        third.save(force_insert=True)
        Look.objects.filter(pk=Look.objects.order_by("id")[ROWS // 4].pk).update(actor_person=uuid4())
        return verifying.examine().count


def _timed(work: Any) -> dict[str, Any]:
    since, processor = time.perf_counter(), time.process_time()
    found = work()
    return {"found": found, "seconds": time.perf_counter() - since, "cpu": time.process_time() - processor}


def _fill(model: Any, count: int, people: list[UUID]) -> None:
    """Write so many rows over two years with their marks, by COPY."""
    from django.db import connection

    from leerhuis.audit.marks import Mark

    names = [str(field.column) for field in model._meta.concrete_fields]
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _rows(model, count, people):
            values = [
                field.pre_save(row, add=True) if isinstance(field, Mark) else getattr(row, field.attname)
                for field in model._meta.concrete_fields
            ]
            copy.write_row([json.dumps(value) if isinstance(value, list) else value for value in values])


def _rows(model: Any, count: int, people: list[UUID]) -> Iterator[Any]:
    until = datetime.now(UTC)
    step = timedelta(days=30 * MONTHS) / count
    for number in range(count):
        common = {
            "id": UUID(int=(number << 64) + (uuid4().int & ((1 << 64) - 1))),
            "created_at": until - timedelta(days=30 * MONTHS) + step * number,
            "actor_kind": "person",
            "actor_person": people[number % 40],
            "actor_role": "clerk",
            "subject_person": people[number * 7 % PEOPLE],
        }
        if model.__name__ == "Look":
            yield model(**common, purpose="enrolment.course", screen="enrolment_office_list")
        else:
            common |= {"verb": "change person", "thing_kind": "people.person", "thing_id": people[number % PEOPLE]}
            yield model(**common, touched=["email", "phone"])


def figures(told: dict[str, Any]) -> list[Figure]:
    """Return the lines of the table."""
    found = []
    for what, aim in (("seal", None), ("verify", AIM_MS)):
        took = told[what]["seconds"]
        note = f"{told[what]['cpu']:.1f} s of the processor"
        if what == "verify":
            note += (
                f", {told['grown_kb'] / 1024:.0f} MB more memory; four rows by the back door: {told['faults']} found"
            )
        name = {"seal": "sealing all at once", "verify": "verify-audit"}[what]
        found.append(Figure(f"{name}, {told['rows']:,} rows", told["rows"] / took, took * MS, took * MS, aim, note))
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "keeper"
    django.setup()
    json.dump(main(), sys.stdout)

"""Letting go of many people's data: the nights, one person's erasure and export, the statement; on its own database.

``python -m benchmarks.letting_go loop|nights|people|statement`` runs inside that installation, as the worker's role.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import django

from benchmarks.apart import LEERHUIS, Apart
from benchmarks.figures import MS, Figure
from benchmarks.peopling import STAFF, TABLES
from leerhuis.config.garbage import leave_the_program_to_itself
from tests.faults.installation import ACADEMY, ROOT

PEOPLE: Final = int(os.environ.get("LEERHUIS_BENCH_PEOPLE") or 200_000)
SAMPLE: Final = 300  # people whose rows the plain loop deletes
TIMES: Final = 20
ONE_MS: Final = 200.0
PAGE_MS: Final = 100.0
AT_MOST: Final = "\n[retention]\nat_most = 100000000\n"  # of a night: here everything goes in one


def measure() -> list[Figure]:
    """Fill a database of its own and measure on it."""
    with tempfile.TemporaryDirectory(prefix="leerhuis-bench-") as name:
        product = Apart(Path(name), {"LEERHUIS_TLS": "0"})
        chosen = product.folder / "academy.toml"
        chosen.write_text((ROOT / "examples" / f"{ACADEMY}.toml").read_text() + AT_MOST)
        with product.database():
            product.run(*LEERHUIS, "migrate")
            product.run(*LEERHUIS, "academy", "create", str(chosen))
            filled = json.loads(product.run("-m", "benchmarks.peopling", str(PEOPLE)))
            told = {what: _told(product, what) for what in ("people", "statement", "loop", "nights")}
    return [
        *_of_nights(told["nights"], told["loop"], sum(filled.values())),
        *_of_people(told["people"] | told["statement"]),
    ]


def _told(product: Apart, what: str) -> Any:
    return json.loads(product.run("-m", "benchmarks.letting_go", what, str(PEOPLE)))


def _of_nights(night: dict[str, Any], loop: dict[str, Any], rows: int) -> list[Figure]:
    grown = (night["peak_kb"] - night["peak_kb_at_tenth"]) / 1024
    note = (
        f"{night['rows']:,} of {rows:,} rows in {night['seconds']:.0f} s, of which counting {night['counting']:.0f} s;"
        f" peak {night['peak_kb'] / 1024:.0f} MB, {grown:+.0f} MB since a tenth; {night['left']} left"
    )
    per_row, slow = night["seconds"] / night["rows"], loop["seconds"] / loop["rows"]
    return [
        Figure("rows that go at night", 1 / per_row, per_row * MS, per_row * MS, note=note),
        Figure("the same with Model.delete() for each", 1 / slow, slow * MS, slow * MS, note=f"{loop['rows']:,} rows"),
    ]


def _of_people(told: dict[str, dict[str, Any]]) -> list[Figure]:
    aims = {"erasing one person": ONE_MS, "all of one person's data as a file": ONE_MS, "privacy statement": PAGE_MS}
    return [
        Figure(
            f"{what} (max of {TIMES})",
            None,
            statistics.median(taken["seconds"]) * MS,
            max(taken["seconds"]) * MS,
            aims.get(what),
            f"{taken['here'] * MS:.0f} ms of the processor, {taken['there'] * MS:.0f} ms by the database",
        )
        for what, taken in told.items()
    ]


# --- inside the installation -----------------------------------------------------------------------------------------
def nights(_count: int) -> dict[str, Any]:
    """Let a night go by as the worker does, in pieces; returns rows, seconds, and the memory of this process."""
    from benchmarks.reference import inside
    from leerhuis.audit.actor import Actor
    from leerhuis.privacy import actions
    from leerhuis.privacy.models import RetentionRun

    by, since = Actor.job("privacy.let_go"), time.perf_counter()
    with inside():
        run = actions.begin_retention(by=by)
        assert run is not None
        due, counting = run.due_rows, time.perf_counter() - since
        if run.state == RetentionRun.State.ASKS:
            actions.agree_to_retention(run, by=by)
    at_tenth = 0
    while run.ended_at is None:
        with inside():
            actions.go_on_letting_go(run.pk, by=by)
            run.refresh_from_db()
        at_tenth = at_tenth or (_peak() if run.went_rows >= due / 10 else 0)
    seconds = time.perf_counter() - since
    return {"rows": run.went_rows, "seconds": seconds, "counting": counting, "left": run.left_rows, "went": run.went,
            "peak_kb_at_tenth": at_tenth, "peak_kb": _peak()}  # fmt: skip


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def loop(count: int) -> dict[str, Any]:
    """Delete the rows of some of the people who are due one by one, as a loop over rows does."""
    from benchmarks.reference import inside
    from leerhuis.privacy.claims import tables_in_order
    from leerhuis.privacy.rows import every_row

    rows, since = 0, time.perf_counter()
    with inside():
        keys = {label: _keys(label, range(count - SAMPLE, count)) for label in ("people.Person", *TABLES)}
        for model in tables_in_order():
            for row in every_row(model).filter(pk__in=keys.get(model._meta.label, [])).iterator():
                row.delete()
                rows += 1
    return {"rows": rows, "seconds": time.perf_counter() - since}


def people(count: int) -> dict[str, dict[str, Any]]:
    """Erase people and hand out their data, some twenty times each; returns the seconds, those of the processor too.

    The time is that of the whole transaction: with its beginning, and with what the database checks when it is kept.
    """
    from benchmarks.reference import inside
    from leerhuis.audit.actor import Actor
    from leerhuis.documents.queries import files_of
    from leerhuis.people.models import Person
    from leerhuis.privacy import actions
    from leerhuis.privacy.export import export_person
    from leerhuis.privacy.models import Erasure
    from leerhuis.privacy.parcel import write_parcel

    number = iter(range(STAFF + 1, count // 2))

    def next_person() -> UUID:
        (key,) = _keys("people.Person", [next(number)])
        return key

    def export(key: UUID) -> None:
        with write_parcel(export_person(key), files_of(key)) as archive:
            archive.read()

    def ask(key: UUID) -> None:
        asked.append(actions.ask_erasure(Person.objects.get(pk=key), by=Actor.person(key)))

    def erase(_key: UUID) -> None:
        actions.erase_person(asked.pop(0).pk, by=Actor.job("privacy.erase"))

    def in_academy(work: Callable[[UUID], None]) -> dict[str, Any]:
        def once() -> None:
            with inside():
                work(next_person())

        once()  # the first one fills what a process keeps
        cpu = _processor()
        return _taken([_timed(once) for _ in range(TIMES)], cpu)

    asked: list[Erasure] = []
    return {
        "asking for erasure": in_academy(ask),
        "erasing one person": in_academy(erase),
        "all of one person's data as a file": in_academy(export),
    }


def statement(_count: int) -> dict[str, dict[str, Any]]:
    """Show the privacy statement to visitors; returns the seconds."""
    from django.test import Client

    from benchmarks.reference import inside

    with inside() as academy:
        page = Client(headers={"host": academy.main_host})

    def show() -> None:
        answer = page.get("/privacy/")
        assert (answer.status_code, len(answer.content) > 10_000) == (200, True), answer.status_code

    show()
    cpu = _processor()
    return {"privacy statement": _taken([_timed(show) for _ in range(TIMES)], cpu)}


def _taken(times: list[float], before: tuple[float, float]) -> dict[str, Any]:
    """Return the seconds, and the mean of those of the processor: on a busy machine these still say what it costs."""
    here, there = (now - then for now, then in zip(_processor(), before, strict=True))
    return {"seconds": times, "here": here / len(times), "there": there / len(times)}


def _processor() -> tuple[float, float]:
    """Return the seconds of the processor that this process took, and those of its connection's in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time(), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _timed(work: Callable[[], Any]) -> float:
    since = time.perf_counter()
    work()
    return time.perf_counter() - since


def _keys(label: str, numbers: Any) -> list[UUID]:
    """Return the keys of the copies with these numbers (see `peopling.key_of`)."""
    from hashlib import md5

    from django.apps import apps

    table = apps.get_model(label)._meta.db_table
    return [UUID(md5(f"{table}{number}".encode(), usedforsecurity=False).hexdigest()) for number in numbers]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "web" if sys.argv[1] == "statement" else "keeper"
    django.setup()
    leave_the_program_to_itself()  # as the worker and the web do
    work: dict[str, Callable[[int], dict[str, Any]]] = {
        "loop": loop, "nights": nights, "people": people, "statement": statement,
    }  # fmt: skip
    json.dump(work[sys.argv[1]](int(sys.argv[2])), sys.stdout)

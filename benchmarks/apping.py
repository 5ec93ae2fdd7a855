"""Answers of apps: one by one beside the same SQL through pgbench, and a hundred at once beside COPY of the same rows.

Inside an installation it prints the scripts for pgbench: ``python -m benchmarks.apping`` (JSON in).
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import Any
from uuid import UUID, uuid4

import django
import psycopg

from benchmarks.answering import as_script, heard_while, pgbench
from benchmarks.clients import ask, call, load
from benchmarks.figures import Figure, figure
from tests.faults.installation import HOST, Installation

SECONDS = 5
BATCH, BATCHES = 100, 20
ONE_SHARE, BATCH_SHARE = 0.10, 0.30  # of pgbench, and of COPY


def measure(product: Installation, world: dict[str, Any]) -> list[Figure]:
    """Return answers a second by apps, each beside its reference."""
    apps = [_one_by_one(world, each["token"]) for each in world["learners"]]
    times, over = load(product.port, apps, 200, SECONDS)
    through = figure("an app's answers one by one, rights and audit on (8 apps)", times, over=over)
    reference = pgbench(product, json.loads(product.run("-m", "benchmarks.apping", json.dumps(world))))
    batches = _batches(product, world)
    taken = _copies(product)
    copied = _rate(figure(f"COPY of the same rows, {BATCH} answers with their cards at once (answers)", taken), taken)
    return [through.beside(reference, ONE_SHARE), reference, batches.beside(copied, BATCH_SHARE), copied]


def answers_of(questions: list[str]) -> list[dict[str, Any]]:
    """Return an answer to each question as an app sends it now."""
    now = datetime.now(UTC).isoformat()
    return [
        {"id": str(uuid4()), "question": id, "version": 1, "at": now, "answer": {"choice": ["true"]}, "took_ms": 3000}
        for id in questions
    ]


def _one_by_one(world: dict[str, Any], token: str) -> Iterator[bytes]:
    for question in cycle(world["questions"]):
        yield _call(world, token, [question])


def _call(world: dict[str, Any], token: str, questions: list[str]) -> bytes:
    body = json.dumps({"answers": answers_of(questions)})
    return call(HOST, f"/api/v1/practice/banks/{world['bank']}/answers", body, token)


def _batches(product: Installation, world: dict[str, Any]) -> Figure:
    """Send batches one after the other, as one app does that was without a connection."""
    asked, taken = cycle(world["questions"]), []
    tokens = cycle(each["token"] for each in world["learners"])
    for number in range(BATCHES + 3):
        request = _call(world, next(tokens), list(islice(asked, BATCH)))
        status, took, answer = ask(product.port, request)
        assert status == 200, answer
        if number >= 3:
            taken.append(took)
    return _rate(figure(f"an app's answers, {BATCH} at once (answers)", taken), taken)


def _rate(found: Figure, taken: list[float]) -> Figure:
    """Return a figure of batches with the rate of single answers."""
    return figure(found.what, taken, over=sum(taken) / BATCH)


def inside_it(world: dict[str, Any]) -> list[str]:
    """Return the script of one answer of each learner."""
    from django.test import Client

    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables

    with at_shared_tables():
        academy = academy_by_key("leffectief")
    assert academy is not None
    at = f"/api/v1/practice/banks/{world['bank']}/answers"
    scripts = []
    for learner in world["learners"]:
        client = Client(headers={"host": academy.main_host, "authorization": f"Bearer {learner['token']}"})

        def send(question: str = world["spare"], client: Client = client) -> None:
            answer = client.post(at, {"answers": answers_of([question])}, content_type="application/json")
            assert answer.status_code == 200, answer.content

        send(world["questions"][0])  # begins a round; measured is the next answer, as most are
        scripts.append(as_script(heard_while(send), world["spare"]))
    return scripts


def _copies(product: Installation) -> list[float]:
    """Copy a hundred answers and their cards into tables of the same form and keep them; return the seconds of each.

    The tables have the indexes and constraints of ours, but for the foreign keys: COPY has less to do, not more.
    """
    from leerhuis.config.postgres import EmbeddedPostgres

    taken = []
    with psycopg.connect(EmbeddedPostgres(product.home).url("owner")) as connection:
        schema = connection.execute(
            "SELECT schemaname FROM pg_tables WHERE tablename = 'practice_answer' LIMIT 1"
        ).fetchone()
        assert schema is not None
        kept = {table: _cloned(connection, str(schema[0]), table) for table in ("practice_answer", "practice_card")}
        connection.commit()
        for _ in range(BATCHES):
            rows = {table: [_fresh(row) for row in found] for table, found in kept.items()}
            since = time.perf_counter()
            for table, fresh in rows.items():
                with connection.cursor() as cursor, cursor.copy(f"COPY bench_{table} FROM STDIN") as copy:
                    for row in fresh:
                        copy.write_row(row)
            connection.commit()
            taken.append(time.perf_counter() - since)
    return taken


def _cloned(connection: Any, schema: str, table: str) -> list[tuple[Any, ...]]:
    """Make a table like one of ours, and return a hundred rows of that."""
    connection.execute(f"CREATE TABLE bench_{table} (LIKE {schema}.{table} INCLUDING ALL)")
    found: list[tuple[Any, ...]] = connection.execute(f"SELECT * FROM {schema}.{table} LIMIT {BATCH}").fetchall()
    assert len(found) == BATCH
    return found


def _fresh(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row with other ids, so that it can be kept beside the first."""
    return tuple(uuid4() if isinstance(value, UUID) else value for value in row)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(inside_it(json.loads(sys.argv[1])), sys.stdout)

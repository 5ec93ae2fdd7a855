"""Recording an answer: through the real server with 8 learners, next to the same SQL through pgbench.

The SQL is that of one real request, as the product sent it, sign-in and all; only ids that must differ each time are
made by the database. Run inside an installation it prints that script: ``python -m benchmarks.answering`` (JSON in).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django
from django.db import connection

from benchmarks.clients import load, post
from benchmarks.figures import Figure, figure
from benchmarks.reference import FILLERS  # so many that hardly any pair of round and question comes twice
from tests.faults.installation import HOST, Installation
from tests.faults.stream import Browser, Stream

AIM_MS = 100.0
SECONDS = 5
KEY = "bench-0123456789abcdef"
_UUID = re.compile(r"'[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}'(?:::uuid)?")


def measure(product: Installation, world: dict[str, Any]) -> list[Figure]:
    """Return answers a second through the product and through pgbench, side by side."""
    stream = Stream(product, world)
    times, over = load(product.port, [_answers(stream, world, each) for each in world["learners"]], 302, SECONDS)
    through = figure("recording an answer (8 learners)", times, over=over, aim_ms=AIM_MS)
    scripts = product.run("-m", "benchmarks.answering", json.dumps(world["learners"]), world["spare"])
    return [through, pgbench(product, json.loads(scripts))]


def _answers(stream: Stream, world: dict[str, Any], learner: dict[str, str]) -> Iterator[bytes]:
    """Yield one answer after the other of one learner, as their browser sends them."""
    address = f"/practice/round/{learner['round']}/"
    with closing(Browser(stream, learner["cookie"])) as browser:
        form = browser.form(address, "key") or {}
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    for question in world["questions"]:
        fresh = {name: str(uuid4()) for name in ("key", "request_key") if name in form}
        yield post(HOST, f"{address}{question}/", urlencode(form | fresh | {"choice": "true"}), cookie)


def pgbench(product: Installation, scripts: list[str]) -> Figure:
    """Run each learner's script in a pgbench of its own, all at once, as the web's role."""
    from leerhuis.config.postgres import EmbeddedPostgres
    from leerhuis.config.programs import find_programs

    url = EmbeddedPostgres(product.home).url("web")
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for number, script in enumerate(scripts):
            file = Path(folder, f"{number}.sql")
            file.write_text(script)
            words = [
                "-n",
                "-c",
                "1",
                "-T",
                str(SECONDS),
                "-l",
                f"--log-prefix={folder}/log{number}",
                "-f",
                str(file),
                url,
            ]
            running.append(
                subprocess.Popen(
                    [find_programs() / "pgbench", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
                )
            )
        said = [each.communicate()[0] for each in running]
        assert all(each.returncode == 0 for each in running), said
        taken = [
            int(line.split()[2]) / 1e6 for log in Path(folder).glob("log*") for line in log.read_text().splitlines()
        ]
    statements = scripts[0].count(";")
    return figure(f"the same SQL through pgbench ({statements} statements, 8 clients)", taken, over=SECONDS)


def script_of(learner: dict[str, str], spare: str, academy: Any) -> str:
    """Return the SQL of one answer of a learner as a script for pgbench; the answer itself is kept."""
    from django.test import Client

    name, _, value = learner["cookie"].partition("=")
    browser = Client(headers={"host": academy.main_host})
    browser.cookies[name] = value

    def send() -> None:
        answer = browser.post(
            f"/practice/round/{learner['round']}/{spare}/", {"choice": "true", "key": str(uuid4()), "request_key": KEY}
        )
        assert answer.status_code == 302, answer.status_code

    return as_script(heard_while(send), spare)


def heard_while(send: Callable[[], None]) -> list[str]:
    """Return the statements that the product sends to its database meanwhile, values and all."""
    sent: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        import psycopg

        with psycopg.ClientCursor(context["connection"].connection) as cursor:
            sent.append(cursor.mogrify(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        send()
    return sent


def as_script(sent: list[str], question: str) -> str:
    """Return statements with what must differ each time left to the database, in one transaction."""
    known: set[str] = set()
    lines = [f"\\set q random(1, {FILLERS})"]
    for each in sent:
        statement = re.sub(r"\s+", " ", each).rstrip("; ")
        here = set(_UUID.findall(statement))
        if statement.startswith("SET LOCAL ROLE") and "BEGIN;" not in lines:
            lines.append("BEGIN;")
        lines.append(_loosened(statement, here - known, question) + ";")
        known |= here
    return "\n".join([*lines, "COMMIT;", ""])


def _loosened(statement: str, fresh: set[str], question: str) -> str:
    """Return a statement whose new ids, key and question differ each time it is carried out."""
    if statement.startswith("INSERT"):
        for id_ in fresh:
            statement = statement.replace(id_, "gen_random_uuid()")
        statement += "" if "RETURNING" in statement or "ON CONFLICT" in statement else " ON CONFLICT DO NOTHING"
    statement = re.sub(f"'(?:{question}|{question.replace('-', '')})'(::uuid)?", "md5('filler' || :q)::uuid", statement)
    return statement.replace(f"'{KEY}'", "gen_random_uuid()::text")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables

    with at_shared_tables():
        found = academy_by_key("leffectief")
    json.dump([script_of(each, sys.argv[2], found) for each in json.loads(sys.argv[1])], sys.stdout)

"""The machine is lost. Another takes over, in one command, and gives nobody back what was taken from them since.

Bars: operate.md 4h of the shared plan; how it is built: docs/decisions/0018-backups.md.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from leerhuis.config import children
from leerhuis.config.backup_settings import machine_time
from leerhuis.config.launcher import MARK
from leerhuis.config.postgres import EmbeddedPostgres
from leerhuis.operations.history import History, Kind
from leerhuis.operations.keys import KeyStore
from leerhuis.operations.place import Place
from tests.faults.installation import ACADEMY, Installation, installation, wait_until
from tests.faults.leaving import CANARY
from tests.faults.letter_box import LetterBox

pytestmark = pytest.mark.slow  # its bars are wide: it runs among the others

SEGMENT_SECONDS = 2
FIRST_BACKUP_SECONDS = 240.0
RESTORED_SECONDS = 15 * 60.0
STATE = """
SELECT (SELECT state FROM person WHERE id = %s),
       (SELECT count(*) FROM role WHERE person_id = %s AND ended_at IS NULL),
       (SELECT restricted_at IS NULL FROM person WHERE id = %s),
       (SELECT string_agg(state || ' ' || fault, ',') FROM message WHERE person = %s),
       (SELECT count(*) FROM person WHERE id = %s),
       (SELECT string_agg(step, ' ' ORDER BY step) FROM (
            SELECT DISTINCT ON (topic) step FROM choice JOIN reader ON reader.id = reader_id
            WHERE person_id = mine.id ORDER BY topic, choice.created_at DESC, choice.id DESC) newest),
       (SELECT objected_at IS NULL FROM "grant" JOIN enrolment ON enrolment.id = enrolment_id
            WHERE learner_id = mine.id)
FROM (SELECT %s::uuid id) mine
"""
UNSENT = "SELECT count(*) FROM message WHERE state = 'waiting'"


class Lost:
    """An installation with backups, and what is left of it when its machine is gone: place, keys and journal."""

    def __init__(self, product: Installation, told: dict[str, Any], box: LetterBox, apart: Path) -> None:
        self.product, self.told, self.box, self.apart = product, told, box, apart

    @property
    def history(self) -> History:
        return History(self.product.home / "backup")

    @property
    def place(self) -> Place:
        return Place(self.apart / "place", KeyStore(self.apart / "keys"), self.apart / "lock")

    @property
    def journal(self) -> Path:
        return self.apart / "journal" / "leffectief.journal"

    def journal_lines(self) -> int:
        return len(self.journal.read_text().splitlines()) if self.journal.exists() else 0

    def handed_over_at(self) -> datetime:
        """When the last segment that lies at the place was sealed."""
        found = self.place.sets()[-1].entries()
        return max(entry.moment for entry in found if entry.name.startswith("wal/"))

    def has_files(self) -> bool:
        """Whether a file of somebody lies at the place."""
        return any(name.startswith("files/") for name in self.place.sets()[-1].names())

    def tables_with(self, word: str) -> set[str]:
        """Return the tables, of the academy and shared, in which a word stands in some row, however it is written."""
        found = set()
        with psycopg.connect(EmbeddedPostgres(self.product.home).url("owner")) as connection:
            tables = connection.execute(
                "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (%s, 'public')", [ACADEMY]
            ).fetchall()
            for schema, table in tables:
                question = sql.SQL("SELECT EXISTS (SELECT FROM {} t WHERE t::text ILIKE %s)").format(
                    sql.Identifier(schema, table)
                )
                if connection.execute(question, [f"%{word}%"]).fetchone() == (True,):
                    found.add(table)
        return found

    def kill(self) -> None:
        """Lose the machine: every process at once, then all that it had on its disk."""
        for pid in [self.product.process.pid, *children.processes_with(MARK, str(self.product.home))]:
            os.kill(pid, signal.SIGKILL)
        self.product.process.wait()
        self.product.kill_cluster()
        shutil.rmtree(self.product.home)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Carry out `leerhuis` on the machine that takes over."""
        return subprocess.run(
            [sys.executable, "-m", "leerhuis.config.cli", *words],
            env=self.product.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def lost() -> Iterator[Lost]:
    with tempfile.TemporaryDirectory(prefix="leerhuis-apart-") as name:
        apart = Path(name).resolve()
        apart.chmod(0o755)
        for folder in ("place", "keys", "journal"):
            (apart / folder).mkdir()
        chosen = {
            "LEERHUIS_BACKUP_PLACE": str(apart / "place"),
            "LEERHUIS_BACKUP_KEYS": str(apart / "keys"),
            "LEERHUIS_JOURNAL": str(apart / "journal"),
            "LEERHUIS_BACKUP_SECONDS": str(SEGMENT_SECONDS),
        }
        with installation(learners=1, questions=5, **chosen) as (product, told, box):
            yield Lost(product, told, box, apart)


def test_a_lost_machine_comes_back_in_one_command_and_brings_nobody_back(lost: Lost) -> None:
    product = lost.product
    wait_until(lambda: lost.history.last(Kind.DRILL) is not None, FIRST_BACKUP_SECONDS, "no first backup and drill")
    done = [(deed.kind, deed.went_well, deed.words) for deed in lost.history.deeds()]
    assert done == [(kind, True, "") for kind in ("drill", "verify", "backup")]

    ids = json.loads(product.run("-m", "tests.faults.leaving", "before"))
    time.sleep(1.1)
    moment = machine_time()
    time.sleep(1.1)
    lines = lost.journal_lines()
    product.run("-m", "tests.faults.leaving", "after", *ids.values())
    wait_until(lambda: lost.journal_lines() == lines + 6, why="the journal was not shipped")
    wait_until(lambda: product.select(UNSENT) == [(0,)] and not lost.tables_with(CANARY), why="mail was not delivered")
    assert lost.tables_with(ids[CANARY]) == {"journal_entry"}
    arrived = dict(lost.box.arrived)
    acknowledged = machine_time()
    wait_until(lambda: (lost.handed_over_at() - acknowledged).total_seconds() > 1, why="nothing was handed over")
    assert (
        machine_time() - acknowledged
    ).total_seconds() < 30 * SEGMENT_SECONDS  # on a machine that does nothing else: 4

    wait_until(lost.has_files, why="the document was not handed over")
    learner = lost.told["practising"][0]["cookie"]
    assert product.ask("/today/", Cookie=learner)[0] == http.client.OK
    lost.kill()

    since = time.monotonic()
    ran = lost.command("restore", "--to", moment.isoformat())
    assert (ran.returncode, ran.stderr) == (0, "")
    assert time.monotonic() - since < RESTORED_SECONDS
    assert "What to do next:" in ran.stdout
    again = lost.command("restore")
    assert (again.returncode, "is not empty" in again.stderr) == (1, True)

    lost.journal.rename(lost.apart / "elsewhere")
    product.start(until_ready=False)
    wait_until(lambda: status(product, "/") is not None, why="nothing answers")
    assert status(product, "/") == http.client.SERVICE_UNAVAILABLE
    assert product.select(STATE, *ids.values()) == [("active", 1, True, "waiting ", 1, "given given", True)]
    assert lost.tables_with(CANARY) >= {"person", "message"}
    told = lost.command("doctor").stdout
    assert "the journal was not carried out yet" in told
    assert "Each document has its file" in told

    (lost.apart / "elsewhere").rename(lost.journal)
    replayed = lost.command("journal", "replay", "leffectief")
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
    wait_until(lambda: status(product, "/") == http.client.OK, why="the academy does not open")
    assert product.select(STATE, *ids.values()) == [
        ("suspended", 0, False, "held waited in a backup", 0, "given withdrawn", False)
    ]
    assert lost.tables_with(CANARY) == set()
    assert lost.tables_with(ids[CANARY]) == {"journal_entry"}
    assert product.ask("/today/", Cookie=learner)[0] == http.client.FOUND
    assert lost.command("journal", "verify", "leffectief").returncode == 0
    assert json.loads(product.run("-m", "tests.faults.leaving", "paper", ids["invited"]))["content"].startswith("%PDF")
    assert dict(lost.box.arrived) == arrived
    assert not (product.home / "restored.json").exists()

    a_full_backup_follows(lost)


def a_full_backup_follows(lost: Lost) -> None:
    restored_at = next(deed.at for deed in lost.history.deeds() if deed.kind == Kind.RESTORE)
    wait_until(
        lambda: (made := lost.history.last(Kind.BACKUP)) is not None and made.at > restored_at,
        FIRST_BACKUP_SECONDS,
        "no backup follows the restore",
    )
    made = lost.history.last(Kind.BACKUP)
    assert made is not None
    assert (made.went_well, made.facts["kind"]) == (True, "full")


def status(product: Installation, path: str) -> int | None:
    """Return what a page answers, None when nobody does."""
    try:
        return product.ask(path)[0]
    except (OSError, http.client.HTTPException):
        return None

"""Of somebody who was erased nothing is left in whatever writing: rows, a dump, statistics, files, the log."""

import base64
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from leerhuis.base.edge import at_shared_tables, current_academy
from leerhuis.documents.tests.factories import a_document
from leerhuis.mail.models import Message
from leerhuis.privacy import actions, due
from leerhuis.privacy.models import Hold
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person
from tests.floors.test_erasing import BY, erase, words_about

SEEN = b"canary-of-a-paper"  # stands in the document, and nowhere else


@pytest.fixture
def places(tmp_path: Path, settings: LazySettings) -> Path:
    """Files and keys of documents lie in folders of this test."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))
    return tmp_path


@pytest.fixture
def canaries(academy, places: Path) -> tuple[Canary, Canary]:
    """Two people with a row in every table, and one of them with a document in a file."""
    first, second = Canary(add_person("Ann", "Een"), "qxa"), Canary(add_person("Bob", "Twee"), "qyb")
    first.fill_everything()
    second.fill_everything()
    Hold.objects.all().delete()
    a_document(first.person.pk, b"%PDF-1.7\n" + SEEN)
    return first, second


def in_any_writing(canary: Canary) -> set[bytes]:
    """Return what tells of the person as it stands in bytes: plain, in capitals, hex, hashed, base64, and the raw key.

    The letters of a token are the same in an address, so that URL-encoding leaves them as they are.
    """
    plain = words_about(canary)
    written = {word.encode() for word in plain} | {canary.person.pk.bytes}
    return written | {part for word in plain for part in in_base64(word.encode())}


def in_base64(word: bytes) -> set[bytes]:
    """Return how base64 writes a word that stands in the middle of something, at each of the three places it may."""
    found = set()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + word)
        first, last = -(-before * 8 // 6), (before + len(word)) * 8 // 6
        found.add(encoded[first:last])
    return {part for part in found if len(part) > 8}


def dump() -> dict[str, bytes]:
    """Return what a dump of the academy and of the shared schema holds, table by table, in the database's own bytes."""
    found, academy = {}, current_academy().schema_name
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (%s, 'public')",
            [academy],
        )
        for schema, table in cursor.fetchall():
            with cursor.cursor.copy(f'COPY "{schema}"."{table}" TO STDOUT (FORMAT binary)') as rows:
                found[table] = b"".join(bytes(row) for row in rows)
    return found


def statistics() -> dict[str, bytes]:
    """Return which values the planner remembers of each table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, string_agg(concat(most_common_vals::text, histogram_bounds::text), ' ')"
            " FROM pg_stats WHERE schemaname IN (%s, 'public') GROUP BY 1",
            [current_academy().schema_name],
        )
        return {table: values.encode() for table, values in cursor.fetchall()}


def waiting_jobs() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'job' FROM public.procrastinate_jobs WHERE status = 'todo'")
        return {name for (name,) in cursor.fetchall()}


def tables_with(words: set[bytes], found: dict[str, bytes]) -> set[str]:
    return {table for table, content in found.items() if any(word in content for word in words)}


def files_under(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_base64_is_known_wherever_a_word_stands_in_it():
    for before in range(6):
        written = base64.b64encode(b"x" * before + b"canary-word" + b"y" * 5)
        assert any(part in written for part in in_base64(b"canary-word"))


def test_nothing_is_left_in_a_dump_in_statistics_in_files_and_in_the_log(canaries, places, capfd):
    first, second = canaries
    words = in_any_writing(first)
    due.analyse_tables()
    assert len(tables_with(words, dump())) > 25
    assert len(tables_with(words, statistics())) > 5
    (paper,) = (path for path in files_under(places / "f"))
    capfd.readouterr()

    erase(first.person)

    told = "".join(capfd.readouterr()).encode()
    assert tables_with(words, {"log": told}) == set()
    Message.objects.filter(vanishes=True).delete()  # what its delivery does
    assert tables_with(words, dump()) == {"journal_entry"}
    assert "privacy.analyse" in waiting_jobs()
    actions.renew_statistics(by=BY)  # what that job does
    assert tables_with(words, statistics()) <= {"journal_entry"}  # of which the rows stay, too
    erase(second.person)
    actions.renew_statistics(by=BY)  # of tables without any row
    assert tables_with(in_any_writing(second), statistics()) <= {"journal_entry"}
    assert not paper.exists()
    left = {str(path): str(path).encode() + content for path, content in files_under(places).items()}
    assert tables_with(words | {SEEN}, left) == set()

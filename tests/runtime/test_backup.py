"""Backups of a real database: what is put back is what was there, and whatever is wrong with a copy is found."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from leerhuis.config.backup_settings import BackupSettings, backup_settings, machine_time
from leerhuis.config.backups import Made, make_backup
from leerhuis.config.home import secret
from leerhuis.config.keeper import Keeper
from leerhuis.config.postgres import EmbeddedPostgres
from leerhuis.config.restore import Restored, restore
from leerhuis.operations.place import Place
from leerhuis.operations.verifying import verify

pytestmark = pytest.mark.slow

SEGMENT_SECONDS = 2


class House:
    """An installation with a database of one table, a file, a place for backups and a folder for their keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "var"
        self.database = EmbeddedPostgres(self.home)

    @property
    def chosen(self) -> BackupSettings:
        return backup_settings(self.home)

    @property
    def place(self) -> Place:
        return self.chosen.place()

    def sql(self, statement: str, home: Path | None = None) -> list[tuple[object, ...]]:
        with psycopg.connect(EmbeddedPostgres(home or self.home).url("owner"), autocommit=True) as connection:
            answer = connection.execute(statement.encode())
            return answer.fetchall() if answer.description else []

    def write(self, word: str) -> None:
        self.sql(f"INSERT INTO kept.word (word) VALUES ('{word}')")

    def back_up(self, *, full: bool = False) -> Made:
        return make_backup(self.chosen, full=full)

    def restored(self, to: datetime | None = None, name: str = "new") -> tuple[Path, Restored]:
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        return home, restore(self.place, home, to=to)

    def words(self, home: Path) -> list[object]:
        """Return the words in a home that was put back."""
        database = EmbeddedPostgres(home)
        database.start()
        try:
            return [word for (word,) in self.sql("SELECT word FROM kept.word ORDER BY id", home)]
        finally:
            database.stop()

    def faults(self, now: datetime | None = None) -> list[str]:
        return verify(self.place, now=now or machine_time(), days=self.chosen.days).faults


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="leerhuis-test-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("LEERHUIS_BACKUP_PLACE", str(folder / "place"))
        monkeypatch.setenv("LEERHUIS_BACKUP_KEYS", str(folder / "keys"))
        monkeypatch.setenv("LEERHUIS_BACKUP_SECONDS", str(SEGMENT_SECONDS))
        (folder / "place").mkdir()
        found = House(folder)
        secret(found.home, "secret_key")
        (found.home / "files" / "a").mkdir(parents=True)
        (found.home / "files" / "a" / "paper").write_bytes(b"the paper of somebody" * 1000)
        found.database.start()
        try:
            found.sql("CREATE SCHEMA kept")
            found.sql("CREATE TABLE kept.word (id serial PRIMARY KEY, word text)")
            found.write("first")
            yield found
        finally:
            found.database.stop()


def test_a_full_backup_and_what_changed_since_come_back_with_keys_and_files(house: House) -> None:
    full = house.back_up()
    house.write("second")
    (house.home / "files" / "later").write_bytes(b"later")
    (house.home / "files" / "a" / "paper").unlink()
    changed = house.back_up()
    assert (full.kind, changed.kind, changed.set_name) == ("full", "increment", full.set_name)
    assert changed.size < full.size
    assert house.faults() == []
    home, report = house.restored()
    assert (report.stamp, report.faults, report.counts) == (changed.stamp, [], changed.counts)
    assert house.words(home) == ["first", "second"]
    assert [str(path.relative_to(home)) for path in (home / "files").rglob("*") if path.is_file()] == ["files/later"]
    assert (home / "secrets" / "secret_key").read_text() == (house.home / "secrets" / "secret_key").read_text()
    assert not (home / "postgres" / "restore").exists()


def test_it_goes_back_to_a_moment_between_two_changes(house: House) -> None:
    house.back_up()
    house.write("before")
    time.sleep(1.1)
    moment = machine_time()
    time.sleep(1.1)
    house.write("after")
    house.back_up(full=True)
    home, report = house.restored(to=moment)
    assert report.faults == []
    assert house.words(home) == ["first", "before"]
    home, _ = house.restored(to=machine_time(), name="last")
    assert house.words(home) == ["first", "before", "after"]


def test_what_was_handed_over_is_there_though_the_machine_is_gone(house: House) -> None:
    house.back_up()
    keeper = Keeper(house.chosen)
    house.write("acknowledged")
    since = time.monotonic()
    try:
        while time.monotonic() - since < SEGMENT_SECONDS + 3:  # the bound: one segment's time, and handing it over
            keeper.step(now=machine_time())
            time.sleep(0.1)
    finally:
        keeper.stop()
    house.database.stop()
    shutil.rmtree(house.home)
    home, report = house.restored()
    assert report.faults == []
    assert house.words(home) == ["first", "acknowledged"]

"""Backups of a real database: what is put back is what was there, and whatever is wrong with a copy is found."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from leerhuis.config.backup_settings import BackupSettings, backup_settings, machine_time
from leerhuis.config.backups import Made, make_backup
from leerhuis.config.cli.command import main
from leerhuis.config.home import secret
from leerhuis.config.keeper import Keeper
from leerhuis.config.postgres import EmbeddedPostgres
from leerhuis.config.restore import Restored, restore
from leerhuis.operations.place import Place
from leerhuis.operations.sealing import Damaged
from leerhuis.operations.verifying import verify

pytestmark = pytest.mark.slow

SEGMENT_SECONDS = 2
PATIENCE = 120.0


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
        monkeypatch.setenv("LEERHUIS_HOME", str(folder / "var"))
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


def test_an_orderly_stop_hands_over_the_last_word(house: House) -> None:
    house.back_up()
    keeper = Keeper(house.chosen)
    try:
        keeper.step(now=machine_time())
        house.write("last")
        (house.home / "files" / "last").write_bytes(b"last")
        keeper.finish()
    finally:
        keeper.stop()
    house.database.stop()
    shutil.rmtree(house.home)
    home, report = house.restored()
    assert (report.faults, report.files) == ([], 2)
    assert house.words(home) == ["first", "last"]


def started(*words: str) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own, with the settings of this one."""
    return subprocess.Popen([sys.executable, "-m", "leerhuis.config.cli", *words], stdout=subprocess.DEVNULL)


def wait_for(condition: Callable[[], object], running: subprocess.Popen[bytes]) -> None:
    """Wait until something is so while a command still runs."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert running.poll() is None, "it was over before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_backup_that_is_killed_leaves_nothing_half_and_the_next_one_is_whole(house: House) -> None:
    house.back_up()
    running = started("backup", "--full")
    wait_for(lambda: list(house.place.folder.glob("*/base/*.full.part")), running)
    running.kill()
    running.wait()
    assert house.faults() == []
    assert len(house.place.names()) == 2
    made = house.back_up(full=True)
    assert house.faults() == []
    assert (len(house.place.names()), house.place.names()[-1]) == (2, made.set_name)
    home, report = house.restored()
    assert (report.stamp, report.faults, house.words(home)) == (made.stamp, [], ["first"])


def test_a_restore_that_is_killed_is_taken_for_none_and_can_be_done_again(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.back_up()
    home = house.folder / "new"
    running = started("restore", "--home", str(home))
    wait_for((home / "postgres" / "restore").exists, running)
    running.kill()
    running.wait()
    monkeypatch.setenv("LEERHUIS_HOME", str(home))
    monkeypatch.delenv("LEERHUIS_DEMO", raising=False)
    monkeypatch.setenv("LEERHUIS_SECRET_KEY", "Zk3v-9Qw_7uYt1RpLmN0bXcVaSdFgHjK2e4r6T8y5U1i3O7pAq")
    assert main(["serve"]) == 1
    assert "was broken off. Run `leerhuis restore` again first." in capsys.readouterr().err
    assert main(["restore", "--home", str(home)]) == 0
    assert house.words(home) == ["first"]
    assert main(["restore", "--home", str(home)]) == 1
    assert f"{home}/postgres is not empty." in capsys.readouterr().err


def test_a_restore_of_something_damaged_leaves_nothing(house: House) -> None:
    made = house.back_up()
    path = house.place.folder / made.set_name / "base" / f"{made.stamp}.full"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert house.faults() == [f"{path} was changed."]
    home = house.folder / "new"
    with pytest.raises(Damaged):
        restore(house.place, home)
    assert [path.name for path in home.iterdir() if path.name != "backup"] == []


def test_the_commands_say_what_came_of_it_and_keep_it(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERHUIS_HOME", str(house.home))
    assert (main(["backup"]), main(["backup"]), main(["verify-backup"])) == (0, 0, 0)
    told = capsys.readouterr().out
    assert "Everything is backed up" in told
    assert "What changed since the last backup is backed up" in told
    assert told.endswith("All is as it should be.\n")
    victim = next(house.place.folder.glob("*/keys/*"))
    victim.unlink()
    assert main(["verify-backup"]) == 1
    assert f"{victim} is missing." in capsys.readouterr().out
    house.place.folder.rename(house.folder / "elsewhere")
    assert main(["backup"]) == 3
    assert "Is it mounted?" in capsys.readouterr().err
    deeds = [(deed.kind.value, deed.went_well) for deed in house.chosen.history.deeds()]
    assert deeds == [("verify", False), ("verify", True), ("backup", True), ("backup", True)]


def test_keys_may_not_lie_with_the_backups(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERHUIS_HOME", str(house.home))
    monkeypatch.setenv("LEERHUIS_BACKUP_KEYS", str(house.folder / "place" / "keys"))
    assert main(["backup"]) == 2
    assert "may not lie with the backups" in capsys.readouterr().err

"""The embedded database comes up again after everything that can happen to it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from leerhuis.config import children, programs
from leerhuis.config.postgres import EmbeddedPostgres, InUse, Role, database_running, database_urls, test_cluster
from leerhuis.config.programs import DatabaseError

pytestmark = pytest.mark.slow

KEEPS_IT_RUNNING = """
import sys, time
from pathlib import Path
from leerhuis.config.postgres import EmbeddedPostgres
embedded = EmbeddedPostgres(Path(sys.argv[1]))
embedded.start()
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Return a home with a cluster in it that has been made once, open to the account that the database runs under."""
    with tempfile.TemporaryDirectory(prefix="leerhuis-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"


@pytest.fixture
def embedded(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedPostgres]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    database = EmbeddedPostgres(home)
    yield database
    database.stop()


def ask(embedded: EmbeddedPostgres, question: str, role: Role = "owner") -> object:
    """Return the one value that the database answers to a role."""
    with psycopg.connect(embedded.url(role)) as connection:
        row = connection.execute(question.encode()).fetchone()
    return None if row is None else row[0]


def test_it_starts_answers_and_stops_twice_and_keeps_what_was_written(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    with psycopg.connect(embedded.url("owner")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    embedded.stop()
    assert not EmbeddedPostgres(embedded.home).is_running
    embedded.start()
    assert embedded.is_running
    assert ask(embedded, "SELECT word FROM kept") == "here"


def test_it_is_durable_checked_and_closed_to_the_network(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "listen_addresses", "server_encoding")
    assert [ask(embedded, f"SHOW {name}") for name in names] == ["on", "on", "on", "on", "", "UTF8"]
    assert embedded.socket_folder.stat().st_mode & 0o777 == 0o700


def test_no_role_can_go_round_the_rights_of_another(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    rights = "SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE rolcanlogin AND {}"
    assert ask(embedded, rights.format("rolname LIKE 'leerhuis%'")) == [
        "leerhuis_backup",
        "leerhuis_keeper",
        "leerhuis_owner",
        "leerhuis_web",
    ]
    assert ask(embedded, rights.format("(rolsuper OR rolbypassrls)")) == ["postgres"]
    assert ask(embedded, rights.format("rolcreaterole AND NOT rolsuper")) == ["leerhuis_owner"]
    assert ask(embedded, rights.format("rolreplication AND NOT rolsuper")) == ["leerhuis_backup"]
    roles: tuple[Role, ...] = ("web", "keeper")
    for role in roles:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(embedded, "CREATE TABLE public.mine (x int)", role)


def test_nobody_signs_in_without_the_password_and_nobody_as_superuser(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    for name in ("leerhuis_owner", "postgres"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(embedded.socket_folder), user=name, dbname="leerhuis", password="")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(embedded.socket_folder), user=name, dbname="leerhuis", password="guess")


def test_a_cluster_from_before_there_were_backups_gets_their_role(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    embedded.stop()
    account, found = embedded._account_and_programs()
    gone = ["DROP OWNED BY leerhuis_backup", "DROP ROLE leerhuis_backup"]
    embedded._without_server(account, found, embedded.data, gone)
    embedded.start()
    assert ask(embedded, "SELECT rolreplication FROM pg_roles WHERE rolname = 'leerhuis_backup'") is True
    assert ask(embedded, "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')", "backup") is True


def test_a_killed_server_starts_again(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    os.kill(server_of(embedded), signal.SIGKILL)
    wait_until(lambda: embedded.exit_code() is not None)
    embedded.start()
    assert embedded.is_running


def test_a_lock_file_naming_a_living_stranger_does_not_block(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    lines = (embedded.data / "postmaster.pid").read_text().splitlines()
    embedded.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (embedded.data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        embedded.start()
        assert embedded.is_running
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_killed_parent_takes_the_server_along_and_the_next_start_works(embedded: EmbeddedPostgres) -> None:
    with running_elsewhere(embedded.home) as parent:
        server = server_of(embedded)
        parent.kill()
        parent.wait()
        wait_until(lambda: not Path(f"/proc/{server}").exists())
    embedded.start()
    assert embedded.is_running


def test_an_orphaned_server_is_stopped_before_the_next_start(
    embedded: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.start()
    orphan, child = server_of(embedded), embedded._server
    assert child is not None
    monkeypatch.setattr(embedded, "_server", None)
    embedded.stop()
    assert Path(f"/proc/{orphan}").exists()
    assert embedded.is_running
    again = EmbeddedPostgres(embedded.home)
    again.start()
    try:
        assert child.wait() == 0
        assert server_of(again) != orphan
        assert again.is_running
    finally:
        again.stop()


def test_a_second_leerhuis_on_the_same_home_is_refused_but_can_use_the_database(embedded: EmbeddedPostgres) -> None:
    with running_elsewhere(embedded.home):
        with pytest.raises(InUse, match="stop it, or set LEERHUIS_HOME"):
            embedded.start()
        with database_running(embedded.home) as urls, psycopg.connect(urls.web) as connection:
            assert connection.execute("SELECT current_user::text").fetchone() == ("leerhuis_web",)
        assert embedded.is_running


def test_a_lost_password_is_given_anew(embedded: EmbeddedPostgres) -> None:
    (embedded.home / "secrets" / "database-owner").unlink()
    embedded.start()
    assert embedded.is_running


def test_a_half_made_cluster_is_made_again(tmp_path: Path, embedded: EmbeddedPostgres) -> None:
    fresh = EmbeddedPostgres(embedded.home.parent / "half")
    (fresh.data.with_name("data.new") / "base").mkdir(parents=True)
    fresh.start()
    try:
        assert fresh.is_running
    finally:
        fresh.stop()


def test_a_long_path_gets_a_short_private_socket_folder(embedded: EmbeddedPostgres) -> None:
    far = EmbeddedPostgres(embedded.home.parent / ("a" * 100))
    far.start()
    try:
        assert len(str(far.socket_folder)) < 60
        assert far.is_running
        assert far.socket_folder.stat().st_mode & 0o777 == 0o700
    finally:
        far.stop()
        far.socket_folder.rmdir()


@pytest.mark.skipif(os.getuid() != 0, reason="only root has other accounts to give")
def test_root_never_runs_it_with_rights_of_root(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    told = Path(f"/proc/{server_of(embedded)}/status").read_text()
    assert "CapEff:\t0000000000000000" in told
    assert f"Uid:\t{children.unprivileged_accounts()[0].uid}\t" in told


@pytest.mark.skipif(os.getuid() != 0, reason="only root has a home closed to the database's account")
def test_root_runs_it_in_a_folder_that_is_closed_to_everybody_else(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    hidden = EmbeddedPostgres(closed / "var")
    if not children.can_run(["/bin/true"], children.unprivileged_accounts()[-1]):
        pytest.skip("this machine refuses user namespaces")
    hidden.start()
    try:
        assert hidden.is_running
        assert "CapEff:\t0000000000000000" in Path(f"/proc/{server_of(hidden)}/status").read_text()
    finally:
        hidden.stop()


def test_programs_older_than_the_data_are_refused_with_what_to_do(
    embedded: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, answer in (("postgres", 'echo "postgres (PostgreSQL) 14.9"'), ("initdb", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("LEERHUIS_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(DatabaseError, match=r"No PostgreSQL 15 or newer.*14 in .*set DATABASE_URL"):
        programs.find_programs()
    with pytest.raises(DatabaseError, match="which made the data"):
        embedded.start()


def test_the_machines_own_programs_do_as_well(tmp_path: Path, embedded: EmbeddedPostgres) -> None:
    package, *others = [folder for folder in programs.program_folders() if programs.version_of(folder)]
    if not others:
        pytest.skip("no other PostgreSQL on this machine")
    environment = {**os.environ, "LEERHUIS_POSTGRES_BIN": str(others[-1])}
    with running_elsewhere(embedded.home.parent / "other", environment):
        other = EmbeddedPostgres(embedded.home.parent / "other")
        version = programs.version_of(others[-1])
        assert str(ask(other, "SHOW server_version")).startswith(f"{version}.")
    assert package != others[-1]


def test_the_log_of_the_database_carries_no_values(embedded: EmbeddedPostgres) -> None:
    embedded.start()
    with psycopg.connect(embedded.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS addresses (mail text UNIQUE)")
        connection.execute("DELETE FROM addresses")
        for statement in (
            "INSERT INTO addresses VALUES ('canary-7f3@example.org'), ('canary-7f3@example.org')",
            "SELECT 'canary-7f3@example.org'::int",
            "SELECT canary-7f3 FROM",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::text::int", ["canary-7f3"])
    embedded.stop()
    assert "canary" not in embedded.log.read_text()


def test_an_own_database_replaces_the_embedded_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@elsewhere/own")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.setenv("DATABASE_KEEPER_URL", "postgresql://keeper@elsewhere/own")
    with database_running(tmp_path / "var") as urls:
        assert (urls.web, urls.owner) == ("postgresql://web@elsewhere/own",) * 2
        assert urls.keeper == "postgresql://keeper@elsewhere/own"
    assert database_urls(tmp_path / "var") == urls
    assert list(tmp_path.iterdir()) == []


def test_many_processes_share_one_throw_away_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    program = "from leerhuis.config.postgres import test_cluster; print(test_cluster())"
    askers = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)]
    answers = {asker.communicate(timeout=60)[0].decode().strip() for asker in askers}
    assert answers == {test_cluster()}
    with psycopg.connect(test_cluster()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def server_of(embedded: EmbeddedPostgres) -> int:
    """Return the process number of the running server."""
    return int((embedded.data / "postmaster.pid").read_text().split()[0])


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a condition; fail when it does not come true."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


class running_elsewhere:  # noqa: N801  (reads as a sentence)
    """A database of this home, run by another process for the length of a `with`."""

    def __init__(self, home: Path, environment: dict[str, str] | None = None) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-c", KEEPS_IT_RUNNING, str(home)], stdout=subprocess.PIPE, env=environment
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        assert self.parent.stdout is not None
        assert self.parent.stdout.readline() == b"up\n"
        return self.parent

    def __exit__(self, *_: object) -> None:
        self.parent.kill()
        self.parent.communicate()

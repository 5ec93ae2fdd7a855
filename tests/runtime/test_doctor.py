"""The doctor sees what is wrong, says what it means and what to do, and changes nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.models.functions import Now

from leerhuis.academies.models import Academy
from leerhuis.base.edge import enter_schema
from leerhuis.config import doctor
from leerhuis.config.cli.command import main
from leerhuis.config.doctor import Finding, examine, has_wrong
from leerhuis.documents import disk
from leerhuis.documents.actions import forget_person
from leerhuis.documents.tests.factories import BY, a_document
from leerhuis.mail.models import Message


@pytest.fixture
def shared(db: None) -> Iterator[None]:
    enter_schema(None)
    yield
    enter_schema(None)


def sql(statement: str) -> None:
    """Carry out a statement in the database, in the shared schema."""
    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_finding_that_is_not_ok_says_what_to_do(shared: None) -> None:
    findings = examine()
    assert [finding.check for finding in findings] == [
        *("database", "durability", "migrations", "roles", "worker", "mails", "journal", "audit", "documents"),
        *("suppliers", "terms", "transport", "backups", "scanner", "disk", "secrets", "frontend", "texts"),
    ]
    assert all(bool(finding.todo) == (finding.state != "ok") for finding in findings)
    assert all(finding.meaning.endswith(".") for finding in findings)


def test_a_database_that_forgets_is_wrong(shared: None) -> None:
    found = doctor.durability()
    assert found.state == "wrong"
    assert "fsync, full_page_writes, synchronous_commit off" in found.meaning.replace("data_checksums, ", "")


def test_tables_of_another_version_are_wrong_in_each_academy_by_name(shared: None) -> None:
    assert doctor.migrations().state == "ok"
    academy = Academy.objects.get(schema_name="kjenning")
    sql(f"DELETE FROM {academy.schema_name}.django_migrations WHERE app = 'people'")
    found = doctor.migrations()
    assert found.state == "wrong"
    assert academy.name in found.meaning
    assert "the shared tables" not in found.meaning
    assert found.todo == "Run `leerhuis migrate`."


def test_a_silent_worker_is_wrong_and_one_that_lives_is_not(shared: None) -> None:
    sql("DELETE FROM procrastinate_workers")
    assert doctor.worker().state == "wrong"
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '91 seconds')")
    assert "for 91 seconds" in doctor.worker().meaning
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 seconds'")
    assert doctor.worker() == Finding("worker", "ok", "A worker gave a sign of life 5 seconds ago.")


SUPERUSER = "(SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin LIMIT 1)"


@pytest.mark.parametrize(
    ("login", "state", "words"),
    [
        ("a_web", "ok", ""),
        ("a_maker", "wrong", "may make roles (CREATEROLE)"),
        ("superuser", "wrong", "is a superuser"),
    ],
)
def test_a_role_that_could_go_round_the_rights_is_wrong(
    shared: None, monkeypatch: pytest.MonkeyPatch, login: str, state: str, words: str
) -> None:
    sql("CREATE ROLE a_web LOGIN")
    sql("CREATE ROLE a_maker LOGIN CREATEROLE")
    name = doctor.one_value(f"SELECT {SUPERUSER}") if login == "superuser" else login
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://leerhuis_owner@/leerhuis")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{name}@/leerhuis")
    monkeypatch.setenv("DATABASE_KEEPER_URL", "postgresql://a_web@/leerhuis")
    found = doctor.roles()
    assert (found.state, words in found.meaning) == (state, True)


def test_one_role_for_everything_is_a_warning(shared: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://leerhuis_owner@/leerhuis")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.delenv("DATABASE_KEEPER_URL", raising=False)
    assert doctor.roles().state == "warning"


@pytest.mark.parametrize(
    ("state", "minutes", "found"), [("waiting", 16, "wrong"), ("waiting", 5, "ok"), ("failed", 60, "warning")]
)
def test_mails_that_do_not_go_out_are_counted_by_academy(
    academy: Academy, state: str, minutes: int, found: str
) -> None:
    message = Message.objects.create(
        kind="people.invited", cause="people.PersonInvited", to_address="lies@example.org", language="nl",
        title="canary", body="canary", state=state, try_after=Now() - timedelta(minutes=minutes),
    )  # fmt: skip
    finding = doctor.mails()
    assert finding.state == found
    assert (f"{academy.name}: 1" in finding.meaning) == (found != "ok")
    assert "lies" not in finding.meaning
    assert Message.objects.get(pk=message.pk).state == state


@pytest.mark.parametrize(("free", "state"), [(16, "ok"), (14, "warning"), (4, "wrong")])
def test_a_full_disk_is_seen_coming(monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    usage = type("Usage", (), {"total": 100, "free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert doctor.disk().state == state


def test_weak_and_open_secrets_are_wrong(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.SECRET_KEY = "short"
    assert "5 characters" in doctor.secrets().meaning
    settings.SECRET_KEY = "Zk3v-9Qw_7uYt1RpLmN0bXcVaSdFgHjK2e4r6T8y5U1i3O7pAq"
    assert doctor.secrets().state == "ok"
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "word").write_text("x")
    (tmp_path / "secrets" / "word").chmod(0o640)
    assert doctor.secrets().state == "wrong"
    assert "word" in doctor.secrets().meaning


def test_browser_code_that_is_not_built_is_wrong(settings: LazySettings, tmp_path: Path) -> None:
    settings.DJANGO_VITE = {"default": {"manifest_path": tmp_path / "manifest.json"}}
    assert doctor.frontend().state == "wrong"
    (tmp_path / "manifest.json").touch()
    assert doctor.frontend().state == "ok"


def test_a_check_that_the_database_refuses_is_a_finding(shared: None) -> None:
    sql("ALTER TABLE procrastinate_workers RENAME TO gone")
    found = doctor.examined(doctor.worker)
    assert (found.check, found.state) == ("worker", "wrong")


def test_wrong_is_exit_code_one_and_json_holds_the_same_findings(
    shared: None, capsys: pytest.CaptureFixture[str]
) -> None:
    sql("DELETE FROM procrastinate_workers")
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {finding["check"]: finding["state"] for finding in told}["worker"] == "wrong"
    assert set(told[0]) == {"check", "state", "meaning", "todo"}


def test_a_warning_alone_is_not_wrong() -> None:
    assert not has_wrong([Finding("disk", "warning", "Little space.", "Make room."), Finding("texts", "ok", "Fine.")])
    assert has_wrong([Finding("disk", "ok", "Fine."), Finding("texts", "wrong", "Old.", "Compile.")])


@pytest.fixture
def folders(tmp_path: Path, settings: LazySettings) -> Path:
    """Folders of documents and keys for one test."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))
    return tmp_path


def test_a_document_without_its_file_is_wrong(academy: Academy, folders: Path) -> None:
    document = a_document(uuid4())
    assert doctor.documents().state == "ok"
    disk.remove(disk.place_of(document.id))
    assert doctor.documents().state == "wrong"
    assert f"{academy.name}: 1" in doctor.documents().meaning


def test_an_erasure_that_waits_and_keys_without_copy_are_warnings(academy: Academy, folders: Path) -> None:
    person = uuid4()
    a_document(person)
    (folders / "c").rename(folders / "unplugged")
    assert "has its copy" in doctor.documents().meaning
    (folders / "unplugged").rename(folders / "c")
    forget_person(person, by=BY)
    assert doctor.documents().state == "warning"
    assert f"{academy.name}: 2" in doctor.documents().meaning


@pytest.mark.parametrize(
    ("chosen", "state"), [("", "ok"), ("unix:/nowhere/clamd.ctl", "warning"), ("tcp:10.0.0.8:3310", "wrong")]
)
def test_a_scanner_that_does_not_answer_is_told(settings: LazySettings, chosen: str, state: str) -> None:
    settings.SCANNER = chosen
    assert doctor.scanner().state == state

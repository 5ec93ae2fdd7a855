"""What the database lets a page and a worker do: asked of the real roles, not of our own code."""

from collections.abc import Callable

import psycopg
import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from leerhuis.academies.actions import grant_role, repair_academy
from leerhuis.academies.models import Academy
from leerhuis.audit import journal
from leerhuis.audit.actions import look, note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.audit.models import Note
from leerhuis.base.edge import at_shared_tables, edge
from leerhuis.base.ids import uuid7
from leerhuis.charter.records import Record, WebMay
from leerhuis.config import rights
from leerhuis.people.models import Person
from tests.cast import Cast

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
KEPT = ("journal_entry", "look", "note", "submission")


def rights_of(role: str, schema: str) -> dict[str, str]:
    """Return, for each table of an academy, what the database lets a role do with it."""
    question = """
        SELECT relname, string_agg(asked, ', ' ORDER BY place)
               FILTER (WHERE has_table_privilege(%s::name, class.oid, asked))
        FROM pg_class class JOIN pg_namespace namespace ON namespace.oid = relnamespace,
             unnest(%s::text[]) WITH ORDINALITY AS each(asked, place)
        WHERE nspname = %s AND relkind = 'r' GROUP BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(question, [role, list(RIGHTS), schema])
        return dict(cursor.fetchall())


def test_each_table_gives_pages_exactly_what_its_model_says(academy: Academy) -> None:
    declared = {model._meta.db_table: model.web_may for model in apps.get_models() if issubclass(model, Record)}
    found = rights_of(academy.web_role, academy.schema_name)
    assert found == {table: declared.get(table, WebMay.CHANGE).value for table in found}
    assert set(KEPT) <= {table for table, may in declared.items() if may is WebMay.ADD}


def test_the_worker_may_change_every_row_and_no_table(academy: Academy) -> None:
    assert set(rights_of(academy.db_role, academy.schema_name).values()) == {WebMay.CHANGE.value}


def refused(statement: str) -> bool:
    """Whether the database refuses a statement for want of rights."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET created_at = now()", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} ADD x int", "DROP TABLE {}"],
)
def test_a_page_cannot_change_what_was_written_down(academy: Academy, table: str, statement: str) -> None:
    with edge(academy, as_web=True):
        assert refused(statement.format(table))


def test_a_worker_may_delete_what_has_had_its_time_and_makes_no_tables(academy: Academy) -> None:
    with edge(academy):
        assert [refused(f"DELETE FROM {table}") for table in KEPT] == [False] * 4
        assert refused("CREATE TABLE mine (x int)")
        assert refused("ALTER TABLE note ADD x int")
        assert refused("DROP TABLE note")


def test_a_page_makes_no_tables_not_even_for_a_while(academy: Academy) -> None:
    with edge(academy, as_web=True):
        assert refused("CREATE TABLE mine (x int)")
        assert refused("CREATE TABLE public.mine (x int)")


def test_a_page_adds_to_audit_and_journal(academy: Academy) -> None:
    by = Actor.person(uuid7(), "clerk")
    with edge(academy, as_web=True):
        written = note("look", Note(verb="x"), by=by)
        assert look(by=by, subjects=[uuid7()], purpose="people.account", screen="list") == 1
        journal.write(Operation.HELD, uuid7(), by=by)
        assert Note.objects.filter(pk=written.pk).exists()


def test_every_request_has_the_rights_of_a_page(
    academy: Academy, cast: Cast, as_: Callable[[Person], Client], settings: LazySettings
) -> None:
    """Though the tests themselves sign in as the owner."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.floors.test_rights.TellRole"]
    assert as_(cast.learner).get("/me/details/")["X-Role"] == academy.web_role
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (academy.db_role,)


class TellRole:
    """Says in a header as which role a request was answered."""

    def __init__(self, get_response: Callable[..., object]) -> None:
        self.get_response = get_response

    def __call__(self, request: object) -> object:
        """Answer one request."""
        response = self.get_response(request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            response["X-Role"] = cursor.fetchone()[0]
        return response


def test_what_was_granted_by_hand_is_taken_away_by_migrating(academy: Academy) -> None:
    with at_shared_tables():
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT UPDATE, TRUNCATE ON {academy.schema_name}.note TO {academy.web_role}")
        assert rights_of(academy.web_role, academy.schema_name)["note"] == "SELECT, INSERT, UPDATE, TRUNCATE"
        grant_role(academy)
        assert rights_of(academy.web_role, academy.schema_name)["note"] == "SELECT, INSERT"


def test_a_table_that_comes_later_can_be_read_and_added_to_until_it_says_more(academy: Academy) -> None:
    with at_shared_tables():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {academy.schema_name}.later (x int)")
        assert rights_of(academy.web_role, academy.schema_name)["later"] == "SELECT, INSERT"
        repair_academy(academy)
        assert rights_of(academy.web_role, academy.schema_name)["later"] == WebMay.CHANGE.value


def test_the_tables_that_the_start_asks_about_are_all_that_pages_may_not_change() -> None:
    models = [model for model in apps.get_models() if issubclass(model, Record)]
    assert sorted(each._meta.db_table for each in models if each.web_may is not WebMay.CHANGE) == list(rights.KEPT)


@pytest.mark.parametrize("table", ["seal", "seal_release", "seal_event", "seal_check", "journal_head"])
@pytest.mark.parametrize(
    "statement", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET created_at = now()", "DELETE FROM {}"]
)
def test_a_page_writes_no_seal(academy: Academy, table: str, statement: str) -> None:
    with edge(academy, as_web=True):
        assert refused(statement.format(table))


@pytest.fixture
def stranger_login(academy: Academy) -> Callable[..., list[str]]:
    """A login of its own, to which something is granted; returns what is found wrong with it."""

    def ask(granted: str, of: rights.Login = "pages") -> list[str]:
        owner = str(connection.settings_dict["USER"])
        with at_shared_tables(), connection.cursor() as cursor:
            cursor.execute("CREATE ROLE a_web LOGIN")
            cursor.execute("GRANT a_web TO CURRENT_USER")
            if granted:
                names = {"keeper": academy.db_role, "web": academy.web_role, "schema": academy.schema_name}
                names["no_more"] = "REVOKE CREATE ON SCHEMA public FROM a_web"
                cursor.execute(granted.format(**names))
            return rights.strengths(connection.connection, "a_web", owner, of=of)

    return ask


CHANGES = "may change what audit wrote down"


@pytest.mark.parametrize(
    ("granted", "found"),
    [
        ("", []),
        ("GRANT {web} TO a_web", []),
        ("GRANT {keeper} TO a_web", [CHANGES]),
        ("ALTER ROLE a_web NOINHERIT; GRANT {keeper} TO a_web", [CHANGES]),
        ("GRANT UPDATE ON {schema}.look TO a_web", [CHANGES]),
        ("GRANT DELETE ON {schema}.seal TO a_web", [CHANGES]),
        ("GRANT TRUNCATE ON {schema}.note TO a_web", [CHANGES]),
        ("ALTER ROLE a_web CREATEROLE", ["may make roles (CREATEROLE)"]),
        (
            "GRANT CREATE ON SCHEMA public TO a_web; ALTER TABLE public.tally OWNER TO a_web; {no_more}",
            ["owns tables"],
        ),
        ("GRANT CREATE ON SCHEMA {schema} TO a_web", ["may make tables"]),
        ("CREATE ROLE between CREATEROLE; GRANT between TO a_web", ["may make roles (CREATEROLE)"]),
    ],
    ids=[
        "nothing", "the pages' role", "the worker's role", "the worker's role without inheriting", "one right",
        "seals", "emptying", "makes roles", "owns", "makes tables", "makes roles by way of another role",
    ],
)  # fmt: skip
def test_a_login_that_could_go_round_its_rights_is_found(
    stranger_login: Callable[..., list[str]], granted: str, found: list[str]
) -> None:
    assert stranger_login(granted) == found


@pytest.mark.parametrize(
    ("granted", "found"),
    [
        ("GRANT {keeper} TO a_web", []),
        ("GRANT CREATE ON SCHEMA {schema} TO a_web", ["may make tables"]),
        ("ALTER ROLE a_web CREATEROLE", ["may make roles (CREATEROLE)"]),
    ],
    ids=["changes rows", "makes tables", "makes roles"],
)
def test_a_worker_may_change_rows_and_nothing_else(
    stranger_login: Callable[..., list[str]], granted: str, found: list[str]
) -> None:
    assert stranger_login(granted, of="worker") == found


def test_a_superuser_is_found_by_one_word(academy: Academy) -> None:
    """The tests' owner is none, so a role that every cluster has is asked about: whoever installed it."""
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin LIMIT 1")
        (superuser,) = cursor.fetchone()
        assert rights.strengths(connection.connection, superuser, "somebody") == ["is a superuser"]


def test_the_logins_of_this_installation_are_held_back(academy: Academy, settings: LazySettings) -> None:
    with at_shared_tables():
        connection.ensure_connection()
        for login, of in ((settings.WEB_LOGIN, "pages"), (settings.KEEPER_LOGIN, "worker")):
            if login != settings.OWNER_LOGIN:
                assert rights.strengths(connection.connection, login, settings.OWNER_LOGIN, of=of) == []

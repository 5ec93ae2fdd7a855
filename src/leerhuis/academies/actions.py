"""Founding an academy: schema, tables, database roles, grants and hosts. Runs in the owner's process only."""

from typing import Any

from django.apps import apps
from django.conf import settings as project_settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from leerhuis.academies.migrating import migrate_academy
from leerhuis.academies.models import Academy, Host
from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import PUBLIC, edge, enter_schema
from leerhuis.base.refusals import Refusal
from leerhuis.charter.records import Record, WebMay

MAINTAIN_SINCE = 170_000
QUEUE_TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers")


class AlreadyFounded(Refusal):
    """There is an academy with this key or host already."""

    message = _("There is already an academy with this key or host. Choose another, or use the existing one.")


def found_academy(chosen: AcademySettings) -> Academy:
    """Found an academy: its row and hosts, its schema with all tables, its database role with grants.

    Needs the owner's database connection. Refuses AlreadyFounded. One transaction: nobody, no worker either, sees the
    academy before its schema, tables and role are there, and when it breaks half-way nothing of it stays.
    """
    enter_schema(None)
    with edge():
        return _found(chosen)


def _found(chosen: AcademySettings) -> Academy:
    taken = (
        Academy.objects.filter(schema_name=chosen.key).exists() or Host.objects.filter(domain__in=chosen.hosts).exists()
    )
    if taken:
        raise AlreadyFounded
    academy = Academy(schema_name=chosen.key, name=chosen.name, chosen=chosen.model_dump(mode="json"))
    academy.save()
    for place, host in enumerate(chosen.hosts):
        Host.objects.create(domain=host, tenant=academy, is_primary=place == 0)
    repair_academy(academy)
    return academy


def repair_academy(academy: Academy) -> None:
    """Bring an academy's schema, tables, role and grants up to date; harmless when they are."""
    migrate_academy(academy)
    grant_role(academy)


def grant_role(academy: Academy) -> None:
    """Make the academy's two database roles and give them its schema, the queue, and nothing else.

    The worker's may change every row; that of the pages cannot change or delete what a table keeps for good
    (`Record.web_may`). Neither owns anything. They are taken for a transaction (``SET LOCAL ROLE``) and are a
    seat-belt against a fault in our own code; a login that is not a member of one cannot take it at all.
    """
    places = {"schema": sql.Identifier(academy.schema_name), "public": sql.Identifier(PUBLIC), "database": _database()}
    everything = _tables_of(academy)
    with connection.cursor() as cursor:
        # Two academies founded at once would both change the rights of the shared schema: PostgreSQL refuses one.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('rights of academies', 0))")
        for name, statements in ((academy.db_role, _WORKER_GRANTS), (academy.web_role, _WEB_GRANTS)):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
            for statement in (*statements, *_GRANTS):
                cursor.execute(sql.SQL(statement).format(role=sql.Identifier(name), **places))
            for table in QUEUE_TABLES:
                granted = sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}")
                cursor.execute(granted.format(sql.Identifier(PUBLIC, table), sql.Identifier(name)))
        kept = {model._meta.db_table: model.web_may for model in apps.get_models() if issubclass(model, Record)}
        for may in WebMay:
            tables = [table for table in everything if kept.get(table, WebMay.CHANGE) is may]
            _let_web(academy, may, tables, cursor)
        cursor.execute("SELECT current_setting('server_version_num')::int >= %s", [MAINTAIN_SINCE])
        if cursor.fetchone() == (True,):  # so that the planner's statistics forget the values of rows that were erased
            maintain = sql.SQL("GRANT MAINTAIN ON ALL TABLES IN SCHEMA {} TO {}")
            cursor.execute(maintain.format(sql.Identifier(academy.schema_name), sql.Identifier(academy.db_role)))
        for login, roles in _roles_of_logins(academy).items():
            for name in (academy.db_role, academy.web_role):
                given = "GRANT {} TO {}" if name in roles else "REVOKE {} FROM {}"
                cursor.execute(sql.SQL(given).format(sql.Identifier(name), sql.Identifier(login)))


def _tables_of(academy: Academy) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [academy.schema_name])
        return [name for (name,) in cursor.fetchall()]


def _let_web(academy: Academy, may: WebMay, tables: list[str], cursor: Any) -> None:
    """Give pages what they may do with some tables, and take away what they had beyond it."""
    if not tables:
        return
    names = sql.SQL(", ").join(sql.Identifier(academy.schema_name, table) for table in tables)
    role = sql.Identifier(academy.web_role)
    cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(may.value), names, role))
    beyond = [right for right in _RIGHTS if right not in may.value]
    cursor.execute(sql.SQL("REVOKE {} ON {} FROM {}").format(sql.SQL(", ".join(beyond)), names, role))


def _roles_of_logins(academy: Academy) -> dict[str, set[str]]:
    """Return, for each login of this installation, the roles of an academy that it may take."""
    taken: dict[str, set[str]] = {}
    for login, roles in (
        (project_settings.OWNER_LOGIN, {academy.db_role, academy.web_role}),
        (project_settings.KEEPER_LOGIN, {academy.db_role}),
        (project_settings.WEB_LOGIN, {academy.web_role}),
    ):
        taken.setdefault(login, set()).update(roles)
    return taken


_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_WORKER_GRANTS = (
    "GRANT TEMPORARY ON DATABASE {database} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
)
# A table that comes later is read and added to by pages, until the lines above say what more they may.
_WEB_GRANTS = ("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT ON TABLES TO {role}",)
_GRANTS = (
    "GRANT USAGE ON SCHEMA {schema}, {public} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {public} TO {role}",
)


def grant_shared() -> None:
    """Give the web's and the worker's database logins what they need of the shared tables, and nothing else.

    They find academies and work the queue; they may change no table's form. Harmless when nothing changed.
    """
    enter_schema(None)
    logins = {project_settings.WEB_LOGIN, project_settings.KEEPER_LOGIN} - {project_settings.OWNER_LOGIN}
    with connection.cursor() as cursor:
        for login in sorted(logins):
            for statement in _SHARED_GRANTS:
                cursor.execute(sql.SQL(statement).format(login=sql.Identifier(login), public=sql.Identifier(PUBLIC)))
        for statement in _NOBODYS:
            cursor.execute(sql.SQL(statement).format(database=_database(), public=sql.Identifier(PUBLIC)))


def _database() -> sql.Identifier:
    return sql.Identifier(str(connection.settings_dict["NAME"]))


# What PostgreSQL gives to everybody by itself: making tables, if only for as long as one is signed in.
_NOBODYS = (
    "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC",
    "REVOKE CREATE ON SCHEMA {public} FROM PUBLIC",
)


_SHARED_GRANTS = (
    "GRANT USAGE ON SCHEMA {public} TO {login}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {public} TO {login}",
    "GRANT INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events TO {login}",
    "GRANT INSERT, UPDATE, DELETE ON procrastinate_periodic_defers, procrastinate_workers TO {login}",
    "GRANT INSERT, UPDATE, DELETE ON tally TO {login}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {public} TO {login}",
)

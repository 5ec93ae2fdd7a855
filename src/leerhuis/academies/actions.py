"""Founding an academy: schema, tables, database role, grants and hosts. Runs in the owner's process only."""

from django.conf import settings as project_settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from leerhuis.academies.models import Academy, Host
from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import PUBLIC, enter_schema
from leerhuis.base.refusals import Refusal

QUEUE_TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers")


class AlreadyFounded(Refusal):
    """There is an academy with this key or host already."""

    message = _("There is already an academy with this key or host. Choose another, or use the existing one.")


def found_academy(chosen: AcademySettings) -> Academy:
    """Found an academy: its row and hosts, its schema with all tables, its database role with grants.

    Needs the owner's database connection. Refuses AlreadyFounded. Changes tables, so it is no action of one
    transaction: when it breaks half-way, `repair_academy` finishes it.
    """
    enter_schema(None)
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
    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(academy.schema_name)))
    call_command("migrate_schemas", schema_name=academy.schema_name, interactive=False, verbosity=0)
    enter_schema(None)
    grant_role(academy)


def grant_role(academy: Academy) -> None:
    """Make the academy's database role and give it its own schema, the queue, and nothing else.

    The role is a seat-belt for the web's and the worker's transactions (``SET LOCAL ROLE``).
    """
    role, schema, public = (sql.Identifier(n) for n in (academy.db_role, academy.schema_name, PUBLIC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [academy.db_role])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(role=role, schema=schema, public=public))
        for table in QUEUE_TABLES:
            cursor.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(sql.Identifier(PUBLIC, table), role)
            )
        for login in project_settings.DATABASE_LOGINS:
            cursor.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(login)))


_GRANTS = (
    "GRANT USAGE ON SCHEMA {schema}, {public} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {public} TO {role}",
)


def grant_shared() -> None:
    """Give the web's and the worker's database logins what they need of the shared tables, and nothing else.

    They find academies and work the queue; they may change no table's form. Harmless when nothing changed.
    """
    enter_schema(None)
    own = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        for login in project_settings.DATABASE_LOGINS:
            if login == own:
                continue
            for statement in _SHARED_GRANTS:
                cursor.execute(sql.SQL(statement).format(login=sql.Identifier(login), public=sql.Identifier(PUBLIC)))


_SHARED_GRANTS = (
    "GRANT USAGE ON SCHEMA {public} TO {login}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {public} TO {login}",
    "GRANT INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events TO {login}",
    "GRANT INSERT, UPDATE, DELETE ON procrastinate_periodic_defers, procrastinate_workers TO {login}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {public} TO {login}",
)

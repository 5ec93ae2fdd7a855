"""Bringing tables up to date: the shared ones with the packages that have rows there, an academy's with all of them."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from leerhuis.academies.models import Academy
from leerhuis.base.edge import enter_schema
from leerhuis.base.refusals import Refusal


class TooOld(Refusal):
    """The tables were made by a state from which no single step leads to this one."""

    message = _("These tables are too old for this version. Upgrade to commit 7d172ef first, then to this version.")


def migrate_shared() -> None:
    """Bring the shared tables up to date. The tables of academies are not gone through: that takes most of the time."""
    enter_schema(None)
    _refuse_too_old()
    for label in sorted(_shared_labels() & MigrationLoader(connection).migrated_apps):
        call_command("migrate_schemas", label, shared=True, interactive=False, verbosity=0)


def migrate_academy(academy: Academy) -> None:
    """Bring an academy's schema and its tables up to date."""
    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(academy.schema_name)))
    enter_schema(academy)
    _refuse_too_old()
    call_command("migrate_schemas", schema_name=academy.schema_name, interactive=False, verbosity=0)
    enter_schema(None)


def is_behind(academy: Academy | None) -> bool:
    """Whether the tables of an academy (None: the shared ones) lack a migration; leaves its schema entered."""
    enter_schema(academy)
    executor = MigrationExecutor(connection)
    shared = _shared_labels()
    last = [node for node in executor.loader.graph.leaf_nodes() if academy or node[0] in shared]
    return bool(executor.migration_plan(last)) or _is_too_old(executor.loader)


def _refuse_too_old() -> None:
    if _is_too_old(MigrationLoader(connection)):
        raise TooOld


def _is_too_old(loader: MigrationLoader) -> bool:
    """Whether some, but not all, migrations that one stands for were carried out: Django would pass that one over."""
    done, there = loader.applied_migrations.keys(), loader.disk_migrations.keys()
    gone = [set(each.replaces) - there for each in loader.disk_migrations.values()]
    return any(done & earlier not in (set(), earlier) for earlier in gone)


def _shared_labels() -> set[str]:
    """Return the packages with tables that all academies share."""
    return {each.label for each in apps.get_app_configs() if each.name in settings.SHARED_APPS}

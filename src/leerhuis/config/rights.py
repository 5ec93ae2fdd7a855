"""Whether the database holds the logins of pages and worker back; one that could take any right is refused at start."""

from typing import Final, Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict

from leerhuis.config.postgres import DatabaseUrls

# Tables of which a page may add rows at most (`Record.web_may`); a test holds the list to the models.
KEPT: Final = (
    "choice",
    "conditions_version",
    "flow",
    "given",
    "journal_entry",
    "journal_head",
    "look",
    "note",
    "removal",
    "seal",
    "seal_check",
    "seal_event",
    "seal_release",
    "submission",
    "wording",
)
# A login can act as every role of which it is a member, with or without inheriting from it (SET ROLE), so all of them
# are asked: for rights that give all others, for tables of their own, for reading and writing past every right, for
# making tables, and for changing what was written down.
QUESTION: Final = """
WITH reach AS (SELECT * FROM pg_roles WHERE pg_has_role(%(login)s, oid, 'MEMBER') OR rolname = %(login)s)
SELECT bool_or(rolsuper), bool_or(rolbypassrls), bool_or(rolcreaterole), bool_or(rolreplication),
       EXISTS (SELECT FROM pg_class WHERE relowner IN (SELECT oid FROM reach)),
       bool_or(rolname = %(owner)s AND rolname <> %(login)s),
       bool_or(rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
                           'pg_execute_server_program')),
       bool_or(has_database_privilege(oid, current_database(), 'CREATE'))
       OR EXISTS (SELECT FROM pg_namespace space, reach WHERE nspname NOT LIKE 'pg\\_%%'
                  AND has_schema_privilege(reach.oid, space.oid, 'CREATE')),
       EXISTS (SELECT FROM pg_class class, reach WHERE class.relname = ANY(%(kept)s) AND relkind = 'r'
               AND has_table_privilege(reach.oid, class.oid, 'UPDATE, DELETE, TRUNCATE'))
FROM reach
"""
FAULTS: Final = (
    "is a superuser",
    "passes by row security (BYPASSRLS)",
    "may make roles (CREATEROLE)",
    "may copy the whole database (REPLICATION)",
    "owns tables",
    "is a member of the owner",
    "is a member of a role of PostgreSQL that reads or writes everything",
    "may make tables",
    "may change what audit wrote down",
)
Login = Literal["pages", "worker"]


class TooStrong(Exception):
    """A login could go round the rights of the database; the words say how, and what to do."""


def strengths(
    connection: "psycopg.Connection[tuple[bool, ...]]", login: str, owner: str, *, of: Login = "pages"
) -> list[str]:
    """Return in words what a login may that no page or no worker may, nothing when it is held back.

    The worker deletes what has had its time, so that it may change rows is no fault of it.
    """
    values = {"login": login, "owner": owner, "kept": list(KEPT) if of == "pages" else []}
    row = connection.execute(QUESTION, values).fetchone() or ()
    if row and row[0]:
        return [FAULTS[0]]  # and so all others
    return [fault for fault, has in zip(FAULTS, row, strict=False) if has]


def refuse_strong(urls: DatabaseUrls, of: Login) -> None:
    """Raise TooStrong when a login is not held back. A database that does not answer is no reason."""
    url, name = (urls.web, "DATABASE_URL") if of == "pages" else (urls.keeper, "DATABASE_KEEPER_URL")
    login, owner = (str(conninfo_to_dict(each).get("user") or "") for each in (url, urls.owner))
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = strengths(connection, login, owner, of=of)
    except psycopg.OperationalError:
        return
    if found:
        raise TooStrong(
            f"{name} signs in as {login}, which {', '.join(found)}: a fault in the program could do that, too."
            " Give web, worker and owner a role each (docs/howto/install.md), then run `leerhuis migrate`."
        )

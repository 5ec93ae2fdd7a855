"""Whether the database holds the login of the pages back; one that could take any right is refused at the start."""

from typing import Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from leerhuis.config.postgres import DatabaseUrls

# Rights with which a role could give itself all others; tables that it owns; the owner whose member it is.
QUESTION: Final = """
SELECT role.rolsuper, role.rolbypassrls, role.rolcreaterole,
       EXISTS (SELECT FROM pg_class WHERE relowner = role.oid),
       coalesce((SELECT pg_has_role(role.oid, owner.oid, 'MEMBER') FROM pg_roles owner
                 WHERE owner.rolname = %(owner)s AND owner.oid <> role.oid), false),
       coalesce((SELECT bool_or(has_table_privilege(role.oid, class.oid, 'UPDATE, DELETE, TRUNCATE'))
                 FROM pg_class class WHERE class.relname IN ('note', 'look', 'journal_entry') AND relkind = 'r'), false)
FROM pg_roles role WHERE role.rolname = %(login)s
"""
FAULTS: Final = (
    "is a superuser",
    "passes by row security (BYPASSRLS)",
    "may make roles (CREATEROLE)",
    "owns tables",
    "is a member of the owner",
    "may change what audit wrote down",
)


class TooStrong(Exception):
    """The pages' login could go round the rights of the database; the words say how, and what to do."""


def strengths(connection: "psycopg.Connection[tuple[bool, ...]]", login: str, owner: str) -> list[str]:
    """Return in words what a login may that no page may, nothing when it is held back."""
    row = connection.execute(QUESTION, {"login": login, "owner": owner}).fetchone() or ()
    return [fault for fault, has in zip(FAULTS, row, strict=False) if has]


def refuse_strong_web(urls: DatabaseUrls) -> None:
    """Raise TooStrong when the login of the pages is not held back. A database that does not answer is no reason."""
    login, owner = (str(conninfo_to_dict(url).get("user") or "") for url in (urls.web, urls.owner))
    try:
        with psycopg.connect(urls.web, connect_timeout=10) as connection:
            found = strengths(connection, login, owner)
    except psycopg.OperationalError:
        return
    if found:
        raise TooStrong(
            f"DATABASE_URL signs in as {login}, which {', '.join(found)}: a fault in a page could do that, too."
            " Give web, worker and owner a role each (docs/howto/install.md), then run `leerhuis migrate`."
        )

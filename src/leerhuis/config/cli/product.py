"""How a command gets hold of the product: the database is there, Django is set up, faults become plain words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from leerhuis.config.cli import exits
from leerhuis.config.home import leerhuis_home
from leerhuis.config.postgres import InUse, Role, database_running
from leerhuis.config.programs import DatabaseError


@contextmanager
def product(role: Role = "owner") -> Iterator[None]:
    """Have the product ready, with its database, for the length of a `with`.

    `role` is the database role of this process. An embedded database that does not run is started for as long. Leaves
    by `exits.Stop` with NOT_READY when the database cannot be reached.
    """
    try:
        with database_running(leerhuis_home()):
            set_up(role)
            with reached():
                yield
    except InUse as error:
        raise exits.Stop(str(error), exits.NOT_READY) from error
    except DatabaseError as error:
        raise exits.Stop(str(error), exits.NOT_READY) from error


@contextmanager
def reached() -> Iterator[None]:
    """Turn the loss of the database into plain words; its own words may quote an address, so they are not shown."""
    from django.db import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedColumn, UndefinedTable
    from psycopg_pool import PoolTimeout

    from leerhuis.base.refusals import Refusal

    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        words = "The database cannot be reached. Is it running, and is DATABASE_URL right?"
        raise exits.Stop(f"{words} `leerhuis doctor` tells more.", exits.NOT_READY) from error
    except ProgrammingError as error:
        if not isinstance(error.__cause__, (UndefinedTable, UndefinedColumn)):
            raise
        words = "The tables are not those of this version: run `leerhuis migrate` first."
        raise exits.Stop(words, exits.NOT_READY) from error
    except Refusal as refusal:
        raise exits.Stop(str(refusal)) from refusal


def set_up(role: Role = "owner") -> None:
    """Set Django up for this process, in a database role, without a pool; needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = role
    os.environ["LEERHUIS_POOL"] = "0"
    os.environ.setdefault("LEERHUIS_LOG_LEVEL", "WARNING")
    import django

    django.setup()

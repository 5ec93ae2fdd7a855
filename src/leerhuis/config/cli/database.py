"""`leerhuis database`: runs the embedded database alone, for work on the product or a look inside."""

import argparse
import signal
import threading

from leerhuis.config.cli import exits
from leerhuis.config.home import leerhuis_home
from leerhuis.config.postgres import EmbeddedPostgres, InUse, database_urls, own_database
from leerhuis.config.programs import DatabaseError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis database`."""
    words = "run the embedded database alone and print its addresses"
    parser = commands.add_parser("database", help=words, description=f"{words.capitalize()}; Ctrl-C stops it.")
    parser.set_defaults(carry_out=run_database)


def run_database(_asked: argparse.Namespace) -> int:
    """Run the embedded database in the foreground until Ctrl-C or SIGTERM; print lines for a shell to take over."""
    if own_database():
        raise exits.Stop("DATABASE_URL is set: the database is your own, nothing is started here.")
    home = leerhuis_home()
    embedded = EmbeddedPostgres(home)
    try:
        embedded.start()
    except InUse as in_use:
        raise exits.Stop(str(in_use), exits.NOT_READY) from in_use
    except DatabaseError as error:
        raise exits.Stop(str(error)) from error
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    signal.signal(signal.SIGINT, lambda *_: over.set())
    urls = database_urls(home)
    print(f"export DATABASE_URL='{urls.web}'")
    print(f"export DATABASE_OWNER_URL='{urls.owner}'")
    print(f"export DATABASE_KEEPER_URL='{urls.keeper}'", flush=True)
    while not over.wait(timeout=1):
        if embedded.exit_code() is not None:
            raise exits.Stop(f"The database has ended by itself; see {embedded.log}")
    embedded.stop()
    return exits.GOOD

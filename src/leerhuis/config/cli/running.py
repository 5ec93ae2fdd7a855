"""`leerhuis demo`, `serve` and `work`: everything that keeps running."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from leerhuis.config.backup_settings import WronglyChosen, backup_settings
from leerhuis.config.cli import exits
from leerhuis.config.cli.product import reached, set_up
from leerhuis.config.home import leerhuis_home, weakness
from leerhuis.config.launcher import CannotStart, Launcher, Service, free_port
from leerhuis.config.postgres import EmbeddedPostgres, InUse, database_urls, own_database
from leerhuis.config.programs import DatabaseError
from leerhuis.config.restore import UNFINISHED
from leerhuis.config.rights import TooStrong, refuse_strong

HEARTBEAT_SECONDS = 10.0
FINISH_JOBS_SECONDS = 20.0
NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105  (a command, not a secret)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis demo|serve|work`."""
    for name, function, meaning in (
        ("demo", demo, "run the demo: two academies with invented people; mails stay on this machine"),
        ("serve", serve, "run the product: web and worker, and the embedded database unless DATABASE_URL is set"),
        ("work", work, "run a worker alone: sends mails and does what is waiting; `serve` has one already"),
    ):
        parser = commands.add_parser(
            name,
            help=meaning,
            description=f"{meaning.capitalize()}. Ctrl-C stops it.",
            epilog=ENVIRONMENT + "\n" + exits.EXPLANATION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.set_defaults(carry_out=function)


ENVIRONMENT = """environment:
  LEERHUIS_HOME        where data, secrets and logs are kept (./var)
  LEERHUIS_PORT        the port of the web server (8000)
  LEERHUIS_BIND        the address it listens at (127.0.0.1)
  DATABASE_URL         a PostgreSQL (15 or newer) of your own, as the web's role; DATABASE_OWNER_URL and
                       DATABASE_KEEPER_URL for the roles that change tables and that work in the background
  LEERHUIS_SECRET_KEY  signs links and cookies; `serve` asks for at least 50 random characters
  LEERHUIS_BACKUP_PLACE  the folder of the backups (`leerhuis backup --help` has more); empty: none are made
"""


def demo(_asked: argparse.Namespace) -> int:
    """Run the demo: database, tables, invented data when there is none, letter box, worker, web."""
    own = {
        "LEERHUIS_DEMO": "1",
        "LEERHUIS_SMTP_HOST": "127.0.0.1",
        "LEERHUIS_SMTP_PORT": os.environ.get("LEERHUIS_CATCHER_PORT") or str(free_port()),
        "LEERHUIS_SMTP_TLS": "none",
        "LEERHUIS_LOG_LEVEL": os.environ.get("LEERHUIS_LOG_LEVEL") or "WARNING",
    }
    catcher = Service("mail", [sys.executable, "-m", "leerhuis.config.catcher"], own)
    prepare = Service("prepare", [*this_command(), "migrate", "--with-demo"], own)
    print("Starting the demo of Leerhuis …", flush=True)
    return launch([*web_and_worker(own), catcher], prepare, print_sign_ins)


def serve(_asked: argparse.Namespace) -> int:
    """Run the product. Refuses to start with a secret that is missing, short or known."""
    refuse_weak_secret()
    prepare = Service("prepare", [*this_command(), "migrate"])
    return launch(web_and_worker({}), prepare, print_address)


def work(_asked: argparse.Namespace) -> int:
    """Run a worker until SIGTERM; jobs in progress get a while to finish, the others stay in the queue."""
    refuse_strong_login()
    set_up("keeper")
    from procrastinate.contrib.django import app

    from leerhuis.config.logs import log_uncaught_errors

    log_uncaught_errors()
    from leerhuis.audit.actor import Actor
    from leerhuis.config.garbage import leave_the_program_to_itself
    from leerhuis.config.restored import recover_all

    with reached():
        recover_all(by=Actor.job("audit.replay"))
    leave_the_program_to_itself()
    with reached(), app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(
            concurrency=2,
            fetch_job_polling_interval=5.0,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=6 * HEARTBEAT_SECONDS,
            shutdown_graceful_timeout=FINISH_JOBS_SECONDS,
            delete_jobs="successful",
        )
    return exits.GOOD


def launch(services: list[Service], prepare: Service, when_ready: Callable[[], None]) -> int:
    """Run services under one parent until told to stop; turn what can go wrong at the start into an exit code."""
    home = leerhuis_home()
    os.environ["LEERHUIS_HOME"] = str(home)
    refuse_half_restored(home)
    refuse_wrong_backups(home)
    launcher = Launcher(
        home,
        services,
        database=None if own_database() else EmbeddedPostgres(home),
        tasks=[prepare],
        ready_at=(os.environ.get("LEERHUIS_BIND") or "127.0.0.1", port()),
        when_ready=when_ready,
    )
    try:
        launcher.run()
    except (CannotStart, InUse) as error:
        raise exits.Stop(str(error), exits.NOT_READY) from error
    except DatabaseError as error:
        raise exits.Stop(str(error)) from error
    print("Stopped.", flush=True)
    return exits.GOOD


def web_and_worker(environment: dict[str, str]) -> list[Service]:
    """Return the programs that every installation runs, in the order in which they stop.

    What looks after the backups stops last: it hands over what the others wrote.
    """
    worker = Service("worker", [*this_command(), "work"], environment)
    web = Service("web", [sys.executable, "-m", "leerhuis.config.web"], environment)
    if own_database() or not os.environ.get("LEERHUIS_BACKUP_PLACE"):
        return [web, worker]
    return [web, worker, Service("backups", [sys.executable, "-m", "leerhuis.config.keeping"], environment)]


def this_command() -> list[str]:
    """Return how this very `leerhuis` is called again."""
    return [sys.executable, "-m", "leerhuis.config.cli"]


def port() -> int:
    """Return the port of the web server; leaves by USAGE when LEERHUIS_PORT is no port."""
    chosen = os.environ.get("LEERHUIS_PORT") or "8000"
    if not (chosen.isdecimal() and 0 < int(chosen) < 1 << 16):
        raise exits.Stop(f"LEERHUIS_PORT is {chosen!r}, which is no port: give a number from 1 to 65535.", exits.USAGE)
    return int(chosen)


def address(host: str = "localhost") -> str:
    """Return the address at which a browser on this machine finds a host."""
    return f"http://{host}:{port()}/"


def refuse_weak_secret() -> None:
    """Leave by WRONG when the secret key would let others forge sign-ins and links."""
    fault = weakness(os.environ.get("LEERHUIS_SECRET_KEY"))
    if fault:
        raise exits.Stop(
            f"LEERHUIS_SECRET_KEY {fault}. It signs sign-ins and links, so Leerhuis does not start with it.\n"
            f"Make one with: {NEW_SECRET}\nKeep it outside the repository, and set it for every process."
        )
    if os.environ.get("LEERHUIS_DEMO"):
        raise exits.Stop("LEERHUIS_DEMO is set: that is for `leerhuis demo` only. Unset it to serve.")


def refuse_half_restored(home: Path) -> None:
    """Leave by WRONG where putting back a backup was broken off: half an installation must not be taken for one."""
    if (home / UNFINISHED).exists():
        raise exits.Stop(f"Putting back a backup into {home} was broken off. Run `leerhuis restore` again first.")


def refuse_wrong_backups(home: Path) -> None:
    """Leave by USAGE where the settings of backups cannot be followed; a place that is away now may come back."""
    try:
        chosen = backup_settings(home)
        if chosen.is_on:
            chosen.place()
    except WronglyChosen as fault:
        raise exits.Stop(str(fault), exits.USAGE) from fault


def refuse_strong_login() -> None:
    """Leave by WRONG when the worker signs in as somebody who could change tables or take any right."""
    if os.environ.get("LEERHUIS_DEMO"):
        return
    try:
        refuse_strong(database_urls(), "worker")
    except TooStrong as fault:
        raise exits.Stop(str(fault)) from fault


def print_address() -> None:
    """Tell where the product answers."""
    print(f"Leerhuis answers at {address()}", flush=True)


def print_sign_ins() -> None:
    """Tell where the demo is and with whom one can sign in."""
    from leerhuis.config.demo.signins import SIGN_INS

    print(f"\nLeerhuis is ready: {address()}")
    for sign_in in SIGN_INS:
        print(f"  {sign_in}")
    print(f"Mails are kept in {Path(leerhuis_home(), 'mails')}. Ctrl-C stops everything.\n", flush=True)

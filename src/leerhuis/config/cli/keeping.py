"""`leerhuis retention`: what is past its term, counted or let go; for who cannot or will not wait for the night."""

import argparse
from datetime import UTC, datetime, time

from leerhuis.config.cli import exits
from leerhuis.config.cli.administration import academy_named
from leerhuis.config.cli.product import product


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis retention [academy] [--on DAY] [--run]`."""
    meaning = "count what is past its term, table by table; nothing goes unless --run is given"
    parser = commands.add_parser("retention", help=meaning, description=f"{meaning.capitalize()}.")
    parser.add_argument("academy", nargs="?", help="the key of one academy; otherwise all")
    parser.add_argument("--on", metavar="DAY", type=day, help="count as if it were that day (2027-01-31)")
    parser.add_argument("--run", action="store_true", help="let it go now, as each night does: it may ask first")
    parser.set_defaults(carry_out=retention)


def day(text: str) -> datetime:
    """Return noon of a day as a person types it; raises ValueError."""
    return datetime.combine(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date(), time(12), UTC)


def retention(asked: argparse.Namespace) -> int:
    """Print per academy how many rows of each table are past their term; WRONG when rows stay behind after --run."""
    if asked.run and asked.on:
        raise exits.Stop("--on is for counting only: what goes, goes by the database's own clock.", exits.WRONG)
    with product("keeper" if asked.run else "owner"):
        from leerhuis.academies.queries import all_academies
        from leerhuis.base.edge import at_shared_tables

        with at_shared_tables():
            academies = [academy_named(asked.academy)] if asked.academy else all_academies()
        return max((work(academy, asked) for academy in academies), default=exits.GOOD)


def work(academy: object, asked: argparse.Namespace) -> int:
    """Count, or let go, in one academy."""
    from leerhuis.base import clock
    from leerhuis.base.edge import edge
    from leerhuis.privacy.claims import terms_here
    from leerhuis.privacy.due import count_due

    if asked.run:
        return run(academy)
    with edge(academy), clock.at(asked.on or clock.now()):
        due = count_due(terms_here())
    print_counts(academy, due)
    return exits.GOOD


def run(academy: object) -> int:
    """Let go in pieces what is due; stops where somebody has to agree first."""
    from leerhuis.audit.actor import Actor
    from leerhuis.base.edge import edge
    from leerhuis.privacy import actions
    from leerhuis.privacy.models import RetentionRun

    by, running = Actor.operator(), RetentionRun.State.RUNNING
    with edge(academy):
        begun = actions.begin_retention(by=by)
    if begun is None:
        print(f"{academy}: another run is at work, or waits for somebody to agree.")
        return exits.WRONG
    while begun.state == running:
        with edge(academy):
            actions.go_on_letting_go(begun.pk, by=by)
            begun.refresh_from_db()
    if begun.state == RetentionRun.State.ASKS:
        print(f"{academy}: {begun.due_rows} rows are due. Somebody has to agree first, under Privacy, Terms.")
        return exits.WRONG
    print_counts(academy, begun.went)
    return exits.WRONG if begun.left else exits.GOOD


def print_counts(academy: object, counts: dict[str, int]) -> None:
    """Print a line for each table."""
    print(f"{academy}: {sum(counts.values())} rows.")
    for label, rows in sorted(counts.items()):
        print(f"  {rows:>9}  {label}")

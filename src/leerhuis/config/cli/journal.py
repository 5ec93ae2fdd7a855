"""`leerhuis journal`: what must hold after a restore, too, is kept outside the database; verify, ship and replay it."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from leerhuis.config.cli import exits
from leerhuis.config.cli.administration import academy_named
from leerhuis.config.cli.product import product

if TYPE_CHECKING:
    from leerhuis.academies.models import Academy


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis journal verify|ship|replay [academy]`."""
    parser = commands.add_parser(
        "journal",
        help="the journal outside the database: verify, ship, replay",
        description="What was erased, withdrawn or revoked stands in a journal outside the database and its backups, so"
        " that no restore undoes it. It lies in LEERHUIS_JOURNAL (LEERHUIS_HOME/journal).",
        epilog=exits.EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = parser.add_subparsers(metavar="TASK", required=True)
    for name, function, meaning in (
        ("verify", verify, "find lines that were changed, taken out, put in, moved or cut off; exit code 1 if any"),
        ("ship", ship, "write what waits in the database to the journal, now"),
        ("replay", replay, "after a restore: carry out again what was done since the backup, and open the academy"),
    ):
        task = tasks.add_parser(name, help=meaning, description=f"{meaning.capitalize()}.")
        task.add_argument("academy", nargs="?", help="the key of one academy; otherwise all")
        task.set_defaults(carry_out=function)
        if name == "ship":
            words = "the file is lost: write it again from the database first (`verify` says whether it is)"
            task.add_argument("--rebuild", action="store_true", help=words)
        if name == "replay":
            words = "a PostgreSQL of your own was put back: hold old mails and end sign-ins, whatever the journal knows"
            task.add_argument("--put-back", action="store_true", help=words)


def verify(asked: argparse.Namespace) -> int:
    """Say for each academy what is wrong with its journal; WRONG when anything is."""

    def examine(academy: "Academy") -> int:
        from leerhuis.audit import shipping
        from leerhuis.base.edge import edge

        with edge(academy):
            found = shipping.faults()
            number = shipping.ledger().last()[0] if not found else 0
        for fault in found:
            print(f"{academy.schema_name}: {fault}")
        if not found:
            print(f"{academy.schema_name}: {number} lines, as they were written.")
        return exits.WRONG if found else exits.GOOD

    return for_each(asked, examine)


def ship(asked: argparse.Namespace) -> int:
    """Ship what waits; WRONG when the folder or the file is not as it should be."""

    def write(academy: "Academy") -> int:
        from leerhuis.audit import shipping
        from leerhuis.base.edge import edge
        from leerhuis.config.restored import begin_journal, waits_for_journal

        with edge(academy):
            if asked.rebuild:
                print(f"{academy.schema_name}: {shipping.rebuild()} lines written again from the database.")
            count = shipping.ship()
        if not waits_for_journal(academy):
            begin_journal(academy)  # a file without a line says that there is none; one that is missing says nothing
        print(f"{academy.schema_name}: {count} lines shipped.")
        return exits.GOOD

    return for_each(asked, write)


def replay(asked: argparse.Namespace) -> int:
    """Carry out the journal again where an older state of the database was put back; WRONG when that fails."""
    if asked.put_back and asked.academy:
        raise exits.Stop(
            "A database was put back with all academies in it: leave out the one that you named.", exits.USAGE
        )

    def carry_out(academy: "Academy") -> int:
        from leerhuis.audit.actor import Actor
        from leerhuis.config.restored import recover, waits_for_journal

        print(f"{academy.schema_name}: {recover(academy, by=Actor.operator())} operations carried out again.")
        if waits_for_journal(academy):
            print(f"{academy.schema_name}: still closed, its journal is missing. `leerhuis doctor` says what to do.")
            return exits.WRONG
        return exits.GOOD

    return for_each(asked, carry_out, before=_say_put_back if asked.put_back else None)


def _say_put_back() -> None:
    from leerhuis.config.restored import say_put_back

    say_put_back()


def for_each(
    asked: argparse.Namespace, work: Callable[["Academy"], int], before: Callable[[], None] | None = None
) -> int:
    """Do something for the academy that was named, or for all, after what comes before; returns the worst exit code."""
    with product():
        if before:
            before()
        from leerhuis.academies.queries import all_academies
        from leerhuis.audit.ledger import Behind, Damaged
        from leerhuis.base.edge import at_shared_tables
        from leerhuis.config.restored import settle

        with at_shared_tables():
            academies = [academy_named(asked.academy)] if asked.academy else all_academies()
        worst = exits.GOOD
        for academy in academies:
            try:
                worst = max(worst, work(academy))
            except (Damaged, Behind) as fault:
                print(f"{academy.schema_name}: {fault}")
                worst = exits.WRONG
            except OSError as fault:
                print(f"{academy.schema_name}: {fault.filename} cannot be read or written: {fault.strerror}.")
                worst = exits.WRONG
        settle()
    return worst

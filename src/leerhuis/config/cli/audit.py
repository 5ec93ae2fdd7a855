"""`leerhuis verify-audit`: whether what was written down about people's data is as it was written."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from leerhuis.config.cli import exits
from leerhuis.config.cli.journal import for_each

if TYPE_CHECKING:
    from leerhuis.academies.models import Academy
    from leerhuis.audit.verifying import Verdict


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis verify-audit [academy] [--head FILE] [--after-restore] [--json]`."""
    parser = commands.add_parser(
        "verify-audit",
        help="find notes, looks and consents that were changed, taken out or put in by the back door",
        description="Examines everything that is sealed, row by row, against the seals in the database and the signed"
        " head in LEERHUIS_JOURNAL (LEERHUIS_HOME/journal). Says of each fault in which row or seal it is. Exit code 1"
        " if there is any. Changes nothing.",
        epilog=exits.EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("academy", nargs="?", help="the key of one academy; otherwise all")
    parser.add_argument("--head", type=Path, help="a copy of KEY.seals that was kept elsewhere, for one academy")
    words = "an older state of the database was put back: go on from its seals, and keep on record that it was"
    parser.add_argument("--after-restore", action="store_true", help=words)
    parser.add_argument("--json", action="store_true", help="as JSON: per academy rows, seals, faults, notices")
    parser.set_defaults(carry_out=verify)


def verify(asked: argparse.Namespace) -> int:
    """Say for each academy what is wrong with what was written down; WRONG when anything is."""
    if asked.head and not (asked.academy and asked.head.is_file()):
        raise exits.Stop("Name the academy of which --head is the head, and a file that is there.", exits.USAGE)
    told = {}

    def examine(academy: "Academy") -> int:
        from leerhuis.audit import sealing, verifying
        from leerhuis.audit.actor import Actor
        from leerhuis.base.edge import edge

        key = academy.schema_name
        with edge(academy):
            if asked.after_restore and sealing.is_ahead_outside():
                lost = sealing.begin_anew(by=Actor.operator())
                if not asked.json:
                    print(
                        f"{key}: goes on after a restore; {lost} seals went with what was lost. That stays on record."
                    )
            found = verifying.examine(asked.head)
        told[key] = asdict(found)
        if not asked.json:
            say(key, found)
        return exits.WRONG if found.count else exits.GOOD

    code = for_each(asked, examine)
    if asked.json:
        print(json.dumps(told, indent=1, ensure_ascii=False))
    return code


def say(key: str, found: "Verdict") -> None:
    """Print what was found, in words."""
    for words in (*found.notices, *found.faults):
        print(f"{key}: {words}")
    more = found.count - len(found.faults)
    if more:
        print(f"{key}: … and {more} more.")
    waiting = f", {found.waiting} rows wait to be sealed" if found.waiting else ""
    ending = f"{found.count} faults" if found.count else "all as it was written"
    print(f"{key}: {found.rows} rows under {found.seals} seals{waiting}: {ending}.")

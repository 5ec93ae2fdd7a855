"""The entry point of the `leerhuis` command: reads the words, calls the function, returns the exit code."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from leerhuis.config.cli import exits
from leerhuis.config.logs import log_uncaught_errors

GROUPS = (
    *("running", "administration", "backups", "journal", "audit", "keeping"),
    *("doctor", "registers", "database", "texts", "practising"),
)


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command line.

    `words` are the arguments after the program's name; without them those of this process are taken.
    Returns an exit code as `exits` explains them. A wrongly typed command leaves by `SystemExit(2)`.
    """
    if words is None and not sys.stderr.isatty() and not os.environ.get("LEERHUIS_DEMO"):
        log_uncaught_errors()  # nobody looks on: what is printed becomes a log
    parser = command_line()
    asked = parser.parse_args(words)
    try:
        return int(asked.carry_out(asked))
    except exits.Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        return exits.WRONG


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the whole command, with every group's words."""
    parser = argparse.ArgumentParser(
        prog="leerhuis",
        description="Runs, examines and looks after a Leerhuis.",
        epilog=exits.EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        importlib.import_module(f"leerhuis.config.cli.{group}").add_to(commands)
    return parser

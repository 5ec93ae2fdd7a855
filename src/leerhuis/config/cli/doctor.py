"""`leerhuis doctor`: what is wrong, what it means, and what to do."""

import argparse
import json
from dataclasses import asdict

from leerhuis.config.cli import exits
from leerhuis.config.cli.product import set_up

MARKS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis doctor [--json]`."""
    meaning = "examine this installation: what is wrong, what it means, what to do"
    parser = commands.add_parser(
        "doctor",
        help=meaning,
        description=f"{meaning.capitalize()}. Changes nothing. Exit code 1 when something is wrong.",
        epilog=exits.EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="as JSON: a list of check, state, meaning, todo")
    parser.set_defaults(carry_out=doctor)


def doctor(asked: argparse.Namespace) -> int:
    """Print the findings; starts nothing, so a database that is not running is found not to be."""
    set_up()
    from leerhuis.config.doctor import examine, has_wrong

    findings = examine()
    if asked.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{MARKS[finding.state]}  {finding.check:<11} {finding.meaning}")
            if finding.todo:
                print(f"{'':<21} → {finding.todo}")
    return exits.WRONG if has_wrong(findings) else exits.GOOD

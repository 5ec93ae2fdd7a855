"""`leerhuis routes`, `datamap`, `statement` and `map`: what the product says about itself."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from leerhuis.config.cli import exits
from leerhuis.config.cli.administration import academy_named
from leerhuis.config.cli.product import product, set_up

if TYPE_CHECKING:
    from leerhuis.charter.audiences import Audience


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis routes|datamap [--json]`, `statement` and `map [--check]`."""
    for name, function, meaning in (
        ("routes", routes, "list every route with its methods and its audience"),
        ("datamap", datamap, "list every column with its word, purposes, bases, terms, audiences and fate on erasure"),
    ):
        parser = commands.add_parser(name, help=meaning, description=f"{meaning.capitalize()}.")
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.set_defaults(carry_out=function)

    meaning = "print the privacy statement of an academy, as it follows from the code and its settings"
    parser = commands.add_parser("statement", help=meaning, description=f"{meaning.capitalize()}.")
    parser.add_argument("--academy", required=True, help="the key of the academy")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language (nl)")
    parser.add_argument("--json", action="store_true", help="as JSON, with the mark of this wording")
    parser.set_defaults(carry_out=statement)

    meaning = "write the generated part of docs/house.md"
    parser = commands.add_parser("map", help=meaning, description=f"{meaning.capitalize()}.")
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date; exit code 1 if not")
    parser.set_defaults(carry_out=write)


def routes(asked: argparse.Namespace) -> int:
    """Print the table of routes."""
    set_up()
    from django.urls import get_resolver

    from leerhuis.charter.routes import all_routes

    rows = [
        {
            "path": route.pattern,
            "name": route.name,
            "methods": list(route.methods),
            "audience": route.audience.key if route.audience else None,
            **claimed(route.audience),
        }
        for route in all_routes(get_resolver())
    ]
    return print_table(rows, as_json=asked.json)


def claimed(audience: "Audience | None") -> dict[str, object]:
    """Return what an audience asks of whoever enters: see `docs/reference/rights.md`."""
    return {
        "roles": sorted(audience.roles) if audience else [],
        "sign_in": not (audience and audience.open_to_all),
        "second_factor": bool(audience and audience.second_factor),
    }


def datamap(asked: argparse.Namespace) -> int:
    """Print the data map."""
    set_up()
    from leerhuis.charter.datamap import data_map

    return print_table([asdict(column) for column in data_map()], as_json=asked.json)


def statement(asked: argparse.Namespace) -> int:
    """Print an academy's privacy statement as text."""
    with product():
        from leerhuis.base.edge import edge
        from leerhuis.privacy.firms import chosen_now
        from leerhuis.privacy.statement import compose

        academy = academy_named(asked.academy)
        with edge(academy):
            composed = compose(chosen_now(academy), asked.lang)
        print(json.dumps(composed.as_dict(), indent=1, ensure_ascii=False) if asked.json else composed.as_text())
    return exits.GOOD


def write(asked: argparse.Namespace) -> int:
    """Write the generated part of the plan of the house, or only say that it is stale."""
    set_up()
    from leerhuis.config.map import write_map

    if not write_map(check=asked.check) and asked.check:
        raise exits.Stop("docs/house.md is not up to date: run `make map` and commit what it writes.")
    return exits.GOOD


def print_table(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> int:
    """Print rows: as JSON, or one a line with its fields between tabs."""
    if as_json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return exits.GOOD
    for row in rows:
        print("\t".join(shown(value) for value in row.values()))
    return exits.GOOD


def shown(value: object) -> str:
    """Return a field as a word, a list as words with commas."""
    if isinstance(value, (list, tuple)):
        return ",".join(str(part) for part in value)
    return "" if value is None else str(value)

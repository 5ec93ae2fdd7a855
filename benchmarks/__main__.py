"""All measurements in one run, side by side: ``python -m benchmarks [name …] [--json FILE]``."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks import answering, apping, backing_up, enumeration, growing, letting_go, pages, starting, verifying
from benchmarks.figures import Figure, figure, table
from tests.faults.installation import Installation, installation

NAMES = (
    *("pages", "answering", "apping", "searching", "composing", "class", "growing", "enumeration", "verifying"),
    *("starting", "backups", "privacy"),
)
APART = {"starting", "backups", "privacy"}  # have an installation of their own


def main() -> int:
    """Measure, print the table, write the JSON; return 1 when an aim was missed."""
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measure this machine; README.md says what and how."
    )
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help=f"some of {', '.join(NAMES)}; default: all")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"), help="where the figures go for machines")
    asked = parser.parse_args()
    wanted = set(asked.names or NAMES)
    found: list[Figure] = []
    try:
        if wanted - APART:
            with installation(fill=False) as (product, _, _):
                _on_reference_data(product, wanted, found)
        if "starting" in wanted:
            found += starting.measure()
        if "backups" in wanted:
            found += backing_up.measure()
        if "privacy" in wanted:
            found += letting_go.measure()
    finally:  # what was measured before something went wrong is told, too
        _tell(found, asked.json)
    return 1 if any(each.is_met is False for each in found) else 0


def _tell(found: list[Figure], to: Path) -> None:
    """Print the table and write the JSON."""
    load = os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f}"
    sys.stdout.write(f"{table(found)}\n({machine}; 8 clients in threads beside the server)\n")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps({"machine": machine, "figures": [each.as_json for each in found]}, indent=1) + "\n")


def _on_reference_data(product: Installation, wanted: set[str], found: list[Figure]) -> None:
    """Add the figures of what is measured on a running product with the reference data."""
    product.found_academy()
    if "enumeration" in wanted:
        found += enumeration.measure(product)
    if "verifying" in wanted:
        found += verifying.figures(json.loads(product.run("-m", "benchmarks.verifying")))
    if wanted <= {"enumeration", "verifying", *APART}:
        return
    world: dict[str, Any] = json.loads(product.run("-m", "benchmarks.reference", "base"))
    if "pages" in wanted:
        found += pages.measure(product, world)
    if "answering" in wanted:
        found += answering.measure(product, world)
    if "apping" in wanted:
        found += apping.measure(product, world)
    if "searching" in wanted:
        times = json.loads(product.run("-m", "benchmarks.searching"))
        found.append(figure("search box at 100,000 people, one at a time", times, over=sum(times), aim_ms=50.0))
    found += _of_practice(product, wanted)
    if "growing" in wanted:
        before = growing.alone(product, world)
        product.run("-m", "benchmarks.reference", "grown")
        found += growing.measure(before, growing.alone(product, world))


def _of_practice(product: Installation, wanted: set[str]) -> list[Figure]:
    """Return the figures of composing, of planning, and of a class."""
    found: list[Figure] = []
    if "composing" in wanted:
        times = json.loads(product.run("-m", "benchmarks.composing"))
        found += [
            figure("counting what waits among 10,000 questions", times["count"]),
            figure("composing a round of 10,000 questions", times["compose"], aim_ms=30.0),
            figure("taking along 200 of 10,000 questions for an app", times["along"]),
            figure("moving 10,000 due dates", times["replan"]),
            figure("the same, card by card", times["library"]),
            figure("planning 10,000 answers one by one (py-fsrs, as the product does)", times["answers"]),
            figure("the same by fsrs-rs, as a reference", times["rust"]),
        ]
    if "class" in wanted:
        times = json.loads(product.run("-m", "benchmarks.a_class"))
        found.append(figure("how a class of 500 stands in 1,000 questions", times, aim_ms=300.0))
    return found


if __name__ == "__main__":
    sys.exit(main())

"""The floors of the house and the order inside a package, as `.importlinter` lists them."""

from configparser import ConfigParser
from functools import cache

from tests.house.source import HOUSE

TOP = "config"
TOOLS = frozenset({"base", "ui", "charter", "audit", "documents", "mail"})
DOORS = ("models", "queries", "actions", "rules", "events")


def layers(contract: str) -> list[list[str]]:
    """Return the lines of a contract's layers from low to high, each with the names that share it."""
    config = ConfigParser()
    config.read_string((HOUSE / ".importlinter").read_text(encoding="utf-8"))
    lines = config[f"importlinter:contract:{contract}"]["layers"].split("\n")
    rows = [line.replace("(", "").replace(")", "").replace("|", " ").replace(":", " ").split() for line in lines]
    return [row for row in reversed(rows) if row]


@cache
def floors() -> dict[str, int]:
    """Return the floor of every package, the lowest being 0; siblings share a floor."""
    return {package: height for height, row in enumerate(layers("floors")) for package in row}


@cache
def order() -> dict[str, int]:
    """Return the height of every standard file inside a package, the lowest being 0."""
    return {part: height for height, row in enumerate(layers("order")) for part in row}

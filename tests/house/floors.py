"""The floors of the house and the order inside a package, as `.importlinter` lists them."""

from functools import cache

from leerhuis.config.map import layers

TOP = "config"
TOOLS = frozenset({"base", "ui", "charter", "audit", "lists", "documents", "mail"})
DOORS = ("models", "queries", "actions", "rules", "events")


@cache
def floors() -> dict[str, int]:
    """Return the floor of every package, the lowest being 0; siblings share a floor."""
    return heights("floors")


@cache
def order() -> dict[str, int]:
    """Return the height of every standard file inside a package, the lowest being 0."""
    return heights("order")


def heights(contract: str) -> dict[str, int]:
    """Return the height of every name in a contract's layers."""
    return {name: height for height, row in enumerate(reversed(layers(contract))) for name in row}

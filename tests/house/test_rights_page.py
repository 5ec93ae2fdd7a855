"""The page about rights names every audience, its roles, and the kinds of routes that are theirs: no more, no less."""

import re

from django.urls import get_resolver

from leerhuis.charter.audiences import AUDIENCES
from leerhuis.charter.routes import all_routes
from tests.house.source import HOUSE

PAGE = HOUSE / "docs" / "reference" / "rights.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\w, ]*) ?\| .*? \| ?(.*?) ?\|$", re.MULTILINE)


def told() -> dict[str, tuple[set[str], set[str]]]:
    """Return the audiences on the page, each with its roles and the beginnings of the names of its routes."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return {
        key: (set(roles.replace(",", " ").split()), set(re.findall(r"`(\w+)`", kinds))) for key, roles, kinds in rows
    }


def declared() -> dict[str, tuple[set[str], set[str]]]:
    """Return the same from the routes of the product and of its demo."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for urlconf in ("leerhuis.config.urls", "leerhuis.config.demo.urls"):
        for route in all_routes(get_resolver(urlconf)):
            if route.audience is not None:
                _, kinds = found.setdefault(route.audience.key, (set(route.audience.roles), set()))
                kinds.add(str(route.name).split("_")[0])
    return found


def test_the_page_tells_whom_each_address_is_for():
    assert told() == declared()
    assert {"nobody", "books"} == AUDIENCES.keys() - told().keys()

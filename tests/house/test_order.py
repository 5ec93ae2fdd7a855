"""Inside a package imports go one way: urls → views → forms → handlers … → models → events.

A module with a word of its own (`grading`, `gate`) has no fixed place. It lies where its imports put it: a chain
through it may not lead upwards, and no circle may arise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from tests.house import references
from tests.house.floors import order
from tests.house.source import Finding, Tree, assert_clean

Graph = Mapping[str, Mapping[str, Finding]]  # file → what it imports → where it does so first


def disorder(tree: Tree) -> Iterator[Finding]:
    """Guard: no file of a package leads, directly or through others, to one that stands higher in the order."""
    for package in tree.packages:
        graph = graph_of(tree, package)
        for start in graph:
            for chain in chains(graph, start):
                yield from _judge(package, graph, chain)


def graph_of(tree: Tree, package: str) -> dict[str, dict[str, Finding]]:
    """Return which file of a package imports which other; a file with a place counts together with its whole folder."""
    names = {m.name: _place(m.name) for m in tree.product if m.package == package and m.part}
    graph: dict[str, dict[str, Finding]] = {place: {} for place in names.values()}
    for name, place in names.items():
        for each in references.imports(tree, tree.modules[name]):
            target = names.get(each.target)
            if target and target != place:
                graph[place].setdefault(target, each.says(""))
    return graph


def _place(name: str) -> str:
    """Return the name under which a module takes part: `views` for `people.views.office`, else its own."""
    _, part, *rest = name.split(".")
    return part if part in order() else ".".join([part, *rest])


def chains(graph: Graph, start: str) -> Iterator[tuple[str, ...]]:
    """Yield the shortest chain of imports from a file to every file that it reaches, through files without a place.

    A chain stops at the first file with a place: what that one imports is judged by itself.
    """
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        chain = waiting.pop(0)
        for target in graph[chain[-1]]:
            if target not in seen:
                seen.add(target)
                yield (*chain, target)
                if target not in order() and target != start:
                    waiting.append((*chain, target))


def _judge(package: str, graph: Graph, chain: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding for a chain that leads up, or back to where it began."""
    start, end = chain[0], chain[-1]
    way, first = " → ".join(chain), graph[start][chain[1]]
    here, there = order().get(start), order().get(end)
    if start == end:
        if start == min(chain):
            yield replace(first, what=f"{package}: the imports {way} are a circle")
    elif here is not None and there is not None and there > here:
        yield replace(first, what=f"{package}: {way} goes up; in a package {end} imports {start}")
    elif here is not None and there == here and start in graph[end]:
        yield replace(first, what=f"{package}: {start} and {end} import one another")


def test_imports_inside_every_package_go_one_way(house):
    assert_clean(disorder(house))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"models": "from leerhuis.people import queries", "queries": ""}, "models → queries goes up"),
        ({"rules": "def f():\n    from leerhuis.people.actions import g", "actions": ""}, "rules → actions goes up"),
        ({"forms": "from .views.office import page", "views/office": ""}, "forms → views goes up"),
        ({"actions": "from leerhuis.people import handlers", "handlers": ""}, "actions → handlers goes up"),
        ({"events": "from leerhuis.people.models import P", "models": ""}, "events → models goes up"),
        ({"mails": "from leerhuis.people.actions import a", "actions": ""}, "mails → actions goes up"),
        (
            {"models": "from leerhuis.people import grading", "grading": "from . import actions", "actions": ""},
            "models → grading → actions goes up",
        ),
        (
            {"grading": "from leerhuis.people import gift", "gift": "from leerhuis.people import grading"},
            "the imports gift → grading → gift are a circle",
        ),
        (
            {"kinds": "from leerhuis.people.gift.text import t", "gift/text": "from leerhuis.people import kinds"},
            "the imports gift.text → kinds → gift.text are a circle",
        ),
        (
            {"jobs": "from leerhuis.people import handlers", "handlers": "from leerhuis.people import jobs"},
            "import one another",
        ),
    ],
)
def test_disorder_is_caught(sample, files, said):
    found = list(disorder(sample({f"people/{name}.py": text + "\n" for name, text in files.items()})))

    assert found
    assert all(said in finding.what or "one another" in finding.what for finding in found)


def test_the_order_of_the_plan_is_free(sample):
    files = {
        "urls": "from leerhuis.people.views import office",
        "views/office": "from leerhuis.people import actions, forms, grading, queries",
        "forms": "from leerhuis.people import rules",
        "jobs": "from leerhuis.people import actions",
        "actions": "from leerhuis.people import mails, grading, events",
        "mails": "from leerhuis.people import queries",
        "grading": "from leerhuis.people import models\nfrom leerhuis.people.gift import text",
        "gift/text": "",
        "gift/writer": "from leerhuis.people import grading",
        "queries": "from leerhuis.people.models import P",
        "rules": "from leerhuis.people.models import P",
        "models": "",
        "events": "",
        "tests/test_it": "from leerhuis.people import views",
    }

    assert list(disorder(sample({f"people/{name}.py": text + "\n" for name, text in files.items()}))) == []

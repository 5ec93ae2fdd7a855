"""A package has doors: from another one imports only its models, queries, actions, rules and events."""

from collections.abc import Iterator

from tests.house import references
from tests.house.floors import DOORS, TOOLS, TOP
from tests.house.source import Finding, Tree, assert_clean, assert_silent

# Further doors of single packages, and why.
FURTHER_DOORS = {
    "people.gate": "a page is shown on behalf of a Viewer",
    "academies.letterhead": "all paper begins with the academy's mark and name",
    "academies.settings": "paper and pages carry what an academy decided about itself",
}


def through_walls(tree: Tree) -> Iterator[Finding]:
    """Guard: what is imported from another package stands behind one of its doors.

    Tools are open, the top knows everybody, and a test may prepare its case with whatever lies below.
    """
    for module in tree.modules.values():
        if module.is_test or module.package == TOP:
            continue
        for each in references.imports(tree, module):
            part = [*each.target.split("."), ""][1]
            if each.to in (*TOOLS, module.package) or part in DOORS or f"{each.to}.{part}" in FURTHER_DOORS:
                continue
            yield each.says(f", which is inside {each.to}: come in by {', '.join(DOORS)}")


def unused_doors(tree: Tree) -> list[str]:
    """Say which further doors nobody comes in by any more."""
    used = {
        ".".join(each.target.split(".")[:2])
        for module in tree.product
        if module.package != TOP
        for each in references.imports(tree, module)
        if each.to != module.package
    }
    return [f"nobody needs the door {door} any more" for door in FURTHER_DOORS if door not in used]


def test_packages_are_entered_by_their_doors(house):
    assert_clean(through_walls(house))
    assert_silent(unused_doors(house))


def test_a_way_through_the_wall_is_caught(sample):
    tree = sample(
        {
            "people/forms.py": "",
            "results/views/office.py": "from leerhuis.people.forms import Ask\nfrom leerhuis.people import forms\n",
            "results/actions.py": "def f():\n    from leerhuis.people.mails import welcome\n",
        }
    )

    assert [str(finding).split(":", 3)[:3] for finding in through_walls(tree)] == [
        ["results/actions.py", "2", " imports people.mails, which is inside people"],
        ["results/views/office.py", "1", " imports people.forms, which is inside people"],
        ["results/views/office.py", "2", " imports people.forms, which is inside people"],
    ]


def test_doors_tools_and_the_top_are_open(sample):
    doors = "".join(f"from leerhuis.people.{door} import a\nfrom leerhuis.people import {door}\n" for door in DOORS)
    tree = sample(
        {
            "results/actions.py": doors
            + "from leerhuis.mail.kinds import Letter\nfrom leerhuis.results.forms import F\n",
            "results/tests/test_marks.py": "from leerhuis.people.tests.factories import person\n",
            "config/urls.py": "from leerhuis.people import urls\n",
        }
    )

    assert list(through_walls(tree)) == []

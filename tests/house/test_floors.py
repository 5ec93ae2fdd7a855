"""Packages lie on floors; one imports only from lower floors, by whatever means."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import references
from tests.house.floors import floors
from tests.house.references import Reference
from tests.house.source import HOUSE, Finding, Tree, assert_clean

# Who may know a name from above, and why.
KNOWS_FROM_ABOVE = {
    "charter/checks.py": "the charter asks which columns point to a person, and must name what a person is",
}
# Who may import by a computed name, and why.
COMPUTES = {
    "charter/register.py": "reads the declarations of every installed package",
    "mail/kinds.py": "reads the mails of every installed package",
}


def upward(tree: Tree) -> Iterator[Finding]:
    """Guard: nobody imports, names or loads from a higher floor or from a sibling."""
    for each in all_references(tree):
        if each.to == each.package or each.to not in floors():
            continue
        here, there = floors().get(each.package), floors()[each.to]
        if here is None or there < here:
            continue
        if there == here:
            yield each.says(f", but {each.package} and {each.to} are siblings that do not know each other")
        else:
            yield each.says(
                f", but {each.to} lies above {each.package}: tell it by an event, or declare it to the charter as data"
            )


def all_references(tree: Tree) -> Iterator[Reference]:
    """Yield every reference in the tree."""
    for module in tree.modules.values():
        yield from references.imports(tree, module)
        if not module.is_test and not module.is_migration:
            yield from references.strings(module)
    yield from references.templates(tree)


def homeless(tree: Tree) -> Iterator[Finding]:
    """Guard: every package lies on a floor, and nothing but packages lies in the house."""
    for package in tree.packages:
        if package not in floors():
            yield Finding(
                package, 1, f"the package {package} lies on no floor: give it a line with a reason in .importlinter"
            )
    for module in tree.modules.values():
        if not module.package and module.name not in ("", "__main__"):
            yield module.says(1, "lies beside the packages: move it into the part of the trade that it belongs to")


def test_nobody_leads_upwards(house):
    assert_clean(upward(house), KNOWS_FROM_ABOVE)


def test_imports_can_be_read_from_the_source(house):
    assert_clean((f for f in references.computed_imports(house) if not f.where.startswith("config/")), COMPUTES)


def test_every_package_lies_on_a_floor(house):
    assert_clean(homeless(house))


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("people/actions.py", "from leerhuis.enrolment.models import Enrolment\n", "imports enrolment.models"),
        ("people/actions.py", "from leerhuis.enrolment import models\n", "imports enrolment.models"),
        ("people/actions.py", "import leerhuis.enrolment.models\n", "imports enrolment.models"),
        ("people/actions.py", "from leerhuis import enrolment\n", "imports enrolment,"),
        ("people/actions.py", "def f():\n    from leerhuis.enrolment import queries\n", "imports enrolment.queries"),
        ("people/actions.py", "from ..enrolment import models\n", "imports enrolment.models"),
        ("people/views/office.py", "from ...enrolment.models import Enrolment\n", "imports enrolment.models"),
        (
            "people/tests/test_person.py",
            "from leerhuis.enrolment.models import Enrolment\n",
            "imports enrolment.models",
        ),
        (
            "people/queries.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import leerhuis.enrolment.models\n",
            "imports enrolment.models",
        ),
        (
            "people/actions.py",
            "def f():\n    return import_module('leerhuis.enrolment.models')\n",
            "names the module enrolment.models",
        ),
        ("people/models.py", "x = ForeignKey('enrolment.Enrolment', CASCADE)\n", "names the model enrolment.Enrolment"),
        ("people/models.py", "x = ForeignKey(to='enrolment.Enrolment')\n", "names the model enrolment.Enrolment"),
        ("people/actions.py", "apps.get_model('enrolment.Enrolment')\n", "names the model enrolment.Enrolment"),
        ("people/actions.py", "apps.get_model('enrolment', 'Enrolment')\n", "names the model enrolment.Enrolment"),
        ("people/actions.py", "apps.get_app_config('enrolment')\n", "names the package enrolment"),
        ("people/views/office.py", "render(r, 'enrolment/list.html')\n", "loads the template enrolment.list.html"),
        ("people/templates/people/a.html", "{% extends 'enrolment/a.html' %}", "extends enrolment.a.html"),
        ("people/templates/people/a.html", '{% include "enrolment/_a.html" %}', "includes enrolment._a.html"),
        ("people/templates/people/a.html", "{% load i18n enrolment %}", "loads the tags of enrolment"),
    ],
)
def test_a_way_upwards_is_caught(sample, path, text, said):
    (finding,) = upward(sample({path: text}))

    assert finding.where == path
    assert finding.what.startswith(said)
    assert "enrolment lies above people: tell it by an event" in finding.what


def test_a_sibling_is_caught(sample):
    (finding,) = upward(sample({"billing/actions.py": "from leerhuis.website import queries\n"}))

    assert "billing and website are siblings" in finding.what


def test_the_way_downwards_is_free(sample):
    text = (
        "from leerhuis.people.models import Person\nfrom leerhuis.enrolment.events import X\nName = 'people.Person'\n"
    )

    assert list(upward(sample({"enrolment/models.py": text}))) == []


def test_a_computed_import_is_caught(sample):
    (finding,) = references.computed_imports(sample({"people/actions.py": "import_module(f'leerhuis.{name}')\n"}))

    assert "computed name" in finding.what


def test_a_package_on_no_floor_is_caught(sample):
    found = homeless(sample({"people/models.py": "", "canteen/models.py": "", "stray.py": ""}))

    assert [f.what.split(":")[0] for f in found] == [
        "the package canteen lies on no floor",
        "lies beside the packages",
    ]


def test_the_linter_of_imports_keeps_the_same_floors(sample):
    broken = {
        "people/__init__.py": "def f():\n    from leerhuis.enrolment import models\n",
        "enrolment/models.py": "def f():\n    from leerhuis.enrolment import actions\n",
        "enrolment/actions.py": "",
        "canteen/__init__.py": "",
    }
    everyone = {f"{package}/__init__.py": "" for package in floors()}
    said = lint_imports(sample({"__init__.py": "", **everyone, **broken}).root)

    assert "leerhuis.people is not allowed to import leerhuis.enrolment" in said
    assert "leerhuis.enrolment.models is not allowed to import leerhuis.enrolment.actions" in said
    assert "- leerhuis.canteen" in said


def lint_imports(root: Path) -> str:
    """Return what the linter of imports says about a sample, with the contracts of the house."""
    start = "import sys, importlinter.cli; sys.path.insert(0, sys.argv.pop(1)); importlinter.cli.lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", start, str(root.parent), "--config", str(HOUSE / ".importlinter"), "--no-cache"],
        cwd=root.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return " ".join(run.stdout.split())

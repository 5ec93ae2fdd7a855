"""Each package introduces itself, carries a word of the trade, and keeps its files short enough to read."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.house.source import Finding, Tree, assert_clean

NO_PARTS_OF_THE_TRADE = {"core", "common", "utils", "util", "helpers", "helper", "services", "service", "managers"}
NO_PARTS_OF_THE_TRADE |= {"misc", "lib", "shared", "signals", "plugins", "admin"}
NEEDS_INSTALLING = ("models.py", "models", "privacy.py", "foreign.py", "urls.py", "mails.py", "templates", "locale")
LINES = {"views": 300}
LINES_OF_ANY = 500
START = re.compile(r"[Ss]tart reading at `?([\w./]+\.\w+)`?")


def introductions(tree: Tree) -> Iterator[Finding]:
    """Guard: a package opens with what part of the trade it is and where to start reading, and holds no code there."""
    for package in tree.packages:
        front = tree.modules.get(package)
        if front is None or front.path.name != "__init__.py":
            yield Finding(package, 1, "the package has no __init__.py that says what part of the trade it is")
            continue
        words = ast.get_docstring(front.parsed) or ""
        start = START.search(words)
        if not start:
            yield front.says(1, "the docstring does not end in “Start reading at …”")
        elif not list((tree.root / package).glob(start[1])):
            yield front.says(1, f"the docstring says to start at {start[1]}, which is not there")
        for statement in front.parsed.body[1 if words else 0 :]:
            yield front.says(statement, "the front door of a package holds no code")


def left_out(tree: Tree, installed: set[str]) -> Iterator[Finding]:
    """Guard: a package with tables, pages, texts or declarations is installed, or nobody ever meets them."""
    for package in tree.packages:
        holds = [name for name in NEEDS_INSTALLING if (tree.root / package / name).exists()]
        if holds and f"leerhuis.{package}" not in installed:
            yield Finding(
                package, 1, f"has {', '.join(holds)} but is not installed: give it an apps.py (config/settings.py)"
            )


def names(tree: Tree) -> Iterator[Finding]:
    """Guard: no package or module carries a word that says nothing about the trade."""
    for module in tree.product:
        parts = module.name.split(".")
        for part in NO_PARTS_OF_THE_TRADE & {parts[-1]}:
            yield module.says(1, f"“{part}” is no part of the trade: call it by what it does")


def lengths(tree: Tree) -> Iterator[Finding]:
    """Guard: a file can be read in one go: views 300 lines, anything else 500."""
    for path in tree.files(".py", ".html", ".md", ".ts", ".css"):
        where = tree.where(path)
        module = tree.modules.get(".".join(path.relative_to(tree.root).with_suffix("").parts))
        most = LINES.get(module.part, LINES_OF_ANY) if module and not module.is_test else LINES_OF_ANY
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > most:
            yield Finding(where, most + 1, f"{count} lines are too many to read: split it by noun, at most {most}")


def test_every_package_introduces_itself(house):
    assert_clean(introductions(house))


def test_every_package_is_installed(house):
    assert_clean(left_out(house, {config.name for config in apps.get_app_configs()}))


def test_every_name_says_something(house):
    assert_clean(names(house))


def test_every_file_can_be_read_in_one_go(house):
    assert_clean(lengths(house))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"people/models.py": ""}, "has no __init__.py"),
        ({"people/__init__.py": '"""Persons."""\n'}, "does not end in “Start reading at …”"),
        ({"people/__init__.py": '"""Persons. Start reading at models.py."""\n'}, "models.py, which is not there"),
        (
            {
                "people/__init__.py": '"""Persons. Start reading at models.py."""\nfrom .models import Person\n',
                "people/models.py": "",
            },
            "holds no code",
        ),
    ],
)
def test_a_package_that_does_not_introduce_itself_is_caught(sample, files, said):
    (finding,) = introductions(sample(files))

    assert said in finding.what


def test_a_package_that_is_not_installed_is_caught(sample):
    tree = sample({"people/models.py": "", "results/models.py": "", "results/privacy.py": "", "base/clock.py": ""})

    (finding,) = left_out(tree, {"leerhuis.people"})

    assert finding.where == "results"
    assert finding.what.startswith("has models.py, privacy.py but is not installed")


def test_a_name_that_says_nothing_is_caught(sample):
    tree = sample({"core/__init__.py": "", "people/utils.py": "", "people/models.py": ""})

    assert [finding.where for finding in names(tree)] == ["core/__init__.py", "people/utils.py"]


def test_a_file_too_long_is_caught(sample):
    long = "x = 1\n" * 301
    tree = sample(
        {
            "people/views/office.py": long,
            "people/actions.py": long,
            "people/queries.py": long + long,
            "people/templates/people/a.html": long + long,
            "people/migrations/0001_initial.py": long + long,
        }
    )

    assert [(finding.where, finding.line) for finding in lengths(tree)] == [
        ("people/queries.py", 501),
        ("people/templates/people/a.html", 501),
        ("people/views/office.py", 301),
    ]

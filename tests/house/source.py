"""A source tree as the guards see it: parsed modules, templates, and the findings about them."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of a rule: in which file of the tree, on which line, what is wrong in words, and in which function."""

    where: str
    line: int
    what: str
    function: str = ""

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.what}"

    @property
    def keys(self) -> set[str]:
        """The names by which an allowance may mean this finding: the file, or one function in it."""
        return {self.where, f"{self.where}::{self.function}"}


def assert_clean(findings: Iterable[Finding], allowed: Mapping[str, str] | None = None) -> None:
    """Fail with every finding in words, and with every allowance that nothing needs any more.

    `allowed` gives for a file, or a function in it (`people/actions.py::lock_alive`), the reason why it may differ.
    """
    allowed, findings = allowed or {}, sorted(findings)
    wrong = [str(finding) for finding in findings if not finding.keys & allowed.keys()]
    needed = set().union(*(finding.keys for finding in findings))
    wrong += [f"{key}: no longer needs the allowance “{allowed[key]}”" for key in allowed if key not in needed]
    assert not wrong, "\n" + "\n".join(wrong)


def assert_silent(said: Iterable[object]) -> None:
    """Fail with everything that a guard says, line by line."""
    lines = [str(each) for each in said]
    assert not lines, "\n" + "\n".join(lines)


@dataclass(frozen=True)
class Module:
    """One Python file, named without the root: `people.models`, and `people` for its `__init__.py`."""

    name: str
    path: Path
    root: Path

    @cached_property
    def package(self) -> str:
        """The package of the trade it belongs to; "" for files beside the packages."""
        return self.where.split("/")[0] if "/" in self.where else ""

    @cached_property
    def part(self) -> str:
        """The file's name inside its package (`views` for `people.views.office`); "" for `__init__.py` itself."""
        return [*self.name.split("."), ""][1]

    @cached_property
    def where(self) -> str:
        """The file's path below the root, as findings name it."""
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def is_test(self) -> bool:
        """True for files below a `tests` folder."""
        return "/tests/" in f"/{self.where}" or self.path.name == "conftest.py"

    @cached_property
    def is_migration(self) -> bool:
        """True for files that Django wrote."""
        return "/migrations/" in self.where

    @cached_property
    def text(self) -> str:
        """The source text."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def parsed(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.text, self.where)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the parsed source, those inside functions included."""
        return list(ast.walk(self.parsed))

    def says(self, node: ast.AST | int, what: str) -> Finding:
        """Return a finding at a node (or line) of this module."""
        function = node.name if isinstance(node, ast.FunctionDef) else ""
        return Finding(self.where, node if isinstance(node, int) else getattr(node, "lineno", 1), what, function)


@dataclass(frozen=True)
class Tree:
    """A source tree: the folder that holds the packages."""

    root: Path
    remembered: dict[str, list[Any]] = field(default_factory=dict, repr=False)  # what was found in a module before

    @cached_property
    def modules(self) -> dict[str, Module]:
        """Every Python file by its name without the root, in order of name."""
        found = {}
        for path in sorted(self.root.rglob("*.py")):
            parts = path.relative_to(self.root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if "static" not in parts and "node_modules" not in parts:
                found[name] = Module(name, path, self.root)
        return found

    @cached_property
    def everything(self) -> list[Path]:
        """Every file that a person wrote, in order of path."""
        left_out = {"static", "node_modules", "migrations", "locale", "__pycache__"}
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return [path for path in files if not left_out & set(path.relative_to(self.root).parts)]

    @property
    def product(self) -> Iterator[Module]:
        """Every module that a person wrote and that is no test."""
        return (m for m in self.modules.values() if not m.is_test and not m.is_migration)

    @property
    def packages(self) -> list[str]:
        """Every folder that holds Python or templates, in order of name."""
        folders = (path for path in self.root.iterdir() if path.is_dir() and path.name != "__pycache__")
        return sorted(path.name for path in folders if any(path.rglob("*.py")) or any(path.rglob("*.html")))

    def files(self, *endings: str) -> Iterator[Path]:
        """Every file with one of these endings that a person wrote, in order of path."""
        return (path for path in self.everything if path.suffix in endings)

    def where(self, path: Path) -> str:
        """Return a file's path below the root, as findings name it."""
        return path.relative_to(self.root).as_posix()


def real() -> Tree:
    """Return the source tree of the house itself."""
    return Tree(HOUSE / "src" / "leerhuis")


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def text_of(node: ast.AST | None) -> str | None:
    """Return the text of a literal string, None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value that a call gives to a keyword, or None."""
    return next((each.value for each in call.keywords if each.arg == name), None)

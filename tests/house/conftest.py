"""What every guard is tried on: the real house, and small samples that break a rule on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import source


@pytest.fixture(scope="session")
def house() -> source.Tree:
    """The source tree of the house itself, parsed once."""
    return source.real()


@pytest.fixture
def sample(tmp_path: Path) -> Callable[[dict[str, str]], source.Tree]:
    """Make a tree of a few files, given as path below the root → content."""

    def make(files: dict[str, str]) -> source.Tree:
        for name, content in files.items():
            path = tmp_path / "leerhuis" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return source.Tree(tmp_path / "leerhuis")

    return make

"""The documents lead somewhere: every page and picture that they name is there, and every picture is shown by one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import HOUSE, Finding, assert_clean

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")


def lead_nowhere(root: Path) -> Iterator[Finding]:
    """Guard: each link and picture of README, changes and docs names a file of the house."""
    for page in pages(root):
        for line, link in links(page):
            if not (page.parent / link).exists():
                yield Finding(str(page.relative_to(root)), line, f"names {link}, which is not there")


def shown_by_nobody(root: Path) -> Iterator[Finding]:
    """Guard: each picture is shown on a page; one that nobody shows goes stale unseen."""
    shown = {(page.parent / link).resolve() for page in pages(root) for _line, link in links(page)}
    for picture in sorted((root / "docs").rglob("*.png")):
        if picture.resolve() not in shown:
            yield Finding(str(picture.relative_to(root)), 1, "no page shows this picture")


def pages(root: Path) -> list[Path]:
    """Return the documents, those at the top of the house included."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md")), *sorted(root.glob("benchmarks/*.md"))]


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Yield line and target of each link of a page that leads to a file."""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        for found in LINK.finditer(line):
            yield number, found[1]


def test_every_page_and_picture_that_a_document_names_is_there():
    assert_clean(lead_nowhere(HOUSE))


def test_every_picture_is_shown():
    assert_clean(shown_by_nobody(HOUSE))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Two pages and a picture, one leading to the other two."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("See [b](docs/b.md#part), ![c](docs/c.png), [d](https://d.example).\n")
    (tmp_path / "docs" / "b.md").write_text("[a](../README.md) [here](#part)\n")
    (tmp_path / "docs" / "c.png").write_bytes(b"")
    return tmp_path


def test_documents_that_lead_to_each_other_are_free(documents):
    assert [*lead_nowhere(documents), *shown_by_nobody(documents)] == []


def test_a_link_to_nowhere_is_caught(documents):
    (documents / "docs" / "b.md").unlink()

    assert [str(each) for each in lead_nowhere(documents)] == ["README.md:1: names docs/b.md, which is not there"]


def test_a_picture_that_nobody_shows_is_caught(documents):
    (documents / "docs" / "more.png").write_bytes(b"")

    assert [str(each) for each in shown_by_nobody(documents)] == ["docs/more.png:1: no page shows this picture"]

"""The generated map of the house under the plan in `docs/house.md`: packages, mails, events, jobs, pages, fields."""

from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import get_resolver

from leerhuis.base.events import Event, table
from leerhuis.base.jobs import declared_jobs, declared_sweeps
from leerhuis.charter.datamap import Column, data_map
from leerhuis.charter.routes import all_routes
from leerhuis.mail import kinds

CHECKOUT: Final = Path(__file__).resolve().parents[3]
PAGE: Final = CHECKOUT / "docs" / "house.md"
BEGIN: Final = "<!-- the map begins here; `make map` writes it, nobody else -->"
END: Final = "<!-- the map ends here -->"

Rows = list[tuple[str, ...]]


class NoPlace(LookupError):
    """The page has no pair of marks between which the map stands."""


def write_map(check: bool, page: Path = PAGE) -> bool:  # noqa: FBT001 - the one choice there is
    """Bring the generated part of a page up to date; with `check` only say whether it is.

    Returns True when the page is up to date (after writing, always). Raises NoPlace for a page without the marks.
    """
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPlace(page)
    fresh = f"{before}{BEGIN}\n\n{house_map()}\n{END}{after}"
    if not check and fresh != text:
        page.write_text(fresh, encoding="utf-8")
    return not check or fresh == text


def house_map() -> str:
    """Return the map as Markdown: the same house always gives the same text."""
    sections: tuple[tuple[str, tuple[str, ...], Rows], ...] = (
        ("Packages, from top to bottom", ("package", "what it is"), packages()),
        ("Mails", ("mail", "after", "Dutch name", "English name"), mails()),
        ("Events, and who reacts", ("event", "meaning", "handlers, in order"), events()),
        ("Jobs", ("job", "meaning"), jobs()),
        ("Work that comes round", ("work", "every", "meaning"), sweeps()),
        ("Pages", ("address", "name", "methods", "audience"), pages()),
        ("Fields, by word", ("table", "word", "columns"), fields()),
    )
    return "\n".join(_section(*section) for section in sections)


def layers(contract: str) -> list[list[str]]:
    """Return the rows of a contract in `.importlinter` from high to low, each with the names that share it."""
    config = ConfigParser()
    config.read_string((CHECKOUT / ".importlinter").read_text(encoding="utf-8"))
    rows = config[f"importlinter:contract:{contract}"]["layers"].translate(str.maketrans("()|:", "    ")).split("\n")
    return [row.split() for row in rows if row.strip()]


def packages() -> Rows:
    """Return every package that is there, with the first line of its docstring, from the top floor to the ground."""
    names = [name for row in layers("floors") for name in row if find_spec(f"leerhuis.{name}")]
    return [(f"`{name}`", _first_line(import_module(f"leerhuis.{name}"))) for name in names]


def mails() -> Rows:
    """Return every mail with the event that causes it and its names for staff."""
    kinds.load()
    known = sorted(kinds.all_kinds().items())
    return [(f"`{name}`", f"`{kind.cause.__name__}`", kind.nl, kind.en) for name, kind in known]


def events() -> Rows:
    """Return every event of the house with the handlers that are wired to it."""
    for row in layers("floors"):
        for name in row:
            if find_spec(f"leerhuis.{name}") and find_spec(f"leerhuis.{name}.events"):
                import_module(f"leerhuis.{name}.events")
    wired = table()
    return [
        (f"`{_name(event)}`", _first_line(event), "<br>".join(f"`{_name(each)}`" for each in wired.get(event, ())))
        for event in sorted(_kinds_of(Event), key=_name)
    ]


def jobs() -> Rows:
    """Return every job that can be deferred."""
    return [(f"`{name}`", _first_line(job.work)) for name, job in sorted(declared_jobs().items())]


def sweeps() -> Rows:
    """Return the work that comes round in every academy, with how often."""
    known = sorted(declared_sweeps().items())
    return [(f"`{name}`", f"{sweep.every_minutes} min", _first_line(sweep.work)) for name, sweep in known]


def pages() -> Rows:
    """Return every address of an academy's host and of the demo's front page, with who may enter."""
    found = {}
    for urlconf in (settings.DEMO_URLCONF, settings.ROOT_URLCONF):
        for route in all_routes(get_resolver(urlconf)):
            audience = route.audience.key if route.audience else "nobody"
            found[route.pattern] = (f"`{route.pattern}`", route.name or "", " ".join(route.methods), audience)
    return [row for _, row in sorted(found.items())]


def fields() -> Rows:
    """Return every table, in each academy or shared by all, with its columns under their words."""
    rows: Rows = []
    for (schema, name), columns in groupby(data_map(), key=lambda each: (each.schema_kind, each.table)):
        shown = f"`{name}`" if schema == "academy" else f"`{schema}.{name}`"
        rows.extend((shown, word, ", ".join(names)) for word, names in _by_word(columns).items())
    return rows


def _by_word(columns: Iterable[Column]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column in columns:
        found.setdefault(column.word, []).append(column.column)
    return found


def _section(title: str, heads: tuple[str, ...], rows: Rows) -> str:
    lines = [f"### {title}", "", _row(heads), _row("---" for _ in heads), *map(_row, rows)]
    return "\n".join(lines if rows else [*lines[:2], "None yet."]) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _kinds_of(kind: type[Event]) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("leerhuis.") and ".tests" not in below.__module__:
            yield below
        yield from _kinds_of(below)


def _name(thing: object) -> str:
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', '')}".removeprefix("leerhuis.")


def _first_line(thing: object) -> str:
    return next(iter((thing.__doc__ or "").strip().splitlines()), "")

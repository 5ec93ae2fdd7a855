"""What stands in a deck of Anki (.apkg): notes, cards and card types, of an old collection or a new one.

Old: `collection.anki2` or `.anki21`, a SQLite file with card types as JSON. New: `collection.anki21b`, the same packed
with Zstandard, card types in tables and as protocol buffers; its `collection.anki2` is a dummy that is not read.
The database comes from people we do not know: it is opened read-only, may do nothing but read five plain tables, and
is stopped when that takes long. Source: https://github.com/ankitects/anki, rslib/src/storage and proto/anki.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.packages import Package, unsqueezed

NEW, OLD = "collection.anki21b", ("collection.anki21", "collection.anki2")
SECONDS = 5.0
MOST_CARDS = 20_000
LONGEST_VALUE = 2_000_000  # bytes in one cell
_STEPS = 20_000  # of SQLite, between looks at the clock
_TABLES = ("col", "notes", "cards", "notetypes", "templates", "fields", "decks")
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_DAMAGED = _("The collection in this Anki deck is damaged. Export the deck again.")


@dataclass(frozen=True)
class CardType:
    """One template: what the front and the back of a card are made of."""

    name: str
    front: str
    back: str


@dataclass(frozen=True)
class NoteType:
    """A kind of note: its fields in order and its templates; a cloze type makes a card of each number in its text."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: Mapping[int, CardType]


@dataclass(frozen=True)
class Note:
    """One note, with the cards that exist of it (by the number of their template) and the deck of each."""

    guid: str
    type: NoteType
    values: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[tuple[int, str], ...]


def is_deck(package: Package) -> bool:
    """True for a package that holds a collection of Anki."""
    return any(name in package for name in (NEW, *OLD))


def notes_of(package: Package) -> Iterator[Note]:
    """Give every note of a deck that has cards, in the order of the collection. Refuses Unreadable."""
    is_new = NEW in package
    name = NEW if is_new else next(name for name in OLD if name in package)
    data = unsqueezed(package.read(name)) if is_new else package.read(name)
    with _opened(data) as database:
        yield from _notes(database, is_new=is_new)


def media_of(package: Package) -> dict[str, str]:
    """Return the files of a deck: the name that notes use → the name in the package."""
    if "media" not in package:
        return {}
    data = package.read("media")
    if data.startswith(b"{"):
        try:
            listed = json.loads(data)
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(number) for number, name in listed.items()}
    entries = [value for number, value in fields_in(unsqueezed(data)) if number == 1 and isinstance(value, bytes)]
    names = [dict(fields_in(entry)).get(1, b"") for entry in entries]
    return {name.decode("utf-8", "replace"): str(n) for n, name in enumerate(names) if isinstance(name, bytes) and name}


def file_of(package: Package, name: str) -> bytes:
    """Return a file of a deck; a new deck packs each with Zstandard."""
    data = package.read(name)
    return unsqueezed(data) if data.startswith(b"\x28\xb5\x2f\xfd") else data


def fields_in(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Give the fields of a protocol buffer with their numbers; what is broken ends it."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield number, value
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        elif kind == 2:  # noqa: PLR2004 - length and bytes
            length, at = _varint(message, at)
            if length < 0 or at + length > len(message):
                return
            yield number, message[at : at + length]
            at += length
        else:
            return


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return a number of a protocol buffer and where it ends; a broken one ends the message."""
    value = 0
    for place in range(10):
        if at + place >= len(message):
            return 0, len(message)
        value |= (message[at + place] & 0x7F) << (7 * place)
        if message[at + place] < 0x80:  # noqa: PLR2004 - the last byte of a number
            return value, at + place + 1
    return 0, len(message)


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """Open a collection, read-only and within limits. Refuses Unreadable for whatever goes wrong in it."""
    if not data.startswith(b"SQLite format 3\0"):
        raise Unreadable(_DAMAGED)
    with TemporaryDirectory(prefix="deck-") as folder:
        path = Path(folder) / "deck"
        path.write_bytes(data)
        try:
            address = f"{path.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True, cached_statements=0)) as database:
                _bind(database)
                yield database
        except (sqlite3.Error, OverflowError, MemoryError, UnicodeDecodeError) as fault:
            raise Unreadable(_DAMAGED) from fault


def _bind(database: sqlite3.Connection) -> None:
    """Let a connection do nothing but read our tables, and not for long."""
    ends = time.monotonic() + SECONDS
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        database.execute(f"PRAGMA {pragma}")
    database.create_collation(
        "unicase", lambda one, other: (one.lower() > other.lower()) - (one.lower() < other.lower())
    )
    database.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
    _refuse_other_tables(database)
    database.set_authorizer(_allowed)


def _refuse_other_tables(database: sqlite3.Connection) -> None:
    """Refuse a collection in which one of our tables is a view or a virtual table: reading it would run its code."""
    for kind, name, made in database.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(500):
        is_ours = str(name).lower() in _TABLES
        if is_ours and (
            kind not in ("table", "index") or not str(made).upper().startswith(("CREATE TABLE", "CREATE "))
        ):
            raise Unreadable(_DAMAGED)
        if is_ours and "VIRTUAL" in str(made).upper()[:40]:
            raise Unreadable(_DAMAGED)


def _allowed(action: int, table: str | None, *_more: Any) -> int:
    if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and (table or "") in _TABLES):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _notes(database: sqlite3.Connection, *, is_new: bool) -> Iterator[Note]:
    types = dict(_new_types(database) if is_new else _old_types(database))
    decks = dict(_new_decks(database) if is_new else _old_decks(database))
    cards: dict[int, list[tuple[int, str]]] = {}
    for note, number, deck in database.execute("SELECT nid, ord, did FROM cards").fetchmany(MOST_CARDS + 1):
        cards.setdefault(note, []).append((_whole(number), decks.get(deck, "")))
    if sum(map(len, cards.values())) > MOST_CARDS:
        raise Unreadable(_("There are more than 20,000 cards in this deck. Export a part of it."))
    for id, guid, type_id, values, tags in database.execute("SELECT id, guid, mid, flds, tags FROM notes"):
        if type_id in types and id in cards:
            parts = tuple(_text(values).split("\x1f"))
            yield Note(_text(guid), types[type_id], parts, tuple(_text(tags).split()), tuple(sorted(cards[id])))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None or isinstance(value, bytes) else str(value)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _json(database: sqlite3.Connection, column: str) -> dict[str, Any]:
    row = database.execute(f"SELECT {column} FROM col").fetchone()  # noqa: S608 - a name of our own
    try:
        found = json.loads(_text(row[0])) if row else {}
    except (ValueError, RecursionError) as fault:
        raise Unreadable(_DAMAGED) from fault
    return found if isinstance(found, dict) else {}


def _old_types(database: sqlite3.Connection) -> Iterator[tuple[int, NoteType]]:
    for id, model in _json(database, "models").items():
        try:
            fields = tuple(str(field["name"]) for field in sorted(model["flds"], key=lambda each: int(each["ord"])))
            templates = {
                int(each["ord"]): CardType(str(each["name"]), str(each["qfmt"]), str(each["afmt"]))
                for each in model["tmpls"]
            }
            yield int(id), NoteType(str(model["name"]), int(model.get("type") or 0) == 1, fields, templates)
        except (KeyError, TypeError, ValueError):
            continue


def _old_decks(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for id, deck in _json(database, "decks").items():
        if id.isdecimal() and isinstance(deck, dict):
            yield int(id), str(deck.get("name") or "")


def _new_types(database: sqlite3.Connection) -> Iterator[tuple[int, NoteType]]:
    fields: dict[int, list[tuple[int, str]]] = {}
    for type_id, number, name in database.execute("SELECT ntid, ord, name FROM fields"):
        fields.setdefault(type_id, []).append((_whole(number), _text(name)))
    templates: dict[int, dict[int, CardType]] = {}
    for type_id, number, name, config in database.execute("SELECT ntid, ord, name, config FROM templates"):
        parts = dict(fields_in(config if isinstance(config, bytes) else b""))
        front, back = (_decoded(parts.get(place)) for place in (1, 2))
        templates.setdefault(type_id, {})[_whole(number)] = CardType(_text(name), front, back)
    for id, name, config in database.execute("SELECT id, name, config FROM notetypes"):
        is_cloze = dict(fields_in(config if isinstance(config, bytes) else b"")).get(1) == 1
        names = tuple(field for _number, field in sorted(fields.get(id, [])))
        yield id, NoteType(_text(name), is_cloze, names, templates.get(id, {}))


def _new_decks(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for id, name in database.execute("SELECT id, name FROM decks"):
        yield id, _text(name).replace("\x1f", "::")


def _decoded(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""

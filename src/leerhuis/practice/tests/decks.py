"""Decks of Anki for tests: an old collection and a new one, of the same notes."""

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import zstandard

BASIC = ("Basic", 0, ("Front", "Back"), (("Card 1", "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),))
REVERSED = (
    "Reversed",
    0,
    ("Front", "Back"),
    (*BASIC[3], ("Card 2", "{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}")),
)
TYPED = (
    "Typed",
    0,
    ("Front", "Back"),
    (("Card 1", "{{Front}} {{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}"),),
)
CLOZE = ("Cloze", 1, ("Text", "Extra"), (("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}"),))
Model = tuple[str, int, tuple[str, ...], tuple[tuple[str, str, str], ...]]
Note = tuple[Model, tuple[str, ...], tuple[int, ...]]


def database(script: str, rows: Sequence[tuple[str, Sequence[tuple[object, ...]]]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        made = sqlite3.connect(path)
        made.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        made.executescript(script)
        for statement, values in rows:
            made.executemany(statement, values)
        made.commit()
        made.close()
        return path.read_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return made.getvalue()


OLD = """
CREATE TABLE col (id integer primary key, models text, decks text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer);
"""
NEW = """
CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer);
CREATE TABLE notetypes (id integer primary key, name text COLLATE unicase, config blob);
CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, primary key (ntid, ord)) without rowid;
CREATE TABLE templates (ntid integer, ord integer, name text COLLATE unicase, config blob);
CREATE TABLE decks (id integer primary key, name text COLLATE unicase);
"""


def _rows(notes: Sequence[Note], models: list[Model]) -> list[tuple[str, list[tuple[object, ...]]]]:
    noted: list[tuple[object, ...]] = [
        (n, f"g{n}", models.index(model) + 1, " tag1 ", "\x1f".join(values))
        for n, (model, values, _cards) in enumerate(notes, start=1)
    ]
    cards: list[tuple[object, ...]] = []
    for n, (_model, _values, places) in enumerate(notes, start=1):
        cards += [(None, n, 7, place) for place in places]
    return [("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", noted), ("INSERT INTO cards VALUES (?, ?, ?, ?)", cards)]


def _models(notes: Sequence[Note]) -> list[Model]:
    return list(dict.fromkeys(model for model, _values, _cards in notes))


def old_deck(notes: Sequence[Note], media: dict[str, bytes] | None = None, deck: str = "All::Capitals") -> bytes:
    models = _models(notes)
    written = {
        str(number): {
            "name": name,
            "type": type_,
            "flds": [{"name": field, "ord": n} for n, field in enumerate(fields)],
            "tmpls": [{"name": t, "ord": n, "qfmt": q, "afmt": a} for n, (t, q, a) in enumerate(templates)],
        }
        for number, (name, type_, fields, templates) in enumerate(models, start=1)
    }
    col = [(1, json.dumps(written), json.dumps({"7": {"name": deck}}))]
    data = database(OLD, [*_rows(notes, models), ("INSERT INTO col VALUES (?, ?, ?)", col)])
    files = {str(n): content for n, content in enumerate((media or {}).values())}
    named = json.dumps({str(n): name for n, name in enumerate(media or {})}).encode()
    return packed({"collection.anki2": data, "media": named, **files})


def field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return bytes([number << 3, value])
    size, length = len(value), b""
    while size >= 128:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + value


def new_deck(notes: Sequence[Note], media: dict[str, bytes] | None = None, deck: str = "All::Capitals") -> bytes:
    models = _models(notes)
    types, fields, templates = [], [], []
    for number, (name, type_, names, made) in enumerate(models, start=1):
        types.append((number, name, field(1, type_)))
        fields += [(number, n, each) for n, each in enumerate(names)]
        templates += [(number, n, t, field(1, q.encode()) + field(2, a.encode())) for n, (t, q, a) in enumerate(made)]
    rows = [
        *_rows(notes, models),
        ("INSERT INTO notetypes VALUES (?, ?, ?)", types),
        ("INSERT INTO fields VALUES (?, ?, ?)", fields),
        ("INSERT INTO templates VALUES (?, ?, ?, ?)", templates),
        ("INSERT INTO decks VALUES (?, ?)", [(7, deck.replace("::", "\x1f"))]),
    ]
    squeeze = zstandard.ZstdCompressor().compress
    entries = b"".join(field(1, field(1, name.encode())) for name in media or {})
    files = {str(n): squeeze(content) for n, content in enumerate((media or {}).values())}
    dummy = old_deck([(BASIC, ("Please update to the latest Anki version", ""), (0,))])
    old = zipfile.ZipFile(io.BytesIO(dummy)).read("collection.anki2")
    return packed(
        {
            "meta": field(1, 3),
            "collection.anki21b": squeeze(database(NEW, rows)),
            "collection.anki2": old,
            "media": squeeze(entries),
            **files,
        }
    )

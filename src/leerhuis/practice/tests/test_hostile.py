"""Files made to do harm: refused with a word, quickly, without eating memory and without touching anything else."""

import io
import os
import resource
import socket
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import zstandard

from leerhuis.practice.contents import look_at
from leerhuis.practice.exchange import anki_collection, packages
from leerhuis.practice.exchange.files import LARGEST_FILE, Unreadable
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.rendering import to_html, to_plain
from leerhuis.practice.rules import NotTaken
from leerhuis.practice.tests.decks import BASIC, NEW, OLD, database, old_deck, packed
from leerhuis.practice.tests.test_qti import choice, declared, item, package, zipped

SECONDS = 6.0
MEGABYTES = 400


@pytest.fixture(autouse=True)
def _within_limits() -> Iterator[None]:
    """Fail a test that takes long, or in which Python holds much memory."""
    tracemalloc.start()
    began = time.monotonic()
    yield
    took, (_now, most) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < SECONDS * 2
    assert most < MEGABYTES * 1024 * 1024


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as no:
        read_file(data)
    return str(no.value)


QUIZ = '<quiz><question type="truefalse"><questiontext><text>{}</text></questiontext></question></quiz>'


@pytest.mark.parametrize(
    "definitions",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
        '<!ENTITY x "ha">',
        "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12)) + '<!ENTITY x0 "ha">',
        f'<!ENTITY x "{"a" * 100_000}">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_file_with_definitions_of_its_own_is_refused(definitions: str, encoding: str) -> None:
    text = f"<!DOCTYPE quiz [{definitions}]>{QUIZ.format('&x;' * 100)}"
    assert "DOCTYPE" in refused(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))


def test_nothing_is_fetched_for_an_xml_file() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        refused(f'<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "{address}">{QUIZ.format("x")}'.encode())
        read_file(QUIZ.format(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}"/>').encode())
        with pytest.raises(TimeoutError):
            server.accept()


def test_elements_without_end_are_refused() -> None:
    assert "cannot be read" in refused(b"<quiz>" + b"<a>" * 100_000)
    assert "more elements" in refused(b"<?xml version='1.0'?><quiz>" + b"<a/>" * 700_000 + b"</quiz>")


def test_entities_in_the_sheet_of_an_excel_file_are_refused() -> None:
    parts = {"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>", "[Content_Types].xml": b"<Types/>"}
    assert "DOCTYPE" in refused(packed(parts))


def bomb(size: int, name: str = "a.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as inside:
        for _ in range(size // 1_000_000):
            inside.write(b" " * 1_000_000)
    return made.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """Make a package say that its only file is smaller than it is."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def test_a_package_that_unpacks_to_very_much_is_refused() -> None:
    assert "far more than it should" in refused(bomb(200_000_000))
    assert "far more than it should" in refused(bomb(20_000_000))
    many = packed({f"{n}.xml": b" " * 1_000_000 for n in range(70)})
    assert "far more than it should" in refused(many)
    assert refused(lying(bomb(30_000_000), 100))


def test_a_package_with_very_many_files_is_refused() -> None:
    assert "more than 5,000 files" in refused(packed({f"{n}": b"" for n in range(packages.MOST_FILES + 1)}))


def test_what_is_squeezed_with_zstandard_has_the_same_limit() -> None:
    squeezed = zstandard.ZstdCompressor().compress(b" " * (packages.MOST_UNPACKED + 1))
    assert "far more than it should" in refused(packed({"collection.anki21b": squeezed, "collection.anki2": b""}))
    assert "damaged" in refused(packed({"collection.anki21b": b"\x28\xb5\x2f\xfd" + os.urandom(50)}))
    assert "damaged" in refused(packed({"collection.anki21b": b"nothing"}))


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "C:\\x", "a/../../b", "a/.."])
def test_a_name_that_points_outside_is_refused(name: str) -> None:
    assert "points outside" in refused(zipped({"imsmanifest.xml": b"<manifest/>", name: b"x"}))


def test_the_same_name_twice_and_a_locked_file_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("a.xml", "2")
    assert "the same name" in refused(made.getvalue())
    locked = bytearray(zipped({"a.xml": b"x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(locked))


def test_damaged_packages_are_refused_or_read_as_far_as_they_go() -> None:
    good = package({"a.xml": item(declared("c0"), choice("a", "b"))})
    told = set()
    for at in range(0, len(good), 7):
        for broken in (good[:at], good[:at] + b"\xff" + good[at + 1 :]):
            try:
                told |= {str(each.reason) for each in read_file(broken).items}
            except Unreadable:
                told.add("refused")
    assert "refused" in told
    assert told <= {"refused", "None", "broken_file", "missing_part"}


@pytest.mark.parametrize("at", [16, 18, 28, 52, 100, 101, 103, 105, 500, 2000, 4100, 4200, 8200])
def test_a_damaged_collection_is_refused_or_read_as_far_as_it_goes(at: int) -> None:
    deck = zipfile.ZipFile(io.BytesIO(old_deck([(BASIC, (f"Q{n} " + "x" * 200, "A"), (0,)) for n in range(200)])))
    data = deck.read("collection.anki2")
    for junk in (b"\xff" * 8, b"\0" * 8, b"\x7f\xff\xff\xff"):
        broken = data[:at] + junk + data[at + len(junk) :]
        try:
            read_file(packed({"collection.anki2": broken, "media": b"{}"}))
        except Unreadable as no:
            assert "collection" in str(no) or "no questions" in str(no)  # noqa: PT017 - either will do


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"


@pytest.mark.parametrize(
    "script",
    [
        f"CREATE VIEW notes AS {ENDLESS} i AS id, 'g' AS guid, 1 AS mid, '' AS tags, 'x' AS flds FROM n;",
        "CREATE VIEW notes AS SELECT 1 AS id, load_extension('x') AS guid, 1 AS mid, '' AS tags, '' AS flds;",
        "CREATE VIRTUAL TABLE notes USING fts4(id, guid, mid, tags, flds);",
    ],
)
def test_a_collection_in_which_reading_runs_code_is_refused(script: str) -> None:
    others = OLD.split(";")
    parts = [part for part in others if "TABLE notes" not in part]
    data = database(";".join(parts) + script, [("INSERT INTO col VALUES (?, ?, ?)", [(1, "{}", "{}")])])
    assert "damaged" in refused(packed({"collection.anki2": data, "media": b"{}"}))


def test_reading_a_collection_takes_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_collection, "SECONDS", -1.0)
    monkeypatch.setattr(anki_collection, "_STEPS", 100)
    notes = [(BASIC, (f"Q{n}", "A"), (0,)) for n in range(100)]
    assert "damaged" in refused(old_deck(notes))


def test_a_cell_larger_than_any_note_is_refused() -> None:
    assert "damaged" in refused(old_deck([(BASIC, ("Q", "A" * 3_000_000), (0,))]))


def test_a_new_collection_with_nonsense_in_its_tables_is_read_as_far_as_it_goes() -> None:
    rows: list[tuple[str, list[tuple[object, ...]]]] = [
        ("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", [(1, b"\xff\xfe", 1, None, b"\xff"), (2, "g", "x", "t", 7)]),
        ("INSERT INTO cards VALUES (?, ?, ?, ?)", [(1, 1, None, "x"), (2, 2, 7, -5), (3, None, None, None)]),
        ("INSERT INTO notetypes VALUES (?, ?, ?)", [(1, None, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")]),
        ("INSERT INTO templates VALUES (?, ?, ?, ?)", [(1, 0, "t", b"\x0a\xff\xff\xff\x0f")]),
    ]
    squeezed = zstandard.ZstdCompressor().compress(database(NEW, rows))
    reported = read_file(packed({"collection.anki21b": squeezed, "media": b"\x28\xb5"})).items
    assert [each.draft for each in reported] == [None] * len(reported)


def test_one_line_of_all_that_may_be_sent_is_refused_quickly() -> None:
    assert "larger than 10 MB" in refused(b"a" * (LARGEST_FILE + 1))
    for line in (b"a" * 9_000_000, b"{" * 9_000_000, b"=~" * 4_000_000, b"- [x]" * 1_500_000):
        assert "more than a million characters" in refused(line)
    assert "cannot be read" in refused(b"<?xml version='1.0'?>" + b"<" * 500_000)
    assert refused(b"[" * 9_000_000)
    assert refused(b"question,right\n" + b'"' * 9_000_000)


def test_a_number_without_end_in_json_is_refused() -> None:
    endless = b'[{"question": "x", "answers": ["a", "b"], "correct": ' + b"9" * 1_000_000 + b"}]"
    assert [each.draft for each in read_file(endless).items] == [None]
    reported = read_file(b'[{"question": "\\ud800 \\u0000 x\\u202e", "answers": ["a", "b"], "correct": 0}]').items
    assert [each.draft.stem.text for each in reported if each.draft] == ["?  x"]


@pytest.mark.parametrize(
    "make",
    [
        lambda text: (
            QUIZ.format(f"<![CDATA[{text}]]>")
            .replace("</question>", '<answer fraction="100"><text>true</text></answer></question>')
            .replace("</question>", '<answer fraction="0"><text>false</text></answer></question>')
            .encode()
        ),
        lambda text: old_deck([(BASIC, (text, "x"), (0,))]),
        lambda text: f"[html]{text.replace('=', chr(92) + '=')}{{T}}".encode(),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "a<script>alert(1)</script>",
        'a<b onclick="alert(1)">b</b>',
        'a<svg onload="alert(1)"><script>alert(1)</script></svg>',
        'a<a href="javascript:alert(1)">b</a>',
        'a<iframe srcdoc="x alert(1)"></iframe>',
        "a<math><mtext><style>alert(1)</style></mtext></math>",
        "a<style>@import 'alert(1)'</style>",
    ],
)
def test_what_runs_in_a_browser_does_not_reach_one(make: Callable[[str], bytes], text: str) -> None:
    for reported in read_file(make(text)).items:
        if reported.draft:
            shown = str(to_html(reported.draft.stem))
            assert "alert(1)" not in shown or "<" not in shown.replace("<p>", "").replace("</p>", "")
            assert not any(
                sign in shown for sign in ("<script", "onclick", "onload", "javascript:", "<iframe", "<style")
            )


def test_marks_of_templates_are_text() -> None:
    text = "{% load x %}{{ settings.SECRET_KEY }}${7*7}#{7*7}<%= 7*7 %>"
    line = f'question,kind,right\n"{text}",true_false,yes\n'.encode()
    assert [each.draft.stem for each in read_file(line).items if each.draft] == [Rich(text, "plain")]
    assert "{{ settings.SECRET_KEY }}" in str(to_html(Rich(text, "plain")))


@pytest.mark.parametrize(
    "text",
    [
        "{{#A}}" * 50_000,
        "{{c1::" * 30_000,
        "{{" * 100_000,
        '<hr id="answer"' * 20_000,
        "[sound:" * 50_000,
        "<!--" * 50_000,
        "[anki:tts" * 50_000,
        "<img src=" * 50_000,
        "![" * 100_000,
        "&nbsp;" * 50_000 + "x",
        "<div>" * 30_000,
    ],
)
def test_texts_that_make_patterns_slow_are_read_quickly(text: str) -> None:
    began = time.monotonic()
    model = ("Odd", 0, ("Front", "Back"), (("Card 1", text + "{{Front}}", text + "{{Back}}"),))
    read_file(old_deck([(model, (text, text), (0,)), (BASIC, (text, text), (0,))]))
    cloze = QUIZ.format(f"<![CDATA[{text}]]>").replace("truefalse", "cloze")
    read_file(f"<?xml version='1.0'?>{cloze}".encode())
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    "content",
    [
        b"<!---->" * 50_000,
        b"<!--" * 200_000,
        b"<?xml " + b" " * 2_000_000,
        b" " * 2_000_000 + b"<sv",
        b"<!-- x -->\n" * 30_000 + b"<svg",
    ],
)
def test_what_stands_before_a_drawing_is_read_once(content: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(NotTaken):
        look_at(content)
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("text", ["\n" * 150_000, " \n" * 80_000, "\n\t" * 80_000, "x\n" + " " * 999_000])
def test_lines_with_nothing_on_them_are_read_once(text: str) -> None:
    began = time.monotonic()
    with suppress(Unreadable):
        read_file(f"x{text}x".encode())
    assert time.monotonic() - began < SECONDS


def test_a_picture_that_many_questions_show_counts_once() -> None:
    picture = os.urandom(1024 * 1024)
    package = packages.Package(packed({"a.png": picture, "b.png": picture}))
    for _ in range(1 + packages.MOST_UNPACKED // len(picture)):
        assert package.read("a.png") == picture
    assert package.read("b.png") == picture


@pytest.mark.parametrize("text", ["{{#" + " " * 200_000, "{{# a" + " " * 200_000 + "}}", "{{#a b " * 50_000])
def test_sections_with_much_room_in_them_are_read_quickly(text: str) -> None:
    began = time.monotonic()
    model = ("Odd", 0, ("Front", "Back"), (("Card 1", text + "{{Front}}", "{{Back}}"),))
    read_file(old_deck([(model, ("a", "b"), (0,))]))
    assert time.monotonic() - began < SECONDS


def test_pictures_that_never_close_are_put_in_words_quickly() -> None:
    began = time.monotonic()
    to_plain(Rich('<img alt="" ' * 5_000, "html"))
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("text", ["{1:SA:" * 50_000, "{1:SA:=" + "\\" * 200_000, "{1:SA:=a" + "~b" * 100_000 + "}"])
def test_gaps_that_make_patterns_slow_are_read_quickly(text: str) -> None:
    began = time.monotonic()
    read_file(f"<?xml version='1.0'?>{QUIZ.format(text).replace('truefalse', 'cloze')}".encode())
    assert time.monotonic() - began < SECONDS


def test_the_process_is_as_large_as_before() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in (bomb(60_000_000), zlib.compress(b"x" * 1_000_000), b"<quiz>" + b"<a>" * 200):
        refused(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024

"""What a file is told by its content, and its name is made safe."""

import io
import struct

import pytest

from leerhuis.documents.contents import kind_of
from leerhuis.documents.rules import HoldsCode, NothingInIt, NotTaken, NumberInName, check_words, clean_name
from leerhuis.documents.tests.factories import JPEG, PDF, PNG, packed

ODT = ("mimetype", "application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPEG, "jpg"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (packed("content.xml", first=ODT), "odt"),
        ("Een gewone tekst, met é en €.\r\n".encode(), "txt"),
        (b"\xef\xbb\xbfmet een BOM", "txt"),
    ],
)
def test_a_kind_is_found_in_the_content(content, kind):
    assert kind_of(io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"\x7fELF",
        b"#!/bin/sh\nrm -rf /\n",
        b"<html><script>alert(1)</script></html>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a\x01\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file",
        b"text with a \0 in it",
        b"PK\x03\x04 and nothing else",
        packed("word/document.xml"),  # a packed file that only looks like one of Word
        packed("[Content_Types].xml", "../../etc/passwd", "word/document.xml"),
        packed("[Content_Types].xml", "/etc/passwd", "word/document.xml"),
        packed("setup.exe"),
        packed("content.xml", first=("mimetype", "application/x-evil")),
        "half a letter é".encode()[:-1],
    ],
)
def test_another_kind_is_refused(content):
    with pytest.raises(NotTaken):
        kind_of(io.BytesIO(content))


@pytest.mark.parametrize("content", [b"", b" \n\t "])
def test_nothing_is_refused(content):
    with pytest.raises(NothingInIt):
        kind_of(io.BytesIO(content))


def test_macros_are_refused():
    with pytest.raises(HoldsCode):
        kind_of(io.BytesIO(packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")))


def test_a_locked_file_is_refused():
    content = bytearray(packed("[Content_Types].xml", "word/document.xml"))
    at = content.index(b"PK\x01\x02")
    content[at + 8 : at + 10] = struct.pack("<H", 1)
    with pytest.raises(HoldsCode):
        kind_of(io.BytesIO(bytes(content)))


def test_a_list_of_contents_that_is_absurdly_long_is_not_read():
    content = bytearray(packed("[Content_Types].xml", "word/document.xml"))
    at = content.rindex(b"PK\x05\x06")
    content[at + 8 : at + 12] = struct.pack("<HH", 60_000, 60_000)
    with pytest.raises(NotTaken):
        kind_of(io.BytesIO(bytes(content)))


def test_a_file_that_is_two_things_is_the_one_at_its_head():
    both = PDF + packed("[Content_Types].xml", "word/document.xml")
    assert kind_of(io.BytesIO(both)) == "pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Diploma HAVO.pdf", "Diploma HAVO.pdf"),
        ("C:\\Users\\anna\\Diploma.PDF", "Diploma.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("diploma.pdf.exe", "diploma.pdf.exe.pdf"),
        ("diploma.html", "diploma.html.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a\u200bb\u2066c\x07.pdf", "abc.pdf"),
        ('<b>"x"|?*.pdf', "b x.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("nul.txt", "_nul.txt.pdf"),
        ("met\0nul.pdf", "metnul.pdf"),
        ("e\u0301e\u0301n.pdf", "één.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert clean_name(given, "pdf") == kept


def test_a_picture_keeps_one_ending():
    assert clean_name("pas foto.JPEG", "jpg") == "pas foto.jpg"


@pytest.mark.parametrize(("name", "reason"), [("scan 111222333.pdf", "x"), ("x.pdf", "BSN 111.222.333")])
def test_a_bsn_is_refused_unless_it_is_another_number(name, reason):
    with pytest.raises(NumberInName):
        check_words(name, reason, not_bsn=False)
    check_words(name, reason, not_bsn=True)

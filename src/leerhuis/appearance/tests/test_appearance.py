"""An academy chooses its logo, colour and typeface: safely, with undo, and everywhere at once."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leerhuis.appearance.actions import KEPT, choose_appearance, undo_appearance
from leerhuis.appearance.mark import drawn_anew
from leerhuis.appearance.models import Appearance
from leerhuis.appearance.queries import choices, style_in_force
from leerhuis.appearance.rules import NoPicture, NothingToUndo, OddShape, TooHeavy
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note

PAGE = "/office/settings/look/"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><rect width="200" height="80" fill="#b5179e"/></svg>'
)
BY = Actor.operator()


def png(width=60, height=30, extra=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_chunk(words):
    data = b"Comment\0" + words
    return struct.pack(">I", len(data)) + b"tEXt" + data + struct.pack(">I", zlib.crc32(b"tEXt" + data))


@pytest.mark.parametrize(
    ("sent", "ratio"), [(SVG, 2.5), (png(), 2.0), (b"<?xml version='1.0'?>\n<!-- x -->" + SVG, 2.5)]
)
def test_a_logo_is_drawn_anew(sent, ratio):
    mark = drawn_anew(sent)
    assert mark.png.startswith(b"\x89PNG")
    assert mark.width / mark.height == pytest.approx(ratio, rel=0.02)


def test_what_hides_in_a_picture_does_not_come_along():
    assert b"secret place" in png(extra=text_chunk(b"secret place"))
    assert b"secret place" not in drawn_anew(png(extra=text_chunk(b"secret place"))).png


def test_a_very_wide_logo_stays_small():
    mark = drawn_anew(png(700, 100))
    assert mark.width <= 960
    assert mark.width / mark.height == pytest.approx(7, rel=0.02)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", NoPicture),
        (b"GIF89a" + b"\0" * 50, NoPicture),
        (b"\xff\xd8\xff\xe0 jpeg", NoPicture),
        (b"\x89PNG\r\n\x1a\n", NoPicture),
        (png()[:60], NoPicture),
        (b"<html><svg></svg></html>", NoPicture),
        (SVG.replace(b"<rect", b"<script>alert(1)</script><rect"), NoPicture),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, NoPicture),
        (SVG.replace(b"<rect", b'<image href="http://elsewhere.example/x.png"/><rect'), NoPicture),
        (SVG.replace(b"<rect", b"<foreignObject/><rect"), NoPicture),
        (b"<svg " + b" " * 600_000, TooHeavy),
        (png(5000, 1), OddShape),
        (png(300, 10), OddShape),
    ],
)
def test_what_is_no_good_logo_is_refused(sent, refusal):
    with pytest.raises(refusal):
        drawn_anew(sent)


def choose(accent="#b5179e", typeface="book", **more):
    return choose_appearance(accent=accent, typeface=typeface, by=BY, **more)


def test_the_last_choice_holds_over_the_settings_file_and_can_be_taken_back(academy):
    written = academy.settings.look
    assert style_in_force(written).accent == written.accent
    first = choose()
    second = choose("#225588", logo=SVG)
    assert (style_in_force(written).accent, style_in_force(written).logo.digest) == ("#225588", second.logo_digest)
    with pytest.raises(NothingToUndo):
        undo_appearance(first, by=BY)
    undo_appearance(second, by=BY)
    assert (style_in_force(written).accent, style_in_force(written).logo) == ("#b5179e", None)
    undo_appearance(first, by=BY)
    assert style_in_force(written).accent == written.accent
    assert Note.objects.filter(verb="undo appearance").count() == 2


def test_a_logo_stays_until_there_is_another_or_none(academy):
    digest = choose(logo=SVG).logo_digest
    assert choose("#225588").logo_digest == digest
    assert choose("#225588", logo=png()).logo_digest not in {digest, ""}
    assert choose("#225588", without_logo=True).logo_digest == ""


def test_a_few_choices_are_kept_and_no_more(academy):
    for number in range(KEPT + 3):
        choose(f"#0000{number:02d}")
    assert Appearance.objects.count() == KEPT
    assert choices().first().accent == f"#0000{KEPT + 2:02d}"


def test_the_page_keeps_what_was_chosen_and_shows_it_everywhere(cast, as_):
    admin = as_(cast.admin)
    sent = {"accent": "#B5179E", "typeface": "book", "logo": SimpleUploadedFile("x.svg", SVG, "image/svg+xml")}
    answer = admin.post(PAGE, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    css = as_(None).get("/look.css").content.decode()
    digest = choices().first().logo_digest
    assert f"/logo/{digest}.png" in css
    assert "Newsreader" in css
    logo = as_(None).get(f"/logo/{digest}.png")
    assert (logo.status_code, logo.headers["Content-Type"]) == (200, "image/png")
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    assert logo.content.startswith(b"\x89PNG")
    assert admin.get(PAGE).status_code == 200
    admin.post(f"{PAGE}{choices().first().id}/undo/")
    assert as_(None).get(f"/logo/{digest}.png").status_code == 404


def test_a_refused_logo_changes_nothing_and_says_why(cast, as_):
    sent = {"accent": "#225588", "typeface": "book", "logo": SimpleUploadedFile("x.svg", b"<html>", "image/svg+xml")}
    answer = as_(cast.admin).post(PAGE, sent)
    assert answer.status_code == 422
    assert Appearance.objects.count() == 0
    assert "PNG" in answer.content.decode()


@pytest.mark.parametrize("accent", ["red", "#12345", "#gggggg", "#123456;}body{display:none"])
def test_a_colour_is_nothing_but_a_colour(cast, as_, accent):
    admin = as_(cast.admin)
    assert admin.post(PAGE, {"accent": accent, "typeface": "book"}).status_code == 422
    assert "display:none" not in admin.get(f"{PAGE}preview.css", {"accent": accent}).content.decode()
    assert admin.get(f"{PAGE}readability/", {"accent": accent}).status_code == 200
    assert Appearance.objects.count() == 0


def test_a_colour_is_shown_before_it_is_chosen(cast, as_):
    css = as_(cast.admin).get(f"{PAGE}preview.css", {"accent": "#ffee00", "typeface": "clear"}).content.decode()
    assert "Atkinson" in css
    said = as_(cast.admin).get(f"{PAGE}readability/", {"accent": "#ffee00"}).content.decode()
    assert "#ffee00" not in said.split("swatch-dark")[0]  # too light for white words: used darker
    assert Appearance.objects.count() == 0


@pytest.mark.parametrize(
    "who", ["clerk", "planner", "bookkeeper", "officer", "trainer", "contact", "learner", "stranger"]
)
def test_the_look_is_chosen_by_the_administrator_alone(cast, as_, who):
    client = as_(cast.everyone[who])
    chosen = choose()
    for address in (PAGE, f"{PAGE}preview.css", f"{PAGE}readability/"):
        assert client.get(address).status_code == 403, address
    assert client.post(PAGE, {"accent": "#000000", "typeface": "book"}).status_code == 403
    assert client.post(f"{PAGE}{chosen.id}/undo/").status_code == 403
    assert Appearance.objects.count() == 1

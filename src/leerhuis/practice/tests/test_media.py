"""Pictures, sound and film: found out by content, said in words, shown by name, and handed out with rights only."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from leerhuis.base import clock
from leerhuis.documents import shelf
from leerhuis.practice.actions.content import add_bank, add_question
from leerhuis.practice.actions.media import add_media, change_media, remove_media
from leerhuis.practice.contents import look_at
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Area, Hotspot, Kind, Shape, Statement
from leerhuis.practice.mentions import name_from
from leerhuis.practice.models import Card, Media
from leerhuis.practice.rendering import to_html, to_plain
from leerhuis.practice.rules import HoldsCode, NameTaken, NotTaken, NoWords, OddName, StillUsed, TooLarge
from leerhuis.practice.shelves import Shelf, address_of
from leerhuis.practice.sweeping import sweep_shelf
from leerhuis.practice.tests.factories import AUTHOR, access_for
from leerhuis.practice.tests.pictures import GIF, MP3, MP4, PNG, SVG, WAV, WEBM, png
from leerhuis.practice.tests.test_learner_pages import words


@pytest.fixture
def bank(academy, tmp_path, settings):
    settings.FILES = tmp_path
    return add_bank(title="Locks", language="en", by=AUTHOR)


def bring(bank, name="lock.png", content=PNG, alt="A red lock") -> Media:
    return add_media(bank, name=name, alt=alt, content=content, by=AUTHOR)


@pytest.mark.parametrize(
    ("content", "kind", "media_type", "size"),
    [
        (PNG, "picture", "image/png", (40, 20)),
        (GIF, "picture", "image/gif", (3, 2)),
        (SVG, "picture", "image/svg+xml", (30, 20)),
        (b'<?xml version="1.0"?>\n' + SVG, "picture", "image/svg+xml", (30, 20)),
        (MP3, "sound", "audio/mpeg", (0, 0)),
        (WAV, "sound", "audio/wav", (0, 0)),
        (MP4, "film", "video/mp4", (0, 0)),
        (WEBM, "film", "video/webm", (0, 0)),
    ],
)
def test_what_a_file_is_stands_in_its_content(content, kind, media_type, size):
    found = look_at(content)
    assert (found.kind, found.media_type, (found.width, found.height)) == (kind, media_type, size)


def drawing(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"{attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "hostile",
    [
        drawing("<script>alert(1)</script>"),
        drawing("", ' onload="alert(1)"'),
        drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
        drawing("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
        drawing('<image href="https://example.org/x.png"/>'),
        drawing('<use href="https://example.org/x.svg#a"/>'),
        drawing("<style>@import 'https://example.org/x.css';</style>"),
        drawing("<rect style=\"fill:url('https://example.org/x')\"/>"),
        drawing('<rect fill="url(//example.org/x)"/>'),
        drawing('<set attributeName="href" to="javascript:alert(1)"/>'),
        drawing('<animate attributeName="x"/>'),
        b'<!DOCTYPE svg [<!ENTITY x "y">]>' + drawing("&x;"),
        b'<?xml-stylesheet href="https://example.org/x.css"?>' + drawing(""),
        drawing('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
        drawing('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
    ],
)
def test_a_drawing_in_which_something_runs_or_loads_is_refused(hostile):
    with pytest.raises((HoldsCode, NotTaken)):
        look_at(hostile)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotTaken),
        (b"%PDF-1.7", NotTaken),
        (b"<html><script>alert(1)</script></html>", NotTaken),
        (b"\x89PNG\r\n\x1a\n", NotTaken),
        (b"<svg", NotTaken),
        (drawing("<rect>"), NotTaken),
        (png(9_000, 1), TooLarge),
        (PNG + b"\0" * 5 * 1024 * 1024, TooLarge),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(content, refusal):
    with pytest.raises(refusal):
        look_at(content)


def test_a_picture_has_a_name_and_words(bank):
    media = bring(bank)
    assert (media.kind, media.width, media.size) == ("picture", 40, len(PNG))
    path = shelf.path_of(media.digest)
    assert path
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (PNG, 0o600)
    for refusal, kept in ((NameTaken, {}), (OddName, {"name": "../x"}), (NoWords, {"name": "b.png", "alt": " "})):
        with pytest.raises(refusal):
            bring(bank, **kept)
    assert Media.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Slot – Rood (1).PNG", "slot-rood-1.png"),
        ("C:\\x\\é.jpeg", "e.jpeg"),
        ("../../etc/passwd", "passwd"),
        ("…", "file"),
        ("noending", "noending"),
        (".png", "png"),
    ],
)
def test_a_name_is_made_of_the_name_of_the_file(file, name):
    assert name_from(file) == name


def test_a_text_shows_the_banks_own_by_name(bank):
    media = bring(bank)
    bring(bank, name="bell.mp3", content=MP3, alt="A bell")
    bring(bank, name="door.mp4", content=MP4, alt='A "door"')
    on_shelf = Shelf(bank.id)
    html = to_html(Rich("See ![](media:lock.png) ![My words](media:lock.png)", "markdown"), on_shelf)
    picture = f'<img class="media" src="{address_of(media)}" alt="{{}}" width="40" height="20">'
    assert html == f"<p>See {picture.format('A red lock')} {picture.format('My words')}</p>\n"
    assert "<audio" in to_html(Rich('<img src="media:bell.mp3" alt="">', "html"), on_shelf)
    assert 'aria-label="A &quot;door&quot;"' in to_html(Rich("![](media:door.mp4)", "markdown"), on_shelf)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![a lock](media:gone.png)", "<p>a lock</p>\n"),
        ("![x](https://example.org/p.gif)", "<p>x</p>\n"),
        ("![x](media:../../secret)", "<p>x</p>\n"),
        ("[x](media:lock.png)", '<p><a rel="noopener noreferrer nofollow">x</a></p>\n'),
        ('<img src="MEDIA:lock.png" onerror="alert(1)" alt="<b>">', "&lt;b&gt;"),
    ],
)
def test_what_a_bank_has_not_got_is_told_by_its_words(bank, text, html):
    bring(bank)
    assert to_html(Rich(text, "markdown"), Shelf(bank.id)).strip() == html.strip()


def test_lists_say_what_a_picture_shows():
    assert to_plain(Rich("See ![a lock](media:lock.png) [[1]]", "markdown")) == "See a lock …"


def test_a_text_without_pictures_asks_the_database_nothing(bank, django_assert_num_queries):
    with django_assert_num_queries(0):
        to_html(Rich("No picture", "markdown"), Shelf(bank.id))


def test_only_who_may_practise_the_bank_and_authors_get_it(cast, as_, bank):
    address = address_of(bring(bank))
    access_for(cast.learner, bank)
    for person, status in ((cast.learner, 200), (cast.trainer, 200), (cast.colleague, 404), (cast.stranger, 404)):
        assert as_(person).get(address).status_code == status
    assert as_(None).get(address).status_code == 302
    with clock.at(clock.now() + timedelta(days=31)):
        assert as_(cast.learner).get(address).status_code == 404


def test_a_browser_keeps_it_runs_nothing_of_it_and_gets_films_in_parts(cast, as_, bank):
    client = as_(cast.trainer)
    media = bring(bank, name="door.svg", content=SVG)
    answer = client.get(address_of(media))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == SVG
    for said, status, part in (
        ("bytes=0-3", 206, SVG[:4]),
        ("bytes=-2", 206, SVG[-2:]),
        ("bytes=9999-", 200, SVG),
        ("bytes=x-y", 200, SVG),
    ):
        got = client.get(address_of(media), headers={"Range": said})
        assert (got.status_code, got.content) == (status, part)


def test_only_who_chose_to_stay_signed_in_has_it_kept_by_the_browser_and_for_that_long(cast, as_, bank):
    access_for(cast.learner, bank)
    client, address = as_(cast.learner), address_of(bring(bank))
    assert client.get(address)["Cache-Control"] == "private, no-store"
    session = client.session
    session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE)
    session.save()
    term = settings.ACCOUNT_SESSION_COOKIE_AGE
    assert client.get(address)["Cache-Control"] == f"private, max-age={term}, immutable"


def test_another_content_has_another_address(cast, as_, bank):
    media = bring(bank)
    old = address_of(media)
    change_media(media, alt="Blue", content=png(8, 8), by=AUTHOR)
    media.refresh_from_db()
    assert (media.alt, media.width, address_of(media) != old) == ("Blue", 8, True)
    assert as_(cast.trainer).get(old).status_code == 404


def test_another_picture_is_another_version_of_what_shows_it_learned_anew_where_it_means_something_else(cast, bank):
    media = bring(bank, name="lock.png")
    draft = Draft("T", "", Kind.TRUE_FALSE, Rich("x"), Statement(True, Rich("![](media:lock.png)", "markdown")), None)
    asked = add_question(bank, draft, by=AUTHOR)
    access = access_for(cast.learner, bank)
    card = Card.objects.create(
        access=access, question=asked, stability=5, difficulty=5, state=2,
        last_review=clock.now(), due_at=clock.now() + timedelta(days=5),
    )  # fmt: skip
    change_media(media, alt="Other words", by=AUTHOR)
    assert asked.versions.count() == 1
    change_media(media, alt="Sharper", content=png(8, 8), means_else=False, by=AUTHOR)
    card.refresh_from_db()
    assert (card.memory.is_known, asked.versions.count()) == (True, 2)
    type(bank).objects.filter(pk=bank.pk).update(four_eyes=True)
    change_media(media, alt="Another", content=png(9, 9), by=AUTHOR)
    card.refresh_from_db()
    asked.refresh_from_db()
    assert (card.memory.is_known, asked.version, asked.state) == (False, 3, "review")
    assert [each.change for each in asked.versions.order_by("number")] == ["new", "words", "meaning"]


def test_what_a_question_shows_stays(bank):
    lock, other, map_ = bring(bank), bring(bank, name="lock.png.bak"), bring(bank, name="map.png")
    draft = Draft("T", "", Kind.TRUE_FALSE, Rich("x"), Statement(True, Rich("![](media:lock.png)", "markdown")), None)
    add_question(bank, draft, by=AUTHOR)
    place = Area("a", "n", Shape.RECT, (0, 0, 9, 9), 1.0)
    add_question(bank, Draft("T", "", Kind.HOTSPOT, Rich("Where?"), Hotspot("map.png", (place,)), None), by=AUTHOR)
    for used in (lock, map_):
        with pytest.raises(StillUsed):
            remove_media(used, by=AUTHOR)
    remove_media(other, by=AUTHOR)
    assert set(Media.objects.values_list("name", flat=True)) == {"lock.png", "map.png"}


def test_what_no_bank_has_leaves_the_disk_after_a_day(bank):
    kept, gone = bring(bank), bring(bank, name="b.gif", content=GIF)
    remove_media(gone, by=AUTHOR)
    assert sweep_shelf() == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert sweep_shelf() == 1
    assert shelf.path_of(kept.digest)
    assert shelf.path_of(gone.digest) is None


def test_an_author_brings_one_in_changes_and_removes_it(cast, as_, bank, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    address = f"/office/practice/{bank.id}/media/"
    assert "no pictures, sounds or films yet" in words(client.get(address))
    refused = client.post(f"{address}add/", {"file": SimpleUploadedFile("a.exe", b"MZ"), "alt": "x"})
    assert "We take pictures" in words(refused)
    client.post(f"{address}add/", {"file": SimpleUploadedFile("Het Slot.png", PNG), "alt": "A lock"})
    media = Media.objects.get()
    assert media.name == "het-slot.png"
    page = client.get(address)
    assert "![](media:het-slot.png)" in words(page)
    assert re.search(r'<img class="media" src="[^"]+" alt="A lock"', page.content.decode())
    one = f"/office/practice/media/{media.id}/"
    client.post(one, {"alt": "A blue lock"})
    assert "A blue lock" in words(client.get(one))
    client.post(f"{one}remove/")
    assert Media.objects.count() == 0

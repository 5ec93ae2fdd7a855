"""What looks at pages sees what is wrong with them: each fault is put in a page on purpose, and is found."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.stories.looking import faults_of, invalid_html, look_at
from tests.stories.theatre import window

pytestmark = pytest.mark.story

GOOD = (
    '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Proef</title></head>'
    "<body><main><h1>Proef</h1>{}</main></body></html>"
)
FAULTS = {
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">': "image-alt",
    '<input type="text">': "label",
    '<p style="color: #ccc; background: #fff">bleek</p>': "color-contrast",
    '<p style="width: 900px">breed</p>': "at 320",
    '<p style="transition: opacity 2s">beweegt</p>': "in spite of reduced motion",
    '<h3 id="a">Kop die een stap overslaat</h3>': "heading-order",
}


def test_a_page_without_a_fault_passes(browser: Browser) -> None:
    with window(browser, 1280, still=True) as page:
        page.set_content(GOOD.format("<p>Niets aan de hand.</p>"))

        assert look_at(page, "good") == []


@pytest.mark.parametrize("fault", FAULTS, ids=FAULTS.values())
def test_each_fault_is_found(browser: Browser, fault: str) -> None:
    with window(browser, 1280, still=True) as page:
        page.set_content(GOOD.format(fault))

        assert [each for each in look_at(page, "fault") if FAULTS[fault] in each] != []


def test_what_a_box_hides_is_found(browser: Browser) -> None:
    cut = '<div style="overflow: hidden; width: 200px"><p style="width: 300px">langer dan de doos</p></div>'
    with window(browser, 390, still=True) as page:
        page.set_content(GOOD.format(cut))

        assert faults_of(page) == ["at 320: p.null is cut off", "at 390: p.null is cut off"]


def test_html_that_is_not_valid_is_found(tmp_path: Path) -> None:
    pages = {"good": "<p>Goed.</p>", "twice": '<p id="a">1</p><p id="a">2</p>', "open": "<p><div>fout</div></p>"}
    files = [tmp_path / f"{name}.html" for name in pages]
    for file in files:
        file.write_text(GOOD.format(pages[file.stem]) + "\n", encoding="utf-8")

    found = invalid_html(files)

    assert {each.partition(":")[0] for each in found} == {"twice", "open"}

"""Each kind of question in the practice app on a telephone: missed once, then known, with fingers and with keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.stories.looking import faults_of
from tests.stories.practising import APP, telephone, wait_until_brought
from tests.stories.test_keyboard import go_to
from tests.stories.theatre import Theatre

pytestmark = pytest.mark.story
ACADEMY = "leffectief"
NOT_YET, RIGHT = "Nog niet", "Goed"
WRITTEN = "Ik zeg: zet die helm op.\nDat is hier verplicht."
Act = Callable[[Page], None]


@dataclass(frozen=True)
class Way:
    """How a question is answered, and the line that the server keeps of it (as a pattern)."""

    act: Act
    line: str


@dataclass(frozen=True)
class Asked:
    """A question by its title: what missing it and knowing it looks like, and what it shows beside words."""

    title: str
    missed: Way
    known: Way
    shows: str = ""


def tap(*selectors: str) -> Act:
    def act(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).tap()

    return act


def fill(**fields: str) -> Act:
    """Type into fields, or choose in a list by its words."""

    def act(page: Page) -> None:
        for name, words in fields.items():
            field = page.locator(f"[name='{name.replace('_', '-')}']")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=words)
            else:
                field.tap()
                field.press_sequentially(words)

    return act


def options(*keys: str) -> Act:
    return tap(*(f".option:has(input[value='{key}'])" for key in keys))


def order_now(page: Page) -> str:
    return "".join(page.locator("input[name=order]").evaluate_all("all => all.map((each) => each.value)"))


def arrange_by_touch(wanted: str) -> Act:
    def act(page: Page) -> None:
        for place, key in enumerate(wanted):
            for _ in range(order_now(page).index(key) - place):
                line = page.locator(f".order-item:has(input[value='{key}'])")
                line.locator("[data-by='-1']").tap()
        assert order_now(page) == wanted

    return act


def arrange_by_keys(page: Page) -> None:
    """Move the lines up one by one; the button stays under the finger that presses it."""
    for place, key in enumerate("abcd"):
        if steps := order_now(page).index(key) - place:
            page.locator("#question").focus()
            go_to(page, f".order-item:has(input[value='{key}']) [data-by='-1']")
            for _ in range(steps):
                moved = order_now(page).index(key)
                page.keyboard.press("Enter")
                page.wait_for_function(f"document.querySelectorAll('input[name=order]')[{moved - 1}].value === '{key}'")
    assert order_now(page) == "abcd"


def match_by_keys(page: Page) -> None:
    for place, words in enumerate(("rode", "blauwe", "gele")):
        go_to(page, f"#match-{place}")
        page.keyboard.type(words)


def point_by_touch(page: Page) -> None:
    box = page.locator(".spot-grid").bounding_box()
    assert box
    page.locator(".spot-grid").tap(position={"x": 0.53 * box["width"], "y": 0.4 * box["height"]})
    expect(page.locator(".spot-pin")).to_be_visible()


def point_by_keys(page: Page) -> None:
    """Go to the place by rows and columns, as arrows go."""
    go_to(page, "[data-cell]")
    for key in ("ArrowRight",) * 8 + ("ArrowDown",) * 4:
        page.keyboard.press(key)
    expect(page.locator("[data-cell='I5']")).to_be_checked()


def write(judgement: int) -> Act:
    """Answer in own words, see the model answer, and say how it was."""

    def act(page: Page) -> None:
        page.locator("textarea").tap()
        page.keyboard.insert_text(WRITTEN)
        page.locator("form.question [type=submit]").tap()
        expect(page.locator("[data-explanation]")).to_contain_text("uitleggen waarom")
        assert faults_of(page) == []
        page.locator(".judge .btn").nth(judgement).tap()

    return act


KINDS = {
    "Wie beoordeelt": Asked("single", Way(options("b"), "b"), Way(options("a"), "a")),
    "Welke hulpmiddelen": Asked(
        "multiple", Way(options("a", "c"), "a c"), Way(options("a", "b"), "a b"), ".question-text audio"
    ),
    "Een nooduitgang": Asked("true_false", Way(options("true"), "true"), Way(options("false"), "false")),
    "Hoe ver": Asked(
        "numeric", Way(fill(text="12 m"), "12 m"), Way(fill(text="0,0442 km"), "0,0442 km"), ".question-text math"
    ),
    "Hoe heet": Asked(
        "short_text",
        Way(fill(text="brandweer"), "brandweer"),
        Way(fill(text="Bedrijfshulpverlner"), "Bedrijfshulpverlner"),
    ),
    "Bel bij brand": Asked(
        "cloze",
        Way(fill(gap_0="144", gap_1="2", gap_2="parkeergarage"), r"144 \| 2 \| b"),
        Way(fill(gap_0="112", gap_1="3", gap_2="verzamelplaats"), r"112 \| 3 \| a"),
    ),
    "Welk bord": Asked(
        "matching",
        Way(fill(match_0="rode ring", match_1="gele driehoek", match_2="blauwe schijf"), "0=3 1=1 2=0"),
        Way(match_by_keys, "0=3 1=0 2=1"),
    ),
    "In welke volgorde": Asked("ordering", Way(arrange_by_touch("dcba"), "d c b a"), Way(arrange_by_keys, "a b c d")),
    "Een collega": Asked("open", Way(write(0), f"wrong\n{WRITTEN}"), Way(write(2), f"right\n{WRITTEN}")),
    "Wijs aan": Asked(
        "hotspot", Way(point_by_touch, r"5[23](\.\d)?,(39|40)(\.\d)?"), Way(point_by_keys, "I5"), ".hotspot img"
    ),
    "Waardoor": Asked(
        "named",
        Way(tap(".spot[data-for=area-b] text"), "b"),
        Way(tap(".spot[data-for=area-c] text"), "c"),
        ".hotspot img",
    ),
}


def test_each_kind_is_missed_once_then_known_with_fingers_and_with_keys(browser: Browser, demo: Theatre):
    kim = demo.fill("fill")
    played: list[tuple[str, str, str]] = []
    with telephone(browser) as phone:
        phone.add_cookies([{"name": kim["name"], "value": kim["value"], "url": demo.address(ACADEMY)}])
        page = phone.new_page()
        page.goto(demo.address(ACADEMY, f"{APP}#begin"))
        for is_known in (False, True):
            page.emulate_media(color_scheme="dark" if is_known else "light")
            for _ in KINDS:
                page.wait_for_selector("form.question")
                played.append(play(page, is_known=is_known))
                page.locator("[data-next]").tap()
            page.wait_for_selector("#end")
            if not is_known:
                page.get_by_role("button", name="Nog een ronde").tap()
        assert {title for title, *_ in played} == {each.title for each in KINDS.values()}
        wait_until_brought(page)
    kept = demo.fill("given", kim["address"])
    assert len(kept) == len(played)
    for (title, line, outcome), found in zip(played, kept, strict=True):
        assert [title, outcome] == [found[0], found[2]]
        assert re.fullmatch(line, found[1]), f"of {title} is kept {found[1]}"


def play(page: Page, *, is_known: bool) -> tuple[str, str, str]:
    """Answer the question that is on; see that everybody can, and why it is so, with the source and its date."""
    stem = page.locator("#question").inner_text()
    asked = next(each for words, each in KINDS.items() if stem.startswith(words))
    if not is_known:
        assert faults_of(page) == [], asked.title
        see_media(page, asked)
    way = asked.known if is_known else asked.missed
    way.act(page)
    if page.locator("form.question [type=submit]").count():
        press_check(page, with_keys=is_known)
    explained = page.locator("[data-explanation]")
    expect(explained.locator(".explain-head")).to_have_text(re.compile(rf"^\s*{RIGHT if is_known else NOT_YET}\s*$"))
    expect(explained).to_contain_text("De werkgever zorgt voor veilig werk.")
    expect(explained).to_contain_text("Bron: Arbowet, artikel 3 (geldt tot 30 juni 2031)")
    assert faults_of(page) == [], asked.title
    return asked.title, way.line, "right" if is_known else "wrong"


def press_check(page: Page, *, with_keys: bool) -> None:
    """Have the answer looked at, by a key where keys chose it."""
    if with_keys:
        go_to(page, "form.question [type=submit]")
        page.keyboard.press("Enter")
    else:
        page.locator("form.question [type=submit]").tap()
    page.wait_for_selector("[data-next]")


def see_media(page: Page, asked: Asked) -> None:
    """See that what a question shows beside its words is there, and large enough for a finger."""
    if not asked.shows:
        return
    shown: Locator = page.locator(asked.shows).first
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box
    if not asked.shows.endswith("math"):
        assert min(box["width"], box["height"]) >= 44, f"{asked.title} shows {box}"
    if asked.shows.endswith("img"):
        assert shown.evaluate("each => each.naturalWidth") > 0

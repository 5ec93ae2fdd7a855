"""A whole registration and a whole round with the keyboard alone; one always sees where one is."""

import pytest
from playwright.sync_api import Browser, Page, expect

from leerhuis.config.demo.signins import PASSWORD
from tests.stories.test_whole_way import course_to_choose
from tests.stories.theatre import Theatre, sign_in_of, window

pytestmark = pytest.mark.story

ACADEMY = "leffectief"
MOST_QUESTIONS = 40  # a round of someone quick who has not practised for long
PRACTISED_IN = "kjenning"  # where no story gives the learner a passkey, which would be asked for
MOST_STOPS = 60
NEEDED = {"birth_date": "17051990", "phone": "06 66 12 34 56"}  # a date is typed as it is shown: day, month, year

# Where the keyboard is: whether that is wanted, whether one sees it, and what it is for a person who has to mend it.
HERE = """(wanted) => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
  const after = getComputedStyle(at, "::after");
  const box = at.getBoundingClientRect();
  const marked = [outlineStyle !== "none" && parseFloat(outlineWidth) > 0, boxShadow !== "none",
    after.outlineStyle !== "none" && parseFloat(after.outlineWidth) > 0, at.matches("body, input[type=radio]")];
  return {
    there: at.matches(wanted),
    seen: marked.some(Boolean) && (at === document.body || (box.bottom > 0 && box.top < innerHeight)),
    name: at.outerHTML.slice(0, 120),
  };
}"""


def go_to(page: Page, wanted: str) -> None:
    """Press Tab until the keyboard is at what is wanted; at each stop one must see where it is."""
    stops = []
    for _ in range(MOST_STOPS):
        here = page.evaluate(HERE, wanted)
        if here["there"]:
            return
        page.keyboard.press("Tab")
        here = page.evaluate(HERE, wanted)
        stops.append(here["name"])
        assert here["seen"], f"one does not see that the keyboard is at {here['name']}"
    raise AssertionError(f"{wanted} was not reached; the keyboard came at\n" + "\n".join(stops))


def test_registering_with_the_keyboard_alone(demo: Theatre, browser: Browser) -> None:
    course = course_to_choose(ACADEMY)
    with window(browser, 1280, still=True) as page:
        page.goto(demo.address(ACADEMY, f"/courses/{course.slug}/"))
        page.keyboard.press("Tab")
        assert page.evaluate(HERE, ".skip-link")["there"], "the first stop leads to the content"
        page.keyboard.press("Enter")
        go_to(page, "main a[href^='/register/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/register/*/")
        for name, value in (("first_name", "Toets"), ("last_name", "Enbord"), ("email", "toets@enbord.example")):
            go_to(page, f"[name={name}]")
            page.keyboard.type(value)
        for asked in course.fields:
            if asked.required:
                go_to(page, f"[name={asked.name}]")
                page.keyboard.type(NEEDED.get(asked.name, "Voorbeeld 12"))
        go_to(page, "[name=conditions]")
        page.keyboard.press("Space")
        go_to(page, "main form button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/register/done/**")
        expect(page.locator("h1")).to_be_visible()


def test_a_round_with_the_keyboard_alone(demo: Theatre, browser: Browser) -> None:
    with window(browser, 390, still=True) as page:
        page.goto(demo.address(PRACTISED_IN, "/accounts/login/"))
        go_to(page, "input[name=login]")
        page.keyboard.type(sign_in_of(PRACTISED_IN, "learner").person.email)
        go_to(page, "input[name=password]")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/today/")
        go_to(page, ".tabs a[href='/learn/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/learn/")
        go_to(page, "main a[href^='/practice/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/practice/**")
        go_to(page, "main form[action*='/begin/'] button, main a[href*='/practice/round/']")
        page.keyboard.press("Enter")
        for _ in range(MOST_QUESTIONS):
            page.wait_for_selector("form.question:not(:has([data-explanation]))")
            answer(page)
            page.wait_for_selector("[data-explanation]")
            assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), (
                "the place was lost"
            )
            go_to(page, "[data-next]")
            page.keyboard.press("Enter")
            page.wait_for_selector("form.question:not(:has([data-explanation])), .round-end")
            if page.locator(".round-end").count():
                break
        expect(page.locator(".round-end")).to_be_visible()


def answer(page: Page) -> None:
    """Answer the question on the page somehow, with keys, whatever its kind."""
    form = page.locator("form.question")
    for number in range(form.locator("select").count()):
        go_to(page, f"form.question select[name='{form.locator('select').nth(number).get_attribute('name')}']")
        page.keyboard.press("ArrowDown")
    if form.locator("input[type=radio], input[type=checkbox]").count():
        go_to(page, "form.question :is(input[type=radio], input[type=checkbox])")
        page.keyboard.press("Space")
    elif form.locator("input.form-control").count():
        go_to(page, "form.question input.form-control")
        page.keyboard.type("12")
    if form.locator("[data-explanation]").count() == 0:
        go_to(page, "form.question button[type=submit]:not([data-next])")
        page.keyboard.press("Enter")

"""Practice as its makers, a learner, a trainer and an employer see it: a file comes in, a bad question is mended."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from leerhuis.config.demo.signins import sign_ins_of
from tests.stories.test_whole_way import answer_somehow
from tests.stories.theatre import Theatre, picture, sign_in, sign_in_of, window

pytestmark = pytest.mark.story

ACADEMY, BANK, TOPIC = "leffectief", "Adviseren over verzekeringen", "Zorg na het advies"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "questions" / "aufgabenpool-moodlexml-de"
GIFT = f"""$CATEGORY: {TOPIC}

::Nazorg bij verhuizen::Een klant die verhuist, meldt u dat zelf aan de verzekeraar. {{T}}

::Opzeggen na een jaar::Na het eerste jaar mag een consument een schadeverzekering opzeggen met een termijn van {{
  =een maand
  ~een week
  ~een jaar
}}

::Inleiding::Hieronder staan vragen over de tijd na het advies.
"""
WRITTEN, BROUGHT_IN = "Opzeggen na een jaar", 2
EXPLAINED = "Na het eerste jaar kan het elke dag, met een maand opzegtermijn."
NOW_MEANS = "Let op: de regel is veranderd. "
CHANGED = "Deze vraag is veranderd sinds u haar beantwoordde."
MOST_QUESTIONS = 25


def test_authors_bring_in_review_release_and_mend_and_each_sees_what_is_theirs(demo: Theatre, browser: Browser):
    with window(browser, 1280, still=True) as author, window(browser, 1280, still=True) as second:
        sign_in(author, demo, ACADEMY, "trainer")
        sign_in(second, demo, ACADEMY, "planner")
        bring_in_a_real_file(author, demo)
        bank = open_bank(author, demo, BANK)
        ask_for_four_eyes(author, bank)
        bring_in_own_file(author, bank)
        written = rewrite(author, bank)
        ask_for_review(author)
        release(second, bank)
        with window(browser, 390, still=True) as learner:
            sign_in(learner, demo, ACADEMY, "learner")
            answer_the_new_question(learner, demo)
            bad = mend_the_worst(author, bank)
            assert bad != written
            release_again(second, bad)
            be_told_of_the_change(learner, demo)
            standing = draw_a_topic(learner, demo)
            read_of_those_alike(learner, demo)
        read_of_own_groups(author, demo)
    with window(browser, 1280, still=True) as contact:
        sign_in(contact, demo, ACADEMY, "contact")
        find_nothing_of_practice(contact, demo, standing)


# --- authors ---------------------------------------------------------------------------------------------------------
def bring_in_a_real_file(page: Page, demo: Theatre) -> None:
    """Bring a pool of a school into a bank of its own, where it lies beside this checkout."""
    if not REAL.exists():
        return
    page.goto(demo.address(ACADEMY, "/office/practice/add/"))
    page.fill("[name=title]", "Uit de opgavenbank")
    save(page)
    open_import(page, page.url)
    page.set_input_files("[name=file]", REAL / "aufgabenpool.xml")
    save(page)
    figures = stats(page)
    assert figures["komt erin"] > 50, figures
    assert figures["kan er niet in"] > 400, figures
    picture(page, "authors-01-real-file")
    page.check("[name=state][value=draft]")
    page.click("button[name=confirm]")
    expect(page.locator("h1")).to_have_text("Wat is overgenomen")
    assert stats(page) == figures


def open_bank(page: Page, demo: Theatre, title: str) -> str:
    """Return the address of a bank, found in the list."""
    page.goto(demo.address(ACADEMY, "/office/practice/"))
    page.locator("main tbody a").filter(has_text=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    return page.url


def ask_for_four_eyes(page: Page, bank: str) -> None:
    page.goto(f"{bank}edit/")
    page.check("[name=four_eyes]")
    save(page)


def bring_in_own_file(page: Page, bank: str) -> None:
    """Look a file over, of which one item is no question, and bring the others in as drafts."""
    open_import(page, bank)
    page.set_input_files("[name=file]", FilePayload(name="zorg.gift", mimeType="text/plain", buffer=GIFT.encode()))
    save(page)
    assert stats(page) == {"komt erin": BROUGHT_IN, "kan er niet in": 1}
    picture(page, "authors-02-looked-over")
    page.goto(bank)
    expect(page.locator("main")).not_to_contain_text(WRITTEN)  # nothing came in by looking
    page.go_back()
    page.check("[name=state][value=draft]")
    page.click("button[name=confirm]")
    expect(page.locator("h2")).to_have_text(re.compile("Wat niet"))
    expect(page.locator("main tbody")).to_contain_text("Inleiding")
    picture(page, "authors-03-report")


def rewrite(page: Page, bank: str) -> str:
    """Explain a question that came in; return its address."""
    page.goto(f"{bank}?q={WRITTEN}")
    page.locator("main tbody a").filter(has_text=WRITTEN).first.click()
    page.locator("main a[href$='/edit/']").last.click()
    page.fill("[name=explanation]", EXPLAINED)
    page.click("[data-save]")
    page.wait_for_url(re.compile(r"/questions/[^/]+/$"))
    expect(page.locator("main")).to_contain_text("versie 2")
    return page.url


def ask_for_review(page: Page) -> None:
    """Send it to review; its own writer cannot release it."""
    page.click("button[name=state][value=review]")
    expect(page.locator("main")).to_contain_text("wacht tot een andere auteur")
    page.click("button[name=state][value=released]")
    expect(page.locator("body")).to_contain_text("U schreef hier het laatst aan.")
    expect(page.locator("main")).to_contain_text("in beoordeling")
    picture(page, "authors-04-waits")


def release(page: Page, bank: str) -> None:
    """As another author: find what waits from the bank's own page, try it as a learner would, and take it into use."""
    page.goto(bank)
    page.click("main a[href='?state=review']")
    page.locator("main tbody a").filter(has_text=WRITTEN).first.click()
    page.locator("form.question label").filter(has_text="een week").click()
    page.locator("form.question button[type=submit]").first.click()
    expect(page.locator("[data-explanation]")).to_contain_text(EXPLAINED)
    page.click("button[name=state][value=released]")
    expect(page.locator("main")).to_contain_text("in gebruik")
    picture(page, "authors-05-released")


def mend_the_worst(page: Page, bank: str) -> str:
    """Find the worst question in one click in the insight page, and change what it means; return its address."""
    page.goto(f"{bank}insight/")
    picture(page, "authors-06-insight")
    page.locator("main .table-frame tbody a").first.click()
    page.wait_for_url(re.compile(r"/edit/$"))
    page.fill("[name=stem]", NOW_MEANS + page.input_value("[name=stem]"))
    page.select_option("[name=change]", "meaning")
    page.click("[data-save]")
    page.wait_for_url(re.compile(r"/questions/[^/]+/$"))
    expect(page.locator("main")).to_contain_text("in beoordeling")
    return page.url


def release_again(page: Page, question: str) -> None:
    page.goto(question)
    page.click("button[name=state][value=released]")
    expect(page.locator("main")).to_contain_text("in gebruik")


# --- the learner -----------------------------------------------------------------------------------------------------
def answer_the_new_question(page: Page, demo: Theatre) -> None:
    """With the day of an exam chosen, practise the new topic: of which nothing is known, so it stands first."""
    page.goto(demo.address(ACADEMY, "/practice/"))
    card = page.locator("main section.card").filter(has_text=BANK)
    expect(card).to_contain_text("Op uw examen op")
    card.get_by_role("link", name="Hoe u ervoor staat").click()
    picture(page, "authors-07-standing")
    page.get_by_role("button", name=f"Oefen: {TOPIC}").click()
    expect(page.locator("form.question")).to_contain_text("een schadeverzekering opzeggen")
    page.locator("form.question label").filter(has_text="een maand").click()
    page.locator("form.question button[type=submit]").first.click()
    expect(page.locator("[data-explanation]")).to_contain_text(EXPLAINED)
    picture(page, "authors-08-answered")
    page.click("[data-next]")
    page.wait_for_selector(".round-end")


def be_told_of_the_change(page: Page, demo: Theatre) -> None:
    """Meet the question that was mended, with the word that it changed."""
    page.goto(demo.address(ACADEMY, "/practice/"))
    page.locator("main section.card").filter(has_text=BANK).locator("form button").first.click()
    for _ in range(MOST_QUESTIONS):
        page.wait_for_selector("form.question")
        if page.locator("form.question", has_text=NOW_MEANS.strip()).count():
            break
        answer_somehow(page)
        page.click("[data-next]")
    expect(page.locator("form.question")).to_contain_text(CHANGED)
    picture(page, "authors-09-changed")


def draw_a_topic(page: Page, demo: Theatre) -> str:
    """Draw the line of one topic up to the exam, and take it along; return the address of the page."""
    page.goto(demo.address(ACADEMY, "/practice/"))
    page.locator("main section.card").filter(has_text=BANK).get_by_role("link", name="Hoe u ervoor staat").click()
    page.locator(".line-of a").nth(1).click()
    expect(page.locator("main")).to_contain_text("De stippellijn loopt naar uw examen op")
    expect(page.locator("svg.line-chart .expected")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Downloaden als afbeelding (SVG)").first.click()
    assert download.value.path().read_text(encoding="utf-8").startswith("<svg xmlns=")
    picture(page, "authors-10-topic")
    return page.url


def read_of_those_alike(page: Page, demo: Theatre) -> None:
    page.goto(demo.address(ACADEMY, "/learn/groups/"))
    expect(page.locator("main")).to_contain_text("deelnemers die net als u begonnen")
    picture(page, "authors-11-alike")


# --- the trainer and the employer ------------------------------------------------------------------------------------
def read_of_own_groups(page: Page, demo: Theatre) -> None:
    """As the trainer: from the day's page to how a group goes, topic by topic, and nobody in it."""
    page.goto(demo.address(ACADEMY, "/trainer/"))
    page.click("main a[href='/trainer/groups/']")
    page.locator("main .row-list a").first.click()
    expect(page.locator("main figure svg.chart").first).to_be_visible()
    said = page.locator("main").inner_text()
    assert not any(each.person.last_name in said for each in sign_ins_of(ACADEMY))
    picture(page, "authors-12-group")


def find_nothing_of_practice(page: Page, demo: Theatre, standing: str) -> None:
    """As the contact of the learner's employer: see their progress, and nothing of how they practise."""
    page.goto(demo.address(ACADEMY, "/employer/progress/"))
    said = page.locator("main").inner_text().lower()
    assert sign_in_of(ACADEMY, "learner").person.last_name.lower() in said
    assert not any(each in said for each in ("beheersing", "op het examen", TOPIC.lower()))
    for path, status in (("/trainer/groups/", 403), (urlsplit(standing).path, 404)):
        answer = page.goto(demo.address(ACADEMY, path))
        assert answer is not None
        assert answer.status == status, path


# --- parts of pages --------------------------------------------------------------------------------------------------
def open_import(page: Page, bank: str) -> None:
    page.goto(bank)
    page.locator("main a[href$='/import/']").first.click()


def save(page: Page) -> None:
    """Send the form of the page, and wait for the page that follows."""
    before = page.url
    page.locator("main form .btn-primary[type=submit]").first.click()
    page.wait_for_url(lambda url: url != before)


def stats(page: Page) -> dict[str, int]:
    """Return the figures on the page by their words."""
    found = page.locator(".stats > *").all()
    lines = [each.inner_text().lower().split("\n") for each in found]
    return {" ".join(words): int(number) for number, *words in ([p for p in line if p.strip()] for line in lines)}

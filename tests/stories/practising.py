"""What a learner does in the practice app, and what a browser holds of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import CHROMIUM, QUIET
from tests.stories.theatre import Theatre

ACADEMY = "leffectief"
APP = "/practice/app/"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "locale": "nl-NL",
    "timezone_id": "Europe/Amsterdam",
    "reduced_motion": "reduce",
    "has_touch": True,
}
# Answers whatever is asked, by the fields that stand there; the way there is that of a finger.
ANSWER = """async () => {
  const until = async (there) => { while (!there()) await new Promise((done) => setTimeout(done, 10)); };
  const form = document.querySelector("form.question");
  const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector("input[name=choice], input[name=place]")?.click();
  form.querySelectorAll("select").forEach((each) => { each.selectedIndex = 1; changed(each); });
  form.querySelectorAll("input[type=text], textarea").forEach((each) => { each.value = "12"; changed(each); });
  form.requestSubmit();
  await until(() => document.querySelector("[data-next], .judge"));
  document.querySelector(".judge .btn:last-child")?.click();
  await until(() => document.querySelector("[data-next]"));
}"""
HELD = """async () => ({
  databases: (await indexedDB.databases()).map((each) => each.name),
  caches: [...new Set((await caches.keys()).map((each) => each.replace(/-(shell|media)-.*/, "-…")))],
  local: Object.keys(localStorage),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"databases": [], "caches": [], "local": [], "workers": 0}
# A device on which nothing more fits: what a browser then says when something is put into a store.
FILL_UP = """() => {
  const put = IDBObjectStore.prototype.put;
  window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = () => { throw new DOMException("The device is full.", "QuotaExceededError"); };
}"""
# How often each question was answered, over all banks, as the server knows it.
REPS = """async () => {
  const at = "/api/v1/practice/";
  const told = async (path) => (await fetch(at + path)).json();
  const rounds = await Promise.all((await told("banks")).map((each) => told(`banks/${each.id}/round?size=200`)));
  return rounds.flatMap((each) => each.questions).reduce((sum, each) => sum + (each.card?.reps ?? 0), 0);
}"""

# How many answers wait on this device.
WAITING = """async () => {
  const open = indexedDB.open("leerhuis-practice");
  const db = await new Promise((done, failed) => {
    open.onsuccess = () => done(open.result);
    open.onerror = failed;
  });
  const asked = db.transaction("queue").objectStore("queue").count();
  const left = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return left;
}"""
PATIENCE = 20.0  # seconds


@contextmanager
def telephone(browser: Browser, folder: Path | None = None, language: str = "nl-NL") -> Iterator[BrowserContext]:
    """Open a browser on a telephone; with a folder it keeps what a closed browser keeps. Faults in a page fail."""
    faults: list[str] = []
    options = {**PHONE, "locale": language}
    if folder:
        context = browser.browser_type.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=list(QUIET), **options
        )
    else:
        context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    context.on("weberror", lambda each: faults.append(str(each.error)))
    yield context
    context.close()
    assert not faults, faults


def open_app(page: Page, demo: Theatre, *, begin: bool = False) -> None:
    """Open the app and wait until all of its home is drawn, on a first visit once all is fetched; or a question."""
    page.goto("about:blank")  # the same address with another hash would not load anew
    page.goto(demo.address(ACADEMY, APP + ("#begin" if begin else "")))
    page.wait_for_selector("form.question, [data-next]" if begin else "[data-begin]")
    if not begin:
        page.wait_for_selector(".app-settings")


def wait_for_worker(page: Page) -> None:
    """Wait until the app would open without a connection."""
    page.evaluate(
        """() => new Promise((done) => {
          const workers = navigator.serviceWorker;
          if (workers.controller) done();
          else workers.addEventListener("controllerchange", () => done());
        })"""
    )


def begin(page: Page) -> None:
    """Begin a round, or go on with it."""
    page.locator("[data-begin]").first.click()
    page.wait_for_selector("form.question, [data-next]")


def begin_long(page: Page, least: int) -> None:
    """Begin a round in which so many questions are left: what others did in this demo may have left a short one."""
    begin(page)
    while _left(page) < least:
        answer(page)
        if page.locator("#end").count():
            page.get_by_role("button", name="Nog een ronde").click()
            page.wait_for_selector("form.question")


def _left(page: Page) -> int:
    number, *_, total = page.locator(".question-top span").first.inner_text().split()
    return int(total) - int(number) + 1


def answer(page: Page) -> None:
    """Answer the question that is on, and go to the next or to the end."""
    page.evaluate(ANSWER)
    page.locator("[data-next]").click()
    page.wait_for_selector("form.question, #end")


def answer_many(page: Page, count: int) -> None:
    """Answer so many questions, with another round at each end."""
    for _ in range(count):
        if page.locator("#end").count():
            page.get_by_role("button", name="Nog een ronde").click()
            page.wait_for_selector("form.question")
        answer(page)


def wait_for_reps(page: Page, wanted: int) -> None:
    """Wait until the server knows of so many answers."""
    _wait_for(page, REPS, wanted)


def wait_until_empty(page: Page) -> None:
    """Wait until this browser keeps nothing of the app any more."""
    _wait_for(page, HELD, NOTHING)


def wait_until_brought(page: Page) -> None:
    """Wait until no answer waits on this device any more."""
    _wait_for(page, WAITING, 0)


def _wait_for(page: Page, asked: str, wanted: object) -> None:
    """Ask the page over and over; Playwright's own waiting takes the promise of an answer for a yes."""
    until = time.monotonic() + PATIENCE
    while (found := page.evaluate(asked)) != wanted:
        assert time.monotonic() < until, f"it is {found}, and not {wanted}"
        page.wait_for_timeout(100)

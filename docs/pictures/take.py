"""Take the pictures of README and tutorials from a running, freshly built demo.

Start the demo (`make demo`), and then: `.venv/bin/python -m docs.pictures.take --port 8000`. A name behind it takes
the pictures of that role alone. Only what a page of the documents shows is kept; with `--both` each step is taken at
the other width too (`-phone` or `-desk` behind the name), for looking at it. When a page is not as expected, its role
is named and the other roles are taken all the same. Taking them answers a question of practice and ticks some
attendance; nothing else is changed.
"""

import argparse
import base64
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from leerhuis.config.demo.signins import PASSWORD
from tests.stories.theatre import Theatre, sign_in, sign_in_of, window

HERE = Path(__file__).parent
SHOWN = frozenset(
    name
    for page in (HERE.parents[1] / "README.md", *HERE.parent.rglob("*.md"))
    for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text(encoding="utf-8"))
) | {"visitor-course", "learner-question", "office-run"}  # of which the picture of README is made
ACADEMY = "leffectief"
COURSE = "/courses/privacy-op-het-werk/"
ASKS_ERASURE = "Mirjam Klaver"
PHONE, DESK, SMALL_DESK = 390, 1280, 1000
PHONE_HEIGHT, DESK_HEIGHT = 844, 900
RESIZED = 300  # milliseconds in which a page takes its other form
MOST_QUESTIONS = 15
PASTED = (
    "Voornaam\tTussenvoegsel\tAchternaam\tE-mail\tOrganisatie\n"
    "Noor\tvan der\tPlas\tnoor@brugzicht.example\tAssurantiekantoor Brugzicht B.V.\n"
    "Emre\t\tŞentürk\temre@brugzicht.example\tAssurantiekantoor Brugzicht B.V.\n"
    "Lotte\tvan der\tMeulen\tlotte@vlonderzee.example\t\n"
    "Piet\t\tPaste\tpiet@plak.example\tKantoor Plak\n"
)
SETTLED = 1500  # milliseconds in which a tick is kept and counted
CHROMIUM_OPTIONS = ("--no-sandbox", "--disable-gpu", "--font-render-hinting=none")
COLLAGE_SIZE = (1400, 640)
COLLAGE = Template("""<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; height: 640px; display: flex; gap: 28px; align-items: center; justify-content: center;
         background: #dfe7e4; }
  img { display: block; border-radius: 10px; border: 1px solid #b9c6c1; object-fit: cover; }
  .desk { width: 520px; height: 468px; }
  .phone { width: 268px; height: 580px; border: 7px solid #20302c; border-radius: 30px; }
</style><img class="desk" src="$course"><img class="phone" src="$phone"><img class="desk" src="$office">""")


class Camera:
    """A browser that visits the demo as one role at one width, and keeps what it sees under a name."""

    def __init__(self, browser: Browser, theatre: Theatre, *, both: bool = False) -> None:
        self.browser = browser
        self.theatre = theatre
        self.both = both

    @contextmanager
    def visit(self, width: int, role: str = "") -> Iterator[Page]:
        """Open a window of so many pixels; with a role, signed in, its second step included."""
        with window(self.browser, width) as page:
            page.emulate_media(reduced_motion="reduce")
            if role:
                sign_in(page, self.theatre, ACADEMY, role)
            yield page

    def go(self, page: Page, path: str) -> None:
        """Go to a page of the academy."""
        page.goto(self.theatre.address(ACADEMY, path))

    def take(self, page: Page, name: str, path: str = "", *, height: int = 0) -> None:
        """Keep what the window shows, or its upper `height` pixels; first go to `path`, if one is given."""
        if path:
            self.go(page, path)
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        size = page.viewport_size or {"width": DESK, "height": DESK_HEIGHT}
        self._keep(page, name, size["width"], height or size["height"])
        if not self.both:
            return
        on_phone = size["width"] < SMALL_DESK
        other = {"width": SMALL_DESK, "height": DESK_HEIGHT} if on_phone else {"width": PHONE, "height": PHONE_HEIGHT}
        page.set_viewport_size(other)  # type: ignore[arg-type]  # playwright's own kind of dict
        page.wait_for_timeout(RESIZED)
        self._keep(page, f"{name}-{'desk' if on_phone else 'phone'}", other["width"], other["height"])
        page.set_viewport_size(size)
        page.wait_for_timeout(RESIZED)

    def _keep(self, page: Page, name: str, width: int, height: int) -> None:
        if not self.both and name not in SHOWN:
            return
        page.screenshot(
            path=HERE / f"{name}.png",
            animations="disabled",
            caret="hide",
            clip={"x": 0, "y": 0, "width": width, "height": height},
        )


def take_visitor(camera: Camera) -> None:
    """Take the course page, registering, and checking a certificate."""
    with camera.visit(SMALL_DESK) as page:
        camera.take(page, "visitor-home", "/")
        camera.take(page, "visitor-courses", "/courses/")
        camera.take(page, "visitor-course", COURSE)
    with camera.visit(PHONE) as page:
        camera.go(page, COURSE)
        page.locator("a[href^='/register/']").first.click()
        camera.take(page, "visitor-register")
    with camera.visit(PHONE, "learner") as page:
        camera.go(page, "/me/certificates/")
        found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.locator("main").inner_text())
    with camera.visit(SMALL_DESK) as page:
        camera.go(page, "/certificate/")
        page.fill("[name=number]", found.group() if found else "")
        page.fill("main input[name=last_name], main input[name=surname]", surname_of("learner"))
        page.click("main form button[type=submit]")
        camera.take(page, "visitor-certificate", height=620)


def take_learner(camera: Camera) -> None:
    """Take a learner's day, an answered question, and who sees what."""
    with camera.visit(PHONE, "learner") as page:
        camera.take(page, "learner-today", "/today/")
        camera.take(page, "learner-learn", "/learn/")
        camera.take(page, "learner-agenda", "/agenda/")
        camera.take(page, "learner-certificates", "/me/certificates/")
        camera.take(page, "learner-my-data", "/me/data/")
        camera.take(page, "learner-requests", "/me/requests/")
        camera.take(page, "learner-who-sees-what", "/me/who-sees-what/")
        camera.go(page, "/today/")
        page.locator("main form button[type=submit], main a.btn-primary").first.click()
        take_shortest_question(camera, page)


def take_contact(camera: Camera) -> None:
    """Take pasting names, its check, and what the employer sees."""
    with camera.visit(SMALL_DESK, "contact") as page:
        camera.take(page, "contact-home", "/employer/")
        camera.go(page, "/employer/enrol/")
        page.locator("main a[href*='/employer/enrol/']").first.click()
        page.fill("textarea", "Piet Paste, piet@plak.example\nvan Plakken, Paula <paula@plak.example>")
        camera.take(page, "contact-paste", height=660)
        page.locator("main form button[type=submit]").first.click()
        camera.take(page, "contact-check")
        camera.take(page, "contact-progress", "/employer/progress/?q=ADVISEREN", height=760)


def take_trainer(camera: Camera) -> None:
    """Take a trainer's day and the group, with the first three ticked."""
    with camera.visit(PHONE, "trainer") as page:
        camera.take(page, "trainer-today", "/trainer/")
        page.locator("main a[href*='/trainer/lesson/']").first.click()
        page.wait_for_load_state()
        for person in range(3):
            page.locator("main fieldset").nth(person).locator("label").first.click()
            page.wait_for_timeout(SETTLED)
        camera.take(page, "trainer-lesson")


def take_office(camera: Camera) -> None:
    """Take the office's day, the lists, entering people from Excel, a course, a run, and its results."""
    with camera.visit(SMALL_DESK, "clerk") as page:
        camera.take(page, "office-today", "/office/")
        camera.take(page, "office-people", "/office/people/")
        camera.go(page, "/office/people/enter/")
        page.fill("textarea[name=text]", PASTED)
        camera.take(page, "office-enter")
        page.locator("main form button[type=submit]").first.click()
        camera.take(page, "office-enter-preview", height=700)
        camera.take(page, "office-enrolments", "/office/enrolments/")
        camera.take(page, "office-mails", "/office/mails/")
        camera.take(page, "office-courses", "/office/courses/")
        page.locator("main table a[href*='/office/courses/']").first.click()
        camera.take(page, "office-course")
        camera.go(page, "/office/organisations/?q=brugzicht")
        page.locator("main table a[href*='/office/organisations/']").first.click()
        camera.take(page, "office-organisation")
        camera.go(page, "/office/")
        page.get_by_role("link", name=re.compile("Resultaten geven")).first.click()
        camera.take(page, "office-results")
        camera.go(page, "/office/runs/?q=ADVISEREN-2&past=on")
        page.locator("main table a[href*='/office/runs/']").first.click()
        camera.take(page, "office-run")


def take_officer(camera: Camera) -> None:
    """Take the privacy officer's page, the data map, and the public statement."""
    with camera.visit(SMALL_DESK, "privacy_officer") as page:
        camera.take(page, "officer-home", "/office/privacy/", height=700)
        camera.take(page, "officer-statement", "/office/privacy/statement/")
        camera.take(page, "officer-looks", "/office/privacy/looks/", height=760)
        camera.take(page, "officer-terms", "/office/privacy/terms/", height=760)
        camera.go(page, "/office/privacy/requests/")
        page.get_by_text(ASKS_ERASURE).first.click()
        page.wait_for_load_state()
        camera.take(page, "officer-request", height=900)
        page.locator("a[href*='/office/privacy/erase/']").first.click()
        page.wait_for_load_state()
        camera.take(page, "officer-erase")
    with camera.visit(DESK, "privacy_officer") as page:
        camera.take(page, "officer-map", "/office/privacy/map/?q=certificate", height=800)


def take_sign_in(camera: Camera) -> None:
    """Take the question for the code of the second step."""
    with camera.visit(PHONE) as page:
        camera.go(page, "/accounts/login/")
        page.fill("input[name=login]", sign_in_of(ACADEMY, "trainer").person.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/2fa/**")
        camera.take(page, "second-step", height=520)


def take_shortest_question(camera: Camera, page: Page) -> None:
    """Answer questions to the end of the round; keep the picture of the one that takes the least room."""
    least = sys.maxsize
    for _ in range(MOST_QUESTIONS):
        room = answer(page)
        if room < least:
            least = room
            camera.take(page, "learner-question")
        page.click("[data-next]")
        page.wait_for_selector("form.question:not(:has([data-explanation])), .round-end")
        if page.locator(".round-end").count():
            return


def answer(page: Page) -> int:
    """Answer the question on the page, whatever its kind; return the room that it takes, in pixels, once explained."""
    page.wait_for_selector("form.question")
    options = page.locator("form.question label.option")
    if options.count():
        options.first.click()
    for chooser in page.locator("form.question select").all():
        chooser.select_option(index=1)
    for field in page.locator("form.question input.form-control").all():
        field.fill("12")
    if not page.locator("[data-next]").count():
        page.locator("form.question button[type=submit]").first.click()
    page.wait_for_selector("[data-explanation]")
    return int(page.evaluate("document.documentElement.scrollHeight"))


def surname_of(role: str) -> str:
    """Return the surname of who plays a role in the demo."""
    return sign_in_of(ACADEMY, role).person.last_name


def compose_readme(camera: Camera) -> None:
    """Put the course page, the learner's question and the office side by side in one picture."""
    places = {"course": "visitor-course", "phone": "learner-question", "office": "office-run"}
    shown = {place: as_data(HERE / f"{name}.png") for place, name in places.items()}
    width, height = COLLAGE_SIZE
    page = camera.browser.new_page(viewport={"width": width, "height": height})
    page.set_content(COLLAGE.substitute(shown))
    page.screenshot(path=HERE / "readme.png")
    page.close()


def as_data(picture: Path) -> str:
    """Return a picture as an address that holds the picture itself."""
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode()


TAKES: dict[str, Callable[[Camera], None]] = {
    "visitor": take_visitor,
    "learner": take_learner,
    "contact": take_contact,
    "trainer": take_trainer,
    "office": take_office,
    "officer": take_officer,
    "sign-in": take_sign_in,
    "readme": compose_readme,
}


def main() -> int:
    """Take the pictures that were asked for, all unless some are named; return 1 when some could not be taken."""
    parser = argparse.ArgumentParser(description="Take the pictures of README and tutorials from a running demo.")
    parser.add_argument("--port", type=int, default=8000, help="where the demo answers (8000)")
    parser.add_argument("--both", action="store_true", help="keep each step at both widths, shown or not")
    parser.add_argument("which", nargs="*", help=f"which pictures: {', '.join(TAKES)}; all of them without a name")
    asked = parser.parse_args()
    if unknown := set(asked.which) - set(TAKES):
        parser.error(f"there are no pictures called {', '.join(sorted(unknown))}")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.stderr.write("There is no Chromium on this machine; on Debian: apt-get install chromium.\n")
        return 1
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))
        failed = [
            name
            for name in asked.which or TAKES
            if not taken(name, Camera(browser, Theatre(asked.port), both=asked.both))
        ]
        browser.close()
    return 1 if failed else 0


def taken(name: str, camera: Camera) -> bool:
    """Take the pictures of one name; say which page was not as expected, so that the others are taken all the same."""
    try:
        TAKES[name](camera)
    except (PlaywrightError, AssertionError) as fault:
        sys.stderr.write(f"{name}: {str(fault).splitlines()[0] if str(fault) else 'a page was not as expected'}\n")
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())

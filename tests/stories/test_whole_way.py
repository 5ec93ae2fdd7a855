"""One learner's whole way, as everyone sees it: visitor, learner, employer's contact, trainer, clerk and stranger."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from leerhuis.base import clock
from leerhuis.config.demo.content import kinds, loader
from tests.stories.theatre import Theatre, picture, sign_in, window

pytestmark = pytest.mark.story

PHONE, DESK = 390, 1280
PASSWORD = "een lange zin met 27 woorden"
MOST_QUESTIONS = 15


@dataclass(frozen=True)
class Scene:
    """In which academy, at which width, and who the newcomer is."""

    academy: kinds.Academy
    width: int
    email: str

    @property
    def name(self) -> str:
        """Return how pictures of this scene begin."""
        return f"{self.academy}-{self.width}"


SCENES = (
    Scene("leffectief", PHONE, "nina@nieuw.example"),
    Scene("kjenning", DESK, "nina@anders.example"),
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_whole_way(demo: Theatre, browser: Browser, scene: Scene) -> None:
    with window(browser, scene.width, still=True) as page:
        register_as_visitor(page, demo, scene)
        open_account_from_mail(page, demo, scene)
        practise_a_round(page, scene)
        see_who_sees_what(page, demo, scene)
        be_kept_out_of_others_pages(page, demo, scene)
    with window(browser, scene.width, still=True) as page:
        enrol_employees(page, demo, scene)
    with window(browser, scene.width, still=True) as page:
        take_attendance(page, demo, scene)
    with window(browser, scene.width, still=True) as page:
        number, surname = decide_and_certify(page, demo, scene)
    with window(browser, scene.width, still=True) as page:
        check_certificate_as_stranger(page, demo, scene, number, surname)
        read_the_statement(page, demo, scene)


def course_to_choose(academy: kinds.Academy) -> kinds.Course:
    """Return a course with practice and a coming run with seats left."""
    today = datetime.now(UTC).astimezone(clock.zone()).date()
    for run in loader.runs(academy):
        first = loader.lessons(academy, run, today)[0].day
        if run.course.bank and first > today and run.state in {"open", "confirmed"} and run.seats_left() > 1:
            return run.course
    raise AssertionError("no course to choose")


def register_as_visitor(page: Page, demo: Theatre, scene: Scene) -> None:
    course = course_to_choose(scene.academy)
    page.goto(demo.address(scene.academy))
    picture(page, f"{scene.name}-01-home")
    page.goto(demo.address(scene.academy, f"/courses/{course.slug}/"))
    expect(page.locator("h1")).to_have_text(course.title)
    picture(page, f"{scene.name}-02-course")
    page.locator("a[href^='/register/']").first.click()
    page.fill("[name=first_name]", "Nina")
    page.fill("[name=last_name]", "van der Nieuw")
    page.fill("[name=email]", scene.email)
    for asked in course.fields:
        field = page.locator(f"[name={asked.name}]")
        if field.count() and asked.required:
            field.first.fill({"birth_date": "1990-05-17", "phone": "06 66 12 34 56"}.get(asked.name, "Voorbeeld 12"))
    page.check("[name=conditions]")
    picture(page, f"{scene.name}-03-register")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/register/done/**")
    picture(page, f"{scene.name}-04-registered")
    assert page.context.cookies() == [] or {c["name"] for c in page.context.cookies()} <= {
        "leerhuis_signin",
        "leerhuis_language",
    }


def open_account_from_mail(page: Page, demo: Theatre, scene: Scene) -> None:
    link = None
    for _ in range(40):
        page.goto(demo.mails(scene.email))
        if page.locator("main .row-list a").count() >= 2:
            break
        page.wait_for_timeout(500)
    picture(page, f"{scene.name}-05-mails")
    for place in range(page.locator("main .row-list a").count()):
        page.goto(demo.mails(scene.email))
        page.locator("main .row-list a").nth(place).click()
        found = page.locator("main a[href*='/invitation/']")
        if found.count():
            link = found.first.get_attribute("href")
    assert link, "no invitation came"
    page.goto(link)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/today/")
    picture(page, f"{scene.name}-06-today")


def practise_a_round(page: Page, scene: Scene) -> None:
    page.click("main a[href*='/practice/app/']")  # Today, then Begin: the first question in two taps
    page.wait_for_selector("form.question")
    for number in range(1, MOST_QUESTIONS + 1):
        answer_somehow(page)
        page.wait_for_selector("[data-explanation]")
        if number <= 2:
            picture(page, f"{scene.name}-07-explained-{number}")
        page.click("[data-next]")
        page.wait_for_selector("form.question:not(:has([data-explanation])), .round-end")
        if page.locator(".round-end").count():
            break
    expect(page.locator(".round-end")).to_be_visible()
    picture(page, f"{scene.name}-08-round-end")


def answer_somehow(page: Page) -> None:
    """Answer the question on the page, whatever its kind, without caring whether it is right."""
    form = page.locator("form.question")
    if form.locator("label.option").count():
        form.locator("label.option").first.click()
    for chooser in form.locator("select").all():
        chooser.select_option(index=1)
    for field in form.locator("input[type=text], input.form-control").all():
        field.fill("12")
    if form.locator("[data-next]").count() == 0:
        form.locator("button[type=submit]").first.click()


def see_who_sees_what(page: Page, demo: Theatre, scene: Scene) -> None:
    page.goto(demo.address(scene.academy, "/me/who-sees-what/"))
    picture(page, f"{scene.name}-09-who-sees-what")
    page.goto(demo.address(scene.academy, "/me/data/"))
    expect(page.locator("main")).to_contain_text("van der Nieuw")
    picture(page, f"{scene.name}-10-my-data")


def be_kept_out_of_others_pages(page: Page, demo: Theatre, scene: Scene) -> None:
    for path in ("/office/", "/office/people/", "/trainer/", "/employer/", "/office/privacy/"):
        answer = page.goto(demo.address(scene.academy, path))
        assert answer is not None
        assert answer.status == 403, path
    picture(page, f"{scene.name}-11-kept-out")
    answer = page.goto(demo.address(scene.academy, "/learn/0190aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa/"))
    assert answer is not None
    assert answer.status == 404


def enrol_employees(page: Page, demo: Theatre, scene: Scene) -> None:
    sign_in(page, demo, scene.academy, "contact")
    page.goto(demo.address(scene.academy, "/employer/"))
    picture(page, f"{scene.name}-12-employer")
    page.goto(demo.address(scene.academy, "/employer/enrol/"))
    page.locator("main a[href*='/employer/enrol/']").first.click()
    lines = f"Piet Paste, piet.{scene.academy}@plak.example\nvan Plakken, Paula <paula.{scene.academy}@plak.example>"
    page.fill("textarea", lines)
    picture(page, f"{scene.name}-13-paste")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(f"paula.{scene.academy}@plak.example")
    picture(page, f"{scene.name}-14-preview")
    if page.locator("[name=conditions]").count():
        page.check("[name=conditions]")
    page.get_by_role("button", name="Schrijf in met betalingsverplichting").click()
    page.wait_for_load_state()
    picture(page, f"{scene.name}-15-enrolled")
    page.goto(demo.address(scene.academy, "/employer/"))
    expect(page.locator("main")).to_contain_text("Paula van Plakken")
    page.goto(demo.address(scene.academy, "/employer/progress/"))
    expect(page.locator("main")).to_contain_text("Piet Paste")
    picture(page, f"{scene.name}-16-progress")
    assert "beheersing" not in page.locator("main").inner_text().lower()  # never how somebody practises


def take_attendance(page: Page, demo: Theatre, scene: Scene) -> None:
    sign_in(page, demo, scene.academy, "trainer")
    page.goto(demo.address(scene.academy, "/trainer/"))
    picture(page, f"{scene.name}-17-trainer")
    page.locator("main a[href*='/trainer/lesson/']").first.click()
    page.wait_for_load_state()
    picture(page, f"{scene.name}-18-lesson")
    page.get_by_role("button", name="Iedereen aanwezig").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Dien de lijst in").click()
    page.wait_for_load_state()
    page.goto(demo.address(scene.academy, "/trainer/"))
    expect(page.locator("main")).to_contain_text("ingediend")
    picture(page, f"{scene.name}-19-submitted")


def decide_and_certify(page: Page, demo: Theatre, scene: Scene) -> tuple[str, str]:
    """Decide an open result, give a certificate, and return its number and the learner's surname."""
    sign_in(page, demo, scene.academy, "clerk")
    page.goto(demo.address(scene.academy, "/office/"))
    picture(page, f"{scene.name}-20-office")
    waiting = page.locator("section:has(h2:text('Resultaten toe te kennen')) .row-side").all()
    most = max(waiting, key=lambda each: int(each.inner_text().split()[0]))
    most.locator("a").click()
    page.wait_for_load_state()
    run_page = page.url.removesuffix("results/")
    picture(page, f"{scene.name}-21-results")
    for choice in page.locator("main input[type=radio][value=passed]:not([disabled])").all():
        choice.check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(run_page)
    picture(page, f"{scene.name}-22-run")
    certificates = page.get_by_role("link", name=re.compile("certifica", re.IGNORECASE)).first
    certificates.click()
    page.wait_for_load_state()
    picture(page, f"{scene.name}-23-certificates")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(run_page)
    row = page.locator("main tr:has(a[href*='/office/certificates/'])").first
    number = row.locator("a[href*='certificate.pdf']").first.inner_text().strip()
    name = row.locator("a[href*='/office/enrolments/']").first.inner_text().strip()
    return number, name.split(" ", 1)[1]


def check_certificate_as_stranger(page: Page, demo: Theatre, scene: Scene, number: str, surname: str) -> None:
    for typed, expected in ((surname, "geldig"), ("Iemandanders", "niet")):
        page.goto(demo.address(scene.academy, "/certificate/"))
        page.fill("[name=number]", number)
        page.fill("[name=surname]", typed)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        expect(page.locator("main")).to_contain_text(expected)
    picture(page, f"{scene.name}-24-certificate")


def read_the_statement(page: Page, demo: Theatre, scene: Scene) -> None:
    page.goto(demo.address(scene.academy, "/privacy/"))
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    picture(page, f"{scene.name}-25-privacy-nl")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    picture(page, f"{scene.name}-26-privacy-en")

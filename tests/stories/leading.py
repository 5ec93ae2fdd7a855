"""What people do before some pages exist for them: no link leads there, an act does, or a link in a mail."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from leerhuis.config.demo.signins import PASSWORD
from tests.stories.test_whole_way import Scene, course_to_choose, open_account_from_mail
from tests.stories.theatre import Theatre, sign_in_of

BEGIN = "main form[action*='/begin/'] button, main a[href*='/practice/round/']"
EMPLOYEE = "piet@plak.example"
NEWCOMER, ASKING = "wie@aanmeldt.example", "wil@rekening.example"
INVITED = "ina@genodigd.example"
READER = "leo@leest.example"
WRITTEN_TO = (EMPLOYEE, NEWCOMER, ASKING, INVITED, READER)
SUBMIT = "main form button[type=submit]"


def path_of(page: Page) -> str:
    """Return the address of the page that is open, without its host."""
    return urlsplit(page.url).path


def visitor(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Register for a course, ask for an account, a new password and news; return the pages that said so."""
    scene = Scene(academy, 1280, NEWCOMER)
    course = course_to_choose(scene.academy)
    page.goto(demo.address(academy, f"/courses/{course.slug}/"))
    page.locator("a[href^='/register/']").first.click()
    _fill(page, {"first_name": "Wie", "last_name": "Aanmeldt", "email": NEWCOMER})
    for asked in course.fields:
        field = page.locator(f"[name={asked.name}]")
        if field.count() and asked.required:
            field.first.fill({"birth_date": "1990-05-17", "phone": "06 66 12 34 56"}.get(asked.name, "Voorbeeld 12"))
    page.check("[name=conditions]")
    page.locator(SUBMIT).last.click()
    page.wait_for_url("**/register/done/**")
    done = [path_of(page)]
    page.goto(demo.address(academy, "/accounts/signup/"))
    _fill(page, {"first_name": "Wil", "last_name": "Rekening", "email": ASKING, "password1": "een zin van 5 woorden"})
    done += _submitted(page)
    page.goto(demo.address(academy, "/accounts/password/reset/"))
    _fill(page, {"email": sign_in_of(academy, "learner").person.email})
    done += _submitted(page)
    page.goto(demo.address(academy, "/news/subscribe/"))
    _fill(page, {"email": READER})
    for box in page.locator("main form [type=checkbox]").all():
        box.check()
    return done + _submitted(page)


def contact(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Enrol an employee and invite somebody; return the pages that said so."""
    page.goto(demo.address(academy, "/employer/enrol/"))
    page.locator("main a[href*='/employer/enrol/']").first.click()
    page.fill("textarea", f"Piet Paste, {EMPLOYEE}")
    page.locator(SUBMIT).first.click()
    page.wait_for_load_state()
    if page.locator("[name=conditions]").count():
        page.check("[name=conditions]")
    page.get_by_role("button", name="Schrijf in met betalingsverplichting").click()
    page.wait_for_url("**/employer/enrolled/**")
    done = [path_of(page)]
    page.goto(demo.address(academy, "/employer/people/"))
    page.locator("main a[href*='/invite/']").first.click()
    _fill(page, {"first_name": "Ina", "last_name": "Genodigd", "email": INVITED})
    page.locator(SUBMIT).last.click()
    page.wait_for_load_state()
    return done


def newcomer(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Open an account with the link that came by mail, as somebody whom no employer enrolled."""
    open_account_from_mail(page, demo, Scene(academy, 1280, NEWCOMER))
    return [path_of(page)]


def learner(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Keep a passkey and begin a round; return the pages of both."""
    have_a_passkey(page, demo, academy)
    page.goto(demo.address(academy, "/practice/"))
    page.locator(BEGIN).first.click()
    page.wait_for_selector("form.question")
    return [path_of(page), "/accounts/2fa/webauthn/"]


def trainer(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Have questions looked over before they come in; return the page that tells which would."""
    page.goto(demo.address(academy, "/office/practice/"))
    page.locator("main tbody a").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}import/")
    page.fill("[name=text]", "::Melden::Een datalek meldt u binnen 72 uur. {T}")
    return _submitted(page)


def clerk(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Look for the learner, of whom papers are kept and whose employer sees something; return their pages."""
    page.goto(demo.address(academy, f"/office/people/?q={sign_in_of(academy, 'learner').person.email}"))
    page.locator("main tbody a").first.click()
    page.wait_for_load_state()
    return [path_of(page), f"{path_of(page)}part/sharing/"]


def halfway(page: Page, demo: Theatre, academy: str) -> list[str]:
    """Give the right password and stop before the second step; return the page that asks for it."""
    page.goto(demo.address(academy, "/accounts/login/"))
    _fill(page, {"login": sign_in_of(academy, "clerk").person.email, "password": PASSWORD})
    return _submitted(page)


def wait_for_letters(browser: Browser, demo: Theatre, to: Sequence[str]) -> None:
    """Wait until everybody who was written to has a mail."""
    context = browser.new_context()
    page = context.new_page()
    for address in to:
        for _ in range(40):
            page.goto(demo.mails(address))
            if page.locator("main .row-list a").count():
                break
            page.wait_for_timeout(500)
        else:
            raise AssertionError(f"no mail came for {address}")
    context.close()


def have_a_passkey(page: Page, demo: Theatre, academy: str) -> None:
    """Give the window a device that holds passkeys, and keep one on it for whoever is signed in."""
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})
    page.goto(demo.address(academy, "/accounts/2fa/webauthn/add/"))
    if page.locator("[name=password]").count():  # asks once more who it is
        page.fill("[name=password]", PASSWORD)
        page.locator(SUBMIT).first.click()
        page.wait_for_load_state()
    page.fill("[name=name]", "Telefoon")
    page.locator(SUBMIT).first.click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))


def _fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def _submitted(page: Page) -> list[str]:
    page.locator(SUBMIT).first.click()
    page.wait_for_load_state()
    return [path_of(page)]

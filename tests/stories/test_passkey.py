"""A passkey is made in an account and then opens it alone: no address, no password, the second step passed with it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.stories.leading import have_a_passkey
from tests.stories.theatre import Theatre, sign_in, window

pytestmark = pytest.mark.story

ACADEMY = "kjenning"
ROLE = "marketer"


def test_somebody_on_the_staff_signs_in_with_a_passkey_alone(demo: Theatre, browser: Browser) -> None:
    with window(browser, 1280, still=True) as page:
        sign_in(page, demo, ACADEMY, ROLE)
        have_a_passkey(page, demo, ACADEMY)
        page.goto(demo.address(ACADEMY, "/accounts/logout/"))
        page.locator("main form button[type=submit]").first.click()
        page.goto(demo.address(ACADEMY, "/office/"))
        page.wait_for_url("**/accounts/login/**")
        page.get_by_role("button", name="toegangssleutel").click()
        page.wait_for_url("**/office/")
        expect(page.locator("h1")).to_have_text("Vandaag")
        page.goto(demo.address(ACADEMY, "/me/sign-ins/"))
        expect(page.locator("main")).to_contain_text("Dit apparaat")


def test_without_the_key_the_button_opens_nothing(demo: Theatre, browser: Browser) -> None:
    with window(browser, 1280, still=True) as page:
        other = page.context.new_cdp_session(page)
        other.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        other.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})
        page.goto(demo.address(ACADEMY, "/accounts/login/"))
        page.get_by_role("button", name="toegangssleutel").click()
        expect(page.locator("[data-said]:visible")).to_be_visible()
        page.goto(demo.address(ACADEMY, "/office/"))
        assert "/accounts/login/" in page.url

"""Every page in every role: found along the links, then looked at narrow and wide, light and dark, and enlarged."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser, Page

from leerhuis.charter.routes import all_routes
from tests.stories import leading
from tests.stories.looking import EVERY_LOOK, LOOKS, file_name, invalid_html, look_at
from tests.stories.theatre import Theatre, sign_in, sign_in_of, window
from tests.stories.walk import Seen, Walk

pytestmark = pytest.mark.story

ACADEMY = "leffectief"
STAFF = ("trainer", "clerk", "planner", "bookkeeper", "marketer", "privacy_officer", "academy_admin")
ROLES = ("front", "visitor", "newcomer", "halfway", "learner", "contact", *STAFF)
NOT_SIGNED_IN = ("front", "visitor", "newcomer", "halfway")
STARTS = {
    "front": ("/", "/mails/", *(f"/style/?layout={each}" for each in ("office", "learner", "task", "public", "plain"))),
    "visitor": (
        "/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/confirm-email/",
        "/accounts/inactive/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/not/there/",
        "/office/",
        "/certificate/",
        "/security/",
        "/complaint/received/",
        "/erased/",
        "/news/asked/",
        "/storage/gone/",
    ),
    "halfway": (),
}
STARTS_SIGNED_IN = (
    "/home/",
    "/today/",
    "/",
    "/accounts/2fa/",
    "/accounts/2fa/choose/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/webauthn/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
)
ACTS = {
    "visitor": leading.visitor,
    "newcomer": leading.newcomer,
    "halfway": leading.halfway,
    "learner": leading.learner,
    "contact": leading.contact,
    "trainer": leading.trainer,
    "clerk": leading.clerk,
}
FIRST = ("visitor", "contact")  # what they do sends the mails that the front page shows
EVERY_ROLE = bool(os.environ.get("LEERHUIS_EVERY_ROLE"))
ASKING = ("GET", "HEAD")

_NO_PAGE = "no page: a picture, a style, a file or an answer for a program"
# Routes that no walk reaches, each with the reason. What stands here and is reached all the same fails too.
ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(
        (
            "academy_icon",
            "academy_manifest",
            "appearance_logo",
            "appearance_preview",
            "look",
            "mfa_login_webauthn",
            "portal_app_about",
            "portal_app_worker",
            "portal_foresight",
            "practice_api_banks",
            "practice_api_bookmarks",
            "practice_api_days",
            "practice_api_document",
            "practice_api_faults",
            "practice_api_goal",
            "practice_api_goals",
            "practice_api_mastery",
            "practice_api_media",
            "practice_api_round",
            "practice_api_start",
            "practice_media",
            "website_favicon",
            "website_robots",
            "website_security_txt",
            "website_site_map",
        ),
        _NO_PAGE,
    ),
    "account_confirm_login_code": "no page: signing in by a code alone is not offered",
    "account_set_password": "sends everybody on who has a password, and here everybody has",
    "catalogue_office_lesson_add": "the page of a lesson; a form on the page of a run is sent there",
    "people_mail_code": "this academy lets nobody have a code by mail",
}


@dataclass
class Tour:
    """All that is found: the pages of each role, a window for each, and which routes answered.

    A route is looked at in the first role that reaches it, and each role's own start; LEERHUIS_EVERY_ROLE looks at
    all pages in all roles and in every look, which takes four times as long.
    """

    demo: Theatre
    browser: Browser
    open_windows: ExitStack
    windows: dict[str, Page] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    letters: list[str] = field(default_factory=list)
    _begun: dict[str, list[str]] = field(default_factory=dict)
    _pages: dict[str, list[Seen]] = field(default_factory=dict)
    _looked_at: set[str] = field(default_factory=set)

    def pages_of(self, role: str) -> list[Seen]:
        """Return the pages to look at in a role."""
        if role not in self._pages:
            if role != "front":
                self.pages_of("front")
            pages = list(self._walk(role))
            own = STARTS.get(role) or [each.path for each in pages[:1]]
            self._pages[role] = [
                each for each in pages if EVERY_ROLE or each.path in own or each.route not in self._looked_at
            ]
            self._looked_at |= {each.route for each in pages}
        return self._pages[role]

    def _walk(self, role: str) -> Iterator[Seen]:
        begun = self._begin(role)
        if role == "front":
            walk = Walk(self.demo.port, "localhost", role, {}, urls="leerhuis.config.demo.urls")
        else:
            cookies = {each["name"]: each["value"] for each in self.windows[role].context.cookies()}
            walk = Walk(self.demo.port, f"{ACADEMY}.localhost", role, cookies)
        starts = [*STARTS.get(role, STARTS_SIGNED_IN), *begun]
        yield from walk.pages(starts, self.letters if role == "visitor" else ())
        if role == "front":
            self.letters += walk.outward
        else:
            self.reached |= walk.reached

    def _begin(self, role: str) -> list[str]:
        """Open the window of a role, do there what pages need to come into being, and return those pages."""
        if role not in self._begun:
            page = self.windows[role] = self.open_windows.enter_context(window(self.browser, 1280, still=True))
            if role not in NOT_SIGNED_IN:
                sign_in(page, self.demo, ACADEMY, role)
            self._begun[role] = ACTS[role](page, self.demo, ACADEMY) if role in ACTS else []
            if role == "front":
                for each in FIRST:
                    self._begin(each)
                learner = sign_in_of(ACADEMY, "learner").person.email
                leading.wait_for_letters(
                    self.browser,
                    self.demo,
                    (*leading.WRITTEN_TO, learner),
                )
        return self._begun[role]


@pytest.fixture(scope="module")
def tour(demo: Theatre, browser: Browser) -> Iterator[Tour]:
    """Return a walk through the academy, with a window for each role that stays open."""
    with ExitStack() as stack:
        yield Tour(demo, browser, stack)


@pytest.mark.parametrize("role", ROLES)
def test_pages_can_be_used_by_everyone(tour: Tour, demo: Theatre, role: str) -> None:
    """axe-core finds nothing, nothing sticks out at 320 pixels or enlarged, nothing moves when that is not wanted."""
    pages, page = tour.pages_of(role), tour.windows[role]
    host = f"http://localhost:{demo.port}" if role == "front" else demo.address(ACADEMY, "")
    wrong, looks = [], EVERY_LOOK if EVERY_ROLE else LOOKS
    for seen in pages:
        if seen.status >= 500:
            wrong.append(f"{seen.route} {seen.path} answers {seen.status}")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(host + seen.path)
        name = file_name(role, seen.route, *seen.path.split("?")[1:])
        wrong += [f"{seen.route} {seen.path} {each}" for each in look_at(page, name, looks)]
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_page_is_found(tour: Tour) -> None:
    """A new page is looked at as soon as a link leads to it; one to which none leads says here why."""
    for role in ROLES:
        tour.pages_of(role)
    asked = {
        route.name
        for route in all_routes(get_resolver("leerhuis.config.urls"))
        if route.name and (not route.methods or set(ASKING) & set(route.methods))
    }
    missed = sorted(asked - tour.reached - set(ELSEWHERE))
    assert not missed, "no link leads to: " + ", ".join(missed)
    assert sorted(set(ELSEWHERE) & tour.reached) == []


def test_html_is_valid(tour: Tour, tmp_path: Path) -> None:
    """What was served is HTML as the standard has it."""
    files = []
    for role in ROLES:
        for number, seen in enumerate(tour.pages_of(role)):
            file = tmp_path / f"{file_name(role, seen.route)}-{number}.html"
            file.write_text(seen.text, encoding="utf-8")
            files.append(file)
    wrong = invalid_html(files)
    assert not wrong, "\n" + "\n".join(wrong)

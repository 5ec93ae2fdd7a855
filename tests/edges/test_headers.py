"""What every answer carries, whom it may be kept by, and what is refused before anything is done."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leerhuis.config.requests import PERMISSIONS
from tests.edges.test_once import TABLE, Sent
from tests.floors.access.asking import address, ask, routes
from tests.floors.access.world import World, row_hashes, touched

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
PAGES = sorted(route for route, row in TABLE.items() if "GET" in row.methods or row.methods == ("*",))
OF_THE_HOUSE = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
}  # fmt: skip
# What somebody put in is only ever saved: shown all the same, it may do nothing at all.
HANDED_OUT = {route: {"default-src 'none'", "sandbox"} for route in ("documents_mine", "documents_office_download")}
# A picture of a question shows itself, a drawing (SVG) with its own style, and runs nothing.
HANDED_OUT["practice_media"] = {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"}
HANDED_OUT["practice_api_media"] = HANDED_OUT["practice_media"]


@pytest.mark.parametrize("route", PAGES)
def test_each_page_carries_the_headers_and_is_kept_by_nobody_else(route: str, here: World) -> None:
    row = TABLE[route]
    at = address(here, route, routes()[route])
    for who in ("visitor", row.who_may):
        page = ask(here.browser(who), "GET", at)
        assert {name: page.headers.get(name) for name in OF_THE_HOUSE} == OF_THE_HOUSE
        policy = HANDED_OUT.get(route, POLICY) if page.status_code == 200 else POLICY
        assert {part.strip() for part in page.headers["Content-Security-Policy"].split(";")} == policy
        assert page.status_code < 500
        kept = page.headers["Cache-Control"]
        if "public" in kept:
            assert page.content == ask(here.browser("visitor"), "GET", at).content
            assert not page.cookies
        elif who != "visitor":
            assert kept == "private, no-store"


@pytest.mark.parametrize("route", PAGES)
def test_a_page_without_a_form_gives_a_visitor_no_cookie(route: str, here: World) -> None:
    page = ask(here.browser("visitor"), "GET", address(here, route, routes()[route]))
    if page.cookies:
        assert b'method="post"' in page.content or route.startswith("account_")
        assert set(page.cookies) == {settings.SESSION_COOKIE_NAME}
        assert page.headers["Cache-Control"] == "private, no-store"


def test_the_cookie_of_signing_in_is_for_this_host_alone(here: World) -> None:
    (cookie,) = ask(here.browser("visitor"), "GET", "/accounts/login/").cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == ""


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused_before_its_token_is_read(here: World, site: str) -> None:
    sent = Sent(here, "organisations_office_add")
    before = row_hashes(here.academy)
    answer = sent.browser().post(sent.at, sent.form, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert touched(before, row_hashes(here.academy)) == set()
    assert sent.browser().post(sent.at, sent.form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_a_form_without_our_mark_is_refused(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    strict = Client(enforce_csrf_checks=True, headers={"host": here.academy.main_host})
    strict.cookies[settings.SESSION_COOKIE_NAME] = here.cookies["clerk"]
    assert strict.post(sent.at, sent.form).status_code == 403
    page = strict.get(sent.at).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post(sent.at, sent.form | {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"name": "a\0b"}, 400),
        ({"na\0me": "b"}, 400),
        ({f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}, 413),
        ({"name": "x" * (settings.LARGEST_REQUEST + 1)}, 413),
        ({"name": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, 413),
    ],
    ids=["NUL", "NUL in a name", "too many fields", "too large", "too large for a form"],
)
@pytest.mark.parametrize("who", ["clerk", "visitor"])
def test_what_cannot_be_taken_is_refused_in_words_and_nothing_is_lost(
    here: World, who: str, form: dict[str, str], status: int
) -> None:
    before = row_hashes(here.academy)
    answer = here.browser(who).post("/office/organisations/add/", form)
    assert (answer.status_code, b"<h1" in answer.content) == (status, True)
    assert touched(before, row_hashes(here.academy)) == set()


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b&page=1", "page=%00"])
def test_a_nul_in_the_address_is_refused(here: World, query: str) -> None:
    assert ask(here.browser("clerk"), "GET", f"/courses/?{query}").status_code == 400


BODIES = (b"[" * 100_000, b'{"a":' * 100_000, b'"\\ud800"', b"1e400", b"NaN", b"\xff\xfe", b"{" * 9_000_000)
FILES = (b"a" * 9_000_000, b"\0" * 1000, b"\xff" * 1000, b"::" * 100_000, b"{" * 100_000, "\u202e\ufeff".encode() * 99)


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_form_is_never_a_fault(here: World, body: bytes) -> None:
    for route in ("organisations_office_add", "people_my_details", "practice_import"):
        sent = Sent(here, route)
        answer = sent.browser().post(sent.at, body, content_type="application/json")
        assert answer.status_code < 500


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_a_hostile_file_is_never_a_fault(here: World, content: bytes) -> None:
    before = row_hashes(here.academy)
    for route, name in (("practice_import", "file"), ("organisations_office_enter", "file")):
        sent = Sent(here, route)
        file = SimpleUploadedFile("n" * 255 + ".gift", content)
        form = {each: value for each, value in sent.form.items() if each not in {"text", "confirm", "name"}}
        assert ask(sent.browser(), "POST", sent.at, form | {name: file}).status_code < 500
    waits = {"question_incoming", "note"}  # a file of questions waits a day to be looked over; no question came of it
    assert touched(before, row_hashes(here.academy)) <= {"look"} | waits

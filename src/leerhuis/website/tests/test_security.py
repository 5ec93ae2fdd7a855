"""A weakness can be reported: the file keeps to RFC 9116, its date moves along, the page says by when we answer."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.base import clock

pytestmark = pytest.mark.django_db


def fields(page):
    return dict(line.split(": ", 1) for line in page.content.decode().strip().split("\n"))


def test_the_file_says_where_until_when_and_by_which_rules(academy, as_):
    page = as_(None).get("/.well-known/security.txt")

    assert (page.status_code, page["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert fields(page) | {"Expires": ""} == {
        "Contact": f"mailto:{academy.email}",
        "Expires": "",
        "Preferred-Languages": "nl, en",
        "Canonical": "http://leffectief.localhost:8000/.well-known/security.txt",
        "Policy": "http://leffectief.localhost:8000/security/",
    }


@pytest.mark.parametrize("day", [datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2031, 7, 31, 23, 59, tzinfo=UTC)])
def test_it_is_never_expired_and_holds_less_than_a_year(as_, day):
    with clock.at(day):
        until = datetime.fromisoformat(fields(as_(None).get("/.well-known/security.txt"))["Expires"])
    assert timedelta(days=180) <= until - day <= timedelta(days=365)


def test_the_installation_may_have_its_own_address(as_, settings):
    settings.SECURITY_CONTACT = "https://example.org/report"
    assert fields(as_(None).get("/.well-known/security.txt"))["Contact"] == "https://example.org/report"


@pytest.mark.parametrize(("language", "said"), [("nl", "binnen 3 werkdagen"), ("en", "within 3 working days")])
def test_the_page_names_a_time(academy, as_, language, said):
    client = as_(None)
    client.get("/language/", {"to": language, "next": "/"})
    page = client.get("/security/").content.decode()
    assert said in re.sub(r"\s+", " ", page)
    assert f"mailto:{academy.email}" in page

"""Choosing a language: the page one was on comes back in it, and nobody is led elsewhere."""

import html
import re
from urllib.parse import quote

import pytest


def switch_on(page):
    """Return the address of the switch to English on a page."""
    (link,) = set(re.findall(r'href="([^"]*to=en[^"]*)"', html.unescape(page.content.decode())))
    return link


@pytest.mark.parametrize("address", ["/courses/", "/courses/?q=zorg+%26+welzijn&page=1", "/accounts/login/"])
def test_the_switch_leads_back_to_the_page_it_stood_on(as_, address):
    visitor = as_(None)
    visitor.cookies["leerhuis_language"] = "nl"

    answer = visitor.get(switch_on(visitor.get(address)))

    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert '<html lang="en"' in visitor.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elders.example/",
        "//elders.example/",
        "/\\elders.example/",
        "\\\\elders.example",
        "javascript:alert(1)",
        "///x",
    ],
)
def test_the_switch_leads_to_no_other_site(as_, elsewhere):
    answer = as_(None).get(f"/language/?to=en&next={quote(elsewhere, safe='')}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_link_on_another_site_changes_no_language(as_):
    visitor = as_(None)
    answer = visitor.get("/language/?to=en&next=/courses/", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.headers["Location"], dict(answer.cookies)) == ("/courses/", {})

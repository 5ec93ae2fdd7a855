"""The pages of allauth wear the house's clothes and speak its Dutch."""

import re

import pytest

JE = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
VISITOR = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/")
SIGNED_IN = ("/accounts/password/set/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/logout/")


def _page(client, address, language="nl"):
    client.cookies["leerhuis_language"] = language
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code} {response.headers.get('Location', '')}"
    return response.content.decode()


@pytest.mark.parametrize("address", VISITOR)
def test_a_visitor_gets_the_page_in_the_house_style(as_, address):
    page = _page(as_(None), address)
    assert page.count("<h1>") == 1
    assert re.search(r'<body\s+class="plain"', page)
    assert '<html lang="nl"' in page
    assert JE.findall(re.sub(r"<[^>]+>", " ", page)) == []


@pytest.mark.parametrize("address", SIGNED_IN)
def test_somebody_signed_in_gets_the_page_in_the_house_style(as_, cast, address):
    page = _page(as_(cast.learner), address)
    assert page.count("<h1>") == 1
    assert re.search(r'<body\s+class="plain plain-wide"', page)
    assert JE.findall(re.sub(r"<[^>]+>", " ", page)) == []


def test_a_wrong_password_is_said_in_plain_dutch_and_the_address_is_kept(as_):
    client = as_(None)
    client.cookies["leerhuis_language"] = "nl"
    page = client.post(
        "/accounts/login/", {"login": "lena@people.example", "password": "not this one"}
    ).content.decode()
    assert "Dit e-mailadres en dit wachtwoord horen niet bij elkaar." in page
    assert 'value="lena@people.example"' in page
    assert "data-faults" in page


def test_the_second_proof_shows_a_picture_and_the_key_as_text(as_, cast):
    page = _page(as_(cast.learner), "/accounts/2fa/totp/activate/", "en")
    assert re.search(r'<img\s+class="qr"\s+src="data:image/svg\+xml', page)
    key = re.search(r'data-text="([A-Z2-7]+)"', page)
    assert key is not None
    assert len(key[1]) >= 32
    assert " ".join(key[1][at : at + 4] for at in range(0, len(key[1]), 4)) in page


def test_each_page_can_be_had_in_the_other_language(as_):
    client = as_(None)
    assert ">English</a>" in _page(client, "/accounts/login/")
    page = _page(client, "/accounts/login/", "en")
    assert '<html lang="en"' in page
    assert ">Nederlands</a>" in page
    assert "<h1>Sign in</h1>" in page

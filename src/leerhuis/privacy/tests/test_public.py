"""The statement as a page and as JSON, for anybody."""

import html
import re

import pytest

from leerhuis.privacy.statement import compose


@pytest.mark.parametrize("who", [None, "learner", "stranger", "clerk"])
def test_anybody_reads_the_statement(as_, cast, who):
    client = as_(getattr(cast, who) if who else None)

    assert client.get("/privacy/").status_code == 200
    assert client.get("/privacy/statement.json").status_code == 200


@pytest.mark.parametrize(("language", "title"), [("nl", "Wie wij zijn"), ("en", "Who we are")])
def test_the_page_says_its_language_and_each_sentence_has_an_anchor(as_, academy, language, title):
    response = as_(None).get(f"/privacy/?lang={language}")
    page = response.content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)

    assert f'<html lang="{language}"' in page
    assert response["Content-Language"] == language
    assert title in page
    assert set(compose(academy.settings, language).ids) <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_contents_lead_to_every_heading(as_, academy):
    page = as_(None).get("/privacy/").content.decode()

    for section in compose(academy.settings, "nl").sections:
        assert f'href="#{section.key}"' in page
        assert f'id="{section.key}"' in page


def test_the_page_asks_nothing_of_other_hosts(as_):
    page = as_(None).get("/privacy/").content.decode()

    assert re.findall(r'(?:src|srcset)="(?:https?:)?//', page) == []
    assert re.findall(r'<link[^>]+href="(?:https?:)?//', page) == []


def test_an_unknown_language_gives_the_one_of_the_reader(as_):
    assert '<html lang="nl"' in as_(None).get("/privacy/?lang=fr", headers={"accept-language": "nl"}).content.decode()
    assert '<html lang="en"' in as_(None).get("/privacy/?lang=fr", headers={"accept-language": "en"}).content.decode()


def test_the_json_is_the_same_statement(as_, academy):
    told = as_(None).get("/privacy/statement.json?lang=en").json()
    statement = compose(academy.settings, "en")

    assert told["hash"] == statement.hash
    assert told["published_at"] is None
    assert [s["id"] for part in told["sections"] for s in part["sentences"]] == [
        s.id for part in statement.sections for s in part.sentences
    ]
    assert {"id", "text", "promises"} == set(told["sections"][0]["sentences"][0])


def test_the_switch_of_the_page_leads_back_without_a_language_in_the_address(as_):
    visitor = as_(None)
    page = html.unescape(visitor.get("/privacy/?lang=en").content.decode())
    (link,) = set(re.findall(r'href="([^"]+)" rel="nofollow" lang="nl"', " ".join(page.split())))

    answer = visitor.get(link)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/privacy/")
    assert '<html lang="nl"' in visitor.get(answer.headers["Location"]).content.decode()

"""The page of the practice app, who is signed in, and the worker: what each holds, and what it never holds."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from leerhuis.portal.app_words import app_words

APP, ABOUT, WORKER = "/practice/app/", "/practice/app/about/", "/practice/worker.js"


def parts_of(worker: str) -> dict[str, object]:
    """Return what stands before the program of a worker."""
    found = re.match(r"self\.SHELL = (\{.*?\});\n", worker)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_the_page_is_the_same_for_everybody_and_says_nothing_about_anybody(cast, as_):
    pages = [as_(person).get(APP) for person in (cast.learner, cast.colleague, cast.stranger)]
    assert len({page.content for page in pages}) == 1
    page = pages[0].content.decode()
    for word in (cast.learner.first_name, cast.learner.last_name, cast.learner.email, "csrf", "data-who="):
        assert word not in page
    assert "data-app" in page
    assert "/practice/" in page.split("<noscript>")[1].split("</noscript>")[0]


def test_a_message_for_somebody_is_not_taken_by_the_page_that_a_browser_keeps(cast, as_):
    client = as_(cast.learner)
    client.post("/me/details/", {})
    before = client.get(APP).content
    assert before == as_(cast.stranger).get(APP).content


def test_every_word_of_the_app_is_there_in_both_languages(cast, as_):
    for language in ("nl", "en"):
        page = as_(cast.learner).get(f"{APP}?in={language}")
        told = json.loads(
            re.findall(r'id="app-words" type="application/json">(.*?)</script>', page.content.decode())[0]
        )
        with translation.override(language):
            assert told == app_words()
        assert (page["Content-Language"], f'lang="{language}"' in page.content.decode()) == (language, True)
    with translation.override("nl"):
        dutch = app_words()
    with translation.override("en"):
        english = app_words()
    holes = re.compile(r"\{\w+\}")
    for key, words in english.items():
        assert sorted(holes.findall(words)) == sorted(holes.findall(dutch[key])), key


def test_it_says_who_is_signed_in_by_a_key_that_is_neither_name_nor_id(cast, as_):
    mine, again, theirs = (as_(person).get(ABOUT).json() for person in (cast.learner, cast.learner, cast.stranger))
    assert mine["who"] == again["who"] != theirs["who"]
    assert re.fullmatch(r"[0-9a-f]{32}", mine["who"])
    assert str(cast.learner.id).replace("-", "") != mine["who"]
    told = json.dumps(mine)
    assert cast.learner.email not in told
    assert cast.learner.last_name not in told


def test_a_page_of_somebody_signed_in_says_whose_it_is_and_one_of_nobody_does_not(academy, cast, as_):
    client = as_(cast.learner)
    who = client.get(ABOUT).json()["who"]
    assert f'data-who="{who}"' in client.get("/today/").content.decode()
    assert "data-who" not in Client(headers={"host": academy.main_host}).get("/courses/").content.decode()


def test_nobody_is_told_anything_who_is_not_signed_in(academy):
    visitor = Client(headers={"host": academy.main_host})
    for address in (APP, ABOUT):
        assert visitor.get(address)["Location"].startswith("/accounts/login/")
    assert visitor.get(WORKER).status_code == 200


def test_only_who_chose_to_stay_signed_in_gets_a_store_that_lasts(cast, as_):
    client = as_(cast.learner)
    session = client.session
    session.set_expiry(0)
    session.save()
    assert client.get(ABOUT).json()["kept"] is False
    session.set_expiry(60 * 86_400)
    session.save()
    assert client.get(ABOUT).json()["kept"] is True


def test_the_worker_names_the_version_of_the_page_and_all_that_belongs_to_it(cast, as_):
    client = as_(cast.learner)
    answer = client.get(f"{WORKER}?in=en")
    parts = parts_of(answer.content.decode())
    assert answer["Content-Type"].startswith("text/javascript")
    assert "import " not in answer.content.decode()  # a worker that browsers of all makes can read
    assert (parts["page"], parts["kept_from"], parts["language"]) == (APP, f"{APP}?in=en", "en")
    assert parts["version"] == client.get(f"{APP}?in=en")["X-Shell-Version"] != client.get(APP)["X-Shell-Version"]
    page = client.get(f"{APP}?in=en").content.decode()
    for address in re.findall(r'(?:src|href)="(/static/built/[^"#]+)', page):
        assert address in parts["files"]  # type: ignore[operator]
    for address in parts["files"]:  # type: ignore[attr-defined]
        served = client.get(address)
        assert served.status_code == 200
        served.close()


def test_a_browser_that_keeps_nothing_yet_is_told_to_fetch_what_one_begins_with(cast, as_):
    client = as_(cast.learner)
    page = client.get(APP)
    found = re.findall(r"<([^>]+)>; rel=preload; as=fetch; crossorigin", page["Link"])
    assert found == [ABOUT, "/api/v1/practice/start?take=1"]
    assert [client.get(each).status_code for each in found] == [200, 200]
    assert "Link" not in client.get(f"{APP}?in=nl")  # as a worker keeps it
    client.cookies["leerhuis_practice"] = client.get(ABOUT).json()["who"]
    again = client.get(APP)
    assert "Link" not in again
    assert again.content == page.content


def test_every_icon_around_the_app_is_in_its_own_set(cast, as_):
    people = (cast.learner, cast.contact, cast.trainer, cast.clerk)
    pages = [as_(person).get(APP).content.decode() for person in people]
    plain = [re.sub(r"(?s)<template.*?</template>", "", page) for page in pages]  # what lies ready is not drawn
    drawn = {each for page in plain for each in re.findall(r'<use href="([^"#]+)#([^"]+)">', page)}
    assert len(drawn) >= 4
    (sprite,) = {address for address, _ in drawn}
    served = as_(cast.learner).get(sprite)
    names = re.findall(r'<symbol id="([^"]+)"', b"".join(served.streaming_content).decode())
    assert {name for _, name in drawn} <= set(names)
    served.close()


def test_the_page_travels_small(cast, as_):
    packed = as_(cast.learner).get(APP, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < 8_000


def test_an_odd_language_in_the_address_is_passed_over(cast, as_):
    assert as_(cast.learner).get(f"{APP}?in=xx")["Content-Language"] in dict(settings.LANGUAGES)


def test_signing_out_has_the_browser_let_go_of_what_it_keeps(cast, as_):
    client = as_(cast.learner)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.post("/accounts/logout/").headers


def test_an_academy_without_practice_has_no_app(cast, as_, choose, academy):
    choose(features=academy.settings.features.model_copy(update={"practice": False}))
    for address in (APP, ABOUT, WORKER):
        assert as_(cast.learner).get(address).status_code == 404


@pytest.mark.parametrize(("query", "start"), [("", "/home/"), ("?for=practice", APP)])
def test_a_telephone_can_put_the_academy_or_practice_on_its_home_screen(academy, query, start):
    told = Client(headers={"host": academy.main_host}).get(f"/app.webmanifest{query}").json()
    assert (told["start_url"], told["display"], told["scope"]) == (start, "standalone", "/")

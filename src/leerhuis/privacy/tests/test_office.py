"""The privacy officer sees how things stand; nobody else does, and no person is named."""

import csv
import io
from datetime import date, timedelta

import pytest

from leerhuis.academies.settings import Supplier
from leerhuis.audit import sealing
from leerhuis.audit.actions import look
from leerhuis.audit.actor import Actor
from leerhuis.audit.jobs import examine
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.charter.datamap import data_map
from leerhuis.privacy import overview
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.models import RetentionRun
from leerhuis.privacy.statement import compose
from tests.cast import signed_in

PAGES = ["/office/privacy/", "/office/privacy/map/", "/office/privacy/statement/", "/office/privacy/looks/"]
OTHERS = ["learner", "colleague", "contact", "trainer", "clerk", "planner", "bookkeeper", "admin", "stranger"]


@pytest.mark.parametrize("address", PAGES)
def test_the_officer_enters_and_nobody_else(as_, cast, address):
    assert as_(cast.officer).get(address).status_code == 200
    assert {name: as_(getattr(cast, name)).get(address).status_code for name in OTHERS} == dict.fromkeys(OTHERS, 403)
    assert as_(None).get(address).status_code == 302


@pytest.mark.parametrize("address", PAGES)
def test_the_officer_passes_a_second_factor_first(academy, cast, address):
    response = signed_in(academy, cast.officer, second_factor=False).get(address)

    assert response.status_code == 302
    assert "next=" in response["Location"]


@pytest.mark.parametrize("address", PAGES)
def test_no_person_is_named(as_, cast, address):
    look(by=Actor.person(cast.clerk.id, "clerk"), subjects=[cast.learner.id], purpose="people.account", screen="x")
    page = as_(cast.officer).get(address).content.decode()

    assert [name for name in ("Lena", "Karel", str(cast.learner.id), str(cast.clerk.id)) if name in page] == []


def test_the_map_can_be_searched_and_filtered(as_, cast):
    client = as_(cast.officer)

    def found(query):
        return client.get(f"/office/privacy/map/?{query}").context["page_obj"].object_list

    assert [(c.table, c.column) for c in found("q=first_name&purpose=people.account")] == [("person", "first_name")]
    assert {c.word for c in found("word=trace")} == {"trace"}
    assert len(client.get("/office/privacy/map/").context["page_obj"].paginator.object_list) == len(data_map())
    assert all(not c.word.startswith("nothing") for c in found("about_people=on"))
    assert found("q=nosuchcolumn") == []


@pytest.mark.parametrize(("kind", "type_"), [("csv", "text/csv"), ("xlsx", "spreadsheetml")])
def test_the_map_can_be_downloaded(as_, cast, kind, type_):
    response = as_(cast.officer).get(f"/office/privacy/map/?q=person.&export={kind}")

    assert type_ in response["Content-Type"]
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        expected = [c for c in data_map() if "person." in f"{c.table}.{c.column}"]
        assert [row[2] for row in rows[1:]] == [column.column for column in expected]


def test_the_map_tells_the_terms_of_this_academy(as_, cast):
    page = as_(cast.officer).get("/office/privacy/map/?q=certificate.number").content.decode()

    assert "7 jaar" in page
    assert "2 jaar" not in page


def test_the_home_page_shows_what_the_last_night_left(as_, cast):
    assert as_(cast.officer).get("/office/privacy/").context["due"] == 0
    RetentionRun.objects.create(state=RetentionRun.State.DONE, left={"mail.Message": 4})

    assert as_(cast.officer).get("/office/privacy/").context["due"] == 4


def test_the_terms_tell_what_the_last_night_counted(as_, cast, academy):
    RetentionRun.objects.create(
        state=RetentionRun.State.DONE,
        left={"mail.Message": 4},
        soon={"7": {"mail.Message": 5}, "30": {"mail.Message": 9}},
    )
    told = {each.id: each for each in as_(cast.officer).get("/office/privacy/terms/").context["purposes"]}

    assert (told["mail.service_mail"].due, told["mail.service_mail"].week, told["mail.service_mail"].month) == (4, 5, 9)
    assert told["people.account"].due == 0


def test_what_was_never_written_down_is_listed(academy):
    chosen = academy.settings
    firms = (
        Supplier(name="Alfa", role="x", role_nl="x", role_en="x", place="US"),
        Supplier(name="Beta", role="mail", role_nl="x", role_en="x", place="NL", agreement_since=date(2026, 1, 1)),
        Supplier(name="Gamma", role="x", role_nl="x", role_en="x", processor=False),
    )
    found = {
        gap.where: len(gap.what) for gap in overview.gaps(Facts(chosen.model_copy(update={"suppliers": firms})), "en")
    }

    assert found == {"Alfa": 2, "Gamma": 1}


def test_a_processor_without_a_firm_and_a_longer_term_without_a_reason_are_listed(academy):
    chosen = academy.settings
    bare = chosen.terms.model_copy(update={"reasons_en": {}, "course": None, "practice": None, "mail": None})
    found = [g.where for g in overview.gaps(Facts(chosen.model_copy(update={"suppliers": (), "terms": bare})), "en")]

    assert found == [
        "Sending and receiving e-mail",
        "Deciding your result",
        "Your certificate, and checking whether it is valid",
    ]


def test_the_preview_shows_both_languages_of_everything(as_, cast, academy):
    page = as_(cast.officer).get("/office/privacy/statement/").content.decode()

    for name in compose(academy.settings, "nl").ids:
        assert f"#{name}" in page
    assert "is verantwoordelijk voor" in page
    assert "is responsible for" in page


def test_looks_are_counted_by_day_role_and_screen(as_, cast):
    def seen_by(person, role, *subjects, screen="list"):
        by = Actor.person(person.id, role)
        look(by=by, subjects=[each.id for each in subjects], purpose="people.account", screen=screen)

    seen_by(cast.clerk, "clerk", cast.learner, cast.colleague)
    seen_by(cast.clerk, "clerk", cast.learner)
    seen_by(cast.planner, "clerk", cast.learner)
    with clock.at(clock.now() - timedelta(days=40)):
        seen_by(cast.trainer, "trainer", cast.learner, screen="old")
    (seen,) = overview.looks_lately("en")
    sheet = as_(cast.officer).get("/office/privacy/looks/?export=csv").content.decode("utf-8-sig")

    assert (seen.day, seen.screen, seen.looks, seen.people, seen.lookers) == (clock.today(), "list", 4, 2, 2)
    assert sheet.splitlines()[1].endswith("4,2,2")


def test_the_home_page_says_whether_what_was_written_down_is_as_it_was_written(as_, cast, settings, tmp_path):
    settings.JOURNAL = tmp_path / "journal"
    officer = as_(cast.officer)
    assert "Vannacht wordt voor het eerst gecontroleerd" in officer.get("/office/privacy/").content.decode()
    for _ in range(2):
        sealing.seal()
    examine()
    assert "zoals ze zijn opgeschreven (gecontroleerd" in officer.get("/office/privacy/").content.decode()

    Note.objects.update(verb="nothing")
    examine()
    page = officer.get("/office/privacy/").content.decode()
    assert "Wat is vastgelegd, is niet zoals het is opgeschreven" in page
    assert "fouten gevonden." in page or "fout gevonden." in page

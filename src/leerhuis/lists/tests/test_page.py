"""A list as a page and as a sheet, tried on the list of people."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from leerhuis.audit.models import Look

PEOPLE = "/office/people/"


@pytest.fixture
def clerk(as_, cast):
    return as_(cast.clerk)


def names(response):
    return [person.name for person in response.context["list"].lines]


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def columns(response):
    return [column.key for column in response.context["list"].asked.columns]


def test_a_head_sorts_and_sorts_the_other_way(clerk):
    up = names(clerk.get(f"{PEOPLE}?sort=email"))
    down = names(clerk.get(f"{PEOPLE}?sort=-email"))

    assert (len(up), up) == (10, down[::-1])
    head = next(h for h in clerk.get(f"{PEOPLE}?sort=email&q=a").context["list"].heads if h.column.key == "email")
    assert (head.sorted, parse_qs(urlsplit(head.address).query)) == ("ascending", {"sort": ["-email"], "q": ["a"]})
    assert names(clerk.get(f"{PEOPLE}?sort=password")) == names(clerk.get(PEOPLE))


def test_filters_stand_as_chips_and_can_be_taken_away_one_by_one(clerk):
    shown = clerk.get(f"{PEOPLE}?q=trainer&role=trainer&size=25").context["list"]

    assert [(chip.label, chip.value) for chip in shown.chips] == [
        ("Zoek", "trainer"),
        ("Rol", "trainer"),
    ]
    assert shown.chips[0].without == "?role=trainer&size=25"
    assert shown.plain_address == "?size=25&view=all"


def test_an_empty_list_and_filters_that_hide_all_say_different_things(clerk):
    hidden = clerk.get(f"{PEOPLE}?q=niemand").content.decode()

    assert "Niets past bij deze filters" in hidden
    assert "Er is nog niemand bekend" not in hidden
    assert "Nog geen mails" in clerk.get("/office/mails/").content.decode()


def test_columns_are_chosen_and_the_name_always_stands_first(clerk):
    assert columns(clerk.get(PEOPLE)) == ["name", "email", "roles", "state"]
    assert columns(clerk.get(f"{PEOPLE}?col=state&col=language&col=nonsense")) == ["name", "state", "language"]


def test_pages_have_the_size_that_was_asked_for(clerk):
    assert clerk.get(f"{PEOPLE}?size=25").context["list"].page.paginator.per_page == 25
    assert clerk.get(f"{PEOPLE}?size=9999").context["list"].page.paginator.per_page == 50


@pytest.mark.parametrize("asked", ["", "?role=trainer", "?sort=-email&col=language&col=email&q=a"])
def test_a_sheet_is_what_the_page_shows(clerk, asked):
    page = clerk.get(f"{PEOPLE}{asked}").context["list"]
    shown = [[str(column.in_sheet(line)) for column in page.asked.columns] for line in page.lines]

    sheet = rows(clerk.get(f"{PEOPLE}{asked}{'&' if asked else '?'}export=csv"))

    assert sheet == [[str(head.column.label) for head in page.heads], *shown]
    assert len(shown) >= 1


def test_a_sheet_of_excel_holds_days_as_days(clerk):
    book = load_workbook(io.BytesIO(clerk.get(f"{PEOPLE}?col=created&export=xlsx").content))

    assert [cell.value for cell in book.active[1]] == ["Naam", "Bekend sinds"]
    assert book.active["B2"].is_date


def test_every_look_is_noted_once_per_person_page_and_sheet_apart(clerk, cast):
    clerk.get(f"{PEOPLE}?q=leerling")
    clerk.get(f"{PEOPLE}?q=leerling&export=csv")

    assert set(Look.objects.values_list("subject_person", "screen")) == {
        (cast.learner.id, "people_office_list"),
        (cast.learner.id, "people_office_export"),
    }


def test_a_list_asks_as_often_for_three_as_for_one(clerk):
    clerk.get(PEOPLE)

    def asked(query):
        with CaptureQueriesContext(connection) as found:
            clerk.get(f"{PEOPLE}{query}")
        return len(found)

    assert asked("?q=leerling") == asked("?q=stranger") == asked("")


def test_htmx_gets_an_address_without_what_is_empty(clerk):
    response = clerk.get(
        f"{PEOPLE}?q=&role=&col=email&col=roles&col=state&state=active", headers={"HX-Request": "true"}
    )

    assert response["HX-Push-Url"] == f"{PEOPLE}?state=active"

"""Entering many people from a list: read, looked over, entered whole or not at all, and taken back."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.organisations import actions
from leerhuis.organisations.importing import (
    ColumnsMissing,
    NotAList,
    TooManyLines,
    cells_of_file,
    cells_of_text,
    read_people,
)
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.rules import LinesUnread, NothingToTakeBack
from leerhuis.people.models import Person
from tests.cast import Cast

As = Callable[[Person | None], Client]
PAGE = "/office/people/enter/"
LIST = "Voornaam;Tussenvoegsel;Achternaam;E-mail;Werkgever\nNora;van der;Nieuw;nora@nieuw.example;Nieuw B.V.\n"


def read(text: str) -> list[tuple[str, str, str, str, bool]]:
    lines = read_people(cells_of_text(text)).lines
    return [(each.first_name, each.last_name, each.email, each.organisation, bool(each.fault)) for each in lines]


def workbook(*rows: list[str | None]) -> bytes:
    book, held = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(held)
    return held.getvalue()


# --- reading -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_columns_are_known_by_their_names_whatever_divides_them(mark: str) -> None:
    text = f"E-mailadres{mark}naam\nAyse@Post.example{mark}Ayşe van 't Hof\n"
    assert read(text) == [("Ayşe", "van 't Hof", "ayse@post.example", "", False)]


def test_an_infix_belongs_to_the_last_name_and_empty_lines_are_left_out() -> None:
    assert read(LIST + "\n;;;;\n") == [("Nora", "van der Nieuw", "nora@nieuw.example", "Nieuw B.V.", False)]


def test_an_excel_file_is_read_as_it_looks_and_what_it_does_not_know_is_told() -> None:
    content = workbook(["Naam", "Mail", "Schoenmaat"], ["de Vries, Jan", "jan@post.example", "44"], [None, None, None])
    found = read_people(cells_of_file(content))
    assert [(each.number, each.name, each.email) for each in found.lines] == [(2, "Jan de Vries", "jan@post.example")]
    assert found.left_out == ("Schoenmaat",)


def test_text_of_windows_keeps_its_accents() -> None:
    assert cells_of_file("naam;mail\nRenée Daniëls;r@post.example".encode("cp1252"))[1][0] == "Renée Daniëls"


@pytest.mark.parametrize(
    "line", ["Nora;Nieuw;", "Nora;Nieuw;nora@", "Nora;;nora@nieuw.example", f"{'N' * 121};Nieuw;nora@nieuw.example"]
)
def test_a_line_that_cannot_be_read_is_a_fault(line: str) -> None:
    assert read(f"first name;last name;e-mail\n{line}")[0][4]


def test_the_second_time_an_address_occurs_is_a_fault() -> None:
    faults = [each[4] for each in read("name;mail\nA B;a@post.example\nC D;A@post.example")]
    assert faults == [False, True]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAList),
        (b"PK\x03\x04 no workbook", NotAList),
        (b"naam;adres\nJan Jansen;Weg 1", ColumnsMissing),
        (b"naam;mail\n" + b"A B;a@post.example\n" * 1001, TooManyLines),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_people(cells_of_file(content))


# --- entering ------------------------------------------------------------------------------------------------------
def test_people_are_entered_once_and_connected_to_their_organisation_without_a_mail(cast: Cast) -> None:
    mails = Message.objects.count()
    by = Actor.person(cast.clerk.id, "clerk")
    text = LIST + f"X;;Y;{cast.learner.email};{cast.organisation.name.upper()}\n"
    entered = actions.enter_people(read_people(cells_of_text(text)).lines, by=by)
    nora = Person.objects.get(email="nora@nieuw.example")
    assert (entered.added, entered.known) == ((nora,), (cast.learner,))
    assert (nora.name, nora.source, nora.state, nora.entered_by) == (
        "Nora van der Nieuw", "import", "invited", cast.clerk.id,
    )  # fmt: skip
    assert Membership.objects.get(person=nora).organisation.name == "Nieuw B.V."
    assert Membership.objects.filter(person=cast.learner, organisation=cast.organisation, kind="employee").count() == 1
    assert Person.objects.get(pk=cast.learner.pk).name == cast.learner.name
    assert Message.objects.count() == mails


def test_one_line_with_a_fault_enters_nobody(cast: Cast) -> None:
    before = (Person.objects.count(), Organisation.objects.count(), Note.objects.count())
    lines = read_people(cells_of_text(LIST + "Jan;;Jansen;geen adres;\n")).lines
    with pytest.raises(LinesUnread), attempt():
        actions.enter_people(lines, by=Actor.person(cast.clerk.id, "clerk"))
    assert (Person.objects.count(), Organisation.objects.count(), Note.objects.count()) == before


def test_taking_back_removes_whom_nothing_was_done_with_and_no_one_else(cast: Cast) -> None:
    by = Actor.person(cast.clerk.id, "clerk")
    before = (Person.objects.count(), Organisation.objects.count())
    actions.enter_people(read_people(cells_of_text(LIST)).lines, by=by)
    assert actions.take_back_entered(clock.now(), by=by) == (1, 0)
    assert (Person.objects.count(), Organisation.objects.count()) == before
    with pytest.raises(NothingToTakeBack), attempt():
        actions.take_back_entered(clock.now(), by=by)


def test_whoever_was_used_since_stays_and_so_does_their_organisation(cast: Cast) -> None:
    by = Actor.person(cast.clerk.id, "clerk")
    entered = actions.enter_people(read_people(cells_of_text(LIST)).lines, by=by)
    actions.appoint_contact(entered.organisations[0], entered.added[0], by=by)
    assert actions.take_back_entered(clock.now(), by=by) == (0, 1)
    assert Organisation.objects.filter(name="Nieuw B.V.").exists()


def test_nobody_takes_back_what_another_entered(cast: Cast) -> None:
    actions.enter_people(read_people(cells_of_text(LIST)).lines, by=Actor.person(cast.clerk.id, "clerk"))
    with pytest.raises(NothingToTakeBack), attempt():
        actions.take_back_entered(clock.now(), by=Actor.person(cast.planner.id, "planner"))
    assert Person.objects.filter(email="nora@nieuw.example").exists()


# --- the pages -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["stranger", "learner", "contact", "trainer", "bookkeeper", "officer"])
def test_only_the_office_enters_people(as_: As, cast: Cast, who: str) -> None:
    assert as_(cast.everyone[who]).post(PAGE, {"text": LIST, "confirm": "1"}).status_code == 403
    assert not Person.objects.filter(email="nora@nieuw.example").exists()


def test_a_file_is_looked_over_first_then_entered_then_taken_back(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    known = ["Lena", "Anders", str(cast.learner.email), ""]
    rows = workbook(["Voornaam", "Achternaam", "E-mail", "Organisatie"], ["Nora", "Nieuw", "n@x.example", "N"], known)
    shown = clerk.post(PAGE, {"file": SimpleUploadedFile("lijst.xlsx", rows)})
    assert shown.status_code == 200
    assert cast.learner.name in shown.content.decode()
    assert not Person.objects.filter(email="n@x.example").exists()
    assert Look.objects.filter(subject_person=cast.learner.id, screen="organisations_office_enter").count() == 1
    done = clerk.post(PAGE, {"text": shown.context["text"], "confirm": "1"})
    assert Person.objects.get(email="n@x.example").source == "import"
    answer = clerk.post("/office/people/enter/take-back/", {"token": done.context["token"]})
    assert answer.status_code == 302
    assert not Person.objects.filter(email="n@x.example").exists()
    assert Person.objects.filter(pk=cast.learner.pk).exists()


def test_a_forged_key_takes_nothing_back(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    clerk.post(PAGE, {"text": LIST, "confirm": "1"})
    clerk.post("/office/people/enter/take-back/", {"token": clock.now().isoformat()})
    assert Person.objects.filter(email="nora@nieuw.example").exists()


def test_a_list_can_be_changed_before_it_is_entered(as_: As, cast: Cast) -> None:
    page = as_(cast.clerk).post(PAGE, {"text": LIST, "change": "1"}).content.decode()
    assert "nora@nieuw.example" in page


def test_a_list_with_faults_offers_no_button_to_enter_it(as_: As, cast: Cast) -> None:
    page = as_(cast.clerk).post(PAGE, {"text": LIST + "Jan;;Jansen;;\n"}).content.decode()
    assert 'name="confirm"' not in page


def queries_of(client: Client, people: int) -> int:
    rows = "".join(f"N;;Nieuw;n{number}@nieuw.example;N{number}\n" for number in range(people))
    with CaptureQueriesContext(connection) as caught:
        client.post(PAGE, {"text": LIST.splitlines()[0] + "\n" + rows})
    return len(caught)


def test_looking_over_takes_as_many_queries_for_one_as_for_three(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    clerk.get(PAGE)
    assert queries_of(clerk, 1) == queries_of(clerk, 3)

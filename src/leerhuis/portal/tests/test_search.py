"""The one search box: who finds what, in which order, and that it stays as quick for many as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.base.search import by_index
from leerhuis.charter.declarations import Purpose, Search
from leerhuis.charter.register import declared
from leerhuis.enrolment.models import Detail
from leerhuis.mail.models import Message
from leerhuis.organisations.models import Organisation
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person
from leerhuis.people.queries import READ_AT_MOST, roles_of
from leerhuis.portal.finding import NOBODY, QUERIES, search
from leerhuis.results.actions import issue_certificate
from leerhuis.results.tests.factories import MORNING, enrol, make_course, make_group, make_run, passed
from tests.cast import add_person

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(MORNING):
        yield


def viewer(person):
    return Viewer(person, roles_of(person.id), second_factor=True)


def found(person, text, limit=25):
    """Return what somebody finds, as titles by kind."""
    return {group.key: [line.title for line in group.lines] for group in search(viewer(person), text, limit)}


@pytest.mark.parametrize(
    "typed",
    ["berg", "van der berg", "berg joost", "jo ber", "JOOST", "j.vanderberg", "vanderberg", "voorbeeld.example berg"],
)
def test_somebody_is_found_by_any_part_of_name_and_address(cast, typed):
    add_person("Joost", "van der Berg", email="j.vanderberg@voorbeeld.example")
    assert found(cast.clerk, typed) == {"people": ["Joost van der Berg"]}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (("Ayşe", "Yıldız-Öztürk"), "yildiz ozturk"),
        (("Łukasz", "Wiśniewski"), "lukasz wisn"),
        (("Søren", "Ægirsen"), "soren aegir"),
        (("Jürgen", "Großmann"), "juergen grossmann"),
        (("Ελένη", "Παπαδοπούλου"), "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
        (("Юлия", "Щербакова"), "щербак"),
        (("محمد", "العربي"), "العربي"),
        (("小明", "王"), "王"),
        (("Thị Hồng", "Nguyễn"), "nguyen hong"),
        (("Siobhán", "O’Neill"), "oneill"),
        (("Jo", "'t Hooft"), "'t hooft"),
        (("IJsbrand", "ĳzer"), "ijzer"),
    ],
)
def test_a_name_of_any_alphabet_is_found_without_its_accents(cast, name, typed):
    add_person(*name, email="somebody@people.example")
    assert found(cast.clerk, typed) == {"people": [" ".join(name)]}


@pytest.mark.parametrize("typed", ["de vrise", "vreis", "de fries"])
def test_small_errors_are_forgiven_when_nothing_else_answers(cast, typed):
    add_person("Anna", "de Vries")
    assert found(cast.clerk, typed) == {"people": ["Anna de Vries"]}


def test_who_is_named_whole_stands_before_who_is_named_in_part(cast):
    for last_name in ("Bergsma", "van den Bergh", "Berg", "van der Berg"):
        add_person("Jo", last_name)
    assert found(cast.clerk, "berg")["people"] == ["Jo Berg", "Jo van der Berg", "Jo van den Bergh", "Jo Bergsma"]


def test_a_name_that_hundreds_share_in_part_is_found_whole(cast):
    namesakes = [Person(email=f"{n}@b.example", source="staff") for n in range(READ_AT_MOST + 5)]
    for person in namesakes:
        person.set_name("Jo", "Bergsma")
    Person.objects.bulk_create(namesakes)
    add_person("An", "Berg")
    assert found(cast.clerk, "berg", 1)["people"] == ["An Berg"]


@pytest.mark.parametrize(
    "typed", ["12345678", "12 34 56 78", "8011AB", "8011 ab", "0381234567", "+31 38 1234", "hofw zwol"]
)
def test_an_organisation_is_found_by_its_numbers_and_address(cast, typed):
    Organisation.objects.create(
        name="Hof & Zn.", kvk="12345678", phone="038-123 45 67", address="Hofweg 1", postcode="8011 AB", city="Zwolle"
    )
    assert found(cast.clerk, typed) == {"organisations": ["Hof & Zn."]}


def test_a_run_is_found_by_code_and_course_and_those_to_come_stand_first(cast):
    course = make_course("Omgaan met persoonsgegevens")
    for code, year in (("AVG-2606", 2026), ("AVG-2706", 2027)):
        run = make_run(MORNING.date().replace(year=year), course=course)
        run.code = code
        run.save()
    assert found(cast.clerk, "persoonsgegevens 27") == {"runs": ["Omgaan met persoonsgegevens"]}
    (runs, courses) = search(viewer(cast.clerk), "persoons", 25)
    assert [line.under.split(" · ")[0] for line in runs.lines] == ["AVG-2706", "AVG-2606"]
    assert [line.title for line in courses.lines] == ["Omgaan met persoonsgegevens"]


def test_a_certificate_is_found_with_and_without_dashes(cast):
    group = make_group(cast.learner, trainer=cast.trainer)
    passed(group, cast.trainer, cast.clerk)
    number = issue_certificate(group.enrolments[0], by=Actor.person(cast.clerk.id, "clerk")).number
    for typed in (number, number.lower().replace("-", ""), number.replace("-", " "), number[:7]):
        assert found(cast.planner, typed) == {"certificates": [number]}, typed


@pytest.mark.parametrize("stored", ["06-12 34 56 78", "0612345678", "+31 6 12345678", "0031 612345678"])
@pytest.mark.parametrize("typed", ["0612345678", "06 1234 5678", "06-12345678", "+31612345678", "0031 (0)6 12345678"])
def test_who_calls_is_found_by_their_telephone_number_however_it_is_written(cast, stored, typed):
    run = make_run()
    Detail.objects.create(enrolment=enrol(run, cast.learner), phone=stored)
    Detail.objects.create(enrolment=enrol(run, cast.stranger), phone="06 87654321")
    assert found(cast.clerk, typed) == {"enrolments": [cast.learner.name]}
    assert found(cast.trainer, typed) == {}


def test_an_enrolment_is_found_by_its_reference_and_a_mail_by_its_reader(cast):
    enrolment = enrol(make_run(), cast.learner)
    enrolment.registration.reference = "PO 2027/118"
    enrolment.registration.save()
    Message.objects.create(
        kind="people.invitation",
        cause="X",
        to_name="Oud Adres",
        to_address="oud@people.example",
        language="nl",
        title="Uitnodiging",
        body="",
        try_after=clock.now(),
        person=cast.learner.id,
    )
    assert found(cast.clerk, "po2027118") == found(cast.clerk, "2027/118") == {"enrolments": ["Lena de Leerling"]}
    assert found(cast.clerk, "oud@people") == {"mails": ["Uitnodiging"]}


def test_pages_are_found_by_their_words(cast):
    assert found(cast.clerk, "plann") == {"pages": ["Planning"], "people": ["Petra Planner"]}
    assert "pages" not in found(cast.bookkeeper, "plann")


@pytest.mark.parametrize("who", ["bookkeeper", "officer", "learner", "colleague", "contact", "trainer", "stranger"])
def test_nobody_finds_what_they_could_not_open(cast, who):
    enrol(make_run(), cast.learner)
    person = cast.everyone[who]
    for typed in ("lena", "bakker", "privacy", "RUN"):
        assert set(found(person, typed)) <= {"pages"}, typed


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("clerk", "planner", "admin", "bookkeeper", "officer")),
        *((who, 403) for who in ("learner", "contact", "trainer", "stranger")),
    ],
)
def test_the_box_is_for_the_staff(cast, as_, who, status):
    assert as_(cast.everyone[who]).get("/office/search/?q=lena").status_code == status
    page = as_(cast.everyone[who]).get("/today/").content.decode()
    assert "lh-search" not in page  # a learner's page has none, whoever opens it


def test_who_is_shown_was_looked_at_and_nobody_else(cast, as_):
    as_(cast.clerk).get("/office/search/?q=lena")
    (look,) = Look.objects.all()
    assert (look.subject_person, look.actor_person, look.screen, look.purpose) == (
        cast.learner.id,
        cast.clerk.id,
        "portal_office_search",
        "people.account",
    )


def test_the_dialog_gets_the_answers_alone_and_a_browser_without_code_a_page(cast, as_):
    clerk = as_(cast.clerk)
    part = clerk.get("/office/search/?q=lena", headers=HTMX).content.decode()
    page = clerk.get("/office/search/?q=lena").content.decode()
    address = f'href="/office/people/{cast.learner.id}/"'
    assert address in part
    assert "<html" not in part
    assert address in page
    assert "data-ask" in page
    assert "Er is niets gevonden" in clerk.get("/office/search/?q=zzzz").content.decode()


@pytest.mark.parametrize("typed", ["", " ", "'", "\\", "&|!():*<->", "%", "é" * 300, "1' OR '1'='1", "💥"])
def test_whatever_is_typed_gets_an_answer(cast, as_, typed):
    assert as_(cast.clerk).get("/office/search/", {"q": typed}).status_code == 200
    assert isinstance(found(cast.clerk, typed), dict)


def test_what_is_typed_is_shown_as_text(cast, as_):
    assert "<script>alert" not in as_(cast.clerk).get("/office/search/?q=<script>alert").content.decode()


def test_a_search_takes_as_many_queries_for_three_as_for_one(cast, as_):
    counts = []
    for number in range(3):
        add_person("Quirijn", f"Quist {number}")
        with CaptureQueriesContext(connection) as asked:
            assert len(found(cast.clerk, "quist")["people"]) == number + 1
        counts.append(len(asked))
    assert counts == [10, 10, 10]  # the roles, seven kinds, and twice how the planner shall look


def test_every_declared_search_leads_to_a_query_a_page_and_a_purpose():
    purposes = {each.id for each, _ in declared(Purpose)}
    sources = [source for _, source in declared(Search)]
    assert len({source.place for source in sources}) == len(sources) == 7
    for source in sources:
        asked = QUERIES[source.query]
        assert source.query.endswith(f"queries.{asked.__name__}")
        assert resolve(reverse(source.page, args=[NOBODY])).url_name == source.page
        assert source.purpose in purposes


def test_somebody_erased_is_found_no_more(cast):
    Person.objects.filter(pk=cast.learner.id).update(first_name="", last_name="", email=None)
    assert found(cast.clerk, "lena") == {}


def test_errors_are_forgiven_only_when_nothing_answers(cast):
    add_person("Anna", "de Vries")
    assert found(cast.clerk, "vreis") == {"people": ["Anna de Vries"]}
    Organisation.objects.create(name="Vreis BV")
    assert found(cast.clerk, "vreis") == {"organisations": ["Vreis BV"]}


def test_small_tables_too_are_asked_by_their_index_and_only_while_searching(cast):
    with CaptureQueriesContext(connection) as asked:
        found(cast.clerk, "voorbeeld")
    kinds = [each["sql"] for each in asked if "::tsquery" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
        with by_index():
            for sql in kinds:
                cursor.execute(f"EXPLAIN {sql}")
                assert "found_by" in " ".join(line for (line,) in cursor.fetchall() if "Index Scan" in line), sql
    assert len(kinds) == 9  # seven kinds, and twice forgiving

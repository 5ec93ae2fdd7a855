"""What an employer sees of whom it enrolled, at each level of agreement, on each way out; and what a trainer sees."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook
from pypdf import PdfReader

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson
from leerhuis.consent.actions import end_agreement, end_agreement_again, record_agreement
from leerhuis.enrolment.actions import object_to_sharing
from leerhuis.enrolment.mails import registered_by_employer
from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.queries import sharing_token
from leerhuis.mail.models import Message
from tests.cast import OPERATOR
from tests.floors.access.asking import address, routes
from tests.floors.access.matrix import rows
from tests.floors.access.world import World

pytestmark = pytest.mark.django_db(databases=["default", "limits"])

WITHHELD = "niet gedeeld"
# level → what of (attendance, progress, result) the employer reads once the learner was told
LEVELS = {
    "none": (False, False, False),
    "attendance": (True, False, False),
    "progress": (False, True, False),
    "result": (False, False, True),
    "all": (True, True, True),
}
FACTS = ("attendance", "progress", "result")
HEADS = ["Naam", "Opleiding", "Uitvoering", "Eerste dag", "Status", "Aanwezigheid", "Voortgang", "Resultaat"]


def set_level(world: World, level: str, **state: object) -> None:
    """Have the enrolment that is over shared at a level."""
    shared = dict(zip(FACTS, LEVELS[level], strict=True))
    told = {"told_at": clock.now(), "objected_at": None} | state
    Grant.objects.filter(enrolment=world.things["finished"]).update(**shared, **told)


def cells(response: HttpResponse) -> list[list[str]]:
    """Return the rows of a sheet, CSV or XLSX, as texts."""
    if "csv" in response["Content-Type"]:
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=_mark(response)))
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def _mark(response: HttpResponse) -> str:
    return ";" if ";" in response.content.decode("utf-8-sig").splitlines()[0] else ","


def line_of(world: World, rows: list[list[str]]) -> list[str]:
    """Return the line about the enrolment that is over."""
    code = world.things["over"].code
    (found,) = [row for row in rows if code in row and world.people["learner"].last_name in row[0]]
    return found


def shown_in(world: World, response: HttpResponse) -> tuple[bool, ...]:
    """Return which of the three facts a page or a sheet shows."""
    if "html" not in response["Content-Type"]:
        rows = cells(response)
        assert rows[0] == HEADS, "other columns than these"
        return tuple(not cell.startswith(WITHHELD) for cell in line_of(world, rows)[5:])
    text = response.content.decode()
    about = (world.things["over"].code, world.people["learner"].last_name)
    (row,) = [each for each in text.split("<tr>") if all(word in each for word in about)]
    return tuple(WITHHELD not in cell for cell in row.split("<td")[4:7])


WAYS = ["/employer/progress/", "/employer/progress/?export=csv", "/employer/progress/?export=xlsx"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("level", LEVELS)
def test_an_employer_reads_exactly_what_was_agreed(level: str, way: str, here: World) -> None:
    set_level(here, level)
    response = here.browser("contact").get(way)
    assert shown_in(here, response) == LEVELS[level]
    assert (here.things["certificate"].number in str(response.content)) == (LEVELS[level][2] and "xlsx" not in way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", [{"objected_at": True}, {"told_at": None}])
def test_after_an_objection_and_before_being_told_nothing_is_shared(
    state: dict[str, bool | None], way: str, here: World
) -> None:
    set_level(here, "all", **{name: clock.now() if value else None for name, value in state.items()})
    response = here.browser("contact").get(way)
    assert shown_in(here, response) == LEVELS["none"]
    assert here.things["certificate"].number not in response.content.decode(errors="replace")


# --- an agreement or a learner says stop ---------------------------------------------------------------------------
def objected(world: World) -> None:
    finished = world.things["finished"]
    object_to_sharing(finished, by=Actor.person(finished.learner_id))


def agreement_ended(world: World) -> None:
    end_agreement(world.things["agreement"], by=OPERATOR)


def restored_from_a_backup(world: World) -> None:
    """What the journal does again: the agreement that the backup brought back ends once more."""
    end_agreement_again(world.things["agreement"].id, purpose="", by=OPERATOR)


STOPS = [objected, agreement_ended, restored_from_a_backup]


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("way", [*WAYS, "/employer/progress/?standing=seat&q=Van", "/employer/progress/?page=1"])
def test_what_was_seen_a_moment_ago_is_gone_at_once_by_each_link_that_was_kept(
    way: str, stop: Callable[[World], None], here: World
) -> None:
    set_level(here, "all")
    contact = here.browser("contact")
    assert shown_in(here, contact.get(way)) == LEVELS["all"]
    stop(here)
    response = contact.get(way)
    assert shown_in(here, response) == LEVELS["none"]
    assert here.things["certificate"].number not in response.content.decode(errors="replace")


@pytest.mark.parametrize("level", LEVELS)
def test_when_less_is_agreed_less_is_seen_also_of_earlier_enrolments_and_never_more(level: str, here: World) -> None:
    set_level(here, "attendance")
    agreed = dict(zip(FACTS, LEVELS[level], strict=True))
    if not any(agreed.values()):
        end_agreement(here.things["agreement"], by=OPERATOR)
    else:
        said = {"result_ground": "de wet vraagt het", "reference": "contract 20"}
        record_agreement(here.things["organisation"], **agreed, **said, by=OPERATOR)
    seen = shown_in(here, here.browser("contact").get(WAYS[0]))
    assert seen == (LEVELS[level][0], False, False)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("stop", [None, *STOPS])
def test_no_other_page_file_or_mail_for_an_employer_tells_any_of_it(
    stop: Callable[[World], None] | None, level: str, here: World
) -> None:
    """Every route whose audience is the employer's contact, found in the table of rights; and every mail to them."""
    set_level(here, level)
    if stop is not None:
        stop(here)
    told = {"geslaagd", "tot nu toe", "lesdag gevolgd", here.things["certificate"].number.lower()}
    contact = here.browser("contact")
    patterns = routes()
    pages = [
        address(here, name, patterns[name])
        for name, row in rows().items()
        if row.audience == "contact_person" and "GET" in row.methods and name != "results_employer_progress"
    ]
    assert len(pages) > 5
    for page in [*pages, "/employer/?export=csv", "/employer/?export=xlsx"]:
        response = contact.get(page)
        assert response.status_code == 200, page
        text = str(cells(response)) if "export" in page else response.content.decode().split("<main", 1)[-1]
        assert [word for word in sorted(told) if word in text.lower()] == [], page
    for letter in Message.objects.filter(person=here.people["contact"].id):
        assert [word for word in sorted(told) if word in (letter.title + letter.body).lower()] == []


@pytest.mark.parametrize("stop", STOPS)
def test_mails_to_the_learner_no_longer_say_that_the_employer_sees_it(
    stop: Callable[[World], None], here: World
) -> None:
    finished = here.things["finished"]
    set_level(here, "all")
    before = registered_by_employer.preview(Enrolment.objects.get(pk=finished.pk))
    stop(here)
    after = registered_by_employer.preview(Enrolment.objects.get(pk=finished.pk))
    assert ("uw resultaat en certificaat" in before.body, "uw resultaat en certificaat" in after.body) == (True, False)


@pytest.mark.parametrize("stop", STOPS)
def test_the_link_in_a_mail_of_before_tells_the_learner_that_nothing_is_seen(
    stop: Callable[[World], None], here: World
) -> None:
    set_level(here, "all")
    at = f"/sharing/{sharing_token(here.things['finished'])}/"
    assert "Ik maak bezwaar" in here.browser("visitor").get(at).content.decode()
    stop(here)
    assert "Ik maak bezwaar" not in here.browser("visitor").get(at).content.decode()


@pytest.mark.parametrize("level", LEVELS)
def test_the_list_of_orders_and_the_mails_tell_none_of_it_at_any_level(level: str, here: World) -> None:
    set_level(here, level)
    number = here.things["certificate"].number
    assert len(cells(here.browser("contact").get("/employer/", {"q": number, "export": "csv"}))) == 1
    for way in ("/employer/", "/employer/?export=csv", "/employer/?export=xlsx"):
        response = here.browser("contact").get(way)
        text = str(cells(response)) if "export" in way else response.content.decode()
        assert number not in text
        assert "geslaagd" not in text.lower()
        assert "aanwezig" not in text.lower().split("<main", 1)[-1].split("</main", 1)[0]
    for letter in Message.objects.filter(person__in=[here.people["contact"].id, here.people["other_contact"].id]):
        assert number not in letter.title + letter.body
        assert "geslaagd" not in (letter.title + letter.body).lower()


def test_how_many_are_listed_does_not_depend_on_what_is_shared(here: World) -> None:
    counts = set()
    for level in LEVELS:
        set_level(here, level)
        counts.add(len(cells(here.browser("contact").get("/employer/progress/?export=csv"))))
        assert len(cells(here.browser("contact").get("/employer/progress/?standing=completed&export=csv"))) in counts
    assert len(counts) == 1


# --- the trainer ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "opens"), [(-31, False), (-29, True), (0, True), (29, True), (31, False)])
def test_a_trainer_opens_a_list_from_thirty_days_before_until_thirty_days_after(
    days: int, opens: bool, here: World
) -> None:
    lesson = here.things["taught_lesson"]
    starts = clock.now() + timedelta(days=days)
    Lesson.objects.filter(pk=lesson.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=6))
    for page in ("", "list.pdf"):
        response = here.browser("trainer").get(f"/trainer/lesson/{lesson.pk}/{page}")
        assert response.status_code == (200 if opens else 404)
        names = [here.people[who].last_name for who in ("learner", "colleague", "stranger", "outsider")]
        text = in_words(response)
        assert [name in text for name in names] == [opens] * len(names)


def in_words(response: HttpResponse) -> str:
    """Return the text of a page or of a paper."""
    if response["Content-Type"] == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    return response.content.decode()


def test_of_the_learners_a_trainer_reads_the_names_and_nothing_else(here: World) -> None:
    lesson = here.things["taught_lesson"]
    told = {
        *(str(here.people[who].email) for who in ("learner", "colleague", "stranger", "outsider")),
        here.things["organisation"].name, here.things["other_organisation"].name,
        here.things["mine"].remarks, here.things["certificate"].number,
    }  # fmt: skip
    pages = [f"/trainer/lesson/{lesson.pk}/", f"/trainer/lesson/{lesson.pk}/list.pdf", "/trainer/"]
    for page in pages:
        text = in_words(here.browser("trainer").get(page))
        assert [each for each in sorted(told) if each in text] == []
    home = in_words(here.browser("trainer").get("/trainer/"))
    assert [who for who in here.people if who != "trainer" and here.people[who].last_name in home] == []

"""The planning board, the page of a run, results of a group, certificates in bulk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Message
from leerhuis.people.models import Person
from leerhuis.results.actions import correct_attendance, issue_certificate
from leerhuis.results.models import Certificate, Result
from leerhuis.results.queries import run_view
from leerhuis.results.tests.factories import DAY, attend, enrol, make_course, make_group, make_run, make_venue, passed


@pytest.fixture
def clerk(cast):
    return Actor.person(cast.clerk.id, "clerk")


@pytest.fixture
def office(cast, as_):
    return as_(cast.clerk)


@pytest.fixture
def group(cast):
    return make_group(cast.learner, cast.colleague, trainer=cast.trainer, ordered_by=cast.organisation)


def said(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def page_of(group):
    return f"/office/runs/{group.run.id}/"


def office_pages(group, certificate):
    page = page_of(group)
    lesson = f"/office/lessons/{group.lesson.id}/attendance/"
    paper = f"/office/certificates/{certificate.id}/"
    return [
        "/office/runs/",
        page,
        f"{page}results/",
        f"{page}certificates/",
        lesson,
        f"{lesson}list.pdf",
        f"{lesson}correct/{group.enrolments[0].id}/",
        f"{paper}certificate.pdf",
        f"{paper}revoke/",
    ]


def test_the_office_opens_every_page_and_others_none(group, cast, clerk, office, as_):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)
    pages = office_pages(group, certificate)

    assert {address: office.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    for who in ("learner", "contact", "trainer", "bookkeeper", "officer", "stranger"):
        browser = as_(getattr(cast, who))
        assert {address: browser.get(address).status_code for address in pages} == dict.fromkeys(pages, 403), who
    visitor = as_(None)
    assert {visitor.get(address).status_code for address in pages} == {302}


def test_every_page_with_people_notes_the_look(group, cast, clerk, as_):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)
    planner = as_(cast.planner)

    for address in office_pages(group, certificate):
        planner.get(address)
    planner.get(f"{page_of(group)}?export=csv")

    looks = Look.objects.filter(actor_person=cast.planner.id, subject_person=cast.learner.id)
    assert sorted(looks.values_list("screen", flat=True)) == [
        "results_office_certificate_pdf",
        "results_office_certificates",
        "results_office_correct",
        "results_office_lesson",
        "results_office_list",
        "results_office_results",
        "results_office_revoke",
        "results_office_run",
        "results_office_run",
    ]


def test_the_board_shows_runs_by_date_with_what_decides(cast, office):
    venue = make_venue()
    short = make_run(DAY + timedelta(days=9), state=Run.State.OPEN, minimum=3)
    enrol(short, cast.learner)
    enough = make_run(DAY + timedelta(days=8), state=Run.State.OPEN, minimum=1, trainer=cast.trainer, venue=venue)
    enrol(enough, cast.learner)
    sure = make_run(DAY, trainer=cast.trainer)

    page = said(office.get("/office/runs/"))

    assert page.index(sure.code) < page.index(enough.code) < page.index(short.code)
    for words in (
        "nog 2 nodig",
        "kan doorgaan",
        "Tara Trainer",
        "Zwolle",
        "nog geen trainer",
        "1/12",
    ):
        assert words in page


def test_the_board_leaves_out_what_is_over_unless_asked(office):
    past = make_run(DAY - timedelta(days=1))
    coming = make_run(DAY + timedelta(days=1))

    page = said(office.get("/office/runs/"))
    assert (past.code in page, coming.code in page) == (False, True)
    page = said(office.get("/office/runs/?past=on"))
    assert (past.code in page, coming.code in page) == (True, True)
    page = said(office.get(f"/office/runs/?month={past.first_day:%Y-%m}"))
    assert past.code in page


def test_the_board_is_searched_by_words_course_venue_and_state(office):
    venue = make_venue()
    course = make_course("Eerste hulp bij noodsituaties")
    wanted = make_run(DAY + timedelta(days=3), course=course, venue=venue, state=Run.State.OPEN)
    other = make_run(DAY + timedelta(days=4))

    for query in (
        "q=eerste hulp",
        f"q={wanted.code}",
        f"course={course.id}",
        f"venue={venue.id}",
        "state=open",
    ):
        page = said(office.get(f"/office/runs/?{query}"))
        assert (f">{course.title}<" in page, other.code in page) == (True, False), query
    assert "Niets past bij deze filters" in said(office.get("/office/runs/?q=xyzzy"))
    assert office.get("/office/runs/?course=nonsense&month=2027-99&state=x").status_code == 200


def test_the_board_is_downloaded_as_it_was_searched(cast, office):
    run = make_run(DAY + timedelta(days=3), trainer=cast.trainer, venue=make_venue())
    make_run(DAY - timedelta(days=3))

    sheet = office.get("/office/runs/?export=csv").content.decode("utf-8-sig").replace("\xa0", " ")

    heads, row = sheet.strip().splitlines()
    assert heads.startswith("Opleiding,Code,Eerste dag,Ingeschreven,Plaatsen,")
    assert row == f'Privacy op het werk,{run.code},2027-06-06,0,12,2,0,Tara Trainer,"De Hof, Zwolle",gaat door'


def test_the_page_of_a_run_shows_everything_of_it(group, cast, clerk, office):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)
    enrol(group.run, cast.stranger, state=Enrolment.State.WAITING, waiting_since=group.lesson.starts_at)

    page = said(office.get(page_of(group)))

    for words in (
        "Lena de Leerling",
        "Bakker Advies",
        "Tara Trainer",
        "Sam Stranger",
        certificate.number,
        "aanwezigheid ingediend",
        "geslaagd",
        "Geef 1 certificaat af",
        "2/12",
    ):
        assert words in page


def test_a_run_without_anything_says_what_to_do(office):
    run = make_run(state=Run.State.PLANNED)
    Lesson.objects.all().delete()

    page = said(office.get(f"/office/runs/{run.id}/"))

    assert "Er zijn nog geen lesdagen gepland." in page
    assert "Er is nog niemand ingeschreven" in page
    assert "Open voor aanmelding" in page


def test_a_certificate_is_doubted_when_attendance_was_corrected_since(group, cast, clerk, office):
    passed(group, cast.trainer, cast.clerk)
    issue_certificate(group.enrolments[0], by=clerk)
    correct_attendance(group.lesson, group.enrolments[0], "absent", reason="was not there after all", by=clerk)

    assert "aanwezigheid is sindsdien gecorrigeerd: kijk opnieuw" in said(office.get(page_of(group)))
    assert Certificate.objects.get().is_valid


def test_results_of_a_group_are_given_on_one_page_one_by_one(group, cast, office):
    first, second = group.enrolments

    answer = office.post(
        f"{page_of(group)}results/", {f"outcome-{first.id}": "passed", f"remark-{first.id}": "clear answers"}
    )

    assert answer.status_code == 302
    (result,) = Result.objects.all()
    assert (result.enrolment_id, result.outcome, result.remark) == (first.id, "passed", "clear answers")
    assert result.decided_by == cast.clerk.id
    assert [m.person for m in Message.objects.filter(kind="results.result_given")] == [cast.learner.id]
    office.post(f"{page_of(group)}results/", {f"outcome-{first.id}": "passed", f"remark-{first.id}": "clear answers"})
    assert Message.objects.filter(kind="results.result_given").count() == 1
    assert not Result.objects.filter(enrolment=second).exists()


def test_a_remark_that_looks_like_a_bsn_is_kept_once_somebody_says_that_it_is_none(group, office):
    first, _ = group.enrolments
    typed = {f"outcome-{first.id}": "passed", f"remark-{first.id}": "bsn 111222333"}

    answer = office.post(f"{page_of(group)}results/", typed)

    assert answer.status_code == 409
    assert "lijkt een burgerservicenummer" in said(answer)
    assert f'name="not_a_bsn-{first.id}"' in said(answer)
    assert not Result.objects.exists()
    assert office.post(f"{page_of(group)}results/", typed | {f"not_a_bsn-{first.id}": "on"}).status_code == 302
    assert Result.objects.get().remark == "bsn 111222333"


def test_the_page_of_results_shows_the_mail_beforehand_and_practice_never(group, cast, office):
    attend(group, cast.trainer)

    page = said(office.get(f"{page_of(group)}results/"))

    assert "Het resultaat van uw opleiding Privacy op het werk is vastgesteld." in page
    assert 'aria-label="aanwezig"' in page
    assert not Message.objects.exists()
    for word in ("beheersing", "geoefend", "mastery"):
        assert word not in page.lower()


def test_what_is_refused_stands_beside_the_learner_and_keeps_what_was_typed(group, cast, clerk, office):
    run = Run.objects.get(pk=group.run.pk)
    run.last_day = DAY + timedelta(days=7)
    run.save()
    first, _ = group.enrolments

    answer = office.post(
        f"{page_of(group)}results/", {f"outcome-{first.id}": "failed", f"remark-{first.id}": "to be tried again"}
    )

    assert answer.status_code == 409
    assert "De laatste lesdag komt nog." in said(answer)
    assert "to be tried again" in said(answer)
    assert not Result.objects.exists()


def test_certificates_are_shown_with_their_mail_then_issued_to_who_is_ticked(group, cast, office):
    passed(group, cast.trainer, cast.clerk)
    first, second = group.enrolments

    page = said(office.get(f"{page_of(group)}certificates/"))
    assert "Uw certificaat van de opleiding Privacy op het werk staat klaar." in page
    assert not Certificate.objects.exists()
    office.post(f"{page_of(group)}certificates/", {"enrolment": [str(first.id)]})

    assert [each.enrolment_id for each in Certificate.objects.all()] == [first.id]
    page = said(office.get(f"{page_of(group)}certificates/"))
    assert "heeft een geldig certificaat" in page
    assert str(second.id) in page


def test_a_name_that_cannot_be_printed_is_said_beforehand_and_does_not_stop_the_others(group, cast, office):
    passed(group, cast.trainer, cast.clerk)
    Person.objects.filter(pk=cast.colleague.pk).update(last_name="山田")

    page = said(office.get(f"{page_of(group)}certificates/"))
    office.post(f"{page_of(group)}certificates/", {"enrolment": [str(each.id) for each in group.enrolments]})

    assert "Onze lettertypen hebben geen letter voor: 山 田." in page
    assert [each.enrolment_id for each in Certificate.objects.all()] == [group.enrolments[0].id]


def test_issuing_without_a_tick_issues_nothing(group, cast, office):
    passed(group, cast.trainer, cast.clerk)

    page = said(office.post(f"{page_of(group)}certificates/", {}, follow=True))

    assert "Niemand was aangevinkt" in page
    assert not Certificate.objects.exists()


def test_whoever_cannot_have_a_certificate_is_named_with_the_reason(group, cast, office):
    page = said(office.get(f"{page_of(group)}certificates/"))

    assert "Nu is er geen certificaat af te geven" in page
    assert page.count("nog geen resultaat") == 2
    office.post(f"{page_of(group)}certificates/", {"enrolment": [str(group.enrolments[0].id)]})
    assert not Certificate.objects.exists()


def test_revoking_shows_the_mail_and_asks_a_reason(group, cast, clerk, office):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)
    address = f"/office/certificates/{certificate.id}/revoke/"

    assert "ingetrokken. Het is niet meer geldig." in said(office.get(address))
    assert office.post(address, {"reason": " "}).status_code == 200
    certificate.refresh_from_db()
    assert certificate.is_valid
    office.post(address, {"reason": "issued by mistake"})

    certificate.refresh_from_db()
    assert certificate.revoked_reason == "issued by mistake"
    assert "issued by mistake" in said(office.get(address))


def test_the_office_ticks_a_paper_list_on_its_own_page(group, cast, office):
    first, second = group.enrolments
    address = f"/office/lessons/{group.lesson.id}/attendance/"

    office.post(address, {f"state-{first.id}": "present", f"state-{second.id}": "absent", "act": "submit"})

    page = said(office.get(address))
    assert "Ingediend en vergrendeld" in page
    assert f"/office/lessons/{group.lesson.id}/attendance/correct/{first.id}/" in page
    assert "/trainer/" not in page.split("<main")[1]


def test_the_learners_of_a_run_are_downloaded_with_the_grid(group, cast, clerk, office):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)

    sheet = office.get(f"{page_of(group)}?export=csv").content.decode("utf-8-sig").replace("\xa0", " ")

    heads, colleague, learner = sheet.strip().splitlines()
    assert heads == "Naam,Besteld door,3 jun 2027,Resultaat,Certificaat"
    assert colleague == "Coen Collega,Bakker Advies,aanwezig,geslaagd,"
    assert learner == f"Lena de Leerling,Bakker Advies,aanwezig,geslaagd,{certificate.number}"


def test_a_run_takes_as_many_queries_for_three_learners_as_for_one(cast, as_viewer, django_assert_num_queries):
    viewer = as_viewer(cast.clerk)
    one = make_group(cast.learner, trainer=cast.trainer)
    three = make_group(cast.learner, cast.colleague, cast.stranger, trainer=cast.trainer)
    for group in (one, three):
        passed(group, cast.trainer, cast.clerk)
        with django_assert_num_queries(13):
            view = run_view(viewer, group.run.id)
        assert len(view.learners) == len(group.enrolments)


def test_the_board_takes_as_many_queries_for_three_runs_as_for_one(cast, office):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get("/office/runs/").status_code == 200
        return len(queries)

    make_run(DAY, trainer=cast.trainer)
    office.get("/office/runs/")
    one = count()
    for _ in range(2):
        make_run(DAY, trainer=cast.trainer, venue=None)

    assert count() == one


def test_an_unknown_run_is_not_found(office, group):
    assert office.get(f"/office/runs/{group.lesson.id}/").status_code == 404

"""What an employer sees: nothing by default, what was agreed once the learner knows, nothing after an objection."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.enrolment.models import Enrolment
from leerhuis.organisations.actions import add_organisation, appoint_contact
from leerhuis.results.actions import issue_certificate
from leerhuis.results.queries import employer_picture, my_pictures, ordered_by
from leerhuis.results.tests.factories import DAY, agree, enrol, make_group, make_run, passed
from leerhuis.ui.wording import day_long, day_short

NOT_AGREED, NOT_NOW = "niet gedeeld: niet afgesproken", "niet gedeeld van deze inschrijving"
EVERYTHING = {"attendance": True, "progress": True, "result": True}
SHARED = (
    "tot nu toe bij 1 van 1 lesdag aanwezig",
    "1 van 1 lesdag gevolgd",
    "geslaagd",
)


@pytest.fixture
def group(cast):
    """A learner whom an employer enrolled: attended, passed, with a certificate; nothing was agreed."""
    group = make_group(cast.learner, trainer=cast.trainer, ordered_by=cast.organisation)
    passed(group, cast.trainer, cast.clerk)
    issue_certificate(group.enrolments[0], by=Actor.person(cast.clerk.id, "clerk"))
    return group


def words(line):
    return (line.attendance.words, line.progress.words, line.result.words)


def picture(enrolment):
    (line,) = employer_picture([Enrolment.objects.get(pk=enrolment.pk)], "nl")
    return line


def test_nothing_is_shared_by_default(group):
    line = picture(group.enrolments[0])

    assert words(line) == (NOT_AGREED, NOT_AGREED, NOT_AGREED)
    assert (line.order.name, line.standing_words) == ("Lena de Leerling", "ingeschreven")


def test_what_was_agreed_is_shared_once_the_learner_was_told(group):
    (enrolment,) = group.enrolments
    grant = agree(enrolment, told=False, **EVERYTHING)
    assert words(picture(enrolment)) == (NOT_NOW, NOT_NOW, NOT_NOW)

    grant.told_at = grant.created_at
    grant.save()

    line = picture(enrolment)
    assert words(line) == SHARED
    assert line.attendance.details == ((day_short(DAY), "aanwezig"),)
    assert line.progress.percent == 100
    ((what, certificate),) = line.result.details
    assert (what, f"afgegeven op {day_long(DAY)}" in certificate) == ("Certificaat", True)


@pytest.mark.parametrize("only", ["attendance", "progress", "result"])
def test_each_item_is_shared_by_itself(group, only):
    agree(group.enrolments[0], **{only: True})

    line = picture(group.enrolments[0])

    shared = {name: getattr(line, name).shared for name in EVERYTHING}
    assert shared == {name: name == only for name in EVERYTHING}
    for name in set(EVERYTHING) - {only}:
        assert getattr(line, name).details == ()
        assert getattr(line, name).words == NOT_AGREED


def test_an_objection_works_at_once_and_looks_like_not_told_yet(group, cast, as_):
    (enrolment,) = group.enrolments
    agree(enrolment, **EVERYTHING)
    assert words(picture(enrolment)) == SHARED

    answer = as_(cast.learner).post(f"/me/who-sees-what/{enrolment.id}/object/")

    assert answer.status_code == 302
    assert words(picture(enrolment)) == (NOT_NOW, NOT_NOW, NOT_NOW)
    said = as_(cast.contact).get("/employer/progress/").content.decode()
    for secret in (*SHARED[:2], "geslaagd", "bezwaar gemaakt", "maakte bezwaar"):
        assert secret not in said


def test_an_objection_can_be_taken_back(group, cast, as_):
    (enrolment,) = group.enrolments
    agree(enrolment, **EVERYTHING)
    browser = as_(cast.learner)
    browser.post(f"/me/who-sees-what/{enrolment.id}/object/")

    browser.post(f"/me/who-sees-what/{enrolment.id}/allow/")

    assert words(picture(enrolment)) == SHARED


def test_nobody_objects_for_another(group, cast, as_):
    (enrolment,) = group.enrolments
    agree(enrolment, **EVERYTHING)

    for who in (cast.stranger, cast.colleague, cast.contact, cast.clerk):
        assert as_(who).post(f"/me/who-sees-what/{enrolment.id}/object/").status_code == 404
    assert words(picture(enrolment)) == SHARED


def rows_of(page):
    """Return the rows of the employer's table in a page, as their HTML without spaces around it."""
    body = page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(row.split()) for row in body.split("<tr>")[1:]]


@pytest.mark.parametrize("case", ["nothing agreed", "attendance only", "everything", "not told", "objected"])
def test_the_learner_sees_exactly_what_the_employer_sees(group, cast, as_, case):
    (enrolment,) = group.enrolments
    if case == "attendance only":
        agree(enrolment, attendance=True)
    elif case != "nothing agreed":
        grant = agree(enrolment, told=case != "not told", **EVERYTHING)
        grant.objected_at = grant.created_at if case == "objected" else None
        grant.save()

    seen_by_employer = rows_of(as_(cast.contact).get("/employer/progress/"))
    shown_to_learner = rows_of(as_(cast.learner).get("/me/who-sees-what/"))

    assert len(seen_by_employer) == 1
    assert shown_to_learner == seen_by_employer


def test_the_picture_is_made_by_one_function_for_both(group, cast, as_viewer):
    agree(group.enrolments[0], **EVERYTHING)

    (mine,) = my_pictures(as_viewer(cast.learner), "nl")
    theirs = employer_picture(ordered_by(as_viewer(cast.contact)), "nl")

    assert [mine.line] == theirs


def test_each_contact_sees_what_their_own_organisation_ordered(group, cast, as_, as_viewer):
    agree(group.enrolments[0], **EVERYTHING)
    other = add_organisation(name="Andere Firma", by=Actor.operator())
    appoint_contact(other, cast.stranger, by=Actor.operator())
    enrol(make_run(), cast.colleague)

    seen = {name: ordered_by(as_viewer(who)).count() for name, who in cast.everyone.items()}

    assert seen == {name: int(name == "contact") for name in cast.everyone}
    page = as_(cast.stranger).get("/employer/progress/")
    assert page.status_code == 200
    assert "Lena" not in page.content.decode()


@pytest.mark.parametrize("who", ["learner", "colleague", "trainer", "clerk", "officer", "stranger"])
def test_the_employers_page_is_closed_to_others(cast, as_, who):
    assert as_(getattr(cast, who)).get("/employer/progress/").status_code == 403


def test_a_visitor_is_sent_to_sign_in(as_):
    assert as_(None).get("/employer/progress/").status_code == 302
    assert as_(None).get("/me/who-sees-what/").status_code == 302


def test_how_far_somebody_is_cannot_be_asked_by_filtering(group, as_viewer, cast):
    """That a course was completed is progress: a seat stays a seat in the employer's list and filter."""
    viewer = as_viewer(cast.contact)

    assert ordered_by(viewer, standing="seat").count() == 1
    assert ordered_by(viewer, standing="completed").count() == 1
    assert ordered_by(viewer, standing="waiting").count() == 0
    assert ordered_by(viewer, words="leerling").count() == 1
    assert ordered_by(viewer, words="niemand").count() == 0


def test_the_download_holds_exactly_the_page(group, cast, as_):
    agree(group.enrolments[0], attendance=True)

    sheet = as_(cast.contact).get("/employer/progress/?export=csv").content.decode("utf-8-sig")

    heads, row = sheet.strip().splitlines()
    assert heads == "Naam,Opleiding,Uitvoering,Eerste dag,Status,Aanwezigheid,Voortgang,Resultaat"
    code = group.run.code
    assert row == (
        f"Lena de Leerling,Privacy op het werk,{code},{day_short(DAY)},ingeschreven,"
        f"tot nu toe bij 1 van 1 lesdag aanwezig; {day_short(DAY)}: aanwezig,{NOT_AGREED},{NOT_AGREED}"
    )


def test_looking_and_downloading_are_noted_for_the_learner(group, cast, as_):
    contact = as_(cast.contact)
    contact.get("/employer/progress/")
    contact.get("/employer/progress/?export=xlsx")
    contact.get("/employer/progress/?q=niemand")

    looks = Look.objects.filter(actor_person=cast.contact.id).order_by("created_at", "id")

    assert [(each.subject_person, each.screen, each.actor_role) for each in looks] == [
        (cast.learner.id, "results_employer_progress", "contact"),
        (cast.learner.id, "results_employer_export", "contact"),
    ]


def test_the_page_without_anybody_says_what_to_do(cast, as_):
    page = as_(cast.contact).get("/employer/progress/")

    assert page.status_code == 200
    assert "Niemand gevonden" in page.content.decode()


def test_the_picture_takes_as_many_queries_for_three_as_for_one(cast, django_assert_num_queries):
    one = make_group(cast.learner, trainer=cast.trainer, ordered_by=cast.organisation)
    three = make_group(cast.learner, cast.colleague, cast.stranger, trainer=cast.trainer, ordered_by=cast.organisation)
    for group in (one, three):
        for enrolment in group.enrolments:
            agree(enrolment, **EVERYTHING)
        rows = list(Enrolment.objects.filter(run=group.run))
        with django_assert_num_queries(10):
            employer_picture(rows, "nl")

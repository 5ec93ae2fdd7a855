"""A trainer's day on a phone: own lessons, own groups, shortly before until shortly after."""

from datetime import timedelta

import pytest

from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run, Teaching
from leerhuis.enrolment.models import Enrolment
from leerhuis.results.models import Attendance, Correction, Sheet
from leerhuis.results.queries import lesson_for, lessons_for, trainer_day
from leerhuis.results.tests.factories import DAY, attend, days_after, enrol, make_group, make_run, make_venue


@pytest.fixture
def group(cast):
    return make_group(cast.learner, cast.colleague, trainer=cast.trainer)


@pytest.fixture
def phone(cast, as_):
    return as_(cast.trainer)


def page_of(group):
    return f"/trainer/lesson/{group.lesson.id}/"


def said(answer):
    return " ".join(answer.content.decode().split())


def test_a_trainer_sees_own_lessons_only(group, cast, as_viewer):
    make_group(cast.stranger)

    seen = {name: [each.id for each in lessons_for(as_viewer(who))] for name, who in cast.everyone.items()}

    assert seen["trainer"] == [group.lesson.id]
    assert {name for name, lessons in seen.items() if len(lessons) == 2} == {"clerk", "planner", "admin"}
    for name in ("learner", "colleague", "contact", "bookkeeper", "officer", "stranger"):
        assert seen[name] == []
    assert not lessons_for(None).exists()


@pytest.mark.parametrize(("days", "open_"), [(-31, False), (-29, True), (0, True), (30, True), (31, False)])
def test_a_list_is_open_from_thirty_days_before_until_thirty_days_after(group, cast, as_viewer, days, open_):
    with clock.at(days_after(days)):
        assert (lesson_for(as_viewer(cast.trainer), group.lesson.id) is not None) is open_


def test_a_trainer_who_was_released_sees_nothing_more(group, phone):
    assert phone.get(page_of(group)).status_code == 200
    Teaching.objects.all().delete()

    assert phone.get(page_of(group)).status_code == 404


@pytest.mark.parametrize("who", ["learner", "colleague", "contact", "clerk", "officer", "stranger"])
def test_the_trainers_pages_are_closed_to_others(group, cast, as_, who):
    browser = as_(getattr(cast, who))

    assert browser.get("/trainer/").status_code == 403
    assert browser.get(page_of(group)).status_code == 403
    assert browser.post(page_of(group), {"act": "all"}).status_code == 403
    assert not Attendance.objects.exists()


def test_another_trainer_gets_404_for_every_address_of_a_lesson(group, cast, as_):
    make_run(trainer=cast.clerk)
    Teaching.objects.filter(run=group.run).delete()
    other = as_(cast.trainer)
    (first, _) = group.enrolments
    page = page_of(group)

    for address in (page, f"{page}list.pdf", f"{page}correct/{first.id}/"):
        assert other.get(address).status_code == 404
    for address in (page, f"{page}mark/{first.id}/", f"{page}mark/{first.id}/undo/none/"):
        assert other.post(address, {f"state-{first.id}": "present", "act": "all"}).status_code == 404
    assert not Attendance.objects.exists()
    assert not Look.objects.exists()


def test_the_day_shows_lessons_and_counts_and_nobodys_name(group, cast, phone):
    venue = make_venue()
    Lesson.objects.filter(pk=group.lesson.pk).update(venue=venue, room="Zaal 3")
    past = make_run(DAY - timedelta(days=7), trainer=cast.trainer)
    enrol(past, cast.stranger)
    make_run(DAY + timedelta(days=7), trainer=cast.trainer)
    make_run(DAY, trainer=cast.trainer, state=Run.State.CANCELLED)

    page = said(phone.get("/trainer/"))

    for words in (
        "Zaal 3, De Hof, Zwolle",
        "Hofweg 1",
        "Langs de kerk.",
        "2 deelnemers",
        "Nog in te dienen",
        "Binnenkort",
    ):
        assert words in page
    for name in ("Lena", "Leerling", "Coen", "Stranger"):
        assert name not in page
    assert not Look.objects.exists()


def test_the_day_without_lessons_says_so(phone):
    assert "Geen lesdagen rond vandaag" in said(phone.get("/trainer/"))


def test_the_day_counts_what_is_ticked(group, cast, as_viewer, phone):
    first, _ = group.enrolments
    phone.post(f"{page_of(group)}mark/{first.id}/", {f"state-{first.id}": "present"})

    (lesson,) = trainer_day(as_viewer(cast.trainer))

    assert (lesson.learners, lesson.marked, lesson.submitted) == (2, 1, False)


def test_the_list_shows_names_and_nothing_else_of_anybody(group, cast, phone):
    Enrolment.objects.update(remarks="a remark of the office")

    page = said(phone.get(page_of(group)))

    assert "Lena de Leerling" in page
    for secret in (cast.learner.email, "a remark", cast.organisation.name, str(cast.learner.id)):
        assert secret not in page


def test_opening_the_list_is_noted_for_each_learner(group, cast, phone):
    phone.get(page_of(group))
    phone.get(f"{page_of(group)}list.pdf")

    looks = Look.objects.order_by("created_at", "id").values_list("subject_person", "screen", "actor_role")
    assert set(looks) == {
        (person.id, screen, "trainer")
        for person in (cast.learner, cast.colleague)
        for screen in ("results_trainer_lesson", "results_trainer_list")
    }
    assert len(looks) == 4


def test_a_group_is_done_in_three_presses_without_a_script(group, phone):
    """All present, one exception, submit: whole pages only, as a browser without scripts sends them."""
    first, second = group.enrolments
    phone.post(page_of(group), {"act": "all"})
    phone.post(
        page_of(group), {f"state-{first.id}": "absent", f"state-{second.id}": "present", "act": "submit"}, follow=True
    )

    assert Sheet.objects.get().submitted_at == clock.now()
    assert dict(Attendance.objects.values_list("enrolment", "state")) == {first.id: "absent", second.id: "present"}


def test_submitting_with_somebody_left_keeps_nothing_and_says_what_to_do(group, phone):
    first, _ = group.enrolments

    page = said(phone.post(page_of(group), {f"state-{first.id}": "present", "act": "submit"}, follow=True))

    assert "Nog niet iedereen is aangevinkt." in page
    assert not Attendance.objects.exists()


def test_saving_keeps_ticks_without_locking(group, phone):
    first, _ = group.enrolments

    page = said(phone.post(page_of(group), {f"state-{first.id}": "excused", "act": "save"}, follow=True))

    assert "1 van 2 aangevinkt" in page
    assert Sheet.objects.get().submitted_at is None


def test_one_tick_is_kept_at_once_and_can_be_taken_back(group, phone):
    first, _ = group.enrolments
    mark = f"{page_of(group)}mark/{first.id}/"

    answer = said(phone.post(mark, {f"state-{first.id}": "present"}, headers={"hx-request": "true"}))

    assert f'id="line-{first.id}"' in answer
    assert "1 van 2 aangevinkt" in answer
    assert f'action="{mark}undo/none/"' in answer
    assert "<html" not in answer
    phone.post(f"{mark}undo/none/")
    assert not Attendance.objects.exists()


def test_undoing_a_changed_tick_brings_back_what_it_was(group, phone):
    first, _ = group.enrolments
    mark = f"{page_of(group)}mark/{first.id}/"
    phone.post(mark, {f"state-{first.id}": "present"})

    answer = said(phone.post(mark, {f"state-{first.id}": "absent"}))
    assert f'action="{mark}undo/present/"' in answer
    phone.post(f"{mark}undo/present/")

    assert Attendance.objects.get().state == "present"


def test_a_word_that_is_no_state_ticks_nothing(group, phone):
    first, _ = group.enrolments
    phone.post(f"{page_of(group)}mark/{first.id}/", {f"state-{first.id}": "excused"})

    phone.post(page_of(group), {f"state-{first.id}": "late", "act": "save"})
    phone.post(f"{page_of(group)}mark/{first.id}/", {f"state-{first.id}": "<b>"})

    assert [mark.state for mark in Attendance.objects.all()] == ["excused"]


def test_somebody_of_another_run_cannot_be_ticked(group, cast, phone):
    elsewhere = enrol(make_run(), cast.stranger)

    answer = phone.post(f"{page_of(group)}mark/{elsewhere.id}/", {f"state-{elsewhere.id}": "present"})

    assert answer.status_code == 404
    assert not Attendance.objects.exists()


def test_a_locked_list_is_shown_and_a_tick_on_it_refused(group, cast, phone):
    attend(group, cast.trainer)
    first, _ = group.enrolments

    page = said(phone.get(page_of(group)))
    answer = phone.post(f"{page_of(group)}mark/{first.id}/", {f"state-{first.id}": "absent"})

    assert "Ingediend en vergrendeld" in page
    assert "btn-check" not in page
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")
    assert "Deze presentielijst is al ingediend." in said(phone.get(page_of(group)))
    assert Attendance.objects.get(enrolment=first).state == "present"


def test_a_correction_asks_a_reason_and_shows_it_with_what_was(group, cast, phone):
    attend(group, cast.trainer)
    first, _ = group.enrolments
    correct = f"{page_of(group)}correct/{first.id}/"

    refused = phone.post(correct, {"state": "absent", "reason": " "})
    assert refused.status_code == 200
    assert not Correction.objects.exists()
    page = said(phone.post(correct, {"state": "absent", "reason": "went home at noon"}, follow=True))

    assert "aanwezig → afwezig, “went home at noon”" in page


def test_before_the_day_the_list_can_be_read_but_not_ticked(group, phone):
    with clock.at(days_after(-2)):
        page = said(phone.get(page_of(group)))
        told = said(phone.post(page_of(group), {"act": "all"}, follow=True))

    assert "U kunt de aanwezigheid aanvinken vanaf do 3 juni 2027." in page.replace("\xa0", " ")
    assert "Lena de Leerling" in page
    assert "Aanwezigheid kan vanaf de lesdag zelf worden aangevinkt." in told
    assert not Attendance.objects.exists()


def test_the_printed_list_is_a_pdf_that_nobody_keeps_for_us(group, phone):
    answer = phone.get(f"{page_of(group)}list.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")
    assert f'filename="presentielijst-{group.run.code.lower()}-2027-06-03.pdf"' in answer["Content-Disposition"]


def test_a_day_and_a_list_take_as_many_queries_for_three_as_for_one(cast, as_viewer, django_assert_num_queries):
    viewer = as_viewer(cast.trainer)
    make_group(cast.learner, trainer=cast.trainer)
    with django_assert_num_queries(4):
        trainer_day(viewer)
    for _ in range(2):
        make_group(cast.learner, cast.colleague, cast.stranger, trainer=cast.trainer)
    with django_assert_num_queries(4):
        assert len(trainer_day(viewer)) == 3


def test_an_empty_group_is_said_to_be_empty(cast, phone):
    run = make_run(trainer=cast.trainer)

    assert "Er is nog niemand ingeschreven" in said(phone.get(f"/trainer/lesson/{run.lessons.get().id}/"))

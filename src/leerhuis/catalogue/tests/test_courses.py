"""Courses: what they need before they are public, what they ask, and by which words they are found."""

from decimal import Decimal

import pytest

from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.catalogue import actions, rules
from leerhuis.catalogue.actions import Asked
from leerhuis.catalogue.models import AskedField, Course
from leerhuis.catalogue.queries import course_page, published_courses
from leerhuis.catalogue.tests.factories import BY, draft, in_days, opened, planned, published, venue
from leerhuis.practice.models import Bank

NEEDED = ("title", "summary", "audience", "level", "outcomes", "hours", "price")


def titles(**filters):
    return [course.title for course in published_courses(**filters)]


@pytest.mark.parametrize("field", [name for name in NEEDED if name != "title"])
def test_a_course_is_not_published_without_what_a_visitor_must_know(academy, field):
    empty = {"outcomes": [], "hours": Decimal(0), "price": None}.get(field, "")
    course = draft(**{field: empty})
    before = Note.objects.count()

    with pytest.raises(rules.NotPublishable) as refused, attempt():
        actions.publish_course(course, by=BY)

    assert list(refused.value.missing) == [field]
    assert str(refused.value.missing[field]) in str(refused.value)
    assert Course.objects.get(pk=course.pk).state == "draft"
    assert Note.objects.count() == before


def test_a_course_without_anything_says_all_that_is_missing(academy):
    course = actions.add_course(title="", slug="leeg", by=BY)

    assert tuple(rules.missing_for_publishing(course)) == NEEDED


def test_a_free_course_can_be_published(academy):
    course = published(price=Decimal(0))

    assert titles() == [course.title]


def test_points_need_their_register(academy):
    course = draft(points=Decimal(4))

    assert list(rules.missing_for_publishing(course)) == ["register"]


def test_a_public_course_keeps_what_visitors_must_know(academy):
    course = published()

    with pytest.raises(rules.NotPublishable), attempt():
        actions.change_course(course, audience="", by=BY)

    assert Course.objects.get(pk=course.pk).audience != ""


def test_a_withdrawn_course_is_not_shown_and_can_come_back(academy):
    course = published()

    actions.withdraw_course(course, by=BY)
    assert titles() == []
    assert course_page(course.slug) is None

    actions.publish_course(course, by=BY)
    assert titles() == [course.title]


def test_publishing_twice_is_noted_once(academy):
    course = published()
    actions.publish_course(course, by=BY)

    assert Note.objects.filter(thing_id=course.pk, verb="publish course").count() == 1


def test_a_web_address_is_used_once(academy):
    draft(slug="privacy")

    with pytest.raises(rules.SlugTaken):
        draft(title="Iets anders", slug="privacy")


def test_a_web_address_that_was_public_stays(academy):
    course = published()

    with pytest.raises(rules.SlugFixed), attempt():
        actions.change_course(course, slug="elders", by=BY)

    assert Course.objects.get(pk=course.pk).slug == "privacy-op-het-werk"


def test_a_change_notes_the_names_of_the_fields_and_no_values(academy):
    course = draft()

    actions.change_course(course, title="Privacy thuis", level="Basis", by=BY)

    (note,) = Note.objects.filter(thing_id=course.pk, verb="change course")
    assert note.touched == ["title"]


def test_saving_without_a_change_notes_nothing(academy):
    course = draft()

    actions.change_course(course, title=f"  {course.title} ", by=BY)

    assert not Note.objects.filter(verb="change course").exists()


@pytest.mark.parametrize("words", ["creme brulee", "CRÈME", "brûl", "dessert creme"])
def test_a_course_is_found_blind_to_accents_and_capitals(academy, words):
    published("Crème brûlée", summary="Een dessert in drie lagen.")
    published("Brood bakken", slug="brood")

    assert titles(words=words) == ["Crème brûlée"]


def test_a_course_is_found_by_its_new_words_after_a_change(academy):
    course = published()

    actions.change_course(course, title="Gegevens op orde", by=BY)

    assert titles(words="orde") == ["Gegevens op orde"]
    assert titles(words="100%") == []


def test_place_and_month_must_hold_for_one_run(academy):
    course = published()
    utrecht, zwolle = venue(), venue("De Buitensociëteit", "Zwolle")
    soon, later = in_days(20), in_days(90)
    opened(course, soon, code="A", at=utrecht)
    opened(course, later, code="B", at=zwolle)

    assert titles(place="Utrecht", month=soon) == [course.title]
    assert titles(place="Zwolle", month=later) == [course.title]
    assert titles(place="Zwolle", month=soon) == []
    assert titles(place="online") == []


def test_a_course_without_practice_is_told_from_one_with(academy):
    course, plain = published(), published("Brood bakken", slug="brood")
    actions.set_modules(course, [Bank.objects.create(title="Privacy")], by=BY)

    assert titles(practice=True) == [course.title]
    assert titles(practice=False) == [plain.title]
    assert titles() == [plain.title, course.title]


def test_modules_become_exactly_those_chosen(academy):
    course = draft()
    one, two, three = (Bank.objects.create(title=title) for title in "ABC")
    actions.set_modules(course, [one, two], by=BY)
    kept = course.modules.get(bank=two).pk

    actions.set_modules(course, [two, three], by=BY)

    assert set(course.modules.values_list("bank__title", flat=True)) == {"B", "C"}
    assert course.modules.get(bank=two).pk == kept


PHONE = Asked("phone", "om u te bereiken", "to reach you")


def test_a_question_has_its_reason_in_both_languages(academy):
    course = draft()

    for wrong in (Asked("phone", "om u te bereiken", " "), Asked("phone", "", "to reach you")):
        with pytest.raises(rules.ReasonMissing) as refused, attempt():
            actions.set_questions(course, [wrong], by=BY)
        assert refused.value.field == "phone"

    assert not AskedField.objects.exists()


def test_a_register_number_is_asked_only_where_points_are_given(academy):
    number = Asked("register_number", "voor uw punten", "for your points")
    course = draft()
    with pytest.raises(rules.NumberWithoutPoints), attempt():
        actions.set_questions(course, [number], by=BY)

    actions.change_course(course, points=Decimal(4), register="branch", by=BY)
    actions.set_questions(course, [number], by=BY)
    with pytest.raises(rules.NumberWithoutPoints), attempt():
        actions.change_course(course, points=Decimal(0), by=BY)

    assert list(course.questions.values_list("field", flat=True)) == ["register_number"]


def test_questions_become_exactly_those_chosen(academy):
    course = draft()
    actions.set_questions(course, [PHONE, Asked("employer_name", "a", "b")], by=BY)
    kept = course.questions.get(field="phone").pk

    actions.set_questions(course, [PHONE, Asked("birth_date", "c", "d", required=False)], by=BY)

    rows = {each.field: each.required for each in course.questions.all()}
    assert rows == {"phone": True, "birth_date": False}
    assert course.questions.get(field="phone").pk == kept


def test_an_unknown_fact_is_a_fault_of_the_caller(academy):
    with pytest.raises(TypeError, match="colour"):
        draft(colour="red")


def test_a_price_means_what_a_consumer_pays():
    taxed, exempt = rules.price_of(Decimal("99.95"), "standard"), rules.price_of(Decimal("99.95"), "exempt")

    assert (taxed.net, taxed.vat, taxed.gross, taxed.exempt) == (
        Decimal("99.95"),
        Decimal("20.99"),
        Decimal("120.94"),
        False,
    )
    assert (exempt.vat, exempt.gross, exempt.exempt) == (0, Decimal("99.95"), True)


def test_the_list_of_courses_takes_one_query(academy, django_assert_num_queries):
    first = published()
    planned(first, in_days(5))
    with django_assert_num_queries(1):
        assert len(published_courses()) == 1

    published("Brood", slug="brood")
    published("Kaas", slug="kaas")
    with django_assert_num_queries(1):
        assert len(published_courses(words="a", place="", month=None)) == 3

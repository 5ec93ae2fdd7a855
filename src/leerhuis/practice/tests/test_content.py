"""Making and keeping question banks: importing with a report of every item, editing, withdrawing, exporting."""

from dataclasses import replace
from operator import attrgetter

import pytest

from leerhuis.audit.models import Note
from leerhuis.practice.actions.content import (
    add_bank,
    add_question,
    change_bank,
    change_question,
    import_bank,
)
from leerhuis.practice.actions.releasing import release_question, withdraw_question
from leerhuis.practice.exchange.drafts import Draft, read_gift
from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.gift_writer import write_gift
from leerhuis.practice.importing import Fate, plan_import
from leerhuis.practice.kinds import Choices, Kind, Option, Statement
from leerhuis.practice.models import Bank, Question, Topic
from leerhuis.practice.queries import banks_of_academy, draft_of, questions_of
from leerhuis.practice.rules import ChangedMeanwhile, NoRightAnswer, NothingTaken, TitleTaken
from leerhuis.practice.tests.factories import AUTHOR, SIX_KINDS, a_bank, many_questions, question

MIXED = """
::good::True? {T}

::essay::Write. {}

Only a text.

::broken::Which? {=a ~b

::odd::Pick {=a =b ~c}
"""


@pytest.fixture(autouse=True)
def _inside(academy):
    return academy


def bring_in(bank: Bank, text: str, topic: str = "") -> list[tuple[int, str]]:
    report = import_bank(bank, text, source="file.gift", topic=topic, by=AUTHOR)
    return [(item.line, item.fate.value) for item in report.items]


def test_a_dry_run_tells_of_every_item_and_changes_nothing():
    bank = add_bank(title="Empty", by=AUTHOR)
    report = plan_import(bank, MIXED)
    assert [(item.line, item.label, item.fate.value, str(item.reason or "")) for item in report.items] == [
        (2, "good", "new", ""),
        (
            4,
            "essay",
            "left_out",
            "This is an open question without a model answer, so nobody could judge what was written.",
        ),
        (6, "Only a text.", "left_out", "This is a text that asks nothing, so it cannot be practised."),
        (
            8,
            "::broken::Which? {=a ~b",
            "left_out",
            "The brace { is not closed. Put a } after the last answer.",
        ),
        (10, "odd", "new", ""),
    ]
    assert [str(words) for words in report.items[4].notices] == [
        "Several options are marked with =. Any one of them counts as right."
    ]
    assert [(fate.value, count) for fate, count in report.counts] == [("new", 2), ("left_out", 3)]
    assert (report.dry, report.usable, Question.objects.count()) == (True, 2, 0)


def test_an_import_does_what_the_dry_run_said():
    bank = add_bank(title="Mixed", by=AUTHOR)
    planned = plan_import(bank, MIXED, topic="Mixed")
    done = import_bank(bank, MIXED, source="mixed.gift", by=AUTHOR)
    assert (done.items, done.dry) == (planned.items, False)
    assert list(questions_of(bank).values_list("title", "source")) == [
        ("good", "mixed.gift:2"),
        ("odd", "mixed.gift:10"),
    ]


def test_each_kind_arrives_in_its_topic_in_the_order_of_the_file():
    bank = a_bank()
    assert list(questions_of(bank).values_list("topic__title", "kind", "position")) == [
        ("Rules", "single", 0),
        ("Rules", "true_false", 1),
        ("Rules", "multiple", 2),
        ("Terms", "short_text", 0),
        ("Terms", "numeric", 1),
        ("Terms", "matching", 2),
    ]


def test_the_same_file_again_brings_in_nothing():
    bank = a_bank()
    assert {fate for _, fate in bring_in(bank, SIX_KINDS)} == {"known"}
    assert Question.objects.count() == 6


def test_a_question_twice_in_one_file_comes_in_once():
    bank = add_bank(title="Twice", by=AUTHOR)
    assert bring_in(bank, "::a::True?{T}\n\n::b::True?{T}") == [(1, "new"), (3, "known")]


def test_the_same_question_may_stand_in_two_banks():
    a_bank(title="One")
    assert plan_import(add_bank(title="Two", by=AUTHOR), SIX_KINDS).count(Fate.NEW) == 6


def test_an_item_with_a_known_id_replaces_the_text_and_keeps_the_question():
    bank = add_bank(title="Ids", by=AUTHOR)
    bring_in(bank, "// [id:q1]\nOld text {T}\n\n// [id:q2]\nOther {T}")
    old = Question.objects.get(source_id="q1")
    assert bring_in(bank, "$CATEGORY: New topic\n\n// [id:q1]\nNew text {F}\n\n// [id:q2]\nOther {T}") == [
        (4, "changed"),
        (7, "placed"),
    ]
    new = Question.objects.get(source_id="q1")
    assert (new.id, new.stem, new.content, new.version) == (old.id, "New text", Statement(False), 2)
    assert set(questions_of(bank).values_list("topic__title", flat=True)) == {"New topic"}


def test_questions_without_a_category_get_the_topic_that_was_asked_for_or_the_bank_itself():
    bank = add_bank(title="Loose", by=AUTHOR)
    bring_in(bank, "One {T}", topic="Chapter 1")
    bring_in(bank, "Two {T}\n\n$CATEGORY: chapter 1\nThree {T}")
    assert list(questions_of(bank).values_list("stem", "topic__title", "position")) == [
        ("One", "Chapter 1", 0),
        ("Three", "Chapter 1", 1),
        ("Two", "Loose", 0),
    ]


@pytest.mark.parametrize(("text", "refusal"), [("1. No?\n- [x] y", Unreadable), ("Write. {}", NothingTaken)])
def test_a_refused_import_leaves_nothing(text, refusal):
    bank = add_bank(title="Refused", by=AUTHOR)
    notes = Note.objects.count()
    with pytest.raises(refusal):
        import_bank(bank, text, source="x", by=AUTHOR)
    assert (Question.objects.count(), Topic.objects.count(), Note.objects.count()) == (0, 0, notes)


def test_an_import_takes_as_many_queries_for_sixty_questions_as_for_six(django_assert_num_queries):
    for number, each in enumerate((3, 30)):
        bank = add_bank(title=f"Bank {number}", by=AUTHOR)
        text = many_questions(2, each)
        with django_assert_num_queries(10):
            import_bank(bank, text, source="x", by=AUTHOR)


def test_an_export_read_again_gives_the_same_questions():
    bank = a_bank()
    text = write_gift(draft_of(each) for each in questions_of(bank))
    other = add_bank(title="Copy", by=AUTHOR)
    assert plan_import(bank, text).count(Fate.KNOWN) == 6
    import_bank(other, text, source="copy", by=AUTHOR)
    columns = ("topic__title", "kind", "title", "stem", "stem_format", "options", "explanation", "fingerprint")
    assert list(questions_of(other).values_list(*columns)) == list(questions_of(bank).values_list(*columns))


def test_a_bank_has_a_title_of_its_own():
    first = add_bank(title="  Privacy ", summary=" x ", language="en", by=AUTHOR)
    other = add_bank(title="Other", by=AUTHOR)
    assert (first.title, first.summary, first.language) == ("Privacy", "x", "en")
    with pytest.raises(TitleTaken):
        add_bank(title="PRIVACY", by=AUTHOR)
    with pytest.raises(TitleTaken):
        change_bank(other, title="privacy", summary="", language="nl", by=AUTHOR)
    change_bank(first, title="privacy", summary="y", language="nl", by=AUTHOR)
    assert list(Bank.objects.values_list("title", "summary")) == [("Other", ""), ("privacy", "y")]


def test_a_question_is_changed_by_whoever_saw_its_last_version():
    bank = a_bank()
    asked = question(bank, "Statement")
    draft = replace(draft_of(asked), stem=Rich("Better?", "markdown"), topic="Brand new")
    change_question(asked, draft, version=1, by=AUTHOR)
    with pytest.raises(ChangedMeanwhile):
        change_question(asked, replace(draft, stem=Rich("Mine")), version=1, by=AUTHOR)
    asked.refresh_from_db()
    assert (asked.stem, asked.stem_format, asked.version, asked.topic.title) == ("Better?", "markdown", 2, "Brand new")
    assert Note.objects.filter(verb="change question", thing_id=asked.id).count() == 1


def test_a_question_that_nobody_could_answer_rightly_is_refused():
    bank = a_bank()
    asked = question(bank, "Single")
    options = tuple(Option(key, Rich(key), 0.0) for key in "ab")
    draft = replace(draft_of(asked), content=Choices(options, one_only=True))
    with pytest.raises(NoRightAnswer):
        change_question(asked, draft, version=1, by=AUTHOR)
    with pytest.raises(NoRightAnswer):
        add_question(bank, draft, by=AUTHOR)
    assert (Question.objects.count(), Question.objects.get(pk=asked.pk).version) == (6, 1)


def test_a_question_can_be_written_by_hand():
    bank = a_bank()
    made = add_question(bank, Draft("Terms", "Hand", Kind.TRUE_FALSE, Rich("So?"), Statement(True), None), by=AUTHOR)
    assert (made.topic.title, made.position, made.state, made.content) == ("Terms", 3, "released", Statement(True))


def test_withdrawing_and_restoring_are_noted():
    asked = question(a_bank(), "Single")
    for _ in range(2):
        withdraw_question(asked, by=AUTHOR)
    assert Question.objects.get(pk=asked.pk).state == "withdrawn"
    release_question(asked, by=AUTHOR)
    assert Question.objects.get(pk=asked.pk).is_released
    assert list(Note.objects.filter(thing_id=asked.id).order_by("created_at", "id").values_list("verb", flat=True)) == [
        "withdraw question",
        "release question",
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", 6),
        ("weeks", 1),
        ("WEE", 1),
        ("dutch auth", 1),
        ("law nothing", 0),
        ("'; & | ! <->", 6),
        ("special?", 1),
    ],
)
def test_questions_are_found_by_the_beginnings_of_words(search, found):
    assert questions_of(a_bank(), search=search).count() == found


def test_questions_are_filtered_by_topic_kind_and_state():
    bank = a_bank()
    topic = Topic.objects.get(title="Rules")
    withdraw_question(question(bank, "Single"), by=AUTHOR)
    assert questions_of(bank, topic=str(topic.id)).count() == 3
    assert questions_of(bank, kind="numeric").get().title == "Number"
    assert questions_of(bank, state="withdrawn", topic=str(topic.id)).get().title == "Single"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_banks_is_one_query(count, django_assert_num_queries):
    for number in range(count):
        withdraw_question(question(a_bank(title=f"Bank {number}"), "Single"), by=AUTHOR)
    with django_assert_num_queries(1):
        counts = list(map(attrgetter("topic_count", "question_count", "released_count"), banks_of_academy()))
    assert counts == [(2, 6, 5)] * count


def test_a_large_real_file_shape_is_read_item_by_item():
    text = many_questions(5, 40)
    assert len(read_gift(text)) == 200

"""Reading GIFT: what the vectors do not show, and above all what happens to items that are wrong."""

import time

import pytest

from leerhuis.practice.exchange.gift import parse
from leerhuis.practice.exchange.gift_items import (
    Between,
    Category,
    Choice,
    Essay,
    Exactly,
    Fault,
    Item,
    Matching,
    NumberChoice,
    Numeric,
    Options,
    Pair,
    Reason,
    Rich,
    ShortAnswer,
    TrueFalse,
)


def only(text: str) -> Item:
    (item,) = parse(text)
    assert isinstance(item, Item), item
    return item


def reason(text: str) -> Reason:
    (fault,) = parse(text)
    assert isinstance(fault, Fault), fault
    return fault.reason


def lines_of(text: str) -> list[tuple[int, str]]:
    """Return the line of each item with its title, or with the reason why it cannot be read."""
    found = []
    for each in parse(text):
        assert not isinstance(each, Category)
        found.append((each.line, each.reason.value if isinstance(each, Fault) else each.title or each.stem.text))
    return found


def test_an_empty_file_has_no_items() -> None:
    assert parse("") == []
    assert parse("\n \n// only a comment\n\n") == []


def test_a_blank_line_inside_braces_does_not_end_the_item() -> None:
    item = only("Order these{\n\n\t=one -> 1\n\n\t=two -> 2\n}\n")
    assert item.body == Matching((Pair(Rich("one"), "1"), Pair(Rich("two"), "2")))


def test_an_empty_left_side_is_kept_as_a_distractor() -> None:
    item = only("Match{=a -> 1 =b -> 2 = -> 3}")
    assert item.body == Matching((Pair(Rich("a"), "1"), Pair(Rich("b"), "2"), Pair(Rich(""), "3")))


def test_an_id_and_tags_stand_in_the_comment_before_the_item() -> None:
    item = only("// [id:q\\]1] [tag:privacy] [tag: law ]\nTrue?{T}")
    assert (item.id, item.tags) == ("q]1", ("privacy", "law"))


def test_a_comment_parted_by_a_blank_line_belongs_to_nothing() -> None:
    assert only("// [id:old]\n\nTrue?{T}").id is None


def test_a_comment_between_two_items_belongs_to_the_second() -> None:
    first, second = parse("::a::True?{T}\n// [id:b1]\n::b::False?{F}")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.id, second.id, second.line) == (None, "b1", 3)


def test_comments_inside_braces_are_left_out() -> None:
    item = only("Pick{\n// a remark\n=yes\n~no\n}")
    assert item.body == Options((Choice(True, None, Rich("yes"), None), Choice(False, None, Rich("no"), None)), True)


def test_an_escaped_line_break_stays_in_every_format_and_a_real_one_only_outside_moodle() -> None:
    assert only("a\\nb\nc {}").stem == Rich("a\nb c", "moodle")
    assert only("[plain]a\\nb\nc {}").stem == Rich("a\nb\nc", "plain")
    assert only("[HTML]a\nb {}").stem == Rich("a\nb", "html")


def test_every_special_character_can_be_escaped() -> None:
    item = only(r"::a\:\:b::x \~ \= \# \{ \} \: \\ \a {=\{1\} \= \#2}")
    assert item.title == "a::b"
    assert item.stem.text == r"x ~ = # { } : \ \a"
    assert item.body == ShortAnswer((Choice(True, None, Rich("{1} = #2"), None),))


def test_a_feedback_may_have_a_format_of_its_own() -> None:
    item = only("[html]<b>Q</b>{=a#[markdown]*good* ~b#no}")
    assert isinstance(item.body, Options)
    assert [choice.feedback for choice in item.body.choices] == [Rich("*good*", "markdown"), Rich("no", "html")]


@pytest.mark.parametrize(
    ("answers", "body"),
    [
        ("{T}", TrueFalse(True, None, None)),
        ("{false}", TrueFalse(False, None, None)),
        ("{TRUE#no#yes}", TrueFalse(True, Rich("no"), Rich("yes"))),
        ("{####general}", Essay()),
        ("{#5}", Numeric(Exactly(5))),
        ("{#.5####general}", Numeric(Exactly(0.5))),
        ("{#1e3}", Numeric(Exactly(1000))),
        ("{#5..1}", Numeric(Between(1, 5))),
        ("{#1.5..2.5}", Numeric(Between(1.5, 2.5))),
        ("{#5#good}", Numeric((NumberChoice(True, None, Exactly(5), Rich("good")),))),
        (
            "{#=%100%5#good ~#no}",
            Numeric((NumberChoice(True, 100, Exactly(5), Rich("good")), NumberChoice(False, None, None, Rich("no")))),
        ),
        (
            "{~%33,3%a ~% 50.5 %b ~%x%c}",
            Options(
                (
                    Choice(False, 33.3, Rich("a"), None),
                    Choice(False, 50.5, Rich("b"), None),
                    Choice(False, None, Rich("%x%c"), None),
                ),
                False,
            ),
        ),
    ],
)
def test_the_answers_make_the_kind(answers: str, body: object) -> None:
    assert only(f"Question {answers}").body == body


def test_general_feedback_stands_behind_four_hashes() -> None:
    assert only("Q{T#no####Why\nso}").general_feedback == Rich("Why so")
    assert only("Q{T}").general_feedback is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::title without end {T}", Reason.TITLE_OPEN),
        ("Question {=a ~b", Reason.BRACE_OPEN),
        ("Question } here", Reason.BRACE_STRAY),
        ("Question } here {T}", Reason.BRACE_STRAY),
        ("Question {T} } here", Reason.BRACE_STRAY),
        ("One {T} two {F}", Reason.TWO_ANSWERS),
        ("{=a ~b}", Reason.NO_STEM),
        ("::title::{T}", Reason.NO_STEM),
        ("Question {a ~b}", Reason.NO_MARKER),
        ("Question {perhaps}", Reason.NO_MARKER),
        ("Question {x =a -> b}", Reason.NO_MARKER),
        ("Question {=a ~}", Reason.EMPTY_ANSWER),
        ("Question {=#feedback}", Reason.EMPTY_ANSWER),
        ("Question {#}", Reason.NO_NUMBER),
        ("Question {#five}", Reason.NO_NUMBER),
        ("Question {#3,14}", Reason.NO_NUMBER),
        ("Question {#..}", Reason.NO_NUMBER),
        ("Question {#1e999}", Reason.NO_NUMBER),
        ("Question {#=five}", Reason.NO_NUMBER),
        ("Question {#" + "1" * 5000 + "x}", Reason.NO_NUMBER),
        ("Question {=a -> 1 =b}", Reason.PAIR_MIXED),
        ("Question {=a -> 1 =b -> }", Reason.PAIR_BROKEN),
        ("Question {=a -> 1 -> 2 =b -> 3}", Reason.PAIR_BROKEN),
        ("$CATEGORY:  ", Reason.NO_CATEGORY),
    ],
)
def test_an_item_that_cannot_be_read_says_why(text: str, expected: Reason) -> None:
    assert reason(text) == expected


def test_a_fault_stops_no_other_item_and_each_has_its_line() -> None:
    text = "::one::a{T}\n\n::two::b{=x ~\n~y}\n\n::three::c{F}\n\n::four d{T}\n\n\n::five::e{}"
    assert lines_of(text) == [(1, "one"), (3, "empty_answer"), (6, "three"), (8, "title_open"), (11, "five")]


def test_a_brace_left_open_ends_at_the_blank_line_before_the_next_question() -> None:
    text = "::one::a{=x ~y\n\nstill its own\n\n::two::b{T}\n\n::three::c{F}"
    assert lines_of(text) == [(1, "brace_open"), (5, "two"), (7, "three")]


def test_a_brace_left_open_without_a_blank_line_takes_the_next_question_along_but_not_the_one_after() -> None:
    text = "::one::a{=x ~y\n::two::b{T}\n\n::three::c{F}"
    assert lines_of(text) == [(1, "brace_open"), (4, "three")]


def test_a_brace_left_open_at_the_end_spares_the_texts_after_it() -> None:
    text = "::one::a{T}\n\n::two::b{=x ~y\n\nJust a text.\n"
    assert lines_of(text) == [(1, "one"), (3, "brace_open"), (5, "Just a text.")]


def test_windows_and_old_mac_line_ends_are_read_alike() -> None:
    unix = "::a::x{T}\n\n::b::y{=1\n~2}\n"
    assert parse(unix.replace("\n", "\r\n")) == parse(unix) == parse(unix.replace("\n", "\r"))


def test_an_equals_sign_inside_a_word_is_noted() -> None:
    assert only("Q{=a ~x=5}").odd_equals
    assert not only("Q{=a =b ~x\\=5}").odd_equals
    assert not only("Q{=a=b}").odd_equals


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 200_000,
        "a{\n\n" * 20_000,
        "::" * 200_000,
        "// " + "[tag:" * 100_000 + "\nq{T}",
        "q{#" + "1" * 400_000 + "}",
        "q{" + "=a ~" * 100_000 + "}",
        "q{~%" + "9" * 400_000 + "}",
        "\\" * 400_000 + "{T}",
        "q{T" + " " * 400_000 + "x}",
    ],
)
def test_a_hostile_file_is_read_in_a_second(hostile: str) -> None:
    begun = time.process_time()
    parse(hostile)
    assert time.process_time() - begun < 1.5

"""From parsed items to playable questions: the traps of weights, and a report for each item."""

import pytest

from leerhuis.practice.exchange.drafts import Draft, Reported, read_gift, topic_of
from leerhuis.practice.exchange.gift_items import Reason, Rich
from leerhuis.practice.exchange.reasons import NOTICES, REASONS
from leerhuis.practice.exchange.remarks import Notice, Unplayable
from leerhuis.practice.kinds import Choices, Form, Kind, Match, Numbers, Pairs, ShortText, Span, Statement


def only(text: str) -> Reported:
    (reported,) = read_gift(text)
    return reported


def draft(text: str) -> Draft:
    made = only(text).draft
    assert made
    return made


def shares(text: str) -> tuple[Kind, list[float], tuple[Notice, ...]]:
    reported = only(text)
    assert reported.draft
    assert isinstance(reported.draft.content, Choices)
    return reported.draft.kind, [option.share for option in reported.draft.content.options], reported.notices


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("=a ~b", (Kind.SINGLE, [1, 0], ())),
        ("=a ~%50%b ~%25%c ~d", (Kind.SINGLE, [1, 0.5, 0.25, 0], ())),
        ("~%100%a ~b", (Kind.SINGLE, [1, 0], ())),
        ("~%50%a ~b", (Kind.SINGLE, [1, 0], (Notice.WEIGHTS,))),
        ("~%-50%b =a", (Kind.SINGLE, [0, 1], ())),
        ("=a =b ~c", (Kind.SINGLE, [1, 1, 0], (Notice.SEVERAL_RIGHT,))),
        ("~%33.33333%a ~%33.33333%b ~%33.33333%c ~d", (Kind.MULTIPLE, [1, 1, 1, 0], ())),
        ("~%50%a ~%50%b ~%-100%c", (Kind.MULTIPLE, [1, 1, 0], ())),
        ("~%25%a ~%25%b ~c", (Kind.MULTIPLE, [1, 1, 0], (Notice.WEIGHTS,))),
        ("~%50%a ~%50%b ~%50%c ~d", (Kind.MULTIPLE, [1, 1, 1, 0], (Notice.WEIGHTS,))),
        ("~%50%a ~%50%b", (Kind.MULTIPLE, [1, 1], (Notice.ALL_RIGHT,))),
        ("=a ~b ~b", (Kind.SINGLE, [1, 0, 0], (Notice.DOUBLE_OPTION,))),
        ("=a ~b=c", (Kind.SINGLE, [1, 0, 1], (Notice.SEVERAL_RIGHT, Notice.ODD_EQUALS))),
        ('=a ~<img src\\="@@PLUGINFILE@@/3.png">', (Kind.SINGLE, [1, 0], (Notice.PICTURE,))),
    ],
)
def test_marks_and_weights_decide_what_is_right(answers: str, expected: object) -> None:
    assert shares(f"Q{{{answers}}}") == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just a text.", Unplayable.DESCRIPTION),
        ("Write an essay. {}", Unplayable.ESSAY),
        ("Q{~a ~b}", Unplayable.NO_RIGHT),
        ("Q{=%50%a ~b}", Unplayable.NO_RIGHT),
        ("Q{=%50%a}", Unplayable.NO_RIGHT),
        ("Q{#=%50%3}", Unplayable.NO_RIGHT),
        ("Q{~%100%a}", Unplayable.ONE_OPTION),
        ("Q{=right " + " ".join(f"~w{n}" for n in range(26)) + "}", Unplayable.TOO_MANY_OPTIONS),
        ("Q{=a -> 1 = -> 2}", Unplayable.FEW_PAIRS),
        ("Q{=a -> 1 =a -> 2}", Unplayable.DOUBLE_LEFT),
        ("Q{=a ~b", Reason.BRACE_OPEN),
    ],
)
def test_what_cannot_be_practised_is_reported_with_its_reason(text: str, reason: object) -> None:
    reported = only(text)
    assert (reported.draft, reported.reason, reported.line) == (None, reason, 1)


def test_every_reason_and_notice_has_words() -> None:
    assert set(REASONS) == {*Reason, *Unplayable}
    assert set(NOTICES) == set(Notice)


def test_the_first_feedback_of_a_statement_is_for_the_wrong_answer() -> None:
    assert draft("Q{T#wrong#right}").content == Statement(True, when_true=Rich("right"), when_false=Rich("wrong"))
    assert draft("Q{F#wrong#right}").content == Statement(False, when_true=Rich("wrong"), when_false=Rich("right"))


def test_a_tolerance_becomes_a_span_without_binary_dust() -> None:
    assert draft("Q{#0.3:0.1}").content == Numbers((Span(0.2, 0.4, 1),))
    assert draft("Q{#=1822:0 =%50%1822:2 ~#no}").content == Numbers(
        (Span(1822, 1822, 1), Span(1820, 1824, 0.5)), Rich("no")
    )


def test_typed_answers_and_pairs_are_taken_over() -> None:
    assert draft("Q{=AVG =%50%GDPR#in English}").content == ShortText(
        (Form("AVG", 1), Form("GDPR", 0.5, Rich("in English")))
    )
    assert draft("Q{=a -> 1 =b -> 2 = -> 3}").content == Pairs((Match(Rich("a"), "1"), Match(Rich("b"), "2")), ("3",))


@pytest.mark.parametrize(
    ("option", "shuffled"),
    [
        ("a plain answer", True),
        ("all of the provided answers", False),
        ("None of these", False),
        ("Alle bovenstaande antwoorden", False),
        ("Geen van de genoemde", False),
        ("Alle antwoorden", False),
        ("Alle medewerkers van de afdeling", True),
    ],
)
def test_options_that_speak_of_the_others_keep_their_place(option: str, shuffled: bool) -> None:
    content = draft(f"Q{{=x ~{option}}}").content
    assert isinstance(content, Choices)
    assert content.shuffle is shuffled


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("$course$/top/Default for Unit 1: Topic", "Unit 1: Topic"),
        ("$course$/top/Standaard voor Privacy", "Privacy"),
        ("Law/Data breaches", "Data breaches"),
        ("and//or", "and/or"),
        ("$course$/top", ""),
        ("top", ""),
    ],
)
def test_a_topic_is_the_last_part_of_the_category(path: str, topic: str) -> None:
    assert topic_of(path) == topic


def test_a_category_holds_until_the_next_one() -> None:
    reported = read_gift("A{T}\n\n$CATEGORY: x/One\n\nB{T}\nno brace\n\nC{T}\n\n$CATEGORY: Two\nD{T}")
    assert [each.draft.topic for each in reported if each.draft] == ["", "One", "One", "Two"]


def test_an_untitled_item_is_called_by_its_first_words() -> None:
    assert only("[html]<p>Which   law?</p>{T}").label == "Which law?"
    assert only("x" * 200 + "{T}").label == "x" * 89 + "…"


def test_the_fingerprint_changes_with_what_a_learner_meets_and_with_nothing_else() -> None:
    same = {draft(text).fingerprint for text in ("Q{=a ~b}", "// [id:1]\n::t::Q{=a ~b}", "Q {=a\n\n~b}")}
    other = {draft(text).fingerprint for text in ("Q2{=a ~b}", "Q{=a ~c}", "Q{~%100%a ~b####x}", "[html]Q{=a ~b}")}
    assert (len(same), len(other), same & other) == (1, 4, set())

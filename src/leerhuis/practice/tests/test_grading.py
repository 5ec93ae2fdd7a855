"""Judging answers: right, partly right and wrong, for each kind."""

import pytest

from leerhuis.practice.exchange.drafts import read_gift
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.grading import Outcome, Unreadable, grade, numbers_in, read_answer
from leerhuis.practice.kinds import Content, Form, ShortText

RIGHT, PARTLY, WRONG = Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG


def content(answers: str) -> Content:
    (reported,) = read_gift(f"Q{{{answers}}}")
    assert reported.draft
    return reported.draft.content


def outcome(answers: str, given: str) -> Outcome:
    return grade(content(answers), given).outcome


@pytest.mark.parametrize(("given", "expected"), [("a", RIGHT), ("b", WRONG), ("c", PARTLY), ("d", RIGHT), ("", WRONG)])
def test_of_a_single_choice_any_right_option_will_do(given, expected):
    assert outcome("=one ~two ~%50%three =four", given) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a b", RIGHT),
        ("b a", RIGHT),
        ("a", PARTLY),
        ("a b c", PARTLY),
        ("a c", WRONG),
        ("c", WRONG),
        ("a b c d", WRONG),
    ],
)
def test_of_several_options_exactly_the_right_ones_are_right(given, expected):
    assert outcome("~%50%one ~%50%two ~three ~four", given) is expected


def test_weights_that_add_up_to_50_or_150_still_have_one_right_set():
    for answers in ("~%25%one ~%25%two ~three", "~%75%one ~%75%two ~three"):
        assert outcome(answers, "a b") is RIGHT
        assert outcome(answers, "a") is PARTLY


@pytest.mark.parametrize(("given", "expected"), [("true", RIGHT), ("false", WRONG)])
def test_a_statement_is_true_or_not(given, expected):
    assert outcome("T#wrong#right", given) is expected
    assert grade(content("T#wrong#right"), given).feedback == (Rich(str(expected)),)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("AVG", RIGHT),
        ("  avg ", RIGHT),
        ("de   AVG", RIGHT),
        ("GDPR", PARTLY),
        ("avgx", WRONG),
        ("", WRONG),
    ],
)
def test_typed_text_is_judged_without_regard_to_case_and_spaces(given, expected):
    assert outcome("=AVG =de AVG =%50%gdpr", given) is expected


@pytest.mark.parametrize(
    ("form", "given", "expected"),
    [
        ("caf\u00e9", "cafe\u0301", RIGHT),
        ("l'Europe", "l’Europe", RIGHT),
        ("data*", "Data protection", RIGHT),
        ("*officer", "privacy officer", RIGHT),
        ("a*b*c", "a1b2c", RIGHT),
        ("a*b*c", "acb", WRONG),
        ("*", "anything", RIGHT),
        ("ab*ba", "aba", WRONG),
        ("straße", "STRASSE", RIGHT),
        ("café", "cafe", WRONG),
    ],
)
def test_a_form_may_have_accents_quotes_and_stars(form, given, expected):
    assert grade(ShortText((Form(form, 1),)), given).outcome is expected


def test_capitals_count_when_the_question_says_so():
    exact = ShortText((Form("AVG", 1),), exact_case=True)
    assert [grade(exact, given).outcome for given in ("AVG", "avg")] == [RIGHT, WRONG]


def test_the_best_form_that_fits_decides():
    assert outcome("=%50%a* =ab", "ab") is RIGHT


@pytest.mark.parametrize(
    ("given", "expected"),
    [("3.14", RIGHT), ("3,14", RIGHT), (" 3,140 ", RIGHT), ("3.2", PARTLY), ("3.5", WRONG), ("-3.14", WRONG)],
)
def test_a_number_may_have_a_comma_or_a_point(given, expected):
    assert outcome("#=3.13:0.01 =%50%3:0.2", given) is expected


def test_the_edges_of_a_tolerance_are_inside_it():
    for value in ("0.1", "0.3", "0,2"):
        assert outcome("#0.2:0.1", value) is RIGHT
    assert outcome("#0.2:0.1", "0.31") is WRONG


def test_any_other_number_gets_what_is_said_otherwise():
    verdict = grade(content("#=4:0#yes ~#four of them"), "5")
    assert (verdict.outcome, verdict.feedback) == (WRONG, (Rich("four of them"),))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("12", {12.0}),
        ("1.000", {1.0, 1000.0}),
        ("1,000", {1.0, 1000.0}),
        ("1.000,50", {1000.5}),
        ("1,000.50", {1000.5}),
        ("1.234.567", {1234567.0}),
        ("1 000", {1000.0}),
        ("€ 25", {25.0}),
        ("20 %", {20.0}),
        ("−3", {-3.0}),  # noqa: RUF001 - the minus sign that phones type
        (",5", {0.5}),
        ("1e3", {1000.0}),
        ("1.2.3", set()),
        ("1.000.5", set()),
        ("twelve", set()),
        ("", set()),
        ("9" * 400, set()),
        ("1e999", set()),
    ],
)
def test_a_typed_number_is_read_in_the_ways_that_people_write_it(text, readings):
    assert numbers_in(text) == readings


@pytest.mark.parametrize(
    ("given", "expected"),
    [("0=0 1=1", RIGHT), ("0=0 1=2", PARTLY), ("0=1 1=0", WRONG), ("0=0", PARTLY), ("1=2", WRONG)],
)
def test_matching_is_right_when_every_pair_is(given, expected):
    # The right sides in their own order: decides, watches, works → 0, 1, 2.
    answers = "=controller -> decides =processor -> watches = -> works"
    assert outcome(answers, given) is expected


@pytest.mark.parametrize(
    ("answers", "fields", "line"),
    [
        ("=one ~two", {"choice": ["a"]}, "a"),
        ("~%50%one ~%50%two ~three", {"choice": ["b", "a", "z"]}, "a b"),
        ("T", {"choice": ["false"]}, "false"),
        ("=x", {"text": ["  AVG\u00a0 of   GDPR "]}, "AVG of GDPR"),
        ("#4", {"text": [" 3,5 "]}, "3,5"),
        ("=a -> 1 =b -> 2", {"match-0": ["1"], "match-1": ["0"]}, "0=1 1=0"),
        ("=a -> 1 =b -> 2", {"match-0": [""], "match-1": ["0"]}, "1=0"),
    ],
)
def test_a_form_becomes_one_line(answers, fields, line):
    assert read_answer(content(answers), lambda name: fields.get(name, [])) == line


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ("=one ~two", {}),
        ("=one ~two", {"choice": ["z"]}),
        ("T", {"choice": ["maybe"]}),
        ("=x", {"text": ["  "]}),
        ("#4", {"text": ["four"]}),
        ("=a -> 1 =b -> 2", {"match-0": ["7"], "match-1": ["x"]}),
    ],
)
def test_an_empty_or_senseless_answer_is_not_judged(answers, fields):
    with pytest.raises(Unreadable):
        read_answer(content(answers), lambda name: fields.get(name, []))


def test_a_very_long_answer_is_cut():
    assert len(read_answer(content("=x"), lambda _: ["x" * 5000])) == 400

"""Judging and showing the kinds with more to do: orders, gaps, places on a picture, own words, slips and units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.asking import is_step, moved
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.grading import Outcome, Unreadable, grade, read_answer
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Form,
    Hotspot,
    Item,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Shape,
    ShortText,
    Span,
    Unit,
)
from leerhuis.practice.places import Cell, Point, is_on, read_place, write_place
from leerhuis.practice.typed import slips_forgiven

RIGHT, PARTLY, WRONG = Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG


def fields(**values):
    return lambda name: values.get(name.replace("-", "_"), [])


TERMS = ShortText(
    (Form("verwerkersovereenkomst", 1.0), Form("artikel 13 verklaring", 1.0), Form("belang", 1.0), Form("AVG", 1.0)),
    typos=True,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("verwerkersovereenkomst", RIGHT),
        ("verwerkersoverenkomst", RIGHT),
        ("verwerkresovereenkomst", RIGHT),
        ("werkovereenkomst", WRONG),
        ("belagn", RIGHT),
        ("beleng", RIGHT),
        ("beleg", WRONG),
        ("AVH", WRONG),
        ("artikel 13 verklarign", RIGHT),
        ("artikel 14 verklaring", WRONG),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_in_longer_words_but_never_in_figures(typed, expected):
    assert grade(TERMS, typed).outcome is expected


def test_whoever_slipped_is_shown_the_right_spelling():
    assert grade(TERMS, "belagn").meant == "belang"
    assert grade(TERMS, "belang").meant == ""


def test_without_leave_of_the_author_no_slip_is_forgiven():
    assert grade(ShortText((Form("belang", 1.0),)), "belagn").outcome is WRONG


def test_a_slip_towards_a_form_that_is_wrong_stays_wrong():
    forms = ShortText((Form("persoonlijk", 1.0), Form("onpersoonlijk", 0.0)), typos=True)
    assert [grade(forms, typed).outcome for typed in ("persoonlik", "onpersoonlik")] == [RIGHT, WRONG]


def test_slips_grow_with_the_word():
    assert [slips_forgiven("x" * n) for n in (4, 5, 8, 9, 14, 15, 60)] == [0, 1, 1, 2, 2, 3, 3]


LENGTH = Numbers((Span(1490, 1510, 1.0),), units=(Unit("m"), Unit("km", 1000.0)))


@pytest.mark.parametrize(
    ("typed", "optional", "needed"),
    [
        ("1500", RIGHT, PARTLY),
        ("1500 m", RIGHT, RIGHT),
        ("1,5 km", RIGHT, RIGHT),
        ("1.5km", RIGHT, RIGHT),
        ("1500 km", WRONG, WRONG),
        ("1500 KM", WRONG, WRONG),
    ],
)
def test_a_number_may_have_a_unit_or_must_have_one(typed, optional, needed):
    assert grade(LENGTH, typed).outcome is optional
    assert grade(Numbers(LENGTH.spans, units=LENGTH.units, unit_needed=True), typed).outcome is needed


def test_units_that_differ_by_a_capital_are_told_apart():
    power = Numbers((Span(2, 2, 1.0),), units=(Unit("MW"), Unit("mW", 1e-9)))
    assert [grade(power, typed).outcome for typed in ("2 MW", "2 mW", "2 mw")] == [RIGHT, WRONG, RIGHT]


def test_a_unit_that_is_none_is_no_answer_unless_a_unit_is_asked_for():
    with pytest.raises(Unreadable):
        read_answer(LENGTH, fields(text=["1500 apples"]))
    needed = Numbers(LENGTH.spans, units=LENGTH.units, unit_needed=True)
    assert grade(needed, read_answer(needed, fields(text=["1500 apples"]))).outcome is PARTLY


STEPS = Ordering(tuple(Item(key, Rich(key)) for key in "abcd"))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("a b c d", RIGHT),
        ("b a c d", PARTLY),
        ("d a b c", PARTLY),
        ("b a d c", WRONG),
        ("d c b a", WRONG),
    ],
)
def test_an_order_that_one_move_mends_is_partly_right(order, expected):
    assert grade(STEPS, order).outcome is expected


def test_of_two_things_the_wrong_order_is_wrong():
    assert grade(Ordering(STEPS.items[:2]), "b a").outcome is WRONG


def test_an_order_is_read_only_when_it_has_each_thing_once():
    assert read_answer(STEPS, fields(order=list("badc"))) == "b a d c"
    for order in (list("abc"), list("aabc"), list("abcx"), []):
        with pytest.raises(Unreadable):
            read_answer(STEPS, fields(order=order))


@given(st.permutations("abcd"), st.sampled_from(["a:up", "b:down", "d:down", "z:up", "c:left", ""]))
def test_a_move_keeps_every_thing(order, move):
    after = moved(list(order), move)
    assert sorted(after) == list("abcd")
    assert sum(one != other for one, other in zip(order, after, strict=True)) in (0, 2)


GAPS = Cloze(
    (
        ShortText((Form("AVG", 1.0, Rich("indeed")), Form("a|b", 1.0))),
        Numbers((Span(72, 72, 1.0), Span(70, 74, 0.5))),
        Choices((Option("a", Rich("uur"), 1.0), Option("b", Rich("dagen"), 0.0)), one_only=True),
    )
)


@pytest.mark.parametrize(
    ("filled", "line", "expected"),
    [
        (("avg", "72", "a"), "avg | 72 | a", RIGHT),
        (("avg", "73", "a"), "avg | 73 | a", PARTLY),
        (("avg", "73", ""), "avg | 73 |", PARTLY),
        (("avg", "", ""), "avg |  |", WRONG),
        (("x", "72", "a"), "x | 72 | a", PARTLY),
        (("a|b", "72", "a"), "a¦b | 72 | a", RIGHT),
    ],
)
def test_gaps_are_judged_each_and_together(filled, line, expected):
    answer = read_answer(GAPS, fields(gap_0=[filled[0]], gap_1=[filled[1]], gap_2=[filled[2]]))
    assert (answer.strip(), grade(GAPS, answer).outcome) == (line, expected)


def test_the_verdict_of_a_text_has_one_for_each_gap():
    parts = grade(GAPS, "avg | 9 | a").parts
    assert [part.outcome for part in parts] == [RIGHT, WRONG, RIGHT]
    assert parts[0].feedback == (Rich("indeed"),)


def test_empty_gaps_and_words_for_a_number_are_asked_again():
    with pytest.raises(Unreadable):
        read_answer(GAPS, fields())
    with pytest.raises(Unreadable) as fault:
        read_answer(GAPS, fields(gap_0=["avg"], gap_1=["soon"]))
    assert "number" in str(fault.value.words)


LOCK = Area("a", "The lock", Shape.RECT, (10, 10, 30, 30), 1.0, Rich("yes"))
KEY = Area("b", "The key", Shape.CIRCLE, (80, 50, 10), 0.0, Rich("that opens it"))
DOOR = Area("c", "The door", Shape.POLYGON, (40, 40, 60, 40, 50, 90), 0.5)
PICTURE = Hotspot("room.png", (LOCK, KEY, DOOR), ratio=0.5)


@pytest.mark.parametrize(
    ("place", "expected", "said"),
    [
        ("20,20", RIGHT, ("yes",)),
        ("10,30", RIGHT, ("yes",)),
        ("32,20", PARTLY, ()),
        ("80,50", WRONG, ("that opens it",)),
        ("80,69", WRONG, ("that opens it",)),
        ("80,71", WRONG, ()),
        ("50,60", PARTLY, ()),
        ("95,95", WRONG, ()),
        ("B2", RIGHT, ("yes",)),
        ("J8", WRONG, ()),
        ("nonsense", WRONG, ()),
    ],
)
def test_a_place_is_right_on_the_area_and_almost_beside_it(place, expected, said):
    verdict = grade(PICTURE, place)
    assert (verdict.outcome, tuple(each.text for each in verdict.feedback)) == (expected, said)


def test_named_places_are_judged_like_options():
    named = Hotspot("room.png", (LOCK, KEY, DOOR), named=True)
    assert [grade(named, key).outcome for key in ("a", "b", "c")] == [RIGHT, WRONG, PARTLY]
    many = Hotspot("room.png", (LOCK, KEY), named=True, one_only=False)
    assert [grade(many, keys).outcome for keys in ("a", "a b", "b")] == [RIGHT, WRONG, WRONG]
    assert read_answer(named, fields(choice=["b", "z"])) == "b"


def test_an_area_smaller_than_a_cell_can_be_found_in_the_grid():
    dot = Area("a", "dot", Shape.CIRCLE, (47, 53, 1.5), 1.0)
    assert [cell.name for cell in (Cell(c, r) for c in range(10) for r in range(8)) if is_on(cell, dot)] == ["E5"]


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_place_that_is_written_reads_back(x, y):
    place = read_place(f"{x},{y}")
    assert isinstance(place, Point)
    assert read_place(write_place(place)) == place


@given(st.text(max_size=12))
def test_nothing_that_is_sent_as_a_place_breaks(text):
    assert grade(PICTURE, text).outcome in Outcome


OWN = OpenText(Rich("Because it can be traced to a person."), (Rich("a person"), Rich("traced")))


def test_own_words_are_judged_by_who_wrote_them():
    assert is_step(OWN, fields(text=["I think"]))
    assert not is_step(OWN, fields(text=["  "]))
    for judged, expected in (("right", RIGHT), ("partly", PARTLY), ("wrong", WRONG)):
        answer = read_answer(OWN, fields(text=["one\r\n two  three "], judged=[judged]))
        assert answer == f"{judged}\none\n two three"
        assert grade(OWN, answer).outcome is expected
    for empty in (fields(text=["x"]), fields(judged=["right"]), fields(text=["x"], judged=["perfect"])):
        with pytest.raises(Unreadable):
            read_answer(OWN, empty)

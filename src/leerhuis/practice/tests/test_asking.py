"""A question as it is shown: one order per round, marks only after the answer."""

from datetime import UTC, datetime

import pytest

from leerhuis.base.ids import uuid7
from leerhuis.practice.asking import asked
from leerhuis.practice.exchange.drafts import read_gift
from leerhuis.practice.kinds import to_json
from leerhuis.practice.models import Question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


def a_question(answers: str) -> Question:
    (reported,) = read_gift(f"Q{{{answers}}}")
    assert reported.draft
    draft = reported.draft
    return Question(kind=draft.kind, options=to_json(draft.content), stem="Q", stem_format="moodle", created_at=NOW)


def test_options_have_an_order_of_their_own_in_each_round_and_keep_it():
    shown = a_question("=a ~b ~c ~d ~e ~f")
    rounds = [uuid7() for _ in range(6)]
    orders = [tuple(option.key for option in asked(shown, seed).options) for seed in rounds]
    assert orders == [tuple(option.key for option in asked(shown, seed, "a").options) for seed in rounds]
    assert all(sorted(order) == list("abcdef") for order in orders)
    assert len(set(orders)) > 1


def test_options_that_speak_of_the_others_stay_where_they_are():
    shown = a_question("=a ~b ~c ~all of the above")
    assert {tuple(o.key for o in asked(shown, uuid7()).options) for _ in range(5)} == {("a", "b", "c", "d")}


def test_nothing_is_given_away_before_the_answer():
    for answers in ("=a#yes ~b#no", "T#no#yes", "~%50%a ~%50%b ~c"):
        shown = asked(a_question(answers), uuid7())
        assert {(o.mark, o.chosen, o.feedback) for o in shown.options} == {("", False, None)}
        assert (shown.verdict, shown.feedback, shown.is_answered) == (None, (), False)


def test_marks_say_what_was_right_and_what_was_chosen():
    shown = asked(a_question("=a#yes ~b#no ~c#never"), "seed", "b")
    told = {o.key: (o.mark, o.chosen, o.feedback.text if o.feedback else "") for o in shown.options}
    assert told == {"a": ("right", False, "yes"), "b": ("wrong", True, "no"), "c": ("rest", False, "")}
    assert (shown.is_right, shown.is_partly) == (False, False)


@pytest.mark.parametrize(("given", "right"), [("true", True), ("false", False)])
def test_a_statement_is_two_options_in_a_fixed_order(given, right):
    shown = asked(a_question("T#wrong#right"), "seed", given)
    assert [option.key for option in shown.options] == ["true", "false"]
    assert shown.is_right is right


def test_the_right_sides_tell_nothing_by_their_order():
    shown = a_question("=a -> 1 =b -> 2 =c -> 3 =d -> 4 = -> 5")
    orders = {tuple(number for number, _ in asked(shown, uuid7()).rights) for _ in range(8)}
    assert len(orders) > 1
    assert all(dict(asked(shown, uuid7()).rights) == {0: "1", 1: "2", 2: "3", 3: "4", 4: "5"} for _ in range(3))


def test_pairs_show_what_was_chosen_beside_what_is_right():
    shown = asked(a_question("=a -> 1 =b -> 2 = -> 3"), "seed", "0=0 1=2")
    assert [(p.left.text, p.chosen_text, p.right_text, p.is_right) for p in shown.pairs] == [
        ("a", "1", "1", True),
        ("b", "3", "2", False),
    ]
    assert shown.is_partly


def test_typed_answers_show_accepted_forms_without_stars():
    shown = asked(a_question("=AP =Autoriteit* =%50%x =b =c =d"), "seed", "wrong")
    assert shown.right_texts == ["AP", "b", "c"]
    assert [s.low for s in asked(a_question("#=4 =%50%5 =6"), "seed", "9").right_spans] == [4, 6]

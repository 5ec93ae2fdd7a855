"""Every kind as JSON and back, and what is found in its texts."""

import json
import string

from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Content,
    Form,
    Hotspot,
    Item,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Pairs,
    Shape,
    ShortText,
    Span,
    Statement,
    Unit,
    from_json,
    gaps_in,
    to_json,
)
from leerhuis.practice.mentions import named_in_draft
from leerhuis.practice.rules import can_be_right, marks_fit

words = st.text(min_size=1, max_size=20)
rich = st.builds(Rich, words, st.sampled_from(["markdown", "html", "moodle", "plain"]))
perhaps = st.none() | rich
shares = st.sampled_from([0.0, 0.25, 0.5, 1.0])
keys = st.sampled_from(string.ascii_lowercase)
numbers = st.floats(-1e9, 1e9)
percents = st.floats(0, 100)


def some(each, least=1):
    return st.lists(each, min_size=least, max_size=4).map(tuple)


options = some(st.builds(Option, keys, rich, shares, perhaps))
typed = st.builds(ShortText, some(st.builds(Form, words, shares, perhaps)), st.booleans(), st.booleans())
spans = some(st.builds(Span, numbers, numbers, shares, perhaps))
counted = st.builds(Numbers, spans, perhaps) | st.builds(
    Numbers, spans, perhaps, some(st.builds(Unit, words, numbers)), st.booleans()
)
gaps = typed | counted | st.builds(Choices, options, st.just(True), st.booleans())
areas = some(st.builds(Area, keys, words, st.sampled_from(Shape), some(percents, 3), shares, perhaps))
KINDS = {
    Kind.SINGLE: st.builds(Choices, options, st.just(True), st.booleans()),
    Kind.MULTIPLE: st.builds(Choices, options, st.just(False), st.booleans()),
    Kind.TRUE_FALSE: st.builds(Statement, st.booleans(), perhaps, perhaps),
    Kind.SHORT_TEXT: typed,
    Kind.NUMERIC: counted,
    Kind.MATCHING: st.builds(Pairs, some(st.builds(Match, rich, words)), some(words)),
    Kind.ORDERING: st.builds(Ordering, some(st.builds(Item, keys, rich))),
    Kind.CLOZE: st.builds(Cloze, some(gaps)),
    Kind.HOTSPOT: st.builds(Hotspot, words, areas, st.booleans(), st.booleans(), percents),
    Kind.OPEN: st.builds(OpenText, rich, some(rich)),
}
contents = st.sampled_from(Kind).flatmap(lambda kind: st.tuples(st.just(kind), KINDS[kind]))


@given(contents)
def test_every_kind_comes_back_from_json_as_it_was(made: tuple[Kind, Content]) -> None:
    kind, content = made
    assert from_json(kind, json.loads(json.dumps(to_json(content)))) == content


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == set(Kind)


def test_what_came_later_leaves_the_json_of_earlier_questions_as_it_was() -> None:
    assert to_json(ShortText((Form("AVG", 1.0),))).keys() == {"exact_case", "forms"}
    assert to_json(Numbers((Span(4, 4, 1.0),))).keys() == {"otherwise", "spans"}


def test_a_text_marks_its_gaps_each_once() -> None:
    two = Cloze((ShortText((Form("a", 1.0),)), ShortText((Form("b", 1.0),))))
    assert gaps_in("x [[2]] y [[1]] [[ 3 ]] [1]") == [2, 1]
    assert [marks_fit(stem, two) for stem in ("[[2]] [[1]]", "[[1]]", "[[1]] [[1]] [[2]]", "[[1]] [[2]] [[3]]")] == [
        True,
        False,
        False,
        False,
    ]
    assert marks_fit("no gaps", Statement(True))


def test_pictures_are_found_wherever_they_are_mentioned() -> None:
    area = Area("a", "The lock", Shape.RECT, (0, 0, 9, 9), 1.0, Rich('<img src="media:lock.png" alt="x">', "html"))
    stem = Rich("![a](media:one.png) ![b](media:Two.png)")
    draft = Draft(
        "",
        "",
        Kind.HOTSPOT,
        stem,
        Hotspot("map.png", (area,)),
        Rich("see media:3.mp3"),
    )
    assert named_in_draft(draft) == {"one.png", "lock.png", "map.png", "3.mp3"}


def test_what_nobody_could_answer_rightly_is_known() -> None:
    item, wrong = Item("a", Rich("x")), Area("a", "n", Shape.RECT, (0, 0, 9, 9), 0.0)
    right = Area("b", "n", Shape.RECT, (0, 0, 9, 9), 1.0)
    flat = Area("b", "n", Shape.RECT, (9, 9, 9, 9), 1.0)
    for hopeless in (
        Ordering((item,)),
        Cloze(()),
        Cloze((ShortText((Form("x", 0.5),)),)),
        Hotspot("p", (wrong,)),
        Hotspot("p", (flat,)),
        Hotspot("", (right,)),
        Hotspot("p", (right,), named=True),
        OpenText(Rich("")),
    ):
        assert not can_be_right(hopeless)
    for fine in (Ordering((item, Item("b", Rich("y")))), Hotspot("p", (right,)), OpenText(Rich("x"))):
        assert can_be_right(fine)

"""Writing GIFT: what was written reads back as the same questions, whatever characters are in it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leerhuis.practice.exchange.drafts import Draft, read_gift
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.gift_writer import write_gift
from leerhuis.practice.kinds import (
    Choices,
    Form,
    Item,
    Kind,
    Match,
    Numbers,
    Option,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
    from_json,
    to_json,
)

# Characters that mean something in GIFT, beside ordinary ones.
LETTERS = st.sampled_from("abcé€ ~=#{}:\\n%[]/$->*<>&!()'\"1")
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
# A pair cannot hold its own arrow, nor can what a typed form is told.
SIDES = WORDS.map(lambda text: text.replace("->", "→"))


def rich_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Rich]:
    return st.builds(Rich, texts, st.sampled_from(["moodle", "html", "markdown", "plain"]))


RICH = rich_of(LINES)
MAYBE = st.none() | RICH


@st.composite
def choices(draw: Any, kind: Kind) -> Choices:
    texts = draw(st.lists(RICH, min_size=2, max_size=5))
    at_least = 1 if kind is Kind.SINGLE else 2
    # With nothing but right options, GIFT knows no single choice: it reads a typed answer.
    at_most = len(texts) - 1 if kind is Kind.SINGLE else len(texts)
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=at_least, max_size=at_most))
    part = st.sampled_from([0.0, 0.25, 0.5]) if kind is Kind.SINGLE else st.just(0.0)
    options = tuple(
        Option(key, text, 1.0 if place in right else draw(part), draw(MAYBE))
        for place, (key, text) in enumerate(zip("abcde", texts, strict=False))
    )
    return Choices(options, kind is Kind.SINGLE)


PARTS = st.sampled_from([0.0, 0.5, 1.0])
FORMS = st.builds(Form, SIDES, PARTS, st.none() | rich_of(LINES.map(lambda text: text.replace("->", "→"))))
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
SPANS = st.builds(lambda a, b, share, said: Span(min(a, b), max(a, b), share, said), NUMBERS, NUMBERS, PARTS, MAYBE)
IN_GIFT = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SHORT_TEXT, Kind.NUMERIC, Kind.MATCHING)
NAMES = ("topic", "title", "kind", "stem", "explanation", "source_id", "tags")


@st.composite
def contents(draw: Any) -> tuple[Kind, Any]:
    kind = draw(st.sampled_from(IN_GIFT))
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        return kind, draw(choices(kind))
    if kind is Kind.TRUE_FALSE:
        return kind, draw(st.builds(Statement, st.booleans(), MAYBE, MAYBE))
    if kind is Kind.SHORT_TEXT:
        return kind, ShortText((Form("right", 1.0), *draw(st.lists(FORMS, max_size=3))))
    if kind is Kind.NUMERIC:
        return kind, Numbers((Span(1.0, 2.0, 1.0), *draw(st.lists(SPANS, max_size=3))), draw(MAYBE))
    lefts = draw(st.lists(rich_of(SIDES), min_size=2, max_size=4, unique_by=lambda left: left.text))
    return kind, Pairs(tuple(Match(left, draw(SIDES)) for left in lefts), tuple(draw(st.lists(SIDES, max_size=2))))


@st.composite
def drafts(draw: Any) -> Draft:
    kind, content = draw(contents())
    title = draw(st.just("") | WORDS)
    source_id = draw(st.sampled_from(["", "q[1]\\"]))
    return Draft("Topic / one", title, kind, draw(RICH), content, draw(MAYBE), source_id, ("a", "b"))


def without_shuffle(draft: Draft) -> dict[str, Any]:
    content = {key: value for key, value in to_json(draft.content).items() if key != "shuffle"}
    return {**{name: getattr(draft, name) for name in NAMES}, "content": content}


@settings(max_examples=60, deadline=None)
@given(st.lists(drafts(), min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(written: list[Draft]) -> None:
    read = read_gift(write_gift(written))
    assert [each.reason for each in read] == [None] * len(written)
    assert [without_shuffle(each.draft) for each in read if each.draft] == [without_shuffle(draft) for draft in written]


@settings(max_examples=60, deadline=None)
@given(contents())
def test_content_comes_back_from_its_column_the_same(made: tuple[Kind, Any]) -> None:
    kind, content = made
    assert from_json(kind.value, to_json(content)) == content


def test_topics_become_categories_where_they_change() -> None:
    def about(topic: str, stem: str) -> Draft:
        return Draft(topic, "", Kind.TRUE_FALSE, Rich(stem), Statement(True), None)

    text = write_gift([about("A/B", "one"), about("A/B", "two"), about("", "three"), about("C", "four")])
    assert [line for line in text.splitlines() if line.startswith("$")] == [
        "$CATEGORY: A//B",
        "$CATEGORY: top",
        "$CATEGORY: C",
    ]
    assert [each.draft.topic for each in read_gift(text) if each.draft] == ["A/B", "A/B", "", "C"]


def test_what_gift_has_no_form_for_is_named_in_a_comment() -> None:
    content = Ordering((Item("a", Rich("one")), Item("b", Rich("two"))))
    text = write_gift([Draft("", "First things", Kind.ORDERING, Rich("Put in order"), content, None)])
    assert text == "// ordering: First things\n"
    assert read_gift(text) == []

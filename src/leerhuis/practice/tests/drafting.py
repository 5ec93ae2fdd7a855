"""Questions of every kind, made up by Hypothesis: for tests of what is written and read again."""

from typing import Any

from hypothesis import strategies as st

from leerhuis.practice.exchange.drafts import Draft, label_of
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Form,
    Gap,
    Item,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
    Unit,
)

# Characters that mean something in one of the forms, beside ordinary ones.
LETTERS = st.sampled_from("abcé€ ~=#{}:\\n%[]/$->*<>&!()'\"1@+;,|_^{`")
WORDS = st.text(LETTERS, min_size=1, max_size=14).map(lambda text: " ".join(text.split())).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
FORMATS = st.sampled_from(["moodle", "html", "markdown", "plain"])
RICH = st.builds(Rich, LINES, FORMATS)
MAYBE = st.none() | RICH
PARTS = st.sampled_from([0.0, 0.25, 0.3333333, 0.5, 1.0])
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False) | st.integers(-1000, 1000).map(float)
NUMBERS = NUMBERS.map(lambda number: number + 0.0)  # minus nothing is nothing
SPANS = st.builds(lambda a, b, share, said: Span(min(a, b), max(a, b), share, said), NUMBERS, NUMBERS, PARTS, MAYBE)
FORMS = st.builds(Form, WORDS, PARTS, MAYBE)
UNITS = st.sampled_from([(), (Unit("m"), Unit("km", 1000.0), Unit("cm", 0.01)), (Unit("ft", 0.3048),)])


@st.composite
def options(draw: Any, *, several: bool) -> Choices:
    texts = draw(st.lists(RICH, min_size=2, max_size=5))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    part = st.just(0.0) if several else PARTS
    made = tuple(
        Option(key, text, 1.0 if place in right else draw(part), draw(MAYBE))
        for place, (key, text) in enumerate(zip("abcde", texts, strict=False))
    )
    return Choices(made, not several, draw(st.booleans()))


@st.composite
def short_text(draw: Any) -> ShortText:
    forms = (Form("right", 1.0), *draw(st.lists(FORMS, max_size=3)))
    return ShortText(forms, draw(st.booleans()), draw(st.booleans()))


@st.composite
def numbers(draw: Any, *, in_gap: bool = False) -> Numbers:
    spans = (Span(1.0, 2.0, 1.0), *draw(st.lists(SPANS, max_size=3)))
    units = () if in_gap else draw(UNITS)
    return Numbers(spans, draw(MAYBE), units, bool(units) and draw(st.booleans()))


@st.composite
def gaps(draw: Any) -> Gap:
    return draw(st.one_of(short_text(), numbers(in_gap=True), options(several=False)))


@st.composite
def contents(draw: Any, kind: Kind) -> Any:  # noqa: PLR0911 - one a kind
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return draw(options(several=kind is Kind.MULTIPLE))
        case Kind.TRUE_FALSE:
            return draw(st.builds(Statement, st.booleans(), MAYBE, MAYBE))
        case Kind.SHORT_TEXT:
            return draw(short_text())
        case Kind.NUMERIC:
            return draw(numbers())
        case Kind.MATCHING:
            lefts = draw(st.lists(RICH, min_size=2, max_size=4, unique_by=lambda left: left.text))
            return Pairs(tuple(Match(left, draw(WORDS)) for left in lefts), tuple(draw(st.lists(WORDS, max_size=2))))
        case Kind.ORDERING:
            texts = draw(st.lists(RICH, min_size=2, max_size=5))
            return Ordering(tuple(Item(key, text) for key, text in zip("abcde", texts, strict=False)))
        case Kind.CLOZE:
            return Cloze(tuple(draw(st.lists(gaps(), min_size=1, max_size=3))))
        case _:
            return OpenText(draw(RICH), tuple(draw(st.lists(RICH, max_size=2))))


@st.composite
def drafts(draw: Any, kind: Kind) -> Draft:
    content = draw(contents(kind))
    stem = draw(RICH)
    if isinstance(content, Cloze):
        marks = " ".join(f"{draw(WORDS)} [[{n + 1}]]" for n in range(len(content.gaps)))
        stem = Rich(marks, stem.format)
    # A title that is the beginning of the text is the same as none.
    title = draw(st.just("") | WORDS.filter(lambda words: words != label_of(stem.text)))
    return Draft("Topic / one", title, kind, stem, content, draw(MAYBE), draw(st.sampled_from(["", "q[1]\\"])))

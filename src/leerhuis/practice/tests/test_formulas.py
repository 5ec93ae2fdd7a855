"""Formulas: MathML that a browser draws, and nothing that a formula could bring along."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.formulas import to_mathml
from leerhuis.practice.rendering import to_html, to_inline_html, to_plain


def shown(text: str) -> str:
    return to_html(Rich(text, "markdown"))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("so $x^2$ is", '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'),
        ("$$\n\\frac{a}{b}\n$$", '<math display="block">'),
        ("$$a+b$$", '<math display="block">'),
        ("| a |\n|---|\n| $x$ |", "<td><math"),
        ("$a < b$", "<mo>&lt;</mo>"),
        ("$g = 9{,}81$", "<mo>=</mo><mn>9,81</mn>"),
        ("$(x, y)$", "<mi>x</mi><mo>,</mo><mi>y</mi>"),
        ("$\\frac{0{,}5}{2}$", "<mn>0,5</mn>"),
    ],
)
def test_dollars_make_a_formula(text, holds):
    assert holds in shown(text)


@pytest.mark.parametrize("text", ["It costs $5 and $10.", "from $ 5 to $ 6", "\\$x\\$", "`$x$`", "a $ b"])
def test_an_amount_in_dollars_is_none(text):
    assert "<math" not in shown(text)


def test_an_option_may_have_a_formula_and_a_list_has_its_source():
    assert "<msup>" in to_inline_html(Rich("$x^2$", "markdown"))
    assert to_plain(Rich("so $x^2$ is", "markdown")) == "so x^2 is"


@pytest.mark.parametrize(
    "bad",
    [
        "\\left( x",
        "\\foo{x}",
        "\\text{<script>alert(1)</script>}",
        "\\text{<b>x</b>}",
        "{" * 400,
        "x" * 1001,
        "\\begin{matrix}",
    ],
)
def test_a_formula_that_cannot_be_read_is_shown_as_it_was_written(bad):
    html = to_mathml(bad)
    assert html.startswith("<code>$")
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "\\href{javascript:alert(1)}{x}",
        "\\text{<img src=x onerror=alert(1)>}",
        '\\color{red" onclick="alert(1)}{x}',
        "\\class{btn}{x}",
        "\\style{position:fixed}{x}",
        "\\includegraphics{https://example.org/x.png}",
    ],
)
def test_nothing_that_runs_or_loads_comes_out_of_a_formula(hostile):
    html = shown(f"${hostile}$")
    tags = [part.split(">")[0] for part in html.lower().split("<")[1:]]
    assert not any(word in tag for tag in tags for word in ("script", "img", "href", "src", " on", "class", "style="))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab12{}[]()^_\\&<>\"'/ =+-*|.,$frac sqrt text left right"), max_size=60))
def test_any_text_gives_a_closed_list_of_elements(latex):
    html = to_mathml(latex)
    allowed = ("math", "m", "code", "none", "/")
    assert all(part.startswith(allowed) for part in html.split("<")[1:])


def test_a_text_cannot_hold_the_place_of_a_formula_or_a_gap():
    assert shown("\ue000f0\ue001 $x$ \ue000f7\ue001").count("<math") == 1
    html = to_html(Rich('<a title="[[1]]" href="https://x.org/[[1]]">[[1]]</a>', "html"), None, {1: "<input>"})
    assert html.count("<input>") == 1

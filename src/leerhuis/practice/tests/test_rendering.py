"""Texts of questions on a page: the formats that authors use, and nothing that could harm a reader."""

import pytest

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Span
from leerhuis.practice.rendering import to_html, to_inline_html, to_plain
from leerhuis.practice.templatetags.practice import span


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            Rich("Which **law**?\n\n- a\n- b", "markdown"),
            "<p>Which <strong>law</strong>?</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
        ),
        (Rich("one\ntwo", "markdown"), "<p>one<br>\ntwo</p>\n"),
        (Rich("<p>Which <em>law</em>?</p>", "html"), "<p>Which <em>law</em>?</p>"),
        (Rich("one\ntwo", "moodle"), "one<br>two"),
        (Rich("<b>one</b>\ntwo", "moodle"), "<b>one</b><br>two"),
        (Rich("a < b & c", "moodle"), "a &lt; b &amp; c"),
        (Rich("<b>one</b>\ntwo", "plain"), "&lt;b&gt;one&lt;/b&gt;<br>two"),
        (Rich("| a | b |\n|---|---|\n| 1 | 2 |", "markdown"), None),
    ],
)
def test_each_format_becomes_its_html(text, html):
    if html is None:
        assert "<table>" in to_html(text)
    else:
        assert to_html(text) == html


@pytest.mark.parametrize("written", ["html", "markdown", "moodle", "plain"])
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>x",
        "<img src=x onerror=alert(1)>x",
        "<img src='https://example.org/pixel.gif'>x",
        "![x](https://example.org/pixel.gif)",
        "<p style='position:fixed'>x</p>",
        "<p onclick='alert(1)'>x</p>",
        "<iframe src='https://example.org'></iframe>x",
        "<svg onload=alert(1)>x</svg>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<form action='/me/'><input name=x></form>x",
        "<style>*{display:none}</style>x",
        "x<math><mtext></p><style><img src=x onerror=alert(1)></style>x",
        "<p id=main class=btn>x</p>",
    ],
)
def test_nothing_that_runs_loads_or_disguises_gets_through(written, hostile):
    for html in (to_html(Rich(hostile, written)), to_inline_html(Rich(hostile, written))):
        bare = html.replace("&lt;", "").lower()
        tags = [part.split(">")[0] for part in html.lower().split("<")[1:]]
        assert not any(
            word in tag for tag in tags for word in ("script", "img", "svg", "iframe", "style", "form", "input")
        )
        assert not any(mark in tag for tag in tags for mark in (" on", "javascript:", "data:", " id=", " class="))
        assert "x" in bare


def test_a_link_stays_but_tells_the_other_side_nothing():
    html = to_html(Rich("[AP](https://autoriteitpersoonsgegevens.nl)", "markdown"))
    assert 'href="https://autoriteitpersoonsgegevens.nl"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        (Rich("**AVG**", "markdown"), "<strong>AVG</strong>"),
        (Rich("<p>The east.</p>", "html"), "The east."),
        (Rich("<p>one</p><p>two</p>", "html"), "one two"),
        (Rich("<ul><li>one</li><li>two</li></ul>", "html"), "one two"),
        (Rich("x<sup>2</sup>", "moodle"), "x<sup>2</sup>"),
    ],
)
def test_an_option_stays_inside_its_line(text, inline):
    assert to_inline_html(text) == inline


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (Rich("Which **law**?\n\nThis one.", "markdown"), "Which law? This one."),
        (Rich("<p>one</p><p>two &amp; three</p>", "html"), "one two & three"),
        (Rich("a < b", "plain"), "a < b"),
    ],
)
def test_the_words_alone_are_for_lists(text, plain):
    assert to_plain(text) == plain


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (4.0, 4.0, "4"),
        (3.141, 3.142, "3.141 – 3.142"),
        (1500.0, 1500.0, "1500"),
        (0.2, 0.2, "0.2"),
        (-3.0, 2.5, "-3 – 2.5"),
    ],
)
def test_numbers_are_shown_as_an_author_meant_them(low, high, shown):
    assert span(Span(low, high, 1)) == shown


def test_formulas_as_moodle_writes_them_are_drawn() -> None:
    shown = str(to_html(Rich(r"<p>\(a &lt; b\), \[\frac{1}{2}\] and $$x$$</p>", "html")))
    assert shown.count("<math") == 3
    assert shown.count('display="block"') == 2
    assert "<mo>&lt;</mo>" in shown
    assert str(to_html(Rich(r"\(x\) costs $5", "moodle"))).endswith("</math> costs $5")
    assert "alert" not in str(to_html(Rich(r"\(<script>alert(1)</script>\)", "html"))).replace("<mi>", "")
    assert str(to_html(Rich(r"\(open", "html"))) == r"\(open"

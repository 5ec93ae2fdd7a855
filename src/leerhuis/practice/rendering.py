"""Texts of questions as safe HTML: whatever an author or a file brings, no script, style, frame or foreign picture."""

import re
from functools import lru_cache
from typing import Final

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from leerhuis.practice.exchange.gift_items import Rich

TAGS: Final = frozenset(
    {
        "p",
        "br",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "sub",
        "sup",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
    }
    | {"thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "a", "span", "div", "hr"}
)
ATTRIBUTES: Final = {"a": {"href", "title"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").disable("image")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCKS: Final = frozenset({"p", "div", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "pre", "table", "hr"})
_ONE_PARAGRAPH: Final = re.compile(r"\s*<p>((?:(?!<p>).)*)</p>\s*", re.DOTALL)


@lru_cache(maxsize=4096)
def to_html(text: Rich) -> SafeString:
    """Return a text as HTML in blocks (paragraphs, lists), safe to put on a page."""
    return mark_safe(_clean(_html(text), TAGS))  # noqa: S308 - cleaned just here


@lru_cache(maxsize=4096)
def to_inline_html(text: Rich) -> SafeString:
    """Return a text as HTML inside a line (an option, a label): blocks are taken out, their words stay."""
    html = _html(text)
    if found := _ONE_PARAGRAPH.fullmatch(html):
        html = found[1]
    spaced = re.sub(r"</(p|div|li|h[345])>\s*(?=<)", " ", html)
    return mark_safe(_clean(spaced, TAGS - _BLOCKS).strip())  # noqa: S308 - cleaned just here


def to_plain(text: Rich) -> str:
    """Return the words of a text alone, on one line: for lists and selects."""
    words = nh3.clean(_html(text).replace("<", " <"), tags=set())
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        words = words.replace(entity, char)
    return re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r"\s+", " ", words)).strip()


def _html(text: Rich) -> str:
    match text.format:
        case "html":
            return text.text
        case "markdown":
            return str(_MARKDOWN.render(text.text))
        case "moodle":
            # Moodle's own format: HTML where there is some, and a new line is a new line.
            return (text.text if _TAG.search(text.text) else str(escape(text.text))).replace("\n", "<br>")
        case _:
            return str(escape(text.text)).replace("\n", "<br>")


def _clean(html: str, tags: frozenset[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items() if tag in tags},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )

"""A course's description: text with simple marks (Markdown) as safe HTML, without foreign pictures or code."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKS = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def as_html(text: str, top: int = 3) -> SafeString:
    """Return a text with simple marks as HTML: with links, without pictures and code.

    A page has headings of its own, so those of the text ("# Programme" and "## Programme" alike) begin at level `top`.
    """
    tokens = _MARKS.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(top, int(token.tag[1]) + top - 2))}"
        _leave_quietly(token)
    written: str = _MARKS.renderer.render(tokens, _MARKS.options, {})
    return mark_safe(written)  # noqa: S308 - Markdown with HTML switched off


def _leave_quietly(token: Token) -> None:
    """Have a link to another site tell that site nothing about the reader."""
    for child in token.children or ():
        if child.type == "link_open" and not str(child.attrGet("href") or "").startswith(("/", "#")):
            child.attrSet("rel", "noopener noreferrer")

"""The tag library `practice`: texts of questions, and numbers as an author meant them."""

from django import template
from django.utils.safestring import SafeString

from leerhuis.practice import rendering
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Span
from leerhuis.practice.shelves import Shelf

register = template.Library()


@register.filter
def rich(text: Rich | None, shelf: Shelf | None = None) -> SafeString:
    """`{{ question.stem_text|rich:shelf }}` → the text with its paragraphs, lists and pictures; empty for None."""
    return rendering.to_html(text, shelf) if text else SafeString("")


@register.filter
def rich_inline(text: Rich | None, shelf: Shelf | None = None) -> SafeString:
    """`{{ option.words|rich_inline:shelf }}` → the text inside a line."""
    return rendering.to_inline_html(text, shelf) if text else SafeString("")


@register.filter
def rich_plain(text: Rich | None) -> str:
    """`{{ question.stem_text|rich_plain }}` → the words alone."""
    return rendering.to_plain(text) if text else ""


@register.filter
def span(numbers: Span) -> str:
    """`{{ span|span }}` → "4", or "3,13 – 3,15"."""
    return rendering.to_figures(numbers)

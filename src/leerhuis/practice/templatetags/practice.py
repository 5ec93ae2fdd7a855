"""The tag library `practice`: texts of questions, and numbers as an author meant them."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from leerhuis.practice import rendering
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Span

register = template.Library()


@register.filter
def rich(text: Rich | None) -> SafeString:
    """`{{ question.stem_text|rich }}` → the text with its paragraphs and lists; empty for None."""
    return rendering.to_html(text) if text else SafeString("")


@register.filter
def rich_inline(text: Rich | None) -> SafeString:
    """`{{ option.words|rich_inline }}` → the text inside a line."""
    return rendering.to_inline_html(text) if text else SafeString("")


@register.filter
def rich_plain(text: Rich | None) -> str:
    """`{{ question.stem_text|rich_plain }}` → the words alone."""
    return rendering.to_plain(text) if text else ""


@register.filter
def span(numbers: Span) -> str:
    """`{{ span|span }}` → "4", or "3,13 – 3,15"."""
    low, high = _figure(numbers.low), _figure(numbers.high)
    return low if low == high else f"{low} – {high}"


def _figure(value: float) -> str:
    exact = Decimal(repr(value))
    exact = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    return str(number_format(exact, use_l10n=True))

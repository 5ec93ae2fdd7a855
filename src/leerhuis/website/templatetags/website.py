"""Template tags of the public site."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from leerhuis.website.cards import card_html, face_of
from leerhuis.website.queries import Card

register = template.Library()


@register.simple_tag(takes_context=True)
def course_card(context: dict[str, Any], card: Card) -> SafeString:
    """`{% course_card card %}` → a course of the catalogue with its next date, price and seats."""
    return card_html(face_of(card, with_practice=context["chosen"].features.practice))

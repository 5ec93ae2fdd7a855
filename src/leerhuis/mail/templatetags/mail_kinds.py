"""`{% load mail_kinds %}`: what staff call a kind of mail."""

from django import template
from django.utils.translation import get_language

from leerhuis.mail.kinds import all_kinds

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """`{{ message.kind|kind_name }}` → "confirmation of your enrolment", in the language of the page."""
    found = all_kinds().get(kind)
    if found is None:
        return kind
    return found.en if (get_language() or "nl").startswith("en") else found.nl

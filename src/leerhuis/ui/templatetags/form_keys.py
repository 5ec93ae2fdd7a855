"""`{% csrf_token %}` of this house: besides Django's own field it gives each form a key, so that it has one effect.

It is a built-in of the templates (`config/settings.py`), so that a page of a library, too, cannot forget it.
"""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leerhuis.base.once import FIELD, fresh_key

register = template.Library()


@register.simple_tag(takes_context=True, name="csrf_token")
def form_keys(context: Context) -> SafeString:
    """`{% csrf_token %}`: the hidden fields of a form that is sent: that it is ours, and its key (`base.once`)."""
    token = str(context.get("csrf_token") or "")
    ours = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else ""
    return format_html('{}<input type="hidden" name="{}" value="{}">', ours, FIELD, fresh_key())

"""What is shared with an employer, as the cells of a table."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leerhuis.results.queries import Share
from leerhuis.ui.templatetags.ui import progress_ring

register = template.Library()


@register.filter
def as_cell(share: Share) -> SafeString:
    """`{{ line.result|as_cell }}` → what is shared, with a ring where it has a figure; or, quietly, why it is not."""
    if not share.shared:
        return format_html('<span class="text-secondary">{}</span>', share.words)
    words = format_html("{}", share.words)
    if share.percent is not None:
        ring = progress_ring(share.percent, share.words, "sm")
        words = format_html('<span class="cluster">{}<span>{}</span></span>', ring, share.words)
    details = format_html_join("", '<br><span class="text-secondary">{}: {}</span>', share.details)
    return format_html("{}{}", words, details)

"""How pages and mails say what is the matter with the backups."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerhuis.operations.queries import troubles_now
from leerhuis.operations.standing import GRAVE, Trouble
from leerhuis.operations.telling import TELLS
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone

register = template.Library()


@register.filter
def trouble_words(key: str) -> str:
    """`{{ "late"|trouble_words }}` → "De nieuwste reservekopie is meer dan een dag oud. …"."""
    told = TELLS[Trouble(key)]
    return f"{told.what} {told.todo}"


@register.simple_tag
def backups_status() -> SafeString:
    """`{% backups_status %}`: one word on how the backups stand."""
    found = troubles_now()
    if not settings.BACKUPS_ON:
        return status(_("none are made here"), Tone.QUIET)
    if not found:
        return status(_("as they should be"), Tone.GOOD)
    return status(_("need attention"), Tone.BAD if GRAVE & set(found) else Tone.CARE)

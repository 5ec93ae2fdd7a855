"""How values and columns are read: a text as it was meant, a category, terms, readers and fate in words."""

from collections.abc import Mapping

from django import template
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.audiences import AUDIENCES
from leerhuis.charter.datamap import DELETED, KEPT_BY_LAW, STAYS, Column
from leerhuis.mail.render import body_html
from leerhuis.privacy.phrases import Language, pick
from leerhuis.privacy.rows import Cell, Row
from leerhuis.ui.wording import day_long

register = template.Library()

AGREED = " if agreed"
FATES: Mapping[str, str | Promise] = {
    STAYS: _("stays: it is about nobody"),
    DELETED: _("erased"),
    KEPT_BY_LAW: _("kept until the term ends, because the law asks it"),
    "person removed": _("stays, without the person"),
    "emptied": _("emptied"),
    "handed over first": _("handed over to somebody else first"),
}


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def category(column: Column, words: Mapping[str, str]) -> str:
    """`{{ column|category:words }}` → the category in words; for data about nobody the reason why, as in the code."""
    known = words.get(column.word)
    return known or format_html('<span lang="en">{}</span>', column.word.removeprefix("nothing: "))


@register.filter
def terms(column: Column, in_force: Mapping[str, str]) -> str:
    """`{{ column|terms:in_force }}` → "7 jaar, 1 jaar": what holds in this academy, each length once."""
    return ", ".join(dict.fromkeys(in_force[name] for name in column.purposes if name in in_force))


@register.filter
def purposes(column: Column, titles: Mapping[str, str]) -> SafeString:
    """`{{ column|purposes:titles }}` → what the column is kept for, each leading to its sentences in the statement."""
    statement = reverse("privacy_statement")
    found = ((statement, name, titles.get(name, name)) for name in column.purposes)
    return format_html_join("; ", '<a href="{}#{}">{}</a>', found)


@register.filter
def readers(column: Column) -> str:
    """`{{ column|readers }}` → who sees it, in words."""
    found = []
    for key in column.audiences:
        audience = AUDIENCES[key.removesuffix(AGREED)]
        name = pick(_language(), audience.nl, audience.en)
        found.append(f"{name} ({pick(_language(), 'als afgesproken', 'if agreed')})" if key.endswith(AGREED) else name)
    return "; ".join(found)


@register.filter
def fate(column: Column) -> str:
    """`{{ column|fate }}` → what becomes of it when the person is erased."""
    return str(FATES.get(column.on_erasure, column.on_erasure))


@register.filter
def meant(cell: Cell) -> str:
    """`{{ cell|meant }}` → a value as it was meant to be read: Markdown as HTML, with other HTML shown as text."""
    if cell.marks and not cell.withheld:
        return mark_safe(body_html(cell.text))  # noqa: S308 - Markdown with HTML switched off
    return linebreaksbr(cell.text) if "\n" in cell.text else conditional_escape(cell.text)


@register.simple_tag
def cells_of(row: Row, kept_until: str) -> SafeString:
    """`{% cells_of row kept.until %}` → what a row tells, and until when it is kept, as terms and values.

    Written here since a page of one's own data has hundreds of values, and a template takes dozens of steps for each.
    """
    until = _("until %(day)s") % {"day": day_long(row.until)} if row.until else kept_until
    told = [(cell.label, meant(cell)) for cell in row.told]
    return format_html_join("\n", "<div><dt>{}</dt><dd>{}</dd></div>", [*told, (_("Kept"), until)])

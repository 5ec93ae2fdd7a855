"""The tag library `ui`: components and the wording of dates, money and names."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django_vite.core.asset_loader import DjangoViteAssetLoader

from leerhuis.ui import undoing, wording
from leerhuis.ui.tones import MESSAGE_TONES, SIGNS, Tone

register = template.Library()


# Words


def _moment(value: Any) -> Any:
    return value if isinstance(value, date) else None


@register.filter
def day(value: Any) -> str:
    """`{{ d|day }}` → "di 14 januari 2027"; empty when there is no date."""
    return wording.day(value) if _moment(value) else ""


@register.filter
def day_short(value: Any) -> str:
    """`{{ d|day_short }}` → "14 jan 2027"."""
    return wording.day_short(value) if _moment(value) else ""


@register.filter
def day_long(value: Any) -> str:
    """`{{ d|day_long }}` → "14 januari 2027"."""
    return wording.day_long(value) if _moment(value) else ""


@register.filter
def day_time(value: Any) -> str:
    """`{{ moment|day_time }}` → "di 14 januari 2027, 9.30 uur"; a date without a time gives the day."""
    if isinstance(value, datetime):
        return wording.day_time(value)
    return day(value)


@register.filter
def clock_time(value: Any) -> str:
    """`{{ moment|clock_time }}` → "9.30 uur"."""
    return wording.clock_time(value) if isinstance(value, datetime) else ""


@register.simple_tag
def hours(start: datetime, end: datetime) -> str:
    """`{% hours lesson.starts_at lesson.ends_at %}` → "9.30–17.00 uur"."""
    return wording.hours(start, end)


@register.filter
def euro(value: Any) -> str:
    """`{{ amount|euro }}` → "€ 1.250,00"; empty when there is no amount."""
    try:
        return wording.euro(Decimal(str(value))) if value not in (None, "") else ""
    except InvalidOperation:
        return ""


@register.filter
def number(value: Any) -> str:
    """`{{ count|number }}` → "12.500"."""
    return wording.number(value) if isinstance(value, int | float | Decimal) else ""


@register.filter
def person_name(value: Any) -> str:
    """`{{ person|person_name }}` → the name as the person writes it."""
    return wording.person_name(value)


@register.filter
def initials(value: Any) -> str:
    """`{{ person|initials }}` → "AB"."""
    return wording.initials(wording.person_name(value))


@register.filter
def grouped(key: str) -> str:
    """`{{ secret|grouped }}` → a long key in groups of four, to read and type."""
    text = str(key)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def message_tone(tags: str) -> str:
    """`{{ message.level_tag|message_tone }}` → the tone of one of Django's messages."""
    return str(MESSAGE_TONES.get(tags, Tone.NOTE))


@register.filter
def way_back(tags: str) -> Any:
    """`{{ message.extra_tags|way_back }}` → address and fields of the button that takes it back, or None."""
    return undoing.way_back(tags or "")


@register.filter
def tone_sign(tone: str) -> str:
    """`{{ tone|tone_sign }}` → the icon that says what the tone says."""
    return SIGNS[Tone(tone)]


@register.filter
def language_name(code: str) -> str:
    """`{{ "en"|language_name }}` → the language in its own words."""
    return str(get_language_info(code)["name_local"]).capitalize()


# Components


@register.simple_tag
def icon(name: str, label: str = "", css: str = "", sprite: str = "") -> SafeString:
    """`{% icon "calendar-event" %}`: one icon of the set in `frontend/icons.txt`.

    It is hidden from screen readers unless `label` gives it words of its own. `sprite` is the address of another set.
    """
    if not label:
        return _silent_icon(name, css, sprite)
    return _drawn(name, css, format_html('role="img" aria-label="{}"', label), sprite)


@cache
def _silent_icon(name: str, css: str, sprite: str) -> SafeString:
    """Return an icon without words: a page has dozens, and they come from templates alone."""
    return _drawn(name, css, mark_safe('aria-hidden="true"'), sprite)


def _drawn(name: str, css: str, spoken: SafeString, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" {} focusable="false" width="20" height="20"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        spoken,
        sprite or DjangoViteAssetLoader.instance().generate_vite_asset_url("icons.svg", "default"),
        name,
    )


@register.simple_tag
def status(word: str, tone: str = Tone.QUIET, sign: str = "", plain: bool = False) -> SafeString:  # noqa: FBT001, FBT002 -- called from templates
    """`{% status "Bevestigd" "good" %}`: a word and a sign; `sign` names another icon, `plain` drops the background."""
    chosen = Tone(tone)
    return format_html(
        '<span class="status tone-{}{}">{}{}</span>',
        str(chosen),
        " status-plain" if plain else "",
        icon(sign or SIGNS[chosen]),
        word,
    )


@register.simple_block_tag(takes_context=True)
def page_header(
    context: Context, content: str, *, title: str, subtitle: str = "", eyebrow: str = "", crumbs: Any = ()
) -> SafeString:
    """`{% page_header title=… subtitle=… %}<a class="btn btn-primary">…</a>{% endpage_header %}`: the head of a page.

    The block holds the one main act (a verb) and at most two others; `crumbs` is a list of (words, address).
    """
    return _part("page_header", context, title=title, subtitle=subtitle, eyebrow=eyebrow, crumbs=crumbs, acts=content)


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, *, title: str = "", main: bool = False, level: int = 2) -> SafeString:
    """`{% card title=… %}…{% endcard %}`: a surface; `main=True` for the one that matters most on the page."""
    return _part("card", context, title=title, main=main, level=level, body=content)


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, *, title: str, sign: str = "inbox", text: str = "") -> SafeString:
    """`{% empty_state title=… text=… %}<a class="btn">…</a>{% endempty_state %}`: nothing here, and what to do next."""
    return _part("empty_state", context, title=title, sign=sign, text=text, acts=content)


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, *, tone: str = Tone.NOTE, title: str = "") -> SafeString:
    """`{% notice tone="care" title=… %}<p>…</p>{% endnotice %}`: a message that stays in the page."""
    chosen = Tone(tone)
    return _part("notice", context, tone=str(chosen), sign=SIGNS[chosen], title=title, body=content)


@register.simple_block_tag(takes_context=True)
def why(context: Context, content: str, *, words: str = "") -> SafeString:
    """`{% why %}…{% endwhy %}`: "why is this here?", opened on demand beside a personal field."""
    return _part("why", context, words=words, body=content)


@register.inclusion_tag("ui/parts/data_list.html")
def data_list(pairs: Any) -> dict[str, Any]:
    """`{% data_list pairs %}`: terms and values; `pairs` is a dict or a list of (term, value)."""
    known = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {"pairs": [(term, "–" if value is None or value == "" else value) for term, value in known]}


_RING = (
    '<span class="ring{}" role="img" aria-label="{}: {}%"><svg viewBox="0 0 100 100" aria-hidden="true">'
    '<circle cx="50" cy="50" r="44" />{}</svg><span class="ring-value" aria-hidden="true">{}%</span></span>'
)
_ARC = '<circle cx="50" cy="50" r="44" pathLength="100" stroke-dasharray="{} 100" />'


@register.simple_tag
def progress_ring(percent: float, label: str, size: str = "") -> SafeString:
    """`{% progress_ring 78 "Beheersing" %}`: a ring with its figure; `size` is "", "sm" or "lg"."""
    whole = max(0, min(100, round(float(percent or 0))))
    arc = format_html(_ARC, whole) if whole else ""
    return format_html(_RING, f" ring-{size}" if size else "", label, whole, arc, whole)


@register.inclusion_tag("ui/parts/stat.html")
def stat(value: Any, label: str, note: str = "", url: str = "") -> dict[str, Any]:
    """`{% stat 12 "inschrijvingen" note="3 deze week" %}`, inside `<div class="stats">`: one figure."""
    return {"value": value, "label": label, "note": note, "url": url}


@register.inclusion_tag("ui/parts/breadcrumb.html")
def breadcrumb(crumbs: Any) -> dict[str, Any]:
    """`{% breadcrumb crumbs %}`: where this page stands; `crumbs` is a list of (words, address)."""
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """`{% pagination page_obj %}`: the pages of a list, keeping the filters in the address."""
    return {
        "page": page,
        "parameter": parameter,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "request": context.get("request"),
        "gap": page.paginator.ELLIPSIS,
    }


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int, parameter: str) -> str:
    """Return the address of another page of the same list, filters kept."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def undo_bar(context: Context, words: str, url: str, seconds: int = 20, fields: Any = ()) -> SafeString:
    """`{% undo_bar "Inschrijving geannuleerd." url %}`: what was done and a button that takes it back, for a while.

    `fields` are the (name, value) pairs that the button sends.
    """
    return _part("undo_bar", context, words=words, url=url, seconds=seconds, fields=fields)


@register.simple_tag
def field_reason(words: str) -> SafeString:
    """`{% field_reason "Hierheen sturen wij uw certificaat." %}`: half a sentence under the label of a field."""
    return format_html('<p class="field-reason">{}</p>', words)


@register.simple_tag
def other_languages() -> list[str]:
    """Return the codes of the languages that this page is not in."""
    return [code for code, _ in settings.LANGUAGES if code != get_language()]


def _part(name: str, context: Context, **values: Any) -> SafeString:
    """Render a part without running the context processors again."""
    return render_to_string(f"ui/parts/{name}.html", {"csrf_token": context.get("csrf_token"), **values})

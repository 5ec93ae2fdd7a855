"""The gaps of a text as it is shown: fields before the answer, marks after it. All of it safe HTML."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerhuis.practice.grading import Outcome, Verdict
from leerhuis.practice.kinds import Choices, Cloze, Gap, Numbers, ShortText
from leerhuis.practice.rendering import to_figures, to_plain

LONGEST_FIELD = 30  # letters that a field in a text is wide


def gap_fields(cloze: Cloze, typed: list[str]) -> dict[int, SafeString]:
    """Return a field for each gap, by its number; `typed` is what was filled in before (each may be empty)."""
    return {n + 1: _field(n, gap, typed[n] if n < len(typed) else "") for n, gap in enumerate(cloze.gaps)}


def gap_marks(cloze: Cloze, filled: list[str], parts: tuple[Verdict, ...]) -> dict[int, SafeString]:
    """Return for each gap what was filled in, a sign and words for how it was, and what is right where it was not."""
    told = zip(cloze.gaps, filled, parts, strict=True)
    return {n + 1: _mark(gap, given, part) for n, (gap, given, part) in enumerate(told)}


def right_of(gap: Gap) -> str:
    """Return what is right in a gap: the first form, option or span that counts wholly."""
    match gap:
        case ShortText(forms):
            return next((form.text for form in forms if form.share >= 1 and "*" not in form.text), "")
        case Numbers(spans, units=units):
            right = next((to_figures(span) for span in spans if span.share >= 1), "")
            return f"{right} {units[0].text}" if units else right
        case Choices(options):
            return next((to_plain(option.text) for option in options if option.share >= 1), "")


def given_in(gap: Gap, filled: str) -> str:
    """Return what was filled in as a reader knows it: of an option its words."""
    if isinstance(gap, Choices):
        return next((to_plain(option.text) for option in gap.options if option.key == filled), "")
    return filled.replace("¦", "|")


def _field(place: int, gap: Gap, typed: str) -> SafeString:
    words = _("Gap %(number)s") % {"number": place + 1}
    if isinstance(gap, Choices):
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (option.key, SafeString(" selected") if option.key == typed else "", to_plain(option.text))
                for option in gap.options
            ),
        )
        return format_html(
            '<select class="form-select gap" name="gap-{}" id="gap-{}" aria-label="{}">'
            '<option value="">{}</option>{}</select>',
            place,
            place,
            words,
            _("choose"),
            options,
        )
    unit = _unit_beside(gap)
    mode = SafeString(' inputmode="decimal"') if isinstance(gap, Numbers) and not gap.unit_needed else ""
    field = format_html(
        '<input class="form-control gap" type="text" name="gap-{}" id="gap-{}" aria-label="{}" value="{}" size="{}"'
        ' maxlength="400" autocomplete="off" autocapitalize="off" spellcheck="false"{}>',
        place,
        place,
        f"{words} ({unit})" if unit else words,
        typed,
        _width(gap),
        mode,
    )
    return format_html("{} {}", field, unit) if unit else field


def _unit_beside(gap: Gap) -> str:
    """Return the unit that stands beside a field in which a number alone is typed."""
    return gap.units[0].text if isinstance(gap, Numbers) and gap.units and not gap.unit_needed else ""


def _with_unit(gap: Gap, given: str) -> str:
    """Return a number with the unit that stood beside its field, unless it was typed as well."""
    unit = _unit_beside(gap)
    return f"{given} {unit}" if unit and given and given[-1].isdigit() else given


def _width(gap: Gap) -> int:
    """Return how wide a field is: the same for every gap of its kind and about so long, so that it tells little."""
    longest = max((len(form.text) for form in gap.forms), default=0) if isinstance(gap, ShortText) else 0
    return min(LONGEST_FIELD, max(8, -(-longest // 10) * 10))


def _mark(gap: Gap, filled: str, part: Verdict) -> SafeString:
    given = _with_unit(gap, given_in(gap, filled))
    if part.outcome is Outcome.RIGHT:
        return format_html(
            '<span class="gap-mark is-right">{}<span class="visually-hidden"> ({})</span></span>',
            part.meant or given,
            _("right"),
        )
    shown = format_html('<s class="gap-given">{}</s> ', given) if given else ""
    return format_html(
        '<span class="gap-mark is-wrong">{}<span class="visually-hidden">{} </span><strong>{}</strong></span>',
        shown,
        _("right is:"),
        right_of(gap),
    )

"""The lists of privacy: requests at the desk of the privacy officer, and suppliers."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.base.text import fold
from leerhuis.lists.listing import Column, Listing, by_filter, leads_to
from leerhuis.people.models import Person
from leerhuis.privacy.docket import listed_requests, with_people
from leerhuis.privacy.firms import as_supplier
from leerhuis.privacy.forms import FirmFilter
from leerhuis.privacy.models import Complaint, Firm, Redaction, Request
from leerhuis.privacy.overview import missing_of
from leerhuis.privacy.phrases import Language, pick, place_in
from leerhuis.privacy.queries import firms_for
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone

PURPOSE = "privacy.requests"
SOON = 7


class RequestFilter(django_filters.FilterSet):
    """Searching the requests; those that wait for a reply come first."""

    q = django_filters.CharFilter(label=gettext_lazy("Name, address or reference"), method="with_words")
    open = django_filters.ChoiceFilter(
        label=gettext_lazy("Stand"),
        choices=[("open", gettext_lazy("waits for a reply")), ("late", gettext_lazy("past its last day")),
                 ("closed", gettext_lazy("closed"))],
        method="standing",
        empty_label=gettext_lazy("all"),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a person", "Right"), choices=Request.Kind.choices, empty_label=gettext_lazy("all")
    )
    channel = django_filters.ChoiceFilter(
        label=gettext_lazy("Came by"), choices=Request.Channel.choices, empty_label=gettext_lazy("all")
    )

    class Meta:
        model = Request
        fields = ()

    def with_words(self, queryset: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        """Keep requests of which the person's name, what was given, or the reference holds every word."""
        for part in value.split()[:6]:
            known = Person.objects.filter(Q(sort_name__contains=fold(part)) | Q(email__icontains=part))
            given = Q(given_name__icontains=part) | Q(given_address__icontains=part)
            tail = part.upper().removeprefix("V-").lower()
            queryset = queryset.filter(Q(person__in=known.values("pk")) | given | Q(id__iendswith=tail))
        return queryset

    def standing(self, queryset: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        """Keep what waits for a reply, what is late, or what is closed."""
        if value == "closed":
            return queryset.exclude(closed_at=None)
        waiting = queryset.filter(closed_at=None)
        return waiting.filter(due_on__lt=clock.today()) if value == "late" else waiting


def whose(request: Any) -> str:
    """Return who asked, as the desk calls them: the person, else the name that was given."""
    return request.whose.name if request.whose else (request.given_name or _("somebody unknown"))


def days_in_words(request: Request | Complaint | Redaction) -> str:
    """Return how long there is time for an answer or a look: "6 days left", "2 days late"; nothing once done."""
    left = request.days_left
    if not request.is_open:
        return ""
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    if left == 0:
        return _("last day today")
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


def tone_of(request: Request | Complaint | Redaction) -> Tone:
    """Return how pressing a request or complaint is."""
    if not request.is_open:
        return Tone.GOOD
    if request.days_left < 0:
        return Tone.BAD
    return Tone.CARE if request.days_left <= SOON else Tone.NOTE


def _left(request: Request) -> str:
    return status(days_in_words(request) or _("answered"), tone_of(request), plain=True)


def _keeper(request: Any) -> str:
    return request.keeper.name if request.keeper else ""


def _kind(request: Request) -> str | Promise:
    return request.get_kind_display()


REQUESTS = Listing(
    key="requests",
    title=gettext_lazy("Requests about data"),
    columns=(
        Column("whose", gettext_lazy("Who"), whose),
        Column("kind", pgettext_lazy("of a person", "Right"), _kind, sort=("kind",)),
        Column("left", gettext_lazy("Time left"), days_in_words, _left, sort=("is_closed", "due_on")),
        Column("due", gettext_lazy("Last day"), lambda r: r.due_on, sort=("due_on",)),
        Column("state", gettext_lazy("State"), lambda r: r.get_state_display(), sort=("state",)),
        Column("owner", gettext_lazy("Handled by"), _keeper),
        Column("channel", gettext_lazy("Came by"), lambda r: r.get_channel_display(), sort=("channel",), shown=False),
        Column("received", gettext_lazy("Received"), lambda r: r.received_at, sort=("received_at",)),
        Column("decision", gettext_lazy("Decision"), lambda r: r.get_decision_display(), shown=False),
        Column("reference", gettext_lazy("Reference"), lambda r: r.reference, shown=False),
    ),
    search=by_filter(RequestFilter, listed_requests),
    address=leads_to("privacy_request"),
    order="left",
    name=lambda request: f"{request.get_kind_display()} {request.reference}",
    lines=with_people,
    subject=lambda request: request.person,
    purpose=PURPOSE,
    screen="privacy_requests_list",
)


# --- suppliers -----------------------------------------------------------------------------------------------------
def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _does(firm: Firm) -> str:
    return pick(_language(), firm.role_nl, firm.role_en)


def _name(firm: Firm) -> str:
    return format_html('{} <span class="row-sub">{}</span>', firm.name, _does(firm))


def _place(firm: Firm) -> str:
    return place_in(firm.place, _language())


def _kind_of_firm(firm: Firm) -> str:
    return str(_("processor") if firm.processor else _("responsible itself"))


def _gaps(firm: Firm) -> list[str]:
    return list(missing_of(as_supplier(firm))) if firm.is_live else []


def _state(firm: Firm) -> str:
    if not firm.is_live:
        return str(_("ended"))
    count = len(_gaps(firm))
    words = ngettext("%(count)d thing to write down", "%(count)d things to write down", count) % {"count": count}
    return words if count else str(_("in order"))


def _state_shown(firm: Firm) -> str:
    tone = Tone.QUIET if not firm.is_live else Tone.CARE if _gaps(firm) else Tone.GOOD
    return status(_state(firm), tone)


def _ended_on(firm: Firm) -> Any:
    return firm.ended_at.astimezone(clock.zone()).date() if firm.ended_at else None


FIRMS = Listing(
    key="suppliers",
    title=gettext_lazy("Suppliers"),
    columns=(
        Column("name", gettext_lazy("Name"), lambda f: f.name, _name, sort=("name",), also=("does",), wide=True),
        Column("does", gettext_lazy("What it does"), _does, shown=False),
        Column("kind", gettext_lazy("Kind"), _kind_of_firm, sort=("processor", "name")),
        Column("place", gettext_lazy("Country"), _place, sort=("place", "name")),
        Column("since", gettext_lazy("Agreement of"), lambda f: f.agreement_since, sort=("agreement_since", "name")),
        Column("until", gettext_lazy("Holds until"), lambda f: f.agreement_until, sort=("agreement_until", "name")),
        Column("reference", gettext_lazy("Agreement kept"), lambda f: f.agreement_reference, shown=False),
        Column("transfer", gettext_lazy("Ground of the transfer"), lambda f: f.get_transfer_display(), shown=False),
        Column("transfer_on", gettext_lazy("Date of the ground"), lambda f: f.transfer_on, shown=False),
        Column("hosts", gettext_lazy("Host names"), lambda f: f.hosts, shown=False),
        Column("ended", gettext_lazy("Ended"), _ended_on, sort=("ended_at", "name"), shown=False),
        Column("state", gettext_lazy("State"), _state, _state_shown),
    ),
    search=by_filter(FirmFilter, firms_for),
    address=leads_to("privacy_firm"),
    order="name",
    name=lambda f: f.name,
)

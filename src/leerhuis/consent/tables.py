"""The list of the ledger: its columns and how it is searched."""

from datetime import datetime
from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leerhuis.consent.forms import language
from leerhuis.consent.models import ALL, Choice
from leerhuis.consent.queries import ledger
from leerhuis.consent.topics import interests, topics_by_id
from leerhuis.lists.listing import Column, Listing, by_filter
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import day_time

PURPOSE = "consent.ledger"
_TONES = {Choice.Step.GIVEN: Tone.GOOD, Choice.Step.WITHDRAWN: Tone.CARE, Choice.Step.OBJECTED: Tone.BAD}


class ChoiceFilter(django_filters.FilterSet):
    """By address or name, by what happened and by way."""

    q = django_filters.CharFilter(label=_("Name, or e-mail address"), method="with_words")
    step = django_filters.ChoiceFilter(label=_("What"), choices=Choice.Step.choices, empty_label=_("all"))
    channel = django_filters.ChoiceFilter(label=_("How"), choices=Choice.Channel.choices, empty_label=_("all"))

    class Meta:
        model = Choice
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Choice], name: str, value: str) -> QuerySet[Choice]:
        """Keep lines of readers whose name or address holds every word."""
        for part in value.split()[:6]:
            person = Q(reader__person__sort_name__icontains=part) | Q(reader__person__email__icontains=part)
            queryset = queryset.filter(person | Q(reader__email__icontains=part))
        return queryset


def _who(line: Choice) -> str:
    person = line.reader.person
    return person.name if person is not None else line.reader.address


def _reader(line: Choice) -> str:
    person = line.reader.person
    if person is None:
        return line.reader.address
    return format_html('{} <span class="row-sub">{}</span>', person.name, line.reader.address)


def _topic(line: Choice) -> str:
    if line.topic == ALL:
        return str(_("all news and offers"))
    names = {id: topic.name for id, topic in topics_by_id(language()).items()}
    names |= {each.id: each.name for each in interests(language())}
    return names.get(line.topic, line.topic)


def _step(line: Choice) -> str:
    return status(line.get_step_display(), _TONES.get(Choice.Step(line.step), Tone.NOTE))


def _when(line: Choice) -> datetime:
    return line.created_at


def _page(line: Choice) -> str:
    return reverse("consent_ledger_list") + f"?q={line.reader.address}"


LEDGER = Listing(
    key="ledger",
    title=_("Ledger of consents"),
    columns=(
        Column("who", _("Who"), _who, _reader, also=("address",), wide=True),
        Column("address", _("E-mail address"), lambda line: line.reader.address, shown=False),
        Column("topic", _("What about"), _topic, sort=("topic",)),
        Column("step", _("What"), lambda line: line.get_step_display(), _step, sort=("step",)),
        Column(
            "when",
            _("When"),
            lambda line: line.created_at,
            lambda line: day_time(line.created_at),
            sort=("created_at",),
        ),
        Column("channel", _("How"), lambda line: line.get_channel_display(), sort=("channel",)),
        Column("reference", _("Written down in"), lambda line: line.reference, shown=False),
        Column("wording", _("On which words"), lambda line: line.wording.text if line.wording else "", shown=False),
    ),
    search=by_filter(ChoiceFilter, ledger),
    address=_page,
    order="-when",
    name=_who,
    subject=lambda line: line.reader.person_id,
    purpose=PURPOSE,
    screen="consent_ledger_list",
    peek=False,
)

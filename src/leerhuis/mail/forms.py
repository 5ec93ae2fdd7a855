"""Searching the outbox."""

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.mail.models import Message


class MessageFilter(django_filters.FilterSet):
    """By reader, subject line and how far it has come."""

    q = django_filters.CharFilter(label=_("To, or subject"), method="with_words")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Message.State.choices, empty_label=_("all"))

    class Meta:
        model = Message
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """Keep mails whose reader, address or subject holds every word."""
        for part in value.split()[:6]:
            words = Q(to_name__icontains=part) | Q(to_address__icontains=part) | Q(title__icontains=part)
            queryset = queryset.filter(words)
        return queryset

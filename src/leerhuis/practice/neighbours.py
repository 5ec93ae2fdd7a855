"""The question before one and the one after it, for whoever goes through a bank with the keys."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from leerhuis.practice.models import Question


def neighbours_of(question: Question) -> tuple[UUID | None, UUID | None]:
    """Return the question before one in its bank and the one after it, in the order of the bank."""
    of_bank = Question.objects.filter(topic__bank=question.topic.bank_id)
    here = (question.topic.position, question.position, question.id)
    keys = ("topic__position", "position", "pk")
    before, after = (
        of_bank.filter(_beyond(keys, here, way))
        .order_by(*(f"{'-' if way == 'lt' else ''}{key}" for key in keys))
        .values_list("pk", flat=True)
        .first()
        for way in ("lt", "gt")
    )
    return before, after


def _beyond(keys: Sequence[str], here: Sequence[Any], way: str) -> Q:
    """Return the rows that lie before ("lt") or after ("gt") a place in an order of several columns."""
    found = Q()
    for at, key in enumerate(keys):
        same = dict(zip(keys[:at], here[:at], strict=True))
        found |= Q(**same, **{f"{key}__{way}": here[at]})
    return found

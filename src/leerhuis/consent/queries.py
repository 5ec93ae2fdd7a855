"""Reading agreements, within rights."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leerhuis.consent.models import Agreement
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import organisations_for


def agreement_in_force(organisation: Organisation) -> Agreement | None:
    """Return what an organisation may see of enrolments that it orders now; None: nothing."""
    return Agreement.objects.filter(organisation=organisation, ended_at=None).first()


def agreements_in_force(organisations: Iterable[Organisation]) -> dict[UUID, Agreement]:
    """Return organisation id → what it may see of enrolments that it orders now; who sees nothing is left out."""
    found = Agreement.objects.filter(organisation__in=organisations, ended_at=None)
    return {agreement.organisation_id: agreement for agreement in found}


def agreements_for(viewer: Any) -> QuerySet[Agreement]:
    """Return the agreements that a viewer may see, newest first: office staff all, a contact those of their own firm.

    Each comes with its organisation.
    """
    seen = Agreement.objects.filter(organisation__in=organisations_for(viewer))
    return seen.select_related("organisation").order_by("-created_at", "-id")


def agreements_of(viewer: Any, organisation: Organisation) -> QuerySet[Agreement]:
    """Return every agreement with an organisation that a viewer may see, newest first."""
    return agreements_for(viewer).filter(organisation=organisation)

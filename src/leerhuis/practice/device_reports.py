"""Reports of faults, as their person reads them, and whether they want them."""

from typing import Final

from django.db.models import QuerySet

from leerhuis.consent.queries import people_who_want
from leerhuis.people.models import Person
from leerhuis.practice.models import DeviceReport

REPORTS: Final = "practice.device_reports"  # the topic to which one consents


def wants_reports(person: Person) -> bool:
    """True for somebody who switched on, at this moment, that faults on their devices are reported. Keeps: L7."""
    return people_who_want(REPORTS).filter(person=person).exists()


def reports_of(person: Person) -> QuerySet[DeviceReport]:
    """Return the reports of a person's devices, the newest first."""
    return DeviceReport.objects.filter(person=person).order_by("-created_at", "-id")

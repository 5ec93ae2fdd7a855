"""Faults of the app on somebody's device: kept as long as they want that, without what tells of them, and erased."""

from typing import Any, Final
from uuid import UUID, uuid5

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.base.ids import uuid7
from leerhuis.consent.actions import choose_some
from leerhuis.consent.models import Choice, Reader
from leerhuis.consent.queries import choices_now
from leerhuis.people.models import Person
from leerhuis.practice.device_reports import REPORTS, reports_of, wants_reports
from leerhuis.practice.models import DeviceReport
from leerhuis.practice.rules import ReportsOff
from leerhuis.practice.scrubbing import scrubbed

MOST: Final = 50  # of one person; the oldest make room


def keep_report(
    person: Person,
    *,
    fault: str,
    message: str = "",
    stack: str = "",
    version: str,
    sent_as: UUID | None = None,
    by: Actor,
    **device: Any,
) -> DeviceReport:
    """Keep a fault of the app, without what could tell of a person or of what they answered.

    What is `sent_as` an id that an app made is kept once. `device` are the fields of `DeviceReport` that tell of it.
    Refuses ReportsOff, asked at this moment. Keeps: L7.
    """
    inside_edge()
    if not wants_reports(person):
        raise ReportsOff
    key = uuid7() if sent_as is None else uuid5(person.id, str(sent_as))  # of this person: others never meet it
    if earlier := DeviceReport.objects.filter(pk=key).first():
        return earlier
    told = scrubbed(fault=fault, message=message, stack=stack, version=version)
    language = str(device.pop("language", ""))[:2].lower()
    known = language if language in {"nl", "en"} else ""
    report = DeviceReport.objects.create(id=key, person=person, **vars(told), **device, language=known)
    note("keep device report", report, by=by, subject=person.id)
    kept = list(reports_of(person).values_list("pk", flat=True)[:MOST])
    DeviceReport.objects.filter(person=person).exclude(pk__in=kept).delete()
    return report


def choose_reports(
    person: Person, *, wanted: bool, language: str, of_age: bool = False, parent_email: str = "", by: Actor
) -> bool:
    """Switch reports of faults on or off; off erases what was reported. True when a parent is asked first.

    Refuses AgeNotSaid, ParentNeeded and ParentIsOneself. Keeps: L7, L2a.
    """
    inside_edge()
    note("choose device reports", person, by=by, subject=person.id)
    return choose_some(
        person,
        [REPORTS] if wanted else [],
        [REPORTS],
        language=language,
        of_age=of_age,
        parent_email=parent_email,
        by=by,
    )


def erase_reports(person: Person, *, only: UUID | None = None, by: Actor) -> int:
    """Erase what was reported from somebody's devices, or one report of it. Returns how many."""
    inside_edge()
    chosen = reports_of(person) if only is None else reports_of(person).filter(pk=only)
    gone = list(chosen)
    for report in gone:
        note("erase device report", report, by=by, subject=person.id)
    DeviceReport.objects.filter(pk__in=[report.pk for report in gone]).delete()
    return len(gone)


def follow_consent(reader_id: UUID, *, by: Actor) -> None:
    """Erase what was reported as soon as its person no longer consents to it. Keeps: L7, L35."""
    inside_edge()
    reader = Reader.objects.filter(pk=reader_id, person__isnull=False).select_related("person").first()
    if reader and reader.person and choices_now(reader).get(REPORTS) != Choice.Step.GIVEN:
        erase_reports(reader.person, by=by)

"""What came of it: results and certificates, and whether a certificate is valid."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hmac import compare_digest
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leerhuis.base.search import Hit, Holds, question
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted
from leerhuis.results.models import CERTIFICATE_FOUND_BY, Certificate, CertificateNumber, Result
from leerhuis.results.rules import number_key, surname_key


def result_of(enrolment_ids: Iterable[UUID]) -> dict[UUID, Result]:
    """Return the result of each of these enrolments that has one. The caller has the right to see it."""
    return {each.enrolment_id: each for each in Result.objects.filter(enrolment__in=set(enrolment_ids))}


def my_result(viewer: Any, enrolment_id: UUID) -> Result | None:
    """Return the result of a viewer's own enrolment, or None."""
    if viewer is None:
        return None
    return Result.objects.filter(enrolment=enrolment_id, enrolment__learner=viewer.person_id).first()


def my_results(viewer: Any) -> QuerySet[Result]:
    """Return a viewer's own results with run and course, newest first."""
    if viewer is None:
        return Result.objects.none()
    own = Result.objects.filter(enrolment__learner=viewer.person_id)
    return own.select_related("enrolment__run__course").order_by("-decided_at", "-id")


def standing_certificates(enrolment_ids: Iterable[UUID]) -> dict[UUID, Certificate]:
    """Return the valid certificate of each of these enrolments that has one. The caller has the right to see it."""
    valid = Certificate.objects.filter(enrolment__in=set(enrolment_ids), revoked_at=None)
    return {each.enrolment_id: each for each in valid}


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Return a person's own certificates, revoked ones too, newest first."""
    return Certificate.objects.filter(enrolment__learner=person).order_by("-created_at", "-id")


def certificate_for(viewer: Any, certificate_id: UUID) -> Certificate | None:
    """Return a certificate that a viewer may read on paper: one's own, and office staff any; else None."""
    if viewer is None:
        return None
    found = Certificate.objects.select_related("enrolment__learner", "enrolment__run")
    own = found.filter(enrolment__learner=viewer.person_id)
    found = own | unrestricted(found, "enrolment__learner") if viewer.is_office else own
    return found.filter(pk=certificate_id).first()


def search_certificates(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the certificates a viewer in the office may see by (the beginning of) their number, dashes or not."""
    asked = question(text)
    if viewer is None or not viewer.is_office or not asked:
        return []
    answering = Certificate.objects.filter(Holds(CERTIFICATE_FOUND_BY, asked)).select_related("enrolment")
    found = unrestricted(answering, "enrolment__learner")
    return [
        Hit(each.id, each.number, f"{each.name} · {each.course_title}", each.enrolment.learner_id)
        for each in found.order_by("-created_at")[:limit]
    ]


class CheckWord(StrEnum):
    """What the public page says about a number."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """The answer about a number and a surname; course, day and whose only for who has both, and while they are kept."""

    word: CheckWord
    course_title: str = ""
    finished_on: date | None = None
    learner: UUID | None = field(default=None, compare=False)


_NOBODY = "Nemo"  # compared with when there is nothing to compare, for the time that it takes


def check_certificate(number: str, surname: str) -> Check:
    """Return whether a certificate is valid, to whoever has its number and the surname on it. Keeps: W2.

    An unknown number and a wrong surname get the same answer after the same work, so that nobody learns which of the
    two was wrong. Of a certificate whose holder was erased, or of whose data the use is restricted, the number alone
    says valid or not, and nothing else. Keeps: L21.
    """
    key = number_key(number)
    kept = CertificateNumber.objects.filter(number=key).first()
    answering = unrestricted(Certificate.objects.filter(number=key), "enrolment__learner")
    found = answering.select_related("enrolment").first()
    matches = _same_surname(surname, found.last_name if found else _NOBODY)
    if kept is None or (found is not None and not matches):
        return Check(CheckWord.UNKNOWN)
    word = CheckWord.VALID if kept.revoked_at is None else CheckWord.REVOKED
    if found is None:
        return Check(word)
    return Check(word, found.course_title, found.finished_on, found.enrolment.learner_id)


def _same_surname(typed: str, kept: str) -> bool:
    """Compare two surnames in a time that does not depend on where they differ."""
    given, known = ("\0".join(surname_key(each)).encode() for each in (typed, kept))
    return bool(given) and compare_digest(given, known)

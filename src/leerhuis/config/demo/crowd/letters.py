"""The words of the crowd's mails: each kind is written once per run and reader's situation, by the mail's own function.

It is written to a stand-in; the words for everybody else differ in name, id and signed key, which are put in its place.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leerhuis.catalogue.models import Run
from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.queries import sharing_token
from leerhuis.mail.kinds import MailKind
from leerhuis.mail.render import words_of
from leerhuis.people import mails as people_mails
from leerhuis.people.models import Person
from leerhuis.results import mails as results_mails
from leerhuis.results.models import Certificate

Words = tuple[str, str]
NAME = "Qzwxqname"
STAND_IN = UUID("01900000-0000-7000-8000-000000000000")


@dataclass
class Letters:
    """Words of mails by what they depend on."""

    known: dict[tuple[Any, ...], Words] = field(default_factory=dict)

    def about_enrolment(
        self,
        kind: MailKind,
        enrolment: Enrolment,
        *,
        grant: Grant | None = None,
        certain: bool = False,
        has_account: bool = False,
        more: tuple[Any, ...] = (),
    ) -> Words:
        """Return the words of a mail about an enrolment, as it was at that moment. `more`: further arguments."""
        shares = (grant.attendance, grant.progress, grant.result) if grant else None
        key = (
            kind.name, enrolment.run_id, certain, enrolment.learner.language, has_account, enrolment.state,
            enrolment.registration.handed_in_by_id if enrolment.ordered_by_id else None, shares, enrolment.ended_at,
            *more,
        )  # fmt: skip
        if key not in self.known:
            stand_in = _stand_in(enrolment, grant, certain=certain, has_account=has_account)
            self.known[key] = words_of(kind, kind.write(stand_in, *more))
        return _told_to(self.known[key], enrolment)

    def about_result(self, enrolment: Enrolment) -> Words:
        """Return the words of the mail that a result is there."""
        key = ("result", enrolment.run.course_id, enrolment.learner.language)
        if key not in self.known:
            self.known[key] = words_of(
                results_mails.result_given, results_mails.result_given.write(_stand_in(enrolment))
            )
        return _told_to(self.known[key], enrolment)

    def about_certificate(self, certificate: Certificate) -> Words:
        """Return the words of the mail that a certificate is there."""
        enrolment = certificate.enrolment
        key = ("certificate", certificate.course_title, enrolment.learner.language)
        if key not in self.known:
            stand_in = copy(certificate)
            stand_in.enrolment = _stand_in(enrolment)
            self.known[key] = words_of(
                results_mails.certificate_issued, results_mails.certificate_issued.write(stand_in)
            )
        return _told_to(self.known[key], enrolment)

    def invitation(self, person: Person) -> Words:
        """Return the words of an invitation; its text is secret and gone once it was sent."""
        key = ("invitation", person.language, person.source)
        if key not in self.known:
            self.known[key] = words_of(people_mails.invitation, people_mails.invitation.write(person, "-"))
        return self.known[key][0], ""


def at_that_time(run: Run, *, certain: bool) -> Run:
    """Return a run as it stood while people registered for it."""
    then = copy(run)
    then.state = Run.State.CONFIRMED if certain else Run.State.OPEN
    return then


def _stand_in(
    enrolment: Enrolment, grant: Grant | None = None, *, certain: bool = False, has_account: bool = False
) -> Enrolment:
    known = enrolment.learner
    reader = Person(
        id=STAND_IN,
        first_name=NAME,
        last_name=NAME,
        email="stand-in@post.example",
        language=known.language,
        state=Person.State.ACTIVE if has_account else Person.State.INVITED,
    )
    if not has_account:
        reader.set_unusable_password()
    told = Enrolment(
        id=STAND_IN,
        run=at_that_time(enrolment.run, certain=certain),
        learner=reader,
        registration=enrolment.registration,
        ordered_by=enrolment.ordered_by,
        state=enrolment.state,
        price=enrolment.price,
        waiting_since=enrolment.waiting_since,
        ended_at=enrolment.ended_at,
    )
    if grant is not None:
        Grant(
            enrolment=told,
            agreement=grant.agreement,
            attendance=grant.attendance,
            progress=grant.progress,
            result=grant.result,
        )
    return told


def _told_to(words: Words, enrolment: Enrolment) -> Words:
    title, body = (text.replace(NAME, enrolment.learner.first_name) for text in words)
    stand_in = sharing_token(Enrolment(id=STAND_IN))
    if stand_in in body:
        body = body.replace(stand_in, sharing_token(enrolment))
    return title, body.replace(str(STAND_IN), str(enrolment.id))


def by_then(moment: datetime | None, then: datetime) -> bool:
    """True when something had happened at a moment."""
    return moment is not None and moment <= then

"""The mails about results and certificates. What it is stands behind the sign-in, not in the mail. Keeps: L27."""

from leerhuis.audit.outlet import Going
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.rules import EMPLOYER, TOLD_EMPLOYER
from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.results.events import CertificateIssued, CertificateRevoked, OutcomeCorrected, ResultGiven
from leerhuis.results.models import Certificate


@service_mail(cause=ResultGiven, nl="uw resultaat staat klaar", en="your result is ready")
def result_given(enrolment: Enrolment) -> Letter:
    """Tell a learner that there is a result, with the page where it stands; the outcome is not in the mail."""
    return _letter(enrolment, "results_my_certificates", course=enrolment.run.course.title)


@service_mail(cause=CertificateIssued, nl="uw certificaat staat klaar", en="your certificate is ready")
def certificate_issued(certificate: Certificate) -> Letter:
    """Tell a learner where their certificate is; it is not attached, and its number is not in the mail."""
    check = absolute("results_check_certificate")
    return _letter(certificate.enrolment, "results_my_certificates", course=certificate.course_title, check=check)


@service_mail(cause=CertificateRevoked, nl="uw certificaat is ingetrokken", en="your certificate was revoked")
def certificate_revoked(certificate: Certificate) -> Letter:
    """Tell a learner that a certificate is no longer valid; the reason stands behind the sign-in."""
    return _letter(certificate.enrolment, "results_my_certificates", course=certificate.course_title)


@service_mail(
    cause=OutcomeCorrected, nl="aanwezigheid of resultaat is verbeterd", en="attendance or a result was corrected"
)
def outcome_corrected(enrolment: Enrolment, contact: Person) -> Letter:
    """Tell a contact who saw attendance or a result of a learner that it was corrected (article 19 AVG); not how."""
    to = recipient(contact)
    carries = Going(
        EMPLOYER, "enrolment.course", "mail results.outcome_corrected", TOLD_EMPLOYER, {enrolment.learner_id}, 1,
        enrolment.ordered_by_id,
    )  # fmt: skip
    said = {
        "name": contact.first_name,
        "learner": enrolment.learner.name,
        "course": enrolment.run.course.title_in(to.language),
        "link": absolute("results_employer_progress"),
    }
    return Letter(to, enrolment.id, said, carries)


def _letter(enrolment: Enrolment, page: str, **values: str) -> Letter:
    learner = enrolment.learner
    return Letter(
        to=recipient(learner),
        about=enrolment.id,
        context={"name": learner.first_name, "link": absolute(page), **values},
    )

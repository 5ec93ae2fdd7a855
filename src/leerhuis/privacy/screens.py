"""What the screens are called on which people's data are seen; the key is the name of the route."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCREENS: Mapping[str, str | Promise] = {
    "catalogue_office_lesson": _("Mail about a lesson"),
    "catalogue_office_lesson_remove": _("Dropping a lesson"),
    "catalogue_office_run": _("Planning of a run"),
    "catalogue_office_run_decide": _("Confirming or cancelling a run"),
    "catalogue_office_trainer_assign": _("Assigning a trainer"),
    "documents_mine": _("A document"),
    "documents_office_download": _("A document"),
    "consent_news": _("News before it goes"),
    "consent_ledger_list": _("Ledger of consents"),
    "consent_ledger_export": _("Ledger of consents, downloaded"),
    "consent_office_person": _("Consents of a person"),
    "enrolment_employer_cancel": _("Employer: cancelling an enrolment"),
    "enrolment_employer_enrol": _("Employer: enrolling employees"),
    "enrolment_employer_enrolled": _("Employer: who was enrolled"),
    "enrolment_employer_export": _("Employer: enrolments, downloaded"),
    "enrolment_employer_home": _("Employer: enrolments"),
    "enrolment_office_add": _("Enrolling somebody"),
    "enrolment_office_cancel": _("Cancelling an enrolment"),
    "enrolment_office_export": _("Enrolments, downloaded"),
    "enrolment_office_list": _("Enrolments"),
    "enrolment_office_page": _("An enrolment"),
    "enrolment_office_waiting": _("Waiting list"),
    "enrolment_calendar": _("All lessons, as a calendar file"),
    "enrolment_lesson_calendar": _("A lesson, as a calendar file"),
    "leerhuis export-person": _("All data of a person, by the operator"),
    "mail_office_export": _("Mails, downloaded"),
    "mail_office_list": _("Mails"),
    "mail_office_message": _("A mail"),
    "organisations_member": _("Somebody with an organisation"),
    "people_office_edit": _("Changing a person"),
    "people_office_export": _("People, downloaded"),
    "people_office_list": _("People"),
    "privacy_my_reply": _("A letter about a request"),
    "privacy_reply_pdf": _("A letter about a request"),
    "privacy_request": _("A request about data"),
    "privacy_requests_export": _("Requests about data, downloaded"),
    "privacy_requests_list": _("Requests about data"),
    "privacy_holds": _("Holds"),
    "privacy_download_html": _("My data, as a page"),
    "privacy_download_json": _("My data, as JSON"),
    "privacy_restricted": _("Restricted people"),
    "portal_office_document_add": _("Adding a document"),
    "portal_office_organisation": _("An organisation"),
    "portal_office_person": _("A person"),
    "results_check_certificate": _("Check of a certificate"),
    "results_employer_export": _("Employer: progress, downloaded"),
    "results_employer_progress": _("Employer: progress"),
    "results_my_certificate_pdf": _("My certificate"),
    "results_office_certificate_pdf": _("A certificate"),
    "results_office_certificates": _("Issuing certificates"),
    "results_office_correct": _("Correcting attendance"),
    "results_office_lesson": _("Attendance of a lesson"),
    "results_office_list": _("Attendance list on paper"),
    "results_office_results": _("Giving results"),
    "results_office_revoke": _("Revoking a certificate"),
    "results_office_run": _("Learners of a run"),
    "results_office_runs": _("Planning"),
    "results_trainer_correct": _("Trainer: correcting attendance"),
    "results_trainer_lesson": _("Trainer: attendance of a lesson"),
    "results_trainer_list": _("Trainer: attendance list on paper"),
}


def screen_name(screen: str) -> str:
    """Return what a screen is called in the language of the page; an unknown one by the name of its route."""
    return str(SCREENS.get(screen, screen))

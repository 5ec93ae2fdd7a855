"""Who reacts to what: the one table of events and handlers, read from top to bottom. Only here everybody is known."""

from collections.abc import Mapping, Sequence

from leerhuis.audit import events as audit
from leerhuis.base.events import Event, Handler, connect
from leerhuis.catalogue import events as catalogue
from leerhuis.catalogue import handlers as teaching
from leerhuis.consent import events as consent
from leerhuis.documents import events as documents
from leerhuis.enrolment import events as enrolling
from leerhuis.enrolment import handlers as enrolment
from leerhuis.insights import handlers as insights
from leerhuis.organisations import events as organisations
from leerhuis.people import events as people
from leerhuis.practice import handlers as practice
from leerhuis.privacy import events as erasing
from leerhuis.privacy import handlers as privacy
from leerhuis.results import handlers as results

TABLE: Mapping[type[Event], Sequence[Handler]] = {
    audit.JournalShipped: (privacy.on_journal_shipped,),
    documents.RemovedFromDisk: (privacy.on_removed_from_disk,),
    people.PersonCorrected: (enrolment.on_person_corrected,),
    catalogue.RunConfirmed: (enrolment.on_run_confirmed,),
    catalogue.RunCancelled: (enrolment.on_run_cancelled,),
    catalogue.RunClosed: (enrolment.on_run_closed, insights.on_run_closed),
    catalogue.RunResized: (enrolment.on_run_resized,),
    catalogue.LessonMoved: (enrolment.on_lesson_moved,),
    catalogue.LessonAdded: (enrolment.on_lesson_added,),
    catalogue.LessonRemoved: (results.on_lesson_removed, enrolment.on_lesson_removed),
    enrolling.EnrolmentMoved: (results.on_enrolment_moved,),
    catalogue.ModulesChanged: (enrolment.on_modules_changed,),
    consent.AgreementRecorded: (enrolment.on_agreement_changed,),
    consent.AgreementEnded: (enrolment.on_agreement_changed,),
    organisations.MembershipEnded: (practice.on_membership_ended,),
    consent.ConsentGiven: (practice.on_consent_changed,),
    consent.ConsentWithdrawn: (practice.on_consent_changed,),
    consent.MarketingObjected: (practice.on_marketing_objected,),
    consent.ObjectionRaised: (privacy.on_objection_raised,),
    erasing.PersonErased: (privacy.on_person_erased,),
    erasing.OrganisationLeaving: (enrolment.on_organisation_leaving,),
    erasing.PersonLeaving: (
        teaching.on_person_leaving,
        insights.on_person_leaving,
        enrolment.on_person_leaving,
    ),
    erasing.ErasureBegins: (insights.on_erasure_begins,),
    erasing.RemovalBegins: (insights.on_removal_begins,),
    erasing.RetentionBegins: (insights.on_retention_begins,),
}


def wire() -> None:
    """Put the table in force; called once at start."""
    connect(TABLE)

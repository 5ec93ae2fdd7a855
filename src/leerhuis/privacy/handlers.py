"""What privacy does when somebody objects under their own consents, an erasure was carried out, or files went."""

from leerhuis.audit import journal
from leerhuis.audit.actor import Actor
from leerhuis.audit.events import JournalShipped
from leerhuis.consent.events import ObjectionRaised
from leerhuis.documents.events import RemovedFromDisk
from leerhuis.people.models import Person
from leerhuis.privacy import actions
from leerhuis.privacy.events import PersonErased
from leerhuis.privacy.models import Request


def on_objection_raised(event: ObjectionRaised) -> None:
    """Take the objection in as a request: somebody weighs it and answers (article 21(1) AVG).

    It was made shortly after signing in. Of one that is made again after a restore nobody sees that any more.
    """
    actions.receive_request(
        kind=Request.Kind.OBJECTION,
        channel=Request.Channel.ACCOUNT,
        person=Person.objects.get(pk=event.person_id),
        purpose=event.purpose,
        proof="" if journal.is_replayed() else Request.Proof.SIGN_IN,
        by=Actor.person(event.person_id),
    )


def on_person_erased(event: PersonErased) -> None:
    """Close the request that asked for it."""
    if event.request_id is not None:
        actions.close_erased(event.request_id, is_all=event.is_all, by=Actor.job("privacy.erase"))


def on_removed_from_disk(_event: RemovedFromDisk) -> None:
    """Have the erasures that waited for files ask again."""
    actions.take_up_waiting(by=Actor.job("privacy.erase"))


def on_journal_shipped(_event: JournalShipped) -> None:
    """Have the erasures that waited for the journal ask again."""
    actions.take_up_waiting(by=Actor.job("privacy.erase"))

"""What practice does when somebody gives or takes back consent to what the app does for them."""

from leerhuis.audit.actor import Actor
from leerhuis.consent import events
from leerhuis.organisations.events import MembershipEnded
from leerhuis.practice.actions import faults, reminders, together

HOUSE = Actor.job("practice.follow_consent")


def on_consent_changed(event: events.ConsentGiven | events.ConsentWithdrawn) -> None:
    """Let reminders, reports of faults and the challenge begin or end with the consent to them."""
    reminders.follow_consent(event.reader_id, by=HOUSE)
    faults.follow_consent(event.reader_id, by=HOUSE)
    together.follow_consent(event.reader_id, by=HOUSE)


def on_marketing_objected(event: events.MarketingObjected) -> None:
    """Let all of it end when somebody wants nothing of the kind any more."""
    reminders.follow_consent(event.reader_id, by=HOUSE)
    faults.follow_consent(event.reader_id, by=HOUSE)
    together.follow_consent(event.reader_id, by=HOUSE)


def on_membership_ended(event: MembershipEnded) -> None:
    """Let nobody stay in the challenge of an organisation for which they no longer work."""
    together.follow_membership(event.organisation_id, event.person_id, by=HOUSE)

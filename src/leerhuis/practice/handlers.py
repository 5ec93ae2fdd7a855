"""What practice does when somebody gives or takes back consent to what the app does for them."""

from leerhuis.audit.actor import Actor
from leerhuis.consent import events
from leerhuis.practice.actions import faults, reminders

HOUSE = Actor.job("practice.follow_consent")


def on_consent_changed(event: events.ConsentGiven | events.ConsentWithdrawn) -> None:
    """Let reminders begin or end with the consent to them, and reports of faults go with theirs."""
    reminders.follow_consent(event.reader_id, by=HOUSE)
    faults.follow_consent(event.reader_id, by=HOUSE)


def on_marketing_objected(event: events.MarketingObjected) -> None:
    """Let reminders and reports end when somebody wants nothing of the kind any more."""
    reminders.follow_consent(event.reader_id, by=HOUSE)
    faults.follow_consent(event.reader_id, by=HOUSE)

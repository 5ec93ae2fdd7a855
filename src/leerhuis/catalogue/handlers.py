"""What the catalogue does when something happens to a person."""

from leerhuis.audit.actor import Actor
from leerhuis.catalogue import actions
from leerhuis.privacy.events import PersonLeaving

HOUSE = Actor.job("catalogue.follow_person")


def on_person_leaving(event: PersonLeaving) -> None:
    """Refuse while somebody still has lessons to give."""
    actions.refuse_to_lose_trainer(event.person_id, by=HOUSE)

"""What insights counts when something happens: before it goes."""

from leerhuis.audit.actor import Actor
from leerhuis.catalogue.events import RunClosed
from leerhuis.insights import actions
from leerhuis.privacy.events import ErasureBegins, PersonLeaving, RemovalBegins, RetentionBegins

HOUSE = Actor.job("insights.count")


def on_run_closed(event: RunClosed) -> None:
    """Count a run that is over."""
    actions.count_run(event.run_id, by=HOUSE)


def on_person_leaving(event: PersonLeaving) -> None:
    """Count the seats that somebody had in what has begun."""
    actions.count_seats_given_up(event.person_id, by=HOUSE)


def on_erasure_begins(event: ErasureBegins) -> None:
    """Count what was not counted yet of somebody who is erased."""
    actions.count_before_erasure(event.person_id, by=HOUSE)


def on_retention_begins(event: RetentionBegins) -> None:
    """Count all that is over before rows go by the clock."""
    actions.count_what_is_over(by=HOUSE)


def on_removal_begins(event: RemovalBegins) -> None:
    """Add up the counts of an organisation that is removed."""
    actions.add_up_counts_of(event.organisation_id, by=HOUSE)

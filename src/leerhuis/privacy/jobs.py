"""Background work of privacy."""

from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep
from leerhuis.privacy import actions
from leerhuis.privacy.actions.erasing import ANALYSE, ERASE
from leerhuis.privacy.actions.removing import REMOVE
from leerhuis.privacy.actions.retention import LET_GO
from leerhuis.privacy.actions.statement import ANNOUNCE
from leerhuis.privacy.queries import versions_to_announce


@job(ANNOUNCE)
def announce_statement(version_id: UUID) -> None:
    """Write to the next people about a version of the statement."""
    actions.announce_statement(version_id, by=Actor.job(ANNOUNCE))


@sweep("privacy.announce_left", every_minutes=15)
def announce_left() -> None:
    """Go on with an announcement whose job was lost."""
    for version_id in versions_to_announce():
        actions.announce_statement(version_id, by=Actor.job(ANNOUNCE))


@sweep("privacy.lapse_holds", every_minutes=1440)
def lapse_holds() -> None:
    """Note which holds lapsed: their last day is over."""
    actions.lapse_holds(by=Actor.job("privacy.lapse_holds"))


@sweep("privacy.compare_statement", every_minutes=1440)
def compare_statement() -> None:
    """Compare what was published with what holds."""
    actions.compare_statement(by=Actor.job("privacy.compare_statement"))


@sweep("privacy.remind_of_complaints", every_minutes=60)
def remind_of_complaints() -> None:
    """Remind whoever handles a complaint of its last day, once a day."""
    actions.remind_of_complaints(by=Actor.job("privacy.remind_of_complaints"))


@sweep("privacy.remind_of_requests", every_minutes=60)
def remind_of_requests() -> None:
    """Remind whoever handles a request of its last day, once a day."""
    actions.remind_of_requests(by=Actor.job("privacy.remind_of_requests"))


@job(ERASE)
def erase(erasure_id: UUID) -> None:
    """Carry out an erasure, or go on with one of which something stayed."""
    actions.erase_person(erasure_id, by=Actor.job(ERASE))


@sweep("privacy.erase_left", every_minutes=60)
def erase_left() -> None:
    """Go on with erasures whose job was lost, or that wait for files."""
    actions.take_up_waiting(by=Actor.job(ERASE))


@sweep("privacy.erase_rest", every_minutes=1440)
def erase_rest() -> None:
    """Go on with erasures of which something stayed, for what has had its time since."""
    actions.go_on_erasing(by=Actor.job(ERASE))


@sweep("privacy.remind_of_texts", every_minutes=60)
def remind_of_texts() -> None:
    """Remind the privacy officers of texts that go whole soon, once a day."""
    actions.remind_of_texts(by=Actor.job("privacy.remind_of_texts"))


@sweep("privacy.empty_texts", every_minutes=60)
def empty_texts() -> None:
    """Take out texts at which nobody looked in time."""
    actions.empty_texts(by=Actor.job("privacy.empty_texts"))


@sweep("privacy.remind_of_removals", every_minutes=1440)
def remind_of_removals() -> None:
    """Remind organisations that are removed within a week."""
    actions.remind_of_removals(by=Actor.job("privacy.remind_of_removals"))


@sweep("privacy.remove_organisations", every_minutes=1440)
def remove_organisations() -> None:
    """Have organisations removed whose notice is over, and go on where something stayed."""
    actions.go_on_removing(by=Actor.job(REMOVE))


@job(REMOVE)
def remove_organisation(removal_id: UUID) -> None:
    """Carry out a removal that is due, or go on with one."""
    actions.carry_out_removal(removal_id, by=Actor.job(REMOVE))


@sweep("privacy.retain", every_minutes=1440)
def retain() -> None:
    """Let go what is past its term."""
    actions.begin_retention(by=Actor.job("privacy.retain"))


@job(LET_GO)
def let_go(run_id: UUID) -> None:
    """Let the next piece go."""
    actions.go_on_letting_go(run_id, by=Actor.job(LET_GO))


@sweep("privacy.retain_left", every_minutes=15)
def retain_left() -> None:
    """Go on with a run whose job was lost."""
    actions.take_up_retention(by=Actor.job(LET_GO))


@job(ANALYSE)
def analyse(_because: UUID) -> None:
    """Have the planner's statistics forget what went."""
    actions.renew_statistics(by=Actor.job(ANALYSE))

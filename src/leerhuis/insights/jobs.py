"""Background work of insights."""

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import sweep
from leerhuis.insights import actions


@sweep("insights.count", every_minutes=1440)
def count() -> None:
    """Count each closed run and each month that is over, unless it was counted."""
    actions.count_what_is_over(by=Actor.job("insights.count"))


@sweep("insights.compare", every_minutes=1440)
def compare() -> None:
    """In the first days of a month, mail whoever asked for it how groups like theirs did in the one that is over."""
    actions.send_comparisons(by=Actor.job("insights.compare"))

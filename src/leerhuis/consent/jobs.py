"""Background work of consent: making the mails of news, and forgetting addresses that never answered."""

from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import defer, job, sweep
from leerhuis.consent import actions
from leerhuis.consent.actions.news import SPREAD
from leerhuis.consent.models import News


@job(SPREAD)
def spread_news(news_id: UUID) -> None:
    """Put news in the outbox."""
    for news in News.objects.filter(pk=news_id):
        actions.spread_news(news, by=Actor.job(SPREAD))


@sweep("consent.spread_again", every_minutes=5)
def spread_again() -> None:
    """Give news whose job was lost a new one."""
    for news_id in News.objects.filter(state=News.State.SENDING).values_list("pk", flat=True):
        defer(SPREAD, news_id)


@sweep("consent.drop_unanswered", every_minutes=60)
def drop_unanswered() -> None:
    """Forget addresses of which nobody said within a week that they are theirs."""
    actions.drop_unanswered(by=Actor.job("consent.drop_unanswered"))

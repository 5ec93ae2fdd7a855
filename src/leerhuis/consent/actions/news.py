"""Writing news and sending it once, to whoever wants its topic at that moment."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.base.text import tidy
from leerhuis.consent import mails, rules
from leerhuis.consent.events import NewsSent
from leerhuis.consent.models import News
from leerhuis.consent.queries import proof_of_nobody, proofs, readers_who_want
from leerhuis.consent.topics import news_topics
from leerhuis.mail import actions as mail

SPREAD = "consent.spread_news"
LANGUAGES = ("nl", "en")


def write_news(
    news: News | None,
    *,
    topic: str,
    title: str,
    body: str,
    title_en: str = "",
    body_en: str = "",
    by: Actor,
) -> News:
    """Keep a draft of news, new or changed. Refuses UnknownTopic, PicturesInNews, HalfInEnglish, NewsGone."""
    inside_edge()
    if topic not in {each.id for each in news_topics("nl")}:
        raise rules.UnknownTopic
    rules.check_news(body=body, title_en=tidy(title_en), body_en=body_en.strip())
    this = _draft(news) if news is not None else News(written_by=by.person_id)
    this.topic, this.title, this.body = topic, tidy(title), body.strip()
    this.title_en, this.body_en = tidy(title_en), body_en.strip()
    this.save()
    note("write news", this, by=by)
    return this


def drop_news(news: News, *, by: Actor) -> None:
    """Throw a draft away. Refuses NewsGone."""
    inside_edge()
    this = _draft(news)
    note("drop news", this, by=by)
    this.delete()


def send_news(news: News, *, by: Actor) -> None:
    """Have a draft sent, once: a worker makes the mails and then they leave. Refuses NewsGone and NobodyWantsIt."""
    inside_edge()
    this = _draft(news)
    if not readers_who_want(this.topic).count():
        raise rules.NobodyWantsIt
    this.state, this.sent_at, this.sent_by = News.State.SENDING, clock.now(), by.person_id
    this.save(update_fields=["state", "sent_at", "sent_by"])
    note("send news", this, by=by, fields=["state"])
    defer(SPREAD, this.id)


def spread_news(news: News, *, by: Actor) -> int:
    """Put news in the outbox, a mail for each mailbox that wants it now. Returns how many; a second time none.

    The row is locked meanwhile, so that two workers make no mail twice. Keeps: L14a.
    """
    inside_edge()
    this = News.objects.select_for_update(of=("self",)).filter(pk=news.pk, state=News.State.SENDING).first()
    if this is None:
        return 0
    samples = {language: proof_of_nobody(this.topic, language) for language in LANGUAGES}
    count = mails.news.send(this, proofs(this.topic), samples, by=by)
    this.state = News.State.SENT
    this.save(update_fields=["state"])
    note("spread news", this, by=by, fields=["state"])
    emit(NewsSent(this.id))
    return count


def pause_news(news: News, *, by: Actor) -> int:
    """Hold back what has not left yet. Returns how many mails. Refuses NotUnderWay."""
    inside_edge()
    this = _under_way(news, News.State.SENT)
    count = mail.pause_news(this.id, by=by)
    _now(this, News.State.PAUSED, "pause news", by)
    return count


def go_on_with_news(news: News, *, by: Actor) -> int:
    """Let what was paused leave; whoever stopped it meanwhile gets nothing. Refuses NotUnderWay, MailStopped."""
    inside_edge()
    this = _under_way(news, News.State.PAUSED)
    count = mail.go_on_with_news(this.id, by=by)
    _now(this, News.State.SENT, "go on with news", by)
    return count


def stop_news(news: News, *, by: Actor) -> int:
    """Let nothing more leave, for good: what is ready is dropped, or not made at all. Refuses NotUnderWay."""
    inside_edge()
    this = _under_way(news, News.State.SENDING, News.State.SENT, News.State.PAUSED)
    count = mail.stop_news(this.id, by=by)
    _now(this, News.State.STOPPED, "stop news", by)
    return count


def _draft(news: News) -> News:
    this = News.objects.select_for_update(of=("self",)).filter(pk=news.pk).first()
    if this is None or this.state != News.State.DRAFT:
        raise rules.NewsGone
    return this


def _under_way(news: News, *states: str) -> News:
    this = News.objects.select_for_update(of=("self",)).filter(pk=news.pk, state__in=states).first()
    if this is None:
        raise rules.NotUnderWay
    return this


def _now(news: News, state: str, verb: str, by: Actor) -> None:
    news.state = state
    news.save(update_fields=["state"])
    note(verb, news, by=by, fields=["state"])

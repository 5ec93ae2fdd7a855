"""News in the demo: who wants which, a mail that went out, somebody who stopped it, and a draft."""

from datetime import datetime, timedelta
from functools import partial

from leerhuis.audit.actor import Actor
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.timeline import Timeline
from leerhuis.consent import actions
from leerhuis.consent.links import OWN, Asked
from leerhuis.consent.models import News, Reader
from leerhuis.consent.topics import news_topics, topics_offered
from leerhuis.people.models import Person

SUBSCRIBERS = ("maaike.brink@lezers.example", "j.tuinstra@lezers.example", "lotte@lezers.example")
UNSURE = "wie.weet@lezers.example"
SENT = (
    "Drie dingen om mee te beginnen",
    """Het najaar is begonnen, en met het najaar de nieuwe groepen.

- **Minder is meer.** Tien minuten oefenen op drie dagen blijft langer hangen dan een half uur op één.
- **Vraag het uw trainer.** Voor en na elke lesdag is daar tijd voor.
- **Kies op tijd.** De groepen zijn klein.""",
    "Three things to begin with",
    """Autumn has begun, and with it the new groups.

- **Less is more.** Ten minutes of practice on three days stays longer than half an hour on one.
- **Ask your trainer.** There is time for it before and after each lesson.
- **Choose in time.** The groups are small.""",
)
DRAFT = ("Nieuwe data voor het voorjaar", "De data voor het voorjaar staan erop. Bekijk ze op onze website.", "", "")


def plan(world: World, now: datetime, timeline: Timeline) -> None:
    """Put on the line who chose what, and the news."""
    for days_ago, hour, act in (
        (160, 11, _choose),
        (90, 15, _subscribe),
        (40, 10, _send),
        (39, 20, _leave),
        (1, 16, _draft),
    ):
        timeline.add(at(world.today - timedelta(days=days_ago), hour), partial(act, world))


def _choose(world: World) -> None:
    """Let some of those who are here choose after signing in, and one tell it by telephone."""
    topics = [topic.id for topic in topics_offered("nl", account=False)]
    staff = f"@{world.academy}.example"
    here = [person for person in world.people.values() if person.state == Person.State.ACTIVE]
    people = [person for person in here if not str(person.email).endswith(staff)]
    for number, person in enumerate(people[:14]):
        wanted = topics if number % 3 else topics[:1]
        by = Actor.person(person.id)
        actions.choose_topics(person, wanted, language=person.language, of_age=True, by=by)
    if people[14:]:
        said = {"channel": "phone", "reference": "gebeld, half twaalf", "language": "nl"}
        actions.record_choice(people[14], topics[0], given=True, by=world.actor("clerk"), **said)


def _subscribe(world: World) -> None:
    """Let visitors subscribe; one of them never confirms."""
    visitor = Actor.visitor()
    topics = [topic.id for topic in news_topics("nl")]
    for address in (*SUBSCRIBERS, UNSURE):
        actions.ask_visitor(address, topics[:1], language="nl", of_age=True, by=visitor)
        reader = Reader.objects.get(email=address)
        if address != UNSURE:
            asked = reader.choices.latest("created_at")
            actions.confirm_choices(Asked(reader.id, asked.together, OWN), by=visitor)


def _write(world: World, words: tuple[str, str, str, str]) -> News:
    title, body, title_en, body_en = words
    topic = news_topics("nl")[0].id
    said = {"topic": topic, "title": title, "body": body, "title_en": title_en, "body_en": body_en}
    return actions.write_news(None, **said, by=world.actor("marketer"))


def _send(world: World) -> None:
    news = _write(world, SENT)
    actions.send_news(news, by=world.actor("marketer"))
    actions.spread_news(news, by=world.operator)


def _leave(world: World) -> None:
    """Let one of them stop it with the link in the mail."""
    reader = Reader.objects.get(email=SUBSCRIBERS[1])
    actions.leave_topic(reader, news_topics("nl")[0].id, by=Actor.visitor())


def _draft(world: World) -> None:
    _write(world, DRAFT)

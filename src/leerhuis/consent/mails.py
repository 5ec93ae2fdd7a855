"""Mails about choices: to confirm them, to a parent, what holds already; and news itself."""

from collections.abc import Iterable

from leerhuis.consent.events import ChoiceAsked, NewsSent
from leerhuis.consent.links import Asked, choosing_key
from leerhuis.consent.models import News, Reader
from leerhuis.consent.topics import topics_by_id
from leerhuis.mail.kinds import Letter, MailTo, news_mail, service_mail
from leerhuis.mail.letters import Marked, Proof
from leerhuis.mail.links import absolute


@service_mail(cause=ChoiceAsked, nl="bevestig wat u wilt ontvangen", en="confirm what you want to get")
def choices_asked(reader: Reader, topics: Iterable[str], asked: Asked, language: str) -> Letter:
    """Ask the owner of an address whether it was them who subscribed, with the words that were shown. Keeps: L14a.

    No offer stands in it.
    """
    words, link = _wordings(language, topics), absolute("consent_confirm", asked.token)
    return _letter(reader, language, topics=words, link=link)


@service_mail(cause=ChoiceAsked, nl="u bent al aangemeld", en="you are subscribed already")
def subscribed_already(reader: Reader) -> Letter:
    """Tell the owner of an address that they get this already, and where they stop it."""
    return _letter(reader, reader.language, link=absolute("consent_choose", choosing_key(reader.id)))


@service_mail(cause=ChoiceAsked, nl="uw kind vraagt uw toestemming", en="your child asks for your consent")
def parent_asked(reader: Reader, topics: Iterable[str], asked: Asked) -> Letter:
    """Ask a parent for consent in the name of a child under sixteen (article 8 AVG). Keeps: L2a."""
    to = MailTo(None, "", reader.parent_email, reader.language)
    said = {
        "topics": _wordings(reader.language, topics),
        "child": reader.address,
        "link": absolute("consent_confirm", asked.token),
        "choices": absolute("consent_choose", choosing_key(reader.id)),
    }
    return Letter(to=to, about=reader.id, context=said)


@news_mail(cause=NewsSent, nl="nieuws", en="news")
def news(item: News, proof: Proof) -> Letter:
    """Tell the news, why this reader gets it, and how they stop it. Keeps: L14a, K5a."""
    title, body = item.words_in(proof.to.language)
    topic = topics_by_id(proof.to.language).get(proof.topic)
    said = {
        "title": title,
        "body": Marked(body),
        "topic": topic.name if topic else "",
        "leave": proof.leave,
        "choose": proof.choose,
    }
    return Letter(to=proof.to, about=item.id, context=said)


def _letter(reader: Reader, language: str, **said: object) -> Letter:
    person = reader.person
    name = person.name if person is not None else ""
    return Letter(to=MailTo(reader.person_id, name, reader.address, language), about=reader.id, context=said)


def _wordings(language: str, topics: Iterable[str]) -> list[str]:
    offered = topics_by_id(language)
    return [offered[topic].wording for topic in topics if topic in offered]

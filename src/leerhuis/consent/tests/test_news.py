"""News: written, looked at, sent once to whoever consents at that moment, and to nobody who stopped it on the way."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.consent import actions, rules
from leerhuis.consent.models import News, Reader
from leerhuis.consent.tests.test_choices import NEWS, confirm, give
from leerhuis.mail.actions import send_message, stop_mail
from leerhuis.mail.models import Message
from leerhuis.mail.queries import progress_of_news
from tests.floors.test_outbox import box

__all__ = ["box"]
BY = Actor.operator()
BODY = "Er is **nieuws**: [lees het](https://leffectief.example/nieuws)."


def write(**said):
    return actions.write_news(None, **{"topic": NEWS, "title": "Nieuws", "body": BODY, **said}, by=BY)


def sent_to(news):
    return sorted(Message.objects.filter(cause_id=news.id).values_list("to_address", flat=True))


def spread(news):
    actions.send_news(news, by=BY)
    return actions.spread_news(news, by=BY)


def subscribe(address):
    actions.ask_visitor(address, [NEWS], language="nl", of_age=True, by=Actor.visitor())
    reader = Reader.objects.get(email=address)
    confirm(reader)
    return reader


def test_news_goes_once_to_each_who_consents_and_in_their_language(cast, box):
    type(cast.colleague).objects.filter(pk=cast.colleague.pk).update(language="en")
    give(cast.learner, NEWS)
    give(cast.colleague, NEWS)
    news = write(title_en="News", body_en="There is **news**.")

    assert spread(news) == 2
    assert actions.spread_news(news, by=BY) == 0
    with pytest.raises(rules.NewsGone), attempt():
        actions.send_news(news, by=BY)
    assert sent_to(news) == sorted([cast.learner.email, cast.colleague.email])
    assert set(Message.objects.values_list("title", flat=True)) == {"Nieuws", "News"}


def test_each_mail_says_how_to_stop_it_and_holds_the_readers_own_link(cast, box):
    give(cast.learner, NEWS)
    give(cast.colleague, NEWS)
    spread(write())
    for message in Message.objects.all():
        send_message(message.id, by=BY)

    links = {mail["List-Unsubscribe"] for mail in box.mails}
    assert len(links) == 2
    for mail in box.mails:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip("<>") in mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        assert "<strong>nieuws</strong>" in html
        assert 'href="https://leffectief.example/nieuws"' in html
        assert "<img" not in html


def test_a_service_mail_has_no_such_header(cast, box):
    actions.ask_visitor("nina@lezer.example", [NEWS], language="nl", of_age=True, by=Actor.visitor())
    send_message(Message.objects.get().id, by=BY)

    assert box.mails[0]["List-Unsubscribe"] is None


def test_whoever_withdraws_while_it_is_under_way_gets_nothing_more(cast, box):
    give(cast.learner, NEWS)
    reader = subscribe("nina@lezer.example")
    news = write()
    spread(news)

    actions.leave_topic(reader, NEWS, by=Actor.visitor())
    for message in Message.objects.filter(cause_id=news.id):
        send_message(message.id, by=BY)

    assert [mail["To"] for mail in box.mails] == [f"{cast.learner.name} <{cast.learner.email}>"]
    done = progress_of_news(news.id)
    assert (done.sent, done.unwanted, done.total) == (1, 1, 2)


def test_news_can_be_paused_gone_on_with_and_stopped(cast, box):
    give(cast.learner, NEWS)
    give(cast.colleague, NEWS)
    news = write()
    spread(news)
    first, second = Message.objects.filter(cause_id=news.id)

    assert actions.pause_news(news, by=BY) == 2
    send_message(first.id, by=BY)
    assert box.mails == []
    assert actions.go_on_with_news(news, by=BY) == 2
    send_message(first.id, by=BY)
    assert actions.stop_news(news, by=BY) == 1
    send_message(second.id, by=BY)
    assert len(box.mails) == 1
    with pytest.raises(rules.NotUnderWay), attempt():
        actions.pause_news(news, by=BY)


def test_news_that_is_stopped_before_its_mails_are_made_makes_none(cast):
    give(cast.learner, NEWS)
    news = write()
    actions.send_news(news, by=BY)
    actions.stop_news(news, by=BY)

    assert actions.spread_news(news, by=BY) == 0
    assert sent_to(news) == []


def test_while_no_mail_leaves_news_is_kept_too(cast):
    give(cast.learner, NEWS)
    stop_mail(by=BY)
    spread(write())

    assert Message.objects.get().state == "held"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"topic": "consent.comparison"}, rules.UnknownTopic),
        ({"topic": "consent.offer"}, rules.UnknownTopic),
        ({"body": "![](https://volgt.example/p.png)"}, rules.PicturesInNews),
        ({"title_en": "News"}, rules.HalfInEnglish),
    ],
)
def test_what_cannot_be_sent_is_not_kept(cast, said, refusal):
    with pytest.raises(refusal), attempt():
        write(**said)

    assert News.objects.count() == 0


def test_news_that_nobody_wants_is_not_sent(cast):
    news = write()
    with pytest.raises(rules.NobodyWantsIt), attempt():
        actions.send_news(news, by=BY)

    news.refresh_from_db()
    assert (news.state, Message.objects.count()) == ("draft", 0)


def test_html_in_news_is_text(cast):
    give(cast.learner, NEWS)
    spread(write(body="<script>alert(1)</script> **hallo**"))

    assert "<script>alert(1)</script> **hallo**" in Message.objects.get().body


@pytest.mark.parametrize("people", [1, 3])
def test_mails_are_made_by_batches_not_one_by_one(cast, people, django_assert_max_num_queries):
    for number in range(people):
        subscribe(f"lezer{number}@lezer.example")
    news = write()
    actions.send_news(news, by=BY)

    with django_assert_max_num_queries(12 + people):  # a job per mail for the first two hundred
        assert actions.spread_news(news, by=BY) == people

"""The whole loop over the demo's letter box: subscribe, confirm, receive, stop with one click, and nothing arrives."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.config import catcher
from leerhuis.config import settings as product
from leerhuis.config.catcher import caught_mails
from leerhuis.config.launcher import free_port
from leerhuis.consent.actions import spread_news
from leerhuis.consent.models import Choice, News
from leerhuis.mail.actions import send_message
from leerhuis.mail.models import Message
from leerhuis.people.actions import grant_role
from leerhuis.people.models import Person
from tests.cast import Cast

BY = Actor.operator()
ADDRESS = "nina@lezer.example"


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """The demo's own letter box, to which the settings point."""
    (tmp_path / "mails").mkdir()
    port = free_port()
    controller = catcher.serve(tmp_path / "mails", port)
    settings.SMTP = product.SmtpServer("127.0.0.1", port, "", "", "none", 5)
    yield tmp_path
    controller.stop()


def deliver() -> None:
    """Do what the worker does with everything that waits."""
    for news in News.objects.filter(state=News.State.SENDING):
        spread_news(news, by=BY)
    for message in Message.objects.filter(state=Message.State.WAITING):
        send_message(message.id, by=BY)


def subjects(home: Path) -> list[str]:
    """Return the subject lines of what arrived at the address, oldest first."""
    return [mail.subject for mail in reversed(caught_mails(home, to=ADDRESS))]


def link(home: Path, part: str) -> str:
    """Return the path of a link in the newest mail to the address."""
    found = re.search(rf"http://[^/]+(/news/{part}/[^/>\s]+/)", caught_mails(home, to=ADDRESS)[0].text)
    assert found is not None
    return found[1]


def test_subscribe_receive_stop_send_again_and_nothing_arrives(
    academy: Academy, cast: Cast, home: Path, as_: Callable[[Person | None], Client]
) -> None:
    visitor, host = as_(None), {"host": academy.main_host}
    grant_role(cast.stranger, "marketer", by=BY)
    marketer = as_(cast.stranger)

    def send(title: str) -> None:
        said = {"topic": "consent.product_news", "title": title, "body": "Er is iets nieuws."}
        at = marketer.post("/office/news/add/", said)["Location"]
        marketer.post(f"{at}send/")
        deliver()

    visitor.post("/news/subscribe/", {"email": ADDRESS, "topic-consent-product_news": "on", "of_age": "on"})
    send("Te vroeg")
    assert subjects(home) == ["Bevestig wat u van LEFFECTIEF wilt ontvangen"]

    visitor.post(link(home, "confirm"))
    send("Lente")
    assert subjects(home)[1:] == ["Lente"]

    program = Client(enforce_csrf_checks=True, headers=host)
    at = link(home, "stop")
    assert program.get(at).status_code == 200
    assert program.post(at, {"List-Unsubscribe": "One-Click"}).status_code == 200
    send("Zomer")
    assert subjects(home)[1:] == ["Lente"]
    assert list(Choice.objects.order_by("created_at", "id").values_list("step", flat=True)) == [
        "asked",
        "given",
        "withdrawn",
    ]


def test_whoever_stops_it_while_it_waits_in_the_queue_gets_nothing(
    academy: Academy, cast: Cast, home: Path, as_: Callable[[Person | None], Client]
) -> None:
    visitor = as_(None)
    visitor.post("/news/subscribe/", {"email": ADDRESS, "topic-consent-product_news": "on", "of_age": "on"})
    deliver()
    visitor.post(link(home, "confirm"))
    grant_role(cast.stranger, "marketer", by=BY)
    marketer = as_(cast.stranger)
    said = {"topic": "consent.product_news", "title": "Lente", "body": "Er is iets nieuws."}
    at = marketer.post("/office/news/add/", said)["Location"]
    marketer.post(f"{at}send/")
    spread_news(News.objects.get(), by=BY)
    waiting = Message.objects.get(state=Message.State.WAITING)
    visitor.post(waiting.leave_link.split(academy.main_host)[1].split("/", 1)[1].join(["/", ""]))
    deliver()
    waiting.refresh_from_db()
    assert (len(subjects(home)), waiting.state, waiting.fault) == (1, "dropped", "unwanted")

"""The outbox: a mail is a row of the act that caused it, delivered over real SMTP, tried again, never doubled."""

import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Parsed
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection, transaction

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Flow
from leerhuis.base import clock
from leerhuis.config import settings as product
from leerhuis.mail import delivery
from leerhuis.mail.actions import send_due_again, send_message, try_again
from leerhuis.mail.models import Message
from leerhuis.mail.queries import stuck_messages
from leerhuis.people import actions
from leerhuis.people.mails import invitation, security_changed
from leerhuis.people.models import Person
from leerhuis.privacy.models import Firm
from tests.cast import Cast, add_person

BY = Actor.operator()


class Box:
    """A real SMTP server that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.mails: list[Parsed] = []
        self.refuse = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take one mail."""
        if self.refuse:
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box(settings: object) -> Iterator[Box]:
    """A running SMTP server, to which the settings point."""
    box = Box()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.SMTP = product.SmtpServer("127.0.0.1", port, "", "", "none", 5)  # type: ignore[attr-defined]
    yield box
    server.stop()


def queued_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'job' = 'mail.send_message'")
        return int(cursor.fetchone()[0])


def test_a_mail_goes_over_smtp_with_a_stable_identifier(academy: Academy, cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    send_message(message.id, by=BY)
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    (mail,) = box.mails
    assert mail["Message-ID"] == f"<{message.id}@leffectief.localhost>"
    assert mail["To"] == "Lena de Leerling <lena.deleerling@people.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "Er is iets veranderd aan hoe u inlogt"


def test_a_mail_is_in_the_readers_language_and_loads_nothing_from_elsewhere(
    academy: Academy, cast: Cast, box: Box
) -> None:
    reader = add_person("Emma", "English", language="en")
    send_message(security_changed.send(reader, "totp_activated", by=BY).id, by=BY)
    (mail,) = box.mails
    page = mail.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert mail["Subject"] == "Something changed in how you sign in"
    assert "<img" not in page
    assert "http" not in page


def test_a_sent_mail_is_never_sent_twice(academy: Academy, cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    for _ in range(3):
        send_message(message.id, by=BY)
    assert len(box.mails) == 1


def test_a_refused_mail_is_planned_again_and_arrives_under_the_same_identifier(
    academy: Academy, cast: Cast, box: Box
) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    box.refuse = True
    send_message(message.id, by=BY)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.fault) == (Message.State.WAITING, 1, "SMTPDataError")
    box.refuse = False
    with clock.at(clock.now() + timedelta(minutes=2)):
        send_message(message.id, by=BY)
    assert [mail["Message-ID"] for mail in box.mails] == [f"<{message.id}@leffectief.localhost>"]


def test_a_mail_is_given_up_after_two_days_and_can_be_sent_once_more(academy: Academy, cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    box.refuse = True
    moment = clock.now()
    for _ in range(8):
        with clock.at(moment):
            send_message(message.id, by=BY)
        moment += timedelta(days=1, minutes=1)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.FAILED, 8)
    assert list(stuck_messages()) == [message]
    box.refuse = False
    try_again(message, by=BY)
    send_message(message.id, by=BY)
    assert len(box.mails) == 1


def _send_and_fail(reader: Person) -> None:
    with transaction.atomic():
        security_changed.send(reader, "password_changed", by=BY)
        raise RuntimeError("stop")


def test_a_mail_whose_act_was_taken_back_leaves_no_row_and_no_job(academy: Academy, cast: Cast) -> None:
    before = queued_jobs()
    with pytest.raises(RuntimeError, match="stop"):
        _send_and_fail(cast.learner)
    assert (Message.objects.count(), queued_jobs()) == (0, before)


def test_a_mail_whose_job_was_lost_gets_a_new_one(academy: Academy, cast: Cast) -> None:
    security_changed.send(cast.learner, "password_changed", by=BY)
    before = queued_jobs()
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert send_due_again(by=BY) == 1
    assert queued_jobs() == before + 1


def test_a_link_that_opens_an_account_is_gone_after_sending(academy: Academy, cast: Cast, box: Box) -> None:
    actions.invite(cast.learner, by=BY)
    message = Message.objects.get()
    assert "/invitation/" in message.body
    send_message(message.id, by=BY)
    message.refresh_from_db()
    assert message.body == ""
    assert "/invitation/" in str(box.mails[0].get_body(("plain",)))  # type: ignore[attr-defined]


def test_a_name_cannot_become_a_link_or_a_tag(academy: Academy) -> None:
    trickster = Person(first_name="[click](http://evil.example)<b>", last_name="x", email="t@x.example", language="nl")
    shown = invitation.preview(trickster, "token")
    assert 'href="http://evil.example"' not in shown.html
    assert "<b>" not in shown.html


def test_links_are_on_the_academys_own_host(academy: Academy, cast: Cast) -> None:
    shown = invitation.preview(cast.learner, "token")
    assert "http://leffectief.localhost:8000/invitation/token/" in shown.body


def fault_at(host: str, tls: str, settings: Any, cast: Cast) -> tuple[str, str]:
    """Return how a mail stands and why, after a try with a server there; nothing may be looked up for it."""
    settings.SMTP = product.SmtpServer(host, 25, "", "", tls, 1)
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    send_message(message.id, by=BY)
    message.refresh_from_db()
    return message.state, message.fault


def test_a_mail_that_was_handed_over_is_counted_once(academy: Academy, cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    for _ in range(2):
        send_message(message.id, by=BY)

    flow = Flow.objects.get(recipient="mail.mail_provider")
    assert (flow.purpose, flow.people, flow.transport) == ("mail.service_mail", 1, "machine")
    assert flow.carrier == "mail people.security_changed"


def test_a_mail_that_did_not_arrive_is_not_counted(academy: Academy, cast: Cast, box: Box) -> None:
    box.refuse = True
    send_message(security_changed.send(cast.learner, "password_changed", by=BY).id, by=BY)

    assert not Flow.objects.exists()


def test_nothing_is_handed_to_another_machine_in_the_open(academy: Academy, cast: Cast, settings: Any) -> None:
    assert fault_at("smtp.post.example", "none", settings, cast) == (Message.State.WAITING, "Unprotected")
    assert not Flow.objects.exists()


def test_nothing_is_handed_to_a_firm_that_is_in_no_register(academy: Academy, cast: Cast, settings: Any) -> None:
    Firm.objects.filter(role="mail").update(ended_at=clock.now())

    assert fault_at("smtp.post.example", "starttls", settings, cast) == (Message.State.WAITING, "NotRegistered")
    assert not Flow.objects.exists()


@pytest.mark.parametrize("tls", ["starttls", "wrapped"])
def test_a_registered_firm_over_tls_is_tried_and_tests_stay_on_this_machine(
    academy: Academy, cast: Cast, settings: Any, tls: str
) -> None:
    with pytest.raises(UserWarning, match="tried to use socket"):
        fault_at("192.0.2.1", tls, settings, cast)


def test_the_certificate_of_another_machine_must_be_its_own() -> None:
    other, own = (
        delivery._context(product.SmtpServer(host, 25, "", "", "starttls", 1)) for host in ("a.example", "::1")
    )

    assert (other.check_hostname, other.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert (own.check_hostname, own.verify_mode) == (False, ssl.CERT_NONE)

"""No mail leaves: while an academy tries things out, every mail is kept, and later sent or dropped as a whole."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerhuis.appearance.actions import choose_appearance
from leerhuis.mail.actions import (
    MailStopped,
    NotStopped,
    StoppedAlready,
    hold_back,
    release,
    resume_mail,
    send_message,
    stop_mail,
    try_again,
)
from leerhuis.mail.models import Message
from leerhuis.mail.queries import standstill
from leerhuis.people.mails import security_changed
from leerhuis.people.models import Person
from tests.cast import Cast
from tests.floors.test_outbox import BY, Box, box

As = Callable[[Person | None], Client]
__all__ = ["box"]


def test_while_no_mail_leaves_everything_is_kept_and_afterwards_sent_or_dropped(cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    stop_mail(by=BY)
    later = security_changed.send(cast.learner, "password_changed", by=BY)
    for each in (message, later):
        send_message(each.id, by=BY)
        each.refresh_from_db()
    assert (box.mails, {message.state, later.state}) == ([], {Message.State.HELD})
    with pytest.raises(StoppedAlready):
        stop_mail(by=BY)
    with pytest.raises(MailStopped):
        release(later, by=BY)
    assert resume_mail(send=True, by=BY) == 2
    for each in (message, later):
        send_message(each.id, by=BY)
    assert len(box.mails) == 2
    with pytest.raises(NotStopped):
        resume_mail(send=True, by=BY)


def test_what_was_dropped_never_leaves_and_what_was_held_by_hand_stays_held(cast: Cast, box: Box) -> None:
    by_hand = security_changed.send(cast.learner, "password_changed", by=BY)
    hold_back(by_hand, by=BY)
    stop_mail(by=BY)
    kept = security_changed.send(cast.learner, "password_changed", by=BY)
    assert resume_mail(send=False, by=BY) == 1
    for each in (by_hand, kept):
        send_message(each.id, by=BY)
        each.refresh_from_db()
    assert (by_hand.state, kept.state, box.mails) == (Message.State.HELD, Message.State.DROPPED, [])


def test_a_mail_that_is_tried_again_waits_for_the_standstill_too(cast: Cast, box: Box) -> None:
    message = security_changed.send(cast.learner, "password_changed", by=BY)
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
    message.refresh_from_db()
    stop_mail(by=BY)
    with pytest.raises(MailStopped):
        try_again(message, by=BY)


def test_the_administrator_alone_stops_mail_and_every_page_of_the_office_says_so(cast: Cast, as_: As) -> None:
    for who in ("clerk", "planner", "bookkeeper", "officer", "trainer", "contact", "learner", "stranger"):
        client = as_(cast.everyone[who])
        assert [ask("/office/settings/mails/").status_code for ask in (client.get, client.post)] == [403, 403], who
    admin, clerk = as_(cast.admin), as_(cast.clerk)
    assert "hand-stop" not in clerk.get("/office/").content.decode()
    assert admin.get("/office/settings/mails/").status_code == 200
    admin.post("/office/settings/mails/", {"step": "stop"})
    assert standstill() is not None
    for address in ("/office/", "/office/people/", "/office/mails/", "/office/settings/mails/"):
        assert "hand-stop" in admin.get(address).content.decode(), address
    assert "hand-stop" not in clerk.get("/today/").content.decode()
    admin.post("/office/settings/mails/", {"step": "drop"})
    assert standstill() is None


def test_the_logo_travels_inside_the_mail(cast: Cast, box: Box) -> None:
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
    choose_appearance(accent="#225588", typeface="plain", logo=logo, by=BY)
    send_message(security_changed.send(cast.learner, "password_changed", by=BY).id, by=BY)
    (mail,) = box.mails
    html = mail.get_body(("html",))  # type: ignore[attr-defined]
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in pictures] == ["<logo>"]
    assert 'src="cid:logo"' in html.get_content()
    assert "http" not in html.get_content().split("cid:logo")[0]

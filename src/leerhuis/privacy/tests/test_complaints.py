"""A complaint: received at once, answered in time with the way to appeal, counted each year without names."""

import csv
import io
from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.people.gate import Viewer
from leerhuis.privacy import actions, grievances
from leerhuis.privacy.handling import KnownAlready
from leerhuis.privacy.letters import draft_complaint_answer
from leerhuis.privacy.models import Complaint, Reply
from leerhuis.privacy.post import reply_pdf


@pytest.fixture
def by(cast):
    return Actor.person(cast.officer.id, "privacy_officer")


def complain(by=None, **more):
    said = {"name": "Vera Verdriet", "address": "vera@elders.example", "told": "De zaal was te klein.",
            "subject_of": "training", "channel": "website"}  # fmt: skip
    return actions.receive_complaint(**said | more, by=by or Actor.visitor())


def mails(kind):
    return [(m.to_address, m.body) for m in Message.objects.filter(kind=f"privacy.{kind}").order_by("created_at")]


def test_the_complainant_hears_at_once_and_both_terms_count_from_the_receipt(academy, cast):
    received = clock.now() - timedelta(days=2)
    complaint = complain(received_at=received)
    terms = academy.settings.complaints

    assert (complaint.confirm_by - complaint.answer_by).days == terms.receipt_days - terms.answer_days
    assert complaint.days_left == terms.answer_days - 2
    assert [address for address, _ in mails("complaint_received")] == ["vera@elders.example"]
    assert complaint.confirmed_at is not None


def test_without_an_address_for_mail_somebody_confirms_it_by_hand(cast, by):
    complaint = complain(by=by, channel="letter", address="Kerkstraat 1, Zwolle")
    assert (complaint.confirmed_at, mails("complaint_received")) == (None, [])
    actions.confirm_complaint(complaint, by=by)
    complaint.refresh_from_db()
    assert complaint.confirmed_at is not None


def test_an_answer_names_the_body_of_appeal_and_closes_it(cast, by):
    complaint = complain(subject_of="privacy")
    body = draft_complaint_answer(complaint)
    assert "onafhankelijke derde" in body
    assert "Autoriteit Persoonsgegevens" in body
    with pytest.raises(grievances.OutcomeMissing), attempt():
        actions.answer_complaint(complaint, outcome="", body=body, by=by)
    assert (Reply.objects.count(), mails("complaint_answered")) == (0, [])
    reply = actions.answer_complaint(complaint, outcome="founded", body=body, learned="Grotere zaal.", by=by)
    complaint.refresh_from_db()

    assert not complaint.is_open
    assert [address for address, _ in mails("complaint_answered")] == ["vera@elders.example"]
    assert reply_pdf(reply).startswith(b"%PDF")
    with pytest.raises(grievances.AnsweredAlready):
        actions.answer_complaint(complaint, outcome="settled", body=body, by=by)


def test_an_appeal_opens_it_again_until_it_is_closed(cast, by):
    complaint = complain()
    for act in (actions.record_appeal, lambda c, by: actions.close_complaint(c, learned="", by=by)):
        with pytest.raises(grievances.NotAnswered):
            act(complaint, by=by)
    actions.answer_complaint(complaint, outcome="unfounded", body="Nee.", by=by)
    actions.record_appeal(complaint, by=by)
    complaint.refresh_from_db()
    assert complaint.is_open
    actions.close_complaint(complaint, learned="Voortaan eerder bellen.", by=by)
    complaint.refresh_from_db()
    assert (complaint.is_open, complaint.learned) == (False, "Voortaan eerder bellen.")


def test_more_time_is_told_with_a_reason_before_the_last_day(cast, by):
    complaint = complain()
    later = complaint.answer_by + timedelta(days=7)
    for until, reason in ((later, " "), (complaint.answer_by, "Vakantie")):
        with pytest.raises(grievances.LaterWithReason), attempt():
            actions.delay_complaint(complaint, until=until, reason=reason, by=by)
    assert mails("complaint_delayed") == []
    actions.delay_complaint(complaint, until=later, reason="De trainer is met vakantie.", by=by)
    ((address, body),) = mails("complaint_delayed")
    assert address == "vera@elders.example"
    assert "met vakantie" in body


def test_the_desk_is_reminded_without_a_name(cast, by):
    complain(received_at=clock.now() - timedelta(days=25))
    job = Actor.job("privacy.remind_of_complaints")

    assert [actions.remind_of_complaints(by=job) for _ in range(2)] == [1, 0]
    assert [address for address, _ in mails("complaint_due")] == [cast.officer.email]
    assert "Vera" not in mails("complaint_due")[0][1]


def test_anybody_complains_and_only_the_stewards_read_it(as_, cast):
    said = {"subject_of": "training", "told": "Te laat begonnen.", "name": "Vera", "address": "vera@elders.example"}
    assert as_(None).post("/complaint/", said)["Location"] == "/complaint/received/"
    complaint = Complaint.objects.get()
    address = f"/office/complaints/{complaint.id}/"

    answers = {
        who: as_(getattr(cast, who)).get(address).status_code for who in ("officer", "admin", "clerk", "stranger")
    }
    assert answers == {"officer": 200, "admin": 200, "clerk": 403, "stranger": 403}
    nobody = Viewer(cast.clerk, frozenset({"clerk"}), second_factor=True)
    assert list(grievances.complaints_for(nobody)) == list(grievances.complaints_for(None)) == []


def test_the_desk_answers_on_one_page(as_, cast):
    client = as_(cast.admin)
    today = clock.today().isoformat()
    form = {"subject_of": "other", "channel": "phone", "received_on": today, "name": "Vera", "told": "Te duur."}
    address = client.post("/office/complaints/add/", form | {"address": "Kerkstraat 1"})["Location"]
    for act, more in (
        ("take", {}), ("confirm", {}), ("answer", {"outcome": "settled", "body": "Goed."}), ("appeal", {}),
        ("close", {"learned": "Prijs vooraf."}),
    ):  # fmt: skip
        assert client.post(address, {"act": act, **more}).status_code == 302, act
    complaint = Complaint.objects.get()
    assert (complaint.outcome, complaint.owner, complaint.is_open) == ("settled", cast.admin.id, False)


def test_an_address_alone_makes_it_nobodys_until_the_officer_says_whose_it_is(as_, cast):
    today = clock.today().isoformat()
    form = {"subject_of": "other", "channel": "phone", "received_on": today, "name": "Vera", "told": "Te duur."}
    officer = as_(cast.officer)
    address = officer.post("/office/complaints/add/", form | {"address": cast.learner.email})["Location"]
    complaint = Complaint.objects.get()
    assert complaint.person is None
    assert "Te duur." not in as_(cast.learner).get("/me/data/").content.decode()

    for wrong in ("", "nobody@elders.example"):
        assert officer.post(address, {"act": "whose", "email": wrong}).status_code == 200
    assert as_(cast.admin).post(address, {"act": "whose", "email": cast.learner.email}).status_code == 200
    complaint.refresh_from_db()
    assert complaint.person is None
    actions.answer_complaint(complaint, outcome="partly", body="Ja.", by=Actor.person(cast.officer.id))
    assert officer.post(address, {"act": "whose", "email": cast.learner.email}).status_code == 302

    complaint.refresh_from_db()
    assert (complaint.person, Reply.objects.get().person) == (cast.learner.id, cast.learner.id)
    assert "Te duur." in as_(cast.learner).get("/me/data/").content.decode()
    with pytest.raises(KnownAlready), attempt():
        actions.say_whose_complaint(complaint, cast.stranger, by=Actor.person(cast.officer.id))


def test_a_year_is_taken_along_without_anybody(as_, cast, by):
    complaint = complain(name="Vera Verdriet")
    actions.answer_complaint(complaint, outcome="partly", body="Ja.", learned="Beter bord.", by=by)
    answer = as_(cast.officer).get(f"/office/complaints/year/?year={clock.today().year}&export=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    text = answer.content.decode()

    assert len(rows) == 2
    assert "Beter bord." in rows[1]
    assert [word for word in ("Vera", "vera@", "zaal") if word in text] == []
    other = as_(cast.officer).get("/office/complaints/year/?year=2001&export=csv")
    assert len(other.content.decode().strip().splitlines()) == 1

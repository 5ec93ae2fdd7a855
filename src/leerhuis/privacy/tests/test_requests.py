"""A request about data: its clock, who asks, the decision, and the reply without which nothing is closed."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person
from leerhuis.privacy import actions, handling
from leerhuis.privacy.actions import Refused
from leerhuis.privacy.docket import my_replies, my_requests, open_requests, replies_for, requests_for, with_people
from leerhuis.privacy.events import PersonErased
from leerhuis.privacy.handlers import on_person_erased
from leerhuis.privacy.letters import draft_answer
from leerhuis.privacy.models import Erasure, Reply, Request, RequestGround
from leerhuis.privacy.post import blocks, reply_pdf

MORNING = datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def by(cast):
    return Actor.person(cast.officer.id, "privacy_officer")


def received(person=None, kind="access", channel="mail", by=None, **more):
    return actions.receive_request(kind=kind, channel=channel, person=person, by=by or Actor.operator(), **more)


def viewer(person, *roles):
    return Viewer(person, frozenset(roles), second_factor=True)


def mails(kind):
    return list(Message.objects.filter(kind=f"privacy.{kind}").order_by("created_at", "id"))


# --- the clock -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received_at", "days", "due"),
    [
        (datetime(2027, 3, 1, 8, tzinfo=UTC), 28, date(2027, 3, 29)),
        (datetime(2027, 3, 1, 23, 30, tzinfo=UTC), 28, date(2027, 3, 30)),  # the day in Amsterdam, not that of UTC
        (datetime(2027, 1, 31, 12, tzinfo=UTC), 90, date(2027, 2, 28)),  # never later than the law's month
    ],
)
def test_the_clock_runs_from_receipt_and_never_past_the_laws_month(received_at, days, due):
    assert handling.due_on(received_at, days) == due


def test_a_request_that_came_last_week_has_a_week_less(cast, by):
    request = received(cast.learner, by=by, received_at=clock.now() - timedelta(days=7))

    assert request.days_left == 21
    assert [m.to_address for m in mails("request_received")] == [cast.learner.email]


def test_a_request_cannot_come_in_tomorrow(cast, by):
    before = Request.objects.count(), Message.objects.count(), Note.objects.count()
    with pytest.raises(handling.NotYet), attempt():
        received(cast.learner, by=by, received_at=clock.now() + timedelta(days=1))

    assert (Request.objects.count(), Message.objects.count(), Note.objects.count()) == before


def test_more_time_is_taken_once_with_a_reason_that_the_person_reads(cast, by):
    request = received(cast.learner, by=by)
    was = request.due_on
    with pytest.raises(handling.WhyMissing), attempt():
        actions.extend_request(request, reason="  ", by=by)
    reply = actions.extend_request(request, reason="Drie systemen doorzoeken.", by=by)
    request.refresh_from_db()

    assert request.due_on == was + handling.FURTHER
    assert "Drie systemen doorzoeken." in reply.body
    assert [m.to_address for m in mails("request_extended")] == [cast.learner.email]
    assert "systemen" not in mails("request_extended")[0].body
    with pytest.raises(handling.ExtendedAlready):
        actions.extend_request(request, reason="Nog eens.", by=by)


def test_past_the_first_term_no_more_time_is_taken(cast, by):
    request = received(cast.learner, by=by, received_at=clock.now() - timedelta(days=40))
    with pytest.raises(handling.TooLateToExtend), attempt():
        actions.extend_request(request, reason="Te druk.", by=by)

    assert (Reply.objects.count(), mails("request_extended")) == (0, [])


def test_the_owner_is_reminded_each_day_once_and_without_a_name(cast, by):
    with clock.at(MORNING):
        request = received(cast.learner, by=by)
        actions.take_request(request, by=by)
        job = Actor.job("privacy.remind_of_requests")
        assert actions.remind_of_requests(by=job) == 0
    for day, sent in ((21, 1), (21, 0), (22, 1), (30, 1)):
        with clock.at(MORNING + timedelta(days=day)):
            assert actions.remind_of_requests(by=job) == sent, day
    told = mails("request_due")

    assert [m.to_address for m in told] == [cast.officer.email] * 3
    assert [cast.learner.last_name in m.body + m.title for m in told] == [False] * 3
    assert "2 dagen geleden" in told[-1].body


# --- who asks ------------------------------------------------------------------------------------------------------
def test_a_code_goes_to_the_address_on_file_and_proves_who_asks(cast, by):
    request = received(cast.learner, by=by, given_address="iemand@elders.example")
    actions.ask_identity(request, by=by)
    request.refresh_from_db()
    (mail,) = mails("request_code")

    assert (mail.to_address, mail.secret, request.state) == (cast.learner.email, True, "identity")
    code = handling.code_of(request)
    assert code in mail.body
    actions.check_code(request, f" {code[:3]} {code[3:]} ", by=by)
    request.refresh_from_db()
    assert (request.proof, request.proven_by, request.state) == ("code", cast.officer.id, "open")


def test_a_wrong_an_old_and_a_sixth_code_prove_nothing(cast, by):
    with clock.at(MORNING):
        request = received(cast.learner, by=by)
        actions.ask_identity(request, by=by)
        request.refresh_from_db()
        code = handling.code_of(request)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        assert not handling.is_code(request, wrong)
        assert handling.is_code(request, code)
        request.code_tries = handling.CODE_TRIES + 1
        assert not handling.is_code(request, code)
    request.refresh_from_db()
    with clock.at(MORNING + timedelta(days=8)):
        assert not handling.is_code(request, code)
        with pytest.raises(handling.NoSuchCode), attempt():
            actions.check_code(request, code, by=by)
    request.refresh_from_db()
    assert request.proof == ""


def test_each_mailed_code_is_another(cast, by):
    request = received(cast.learner, by=by)
    codes = set()
    for hour in range(5):
        with clock.at(MORNING + timedelta(hours=hour)):
            actions.ask_identity(request, by=by)
        request.refresh_from_db()
        codes.add(handling.code_of(request))

    assert len(codes) == 5


def test_nobody_writes_down_by_hand_that_somebody_signed_in(cast, by):
    request = received(cast.learner, by=by)
    for proof in ("sign_in", "code", "passport", ""):
        with pytest.raises(handling.OnlyByThemselves):
            actions.prove_identity(request, proof, by=by)
    actions.prove_identity(request, "call_back", by=by)
    request.refresh_from_db()
    assert request.proof == "call_back"


def test_without_certainty_nothing_is_granted_and_no_ground_tells_anything(cast, by):
    request = received(cast.learner, by=by)
    for decision, refused in (
        ("granted", []),
        ("partly", [Refused("", "unknown")]),
        ("refused", [Refused("enrolment.course", "duty")]),
    ):
        with pytest.raises(handling.NotProven), attempt():
            actions.decide_request(request, decision, refused, by=by)
    assert RequestGround.objects.count() == 0
    actions.decide_request(request, "refused", [Refused("", "unknown")], by=by)


def test_whoever_is_unknown_gets_a_letter_about_nobody_at_the_address_that_was_given(cast, by):
    request = received(by=by, given_name="Iemand Anders", given_address="iemand@elders.example", asked="Wat heeft u?")
    assert mails("request_received") == []
    with pytest.raises(handling.PersonUnknown):
        actions.ask_identity(request, by=by)
    with pytest.raises(handling.PersonUnknown):
        actions.prove_identity(request, "facts", by=by)
    actions.decide_request(request, "refused", [Refused("", "unknown")], by=by)
    request.refresh_from_db()
    actions.answer_request(request, draft_answer(request, None), by=by)
    (mail,) = mails("request_answered_openly")

    assert (mail.to_address, mail.person) == ("iemand@elders.example", None)
    assert "Iemand Anders" in mail.body


def test_whose_request_it_is_is_said_once(cast, by):
    request = received(by=by, given_name="Lena", given_address="Kerkstraat 1")
    actions.say_whose_request(request, cast.learner, by=by)
    with pytest.raises(handling.KnownAlready):
        actions.say_whose_request(request, cast.stranger, by=by)
    request.refresh_from_db()
    assert request.person == cast.learner.id


# --- the decision and the reply ------------------------------------------------------------------------------------
def decided(cast, by, decision="granted", refused=(), **more):
    request = received(cast.learner, by=by, **more)
    actions.prove_identity(request, "facts", by=by)
    actions.decide_request(request, decision, refused, by=by)
    request.refresh_from_db()
    return request


def test_what_is_refused_has_a_ground_and_what_is_granted_has_none(cast, by):
    request = received(cast.learner, by=by)
    actions.prove_identity(request, "facts", by=by)
    with pytest.raises(handling.GroundMissing):
        actions.decide_request(request, "refused", [], by=by)
    with pytest.raises(handling.GroundTooMany):
        actions.decide_request(request, "granted", [Refused("enrolment.course", "duty")], by=by)


def test_the_letter_names_the_ground_for_each_purpose_and_the_way_to_court(cast, by):
    refused = [
        Refused("results.certificate", "duty", date(2034, 1, 31), "Het register vraagt dit."),
        Refused("enrolment.course", "contract"),
    ]
    Erasure.objects.create(person=cast.learner.id, due_on=clock.today())
    request = decided(cast, by, "partly", refused, kind="erasure")
    letter = draft_answer(request, cast.learner)
    cast.learner.language = "en"
    english = draft_answer(request, cast.learner)

    assert "artikel 17 lid 3" in letter
    assert "31 januari 2034" in letter
    assert "Het register vraagt dit." in letter
    assert "Autoriteit Persoonsgegevens" in letter
    assert "artikel 35 UAVG" in letter
    assert "article 17(3)(b)" in english
    assert "until 31 January 2034" in english
    assert english.count("\n- ") == letter.count("\n- ") == 2


def test_a_request_is_closed_by_its_reply_and_by_nothing_else(cast, by):
    request = received(cast.learner, by=by)
    with pytest.raises(handling.DecideFirst):
        actions.answer_request(request, "Klaar.", by=by)
    request = decided(cast, by)
    with pytest.raises(handling.ReplyMissing), attempt():
        actions.answer_request(request, " \n ", by=by)
    assert (Reply.objects.count(), mails("request_answered")) == (0, [])
    reply = actions.answer_request(request, "U bent Lena, en woont in Zwolle.", by=by)
    request.refresh_from_db()
    (mail,) = mails("request_answered")

    assert (request.state, request.is_open, reply.way) == ("closed", False, "account")
    assert "Zwolle" not in mail.body + mail.title
    assert mail.to_address == cast.learner.email
    with pytest.raises(handling.ClosedAlready):
        actions.answer_request(request, "Nog iets.", by=by)
    with pytest.raises(handling.ClosedAlready):
        actions.decide_request(request, "granted", by=by)
    fresh = Request.objects.filter(pk=received(cast.learner, by=by).pk)
    for without in ({"state": "closed"}, {"state": "closed", "closed_at": clock.now()}):
        with pytest.raises(IntegrityError), attempt():
            fresh.update(**without)


def test_an_answer_for_somebody_who_cannot_sign_in_is_posted(cast, by):
    cast.learner.state = Person.State.SUSPENDED
    cast.learner.save()
    reply = actions.answer_request(decided(cast, by), "Een brief.", by=by)

    assert (reply.way, mails("request_answered")) == ("post", [])


def test_a_letter_can_be_had_on_paper(cast, by):
    reply = actions.answer_request(decided(cast, by), "Beste Lena,\n\nDit blijft:\n\n- één\n- twee\n\nGroet", by=by)

    assert reply_pdf(reply).startswith(b"%PDF")
    assert blocks("a\nb\n\n- c\n- d\n\ne") == [
        {"list": False, "lines": ["a", "b"]},
        {"list": True, "lines": ["c", "d"]},
        {"list": False, "lines": ["e"]},
    ]


# --- who reads what ------------------------------------------------------------------------------------------------
def test_only_the_privacy_officer_reads_requests_of_others(cast, by):
    request = received(cast.learner, by=by)
    roles = {
        "officer": "privacy_officer",
        "clerk": "clerk",
        "admin": "academy_admin",
        "stranger": "",
        "trainer": "trainer",
    }

    seen = {who: list(requests_for(viewer(getattr(cast, who), role))) for who, role in roles.items()}
    assert seen == {"officer": [request], "clerk": [], "admin": [], "stranger": [], "trainer": []}
    assert list(requests_for(None)) == []
    assert list(my_requests(cast.learner.id)) == [request]
    assert list(my_requests(cast.stranger.id)) == []
    reply = actions.answer_request(decided(cast, by), "Brief.", by=by)
    assert [list(my_replies(p.id)) for p in (cast.learner, cast.stranger)] == [[reply], []]
    assert list(replies_for(viewer(cast.officer, "privacy_officer"))) == [reply]
    assert list(replies_for(viewer(cast.clerk, "clerk"))) == []


def test_a_request_that_was_closed_leaves_the_day_of_the_officer(cast, by):
    officer = viewer(cast.officer, "privacy_officer")
    request = decided(cast, by)
    assert list(open_requests(officer)) == [request]
    actions.answer_request(request, "Brief.", by=by)
    assert list(open_requests(officer)) == []


# --- pages ---------------------------------------------------------------------------------------------------------
def test_the_officer_handles_a_request_from_a_letter_to_the_reply(as_, cast):
    client = as_(cast.officer)
    came = {"kind": "correction", "channel": "letter", "received_on": clock.today().isoformat()}
    form = {**came, "email": cast.learner.email, "asked": "Mijn naam is anders."}
    address = client.post("/office/privacy/requests/add/", form)["Location"]
    request = Request.objects.get()

    def step(act, **more):
        return client.post(address, {"act": act, **more})

    assert address == f"/office/privacy/requests/{request.id}/"
    assert step("take").status_code == 302
    assert step("ask").status_code == 302
    assert "niet de code" in step("code", code="000000 ").content.decode() or step("code", code="1").status_code == 200
    request.refresh_from_db()
    assert request.code_tries >= 1
    assert step("code", code=handling.code_of(request)).status_code == 302
    grounds = {
        "grounds-TOTAL_FORMS": "1", "grounds-INITIAL_FORMS": "0", "grounds-0-purpose": "results.certificate",
        "grounds-0-ground": "duty", "grounds-0-until": "2034-01-31", "grounds-0-explanation": "",
    }  # fmt: skip
    assert step("decide", decision="granted", **grounds).status_code == 200
    assert step("decide", decision="partly", **grounds).status_code == 302
    page = client.get(address)
    assert step("reply", body=page.context["reply_form"].initial["body"]).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.decision, request.owner) == ("closed", "partly", cast.officer.id)
    assert as_(cast.learner).get(f"/me/requests/{request.id}/").context["letters"][0][0].request == request
    assert Look.objects.filter(subject_person=cast.learner.id, screen="privacy_request").exists()


def test_an_unknown_address_is_refused_and_nothing_is_recorded(as_, cast):
    said = {"kind": "access", "channel": "mail", "received_on": clock.today().isoformat(), "asked": "Inzage"}
    client = as_(cast.officer)
    for bad in ({"email": "niemand@elders.example"}, {"given_name": "Alleen een naam"}, {}):
        assert client.post("/office/privacy/requests/add/", {**said, **bad}).status_code == 200
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    client.post("/office/privacy/requests/add/", {**said, "email": cast.learner.email, "received_on": tomorrow})
    assert Request.objects.count() == 0


def test_a_learner_asks_after_signing_in_lately_and_sees_how_it_stands(as_, cast):
    client = as_(cast.learner)
    page = client.post("/me/requests/new/correction/", {"concerns": "Mijn lesdag", "asked": "Was 3 maart."})
    request = Request.objects.get()

    assert page["Location"] == f"/me/requests/{request.id}/"
    assert (request.proof, request.person, request.channel) == ("sign_in", cast.learner.id, "account")
    assert client.get("/me/requests/").context["mine"][0][0] == request
    assert as_(cast.stranger).get(page["Location"]).status_code == 404
    assert as_(cast.clerk).get(page["Location"]).status_code == 404
    for kind in ("erasure", "nosuch"):
        assert client.get(f"/me/requests/new/{kind}/").status_code == 404


def test_who_signed_in_long_ago_proves_again_who_they_are(academy, cast):
    from tests.cast import signed_in

    client = signed_in(academy, cast.learner)
    store = client.session
    store["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp() - 100_000, "email": cast.learner.email}
    ]
    store.save()
    answer = client.post("/me/requests/new/other/", {"asked": "Iets"})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert Request.objects.count() == 0


def test_no_form_about_requests_takes_a_file(as_, cast, by):
    request = received(cast.learner, by=by)
    pages = [
        as_(cast.officer).get("/office/privacy/requests/add/"),
        as_(cast.officer).get(f"/office/privacy/requests/{request.id}/"),
        as_(cast.learner).get("/me/requests/new/correction/"),
        as_(cast.learner).get("/me/requests/new/other/"),
    ]

    assert ['type="file"' in page.content.decode() for page in pages] == [False] * 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(as_, cast, by, count, django_assert_num_queries):
    for _each in range(count):
        received(cast.learner, by=by)
    client = as_(cast.officer)
    client.get("/office/privacy/requests/")
    with django_assert_num_queries(LIST_QUERIES, exact=True):
        client.get("/office/privacy/requests/?sort=left")


LIST_QUERIES = 24


def test_requests_with_their_people_take_one_query_more(cast, by, django_assert_num_queries):
    for person in (cast.learner, cast.stranger, None):
        received(person, by=by, given_name="x", given_address="y")
    with django_assert_num_queries(2):
        found = with_people(Request.objects.order_by("created_at"))
    assert [each.whose for each in found] == [cast.learner, cast.stranger, None]
    assert str(uuid4()) not in found[0].reference


# --- erasure -------------------------------------------------------------------------------------------------------
def test_an_erasure_on_request_closes_the_request_and_leaves_nobody_in_it(cast, by):
    request = received(cast.stranger, by=by, kind="erasure", asked="Ik ben Sam en wil weg.")
    with pytest.raises(handling.NotProven), attempt():
        actions.erase_on_request(request, by=by)
    assert Erasure.objects.count() == 0
    actions.prove_identity(request, "facts", by=by)
    actions.erase_on_request(request, by=by)
    actions.erase_person(Erasure.objects.get().id, by=Actor.job("privacy.erase"))
    assert Erasure.objects.get().waits  # for the journal
    on_person_erased(PersonErased(Erasure.objects.get().id, request.id, is_all=True))
    request.refresh_from_db()

    assert (request.state, request.decision, request.person, request.asked) == ("closed", "granted", None, "")


def test_somebody_erases_themselves_after_seeing_what_goes(as_, cast):
    client = as_(cast.stranger)
    page = client.get("/me/data/erase/")
    assert page.context["foreseen"].goes
    assert client.post("/me/data/erase/")["Location"] == "/erased/"
    request = Request.objects.get(kind="erasure")

    assert (request.proof, request.channel) == ("sign_in", "account")
    assert Erasure.objects.get().request_id == request.id
    assert client.get("/me/data/").status_code == 302


def test_the_last_administrator_is_told_why_not_and_nothing_is_recorded(as_, cast):
    answer = as_(cast.admin).post("/me/data/erase/")

    assert answer.status_code == 422
    assert (Request.objects.count(), Erasure.objects.count()) == (0, 0)


def test_the_page_says_in_which_role_something_was_done(as_, cast, by):
    request = received(cast.learner, by=by)
    page = as_(cast.officer).get(f"/office/privacy/requests/{request.id}/")

    assert [change.role for change in page.context["changes"]] == ["uzelf"]
    assert "uzelf" in page.content.decode()
    assert "in behandeling" in page.content.decode()

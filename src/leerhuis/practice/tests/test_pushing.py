"""Notifications: to whom we speak, how they are sealed and signed, and what a push service says to them."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from leerhuis.practice import pushing
from leerhuis.practice.tests.push_service import GOOGLE, Browser, PushService, text

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
NOTICE = pushing.Notice({"title": "Academie", "body": "12 vragen, ongeveer 4 minuten"}, 3600, "practice")


@pytest.fixture
def service(settings):
    found = PushService()
    settings.PUSH_RELAY = found.start()
    yield found
    found.stop()


def device(browser: Browser) -> SimpleNamespace:
    return SimpleNamespace(**browser.subscription)


@pytest.mark.parametrize(
    ("endpoint", "service"),
    [
        (f"{GOOGLE}abc:APA91", "practice.push_google"),
        ("https://updates.push.services.mozilla.com/wpush/v2/gAAAA", "practice.push_mozilla"),
        ("https://web.push.apple.com/QABC", "practice.push_apple"),
        ("https://wns2-par02p.notify.windows.com/w/?token=BQY", "practice.push_microsoft"),
        ("https://fcm.googleapis.com:443/fcm/send/abc", "practice.push_google"),
        ("http://fcm.googleapis.com/fcm/send/abc", ""),
        ("https://fcm.googleapis.com:8443/fcm/send/abc", ""),
        ("https://fcm.googleapis.com@10.0.0.1/fcm/send/abc", ""),
        ("https://fcm.googleapis.com.evil.example/x", ""),
        ("https://evilfcm.googleapis.com.example/x", ""),
        ("https://notpush.apple.com.example/", ""),
        ("https://storage.googleapis.com/bucket", ""),
        ("https://127.0.0.1/x", ""),
        ("https://localhost/x", ""),
        ("https://[::1]/x", ""),
        ("https://fcm.googleapis.com/a b", ""),
        ("https://fcm.googleapis.com/a\r\nX: y", ""),
        ("https://fcm.googleapis.com:x/", ""),
        ("https://fcm.googleapis.com/" + "a" * 1000, ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_only_known_push_services_are_ever_called(endpoint, service):
    assert pushing.service_of(endpoint) == service


def test_the_keys_of_a_subscription_are_a_point_and_sixteen_bytes():
    good = Browser("a").subscription
    assert pushing.keys_fit(good["key"], good["auth"])
    off_the_curve = text(b"\x04" + b"\x01" * 64)
    for key, auth in ((off_the_curve, good["auth"]), ("", good["auth"]), (good["key"], "AAAA"), ("é", "é")):
        assert not pushing.keys_fit(key, auth)


def test_a_message_of_the_standard_is_opened_by_the_service_of_these_tests():
    """RFC 8291, 5: so that what these tests open, browsers open."""
    from cryptography.hazmat.primitives.asymmetric import ec

    from leerhuis.practice.tests.push_service import plain

    secret = int.from_bytes(plain("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    browser = Browser(
        "rfc", secret=ec.derive_private_key(secret, ec.SECP256R1()), auth_bytes=plain("BTBZMqHH6r4Tts7J_aSIgg")
    )
    sealed = plain(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.opened(sealed) == b"When I grow up, I want to be a watermelon"


def test_what_is_brought_is_sealed_for_the_browser_and_signed_by_us(service):
    browser = service.subscribe("phone")
    answer = pushing.hand_over(device(browser), NOTICE, "privacy@academie.example", NOW)
    assert answer == pushing.Answer(201)
    (came,) = service.came
    claims = came.pop("claims")
    assert came == {"to": "phone", "words": dict(NOTICE.words), "TTL": "3600", "Urgency": "normal", "Topic": "practice"}
    assert claims == {
        "aud": "https://fcm.googleapis.com",
        "sub": "mailto:privacy@academie.example",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "key": pushing.public_key(),
    }


def test_the_same_words_are_never_sealed_alike_and_stand_nowhere_in_the_open(service):
    browser = service.subscribe("phone").subscription
    plain = json.dumps(dict(NOTICE.words)).encode()
    first, second = (pushing.seal(plain, browser["key"], browser["auth"]) for _ in range(2))
    assert first != second
    assert b"vragen" not in first


def test_our_key_stays_as_long_as_the_secret_does(settings):
    settings.PUSH_KEY = "a" * 64
    first = pushing.public_key()
    assert pushing.public_key() == first
    settings.PUSH_KEY = "b" * 64
    assert pushing.public_key() != first


@pytest.mark.parametrize(
    ("status", "taken", "over", "later"),
    [
        (201, True, False, False),
        (200, True, False, False),
        (301, False, False, False),
        (400, False, False, False),
        (403, False, True, False),
        (404, False, True, False),
        (410, False, True, False),
        (413, False, False, False),
        (429, False, False, True),
        (503, False, False, True),
    ],
)
def test_what_a_service_says_is_understood(service, status, taken, over, later):
    browser = service.subscribe("phone")
    service.say(browser, status, Retry_After="120")
    answer = pushing.hand_over(device(browser), NOTICE, "a@b.example", NOW)
    assert (answer.status, answer.taken, answer.over, answer.later) == (status, taken, over, later)
    assert answer.wait == timedelta(minutes=2)


def test_a_service_says_in_seconds_or_by_a_date_when_to_come_again():
    assert pushing.wait_in("90", NOW) == timedelta(seconds=90)
    assert pushing.wait_in("Thu, 14 Jan 2027 12:05:00 GMT", NOW) == timedelta(minutes=5)
    assert pushing.wait_in("Thu, 14 Jan 2027 11:00:00 GMT", NOW) == timedelta(0)
    assert pushing.wait_in("99999999999", NOW) == timedelta(hours=6)
    assert pushing.wait_in("soon", NOW) is None
    assert pushing.wait_in("", NOW) is None


def test_what_takes_the_place_of_the_services_stands_on_this_machine(settings):
    settings.PUSH_RELAY = ""
    assert pushing.protection() == "tls"
    settings.PUSH_RELAY = "127.0.0.1:9"
    assert pushing.protection() == "machine"
    settings.PUSH_RELAY = "10.0.0.7:9"
    assert pushing.protection() is None

"""One's own account: nobody ends the sign-in of another, codes are shown once, a device has a plain name."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from leerhuis.people.devices import browser_and_system
from leerhuis.people.models import SignIn

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"


def test_nobody_ends_the_sign_in_of_another(as_, cast):
    as_(cast.learner)
    theirs = SignIn.objects.get(person=cast.learner)
    assert as_(cast.stranger).post("/me/sign-ins/", {"sign_in": str(theirs.id)}).status_code == 404
    assert as_(cast.stranger).post("/me/sign-ins/", {"sign_in": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_recovery_codes_are_shown_once(academy, cast, as_):
    client = as_(cast.clerk)
    TOTP.activate(cast.clerk, generate_totp_secret())
    assert client.get("/me/recovery-codes/").status_code == 200
    shown = client.post("/me/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>[\w-]+</code>", shown)) == 10
    assert "<code>" not in client.get("/me/recovery-codes/").content.decode()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", ("Edge", "Windows")),
        ("curl/8", ("?", "?")),
    ],
)
def test_a_device_is_named_in_plain_words(said, shown):
    assert browser_and_system(said) == shown

"""What tests of signing in do as a browser does it: sign in, take codes, open links from mails, let time pass."""

import re
import time
from urllib.parse import quote

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import connections
from django.test import Client

from leerhuis.audit.actor import Actor
from leerhuis.mail.models import Message
from leerhuis.people.models import Person

BY = Actor.operator()
PASSWORD = "een lange zin 27"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"


def browser(academy, **headers):
    return Client(headers={"host": academy.main_host, "user-agent": FIREFOX, **headers})


def enter(client, person, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": person.email, "password": password, **more})


def with_app(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def rest(seconds=901):
    with connections["limits"].cursor() as cursor:
        cursor.execute("UPDATE tally SET expires = expires - make_interval(secs => %s)", [seconds])


def kinds(person):
    return list(Message.objects.filter(to_address=person.email).order_by("id").values_list("kind", flat=True))


def plain(answer, typed):
    """Return a page without what is random or typed (an address, a link), which stands in it quoted, too."""
    page = answer.content.decode().replace(typed, "TYPED").replace(quote(typed, safe=""), "TYPED")
    return re.sub(r'(value|content)="[\w:/+=.-]{20,}"|"X-CSRFToken": "[^"]*"', "", page)


def reset_link(client, person):
    client.post("/accounts/password/reset/", {"email": person.email})
    mail = Message.objects.filter(to_address=person.email, kind="people.new_password").latest("created_at")
    return re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+?/)\s", text_of(mail))[1]


def choose_password(client, link):
    chosen = "nog een lange zin 28"
    answer = client.post(client.get(link).headers["Location"], {"password1": chosen, "password2": chosen})
    assert answer.status_code == 302
    assert [one for one in Person.objects.exclude(password="!") if one.check_password(chosen)]


def text_of(mail):
    return mail.body

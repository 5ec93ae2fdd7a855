"""What can be done with sign-ins and with the second step: opening, using, ending; recovery codes and codes by mail."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import connection
from django.utils.crypto import constant_time_compare

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.ids import random_number
from leerhuis.base.limits import take_once
from leerhuis.base.text import tidy
from leerhuis.people import mails
from leerhuis.people.events import SecondStepFailed, SecurityChanged, SignedInOnNewDevice
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import code_digest, uses_second_step
from leerhuis.people.rules import NoSecondStep, OwnSecondStep

RECOVERY_CODES: Final = 10
CODE_SECONDS: Final = 180  # a code of an app is valid for three steps of half a minute; twice that, and it is gone
NOTICE_SECONDS: Final = 3600
SEEN_EVERY: Final = timedelta(minutes=5)
FORGOTTEN_AFTER: Final = timedelta(days=180)


def open_sign_in(
    person: Person, *, browser: str, system: str, device: str, by: Actor, is_first: bool = False
) -> SignIn:
    """Write down that a person signed in on a device, and mail them when that device was not seen before.

    `device` is the secret that a browser keeps in its cookie; only its hash is stored. An earlier sign-in of the same
    browser ends: it was closed without signing out. The first sign-in of an account (`is_first`) is not announced: it
    follows from a mail of a moment ago. That an account has no sign-ins says nothing: those of long ago are forgotten.
    """
    inside_edge()
    key = sha256(device.encode()).hexdigest()
    before = SignIn.objects.filter(person=person)
    known = before.filter(device_key=key).exists()
    before.filter(device_key=key, ended_at=None).update(ended_at=clock.now())
    sign_in = SignIn.objects.create(person=person, browser=browser, system=system, device_key=key)
    note("sign in", sign_in, by=by, subject=person.id)
    if not known and not is_first and person.email:
        mails.new_device.send(sign_in, by=by)
        emit(SignedInOnNewDevice(person.id))
    return sign_in


def keep_sign_in(sign_in: SignIn) -> None:
    """Remember when a sign-in was last used, to within five minutes."""
    inside_edge()
    if clock.now() - sign_in.last_used_at > SEEN_EVERY:
        sign_in.last_used_at = clock.now()
        sign_in.save(update_fields=["last_used_at"])


def end_sign_ins(sign_ins: Iterable[SignIn], *, by: Actor) -> int:
    """End sign-ins: whoever uses one is out with the next request. Return how many there were."""
    inside_edge()
    ended = 0
    for sign_in in sign_ins:
        sign_in.ended_at = clock.now()
        sign_in.save(update_fields=["ended_at"])
        note("end sign-in", sign_in, by=by, subject=sign_in.person_id, fields=["ended_at"])
        ended += 1
    return ended


def forget_stores() -> int:
    """Remove the stores of sign-ins and forms that have run out, in one statement; return how many.

    A store runs out after eight hours, or after sixty days where a learner chose to stay signed in; until now it was
    only not believed any more.
    """
    inside_edge()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_store WHERE expire_date <= %s", [clock.now()])
        return int(cursor.rowcount)


def forget_sign_ins() -> None:
    """Remove sign-ins that were not used for half a year; a device is then new again."""
    inside_edge()
    SignIn.objects.filter(last_used_at__lt=clock.now() - FORGOTTEN_AFTER).delete()


def report_wrong_second_step(person: Person, *, by: Actor) -> None:
    """Tell a person, once an hour at most, that their password was right and the second step was not."""
    inside_edge()
    if person.email and take_once(f"second step notice {person.id}", NOTICE_SECONDS):
        mails.second_step_failed.send(person, by=by)
        note("fail second step", person, by=by, subject=person.id)
        emit(SecondStepFailed(person.id))


def use_code(person: Person, code: str, *, by: Actor) -> Authenticator | None:
    """Use a code of an app or a recovery code; return what it belongs to, or None when it is wrong or was used.

    The row is locked, so that one code does not open two sign-ins.
    """
    inside_edge()
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for kept in Authenticator.objects.select_for_update().filter(user=person, type__in=kinds).order_by("id"):
        if kept.type == Authenticator.Type.TOTP:
            if _is_code_of_app(kept, person, code):
                return kept
        elif code_digest(person, code) in kept.data.get("hashes", []):
            kept.data["hashes"].remove(code_digest(person, code))
            kept.save(update_fields=["data"])
            note("use recovery code", person, by=by, subject=person.id)
            return kept
    return None


def _is_code_of_app(kept: Authenticator, person: Person, code: str) -> bool:
    secret, given = decrypt(kept.data["secret"]), "".join(code.split())
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), given):
            return take_once(f"code of app {person.id} {step}", CODE_SECONDS)
    return False


def make_recovery_codes(person: Person, *, by: Actor) -> list[str]:
    """Make ten recovery codes in place of the old ones and return them; only their hashes are kept."""
    inside_edge()
    codes = [random_number(groups=2, size=5) for _ in range(RECOVERY_CODES)]
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": [], "hashes": [code_digest(person, code) for code in codes]},
    )
    note("make recovery codes", person, by=by, subject=person.id)
    mails.security_changed.send(person, "recovery_codes_generated", by=by)
    emit(SecurityChanged(person.id))
    return codes


def reset_second_step(person: Person, *, reason: str, by: Actor) -> None:
    """Take away a person's second step and recovery codes, because they lost their telephone, and sign them out.

    Effects in order: no second step, no open sign-in, a note, a mail to the owner with the reason. Who needs a second
    step sets up a new one at the next sign-in. Refuses OwnSecondStep and NoSecondStep. Keeps: L28.
    """
    inside_edge()
    if person.id == by.person_id:
        raise OwnSecondStep
    if not uses_second_step(person):
        raise NoSecondStep
    Authenticator.objects.filter(user=person).delete()
    SignIn.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    note("reset second step", person, by=by, subject=person.id)
    if person.email:
        mails.second_step_reset.send(person, tidy(reason), by=by)
    emit(SecurityChanged(person.id))


def mail_code(person: Person, *, by: Actor) -> str:
    """Mail a code of six figures for the second step and return it."""
    inside_edge()
    code = f"{secrets.randbelow(10**6):06d}"
    mails.second_step_code.send(person, code, by=by)
    note("mail code", person, by=by, subject=person.id)
    return code

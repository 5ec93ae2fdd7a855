"""The mails about an account."""

from dataclasses import replace

from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.people.events import (
    AddressToConfirm,
    CodeAsked,
    PasswordForgotten,
    PersonInvited,
    SecondStepFailed,
    SecurityChanged,
    SignedInOnNewDevice,
)
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import recipient


@service_mail(
    cause=PersonInvited, nl="uitnodiging om uw account te openen", en="invitation to open your account", secret=True
)
def invitation(person: Person, token: str) -> Letter:
    """Write the link with which an invited person opens their account."""
    link = absolute("people_accept_invitation", token)
    return Letter(recipient(person), person.id, {"name": person.first_name, "link": link, "source": person.source})


@service_mail(
    cause=AddressToConfirm, nl="bevestig uw e-mailadres", en="confirm your e-mail address", secret=True, urgent=True
)
def confirm_address(person: Person, address: str, link: str) -> Letter:
    """Write to an address the link that proves that it is theirs; it may be one that they are changing to."""
    return Letter(replace(recipient(person), address=address), person.id, {"name": person.first_name, "link": link})


@service_mail(
    cause=PasswordForgotten, nl="nieuw wachtwoord kiezen", en="choose a new password", secret=True, urgent=True
)
def new_password(person: Person, link: str) -> Letter:
    """Write the link with which a person chooses a new password."""
    return Letter(recipient(person), person.id, {"name": person.first_name, "link": link})


@service_mail(cause=AddressToConfirm, nl="u had al een account", en="you already had an account", urgent=True)
def account_exists(person: Person) -> Letter:
    """Tell the owner of an address that somebody else wanted it for an account."""
    links = {"sign_in": absolute("account_login"), "reset": absolute("account_reset_password")}
    return Letter(recipient(person), person.id, {"name": person.first_name, **links})


@service_mail(cause=SecurityChanged, nl="wijziging in hoe u inlogt", en="change in how you sign in", urgent=True)
def security_changed(person: Person, what: str, address: str = "") -> Letter:
    """Tell a person that something about their sign-in changed. `what` is a key the template knows. Keeps: L13b.

    Of a new e-mail address they hear at the old one: then `address` is that one.
    """
    to = replace(recipient(person), address=address) if address else recipient(person)
    return Letter(to, person.id, {"name": person.first_name, "what": what})


@service_mail(cause=SecurityChanged, nl="uw tweede stap is weggehaald", en="your second step was removed", urgent=True)
def second_step_reset(person: Person, reason: str) -> Letter:
    """Tell a person that the academy took away their second step, why, and what to do when they did not ask for it."""
    links = {"sign_in": absolute("account_login"), "reset": absolute("account_reset_password")}
    return Letter(recipient(person), person.id, {"name": person.first_name, "reason": reason, **links})


@service_mail(
    cause=SignedInOnNewDevice, nl="ingelogd op een nieuw apparaat", en="signed in on a new device", urgent=True
)
def new_device(sign_in: SignIn) -> Letter:
    """Tell a person that their account was opened on a device that was not seen before, and what to do."""
    shown = {"name": sign_in.person.first_name, "browser": sign_in.browser, "system": sign_in.system}
    links = {"sign_ins": absolute("people_my_sign_ins"), "reset": absolute("account_reset_password")}
    return Letter(recipient(sign_in.person), sign_in.person_id, {**shown, "at": sign_in.created_at, **links})


@service_mail(
    cause=SignedInOnNewDevice,
    nl="een app kreeg toegang tot uw account",
    en="an app was given access to your account",
    urgent=True,
)
def new_app(sign_in: SignIn) -> Letter:
    """Tell a person that an app was given a token, what it opens, until when, and what to do."""
    shown = {"name": sign_in.person.first_name, "app": sign_in.app, "until": sign_in.expires_at}
    links = {"sign_ins": absolute("people_my_sign_ins"), "reset": absolute("account_reset_password")}
    return Letter(recipient(sign_in.person), sign_in.person_id, {**shown, "at": sign_in.created_at, **links})


@service_mail(cause=SecondStepFailed, nl="iemand kwam niet door uw tweede stap", en="a failed second step", urgent=True)
def second_step_failed(person: Person) -> Letter:
    """Tell a person that somebody knew their password but not the second step."""
    links = {"reset": absolute("account_reset_password")}
    return Letter(recipient(person), person.id, {"name": person.first_name, **links})


@service_mail(cause=CodeAsked, nl="uw code om in te loggen", en="your code to sign in", secret=True, urgent=True)
def second_step_code(person: Person, code: str) -> Letter:
    """Write the code with which a person passes the second step, where the academy allows a code by mail."""
    return Letter(recipient(person), person.id, {"name": person.first_name, "code": code})

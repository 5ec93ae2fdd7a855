"""The mails about an account."""

from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.people.events import AddressToConfirm, PasswordForgotten, PersonInvited, SecurityChanged
from leerhuis.people.models import Person
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
def confirm_address(person: Person, link: str) -> Letter:
    """Write the link that proves an address."""
    return Letter(recipient(person), person.id, {"name": person.first_name, "link": link})


@service_mail(
    cause=PasswordForgotten, nl="nieuw wachtwoord kiezen", en="choose a new password", secret=True, urgent=True
)
def new_password(person: Person, link: str) -> Letter:
    """Write the link with which a person chooses a new password."""
    return Letter(recipient(person), person.id, {"name": person.first_name, "link": link})


@service_mail(cause=AddressToConfirm, nl="u had al een account", en="you already had an account", urgent=True)
def account_exists(person: Person) -> Letter:
    """Tell the owner of an address that somebody tried to open a second account with it."""
    links = {"sign_in": absolute("account_login"), "reset": absolute("account_reset_password")}
    return Letter(recipient(person), person.id, {"name": person.first_name, **links})


@service_mail(cause=SecurityChanged, nl="wijziging in hoe u inlogt", en="change in how you sign in", urgent=True)
def security_changed(person: Person, what: str) -> Letter:
    """Tell a person that something about their sign-in changed. `what` is a key the template knows. Keeps: L13b."""
    return Letter(recipient(person), person.id, {"name": person.first_name, "what": what})

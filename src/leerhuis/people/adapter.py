"""How allauth does things in this house: accounts through our actions, mails through our outbox, secrets encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from leerhuis.audit.actor import Actor
from leerhuis.mail.links import front
from leerhuis.people import actions, mails
from leerhuis.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by `people.actions`, mails go to the outbox, links name the academy's own host."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 - allauth's signature
        """Make the person of the sign-up form."""
        data = form.cleaned_data
        user.email = data["email"].strip().lower()
        user.first_name, user.last_name = data["first_name"], data["last_name"]
        user.language = "en" if (get_language() or "nl").startswith("en") else "nl"
        return actions.sign_up(user, password=data.get("password1"), by=Actor.visitor())

    def set_password(self, user: Person, password: str) -> None:
        """Keep a new password; the link in the mail proved the address, so it opens an invited person's account."""
        if user.state == Person.State.INVITED:
            actions.accept_invitation(user, password, by=Actor.person(user.id))
        else:
            super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's mail in our own words and our own outbox."""
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        if not isinstance(person, Person):
            return  # to an address nobody has, we send nothing and say nothing
        name = template_prefix.rsplit("/", 1)[-1]
        by = Actor.person(person.id)
        if name in {"email_confirmation", "email_confirmation_signup"}:
            mails.confirm_address.send(person, _on_own_host(context["activate_url"]), by=by)
        elif name == "password_reset_key":
            mails.new_password.send(person, _on_own_host(context["password_reset_url"]), by=by)
        elif name == "account_already_exists":
            mails.account_exists.send(person, by=by)
        elif name != "unknown_account":
            mails.security_changed.send(person, name, by=by)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link that proves an address, on the academy's own host."""
        return front() + reverse("account_confirm_email", args=[emailconfirmation.key])

    def confirm_email(self, request: HttpRequest, email_address: Any) -> Any:
        """Note that an address was proven, beside what allauth does."""
        answer = super().confirm_email(request, email_address)
        actions.confirm_address(email_address.user, by=Actor.person(email_address.user_id))
        return answer


def _on_own_host(link: str) -> str:
    """Return a link with the academy's configured host, whatever host the request claimed."""
    parts = urlsplit(link)
    return front() + parts.path + (f"?{parts.query}" if parts.query else "")


class MFAAdapter(DefaultMFAAdapter):
    """The shared secret of a second factor lies encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the newest key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret with any key in force."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"mfa:{key}".encode()).digest())) for key in keys])

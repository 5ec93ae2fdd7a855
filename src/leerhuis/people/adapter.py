"""How allauth does things in this house: accounts through our actions, mails through our outbox, secrets encrypted."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import current_academy, edge
from leerhuis.base.limits import client_address, forgive, guess
from leerhuis.mail.links import front
from leerhuis.people import actions, mails, sign_ins, tokens
from leerhuis.people.devices import DEVICE_SECONDS, browser_and_system
from leerhuis.people.gate import ROLES, SIGN_IN, signed_in_lately
from leerhuis.people.models import Person
from leerhuis.people.queries import owner_of, roles_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by `people.actions`, mails go to the outbox, links name the academy's own host."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 - allauth's signature
        """Make the person of the sign-up form."""
        data = form.cleaned_data
        user.email = data["email"].strip().lower()
        user.first_name, user.last_name = data["first_name"], data["last_name"]
        user.language = "en" if (get_language() or "nl").startswith("en") else "nl"
        return actions.sign_up(user, password=data.get("password1"), by=Actor.visitor())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Look whether address and password belong together; a wrong try counts for the address and the network."""
        with guess(request, "sign_in", account=str(credentials.get("email", ""))) as this:
            found: Person | None = super().authenticate(request, **credentials)
            if found is not None:
                this.was_right()
        return found

    def login(self, request: HttpRequest, user: Person) -> None:
        """Open the sign-in, once every step was passed, under a new id."""
        is_first = user.last_login is None  # which the library is about to write
        super().login(request, user)
        request.device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or secrets.token_urlsafe(32)  # type: ignore[attr-defined]
        browser, system = browser_and_system(request.headers.get("User-Agent", ""))
        sign_in = sign_ins.open_sign_in(
            user,
            browser=browser,
            system=system,
            device=request.device,  # type: ignore[attr-defined]
            by=Actor.person(user.id),
            is_first=is_first,
        )
        request.session[SIGN_IN] = str(sign_in.id)
        request.session[ROLES] = sorted(roles_of(user.id))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Have the browser remember that it is this device, so that its owner hears of others."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            request.device,  # type: ignore[attr-defined]
            max_age=DEVICE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password once more, unless it or a second step was given within the last ten minutes."""
        return not signed_in_lately(self.request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that our own proxies saw."""
        return client_address(request) or "unknown"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Let in at once who proved by mail who they are, however often others tried."""
        forgive("sign_in", str(credentials.get("email", "")))

    def set_password(self, user: Person, password: str) -> None:
        """Keep a new password, with which every app is out; a link by mail opens an invited person's account, too."""
        tokens.end_tokens(user, by=Actor.person(user.id))
        if user.state == Person.State.INVITED:
            actions.accept_invitation(user, password, by=Actor.person(user.id))
        else:
            super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's mail in our own words and our own outbox."""
        if not connection.in_atomic_block:  # what a library says after the commit is an act of its own
            with edge(current_academy()):
                self.send_mail(template_prefix, email, context)
            return
        name = template_prefix.rsplit("/", 1)[-1]
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        if not isinstance(person, Person):
            _take_as_long(email)
            return  # to an address nobody has, we send nothing and say nothing
        by = Actor.person(person.id)
        if name in {"email_confirmation", "email_confirmation_signup"}:
            if owner := owner_of(email, apart_from=person):
                mails.account_exists.send(owner, by=by)
            else:
                mails.confirm_address.send(person, email, _on_own_host(context["activate_url"]), by=by)
        elif name == "password_reset_key":
            mails.new_password.send(person, _on_own_host(context["password_reset_url"]), by=by)
        elif name == "account_already_exists":
            make_password(secrets.token_urlsafe())  # as long as keeping the password of a new account takes
            mails.account_exists.send(person, by=by)
        elif name != "unknown_account":
            mails.security_changed.send(person, name, email, by=by)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody what changed in their account, at an address that may be theirs no longer."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link that proves an address, on the academy's own host."""
        return front() + reverse("account_confirm_email", args=[emailconfirmation.key])

    def confirm_email(self, request: HttpRequest, email_address: Any) -> Any:
        """Note that an address was proven, beside what allauth does; refuse it when it became another's meanwhile."""
        person = email_address.user
        is_new = email_address.email != person.email
        if owner_of(email_address.email, apart_from=person):
            failed = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, failed, {"email": email_address.email})
            return False
        if not super().confirm_email(request, email_address):
            return False
        actions.confirm_address(person, is_new=is_new, by=Actor.person(person.id))
        return True


def _take_as_long(email: str) -> None:
    """Write a mail for nobody and throw it away, so that an unknown address answers no sooner than a known one."""
    nobody = Person(email=email, first_name="", last_name="", sort_name="")
    mails.new_password.preview(nobody, front())


def _on_own_host(link: str) -> str:
    """Return a link with the academy's configured host, whatever host the request claimed."""
    parts = urlsplit(link)
    return front() + parts.path + (f"?{parts.query}" if parts.query else "")


class MFAAdapter(DefaultMFAAdapter):
    """The shared secret of a second factor lies encrypted in the database; passkeys carry the academy's name."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for which site a passkey is made: the academy's host, known by the academy's name."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": current_academy().name}

    def get_totp_issuer(self) -> str:
        """Return the name under which an app keeps the codes: that of the academy."""
        return str(current_academy().name)

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002 - allauth's name
        """Return a name for a new passkey: the device on which it is made."""
        browser, system = browser_and_system(context.request.headers.get("User-Agent", ""))
        return f"{browser}, {system}"

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the newest key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret with any key in force."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"mfa:{key}".encode()).digest())) for key in keys])

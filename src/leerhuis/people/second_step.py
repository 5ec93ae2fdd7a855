"""The forms of signing in and of its second step. Each try of a code or passkey is counted, and a wrong one is told."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, get_pending_stage
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as LibraryAuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as LibraryAddPasskeyForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as LibraryPasskeyForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm as LibraryPasskeyLoginForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leerhuis.audit.actor import Actor
from leerhuis.base.limits import Limited, count, guess
from leerhuis.people import sign_ins
from leerhuis.people.models import Person
from leerhuis.people.rules import SignInSpent

DOOR = "second_step"
PER_SIGN_IN = 5


def _code_field() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "spellcheck": "false"}
    return forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attributes))


def _wrong_code() -> forms.ValidationError:
    """Return what is said of a wrong code, whichever it was."""
    return forms.ValidationError(_("This code is not right, or it was used before. Wait for a new one and try again."))


def _count_for_sign_in(request: HttpRequest) -> None:
    """Let five codes be tried in one sign-in; raises SignInSpent for the next."""
    pending = request.session.get(LOGIN_SESSION_KEY)
    if not isinstance(pending, dict):
        return
    try:
        count(request, "code", account=f"{request.session.session_key} {pending['initiated_at']}", most=PER_SIGN_IN)
    except Limited as spent:
        raise SignInSpent from spent


def _tell(request: HttpRequest, person: Person) -> None:
    """Tell the owner of a wrong second step after a right password (not of a slip while they are signed in)."""
    if get_pending_stage(request) is not None:
        sign_ins.report_wrong_second_step(person, by=Actor.visitor())


class SignInForm(LoginForm):
    """Address, password, and whether this device is one's own."""

    remember = forms.BooleanField(
        label=_("Keep me signed in on this device"),
        required=False,
        help_text=_("For 60 days, if it is your own device. Not for staff, trainers and contacts of employers."),
    )


class CodeForm(LibraryAuthenticateForm):
    """A code of an app, or a recovery code, while signing in."""

    code = _code_field()
    reauthenticated = False

    def clean_code(self) -> str:
        """Look at the code, once, and count it when it is wrong."""
        request, person = context.request, self.user
        with guess(request, DOOR, account=str(person.id)) as this:
            _count_for_sign_in(request)
            code: str = self.cleaned_data["code"]
            found = sign_ins.use_code(person, code, by=Actor.person(person.id))
            if found is not None:
                found.user = person
                self.authenticator = found
                this.was_right()
        if not this.right:
            _tell(request, person)
            raise _wrong_code()
        return code

    def save(self) -> None:
        """Write into the sign-in that the second step was passed."""
        post_authentication(context.request, self.authenticator, reauthenticated=self.reauthenticated)


class CodeAgainForm(CodeForm):
    """The same, for somebody who is signed in and is asked once more."""

    reauthenticated = True


class PasskeyForm(LibraryPasskeyForm):
    """A passkey as second step while signing in."""

    def clean_credential(self) -> Any:
        """Look at the answer of the passkey, and count it when it is wrong."""
        request, person = context.request, self.user
        fault: forms.ValidationError | None = None
        with guess(request, DOOR, account=str(person.id) if person else "") as this:
            if person:
                _count_for_sign_in(request)
            try:
                found = super().clean_credential()
                this.was_right()
            except forms.ValidationError as wrong:
                fault = wrong
        if fault is not None:
            if person:
                _tell(request, person)
            raise fault
        return found


class PasskeyAgainForm(PasskeyForm):
    """The same, for somebody who is signed in and is asked once more."""

    reauthenticated = True


class PasskeyLoginForm(PasskeyForm, LibraryPasskeyLoginForm):
    """A passkey instead of address and password: it asks the finger, face or code of its owner, so it is both steps."""


class SetUpAppForm(LibraryActivateForm):
    """The first code of a new app; with it the second step is passed for this sign-in, too."""

    code = _code_field()

    def clean_code(self) -> str:
        """Look at the code, and count it when it is wrong."""
        with guess(context.request, DOOR, account=str(self.user.id)) as this:
            code: str = super().clean_code()
            this.was_right()
        record_authentication(context.request, self.user, "mfa", type="totp")
        return code


class AddPasskeyForm(LibraryAddPasskeyForm):
    """A new passkey; with it the second step is passed for this sign-in, too."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Look at what the browser made."""
        data: dict[str, Any] = super().clean()
        if data.get("credential") and not self.errors:
            record_authentication(context.request, self.user, "mfa", type="webauthn")
        return data


class MailCodeForm(forms.Form):
    """The code that was mailed."""

    code = _code_field()

"""The tables and routes of Django's and allauth's accounts: their words, paths and audiences."""

from leerhuis.charter.audiences import ANYONE, SIGNED_IN
from leerhuis.charter.foreign import declare_foreign
from leerhuis.charter.routes import declare_audience
from leerhuis.charter.words import CONTACT, CREDENTIAL, NOTHING

_PROGRAM = NOTHING("names of permissions of the program itself; this house does not use them")

declare_foreign("account.EmailAddress", CONTACT, words={"email": CONTACT}, subject="user")
declare_foreign("account.EmailConfirmation", CREDENTIAL, words={"key": CREDENTIAL}, subject="email_address__user")
declare_foreign("mfa.Authenticator", CREDENTIAL, words={"data": CREDENTIAL, "type": CREDENTIAL}, subject="user")
declare_foreign("auth.Permission", _PROGRAM, words={"name": _PROGRAM, "codename": _PROGRAM})
declare_foreign("auth.Group", _PROGRAM, words={"name": _PROGRAM})
declare_foreign("auth.Group_permissions", _PROGRAM)

declare_audience(
    ANYONE,
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
)
declare_audience(
    SIGNED_IN,
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
)

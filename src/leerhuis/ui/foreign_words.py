"""Texts of allauth that appear on our pages; named here so that our own Dutch ("u", plain words) replaces its Dutch.

Django takes a translation from the first app that has it, and this app stands before allauth. Nothing runs here:
`leerhuis texts update` reads the list.
"""

from django.utils.translation import gettext_noop as _

ACCOUNT = (
    _("This account is currently inactive."),
    _("You cannot remove your primary email address."),
    _("This email address is already associated with this account."),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("Invalid login."),
    _("The password reset token was invalid."),
    _("You cannot add more than %d email addresses."),
    _("Too many failed login attempts. Try again later."),
    _("The email address is not assigned to any user account."),
    _("Your primary email address must be verified."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("You must type the same password each time."),
    _("You must type the same email each time."),
    _("Email address"),
    _("Email"),
    _("Email (again)"),
    _("Email address confirmation"),
    _("Password"),
    _("Password (again)"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Code"),
    _("Enter Sign-In Code"),
    _("Enter Email Verification Code"),
    _("Enter Password Reset Code"),
    _("Use a different email address"),
    _("Request new code"),
    _("We've sent a code to %(recipient)s. The code expires shortly, so please enter it soon."),
    _("Confirm"),
    _("Cancel"),
)
SECOND_PROOF = (
    _("Authenticator code"),
    _("Authenticator App"),
    _("Recovery Codes"),
    _("Security Keys"),
    _("TOTP Authenticator"),
    _("Recovery codes"),
    _(
        "You cannot add an email address to an account protected by two-factor authentication.",
    ),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
)

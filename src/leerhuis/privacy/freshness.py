"""Where somebody who signed in too long ago proves again who they are, before their data leave the page."""

from urllib.parse import urlencode

from django.urls import reverse


def sign_in_again(back_to: str) -> str:
    """Return the address where the password is asked again, from which one comes back to an address of this site."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"

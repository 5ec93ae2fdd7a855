"""Whether somebody signed in a short while ago: asked before one's data leave the page. Keeps: L36, L28."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from leerhuis.base import clock
from leerhuis.people.gate import METHODS


def signed_in_lately(request: Any) -> bool:
    """True when a password or second step was given within the time of ACCOUNT_REAUTHENTICATION_TIMEOUT (seconds)."""
    moments = [method.get("at", 0) for method in request.session.get(METHODS, []) if isinstance(method, dict)]
    return clock.now().timestamp() - max(moments, default=0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def sign_in_again(back_to: str) -> str:
    """Return the address where the password is asked again, from which one comes back to an address of this site."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"

"""The keyed digest of an address, under which the do-not-mail list knows it. Nothing else may use it.

The key is a secret of this installation for this list alone, and the academy is part of what is digested: neither two
academies nor any other table can be compared by it.
"""

import hmac
from hashlib import sha256

from django.conf import settings

from leerhuis.base.edge import current_academy


def digest_of(address: str) -> str:
    """Return the digest of an address, without regard to case and spaces around it."""
    words = f"{current_academy().schema_name}\n{address.strip().lower()}"
    return hmac.new(settings.SUPPRESSION_KEY.encode(), words.encode(), sha256).hexdigest()

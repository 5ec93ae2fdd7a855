"""The store of sign-ins: Django's, in the database, that knows whose a store is."""

from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

SIGN_IN: Final = "sign_in"  # in the store: the id of the row without which nobody is in


class SessionStore(DatabaseStore):
    """Keeps what belongs to one browser in `people.Store`, with the person once somebody is signed in."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table."""
        from leerhuis.people.models import Store  # noqa: PLC0415 - Django reads this module before the models are ready

        return Store

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for what is to be kept."""
        row: Any = super().create_model_instance(data)
        row.person = data.get(SESSION_KEY)
        return row

"""Refusals: an action says no, in words that tell the reader what to do."""

from django.utils.functional import Promise


class Refusal(Exception):
    """The base of every named "no" of the trade; `message` is shown to the reader, translated.

    `status` is that of the answer where no page catches it: 404 for what may not even be known to be there.
    """

    status: int = 409
    message: str | Promise = ""
    field: str | None = None

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None) -> None:
        if message is not None:
            self.message = message
        if field is not None:
            self.field = field
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.message)

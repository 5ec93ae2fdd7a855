"""What was done and a way back: a message with a button that takes it back, shown on the next page."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages

MARK = "undo:"


def offer_undo(request: Any, words: str, address: str, said: dict[str, str]) -> None:
    """Tell what was done, with a button that posts `said` to `address` to take it back."""
    messages.add_message(request, messages.SUCCESS, words, extra_tags=f"{MARK}{address}?{urlencode(said)}")


def way_back(tags: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the address and the fields of the button for the tags of a message; None for one without a way back."""
    if not tags.startswith(MARK):
        return None
    address, _, said = tags.removeprefix(MARK).partition("?")
    pairs = [pair.partition("=") for pair in said.split("&")]
    return address, [(name, value) for name, _, value in pairs]

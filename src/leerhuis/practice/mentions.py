"""Pictures, sounds and films that a question mentions, by their name in the bank: ``![what it shows](media:name)``.

In HTML the same name is the source of a picture: ``<img src="media:name" alt="what it shows">``.
"""

import json
import re
import unicodedata
from typing import Final

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.kinds import Hotspot, to_json

SCHEME: Final = "media:"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_MENTION: Final = re.compile(rf"\b{SCHEME}({NAME.pattern})")


def named_in(text: str) -> set[str]:
    """Return the names that a text mentions."""
    return set(_MENTION.findall(text))


def named_in_draft(draft: Draft) -> set[str]:
    """Return the names that a question mentions anywhere, the picture to point at too."""
    texts = [draft.stem.text, draft.explanation.text if draft.explanation else "", json.dumps(to_json(draft.content))]
    pointed_at = {draft.content.picture} if isinstance(draft.content, Hotspot) else set()
    return pointed_at.union(*map(named_in, texts))


def name_from(file_name: str) -> str:
    """Return the name that a file of this name gets: ``Slot – Rood (1).PNG`` → ``slot-rood-1.png``."""
    plain = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode().lower()
    stem, _, ending = re.split(r"[/\\]", plain)[-1].rpartition(".")
    tidied = re.sub(r"[^a-z0-9_]+", "-", stem or ending).strip("-_")[:80] or "file"
    mark = re.sub(r"[^a-z0-9]", "", ending)[:8] if stem else ""
    return f"{tidied}.{mark}" if mark else tidied

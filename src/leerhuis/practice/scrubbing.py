"""What is taken out of a report of a fault before it is kept: whatever could tell of a person, or of an answer. Pure.

Of the stack only places in the program stay, by their form: everything else, as the message on top of it, goes. Of the
message what stands in quotes goes (programs quote what they could not read), and addresses, ids and numbers.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_MESSAGE, LONGEST_STACK, MOST_PLACES, LONGEST_PLACE = 200, 2_000, 15, 80
UNKNOWN: Final = "Error"
_NAME = re.compile(r"[A-Z][A-Za-z]{1,39}")
_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,40}")
# As browsers write a step: `at name (https://host/path/app-1a2b.js:12:34)`, `name@https://host/path/app.js:12:34`.
_STEP = re.compile(
    r"^\s*(?:at\s+)?(?:async\s+)?(?:(?P<name>[\w$.<>\[\] ]{0,60}?)\s*[(@])?"
    r"(?:[a-z-]+://)?[^\s()?#]*?(?P<file>[\w.-]{1,60}\.(?:js|mjs|ts))(?:[?#][^\s:)]*)?:(?P<line>\d{1,7}):(?P<column>\d{1,7})\)?\s*$"
)
_OUT: Final = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…"),  # addresses of mail
    (re.compile(r"\b[a-z][a-z+.-]*://[^\s'\"<>]*", re.IGNORECASE), "…"),  # addresses of pages
    (re.compile(r"(?<![\w.])/[\w./-]*[?#][^\s'\"<>]*"), "…"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE), "…"),
    (re.compile(r"\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|‘[^’]*(?:’|$)|`[^`]*(?:`|$)|«[^»]*(?:»|$)"), "“…”"),
    (re.compile(r"(?<!\w)'[^']*(?:'(?!\w)|$)"), "“…”"),
    (re.compile(r"\b[A-Za-z0-9_-]{24,}\b"), "…"),  # tokens and keys
    (re.compile(r"\d{3,}"), "…"),
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Scrubbed:
    """A fault that tells of nobody: its name, message, the place where it happened, and the way to it."""

    fault: str
    message: str
    place: str
    stack: str
    version: str


def scrubbed(*, fault: str, message: str, stack: str, version: str) -> Scrubbed:
    """Return what may be kept of a fault."""
    places = places_in(stack)
    return Scrubbed(
        fault=fault if _NAME.fullmatch(fault) else UNKNOWN,
        message=without_people(message)[:LONGEST_MESSAGE],
        place=places[0][-LONGEST_PLACE:] if places else "",
        stack="\n".join(places)[:LONGEST_STACK],
        version=version if _VERSION.fullmatch(version) else "?",
    )


def without_people(message: str) -> str:
    """Return the message of a fault on one line, without quotes, addresses, ids and numbers."""
    for pattern, instead in _OUT:
        message = pattern.sub(instead, message)
    return _BLANKS.sub(" ", message).strip()


def places_in(stack: str) -> list[str]:
    """Return the places in the program that a stack names, the last first: ``load (app-1a2b.js:12:34)``."""
    found = []
    for line in stack.splitlines():
        step = _STEP.match(line)
        if step:
            where = f"{step['file']}:{step['line']}:{step['column']}"
            name = (step["name"] or "").strip()
            found.append(f"{name} ({where})" if name else where)
    return found[:MOST_PLACES]

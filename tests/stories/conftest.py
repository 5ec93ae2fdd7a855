"""The demo, started for the stories, and a browser in which each character has a window of their own."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from leerhuis.config.launcher import free_port
from tests.stories.theatre import Theatre

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
BUILT_WITHIN = 300
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one the stories are skipped, but never under CI."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium on this machine, and under CI the stories must run.")
        pytest.skip("There is no Chromium on this machine; `make test` installs it from Debian's packages as root.")
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """The demo with its own database, worker and letter box, on a port of its own.

    LEERHUIS_STORIES_AT names the port of a demo that runs already, for somebody who mends a page and looks again; its
    folder is LEERHUIS_STORIES_HOME (`var`).
    """
    if already := os.environ.get("LEERHUIS_STORIES_AT"):
        yield Theatre(int(already))
        return
    home: Path = tmp_path_factory.mktemp("demo")
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEERHUIS_", "DATABASE_"))}
    environment |= {"LEERHUIS_HOME": str(home), "LEERHUIS_PORT": str(port)}
    output = (home / "output.txt").open("wb")
    running = subprocess.Popen(
        [sys.executable, "-m", "leerhuis.config.cli", "demo"], env=environment, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        wait_until_ready(running, port, home)
        yield Theatre(port, home)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(60)
        output.close()


def wait_until_ready(running: subprocess.Popen[bytes], port: int, home: Path) -> None:
    """Wait until the demo answers; say what it printed when it does not."""
    until = time.monotonic() + BUILT_WITHIN
    while time.monotonic() < until:
        if running.poll() is not None:
            pytest.fail("The demo stopped:\n" + (home / "output.txt").read_text(encoding="utf-8")[-3000:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(1)
    pytest.fail("The demo was not ready in time:\n" + (home / "output.txt").read_text(encoding="utf-8")[-3000:])

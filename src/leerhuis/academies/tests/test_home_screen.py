"""What a telephone is told to put an academy on its home screen."""

import struct
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.academies.settings import read_settings

EXAMPLES = Path(__file__).parents[4] / "examples"
As = Callable[..., Client]


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_a_browser_can_install_the_academy(as_: As, academy: Academy) -> None:
    visitor = as_(None)
    answer = visitor.get("/app.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert told["name"] == academy.name
    assert (told["start_url"], told["scope"], told["display"]) == ("/home/", "/", "standalone")
    sizes = [(each["purpose"], each["sizes"]) for each in told["icons"]]
    assert sizes == [("any", "192x192"), ("any", "512x512"), ("maskable", "512x512")]
    for each in told["icons"]:
        picture = visitor.get(each["src"])
        assert picture.headers["Content-Type"] == "image/png"
        assert "{}x{}".format(*size_of(picture.content)) == each["sizes"]
    assert 'rel="manifest"' in visitor.get("/").content.decode()


def test_each_academy_has_its_own_mark(academy: Academy) -> None:
    ours = Client(headers={"host": academy.main_host}).get("/icon/any-192.png").content
    theirs = (
        Client(headers={"host": read_settings(EXAMPLES / "kjenning.toml").hosts[0]}).get("/icon/any-192.png").content
    )
    assert ours != theirs


def test_only_the_sizes_that_are_told_are_made(as_: As) -> None:
    assert {as_(None).get(f"/icon/{name}.png").status_code for name in ("any-4096", "other-192", "any-0")} == {404}

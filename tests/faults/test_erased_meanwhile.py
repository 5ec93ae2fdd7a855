"""People are erased in the middle of a stream of what they do: afterwards nothing of them is left, and nothing came.

LEERHUIS_ERASED says how many (20; a release: 100). Bar: operate.md 4f of the shared plan, first row.
"""

import http.client
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults.installation import ACADEMY, Installation, installation, wait_until
from tests.faults.stream import PAUSE_SECONDS, Browser, Stream

pytestmark = [pytest.mark.fault, pytest.mark.slow]

PEOPLE: Final = int(os.environ.get("LEERHUIS_ERASED") or 20)
STREAMS: Final = 2
BETWEEN_SECONDS: Final = 0.1
AFTERWARDS_SECONDS: Final = 1.5  # how long they go on once everybody is erased
# The ledger of erasures: a random key, without which none could be done again after a restore.
MAY_HOLD_THE_KEY: Final = {"table journal_entry", "statistics of journal_entry"}
GONE: Final = frozenset({401, 403, 404, 410})
UNANSWERED: Final = "no answer"
MAY_BE_UNANSWERED: Final = 0.02  # a connection that breaks on a machine that is busy with something else
LOGIN: Final = "/accounts/login/"


@dataclass
class Walker:
    """Somebody who answers, registers and asks, and does not stop when they are erased."""

    told: dict[str, Any]
    closed_at: float | None = None  # when the product said that the account is closed
    statuses: Counter[str] = field(default_factory=Counter)
    faulty: list[str] = field(default_factory=list)

    def judge(self, what: str, begun: float, answer: tuple[int, str, str] | None) -> None:
        """Keep what was answered: never a fault of ours, and after the account was closed nothing but a refusal."""
        if answer is None:
            self.statuses[UNANSWERED] += 1
            return
        status, where, _ = answer
        sent_away = status == http.client.FOUND and where.startswith(LOGIN)
        self.statuses[f"{status}{' to sign in' if sent_away else ''}"] += 1
        is_after = self.closed_at is not None and begun > self.closed_at
        refused = sent_away or status in GONE or (what == "register" and status == http.client.OK)  # a visitor's form
        if status >= http.client.INTERNAL_SERVER_ERROR or (is_after and not refused):
            self.faulty.append(f"{what}: {status} {where} {'after' if is_after else 'before'} the account was closed")


class Tab(Browser):
    """A browser in which a form may lie open while the account is closed elsewhere."""

    token = ""

    def go(self, walker: Walker, what: str, form: tuple[str, str, dict[str, str]]) -> None:
        """Open a page and send its form; where the page is refused by now, the form that lay open."""
        page, address, said = form
        begun = time.monotonic()
        shown = self._once("GET", page, None)
        walker.judge("register" if what == "register" else f"page to {what}", begun, shown)
        self.token = _token(shown) or self.token
        begun = time.monotonic()
        said |= {"csrfmiddlewaretoken": self.token, "request_key": str(uuid4())}
        walker.judge(what, begun, self._once("POST", address, said))

    def close(self) -> None:
        """Close the connection; the next page opens another."""
        super().close()
        self._connection = None


class Erasing(Stream):
    """The stream: some threads, each of which goes round all people, while one after another has themselves erased."""

    def __init__(self, product: Installation, told: dict[str, Any]) -> None:
        super().__init__(product, told, people=0)
        self.walkers = [Walker(each) for each in told["people"]]
        self._threads = [threading.Thread(target=self._guarded, args=(self._go_round, n)) for n in range(STREAMS)]

    def _go_round(self, seed: int) -> None:
        chance = random.Random(seed)
        browsers = [Tab(self, each.told["cookie"]) for each in self.walkers]
        while not self.has_ended:
            number = chance.randrange(len(self.walkers))
            tab, walker = browsers[number], self.walkers[number]
            what = chance.choice(("answer", "register", "ask"))
            tab.go(walker, what, self._act(what, walker, chance))
            tab.close()
            time.sleep(PAUSE_SECONDS)

    def _act(self, what: str, walker: Walker, chance: random.Random) -> tuple[str, str, dict[str, str]]:
        """Return the page with the form of an act, where it goes, and what is filled in."""
        if what == "answer":
            page = walker.told["round"]
            return page, f"{page}{chance.choice(self.world['questions'])}/", {"choice": "true", "key": str(uuid4())}
        if what == "register":
            page = chance.choice(self.world["register"])
            return page, page, {"conditions": "on", "form_key": str(uuid4())}
        page = "/me/requests/new/other/"
        return page, page, {"asked": walker.told["words"][11]}

    def close(self, walker: Walker) -> None:
        """Have somebody erase themselves, as they do on their own page."""
        with closing(Browser(self, walker.told["cookie"])) as browser:
            shown = browser.form("/me/data/erase/", "csrfmiddlewaretoken") or {}
            said = {"csrfmiddlewaretoken": shown["csrfmiddlewaretoken"], "request_key": str(uuid4())}
            answer = browser._once("POST", "/me/data/erase/", said)
        assert answer is not None
        assert answer[:2] == (http.client.FOUND, "/erased/"), answer[:2]
        walker.closed_at = time.monotonic()


def _token(shown: tuple[int, str, str] | None) -> str:
    _, _, rest = (shown[2] if shown else "").partition('name="csrfmiddlewaretoken" value="')
    return rest.partition('"')[0]


def left_of(product: Installation, told: dict[str, Any]) -> dict[str, set[str]]:
    """Return in which tables, statistics and files something of these people stands: place → their words."""
    sought = {word.encode(): word for each in told["people"] for word in each["words"]}
    keys = {UUID(each["id"]) for each in told["people"]}
    sought |= {form: str(key) for key in keys for form in (key.bytes, str(key).encode(), key.hex.encode())}
    found: dict[str, set[str]] = {}
    for place, content in _everything(product):
        low = content.lower()
        hits = {word for written, word in sought.items() if written in content or written in low}
        if hits:
            found[place] = hits
    return found


def _everything(product: Installation) -> Iterator[tuple[str, bytes]]:
    """Yield every table as the database keeps it, what its planner remembers, and every file of the installation."""
    with psycopg.connect(EmbeddedPostgres(product.home).url("owner")) as connection:
        schemas = [ACADEMY, "public"]
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)", [schemas]
        ).fetchall()
        for schema, table in tables:
            whole = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(schema, table))
            with connection.cursor().copy(whole) as rows:
                yield f"table {table}", b"".join(bytes(row) for row in rows)
        remembered = connection.execute(
            "SELECT tablename, concat(most_common_vals::text, histogram_bounds::text) FROM pg_stats"
            " WHERE schemaname = ANY(%s)",
            [schemas],
        ).fetchall()
        for table, values in remembered:
            yield f"statistics of {table}", values.encode()
    database = EmbeddedPostgres(product.home).data
    for path in [product.log, *product.home.rglob("*")]:
        if path.is_file() and database not in path.parents:
            yield f"file {path.relative_to(product.home.parent)}", path.read_bytes()


UNDONE = "SELECT id FROM erasure WHERE done_at IS NULL"
WAITING = "SELECT id FROM message WHERE state = 'waiting'"
BUSY = (
    "SELECT id FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' AND args->>'job' = 'privacy.analyse')"
)


def words_in(found: dict[str, set[str]], told: dict[str, Any]) -> dict[str, set[str]]:
    """Return where words of people stand, and their keys in another place than may hold them."""
    words = {word for each in told["people"] for word in each["words"]}
    return {
        place: hits
        for place, hits in found.items()
        if hits & words or not (place in MAY_HOLD_THE_KEY or place.startswith("file var/journal"))
    }


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Installation, dict[str, Any]]]:
    with installation(fill=False, LEERHUIS_WEB_PROCESSES="2") as (product, _, _box):
        product.found_academy()
        yield product, json.loads(product.run("-m", "tests.faults.vanishing", str(PEOPLE)))


def test_who_is_erased_in_the_middle_of_a_stream_leaves_nothing_and_nothing_comes_after(world):
    product, told = world
    before = left_of(product, told)
    assert {word for hits in before.values() for word in hits} >= {
        w for p in told["people"] for w in p["words"] if w != p["words"][8]
    }
    since = time.monotonic()
    with Erasing(product, told) as stream:
        for walker in stream.walkers:
            time.sleep(BETWEEN_SECONDS)
            stream.close(walker)
        closed = time.monotonic() - since
        wait_until(lambda: product.select(UNDONE) == [] or bool(stream.faulty), why="an erasure is not done")
        erased = time.monotonic() - since
        time.sleep(AFTERWARDS_SECONDS)
    wait_until(lambda: product.select(WAITING) == [] and product.select(BUSY) == [], why="jobs wait")
    all_statuses = sum((walker.statuses for walker in stream.walkers), Counter())
    tell = (
        f"{PEOPLE} accounts closed in {closed:.1f} s, erased in {erased:.1f} s, all in {time.monotonic() - since:.1f} s"
    )
    sys.stdout.write(f"\n{tell}; {dict(all_statuses)}\n")
    assert stream.faulty == []
    assert [fault for walker in stream.walkers for fault in walker.faulty] == []
    assert all_statuses[UNANSWERED] <= MAY_BE_UNANSWERED * all_statuses.total()
    assert product.select("SELECT count(*) FROM erasure") == [(PEOPLE,)]
    assert words_in(left_of(product, told), told) == {}


# --- controls: what the test looks for, put there on purpose, must be found out --------------------------------------
def test_control_a_row_and_a_file_that_come_after_an_erasure_are_found_and_named(world):
    product, told = world
    somebody = told["people"][0]
    assert words_in(left_of(product, told), told) == {}
    product.change(_ROW_AFTERWARDS)
    late = product.home / "documents" / "late"
    late.parent.mkdir(exist_ok=True)
    late.write_text(somebody["words"][0])
    try:
        found = words_in(left_of(product, told), told)
    finally:
        late.unlink()
    assert found == {"table question_bank": {somebody["words"][3]}, "file var/documents/late": {somebody["words"][0]}}


_ROW_AFTERWARDS: LiteralString = f"UPDATE {ACADEMY}.question_bank SET summary = 'kanarie000q03z'"


@pytest.mark.parametrize(
    ("answer", "is_faulty"),
    [
        ((http.client.INTERNAL_SERVER_ERROR, "", ""), True),
        ((http.client.FOUND, "/me/requests/", ""), True),  # something was taken in
        ((http.client.FOUND, f"{LOGIN}?next=/", ""), False),
        ((http.client.GONE, "", ""), False),
    ],
)
def test_control_what_the_stream_may_not_get_is_found_out(answer, is_faulty):
    walker = Walker({}, closed_at=0.0)
    walker.judge("ask", 1.0, answer)
    assert bool(walker.faulty) is is_faulty

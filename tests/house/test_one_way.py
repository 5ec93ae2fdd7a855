"""One way to do each thing: one edge, one clock, one outlet, one place where things change, and no loose prints."""

import ast
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import pytest

from tests.house.source import Finding, Module, Tree, assert_clean, dotted

# Where a second way is the first one, and why.
OPENS_TRANSACTIONS = {
    "base/edge.py": "this is the edge",
}
READS_CLOCKS = {
    "config/demo/build.py": "lays the demo's history around today, before there is a database to ask",
    "config/demo/front.py": "shows the code of the second step, which a telephone counts by its own clock",
    "config/backup_settings.py": "backups are made and put back where there is no database to ask",
    "config/doctor.py": "asks the database for its time, to compare it with that of the machine",
    "config/catcher.py": "keeps mails of the demo in files, without a database to ask",
    "base/ids.py": "ids sort by the moment they were made; nobody reads a deadline from one",
}
PRINTS_IN = "config/cli/"  # what a command prints is what its operator asked for
PRINTS = {
    "config/launcher.py": "tells the operator what it starts and stops",
}
CALLS_OUT = {
    "config/launcher.py": "asks its own children on this machine whether they live",
    "documents/scanning.py": "asks a virus scanner that must be on this machine; refuses any other address",
    "mail/delivery.py": "hands mails to the post office",
    "practice/pushing.py": "hands sealed notifications to the push services of browsers",
    "mail/actions.py": "knows the faults of a post office, to plan the next try",
}
WRITES_IN = {"actions", "models"}

NETWORK = {
    "aiohttp", "aiosmtplib", "ftplib", "http.client", "http.server", "httpx", "imaplib", "poplib", "requests",
    "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
    "django.core.mail.send_mail", "django.core.mail.send_mass_mail",
    "django.core.mail.get_connection", "django.core.mail.EmailMessage", "django.core.mail.EmailMultiAlternatives",
}  # fmt: skip
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time", "time.time_ns",
    "functions.Now",
}  # fmt: skip
# These turn a moment into another zone; without a moment they take the time of this machine.
CLOCKS_WITHOUT_MOMENT = {"timezone.localdate", "timezone.localtime", "time.localtime", "time.gmtime"}
CLOCK_MODULES = {
    "django.utils.timezone": {"now"},
    "django.db.models.functions": {"Now", "TransactionNow"},
    "django.contrib.postgres.functions": {"TransactionNow"},
    "time": {"time", "time_ns"},
}
TELLS_OF_AN_ACADEMY = {"compose", "Facts", "differs", "version", "versions.in_force", "versions.changes"}
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def second_edges(tree: Tree) -> Iterator[Finding]:
    """Guard: only the edge opens, keeps or takes back a transaction."""
    for module in tree.product:
        for node, full in taken(module):
            if full in ("django.db.transaction", "django.db.transaction.atomic", "django.db.transaction.on_commit"):
                yield module.says(node, "handles a transaction: only base.edge does (edge, attempt, when_kept)")


def second_clocks(tree: Tree) -> Iterator[Finding]:
    """Guard: the time is that of the database's transaction; nobody asks another clock."""
    for module in tree.product:
        for node in module.nodes:
            if isinstance(node, ast.Call):
                name = ".".join(dotted(node.func).split(".")[-2:])
                if name in CLOCKS or (name in CLOCKS_WITHOUT_MOMENT and not node.args):
                    yield module.says(node, f"asks {dotted(node.func)} for the time: ask base.clock")
                for word in node.keywords:
                    if word.arg in ("auto_now", "auto_now_add"):
                        yield module.says(node, f"{word.arg} asks another clock: give base.clock.now as the default")
            elif isinstance(node, ast.ImportFrom):
                for name in CLOCK_MODULES.get(node.module or "", set()) & {alias.name for alias in node.names}:
                    yield module.says(node, f"takes {name} from {node.module} for the time: ask base.clock")


def prints(tree: Tree) -> Iterator[Finding]:
    """Guard: nothing is printed but by a command to its operator."""
    for module in tree.product:
        if module.where.startswith(PRINTS_IN):
            continue
        for node in module.nodes:
            if isinstance(node, ast.Call) and dotted(node.func) in ("print", "pprint", "pprint.pprint", "breakpoint"):
                yield module.says(node, f"{dotted(node.func)}() speaks to nobody: write a log of ids, or leave it out")


def calls_out(tree: Tree) -> Iterator[Finding]:
    """Guard: nothing talks to the network but the outlet; a request never does."""
    for module in tree.product:
        for node, full in taken(module):
            for library in NETWORK:
                if full == library or full.startswith(f"{library}."):
                    yield module.says(node, f"takes {full} to talk to the network: only the outlet does")
                    break


def past_the_register(tree: Tree) -> Iterator[Finding]:
    """Guard: whoever tells of an academy reads its suppliers from the register, not from its settings."""
    for module in tree.product:
        for node in module.nodes:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, handed = dotted(node.func), node.args[0]
            tells = name in TELLS_OF_AN_ACADEMY or name.split(".")[-1] in TELLS_OF_AN_ACADEMY
            if tells and isinstance(handed, ast.Attribute) and handed.attr == "settings":
                yield module.says(node, f"hands {name} the settings alone: give privacy.firms.chosen_now(academy)")


def scattered_writes(tree: Tree) -> Iterator[Finding]:
    """Guard: rows are made, changed and removed in actions (and by what models offer them), nowhere else."""
    edges = {"views", "queries", "rules", "forms", "tables", "filters", "handlers", "jobs", "mails", "events", "urls"}
    for module in tree.product:
        if module.part not in edges - WRITES_IN:
            continue
        for node in module.nodes:
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in WRITES and "session" not in dotted(called):
                yield module.says(called, f".{called.attr}() changes rows: that is an action")


def taken(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every library name that a module imports, in full (`django.db.transaction`), once per import."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def test_only_the_edge_opens_transactions(house):
    assert_clean(second_edges(house), OPENS_TRANSACTIONS)


def test_only_the_clock_tells_the_time(house):
    assert_clean(second_clocks(house), READS_CLOCKS)


def test_nothing_prints_but_a_command(house):
    assert_clean(prints(house), PRINTS)


def test_only_the_outlet_talks_to_the_network(house):
    assert_clean(calls_out(house), CALLS_OUT)


def test_suppliers_are_read_from_the_register(house):
    assert_clean(past_the_register(house))


def test_only_actions_change_rows(house):
    assert_clean(scattered_writes(house))


@pytest.mark.parametrize(
    ("guard", "path", "text", "said"),
    [
        (second_edges, "people/actions.py", "from django.db import transaction\n", "only base.edge"),
        (second_edges, "people/actions.py", "from django.db.transaction import atomic\n", "only base.edge"),
        (second_edges, "people/views/x.py", "def f():\n    from django.db import transaction as t\n", "only base.edge"),
        (second_clocks, "people/actions.py", "x = datetime.now(UTC)\n", "ask base.clock"),
        (second_clocks, "people/actions.py", "x = datetime.datetime.utcnow()\n", "ask base.clock"),
        (second_clocks, "people/actions.py", "x = date.today()\n", "ask base.clock"),
        (second_clocks, "people/actions.py", "x = timezone.now()\n", "ask base.clock"),
        (second_clocks, "people/actions.py", "x = timezone.localtime()\n", "ask base.clock"),
        (second_clocks, "people/actions.py", "from django.utils.timezone import now\n", "ask base.clock"),
        (second_clocks, "people/queries.py", "from django.db.models.functions import Now\n", "ask base.clock"),
        (second_clocks, "people/models.py", "at = models.DateTimeField(auto_now_add=True)\n", "give base.clock.now"),
        (prints, "people/actions.py", "def f():\n    print('here')\n", "speaks to nobody"),
        (prints, "config/wiring.py", "breakpoint()\n", "speaks to nobody"),
        (calls_out, "people/actions.py", "import requests\n", "only the outlet"),
        (calls_out, "people/actions.py", "def f():\n    from httpx import get\n", "only the outlet"),
        (calls_out, "people/actions.py", "import socket as s\n", "only the outlet"),
        (calls_out, "people/actions.py", "from urllib import request\n", "only the outlet"),
        (calls_out, "people/actions.py", "from urllib.request import urlopen\n", "only the outlet"),
        (calls_out, "people/actions.py", "from django.core.mail import send_mail\n", "only the outlet"),
        (past_the_register, "privacy/views/x.py", "x = Facts(request.tenant.settings)\n", "chosen_now"),
        (past_the_register, "config/cli/x.py", "x = compose(academy.settings, 'nl')\n", "chosen_now"),
        (past_the_register, "website/queries.py", "x = versions.in_force(academy.settings, 'nl')\n", "chosen_now"),
        (scattered_writes, "people/views/office.py", "person.save()\n", "that is an action"),
        (scattered_writes, "people/queries.py", "Person.objects.create(name='A')\n", "that is an action"),
        (
            scattered_writes,
            "people/handlers.py",
            "def f(e):\n    Role.objects.filter(x=e).delete()\n",
            "that is an action",
        ),
        (scattered_writes, "people/jobs.py", "Role.objects.get_or_create(x=1)\n", "that is an action"),
    ],
)
def test_a_second_way_is_caught(sample, guard: Callable[[Tree], Iterator[Finding]], path, text, said):
    (finding,) = guard(sample({path: text}))

    assert finding.where == path
    assert said in finding.what


def test_the_first_way_is_free(sample):
    tree = sample(
        {
            "people/actions.py": "from urllib.parse import quote\nx = localtime(now())\nrow.save()\n",
            "config/cli/doctor.py": "print('All is well.')\n",
            "people/views/office.py": "request.session.save()\n",
            "people/tests/test_a.py": "print(1)\nfrom django.db import transaction\nP.objects.create()\n",
        }
    )

    guards = (second_edges, second_clocks, prints, calls_out, past_the_register, scattered_writes)
    assert [finding for guard in guards for finding in guard(tree)] == []


def test_nothing_that_renames_processes_is_installed():
    """It would wipe the environment by which the runtime knows its own processes; the web server uses it if it can."""
    assert find_spec("setproctitle") is None

"""The `leerhuis` command: plain words, and exit codes that mean something."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leerhuis.config import home
from leerhuis.config.cli import exits, running
from leerhuis.config.cli.command import command_line, main
from leerhuis.config.launcher import free_port

STRONG = "Zk3v-9Qw_7uYt1RpLmN0bXcVaSdFgHjK2e4r6T8y5U1i3O7pAq"
WORDS = [
    *"demo serve work migrate academy export-person backup verify-backup restore".split(),
    *"verify-audit doctor journal retention routes datamap statement map database texts practice".split(),
]


def leerhuis(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Carry out a command in a process of its own, with nothing of this one's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "leerhuis.config.cli", *words],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_word_has_help_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    for word in WORDS:
        with pytest.raises(SystemExit) as left:
            main([word, "--help"])
        assert left.value.code == exits.GOOD
        help_text = capsys.readouterr().out
        assert len(help_text.splitlines()) > 4, word
        assert not re.search(r"\b(django(?!\.[mp]o)|ORM|schema|WSGI|tenant)\b", help_text, re.IGNORECASE), word


def test_the_help_lists_exactly_the_words_there_are() -> None:
    listed = re.findall(r"^    ([a-z-]+)(?: |$)", command_line().format_help(), re.MULTILINE)
    assert sorted(listed) == sorted(WORDS)


def test_the_exit_codes_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert re.findall(r"^  (\d)  ", told, re.MULTILINE) == ["0", "1", "2", "3"]
    assert (exits.GOOD, exits.WRONG, exits.USAGE, exits.NOT_READY) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["statement"], ["academy", "create"], ["export-person", "not-an-id"]]
)
def test_a_wrongly_typed_command_leaves_by_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == exits.USAGE


def test_a_settings_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    answer = leerhuis("academy", "create", str(tmp_path / "none.toml"), LEERHUIS_HOME=str(tmp_path / "var"))
    assert answer.returncode == exits.USAGE
    assert "There is no file" in answer.stderr


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("", "is missing"),
        ("short", "has 5 characters, fewer than 50"),
        ("ab" * 40, "has only 2 different characters"),
        (f"changeme{STRONG}", "looks like an example"),
        (f"django-insecure-{STRONG}", "looks like an example"),
    ],
)
def test_a_weak_secret_is_refused_with_the_way_to_a_good_one(
    monkeypatch: pytest.MonkeyPatch, key: str, told: str
) -> None:
    monkeypatch.delenv("LEERHUIS_DEMO", raising=False)
    monkeypatch.setenv("LEERHUIS_SECRET_KEY", key)
    with pytest.raises(exits.Stop, match=f"LEERHUIS_SECRET_KEY {told}(.|\n)*token_urlsafe") as stop:
        running.refuse_weak_secret()
    assert stop.value.code == exits.WRONG
    monkeypatch.setenv("LEERHUIS_SECRET_KEY", STRONG)
    running.refuse_weak_secret()


def test_serve_refuses_a_weak_secret_before_it_starts_anything(tmp_path: Path) -> None:
    answer = leerhuis("serve", LEERHUIS_SECRET_KEY="short", LEERHUIS_HOME=str(tmp_path / "var"))
    assert answer.returncode == exits.WRONG
    assert "has 5 characters" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_strong_secret_is_good() -> None:
    assert home.weakness(STRONG) is None


def test_serve_refuses_the_settings_of_the_demo(tmp_path: Path) -> None:
    answer = leerhuis("serve", LEERHUIS_SECRET_KEY=STRONG, LEERHUIS_DEMO="1", LEERHUIS_HOME=str(tmp_path / "var"))
    assert answer.returncode == exits.WRONG
    assert "LEERHUIS_DEMO" in answer.stderr


def test_a_port_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    answer = leerhuis("serve", LEERHUIS_SECRET_KEY=STRONG, LEERHUIS_PORT="http", LEERHUIS_HOME=str(tmp_path / "var"))
    assert answer.returncode == exits.USAGE
    assert "LEERHUIS_PORT" in answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize("words", [["academy", "list"], ["migrate"]])
def test_without_a_database_a_command_says_so_and_leaves_by_three(tmp_path: Path, words: list[str]) -> None:
    nowhere = f"postgresql://web:hidden-word@127.0.0.1:{free_port()}/leerhuis"
    answer = leerhuis(*words, DATABASE_URL=nowhere, LEERHUIS_HOME=str(tmp_path / "var"))
    assert answer.returncode == exits.NOT_READY
    assert "The database cannot be reached" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "hidden-word" not in answer.stderr


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = home.secret(tmp_path / "var", "word")
    assert home.secret(tmp_path / "var", "word") == first
    assert len(first) == 64
    assert home.secret(tmp_path / "var", "other") != first
    assert (tmp_path / "var" / "secrets" / "word").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var" / "secrets").stat().st_mode & 0o777 == 0o700
    assert home.weakness(first) is None

"""Versions of the statement: which one is in force, and what differs between two of them, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Literal

from django.db.models import Q

from leerhuis.privacy.models import StatementVersion
from leerhuis.privacy.phrases import LANGUAGES, Language
from leerhuis.privacy.statement import Statement, Told, compose

Kind = Literal["added", "removed", "changed"]
Piece = tuple[Literal["same", "gone", "new"], str]
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Difference:
    """What became of one sentence between two statements: `before` and `after` are empty where it was not there."""

    kind: Kind
    id: str
    section: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the words of a changed sentence in reading order: the same, gone, or new."""
        old, new = _WORDS.findall(self.before), _WORDS.findall(self.after)
        found: list[Piece] = []
        for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if step == "equal":
                found.append(("same", "".join(old[a:b])))
                continue
            if b > a:
                found.append(("gone", "".join(old[a:b])))
            if d > c:
                found.append(("new", "".join(new[c:d])))
        return tuple(found)


@dataclass(frozen=True)
class InForce:
    """What an academy tells today: the version it published last, or the live text while it published none."""

    statement: Statement
    version: StatementVersion | None

    @property
    def since(self) -> datetime | None:
        """Return when it was published; None for a text that never was."""
        return self.version.created_at if self.version else None


def last_version() -> StatementVersion | None:
    """Return the version in force, None while nothing was published."""
    return StatementVersion.objects.order_by("-created_at", "-id").first()


def all_versions() -> list[StatementVersion]:
    """Return every published version, newest first."""
    return list(StatementVersion.objects.order_by("-created_at", "-id"))


def version_before(published: StatementVersion) -> StatementVersion | None:
    """Return the version that was in force before this one."""
    moment = published.created_at
    earlier = StatementVersion.objects.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=published.id))
    return earlier.order_by("-created_at", "-id").first()


def text_of(published: StatementVersion, language: Language) -> Statement:
    """Return the text of a version in a language."""
    return Statement.from_dict(published.en if language == "en" else published.nl)


def in_force(chosen: Any, language: Language) -> InForce:
    """Return what an academy tells today. Keeps: K21."""
    published = last_version()
    return InForce(text_of(published, language) if published else compose(chosen, language), published)


def changes(chosen: Any, published: StatementVersion) -> dict[Language, list[Difference]]:
    """Return what holds now and was not published, by language; empty while both say the same. Keeps: L34.

    The texts are compared, not their marks: how a mark is made may change with the program, what was read does not.
    """
    found = {each: differences(text_of(published, each), compose(chosen, each)) for each in LANGUAGES}
    return {language: different for language, different in found.items() if different}


def differs(chosen: Any) -> bool:
    """True when what holds now is something else than what was published; False while nothing was."""
    published = last_version()
    return published is not None and bool(changes(chosen, published))


def differences(old: Statement | None, new: Statement) -> list[Difference]:
    """Return what became different, in the order of the new text, with what went at the place where it stood.

    None for `old` stands for an empty text. Sentences are compared by id, so one that moved has not changed.
    """
    before = {told.id: told for told in old.told} if old else {}
    after = {told.id: told for told in new.told}
    return list(_in_order(before, after))


def _in_order(before: dict[str, Told], after: dict[str, Told]) -> Iterator[Difference]:
    gone: dict[str, list[Told]] = {}  # by the id of what stood just before and is still there
    last = ""
    for told in before.values():
        if told.id in after:
            last = told.id
        else:
            gone.setdefault(last, []).append(told)
    yield from _removed(gone.get("", []))
    for told in after.values():
        old = before.get(told.id)
        if old is None:
            yield Difference("added", told.id, told.section, "", told.text)
        elif old.text != told.text:
            yield Difference("changed", told.id, told.section, old.text, told.text)
        yield from _removed(gone.get(told.id, []))


def _removed(lost: list[Told]) -> Iterator[Difference]:
    for told in lost:
        yield Difference("removed", told.id, told.section, told.text, "")

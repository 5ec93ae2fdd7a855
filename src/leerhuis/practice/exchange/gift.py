"""A reader of GIFT, the plain text format of Moodle for questions.

Source: https://docs.moodle.org/en/GIFT_format, and the behaviour of Moodle's own importer where the page is silent.
Decision 0004 says why it is our own, and where readers of GIFT differ. Every item comes back, in the order of the
file; one that cannot be read comes back as a `Fault` and stops no other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from leerhuis.practice.exchange import gift_answers
from leerhuis.practice.exchange.gift_items import Category, Description, Fault, Item, Reason, Rich
from leerhuis.practice.exchange.gift_text import protect, rich, unprotect

_COMMENT = re.compile(r"\s*//")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)", re.IGNORECASE)
_TITLE = re.compile(r"\s*::(.*?)::(.*)", re.DOTALL)
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])+)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")
GAP = " _____ "
LONGEST_MARKS = 2_000  # characters of comment in which ids and tags are looked for


def parse(text: str) -> list[Category | Item | Fault]:
    """Return every category, item and fault of a GIFT file, in order. Never raises for any text."""
    return [_read(block) for block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))]


@dataclass
class _Block:
    """The lines of one item, comments taken out but remembered; `line` is the number of the first one."""

    line: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    open_line: int | None = None  # index in `lines` of the brace that is still open
    closed: bool = False
    fault: Reason | None = None

    @property
    def inside_braces(self) -> bool:
        return self.open_line is not None

    def take(self, line: str) -> bool:
        """Add a line; False when it opens a second brace while the first is open: the first was never closed."""
        for brace in re.findall(r"[{}]", protect(line)):
            if brace == "{" and self.inside_braces:
                return False
            if brace == "{":
                self.open_line = len(self.lines)
            else:
                self.open_line, self.closed = None, True
        self.lines.append(line)
        return True


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Cut a file into items. Blank lines part items, except between braces (many real files have them there)."""
    at = 0
    comments: list[str] = []
    while at < len(lines):
        line = lines[at]
        if _COMMENT.match(line):
            comments.append(line)
            at += 1
        elif not line.strip():
            comments = []
            at += 1
        elif _CATEGORY.match(line):
            yield _Block(at + 1, [line], comments)
            comments = []
            at += 1
        else:
            block, at = _one_block(lines, at, comments)
            comments = []
            yield block


def _one_block(lines: list[str], start: int, comments: list[str]) -> tuple[_Block, int]:
    """Collect the item that begins at a line; return it with the index of the line after it."""
    block = _Block(start + 1, comments=list(comments))
    at = start
    while at < len(lines):
        line = lines[at]
        if not block.inside_braces and block.lines and _ends_item(line, block):
            return block, at
        if _COMMENT.match(line):
            block.comments.append(line)
            block.lines.append("")
        elif not block.take(line):
            return _never_closed(block, lines, start, at)
        at += 1
    if block.inside_braces:
        return _never_closed(block, lines, start, at)
    return block, at


def _ends_item(line: str, block: _Block) -> bool:
    """True when a line outside braces cannot belong to the item before it."""
    if not line.strip() or _CATEGORY.match(line):
        return True
    after_answers = block.closed and block.lines[-1].rstrip().endswith("}")
    return after_answers and bool(_COMMENT.match(line) or line.lstrip().startswith("::"))


def _never_closed(block: _Block, lines: list[str], start: int, stopped: int) -> tuple[_Block, int]:
    """End an item whose brace stays open at the last blank line that spares the most of what follows.

    That is the last one before the next opening brace, or at the end of the file the first one after the open brace.
    """
    opened = start + (block.open_line or 0)
    blanks = [at for at in range(opened + 1, stopped) if not lines[at].strip()]
    if stopped == len(lines):
        end = blanks[0] if blanks else stopped
    else:
        end = blanks[-1] if blanks else _next_blank(lines, stopped)
    return _Block(start + 1, lines[start:end], block.comments, fault=Reason.BRACE_OPEN), end


def _next_blank(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _read(block: _Block) -> Category | Item | Fault:
    source = "\n".join(block.lines)
    if category := _CATEGORY.fullmatch(source):
        path = unprotect(protect(category[1])).strip()
        return Category(block.line, path) if path else Fault(block.line, Reason.NO_CATEGORY, source)
    if block.fault:
        return Fault(block.line, block.fault, source)
    try:
        return _item(block, protect(source))
    except gift_answers.CannotRead as fault:
        return Fault(block.line, fault.reason, source)


def _item(block: _Block, text: str) -> Item:
    """Read an item from its protected text (see `gift_text.protect`)."""
    title, text = _title(text)
    before, answers, after = _parts(text)
    stem = rich(before)
    if not stem.text and not after.strip():
        raise gift_answers.CannotRead(Reason.NO_STEM)
    comments = "\n".join(block.comments)[:LONGEST_MARKS]
    found = _ID.search(comments)
    id = _plain_mark(found[1]) if found else None
    item = Item(block.line, title, stem, Description(), id=id, tags=tuple(map(_plain_mark, _TAG.findall(comments))))
    return item if answers is None else _with_answers(item, answers, after)


def _with_answers(item: Item, answers: str, after: str) -> Item:
    """Add what stands between the braces, and the text after them, if any, behind a gap."""
    body, general_feedback = gift_answers.read(answers, item.stem.format)
    rest = rich(after, item.stem.format).text
    stem = Rich(f"{item.stem.text}{GAP}{rest}".strip(), item.stem.format) if rest else item.stem
    return replace(
        item,
        stem=stem,
        body=body,
        embedded=bool(rest),
        general_feedback=general_feedback,
        odd_equals=gift_answers.has_odd_equals(answers),
    )


def _title(text: str) -> tuple[str | None, str]:
    if not text.lstrip().startswith("::"):
        return None, text
    found = _TITLE.match(text)
    if not found:
        raise gift_answers.CannotRead(Reason.TITLE_OPEN)
    title = unprotect(re.sub(r"\s+", " ", found[1]).strip())
    return title or None, found[2]


def _parts(text: str) -> tuple[str, str | None, str]:
    """Return what stands before, between and after the braces; the middle is None without braces."""
    before, brace, rest = text.partition("{")
    if not brace:
        if "}" in text:
            raise gift_answers.CannotRead(Reason.BRACE_STRAY)
        return text, None, ""
    if "}" in before:
        raise gift_answers.CannotRead(Reason.BRACE_STRAY)
    answers, _, after = rest.partition("}")
    if "{" in after:
        raise gift_answers.CannotRead(Reason.TWO_ANSWERS)
    if "}" in after:
        raise gift_answers.CannotRead(Reason.BRACE_STRAY)
    return before, answers, after


def _plain_mark(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()

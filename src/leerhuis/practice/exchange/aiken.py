"""A reader of Aiken, the simplest text format of Moodle: a question, lettered options, and a line with the answer.

Source: https://docs.moodle.org/en/Aiken_format. Further than that page: a question may take several lines, and an
answer may name several letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from leerhuis.practice.exchange.gift_items import Choice, Fault, Item, Options, Reason, Rich

_OPTION = re.compile(r"\s*([A-Za-z])\s*[.)]\s+(\S.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*:(.*)")
_LETTERS = re.compile(r"[A-Za-z](\s*[,; ]\s*[A-Za-z])*")
CALLED = "Aiken"


@dataclass
class _Block:
    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def source(self) -> str:
        return " ".join([*self.stem, *(text for _letter, text in self.options)])


def parse_aiken(text: str) -> Iterator[Item | Fault]:
    """Give every question of an Aiken file, in order; one that cannot be read is a fault and stops no other."""
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        answer, option = _ANSWER.match(line), _OPTION.match(line)
        begins = not answer and not option and block is not None and block.options
        if block is not None and begins:
            yield Fault(block.line, Reason.NO_ANSWER_LINE, block.source)
            block = None
        block = block or _Block(number)
        if answer:
            yield _item(block, answer[1].strip())
            block = None
        elif option and (block.stem or block.options or option[1].upper() == "A"):
            block.options.append((option[1].upper(), option[2].strip()))
        else:
            block.stem.append(line.strip())
    if block is not None:
        yield Fault(block.line, Reason.NO_ANSWER_LINE, block.source)


def _item(block: _Block, answer: str) -> Item | Fault:
    if not block.stem:
        return Fault(block.line, Reason.NO_STEM, block.source or answer)
    if not _LETTERS.fullmatch(answer):
        return Fault(block.line, Reason.ODD_ANSWER_LINE, block.source)
    right = {letter.upper() for letter in re.findall(r"[A-Za-z]", answer)}
    if not right <= {letter for letter, _text in block.options}:
        return Fault(block.line, Reason.NO_SUCH_OPTION, block.source)
    one = len(right) == 1
    choices = tuple(
        Choice(one and letter in right, 100 / len(right) if letter in right else None, Rich(text, "plain"), None)
        for letter, text in block.options
    )
    return Item(block.line, None, Rich("\n".join(block.stem), "plain"), Options(choices, one_only=one), called=CALLED)

"""The texts that people read: found in code and templates, kept complete in Dutch, made ready for use.

Works on the files of the source tree alone: no database and no settings are needed.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).resolve().parents[1]
LANGUAGE: Final = "nl"
TEMPLATE_ENDINGS: Final = (".html", ".md", ".txt")
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CHANGING_HEADERS: Final = (
    "Project-Id-Version",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Generated-By",
)
NAMED_PERCENT: Final = re.compile(r"(?<!%)(?:%%)*%\((\w+)\)[#0\- +]*[\d.]*[diouxXeEfFgGcrsa]")
SHOWN: Final = 80  # characters of a text in one line of output
PERCENT: Final = re.compile(r"(?<!%)(?:%%)*%(?:\(\w+\))?[#0\-+]*[\d.]*[diouxXeEfFgGcrsa]")
NAMED_BRACE: Final = re.compile(r"(?<!\{)(?:\{\{)*\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")


class TextFault(Exception):
    """A file cannot be searched for texts, or a package is unknown; the words say which."""


class NoSuchPackage(TextFault):
    """There is no package of that name."""


def updated(package: Path) -> Catalog | None:
    """Merge the texts found in a package into its catalogue, write it and return it; None when there are no texts.

    No translation is lost: a text that changed takes the old one along, marked fuzzy; one that went is kept at the end.
    """
    found, target = texts_of(package), catalogue_path(package)
    if not found and not target.exists():
        return None
    catalogue = read_catalogue(target)
    catalogue.update(found, update_header_comment=False)
    write_catalogue(catalogue, target)
    return catalogue


def to_translate(catalogue: Catalog) -> int:
    """Return how many texts lack a good translation."""
    return sum(1 for message in catalogue if message.id and (message.fuzzy or not is_translated(message)))


def compile_texts(chosen: Iterable[Path]) -> None:
    """Write a django.mo for each package whose django.po is newer."""
    for package in chosen:
        source = catalogue_path(package)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        compiled = io.BytesIO()
        write_mo(compiled, read_catalogue(source))
        replace(target, compiled.getvalue())


def uncompiled(source: Path = SOURCE) -> list[str]:
    """Return the packages whose translations are not ready for use: no django.mo, or an older one."""
    stale = []
    for package in packages([], source):
        texts, made = catalogue_path(package), catalogue_path(package).with_suffix(".mo")
        if texts.exists() and not (made.exists() and made.stat().st_mtime >= texts.stat().st_mtime):
            stale.append(package.name)
    return stale


def packages(names: Iterable[str], source: Path = SOURCE) -> list[Path]:
    """Return the folders of the named packages, or of all. Raises NoSuchPackage for an unknown name."""
    known = {path.name: path for path in sorted(source.iterdir()) if path.is_dir() and path.name.isidentifier()}
    chosen = list(names) or list(known)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise NoSuchPackage(f"no such package: {', '.join(unknown)}. Known are: {', '.join(known)}")
    return [known[name] for name in chosen]


def catalogue_path(package: Path) -> Path:
    """Return where a package keeps its Dutch texts."""
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def texts_of(package: Path) -> Catalog:
    """Return every text that the code and the templates of a package show to people. Raises TextFault."""
    found = Catalog(locale=LANGUAGE, project="Leerhuis", copyright_holder="the Leerhuis founders", charset="utf-8")
    for path, content in readable_sources(package):
        try:
            messages = list(extract("python", io.BytesIO(content.encode()), KEYWORDS, ["Translators:"]))
        except SyntaxError as error:
            raise TextFault(f"{path}: cannot be read for texts: {error}") from error
        for _line, message, comments, context in messages:
            found.add(message, None, [(path.relative_to(package.parent).as_posix(), 1)], (), comments, context=context)
    return found


def readable_sources(package: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with texts in it, with its content as Python that can be searched for them."""
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if not path.is_file() or {"tests", "static", "locale", "node_modules"} & set(inside[:-1]):
            continue
        if path.suffix == ".py":
            yield path, path.read_text(encoding="utf-8")
        elif "templates" in inside and path.suffix in TEMPLATE_ENDINGS:
            try:
                python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            except SyntaxError as error:
                raise TextFault(f"{path}: {error}") from error
            # Indentation means something in Python and nothing in a template.
            yield path, "\n".join(line.strip() for line in python.splitlines())


def read_catalogue(path: Path) -> Catalog:
    """Return the Dutch texts in a file, or an empty catalogue when there is none yet."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="Leerhuis", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8", abort_invalid=True)


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write Dutch texts so that the same texts always give the same bytes: no dates, no names, no line numbers."""
    catalogue.header_comment = "# The Dutch texts of Leerhuis. Kept by `leerhuis texts update`."
    catalogue.fuzzy = False
    for message in catalogue:
        if not any(PERCENT.search(form) for form in forms_of(message.id)):
            message.flags.discard("python-format")  # Babel takes the percent sign of "15 % free" for a blank
    text = io.BytesIO()
    write_po(text, catalogue, width=110, sort_by_file=True, include_lineno=False)
    lines = text.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}:' for name in CHANGING_HEADERS))]
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, "".join(kept).encode())


def replace(path: Path, content: bytes) -> None:
    """Put content in a file in one step, so that a running product never reads half of it."""
    fresh = path.with_name(f".{path.name}.fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


def faults_of(package: Path) -> Iterator[str]:
    """Yield, in words, each text of a package that is missing, empty, doubtful, wrongly filled in or unused."""
    found, path = texts_of(package), catalogue_path(package)
    catalogue = read_catalogue(path)
    where = path.relative_to(package.parent)
    for message in found:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        if known is None:
            yield f"{where}: missing: {shown(message)}"
        elif not is_translated(known):
            yield f"{where}: not translated: {shown(message)}"
        elif known.fuzzy:
            yield f"{where}: doubtful (marked fuzzy): {shown(message)}"
        elif not same_blanks(known):
            yield f"{where}: the blanks to fill in differ: {shown(message)}"
    for message in catalogue:
        if message.id and found.get(message.id, message.context) is None:
            yield f"{where}: no longer used: {shown(message)}"
    for message in catalogue.obsolete.values():
        yield f"{where}: no longer used (delete the lines with #~): {shown(message)}"


def collisions(source: Path = SOURCE) -> Iterator[str]:
    """Yield, in words, each text that two packages translate differently.

    The running product reads all catalogues as one, so that the first of them would speak for the others.
    """
    known: dict[tuple[str, str | None], tuple[Sequence[str], str]] = {}
    for package in packages([], source):
        path = catalogue_path(package)
        where = path.relative_to(source)
        for message in read_catalogue(path):
            if not message.id or not is_translated(message):
                continue
            here = forms_of(message.string)
            there, elsewhere = known.setdefault(
                ("\0".join(forms_of(message.id)), message.context), (here, package.name)
            )
            if list(here) != list(there):
                yield (
                    f"{where}: {shown(message)} reads {here[0]!r} here and {there[0]!r} in {elsewhere}: "
                    "give both one text, or a context where they mean something else"
                )


def is_translated(message: Message) -> bool:
    """Whether every form of a text has a translation."""
    return all(forms_of(message.string))


def same_blanks(message: Message) -> bool:
    """Whether a translation fills in the same named values as the text; a plural form may leave some out."""
    sources, forms = forms_of(message.id), forms_of(message.string)
    allowed = {blank for source in sources for blank in blanks(source)}
    if len(sources) == 1:
        return all(blanks(form) == allowed for form in forms)
    return all(blanks(form) <= allowed for form in forms) and blanks(forms[-1]) == blanks(sources[-1])


def forms_of(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return the forms of a text: one, or its singular and plural."""
    return (text or "",) if text is None or isinstance(text, str) else text


def blanks(text: str) -> set[str]:
    """Return the names of the values that a text has filled in, as in `%(name)s` and `{name}`."""
    return {f"%{name}" for name in NAMED_PERCENT.findall(text)} | {f"{{{name}" for name in NAMED_BRACE.findall(text)}


def shown(message: Message) -> str:
    """Return a text short enough for one line of output."""
    text = forms_of(message.id)[0]
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")

"""Every way in which one module can lead to another: imports, names of models, paths of templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.floors import floors
from tests.house.source import Finding, Module, Tree, dotted, text_of

ROOT = "leerhuis"
IMPORTERS = {"import_module", "__import__", "import_string"}
TEMPLATE_TAG = re.compile(r"""\{%\s*(extends|include|load)\s+(.*?)%\}""", re.DOTALL)
QUOTED = re.compile(r"""["']([\w./-]+)["']""")


@dataclass(frozen=True)
class Reference:
    """One module (or template, named by its path) leads to another: `target` is `enrolment.models` or `enrolment`."""

    where: str
    package: str
    line: int
    target: str
    how: str

    @property
    def to(self) -> str:
        """The package that is led to."""
        return self.target.split(".")[0]

    def says(self, what: str) -> Finding:
        """Return a finding at the place of this reference."""
        return Finding(self.where, self.line, f"{self.how} {self.target}{what}")


def imports(tree: Tree, module: Module) -> list[Reference]:
    """Return every import of the house in a module, those inside functions and for type checking included."""
    if module.name not in tree.remembered:
        tree.remembered[module.name] = list(_imports(tree, module))
    return tree.remembered[module.name]


def _imports(tree: Tree, module: Module) -> Iterator[Reference]:
    for node in module.nodes:
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            targets = list(_imported(tree, module, node))
        else:
            continue
        for target in targets:
            if target.startswith(f"{ROOT}."):
                yield _refer(module, node, target.removeprefix(f"{ROOT}."), "imports")


def _imported(tree: Tree, module: Module, node: ast.ImportFrom) -> Iterator[str]:
    """Yield the full names of the modules that a `from … import …` leads to."""
    base = node.module or ""
    if node.level:
        above = [ROOT, *module.name.split(".")]
        is_folder = module.path.name == "__init__.py"
        keep = len(above) - node.level + (1 if is_folder else 0)
        base = ".".join([*above[:keep], *([base] if base else [])])
    for alias in node.names:
        inner = f"{base}.{alias.name}"
        # The front door of a package holds no code, so a name taken from it is a module.
        is_module = base.count(".") < 2 or inner.removeprefix(f"{ROOT}.") in tree.modules
        yield inner if is_module else base


def strings(module: Module) -> Iterator[Reference]:
    """Yield every literal that names a module, a model (`people.Person`) or a template of a package."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            yield from _split_label(module, node)
        text = text_of(node)
        if text is None:
            continue
        if re.fullmatch(rf"{ROOT}(\.\w+)+", text):
            yield _refer(module, node, text.removeprefix(f"{ROOT}."), "names the module")
        elif re.fullmatch(r"(\w+)\.[A-Z]\w*", text) and text.split(".")[0] in floors():
            yield _refer(module, node, text, "names the model")
        elif re.fullmatch(r"(\w+)/[\w./-]+\.(html|md|txt|typ)", text) and text.split("/")[0] in floors():
            yield _refer(module, node, text.replace("/", "."), "loads the template")


def _split_label(module: Module, call: ast.Call) -> Iterator[Reference]:
    """Yield the model in `apps.get_model("people", "Person")` and the package in `apps.get_app_config("people")`."""
    name = dotted(call.func).split(".")[-1]
    texts = [text for text in map(text_of, call.args) if text]
    if {"get_model": 2, "get_app_config": 1}.get(name) == len(texts) and texts[0] in floors():
        yield _refer(module, call, ".".join(texts), "names the model" if len(texts) > 1 else "names the package")


def templates(tree: Tree) -> Iterator[Reference]:
    """Yield every template and tag library of a package that a template extends, includes or loads."""
    for path in tree.files(".html", ".md", ".txt"):
        where = tree.where(path)
        text = path.read_text(encoding="utf-8")
        for tag in TEMPLATE_TAG.finditer(text):
            line = text.count("\n", 0, tag.start()) + 1
            names = tag[2].split() if tag[1] == "load" else QUOTED.findall(tag[2])
            for name in names:
                package = name.split("/")[0]
                if package in floors():
                    how = {"extends": "extends", "include": "includes", "load": "loads the tags of"}[tag[1]]
                    yield Reference(where, where.split("/")[0], line, name.replace("/", "."), how)


def computed_imports(tree: Tree) -> Iterator[Finding]:
    """Guard: a module is imported by a literal name, so that everyone can see where it leads."""
    for module in tree.product:
        for node in module.nodes:
            is_import = isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in IMPORTERS
            if isinstance(node, ast.Call) and is_import and (not node.args or text_of(node.args[0]) is None):
                yield module.says(node, "imports a module by a computed name; write the name out")


def _refer(module: Module, node: ast.AST, target: str, how: str) -> Reference:
    return Reference(module.where, module.package, getattr(node, "lineno", 1), target, how)

"""How many faults in the rules the tests would notice: ``python -m benchmarks.mutation [package …]``.

mutmut writes the rules of seats, rights and declarations anew, with hundreds of small faults beside each other of which
one is on at a time (`[tool.mutmut]` in pyproject.toml says which files). `mutants.py` runs the tests that come
by it. A fault that no test notices is named; the whole stands in var/mutation.json. Exit code 1 says that fewer than 85
of 100 were noticed, 2 that nothing could be measured.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants


def _beside(package: str, *names: str) -> tuple[str, ...]:
    """Return tests beside a package by name."""
    return tuple(f"src/leerhuis/{package}/tests/test_{name}.py" for name in names)


AIM = 85
HERE = Path(__file__).resolve().parents[1]
WRITTEN = HERE / "mutants"
FOUND = HERE / "var" / "mutation.json"
# The tests that know the rules of a package; those of its pages would notice more, and take ten times as long.
PLACES = {
    "catalogue": _beside("catalogue", "rules", "courses", "runs"),
    "charter": ("tests/floors/charter", "tests/house/test_declarations.py"),
    "consent": _beside("consent", "agreements", "choices", "news"),
    "enrolment": _beside("enrolment", "rules", "seats", "moving"),
    "people": _beside("people", "rules", "gate", "gate_alone", "tokens", "second_step", "sign_ins", "doors"),
    "results": _beside("results", "rules", "attendance", "outcomes"),
}


def main() -> int:
    """Write the faults, try those of each package, tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*PLACES, []], help="some packages; default: all")
    packages = parser.parse_args().packages or list(PLACES)
    os.chdir(HERE)
    shutil.rmtree(WRITTEN, ignore_errors=True)
    WRITTEN.mkdir()
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(os.cpu_count() or 1)
    found: dict[str, str | None] = {}
    for package in packages:
        if not _try(package):
            sys.stdout.write(f"{package}: a test is red without any fault, or after one was taken away again.\n")
            return 2
        found |= json.loads((WRITTEN / f"{package}.json").read_text(encoding="utf-8"))
        FOUND.parent.mkdir(exist_ok=True)
        FOUND.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return _tell(found)


def _try(package: str) -> bool:
    """Try the faults of one package with its tests, in a process of their own; return whether it could be done."""
    options = ["-p", "benchmarks.mutants", "-p", "no:cacheprovider", "-q", "-m", "not race and not slow and not fault"]
    found = WRITTEN / f"{package}.json"
    path = os.pathsep.join(map(str, (WRITTEN / "src", WRITTEN, HERE)))
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir=.", *PLACES[package]],
        cwd=WRITTEN,
        env=os.environ | {"PYTHONPATH": path, "MUTANTS_OF": package, "MUTANTS_FOUND": str(found)},
        check=False,
    )
    return found.exists()


def _tell(found: dict[str, str | None]) -> int:
    """Print the share per module and every fault that passed; return 1 when the aim was missed."""
    modules: defaultdict[str, list[bool]] = defaultdict(list)
    for name, test in found.items():
        modules[name.partition(".x")[0]].append(test is not None)
    lines = [f"{module:<40}{sum(every):>5} of {len(every):>4} noticed" for module, every in sorted(modules.items())]
    passed = [name for name, test in found.items() if test is None]
    share = 100 * (len(found) - len(passed)) / max(1, len(found))
    unnoticed = ["Passed unnoticed (`mutmut show NAME` shows one):", *passed] if passed else []
    total = f"{len(found) - len(passed)} of {len(found)} noticed: {share:.1f} %, aim {AIM} %"
    sys.stdout.write("\n".join([*lines, "", *unnoticed, "", total, ""]))
    return int(share < AIM)


if __name__ == "__main__":
    sys.exit(main())

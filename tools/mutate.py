"""Mutation testing: how many small mistakes in the core do its tests find? Usage: mutate.py [PATTERN…]

A pattern names functions, such as `broker.domain.queue*`; none means all of broker/domain. Works on a copy under
out/mutate, with an environment of its own over this one's packages, so that neither product nor lock knows mutmut.
The score is printed; what survived is in out/mutate/survivors.txt.
"""

import shutil
import subprocess
import sys
import sysconfig
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "out" / "mutate"
ENVIRONMENT, TREE = HERE / "environment", HERE / "tree"
MUTMUT = "mutmut==3.8.1"
PARTS = ("broker", "catalogue", "wording", "tests")
CONFIGURATION = """\
[mutmut]
source_paths=
    broker
only_mutate=
    broker/domain/*
also_copy=
    catalogue
    wording
pytest_add_cli_args_test_selection=
    tests/broker/domain
    tests/broker/journals
    --ignore=tests/broker/domain/properties/test_seeded_faults.py
"""
FOUND = ("killed", "timeout", "suspicious", "segfault")


def main(patterns: list[str]) -> int:
    """Make the mutants, try each, print the score."""
    make_environment()
    make_tree()
    status = mutmut("run", "--max-children", "2", *patterns)
    if status != 0:
        return status
    results = dict(
        line.strip().rsplit(": ", 1)
        for line in told("results", "--all", "true").splitlines()
        if line.startswith("    ")
    )
    tried = {name: result for name, result in results.items() if result != "not checked"}
    found = sum(result in FOUND for result in tried.values())
    survivors = [name for name, result in tried.items() if result not in FOUND]
    report = HERE / "survivors.txt"
    report.write_text("\n".join(told("show", name) for name in survivors))
    print(
        f"{found} of {len(tried)} mistakes found, {found / len(tried):.1%}; {dict(Counter(tried.values()))}"
    )
    print(f"What survived: {report}")
    return 0


def make_environment() -> None:
    """An environment with mutmut, in which this one's packages can be found, too."""
    if ENVIRONMENT.exists():
        return
    venv.create(ENVIRONMENT, with_pip=True)
    (own,) = ENVIRONMENT.glob("lib/python*/site-packages")
    (own / "product.pth").write_text(sysconfig.get_path("purelib"))
    subprocess.run([ENVIRONMENT / "bin" / "pip", "install", "--quiet", MUTMUT], check=True)


def make_tree() -> None:
    """A fresh copy of what is tried."""
    shutil.rmtree(TREE, ignore_errors=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, TREE / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", TREE)
    (TREE / "setup.cfg").write_text(CONFIGURATION)


def mutmut(*arguments: str) -> int:
    """Its exit code; it speaks for itself."""
    return subprocess.run([ENVIRONMENT / "bin" / "mutmut", *arguments], cwd=TREE, check=False).returncode


def told(*arguments: str) -> str:
    """What it writes."""
    command = [ENVIRONMENT / "bin" / "mutmut", *arguments]
    return subprocess.run(command, cwd=TREE, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

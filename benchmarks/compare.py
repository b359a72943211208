"""Times wa-iac and other analyzers on the same directories, whole processes in turn, and prints medians and ratios.

    python benchmarks/compare.py --terraform DIR --cloudformation DIR --cold-start

The others are no dependencies of ours. Trivy is found on PATH or by `--trivy`; cloudformation-validate by `--validate`, a Python
that has the package. What is not found is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TEMPLATES: Final = frozenset({".yaml", ".yml", ".json", ".template"})
VALIDATE: Final = """
import sys
from cloudformation_validate import CompositeEngine
engine = CompositeEngine()
for path in sys.argv[1:]:
    try:
        engine.validate_template(path)
    except Exception:  # a file that it rejects as a whole
        pass
"""
FLOOR: Final = """
import pydantic, typer, yaml, tree_sitter
class Model(pydantic.BaseModel):
    name: str
"""
"""What no program on our libraries can do without."""

ONE_BUCKET: Final = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program to be timed. `codes` are the exit codes that mean it has done its work."""

    name: str
    command: Callable[[Path], Sequence[str]]
    codes: frozenset[int] = frozenset({0})


def wa_iac(path: Path) -> list[str]:
    return [sys.executable, "-m", "wa_iac", "check", str(path), "--format", "json"]


def trivy(program: str) -> Contender:
    scanners = ["--misconfig-scanners", "cloudformation,terraform"]
    return Contender("Trivy", lambda path: [program, "config", "--skip-check-update", "-q", *scanners, "-f", "json", str(path)])


def validate(python: str) -> Contender:
    return Contender("cloudformation-validate", lambda path: [python, "-c", VALIDATE, *map(str, templates(path))])


def templates(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in TEMPLATES and path.is_file())


def seconds(contender: Contender, path: Path) -> float:
    """The wall time of one process. Raises `SystemExit` where it did not do its work: its time would mean nothing."""
    # Python programs run as they are installed: with their bytecode written, by the first run that is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - the commands are ours, the paths the caller's
        contender.command(path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode not in contender.codes:
        told = done.stderr.decode(errors="replace")[-2000:]
        raise SystemExit(f"{contender.name} ended with {done.returncode} on {path}:\n{told}")
    return taken


def measured(contenders: Sequence[Contender], path: Path, rounds: int) -> dict[str, list[float]]:
    """The times of each, in turn, so that a busy minute of the machine falls on all; the first run of each does not count."""
    for each in contenders:
        seconds(each, path)
    times: dict[str, list[float]] = {each.name: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            times[each.name].append(seconds(each, path))
    return times


def table(title: str, times: dict[str, list[float]], ours: str = "wa-iac") -> str:
    """A Markdown table: medians, the ratio of ours to each, and the range of the single runs."""
    lines = [f"{title}\n", "| | median, s | range, s | wa-iac takes |", "| --- | --- | --- | --- |"]
    own = statistics.median(times[ours])
    for name, taken in times.items():
        median = statistics.median(taken)
        ratio = "" if name == ours else f"{own / median:.2f} of it"
        lines.append(f"| {name} | {median:.2f} | {min(taken):.2f} - {max(taken):.2f} | {ratio} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terraform", type=Path, nargs="+", default=[], metavar="DIR")
    parser.add_argument("--cloudformation", type=Path, nargs="+", default=[], metavar="DIR")
    parser.add_argument("--cold-start", action="store_true", help="time one small template against the bare libraries")
    parser.add_argument("--trivy", default=shutil.which("trivy"), metavar="PROGRAM")
    parser.add_argument("--validate", metavar="PYTHON", help="a Python that has cloudformation-validate")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    ours = Contender("wa-iac", wa_iac, frozenset({0, 1, 2}))
    others = [trivy(given.trivy)] if given.trivy else []
    if not others:
        print("Trivy is not on PATH: left out\n")
    for path in given.terraform:
        print(table(f"Terraform: {path.name}", measured([ours, *others], path, given.rounds)), flush=True)
    validators = [validate(given.validate)] if given.validate else []
    for path in given.cloudformation:
        print(table(f"CloudFormation: {path.name}", measured([ours, *validators, *others], path, given.rounds)), flush=True)
    if given.cold_start:
        floor = Contender("the bare libraries", lambda _: [sys.executable, "-c", FLOOR])
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "bucket.yaml").write_text(ONE_BUCKET, encoding="utf-8")
            print(table("Cold start: one bucket", measured([ours, floor], Path(folder), 4 * given.rounds)), flush=True)


if __name__ == "__main__":
    main()

"""Times wa-iac and other analyzers on the same directories, whole processes in turn, and prints medians, ratios, the highest memory and
the number of findings, so that unequal work is seen.

    python benchmarks/compare.py --terraform DIR --cloudformation DIR --cold-start

The others are no dependencies of ours. Trivy is found on PATH or by `--trivy`; cloudformation-validate by `--validate`, a Python
that has the package; another build of wa-iac by `--before`, its directory. What is not found is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import json
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
found = 0
for path in sys.argv[1:]:
    try:
        found += len(engine.validate_template(path).diagnostics)
    except Exception:  # a file that it rejects as a whole
        pass
print(found)
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
    findings: Callable[[str], int] = lambda _: 0
    source: Path | None = None
    """The directory whose `wa_iac` runs; None for the installed one, and for other programs."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: its wall time in seconds, its highest memory in MB, and the findings that it printed."""

    seconds: float
    memory: float
    findings: int


def wa_iac(name: str = "wa-iac", source: Path | None = None) -> Contender:
    def command(path: Path) -> list[str]:
        return [sys.executable, "-m", "wa_iac", "check", str(path), "--format", "json"]

    def found(printed: str) -> int:
        return sum(each["verdict"] == "fail" for each in json.loads(printed)["findings"])

    return Contender(name, command, frozenset({0, 1, 2}), found, source)


def trivy(program: str) -> Contender:
    options = ["config", "--skip-check-update", "-q", "--misconfig-scanners", "cloudformation,terraform", "-f", "json"]

    def found(printed: str) -> int:
        return sum(len(each.get("Misconfigurations", ())) for each in json.loads(printed).get("Results", ()))

    return Contender("Trivy", lambda path: [program, *options, str(path)], findings=found)


def checkov(program: str) -> Contender:
    options = ["--framework", "cloudformation", "terraform", "--skip-download", "--compact", "--quiet", "-o", "json"]

    def found(printed: str) -> int:
        reports = json.loads(printed)
        reports = reports if isinstance(reports, list) else [reports]
        return sum(len(each.get("results", {}).get("failed_checks", ())) for each in reports)

    return Contender("Checkov", lambda path: [program, "-d", str(path), *options], frozenset({0, 1}), found)


def validate(python: str) -> Contender:
    return Contender("cloudformation-validate", lambda path: [python, "-c", VALIDATE, *map(str, templates(path))], findings=int)


def templates(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in TEMPLATES and path.is_file())


def run(contender: Contender, path: Path) -> Run:
    """One process. Raises `SystemExit` where it did not do its work: its time would mean nothing."""
    # Python programs run as they are installed: with their bytecode written, by the first run that is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if contender.source is not None:
        environment["PYTHONPATH"] = str(contender.source)
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the commands are ours, the paths the caller's
            contender.command(path), stdout=printed, stderr=told, env=environment, cwd=tempfile.gettempdir()
        )
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        code = process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        told.seek(0)
        if code not in contender.codes:
            raise SystemExit(f"{contender.name} ended with {code} on {path}:\n{told.read().decode(errors='replace')[-2000:]}")
        kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        return Run(taken, kilobytes / 1024, contender.findings(printed.read().decode(errors="replace")))


def measured(contenders: Sequence[Contender], path: Path, rounds: int) -> dict[str, list[Run]]:
    """The runs of each, in turn, so that a busy minute of the machine falls on all; the first run of each does not count. Another program
    that does not do its work there is left out, and why is printed."""
    contenders = [each for each in contenders if _does_its_work(each, path)]
    runs: dict[str, list[Run]] = {each.name: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            runs[each.name].append(run(each, path))
    return runs


def _does_its_work(contender: Contender, path: Path) -> bool:
    try:
        run(contender, path)
    except SystemExit as why:
        if contender.name == "wa-iac":
            raise
        print(f"{why}\n{contender.name} is left out\n", flush=True)
        return False
    return True


def table(title: str, runs: dict[str, list[Run]], ours: str = "wa-iac") -> str:
    """A Markdown table: medians, the ratio of our time and memory to each, and the findings."""
    lines = [
        f"{title}\n",
        "| | median, s | range, s | wa-iac takes | memory, MB | wa-iac needs | findings |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    own, room = median_of(runs[ours])
    for name, each in runs.items():
        median, memory = median_of(each)
        ratio, share = ("", "") if name == ours else (f"{own / median:.3f} of it", f"{room / memory:.2f} of it")
        times = [one.seconds for one in each]
        between = f"{min(times):.2f} - {max(times):.2f}"
        lines.append(f"| {name} | {median:.2f} | {between} | {ratio} | {memory:.0f} | {share} | {each[0].findings:,} |")
    return "\n".join(lines) + "\n"


def median_of(runs: Sequence[Run]) -> tuple[float, float]:
    return statistics.median(each.seconds for each in runs), statistics.median(each.memory for each in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terraform", type=Path, nargs="+", default=[], metavar="DIR")
    parser.add_argument("--cloudformation", type=Path, nargs="+", default=[], metavar="DIR")
    parser.add_argument("--cold-start", action="store_true", help="time one small template against the bare libraries")
    parser.add_argument("--trivy", default=shutil.which("trivy"), metavar="PROGRAM")
    parser.add_argument("--checkov", metavar="PROGRAM", help="left out unless it is named: it takes minutes")
    parser.add_argument("--validate", metavar="PYTHON", help="a Python that has cloudformation-validate")
    parser.add_argument("--before", type=Path, metavar="DIR", help="another build of wa-iac: the directory with its wa_iac")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    ours = wa_iac()
    others = [wa_iac("wa-iac before", given.before.resolve())] if given.before else []
    others += [trivy(given.trivy)] if given.trivy else []
    others += [checkov(given.checkov)] if given.checkov else []
    if not given.trivy:
        print("Trivy is not on PATH: left out\n")
    for path in given.terraform:
        print(table(f"Terraform: {path.name}", measured([ours, *others], path.resolve(), given.rounds)), flush=True)
    validators = [validate(given.validate)] if given.validate else []
    for path in given.cloudformation:
        print(
            table(f"CloudFormation: {path.name}", measured([ours, *validators, *others], path.resolve(), given.rounds)),
            flush=True,
        )
    if given.cold_start:
        floor = Contender("the bare libraries", lambda _: [sys.executable, "-c", FLOOR])
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "bucket.yaml").write_text(ONE_BUCKET, encoding="utf-8")
            all_of_them = [ours, floor, *validators, *others]
            print(table("Cold start: one bucket", measured(all_of_them, Path(folder), 2 * given.rounds)), flush=True)


if __name__ == "__main__":
    main()

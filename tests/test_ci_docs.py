"""What docs/ci.md shows works: every command of ours runs, and GitHub's linters accept the workflow."""

from __future__ import annotations

import itertools
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers import github_action
from helpers.cli import run
from helpers.paths import PROJECT

PAGE = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
COMMANDS = list(dict.fromkeys(each.strip() for each in re.findall(r"wa-iac check[^`'\n]*", PAGE)))
BLOCKS = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
TREE = {
    "stack.yaml": "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n",
    "main.tf": 'resource "aws_db_instance" "orders" {\n  engine = "mysql"\n}\n',
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in TREE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_and_writes_what_it_names(command: str, here: Path) -> None:
    words = shlex.split(command.replace("$GITHUB_STEP_SUMMARY", "summary.md"))
    files = [b.partition("=")[2] if a == "--also" else b for a, b in itertools.pairwise(words) if a in ("--also", "--output")]

    done = run(here, *words[1:])

    assert done.returncode == (0 if "--exit-zero" in words else 1), done.stderr
    assert sorted(each.name for each in here.iterdir()) == sorted([".git", *TREE, *files])
    assert all("s3-versioning" in (here / each).read_text(encoding="utf-8") for each in files)


def test_there_are_commands_and_what_is_read_is_what_they_write() -> None:
    assert len(COMMANDS) >= 8
    written = {
        each.split("=")[-1]
        for command in COMMANDS
        for each in shlex.split(command)
        if re.search(r"\.(sarif|xml|json|md)$", each)
    }
    named = set(re.findall(r"[\w-]+\.(?:sarif|xml|md)\b|gl-[\w-]+\.json", re.sub(r"\]\([^)]*\)", "", PAGE)))
    assert named == written


def _workflow() -> dict[str, Any]:
    (found,) = [each for each in BLOCKS if isinstance(each, dict) and "jobs" in each]
    return found


def test_the_workflow_is_short_and_its_inputs_are_the_actions() -> None:
    (text,) = re.findall(r"    steps:\n.*?```", PAGE, re.DOTALL)[:1]
    document = github_action.action(PROJECT / "action.yml")

    assert len(text.splitlines()) < 10
    assert _workflow()["jobs"]["wa-iac"]["permissions"] == {"contents": "read", "security-events": "write"}
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == list(document["inputs"])
    for name in document["outputs"]:
        assert f"`{name}`" in PAGE


def test_the_actions_that_are_used_are_those_of_the_action() -> None:
    """One pin of each: the page and the action do not drift apart."""
    pins = set(re.findall(r"uses: (github/\S+ # \S+)", PAGE))

    assert pins
    assert pins <= set(re.findall(r"uses: (github/\S+ # \S+)", (PROJECT / "action.yml").read_text(encoding="utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "linter",
    [("check-jsonschema", "--builtin-schema", "vendor.github-workflows"), ("zizmor", "--offline", "--no-progress")],
    ids=["schema", "zizmor"],
)
def test_githubs_linters_accept_the_workflows(linter: tuple[str, ...], tmp_path: Path) -> None:
    """The whole one, and each list of steps in the place of its steps."""
    program = Path(sys.executable).parent / linter[0]
    if not program.exists():
        pytest.skip(f"{linter[0]} is not installed: it comes with the extra test")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (whole,) = [each for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "\njobs:" in each]
    steps = re.findall(r"```yaml\n(      - .*?)```", PAGE, re.DOTALL)
    assert len(steps) == 3
    texts = [whole, *(whole.partition("    steps:\n")[0] + "    steps:\n" + each for each in steps)]
    for number, text in enumerate(texts):
        named = text.replace("OWNER/", "example/").replace("COMMIT", "0123456789abcdef0123456789abcdef01234567")
        (folder / f"{number}.yml").write_text(named, encoding="utf-8")

    done = subprocess.run(
        [program, *linter[1:], *sorted(folder.iterdir())], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_gitlabs_job_publishes_what_it_writes() -> None:
    (job,) = [each["wa-iac"] for each in BLOCKS if isinstance(each, dict) and "wa-iac" in each]

    (command,) = [each for each in job["script"] if each.startswith("wa-iac check")]
    for format_, name in {"codequality": "gitlab", "junit": "junit"}.items():
        assert f"--also {name}={job['artifacts']['reports'][format_]}" in command
    assert job["artifacts"]["when"] == "always"

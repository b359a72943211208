"""The action for GitHub: its steps run as a runner runs them, and what GitHub's linters say of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from helpers import github_action
from helpers.github_lint import complaints
from helpers.paths import PROJECT

ACTION = PROJECT / "action.yml"
INSTALL = frozenset({"Install wa-iac"})
UPLOAD = "github/codeql-action/upload-sarif"
BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
VERSIONED = BUCKET + "    Properties:\n      VersioningConfiguration: {Status: Enabled}\n"
ONLY = "--select s3-versioning"


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What the runner's machine has. The dependencies, and what builds the wheel, are the tests' own: nothing is fetched."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ["HOME"],
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way of saying that there is none
        "PIP_NO_COMPILE": "1",  # Python compiles what is run
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_")) or name.endswith("_proxy")},
    }


@pytest.fixture(scope="session")
def temp(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The runner's temporary directory, after the step that installs wa-iac from the action's checkout."""
    folder = tmp_path_factory.mktemp("runner")
    every = frozenset(each["name"] for each in github_action.action(ACTION)["runs"]["steps"])
    ran = github_action.run(ACTION, workspace=folder, temp=folder, environment=environment, inputs={}, skip=every - INSTALL)
    assert ran.code == 0, ran.log
    assert list(folder.glob("venv/lib/python*/site-packages/wa_iac/pillars/best_practices.json"))
    assert list(folder.glob("venv/lib/python*/site-packages/wa_iac/knowledge/facts/lambda_runtimes.json"))
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "stack.yaml").write_text(VERSIONED, encoding="utf-8")
    (tmp_path / "bad, worse").mkdir()
    (tmp_path / "bad, worse" / "stack.yaml").write_text(BUCKET, encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "::stop-commands::x\n::error::y.tf").write_text('resource "a" {\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def act(checkout: Path, temp: Path, environment: dict[str, str]) -> Act:
    return Act(checkout, temp, environment)


class Act:
    """Runs the action on the checkout."""

    def __init__(self, checkout: Path, temp: Path, environment: dict[str, str]) -> None:
        self.checkout = checkout
        self._temp = temp
        self._environment = environment

    def __call__(self, *, fork: bool = False, **inputs: str) -> github_action.Ran:
        named = {name.replace("_", "-"): value for name, value in {"args": ONLY, **inputs}.items()}
        for old in (*self._temp.glob("output-*"), *self._temp.glob("summary-*")):
            old.unlink()
        return github_action.run(
            ACTION,
            workspace=self.checkout,
            temp=self._temp,
            environment=self._environment,
            inputs=named,
            fork=fork,
            skip=INSTALL,
        )

    def sarif(self, name: str = "wa-iac.sarif") -> dict[str, object]:
        document: dict[str, object] = json.loads((self.checkout / name).read_text(encoding="utf-8"))
        return document


@pytest.mark.slow
def test_a_good_tree_uploads_an_empty_report_and_passes(act: Act) -> None:
    ran = act(path="good")

    assert (ran.code, ran.outputs) == (0, {"sarif-file": "wa-iac.sarif", "exit-code": "0"})
    assert ran.used == {UPLOAD: {"sarif_file": "wa-iac.sarif"}}
    assert ran.summary.startswith("### wa-iac: no findings\n")
    assert complaints(act.sarif()) == []


@pytest.mark.slow
def test_a_bad_tree_uploads_its_findings_then_fails(act: Act) -> None:
    ran = act(path="bad, worse", category="infra")

    assert (ran.code, ran.outputs) == (1, {"sarif-file": "wa-iac.sarif", "exit-code": "1"})
    assert list(ran.used) == [UPLOAD]
    assert "bad, worse/stack.yaml:2:3  medium  s3-versioning  Reports" in ran.log
    assert "| <code>bad, worse/stack.yaml:2</code> | s3-versioning |" in ran.summary
    assert '"id": "infra/"' in json.dumps(act.sarif())


@pytest.mark.slow
def test_several_paths_stand_in_lines_and_the_failing_severity_is_a_choice(act: Act) -> None:
    ran = act(path="good\nbad, worse\n", fail_on="high", sarif_file="my report.sarif")

    assert (ran.code, ran.outputs) == (0, {"sarif-file": "my report.sarif", "exit-code": "0"})
    assert "1 finding (1 medium), 2 resources in 2 files" in ran.log


@pytest.mark.slow
def test_what_was_not_read_is_uploaded_and_fails_and_no_file_commands_the_runner(act: Act) -> None:
    ran = act(path="broken")

    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert list(ran.used) == [UPLOAD]
    assert "#### Not checked (1)" in ran.summary
    obeyed = _obeyed(ran.log)
    assert obeyed == ["::error title=wa-iac::Not everything could be checked: see the log of the scan."]


def _obeyed(log: str) -> list[str]:
    """The commands in a log that the runner would carry out."""
    found: list[str] = []
    token = ""
    for line in log.splitlines():
        text = line.lstrip()
        if token:
            token = "" if text == f"::{token}::" else token
        elif stop := re.fullmatch(r"::stop-commands::(.+)", text):
            token = stop[1]
        elif text.startswith("::") or "##[" in text:
            found.append(text)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("inputs", [{"upload": "false"}, {"fork": True}], ids=["asked for", "fork"])
def test_without_an_upload_findings_are_annotations(act: Act, inputs: dict[str, object]) -> None:
    ran = act(path="bad, worse\nbroken", **inputs)  # type: ignore[arg-type]  # one of them is no input, but where it runs

    assert (ran.code, ran.used) == (2, {})
    assert [each.split("::")[1].split(",line")[0] for each in _obeyed(ran.log)] == [
        "error file=broken/%3A%3Astop-commands%3A%3Ax%0A%3A%3Aerror%3A%3Ay.tf",
        "warning file=bad%2C worse/stack.yaml",
        "error title=wa-iac",
    ]
    assert complaints(act.sarif()) == []


@pytest.mark.slow
def test_where_nothing_was_run_nothing_is_uploaded_and_an_old_report_is_gone(act: Act) -> None:
    (act.checkout / "wa-iac.sarif").write_text("{}", encoding="utf-8")
    ran = act(path="good", args="--select s3-versionin")

    assert (ran.code, ran.outputs, ran.used) == (2, {"sarif-file": "", "exit-code": "2"}, {})
    assert "did you mean 's3-versioning'?" in ran.log


@pytest.mark.slow
def test_no_input_is_a_command_or_an_option(act: Act) -> None:
    ran = act(path="$(touch a)\n--exit-zero", args="`touch b` ;touch c", category="$(touch d)", fail_on="high; touch e")

    assert ran.code == 2
    assert sorted(each.name for each in act.checkout.iterdir()) == [".git", "bad, worse", "broken", "good"]


@pytest.mark.slow
def test_python_is_set_up_on_request(act: Act) -> None:
    assert act(path="good", python_version="3.13").used["actions/setup-python"] == {"python-version": "3.13"}


def test_every_input_goes_through_the_environment_and_every_action_is_pinned() -> None:
    document = github_action.action(ACTION)
    text = ACTION.read_text(encoding="utf-8")

    assert [each["name"] for each in document["runs"]["steps"] if "${{" in each.get("run", "")] == []
    assert {name for name in document["inputs"] if f"inputs.{name}" in text} == set(document["inputs"])
    for used in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)


@pytest.mark.slow
def test_githubs_schema_accepts_it() -> None:
    _passes("check-jsonschema", "--builtin-schema", "vendor.github-actions", str(ACTION))


@pytest.mark.slow
def test_zizmor_finds_nothing() -> None:
    _passes("zizmor", "--offline", "--no-progress", str(ACTION))


def _passes(program: str, *arguments: str) -> None:
    path = Path(sys.executable).parent / program
    if not path.exists():
        pytest.skip(f"{program} is not installed: it comes with the extra test")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

"""The hooks, run by pre-commit and by prek, on commits in repositories of their own."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from helpers.git import git
from helpers.hook_programs import TOOLS, Hooks, installed
from helpers.paths import PROJECT

pytestmark = pytest.mark.slow

BUCKET = 'resource "aws_s3_bucket" "{name}" {{}}\n'
A, B = BUCKET.format(name="a"), BUCKET.format(name="b")
VERSIONED = """\
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""
FINDING = """\
main.tf:1:1  medium  s3-versioning  aws_s3_bucket.a
  This bucket has no versioning: an object that is overwritten or deleted cannot be restored from it.  [reliability REL09-BP01]
      1 | resource "aws_s3_bucket" "a" {}
  fix:
      AWS charges for each version: let a lifecycle rule delete old ones, if objects are often overwritten. A script that empties the bucket before it is deleted has to delete the versions too.
      resource "aws_s3_bucket_versioning" "a" {
        bucket = aws_s3_bucket.a.id

        versioning_configuration {
          status = "Enabled"
        }
      }
  see: REL09-BP01 Identify and back up all data that needs to be backed up, or reproduce the data from sources

1 finding (1 medium), wa-iac.toml leaves out N rules, 1 resource in 1 file, --diff --unsafe-fixes shows what can be fixed
"""
ELSEWHERE = (
    "No findings, 1 finding in files that were not named left out (--whole-unit shows them), wa-iac.toml leaves out N rules, "
    "3 resources in 2 files"
)


@pytest.fixture(scope="session", params=sorted(TOOLS))
def hooks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    return installed(request.param, shared / "hooks")


def headline(text: str, state: str) -> str:
    return f"{text}{'.' * (79 - len(text) - len(state))}{state}\n"


def counted(text: str) -> str:
    """What is said, however many rules there are."""
    return re.sub(r"leaves out \d+ rules", "leaves out N rules", text)


def test_a_good_commit_is_made(hooks: Hooks, tmp_path: Path) -> None:
    here = hooks.repository(tmp_path)
    assert hooks.run(tmp_path, "install").returncode == 0
    here.add(main__tf=A + VERSIONED)

    assert (here.commit("good").returncode, here.last()) == (0, "good")


def test_a_bad_commit_is_not_made(hooks: Hooks, tmp_path: Path) -> None:
    here = hooks.repository(tmp_path)
    assert hooks.run(tmp_path, "install").returncode == 0
    here.add(main__tf=A)

    assert (here.commit("bad").returncode, here.last()) == (1, "start")


def test_the_whole_reason(hooks: Hooks, tmp_path: Path) -> None:
    here = hooks.repository(tmp_path)
    here.add(main__tf=A)
    done = here.run()

    expected = {
        "pre-commit": f"{headline('wa-iac', 'Failed')}- hook id: wa-iac\n- exit code: 1\n\n{FINDING}\n",
        "prek": (
            f"{headline('wa-iac', 'Failed')}- hook id: wa-iac\n- description: Check the Terraform modules and CloudFormation templates "
            "that changed against the AWS Well-Architected Framework\n- exit code: 1\n\n"
            + "".join(f"  {line}".rstrip() + "\n" for line in FINDING.splitlines())
        ),
    }
    assert (done.returncode, counted(done.stdout), done.stderr) == (1, expected[hooks.name], "")


def test_other_files_are_none_of_its_business(hooks: Hooks, tmp_path: Path) -> None:
    here = hooks.repository(tmp_path)
    here.add(values__yaml="replicas: 3\n", package__json='{"name": "x"}\n')
    assert (here.run().returncode, here.run().stdout) == (0, headline("wa-iac", "Passed"))

    here.commit("x", hooks=False)
    here.add(notes__txt="resource\n")
    assert here.run().stdout == headline("wa-iac", "(no files to check)Skipped")


@pytest.mark.parametrize(("arguments", "code"), [("[]", 0), ("[--whole-unit]", 1)])
def test_the_rest_of_the_unit_is_read_and_reported_only_on_request(
    hooks: Hooks, arguments: str, code: int, tmp_path: Path
) -> None:
    here = hooks.repository(tmp_path, arguments=arguments)
    here.add(old__tf=B)
    here.commit("x", hooks=False)
    here.add(main__tf=A + VERSIONED)
    done = here.run("wa-iac", "--verbose")

    assert done.returncode == code
    assert ("old.tf:1:1  medium  s3-versioning  aws_s3_bucket.b" in done.stdout) is bool(code)
    assert (ELSEWHERE in counted(done.stdout)) is not bool(code)


@pytest.mark.parametrize("arguments", ["[]", "[--fail-on, high]", "[--fail-on=high, --]"])
def test_a_file_is_judged_whatever_it_is_called(hooks: Hooks, arguments: str, tmp_path: Path) -> None:
    """Of a name like an option's nothing is obeyed; what the file holds is told, and that it should be renamed."""
    here = hooks.repository(tmp_path, arguments=arguments)
    names = ["--output=written.tf", "-owritten.tf", "--fail-on=critical.tf", "--exit-zero.tf"]
    for number, name in enumerate(names):
        here.write(name, BUCKET.format(name=f"b{number}"))
    here.write("--ignore=s3-versioning.json", "{}")
    git(tmp_path, "add", "--all")
    done = here.run("wa-iac", "--verbose")

    assert done.returncode == 1
    assert "- exit code: 2\n" in done.stdout
    assert not (tmp_path / "written.tf").exists()
    for number, name in enumerate(names):
        assert f"{name}:1:1  medium  s3-versioning  aws_s3_bucket.b{number}\n" in done.stdout
    for name in (*names[:3], "--ignore=s3-versioning.json"):
        assert f"{name}  error\n" in done.stdout
    assert done.stdout.count("is named like an option of wa-iac: it was read as a file; rename it") == 4


def test_what_cannot_be_read_stops_the_commit_of_its_neighbour(hooks: Hooks, tmp_path: Path) -> None:
    """The file that is committed could not be wholly judged, so it is told, though nobody named the other one."""
    here = hooks.repository(tmp_path)
    here.add(network__tf='module "network" {\n  source = "./nowhere"\n}\n')
    here.commit("x", hooks=False)
    here.add(main__tf=A + VERSIONED)
    done = here.run()

    assert done.returncode == 1
    assert "- exit code: 2\n" in done.stdout
    assert "network.tf:1:1  error\n" in done.stdout


def test_five_thousand_files_in_several_calls_are_told_as_if_in_one(hooks: Hooks, tmp_path: Path) -> None:
    """The names are more than one command line takes: modules are cut in two, and each is read whole by both calls."""
    here = hooks.repository(tmp_path)
    for module in range(50):
        folder = tmp_path / f"a-module-with-a-name-as-long-as-real-ones-have-{module:02}"
        folder.mkdir()
        for number in range(99):
            (folder / f"variables-{number:02}.tf").write_text(f'variable "v{number}" {{}}\n', encoding="utf-8")
        (folder / "main.tf").write_text(A, encoding="utf-8")
    git(tmp_path, "add", "--all")
    done = here.run("wa-iac", "--verbose")

    found = [line.split(":")[0].strip() for line in done.stdout.splitlines() if "s3-versioning" in line]
    assert sorted(found) == [f"a-module-with-a-name-as-long-as-real-ones-have-{module:02}/main.tf" for module in range(50)]
    # pre-commit takes 131,072 bytes for a call, prek as much as the system does.
    assert len(re.findall(r" resources? in ", done.stdout)) == {"pre-commit": 3, "prek": 1}[hooks.name]
    assert done.returncode == 1


def test_the_hook_for_the_whole_repository_runs_where_a_file_was_only_deleted(hooks: Hooks, tmp_path: Path) -> None:
    here = hooks.repository(tmp_path, hook="wa-iac-all")
    here.add(main__tf=A, versioning__tf=VERSIONED)
    here.commit("x", hooks=False)
    assert here.run("wa-iac-all").returncode == 0

    git(tmp_path, "rm", "--quiet", "versioning.tf")
    done = here.run("wa-iac-all")
    assert (done.returncode, "main.tf:1:1  medium  s3-versioning  aws_s3_bucket.a" in done.stdout) == (1, True)


def test_the_files_of_a_commit_are_judged_in_one_call(hooks: Hooks, tmp_path: Path) -> None:
    """The start of a process is most of what a hook costs."""
    here = hooks.repository(tmp_path)
    here.add(**{f"bucket_{number}__tf": BUCKET.format(name=f"b{number}") for number in range(10)})
    done = here.run("wa-iac", "--verbose")

    assert re.findall(r"\d+ resources? in \d+ files?", done.stdout) == ["10 resources in 10 files"]


def test_the_manifest_is_valid(hooks: Hooks) -> None:
    command = ["validate-manifest", ".pre-commit-hooks.yaml"]
    done = hooks.run(PROJECT, *command)

    assert done.returncode == 0, done.stdout + done.stderr

"""One line may be at fault for many: callers, keys, environments. Each is a finding of its own to a baseline, to named files and to
changes, and none of them changes what the next one is known by."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.git import git

RULES = ("--select", "cloudtrail-log-validation,sqs-encryption")
MODULE = """\
variable "encrypted" {
  type    = bool
  default = false
}

resource "aws_cloudtrail" "trail" {
  name                       = "trail"
  s3_bucket_name             = "logs"
  enable_log_file_validation = false
}
"""
QUEUES = """\
resource "aws_sqs_queue" "each" {
  for_each                = toset(["a", "b"])
  name                    = each.key
  sqs_managed_sse_enabled = false
}

resource "aws_sqs_queue" "counted" {
  count                   = 2
  name                    = "n${count.index}"
  sqs_managed_sse_enabled = false
}

locals {
  queues = {
    first  = { encrypted = false }
    second = { encrypted = true }
  }
}

resource "aws_sqs_queue" "mapped" {
  for_each                = local.queues
  name                    = each.key
  sqs_managed_sse_enabled = each.value.encrypted
}
"""
ENVIRONMENTS = '[environments]\ndev = { var-files = ["dev.tfvars"] }\n'
SWITCHED = """\
variable "encrypted" {
  type = bool
}

resource "aws_sqs_queue" "switched" {
  name                    = "switched"
  sqs_managed_sse_enabled = var.encrypted
}
"""


def call(name: str) -> str:
    return f'module "{name}" {{\n  source = "../modules/trail"\n}}\n'


@dataclass(frozen=True)
class Tree:
    """A repository with findings that are known, committed and in a baseline."""

    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert before in text
        self.write(name, text.replace(before, after))

    def changed(self) -> list[str]:
        said = git(self.root, "status", "--porcelain", "--untracked-files=all").stdout
        return [line[3:] for line in said.splitlines()]

    def reported(self, *arguments: str) -> set[str]:
        """What stands: each address, with its root module and environment where it has one."""
        done = run(self.root, "check", "--format", "json", *RULES, *arguments)
        return {
            f"{each['address']} of {each['unit']}" + "".join(f" in {name}" for name in each["environments"])
            for finding in json.loads(done.stdout)["findings"]
            if finding["suppressed"] is None
            for each in finding["instances"]
        }


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = Tree(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    made.write("modules/trail/main.tf", MODULE)
    made.write("prod/main.tf", call("trail"))
    made.write("queues/main.tf", QUEUES)
    assert len(made.reported()) == 6
    assert run(tmp_path, "baseline", "create").returncode == 0
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=start")
    assert made.reported("--baseline", "wa-iac-baseline.json") == set()
    return made


def new_caller(tree: Tree) -> None:
    tree.write("stage/main.tf", call("trail"))


def second_call(tree: Tree) -> None:
    tree.edit("prod/main.tf", call("trail"), call("audit") + call("trail"))


def new_key(tree: Tree) -> None:
    tree.edit("queues/main.tf", '["a", "b"]', '["0", "a", "b"]')


def larger_count(tree: Tree) -> None:
    tree.edit("queues/main.tf", "= 2", "= 3")


def new_entry(tree: Tree) -> None:
    tree.edit("queues/main.tf", "    second", "    another = { encrypted = false }\n    second")


def moved_lines(tree: Tree) -> None:
    tree.edit("modules/trail/main.tf", 'resource "aws', '# A comment.\n\nresource "aws')


def renamed_sibling(tree: Tree) -> None:
    tree.edit("queues/main.tf", "first  = {", "renamed = {")


ADDITIONS: list[tuple[Callable[[Tree], None], set[str]]] = [
    (new_caller, {"module.trail.aws_cloudtrail.trail of stage"}),
    (second_call, {"module.audit.aws_cloudtrail.trail of prod"}),
    (new_key, {'aws_sqs_queue.each["0"] of queues'}),
    (larger_count, {"aws_sqs_queue.counted[2] of queues"}),
    (new_entry, {'aws_sqs_queue.mapped["another"] of queues'}),
    (renamed_sibling, {'aws_sqs_queue.mapped["renamed"] of queues'}),
    (moved_lines, set()),
]
BY_NAME = [edit.__name__ for edit, _ in ADDITIONS]


@pytest.mark.parametrize(("edit", "added"), ADDITIONS, ids=BY_NAME)
def test_a_baseline_lets_through_what_is_added_and_nothing_else(
    tree: Tree, edit: Callable[[Tree], None], added: set[str]
) -> None:
    edit(tree)
    assert tree.reported("--baseline", "wa-iac-baseline.json") == added


@pytest.mark.parametrize(("edit", "added"), ADDITIONS, ids=BY_NAME)
def test_changes_are_of_the_instances_that_they_make(tree: Tree, edit: Callable[[Tree], None], added: set[str]) -> None:
    edit(tree)
    assert tree.reported("--diff-base", "HEAD") == added


def test_a_named_file_makes_the_instances_of_its_calls_and_no_others(tree: Tree) -> None:
    new_caller(tree)
    assert tree.reported("--only-named", "stage/main.tf") == {"module.trail.aws_cloudtrail.trail of stage"}
    assert tree.reported("--only-named", "stage/main.tf", "prod/main.tf") == {
        "module.trail.aws_cloudtrail.trail of stage",
        "module.trail.aws_cloudtrail.trail of prod",
    }


def test_what_is_named_and_known_is_left_out_by_a_baseline(tree: Tree) -> None:
    second_call(tree)
    found = tree.reported("--only-named", "prod/main.tf", "--baseline", "wa-iac-baseline.json")
    assert found == {"module.audit.aws_cloudtrail.trail of prod"}


def test_another_environment_is_another_fault(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    tree.write("main.tf", SWITCHED)
    tree.write("dev.tfvars", "encrypted = false\n")
    tree.write("prod.tfvars", "encrypted = false\n")
    tree.write("wa-iac.toml", ENVIRONMENTS)
    assert run(tmp_path, "baseline", "create").returncode == 0
    assert tree.reported("--baseline", "wa-iac-baseline.json") == set()

    tree.write("wa-iac.toml", ENVIRONMENTS + 'prod = { var-files = ["prod.tfvars"] }\n')
    assert tree.reported("--baseline", "wa-iac-baseline.json") == {"aws_sqs_queue.switched of . in prod"}


def test_a_baseline_without_environments_holds_in_each(tree: Tree) -> None:
    tree.write("dev.tfvars", "")
    tree.write("wa-iac.toml", ENVIRONMENTS)
    assert tree.reported("--baseline", "wa-iac-baseline.json") == set()


def test_an_edited_line_stays_known_but_another_fault_of_the_resource_is_new(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    block = '  ingress {\n    from_port   = %s\n    to_port     = %s\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'
    tree.write("main.tf", 'resource "aws_security_group" "g" {\n' + block % (3306, 3306) + "}\n")
    select = ("--select", "vpc-security-group-ingress-ports")
    assert run(tmp_path, "baseline", "create").returncode == 0

    tree.edit("main.tf", '["0.0.0.0/0"]', '["0.0.0.0/0", "10.0.0.0/8"]')
    assert run(tmp_path, "check", *select, "--baseline", "wa-iac-baseline.json").returncode == 0
    tree.edit("main.tf", "  ingress", block % (5432, 5432) + "  ingress")
    done = run(tmp_path, "check", *select, "--baseline", "wa-iac-baseline.json", "--format", "json")
    assert len([each for each in json.loads(done.stdout)["findings"] if each["suppressed"] is None]) == 1


def fingerprints(tree: Tree) -> dict[str, str]:
    done = run(tree.root, "check", "--format", "json", *RULES)
    return {
        f"{each['address']} of {each['unit']}": each["fingerprint"]
        for finding in json.loads(done.stdout)["findings"]
        for each in finding["instances"]
    }


@pytest.mark.parametrize("edit", [edit for edit, _ in ADDITIONS], ids=BY_NAME)
def test_a_fingerprint_depends_on_nothing_around_it(tree: Tree, edit: Callable[[Tree], None]) -> None:
    before = fingerprints(tree)
    edit(tree)
    after = fingerprints(tree)
    still = before.keys() & after.keys()
    assert len(still) >= len(before) - 1
    assert {name: before[name] for name in still} == {name: after[name] for name in still}
    assert len(set(after.values())) == len(after)


def test_a_baseline_of_the_first_version_holds_and_is_written_anew(tree: Tree) -> None:
    first = [
        {"rule": "cloudtrail-log-validation", "path": "modules/trail/main.tf", "address": "module.trail.aws_cloudtrail.trail"},
        {"rule": "sqs-encryption", "path": "queues/main.tf", "address": 'aws_sqs_queue.each["a"]'},
    ]
    old = {"schema": "wa-iac/baseline/1", "findings": [{**each, "number": 1} for each in first]}
    tree.write("wa-iac-baseline.json", json.dumps(old))

    done = run(tree.root, "check", *RULES, "--baseline", "wa-iac-baseline.json", "--format", "json")
    assert "`wa-iac baseline update` rewrites it" in done.stderr
    known = {
        "module.trail.aws_cloudtrail.trail of prod",
        'aws_sqs_queue.each["a"] of queues',
        'aws_sqs_queue.each["b"] of queues',
    }
    left = tree.reported() - known
    assert tree.reported("--baseline", "wa-iac-baseline.json") == left

    assert run(tree.root, "baseline", "update", ".").returncode == 0
    assert json.loads((tree.root / "wa-iac-baseline.json").read_text(encoding="utf-8"))["schema"] == "wa-iac/baseline/2"
    assert tree.reported("--baseline", "wa-iac-baseline.json") == left
    new_caller(tree)
    assert tree.reported("--baseline", "wa-iac-baseline.json") == {*left, "module.trail.aws_cloudtrail.trail of stage"}

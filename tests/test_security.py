"""The promises of docs/security.md: each names a test that exists, and a hostile tree meets all of them at once."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.paths import PROJECT
from wa_iac.maintenance.bounds_table import BOUNDS, PLACE, bounds_table

DOCUMENT = PROJECT / "docs" / "security.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


# --- the document


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_each_promise_names_tests_that_exist() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and "tests/" in line]
    promises = TEXT.partition("## The promises")[2].partition("## What is not promised")[0]
    table = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith(("| Promise", "| ---"))]

    assert len(table) > 20
    assert [line for line in table if not TEST.search(line)] == []
    assert [name for line in rows for path, name in TEST.findall(line) if name not in names_in(path)] == []


def test_the_bounds_are_current() -> None:
    assert PLACE.within(TEXT, bounds_table()) == TEXT, "run: python -m wa_iac.maintenance docs"


LIMITS = re.compile(r"^(MAX_\w+|MOST\w*|LARGEST|LONGEST\w*)(?:: \S+)? = ", re.MULTILINE)
"""How bounds are called. What begins with an underscore is a detail of its module."""
NO_BOUNDS = {("review.drills", "MOST"), ("review.tasks", "MOST"), ("core.ending", "MOST")} | {
    ("drill_report.experiment.resources", "MOST_ALARMS"), ("lsp.work", "MOST_KEPT"), ("lsp.schedule", "MOST_WAYS"),
}  # fmt: skip
"""Numbers that are choices of what to show or to keep: nothing grows with them."""


def test_each_bound_of_a_module_is_in_the_table() -> None:
    found = {
        (".".join(path.relative_to(PROJECT / "wa_iac").with_suffix("").parts), name)
        for path in (PROJECT / "wa_iac").rglob("*.py")
        for name in LIMITS.findall(path.read_text(encoding="utf-8"))
        if "pillars" not in path.parts and "aws" not in path.parts
    }

    assert found - {(each.module, each.name) for each in BOUNDS} - NO_BOUNDS == set()
    assert all(each.value > 0 for each in BOUNDS)


# --- a hostile tree

CANARY = "canary-6b1f0e"
OUTSIDE = f'resource "aws_s3_bucket" "{CANARY}" {{}}\noutput "o" {{ value = "{CANARY}" }}\n'
TEMPLATE = json.dumps({"Resources": {CANARY: {"Type": "AWS::S3::Bucket"}}})


def _module(out: str) -> str:
    """A module that reaches for what is outside, in every way that Terraform has."""
    reads = [
        f'file("{out}/secret.txt")', f'templatefile("{out}/secret.txt", {{}})', f'join(",", fileset("{out}", "**"))', f'filebase64("{out}/secret.txt")',
        f'filesha256("{out}/secret.txt")', f'yamldecode(file("{out}/t.json"))', 'file("link.txt")', 'file("folder/secret.txt")', 'file("/proc/self/environ")',
        'join(",", fileset("folder", "*"))', f'fileexists("{out}/secret.txt")', 'pathexpand("~/.aws/credentials")', f'file("./x/../{out}/secret.txt")',
    ]  # fmt: skip
    locals_ = "".join(f"  l{index} = {each}\n" for index, each in enumerate(reads))
    tags = "".join(f"    t{index} = local.l{index}\n" for index in range(len(reads)))
    calls = "".join(
        f'module "m{index}" {{\n  source = "{each}"\n}}\n'
        for index, each in enumerate(
            [
                f"{out}/module",
                f"./x/../{out}/module",
                "./folder/module",
                "registry.example/a/b",
                "git::https://example.com/x.git",
            ]
        )
    )
    return f'locals {{\n{locals_}}}\nresource "aws_kms_key" "k" {{\n  tags = {{\n{tags}  }}\n}}\n{calls}'


def _template(out: str) -> str:
    resources: dict[str, object] = {
        f"S{index}": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": each}}
        for index, each in enumerate(
            [f"{out}/t.json", "folder/t.json", "file:///etc/passwd", "https://example.com/t.json", f"s3://x/{out}/t.json"]
        )
    }
    resources["F"] = {
        "Type": "AWS::Serverless::Function",
        "Properties": {"CodeUri": f"{out}/code", "Runtime": "python3.12", "Handler": "x.y"},
    }
    resources["A"] = {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "x", "DefinitionUri": f"{out}/api.yaml"}}
    resources["P"] = {"Type": "AWS::Serverless::Application", "Properties": {"Location": f"{out}/t.json"}}
    include = {"Name": "AWS::Include", "Parameters": {"Location": f"{out}/t.json"}}
    resources["L"] = {"Type": "AWS::S3::Bucket", "Properties": {"Fn::Transform": include}}
    return json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": resources})


def _assembly(out: str) -> Iterator[tuple[str, object]]:
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "t.template.json"}}
    asset = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "x"},
        "Metadata": {"aws:asset:path": f"../{out}/t.json"},
    }
    yield "cdk.out/cdk.out", {"version": "38.0.0"}
    yield "cdk.out/t.template.json", {"Resources": {"N": asset}}
    yield (
        "cdk.out/manifest.json",
        {
            "artifacts": {
                "good": stack,
                "bad": {**stack, "properties": {"templateFile": f"../{out}/t.json"}},
                "more": {"type": "cdk:cloud-assembly", "properties": {"directoryName": f"../{out}"}},
                "assets": {"type": "cdk:asset-manifest", "properties": {"file": f"../{out}/t.json"}},
            }
        },
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository that reaches for `outside`, beside it, and holds programs that somebody might run."""
    outside, here = tmp_path / "outside", tmp_path / "tree"
    (outside / "module").mkdir(parents=True)
    for name, text in (
        ("module/main.tf", OUTSIDE),
        ("secret.txt", CANARY),
        ("t.json", TEMPLATE),
        ("x.tfvars", f'a = "{CANARY}"\n'),
    ):
        (outside / name).write_text(text, encoding="utf-8")
    here.mkdir()
    (here / ".git" / "hooks").mkdir(parents=True)
    (here / "x").mkdir()
    (here / "folder").symlink_to(outside, target_is_directory=True)
    (here / "link.txt").symlink_to(outside / "secret.txt")
    (here / "link.tf").symlink_to(outside / "module" / "main.tf")
    (here / "main.tf").write_text(
        _module("../outside") + _module(str(outside)).replace('"k"', '"j"').replace("l", "n").replace('"m', '"n'),
        encoding="utf-8",
    )
    (here / "t.json").write_text(_template("../outside"), encoding="utf-8")
    (here / "u.json").write_text(_template(str(outside)), encoding="utf-8")
    (here / ".terraform" / "modules").mkdir(parents=True)
    modules = [{"Key": "m3", "Source": "registry.example/a/b", "Dir": "../outside/module"}, {"Key": "m4", "Source": "git::https://example.com/x.git", "Dir": str(outside / "module")}]  # fmt: skip
    (here / ".terraform" / "modules" / "modules.json").write_text(json.dumps({"Modules": modules}), encoding="utf-8")
    for name, content in _assembly("../outside"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(json.dumps(content), encoding="utf-8")
    for name in ("yaml.py", "conftest.py", "sitecustomize.py", "wa_iac_rules.py"):
        (here / name).write_text(f"raise SystemExit('{CANARY}')\n", encoding="utf-8")
    (here / "wa-iac.toml").write_text(
        '[environments.x]\nvar-files = ["{root}/../outside/*.tfvars", "{root}/**/x.tfvars"]\n', encoding="utf-8"
    )
    return here


_REACHED: list[tuple[str, str]] = []
_WATCHING: list[Path] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _WATCHING:
        return
    if event.startswith(
        (
            "socket.connect",
            "socket.getaddrinfo",
            "socket.sendto",
            "os.system",
            "os.exec",
            "os.posix_spawn",
            "subprocess.Popen",
            "ctypes.dlopen",
        )
    ):
        _REACHED.append((event, str(arguments[:1])))
    elif event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if path.startswith((str(_WATCHING[0]) + os.sep, "/etc/passwd", "/proc/self/environ")):
            _REACHED.append((event, path))


sys.addaudithook(_watch)
COMMANDS = ("check --verbose --show-unknown", "check --format sarif", "check --diff --unsafe-fixes", "review", "drill", "graph", "graph --format html", "baseline create --file b.json")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hostile_tree_reaches_nothing_outside_of_it(tree: Path, command: str) -> None:
    run(tree, "check")  # what is imported late is imported now
    _WATCHING.append(tree.parent / "outside")
    try:
        done = run(tree, *command.split())
    finally:
        _WATCHING.clear()
    reached, _REACHED[:] = list(_REACHED), []

    # Its files are looked for (`stat`), but not one of them is opened, and no directory is listed.
    assert [each for each in reached if "git" not in each[1]] == []
    assert CANARY not in done.stdout + done.stderr
    assert "outside" in done.stdout + done.stderr
    assert done.returncode == 2


# --- secrets

SECRET = "vD9-hunter2-Xq7"  # noqa: S105 - invented
MODULE = f"""
variable "password" {{
  sensitive = true
  default   = "{SECRET}"
}}
locals {{
  url = "mysql://root:${{var.password}}@db/x"
}}
resource "aws_db_instance" "{{}}" {{
  password   = var.password
  identifier = local.url
  engine     = var.password
  tags       = {{ x = local.url }}
}}
resource "aws_ecs_task_definition" "t" {{
  family                = "t"
  container_definitions = jsonencode([{{ name = "x", image = "x:1", environment = [{{ name = "URL", value = local.url }}] }}])
}}
resource "aws_s3_bucket" "b" {{
  for_each = toset([nonsensitive(local.url)])
  bucket   = each.key
}}
output "o" {{
  value = file(local.url)
}}
""".replace('"{}"', '"d"')
STACK = json.dumps(
    {
        "Parameters": {"P": {"Type": "String", "NoEcho": True, "Default": SECRET}},
        "Resources": {
            "D": {
                "Type": "AWS::RDS::DBInstance",
                "Properties": {"MasterUserPassword": {"Ref": "P"}, "Engine": {"Ref": "P"}, "MultiAZ": {"Ref": "P"}},
            },
            "Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "x-${P}"}, "DelaySeconds": {"Ref": "P"}}},
            "S": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"TemplateURL": {"Fn::Sub": "${P}.yaml"}, "Parameters": {"X": {"Ref": "P"}}},
            },
        },
    }
)
OUTPUTS = [
    *(f"check --show-unknown --format {each}" for each in ("json", "sarif", "junit", "gitlab", "github", "markdown")),
    *("check --verbose --show-unknown --show-passed", "graph", "graph --format json"),
    *(f"graph --format {each}" for each in ("mermaid", "dot", "html")),
    *(f"review --format {each}" for each in ("markdown", "html", "json", "wa-tool")),
    *(f"drill --fail region --format {each}" for each in ("text", "json", "html")),
]


@pytest.mark.parametrize("command", OUTPUTS)
def test_no_output_holds_a_sensitive_value(tmp_path: Path, command: str) -> None:
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")
    (tmp_path / "t.json").write_text(STACK, encoding="utf-8")
    done = run(tmp_path, *command.split())
    lines = [line for line in (done.stdout + done.stderr).splitlines() if SECRET in line]

    assert lines == []
    assert "aws_db_instance" in done.stdout or command.rsplit(maxsplit=1)[-1] in ("github", "markdown", "wa-tool")

"""What the code calls sensitive is in no output: messages, errors, addresses, lines, graphs, in any format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.plans import Plan

FORMATS = ("text", "json", "sarif", "junit", "gitlab", "github", "markdown")
TYPE = "m3.xlarge"
INSTANCE = 'resource "aws_instance" "a" {\n  ami           = "ami-1"\n  instance_type = %s\n}\n'
VARIABLE = f'variable "type" {{\n  default   = "{TYPE}"\n  sensitive = true\n}}\n'
MODULE = f'output "type" {{\n  value     = "{TYPE}"\n  sensitive = true\n}}\n'
LATER = f'variable "type" {{\n  sensitive = true\n}}\n{INSTANCE % "var.type"}'
TEMPLATE = f"""\
Parameters:
  Kind:
    Type: String
    NoEcho: true
    Default: {TYPE}
Resources:
  A:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      InstanceType: !Ref Kind
"""

INPUTS: dict[str, dict[str, str]] = {
    "a variable": {"main.tf": VARIABLE + INSTANCE % "var.type"},
    "a part of a variable": {"main.tf": VARIABLE + INSTANCE % '"${split(".", var.type)[0]}.large"'},
    "a variable that is given": {"main.tf": LATER, "terraform.tfvars": f'type = "{TYPE}"\n'},
    "a function": {"main.tf": INSTANCE % f'sensitive("{TYPE}")'},
    "an output of a module": {"main.tf": 'module "m" {\n  source = "./m"\n}\n' + INSTANCE % "module.m.type", "m/main.tf": MODULE},
    "an ephemeral variable": {"main.tf": VARIABLE.replace("sensitive", "ephemeral") + INSTANCE % "var.type"},
    "a text around a list": {"main.tf": VARIABLE + INSTANCE % 'formatlist("%s.x", ["a", var.type])[1]'},
    "a key": {"main.tf": VARIABLE + INSTANCE % "keys({ (var.type) = 1 })[0]"},
    "a key of a loop": {"main.tf": VARIABLE + INSTANCE % 'keys({ for each in ["a"] : var.type => each })[0]'},
    "a member": {"main.tf": VARIABLE.replace(f'"{TYPE}"', f'{{ kind = "{TYPE}" }}') + INSTANCE % "var.type.kind"},
    "a parameter": {"t.yaml": TEMPLATE},
    "a given parameter": {"t.yaml": TEMPLATE.replace(f"    Default: {TYPE}\n", ""), "wa-iac.toml": f'[[inputs]]\nvariables = {{Kind = "{TYPE}"}}\n'},
}  # fmt: skip


def put(here: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")


def outputs(here: Path, *arguments: str) -> dict[str, str]:
    """All that the program writes of a directory, by what was asked of it."""
    asked = {each: ["check", "--profile", "all", "--show-unknown", "--format", each, *arguments] for each in FORMATS}
    asked |= {f"graph {each}": ["graph", "--format", each] for each in ("text", "json")}
    done = {name: run(here, *command) for name, command in asked.items()}
    return {name: each.stdout + each.stderr for name, each in done.items()}


@pytest.mark.parametrize(
    "text",
    [
        "jsonencode({ kind = [var.type] })",
        "yamlencode([var.type])",
        "base64encode(jsonencode([var.type]))",
        "data.aws_iam_policy_document.a.json",
    ],
)
def test_a_document_around_a_sensitive_value_is_sensitive(tmp_path: Path, text: str) -> None:
    document = (
        'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["s3:*"]\n    resources = [var.type]\n  }\n}\n'
    )
    policy = f'resource "aws_iam_policy" "a" {{\n  policy = {text}\n}}\n'
    put(tmp_path, {"main.tf": VARIABLE + document + policy})
    (found,) = json.loads(run(tmp_path, "graph", "--format", "json").stdout)["resources"]

    assert found["properties"]["policy"] == "(sensitive)"


@pytest.mark.parametrize("files", INPUTS.values(), ids=list(INPUTS))
def test_a_sensitive_value_is_told_of_but_not_told(tmp_path: Path, files: dict[str, str]) -> None:
    put(tmp_path, files)

    for name, text in outputs(tmp_path).items():
        assert TYPE not in text, name
        # SARIF has the rule's page, which speaks of such types.
        assert name == "sarif" or "m3" not in text, name
        assert name.startswith("graph") or "ec2-previous-generation" in text, name


def test_a_plan(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource("aws_instance.a", {"ami": "ami-1", "instance_type": TYPE}, sensitive={"instance_type": True})
    plan.write(tmp_path)

    for name, text in outputs(tmp_path).items():
        assert TYPE not in text, name
        assert name == "sarif" or "m3" not in text, name


def test_the_title_stands_for_the_message(tmp_path: Path) -> None:
    put(tmp_path, INPUTS["a variable"])

    said = run(tmp_path, "check", "--select", "ec2-previous-generation").stdout
    assert "The value is sensitive and is not shown." in said


def test_the_same_text_in_the_open_is_shown(tmp_path: Path) -> None:
    put(tmp_path, {"main.tf": VARIABLE + INSTANCE % "var.type" + (INSTANCE % f'"{TYPE}"').replace('"a"', '"b"')})

    said = run(tmp_path, "check", "--select", "ec2-previous-generation", "--format", "github").stdout
    of_a, of_b = (next(line for line in said.splitlines() if f"aws_instance.{name}" in line) for name in "ab")
    assert ("m3" in of_a, "m3" in of_b) == (False, True)


KEYS = """\
variable "secret" {
  default   = "hunter2-blue"
  sensitive = true
}
resource "aws_s3_bucket" "b" {
  for_each = toset([var.secret])
  tags     = { (var.secret) = "x" }
}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b["hunter2-blue"].id
  policy = jsonencode({})
}
"""


def test_a_name_that_is_written_is_no_secret_though_the_word_be_one_elsewhere(tmp_path: Path) -> None:
    variable = 'variable "stage" {\n  default   = "bucket"\n  sensitive = true\n}\n'
    bucket = 'resource "aws_s3_bucket" "bucket" {\n  bucket = "mine"\n  tags   = { (var.stage) = "x" }\n}\n'
    put(tmp_path, {"main.tf": variable + bucket + 'resource "aws_kms_key" "a" {\n  description = var.stage\n}\n'})

    (found, _) = json.loads(run(tmp_path, "graph", "--format", "json").stdout)["resources"]
    assert (found["address"], found["properties"]["bucket"]) == ("aws_s3_bucket.bucket", "mine")
    assert found["properties"]["tags"] == "(sensitive)"
    assert "aws_s3_bucket.bucket" in run(tmp_path, "check", "--select", "s3-versioning").stdout


LOOP = """\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, NoEcho: true, Default: "hunter2blue,hunter2green"}
Resources:
  Fn::ForEach::Each:
    - Name
    - !Ref Names
    - "Bucket${Name}": {Type: AWS::S3::Bucket}
"""


def test_names_that_a_loop_makes(tmp_path: Path) -> None:
    put(tmp_path, {"t.yaml": LOOP})

    for name, text in outputs(tmp_path).items():
        assert "hunter2" not in text, name
        assert "Bucket" in text, name


def test_keys_and_addresses(tmp_path: Path) -> None:
    put(tmp_path, {"main.tf": KEYS})

    for name, text in outputs(tmp_path).items():
        assert "hunter2" not in text, name
        assert "s3_bucket" in text.replace("&#95;", "_"), name


STACK = """\
Parameters:
  TemplatePin: {Type: String, NoEcho: true, Default: hunter2-blue.yaml}
Resources:
  A:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: !Ref TemplatePin}
"""


def test_errors(tmp_path: Path) -> None:
    put(tmp_path, {"t.yaml": STACK})

    for name, text in outputs(tmp_path).items():
        assert "hunter2" not in text, name
    done = run(tmp_path, "check")
    assert (done.returncode, 'the template of the stack "A" does not exist: (sensitive)' in done.stdout) == (1, True)


def test_reasons_why_something_is_undecided(tmp_path: Path) -> None:
    reading = 'resource "aws_db_instance" "a" {\n  multi_az = file(var.secret) == "x"\n}\n'
    put(tmp_path, {"main.tf": KEYS.partition("resource")[0] + reading})

    for name, text in outputs(tmp_path).items():
        assert "hunter2" not in text, name
        assert name.startswith("graph") or "rds-multi-az" in text, name


def test_what_is_called_sensitive_in_one_run_is_not_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wa_iac.engine.check import check
    from wa_iac.engine.selection import Selection

    monkeypatch.chdir(tmp_path)
    chosen = Selection(select=("ec2-previous-generation",))
    put(tmp_path, {"main.tf": VARIABLE + INSTANCE % "var.type"})
    (hidden,) = check([tmp_path], chosen).findings
    put(tmp_path, {"main.tf": VARIABLE.replace("  sensitive = true\n", "") + INSTANCE % "var.type"})
    (shown,) = check([tmp_path], chosen).findings

    assert ("m3" in hidden.message, "m3" in shown.message) == (False, True)


def test_a_name_that_is_also_somebodys_secret_is_shown(tmp_path: Path) -> None:
    """The secret is a word: blocks are called so, too, and our own sentences may hold it."""
    user = 'variable "user" {\n  default   = "postgres"\n  sensitive = true\n}\n'
    named = 'resource "aws_db_instance" "postgres" {\n  username = var.user\n}\nresource "aws_db_instance" "postgres" {}\n'
    put(tmp_path, {"main.tf": user + named})
    done = run(tmp_path, "check", "--select", "rds-multi-az")

    assert "aws_db_instance.postgres" in done.stdout
    assert "aws_db_instance.postgres is declared twice" in done.stdout


def test_the_names_of_attributes_are_no_secrets(tmp_path: Path) -> None:
    database = 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n  skip_final_snapshot = true\n  deletion_protection = false\n}\n'
    output = 'output "login" {\n  sensitive = true\n  value = { name = "hunter2-admin" }\n}\n'
    put(tmp_path, {"main.tf": database + output})

    done = run(tmp_path, "check", "--select", "workload-stateful-deletion-policy")
    assert '"<name>-final"' in done.stdout
    assert "hunter2" not in done.stdout


def test_a_word_of_the_rules_page_that_contains_a_secret_is_shown(tmp_path: Path) -> None:
    """The secret is "password": the rule speaks of passwords all the same."""
    proxy = 'resource "aws_db_proxy" "p" {\n  name = "p"\n  engine_family = "MYSQL"\n}\n'
    used = 'resource "aws_docdb_cluster" "c" {\n  master_password = var.word\n}\n'
    put(tmp_path, {"main.tf": VARIABLE.replace("type", "word").replace(TYPE, "password") + used + proxy})

    assert "without TLS: of a client that us" in run(tmp_path, "check", "--select", "rds-proxy-tls").stdout


def test_a_word_of_a_remedy_that_contains_a_secret_is_written_out(tmp_path: Path) -> None:
    user = 'output "user" {\n  value     = aws_db_instance.d.username\n  sensitive = true\n}\n'
    named = VARIABLE.replace("type", "user").replace(TYPE, "postgres")
    settings = 'engine = "postgres"\n  username = var.user\n  backup_retention_period = 14\n  skip_final_snapshot = true\n'
    put(tmp_path, {"main.tf": named + user + f'resource "aws_db_instance" "d" {{\n  {settings}}}\n'})

    assert 'enabled_cloudwatch_logs_exports = ["postgresql"]' in run(tmp_path, "check", "--select", "rds-logging").stdout


def test_a_secret_of_another_template_takes_no_word_out_of_a_message(tmp_path: Path) -> None:
    template = """\
Parameters:
  Password: {Type: String, NoEcho: true, Default: %s}
Resources:
  %s
"""
    key = "Key: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Password}}"
    database = "Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}"
    put(tmp_path, {"key.yaml": template % ("password", key), "database.yaml": template % ("rootpass1", database)})

    said = run(tmp_path, "check", "--select", "rds-plaintext-password").stdout
    assert "The administrator's password is in plain text as a default" in said
    assert "rootpass1" not in said

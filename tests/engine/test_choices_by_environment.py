"""What production has and a default leaves out elsewhere is advice, except what lets strangers in."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from wa_iac.core.finding import Finding
from wa_iac.core.rule import Confidence, Severity

DATABASE = """
Parameters:
  Env: {{Type: String, Default: {default}}}
Conditions:
  IsProd: {condition}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {{Engine: postgres, MultiAZ: !If [IsProd, {branches}]}}
"""
HCL = """
variable "env" {{
  default = "{default}"
}}

resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  backup_retention_period = 14
  multi_az                = {choice}
}}
"""


def grade(found: Finding) -> tuple[Severity, Confidence]:
    return found.graded or found.rule.severity, found.sure or found.rule.confidence


ADVICE = (Severity.MEDIUM, Confidence.LOW)
VISIBLE = (Severity.HIGH, Confidence.LOW)
CERTAIN = (Severity.HIGH, Confidence.HIGH)


@pytest.mark.parametrize(
    ("default", "condition", "branches", "expected"),
    [
        ("dev", "!Equals [!Ref Env, prod]", "true, false", ADVICE),
        ("dev", "!Equals [Production, !Ref Env]", "true, false", ADVICE),
        ("dev", "!Not [!Equals [!Ref Env, dev]]", "true, false", ADVICE),
        ("blue", "!Equals [!Ref Env, green]", "true, false", VISIBLE),
        ("prod", "!Equals [!Ref Env, prod]", "false, true", VISIBLE),
        ("dev", "!Equals [!Ref Env, staging]", "true, false", VISIBLE),
        ("prod, AllowedValues: [prod, dev]", "!Equals [!Ref Env, production]", "true, false", VISIBLE),
        ("dev, AllowedValues: [prod, dev]", "!Equals [!Ref Env, prod]", "true, false", ADVICE),
    ],
)
def test_a_template_that_chooses_by_environment(
    tmp_path: Path, default: str, condition: str, branches: str, expected: tuple[Severity, Confidence]
) -> None:
    source = DATABASE.format(default=default, condition=condition, branches=branches)
    [found] = judge(tmp_path, source, "cloudformation", "rds-multi-az").failing()

    assert grade(found) == expected
    assert ("and production differs" in found.message) == (expected == ADVICE)


@pytest.mark.parametrize(
    ("default", "choice", "expected"),
    [
        ("dev", 'var.env == "prod" ? true : false', ADVICE),
        ("dev", 'var.env == "prod"', ADVICE),
        ("dev", 'var.env != "dev"', ADVICE),
        ("dev", 'contains(["prod", "live"], var.env)', ADVICE),
        ("dev", "{ dev = false, prod = true }[var.env]", ADVICE),
        ("dev", "{ dev = { zones = { both = false } }, prod = { zones = { both = true } } }[var.env].zones.both", ADVICE),
        ("dev", "lookup({ prod = true }, var.env, false)", ADVICE),
        ("dev", "lookup({ dev = false, live = true }, var.env)", ADVICE),
        ("prod", 'var.env != "prod"', VISIBLE),
        ("blue", 'var.env == "green"', VISIBLE),
        ("dev", 'contains(["green"], var.env)', VISIBLE),
        ("dev", "{ dev = { on = false }, prod = { on = false } }[var.env].on", CERTAIN),
        ("prod", "{ dev = true, prod = false }[var.env]", CERTAIN),
        ("dev", "lookup({ blue = true }, var.env, false)", CERTAIN),
    ],
)
def test_a_module_that_chooses_by_environment(
    tmp_path: Path, default: str, choice: str, expected: tuple[Severity, Confidence]
) -> None:
    [found] = judge(tmp_path, HCL.format(default=default, choice=choice), "terraform", "rds-multi-az").failing()

    assert grade(found) == expected


@pytest.mark.parametrize(
    ("default", "condition", "choice", "differs"),
    [
        ("dev", 'contains(["dev", "prod"], var.env)', 'var.env == "prod"', True),
        ("dev", 'contains(["dev", "prod"], var.env)', 'var.env == "production"', False),
        ("dev", 'contains(["dev", "test"], var.env)', 'var.env == "prod"', False),
        ("dev", 'contains(["dev", "test"], var.env)', 'var.env != "dev"', True),
        ("dev", 'var.env != "prod"', 'var.env == "prod"', False),
        ("dev", "length(var.env) > 2", 'var.env == "prod"', True),
        ("dev", 'can(regex("^(dev|qa)$", var.env))', '"prod" == var.env', False),
    ],
)
def test_production_differs_only_if_the_validation_allows_a_value_that_does(
    tmp_path: Path, default: str, condition: str, choice: str, differs: bool
) -> None:
    limits = f'  validation {{\n    condition = {condition}\n    error_message = "Another one."\n  }}\n}}\n\nresource'
    source = HCL.format(default=default, choice=choice).replace("}\n\nresource", limits, 1)
    [found] = judge(tmp_path, source, "terraform", "rds-multi-az").failing()

    assert ("and production differs" in found.message) == differs


def test_what_lets_strangers_in_stays_critical(tmp_path: Path) -> None:
    source = """
variable "env" {
  default = "dev"
}

resource "aws_db_instance" "db" {
  engine              = "postgres"
  publicly_accessible = var.env == "prod" ? false : true
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_security_group" "db" {
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    [found] = judge(tmp_path, source, "terraform", "rds-public-access").failing()

    assert grade(found) == (Severity.CRITICAL, Confidence.LOW)


def test_a_resource_that_only_production_has(tmp_path: Path) -> None:
    source = """
variable "env" {
  default = "dev"
}

resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "v" {
  count  = var.env == "prod" ? 1 : 0
  vpc_id = aws_vpc.v.id
}
"""
    [found] = judge(tmp_path, source, "terraform", "vpc-flow-logs").failing()

    assert grade(found) == ADVICE
    assert "and production differs" in found.message


CALL = """
variable "env" {}

resource "aws_db_instance" "db" {
  engine                  = "postgres"
  backup_retention_period = 14
  multi_az                = CHOICE
}
"""
PASSED = [
    ('"dev"', 'var.env == "prod"', True),
    ('"stg"', 'var.env != "prod" ? false : true', True),
    ('"dev"', 'var.env == "green"', False),
    ('"blue"', 'var.env == "prod"', False),
]


@pytest.mark.parametrize(("passed", "choice", "advice"), PASSED)
def test_a_call_for_an_environment_that_is_not_production(tmp_path: Path, passed: str, choice: str, *, advice: bool) -> None:
    root = f'module "shop" {{\n  source = "./shop"\n  env    = {passed}\n}}\n'
    files = {"main.tf": root, "shop/main.tf": CALL.replace("CHOICE", choice)}
    [found] = judge_files(tmp_path, files, "rds-multi-az").failing()

    assert grade(found) == (ADVICE if advice else CERTAIN)
    assert ('The argument "env" decides this, and production differs' in found.message) == advice


@pytest.mark.parametrize(
    ("given", "choice", "expected"),
    [
        ("dev", 'var.env == "prod"', ADVICE),
        ("dev", "{ dev = false, prod = true }[var.env]", ADVICE),
        ("dev", 'contains(["prod", "live"], var.env)', ADVICE),
        ("dev", 'var.env == "green"', CERTAIN),
        ("prod", 'var.env != "prod"', CERTAIN),
    ],
)
def test_a_file_that_is_always_read_for_an_environment_that_is_not_production(
    tmp_path: Path, given: str, choice: str, expected: tuple[Severity, Confidence]
) -> None:
    files = {"main.tf": CALL.replace("CHOICE", choice), "terraform.tfvars": f'env = "{given}"\n'}
    [found] = judge_files(tmp_path, files, "rds-multi-az").failing()

    assert grade(found) == expected
    assert ("The value in terraform.tfvars decides this, and production differs" in found.message) == (expected == ADVICE)


MAPPED = """
Parameters:
  Env: {Type: String, Default: DEFAULT}
Mappings:
  Settings:
    dev: {Both: false}
    prod: {Both: OTHER}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !FindInMap [Settings, !Ref Env, Both]}
"""


@pytest.mark.parametrize(
    ("default", "other", "expected"), [("dev", "true", ADVICE), ("dev", "false", VISIBLE), ("prod", "false", VISIBLE)]
)
def test_a_mapping_by_environment(tmp_path: Path, default: str, other: str, expected: tuple[Severity, Confidence]) -> None:
    source = MAPPED.replace("DEFAULT", default).replace("OTHER", other)
    [found] = judge(tmp_path, source, "cloudformation", "rds-multi-az").failing()

    assert grade(found) == expected


NESTED = """
Parameters:
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !If [IsProd, true, false]}
"""
STACK = """
Resources:
  Shop:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./db.yaml
      Parameters: {Env: PASSED}
"""


@pytest.mark.parametrize(("passed", "expected"), [("dev", ADVICE), ("blue", CERTAIN)])
def test_a_stack_for_an_environment_that_is_not_production(
    tmp_path: Path, passed: str, expected: tuple[Severity, Confidence]
) -> None:
    files = {"shop.yaml": STACK.replace("PASSED", passed), "db.yaml": NESTED}
    [found] = judge_files(tmp_path, files, "rds-multi-az").failing()

    assert grade(found) == expected

"""That a suppression is unused is told only where it is certain: another environment or caller may need it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.plans import Plan, constant
from helpers.reports import judge, judge_files, told
from wa_iac.core.inputs import Inputs
from wa_iac.engine.check import check
from wa_iac.engine.inputs import inputs_of
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Override, Settings
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

SLUGS = tuple(SUPPRESSION_RULES)
RULES = ("s3-versioning", "rds-multi-az", *SLUGS)
SELECTED = Selection(select=RULES)
VERSIONED = """
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""
BUCKET = 'resource "aws_s3_bucket" "a" {{ # wa-iac: ignore[s3-versioning] scratch\n{body}}}\n'


def of_module(directory: Path, source: str) -> list[str]:
    return told(judge(directory, source, "terraform", *RULES))


def of_template(directory: Path, source: str) -> list[str]:
    return told(judge(directory, source, "cloudformation", *RULES))


def test_not_where_the_rule_did_not_run(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(BUCKET.format(body="") + VERSIONED, encoding="utf-8")
    every = [
        Selection(),
        Selection(select=("s3-versioning", *SLUGS)),
    ]
    assert [len(told(check([tmp_path], each))) for each in every] == [1, 1]

    none = [
        Selection(select=SLUGS),
        Selection(ignore=("s3-versioning",)),
        Selection(pillars=("operations",)),
        Selection(select=("s3-versioning",)),
        Selection(ignore=("suppression-unused",)),
        Selection(pillars=("reliability",)),
    ]
    assert [told(check([tmp_path], each)) for each in none] == [[]] * len(none)
    override = Override(paths=("*.tf",), ignore=frozenset({"s3-versioning"}))
    assert told(check([tmp_path], Selection(), settings=Settings(root=tmp_path, overrides=(override,)))) == []


def test_not_for_a_rule_of_another_profile(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[eip-unattached, cfn-lint-E3012] x\n', encoding="utf-8"
    )
    assert told(check([tmp_path], Selection())) == []


@pytest.mark.parametrize(
    "source",
    [
        # undecided
        BUCKET.format(body="") + VERSIONED.replace('"Enabled"', "var.status") + 'variable "status" {}\n',
        # another environment may give another value
        BUCKET.format(body="") + VERSIONED.replace('"Enabled"', "var.status") + 'variable "status" { default = "Enabled" }\n',
        # there may be none of it
        BUCKET.format(body="  count = var.some\n") + VERSIONED.replace("a.id", "a[0].id") + 'variable "some" {}\n',
        BUCKET.format(body="  count = 0\n"),
    ],
    ids=["undecided", "a default", "count unknown", "count zero"],
)
def test_not_where_another_run_may_find_something(source: str, tmp_path: Path) -> None:
    assert of_module(tmp_path, source) == []


def test_not_in_a_file_that_was_not_read_in_full(tmp_path: Path) -> None:
    report = judge(tmp_path, BUCKET.format(body="") + VERSIONED + 'resource "aws_s3_bucket" {{{\n', "terraform", *RULES)

    assert report.mistakes()
    assert [each.rule.slug for each in report.failing() if each.rule.slug in SUPPRESSION_RULES] == []


def test_not_under_a_condition_that_is_unknown(tmp_path: Path) -> None:
    source = """\
Conditions: {IsProd: !Equals [!Ref "AWS::StackName", prod]}
Resources:
  A: # wa-iac: ignore[s3-versioning] scratch
    Type: AWS::S3::Bucket
    CONDITION
    Properties:
      VersioningConfiguration: {Status: Enabled}
"""
    assert of_template(tmp_path, source.replace("CONDITION", "Condition: IsProd")) == []
    assert len(of_template(tmp_path, source.replace("CONDITION", "DeletionPolicy: Retain"))) == 1


def test_one_that_an_instance_needs_is_used(tmp_path: Path) -> None:
    source = """\
resource "aws_db_instance" "a" { # wa-iac: ignore[rds-multi-az] a copy is elsewhere
  for_each = { one = true, two = TWO }
  multi_az = each.value
}
"""
    assert of_module(tmp_path, source.replace("TWO", "false")) == []


def test_one_that_one_of_several_callers_needs_is_used(tmp_path: Path) -> None:
    bucket = BUCKET.format(body="") + 'output "id" { value = aws_s3_bucket.a.id }\n'
    call = 'module "logs" { source = "../modules/bucket" }\n'
    versioned = VERSIONED.replace("aws_s3_bucket.a.id", "module.logs.id")
    files = {"modules/bucket/main.tf": bucket, "prod/main.tf": call, "dev/main.tf": call + versioned}

    (tmp_path / ".git").mkdir()
    assert told(judge_files(tmp_path, files, *RULES)) == []
    # Judged without the caller that needs it: nobody can know that there is none.
    assert told(check([tmp_path / "dev"], SELECTED)) == []


def test_one_that_no_caller_needs_is_not(tmp_path: Path) -> None:
    call = 'module "logs" { source = "../modules/bucket" }\n'
    files = {"modules/bucket/main.tf": BUCKET.format(body="") + VERSIONED, "prod/main.tf": call, "dev/main.tf": call}

    assert told(judge_files(tmp_path, files, *RULES)) == [
        "main.tf:1:49-62 unused module.logs.aws_s3_bucket.a: s3-versioning checked this place and found nothing to suppress."
    ]


def test_every_environment_counts(tmp_path: Path) -> None:
    source = """\
variable "multi_az" { default = true }
resource "aws_db_instance" "a" { # wa-iac: ignore[rds-multi-az] a copy is elsewhere
  multi_az = var.multi_az
}
"""
    for name, value in (("prod", "true"), ("dev", "false")):
        (tmp_path / f"{name}.tfvars").write_text(f"multi_az = {value}\n", encoding="utf-8")
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")

    def environments(*names: str) -> tuple[Inputs, ...]:
        return inputs_of(environments=[f"{name}={tmp_path / f'{name}.tfvars'}" for name in names])

    assert told(check([tmp_path], SELECTED)) == []
    assert told(check([tmp_path], SELECTED, inputs=environments("prod", "dev"))) == []
    assert len(told(check([tmp_path], SELECTED, inputs=environments("prod")))) == 1


def test_a_plan_speaks_of_one_environment_only(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource("aws_db_instance.a", {"multi_az": True}, {"multi_az": constant(True)})
    path = plan.write(tmp_path)
    source = 'resource "aws_db_instance" "a" { # wa-iac: ignore[rds-multi-az] a copy is elsewhere\n  multi_az = true\n}\n'
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")

    assert told(check([path], SELECTED)) == []
    path.unlink()
    assert len(told(check([tmp_path], SELECTED))) == 1


def test_what_is_given_to_the_unit_may_matter_wherever_it_stands(tmp_path: Path) -> None:
    """In a policy document that the resource refers to, in what names it by a literal, in Globals: such an alarm was false each time."""
    module = """\
variable "status" { default = "Enabled" }
resource "aws_s3_bucket" "a" { # wa-iac: ignore[s3-versioning] scratch
  bucket = "reports"
}
resource "aws_s3_bucket_versioning" "a" {
  bucket = "reports"
  versioning_configuration {
    status = var.status
  }
}
"""
    assert of_module(tmp_path / "module", module) == []
    assert len(of_module(tmp_path / "certain", module.partition("\n")[2].replace("var.status", '"Enabled"'))) == 1

    template = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Tracing: {Type: String, Default: Active}}
Globals: {Function: {Tracing: !Ref Tracing}}
Resources:
  F: # wa-iac: ignore[lambda-xray-tracing] nobody looks
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.13, CodeUri: src}
"""
    assert told(judge(tmp_path / "sam", template, "cloudformation", "lambda-xray-tracing", *SLUGS)) == []

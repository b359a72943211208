"""The remedy of a finding: in the format of its file, and at the place where the value is set."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only, placed, said
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.remedy import remedy

DATABASE = 'resource "aws_db_instance" "main" {\n  engine   = "mysql"\n  multi_az = VALUE\n}\n'
MULTI_AZ = 'variable "multi" {\n  default = false\n}\n'
CDK = Path(__file__).parent.parent.parent / "fixtures" / "cdk"


# Formats


def test_a_json_template_gets_json(tmp_path: Path) -> None:
    template = json.dumps({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}})
    advice = remedy(only(judge_files(tmp_path, {"template.json": template}, "sqs-dead-letter-queue")))

    assert advice.language == "json"
    assert json.loads(f"{{{advice.code}}}") == {
        "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["<the other queue>", "Arn"]}, "maxReceiveCount": 5}
    }


def test_terraforms_json_gets_json(tmp_path: Path) -> None:
    module = json.dumps({"resource": {"aws_s3_bucket": {"logs": {}}}})
    advice = remedy(only(judge_files(tmp_path, {"main.tf.json": module}, "s3-versioning")))

    assert json.loads(f"{{{advice.code}}}")["resource"]["aws_s3_bucket_versioning"]["logs"] == {
        "bucket": "${aws_s3_bucket.logs.id}",
        "versioning_configuration": {"status": "Enabled"},
    }


def test_the_awscc_provider_gets_its_own_names(tmp_path: Path) -> None:
    report = judge(tmp_path, 'resource "awscc_sqs_queue" "q" {}\n', "terraform", "sqs-dead-letter-queue")

    assert remedy(only(report)).code == (
        "redrive_policy = jsonencode({\n  deadLetterTargetArn = <the other queue>.arn\n  maxReceiveCount = 5\n})"
    )


def test_the_awscc_provider_gets_its_own_names_in_json_too(tmp_path: Path) -> None:
    queue = json.dumps({"resource": {"awscc_sqs_queue": {"q": {}}}})
    database = json.dumps({"resource": {"awscc_rds_db_instance": {"d": {"engine": "postgres", "publicly_accessible": True}}}})
    letters = remedy(only(judge_files(tmp_path, {"a/main.tf.json": queue}, "sqs-dead-letter-queue")))
    public = remedy(only(judge_files(tmp_path, {"b/main.tf.json": database}, "rds-public-access")))

    assert json.loads(json.loads(f"{{{letters.code}}}")["redrive_policy"]) == {
        "deadLetterTargetArn": "${<the other queue>.arn}",
        "maxReceiveCount": 5,
    }
    assert json.loads(f"{{{public.code}}}") == {"publicly_accessible": False}


def test_a_program_gets_calls_for_its_construct(tmp_path: Path) -> None:
    shutil.copytree(CDK, tmp_path / "cdk")
    findings = check([tmp_path / "cdk"], Selection(select=("dynamodb-autoscaling",), profile="all"), fixes=True).failing()
    table = next(each for each in findings if "Orders/Table" in each.message)

    assert remedy(table).text == (
        "If the load is even and high, auto scaling of the capacity costs less than this.\n"
        "In the program, for the construct Shop/Orders/Table:\n"
        '(table.node.defaultChild as CfnTable).addPropertyOverride("BillingMode", "PAY_PER_REQUEST");\n'
        '(table.node.defaultChild as CfnTable).addPropertyDeletionOverride("ProvisionedThroughput");'
    )


def test_a_satellite_gets_its_own_arguments(tmp_path: Path) -> None:
    source = (
        'resource "aws_s3_bucket" "a" {}\nresource "aws_s3_bucket_versioning" "a" {\n  bucket = aws_s3_bucket.a.id\n\n'
        '  versioning_configuration {\n    status = "Suspended"\n  }\n}\n'
    )
    assert 'resource "' not in remedy(only(judge(tmp_path, source, "terraform", "s3-versioning"))).code


# Places


def test_a_default_is_changed_where_it_is_written(tmp_path: Path) -> None:
    report = judge(tmp_path, MULTI_AZ + DATABASE.replace("VALUE", "var.multi"), "terraform", "rds-multi-az")

    assert placed(report) == (
        'Set the default of variable "multi" (main.tf:2) to true, or pass that value:',
        "default = true",
    )


@pytest.mark.parametrize("passed", ["!Ref Multi", "!Sub '${Multi}'", '{"Fn::Sub": "${Multi}"}'])
def test_a_parameter_is_changed_where_it_is_declared(tmp_path: Path, passed: str) -> None:
    source = (
        "Parameters:\n  Multi: {Type: String, Default: 'false'}\nResources:\n  D:\n    Type: AWS::RDS::DBInstance\n"
        f"    Properties: {{Engine: mysql, MultiAZ: {passed}}}\n"
    )
    report = judge(tmp_path, source, "cloudformation", "rds-multi-az")

    assert placed(report) == (
        'Set the default of parameter "Multi" (template.yaml:2) to true, or pass that value:',
        "Default: true",
    )


@pytest.mark.parametrize("nothing", ["!Ref AWS::NoValue", '!Ref "AWS::NoValue"', "{Ref: AWS::NoValue}"])
def test_a_value_that_is_taken_away_is_replaced(tmp_path: Path, nothing: str) -> None:
    source = (
        f"Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n      MultiAZ: {nothing}\n"
    )

    assert remedy(only(judge(tmp_path, source, "cloudformation", "rds-multi-az"))).code == "MultiAZ: true"


@pytest.mark.parametrize("expression", ["var.multi && true", "alltrue([var.multi])"])
def test_an_expression_is_not_overwritten(tmp_path: Path, expression: str) -> None:
    report = judge(tmp_path, MULTI_AZ + DATABASE.replace("VALUE", expression), "terraform", "rds-multi-az")
    *sentences, code = said(report)

    assert code == ""
    assert "must give true for `multi_az`." in " ".join(sentences)


@pytest.mark.parametrize("expression", ['var.multi == true ? "true" : "false"', "tobool(var.multi)", "!(var.multi == false)"])
def test_what_an_expression_is_made_of_is_changed_if_that_is_enough(tmp_path: Path, expression: str) -> None:
    report = judge(tmp_path, MULTI_AZ + DATABASE.replace("VALUE", expression), "terraform", "rds-multi-az")

    assert placed(report) == (
        'Set the default of variable "multi" (main.tf:2) to true, or pass that value:',
        "default = true",
    )


def test_an_argument_of_a_call_is_changed_in_the_call(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "db" {\n  source = "./db"\n  multi  = false\n}\n',
        "db/main.tf": 'variable "multi" {}\n' + DATABASE.replace("VALUE", "var.multi"),
    }
    assert placed(judge_files(tmp_path, files, "rds-multi-az")) == (
        'Set the argument "multi" of module "db" (main.tf:3) to true:',
        "multi = true",
    )


def _installed(value: str) -> dict[str, str]:
    modules = [
        {"Key": "", "Source": "", "Dir": "."},
        {"Key": "db", "Source": "registry.terraform.io/a/b/aws", "Version": "1.0.0", "Dir": ".terraform/modules/db"},
    ]
    return {
        "main.tf": 'module "db" {\n  source  = "a/b/aws"\n  version = "1.0.0"\n}\n',
        ".terraform/modules/modules.json": json.dumps({"Modules": modules}),
        ".terraform/modules/db/main.tf": 'variable "multi" {\n  default = null\n}\n' + DATABASE.replace("VALUE", value),
    }


def test_an_installed_module_is_only_changed_by_its_call(tmp_path: Path) -> None:
    assert placed(judge_files(tmp_path / "variable", _installed("var.multi"), "rds-multi-az")) == (
        'Set the argument "multi" of module "db" (main.tf:1) to true:',
        "multi = true",
    )
    _, sentence, _ = said(judge_files(tmp_path / "literal", _installed("false"), "rds-multi-az"))
    assert sentence == (
        'The resource is part of module "db" (main.tf:1). Pass an argument that makes it so, if the module has one:'
    )


def test_a_dynamic_block_is_named_with_its_source(tmp_path: Path) -> None:
    source = """\
variable "logs" {
  default = []
}
resource "aws_lb" "front" {
  dynamic "access_logs" {
    for_each = var.logs
    content {
      bucket = access_logs.value
    }
  }
}
"""
    _, sentence, _ = said(judge(tmp_path, source, "terraform", "elb-access-logging"))

    assert sentence == (
        'A dynamic block writes "access_logs" (main.tf:5), from variable "logs" (main.tf:1): pass another value, or change its '
        "default, so that this results:"
    )


def test_a_dynamic_block_of_a_module_is_decided_by_its_call(tmp_path: Path) -> None:
    module = """variable "certificate" {
  default = null
}
locals {
  certificates = [{ own = var.certificate, default = var.certificate == null }]
}
resource "aws_cloudfront_distribution" "site" {
  dynamic "viewer_certificate" {
    for_each = local.certificates
    content {
      acm_certificate_arn            = viewer_certificate.value.own
      cloudfront_default_certificate = viewer_certificate.value.default
    }
  }
}
"""
    files = {"site/main.tf": module, "main.tf": 'module "site" {\n  source      = "./site"\n  certificate = null\n}\n'}
    _, *sentences, _ = said(judge_files(tmp_path, files, "cloudfront-tls-policy"))

    assert sentences[-1] == (
        'A dynamic block writes "viewer_certificate" (site/main.tf:8), from the argument "certificate" of module "site" (main.tf:3): '
        "change that, so that this results:"
    )


def test_the_neighbors_of_new_elements_are_kept(tmp_path: Path) -> None:
    source = (
        "Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties:\n      LoadBalancerAttributes:\n"
        "        - {Key: idle_timeout.timeout_seconds, Value: '30'}\n"
    )
    _, sentence, _ = said(judge(tmp_path, source, "cloudformation", "elb-deletion-protection"))

    assert sentence == "`LoadBalancerAttributes` (template.yaml:5) exists already: keep its other parts."


# Engines


@pytest.mark.parametrize(
    ("engine", "logs"),
    [("postgres", "postgresql"), ("aurora-mysql", "error"), ("oracle-se2", "alert"), ("sqlserver-web", "agent")],
)
def test_logs_have_the_names_of_the_engine(tmp_path: Path, engine: str, logs: str) -> None:
    source = f'resource "aws_db_instance" "d" {{\n  engine = "{engine}"\n}}\n'
    if engine.startswith("aurora"):
        source = source.replace("aws_db_instance", "aws_rds_cluster")
    assert f'"{logs}"' in remedy(only(judge(tmp_path, source, "terraform", "rds-logging"))).code


INTERRUPTED = (
    "The change interrupts connections for some minutes: make it in a maintenance window. Terraform leaves the change to the next maintenance "
    "window unless apply_immediately is true."
)


@pytest.mark.parametrize(
    ("engine", "old", "new"),
    [
        ("postgres", "db.m3.large", "db.m7g.large"),
        ("oracle-se2", "db.m4.10xlarge", "db.m6i.12xlarge"),
        ("postgres", "db.t2.small", "db.t4g.small"),
        ("postgres", "db.m3.medium", "db.t4g.medium"),
        ("postgres", "db.m2.xlarge", "db.r7g.xlarge"),
    ],
)
def test_a_class_runs_the_engine(tmp_path: Path, engine: str, old: str, new: str) -> None:
    source = f'resource "aws_db_instance" "d" {{\n  engine         = "{engine}"\n  instance_class = "{old}"\n}}\n'
    larger = f" {new} is larger, and at a higher price: none of today's classes for it has the old size."
    decision = INTERRUPTED + (larger if new == "db.m6i.12xlarge" else "")
    assert said(judge(tmp_path, source, "terraform", "rds-previous-generation")) == (decision, f'instance_class = "{new}"')


def test_aurora_has_no_general_purpose_classes(tmp_path: Path) -> None:
    source = (
        'resource "aws_rds_cluster_instance" "d" {\n  engine         = "aurora-mysql"\n  instance_class = "db.r3.large"\n}\n'
    )
    assert said(judge(tmp_path, source, "terraform", "rds-previous-generation")) == (
        INTERRUPTED,
        'instance_class = "db.r7g.large"',
    )


# Fixable


def test_a_finding_says_why_there_is_no_fix(tmp_path: Path) -> None:
    def why(files: dict[str, str]) -> str:
        folder = tmp_path / str(len(list(tmp_path.glob("*"))))
        judge_files(folder, files, "rds-multi-az")
        return only(check([folder], Selection(select=("rds-multi-az",), profile="all"), fixes=True)).no_fix

    assert why({"main.tf": DATABASE.replace("VALUE", "false")}) == ""
    assert why({"main.tf": MULTI_AZ + DATABASE.replace("VALUE", "var.multi")}) == "the value is computed"
    assert why({"main.tf": 'resource "awscc_rds_db_instance" "d" {\n  engine = "mysql"\n}\n'}) == (
        "there are no fixes for the awscc provider"
    )
    assert why(_installed("false")) == "an installed module declares the resource"


def test_whether_fixes_are_looked_for_makes_no_difference_to_the_number_of_findings(tmp_path: Path) -> None:
    databases = DATABASE.replace("VALUE", "false").replace("{", "{\n  count = 2", 1)
    judge_files(tmp_path, {"main.tf": databases}, "rds-multi-az")
    report = check([tmp_path], Selection(select=("rds-multi-az",), profile="all"), fixes=True)
    first, second = report.findings
    report.findings = [replace(first, fix=None, no_fix="it is computed"), second]

    (found,) = report.failing()
    assert (found.fix, len(found.instances)) == (second.fix, 2)


# Instances


@pytest.mark.parametrize(
    ("makes", "repeats", "index"),
    [
        ("count = 1", "count = length(aws_s3_bucket.logs)", "count.index"),
        ('for_each = toset(["a"])', "for_each = aws_s3_bucket.logs", "each.key"),
    ],
)
def test_a_new_block_is_made_for_each_instance(tmp_path: Path, makes: str, repeats: str, index: str) -> None:
    module = f'resource "aws_s3_bucket" "logs" {{\n  {makes}\n}}\n'

    code = remedy(only(judge_files(tmp_path, {"main.tf": module}, "s3-versioning"))).code

    assert code.splitlines()[1] == f"  {repeats}"
    assert f"  bucket = aws_s3_bucket.logs[{index}].id" in code


def test_code_of_several_blocks_names_the_instance(tmp_path: Path) -> None:
    module = 'resource "aws_s3_bucket" "logs" {\n  count = 1\n}\n'

    code = remedy(only(judge_files(tmp_path, {"main.tf": module}, "s3-ssl-requests-only"))).code

    assert "bucket = aws_s3_bucket.logs[0].id" in code
    assert "aws_s3_bucket.logs." not in code

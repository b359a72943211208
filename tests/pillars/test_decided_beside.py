"""What stands beside a finding decides what is said of it, and what its remedy may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only, only_fault, only_remedy, remedies
from wa_iac.core.declared import Dialect
from wa_iac.core.rule import Confidence, Severity
from wa_iac.report import listing

NETWORK = """
resource "aws_autoscaling_group" "web" {{
  min_size            = {least}
  max_size            = 6
  desired_capacity    = 1
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  {traffic}

  launch_template {{
    id = aws_launch_template.web.id
  }}
}}

resource "aws_launch_template" "web" {{
  image_id  = "ami-0a1"
  user_data = base64encode("#!/bin/bash\\n{script}")
}}
"""


@pytest.mark.parametrize("least", [0, 1])
def test_a_group_that_may_be_empty_first_gets_a_minimum(tmp_path: Path, least: int) -> None:
    text = NETWORK.format(least=least, traffic="", script="echo")
    remedy = only_remedy(judge(tmp_path, text, "terraform", "autoscaling-scaling-policy"))
    assert ("First raise the minimum" in remedy) == (least == 0)


IMAGE = """
data "aws_ssm_parameter" "image" {
  name = "/aws/service/%s/recommended/image_id"
}
"""


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("ecs/optimized-ami/amazon-linux-2023", "a strategy of capacity providers takes the place of their launch type"),
        ("eks/optimized-ami/1.33/amazon-linux-2023", ""),
    ],
    ids=["ECS", "Kubernetes"],
)
def test_an_image_says_what_the_instances_run(tmp_path: Path, image: str, words: str) -> None:
    text = NETWORK.format(least=1, traffic="", script="echo").replace('"ami-0a1"', "data.aws_ssm_parameter.image.value")
    found = remedies(judge(tmp_path, text + IMAGE % image, "terraform", "autoscaling-scaling-policy"))

    assert [words in each for each in found] == [True] * bool(words)


LATER = """
resource "aws_autoscaling_schedule" "night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.web.name
  min_size               = %d
  recurrence             = "0 19 * * *"
}
variable "wanted" { type = number }
"""


@pytest.mark.parametrize("least", [1, 2])
def test_a_schedule_and_a_desired_number_change_with_the_minimum(tmp_path: Path, least: int) -> None:
    text = NETWORK.format(least=1, traffic='load_balancers = ["web"]', script="echo").replace(
        "= 1\n  vpc", "= var.wanted\n  vpc"
    )
    remedy = only_remedy(judge(tmp_path, text + LATER % least, "terraform", "autoscaling-min-capacity"))

    assert "The desired number has to be 2 or more too." in remedy
    assert ("aws_autoscaling_schedule.night sets a lower minimum again" in remedy) == (least == 1)


@pytest.mark.parametrize("options", ["--min-size 2", "--desired-capacity 2"])
def test_a_script_may_set_the_minimum_later(tmp_path: Path, options: str) -> None:
    script = f"aws autoscaling update-auto-scaling-group --auto-scaling-group-name web {options}"
    text = NETWORK.format(least=1, traffic='load_balancers = ["web"]', script=script)
    found = only_fault(tmp_path, text, "terraform", "autoscaling-min-capacity")
    assert (found.confidence is Confidence.LOW, "A script of aws_launch_template.web" in found.message) == (
        ("min-size" in options,) * 2
    )


API = """
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "each" {
  for_each         = { GET = true, POST = false }
  rest_api_id      = aws_api_gateway_rest_api.orders.id
  resource_id      = aws_api_gateway_rest_api.orders.root_resource_id
  http_method      = each.key
  authorization    = "NONE"
  api_key_required = each.value
}
"""


def test_a_method_without_a_key_among_others_is_a_choice(tmp_path: Path) -> None:
    found = only_fault(tmp_path, API, "terraform", "apigateway-authorization")
    assert found.confidence is Confidence.LOW
    assert "on purpose" in found.message


def test_keys_of_others_are_only_named_by_a_condition(tmp_path: Path) -> None:
    source = """
Resources:
  Workers:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: [kms:Decrypt, "kms:GenerateDataKey*"]
            NotResource: !Sub 'arn:aws:kms:*:${AWS::AccountId}:key/*'
"""
    report = judge(tmp_path, source, "cloudformation", "iam-allow-not-action")
    assert "kms:ViaService" in only_remedy(report)
    assert report.failing()[0].confidence is Confidence.LOW


TASK = """
Resources:
  Orders:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"engine": "postgres", "username": "orders"}'
        GenerateStringKey: password
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: web:3
          Memory: 256
          VARIABLE
"""
COPIED = "Environment: [{Name: PASSWORD, Value: !Sub '{{resolve:secretsmanager:${Orders}:SecretString:password}}'}]"
READ = "Secrets: [{Name: PASSWORD, ValueFrom: !Ref Orders}]"


@pytest.mark.parametrize("variable", [COPIED, READ])
def test_a_copy_of_a_password_does_not_rotate(tmp_path: Path, variable: str) -> None:
    found = only_fault(tmp_path, TASK.replace("VARIABLE", variable), "cloudformation", "secretsmanager-rotation")
    assert (found.confidence, "Web has a copy" in found.message) == (Confidence.LOW, variable == COPIED)


DATABASE = """
variable "source_of_copy" {
  type    = string
  default = ""
}

resource "aws_db_instance" "this" {
  engine              = "mysql"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  username            = "orders"
  password            = "not-a-good-place"
  replicate_source_db = var.source_of_copy
}
"""


def test_a_block_for_read_replicas_also_does_not_get_a_managed_password_for_all(tmp_path: Path) -> None:
    files = {"main.tf": 'module "orders" {\n  source = "./database"\n}\n', "database/main.tf": DATABASE}
    remedy = only_remedy(judge_files(tmp_path, files, "rds-plaintext-password"))
    assert "read replica" in remedy


def test_a_change_of_a_shared_block_says_so(tmp_path: Path) -> None:
    text = """
resource "aws_cloudtrail" "each" {
  for_each                   = toset(["one", "two"])
  name                       = each.key
  s3_bucket_name             = "logs"
  enable_log_file_validation = false
}
"""
    report = judge(tmp_path, text, "terraform", "cloudtrail-log-validation")
    assert all("2 resources share this block" in each for each in remedies(report))


def test_a_block_of_a_module_counts_the_resources_of_all_root_modules(tmp_path: Path) -> None:
    call = 'module "trail" {\n  source = "../trail"\n  name = "NAME"\n}\n'
    trail = (
        'variable "name" {}\nresource "aws_cloudtrail" "this" {\n  name = var.name\n  s3_bucket_name = "logs"\n'
        "  enable_log_file_validation = false\n}\n"
    )
    files = {
        "one/main.tf": call.replace("NAME", "a") + call.replace("NAME", "b").replace('"trail"', '"other"'),
        "two/main.tf": call.replace("NAME", "c"),
        "trail/main.tf": trail,
    }
    said = listing.remedy(only(judge_files(tmp_path, files, "cloudtrail-log-validation")))
    assert "3 resources share this block" in said
    assert "2 resources" not in said


def test_a_block_of_a_module_counts_the_resources_of_a_root_module_without_a_finding(tmp_path: Path) -> None:
    call = 'module "orders" {\n  source = "../../modules/orders"\n  copies = NUMBER\n}\n'
    orders = (
        'variable "copies" {}\nresource "aws_db_instance" "this" {\n  count = var.copies\n  engine = "postgres"\n'
        '  instance_class = "db.m7g.large"\n  allocated_storage = 100\n  storage_encrypted = true\n  multi_az = false\n}\n'
    )
    files = {
        "env/prod/main.tf": call.replace("NUMBER", "1"),
        "env/staging/main.tf": call.replace("NUMBER", "1"),
        "modules/orders/main.tf": orders,
    }
    found = {each.unit.rpartition("/")[2]: each for each in judge_files(tmp_path, files, "rds-multi-az").failing()}
    assert "2 resources share this block" in listing.remedy(found["prod"])
    assert len(found["prod"].instances) == 1


def test_a_part_of_a_shared_block_that_exists_is_for_all_of_them(tmp_path: Path) -> None:
    call = 'module "search" {\n  source = "../search"\n}\n'
    search = """
resource "aws_opensearch_domain" "this" {
  domain_name = "search"
  cluster_config {
    instance_count         = 2
    zone_awareness_enabled = false
  }
}
"""
    files = {"one/main.tf": call, "two/main.tf": call, "search/main.tf": search}
    said = listing.remedy(only(judge_files(tmp_path, files, "opensearch-data-node-count")))
    assert "keep its other parts" in said
    assert "2 resources share this block" in said


@pytest.mark.parametrize("dialect", ["cloudformation", "terraform"])
def test_only_code_of_terraform_is_told_what_terraform_does(tmp_path: Path, dialect: Dialect) -> None:
    sources: dict[Dialect, str] = {
        "cloudformation": "Resources:\n  Copy:\n    Type: AWS::DMS::ReplicationInstance\n"
        "    Properties: {ReplicationInstanceClass: dms.t2.medium}\n",
        "terraform": 'resource "aws_dms_replication_instance" "copy" {\n  replication_instance_id = "copy"\n'
        '  replication_instance_class = "dms.t2.medium"\n}\n',
    }
    said = only_remedy(judge(tmp_path, sources[dialect], dialect, "dms-previous-generation"))
    assert "restarts with the change" in said
    assert ("Terraform" in said) == (dialect == "terraform")


def test_what_one_call_gives_is_not_said_to_hold_for_the_others(tmp_path: Path) -> None:
    call = 'module "NAME" {\n  source     = "./task"\n  containers = [{ name = "web", image = "web:1" }]\n}\n'
    task = """
variable "containers" {}
resource "aws_ecs_task_definition" "this" {
  family                = "web"
  container_definitions = jsonencode(var.containers)
}
"""
    files = {"main.tf": call.replace("NAME", "one") + call.replace("NAME", "other"), "task/main.tf": task}
    said = remedies(judge_files(tmp_path, files, "ecs-container-logging"))
    assert len(said) == 2
    assert not any("share this block" in each for each in said)


THROWN_AWAY = [
    ("ecr-lifecycle-policy", 'resource "aws_ecr_repository" "images" {\n  name = "images"\n  force_delete = WHETHER\n}'),
    (
        "vpc-flow-logs",
        'resource "aws_vpc" "this" {\n  cidr_block = "10.0.0.0/16"\n  tags = { Environment = WHETHER ? "test" : "live" }\n}\n'
        'resource "aws_internet_gateway" "this" {\n  vpc_id = aws_vpc.this.id\n}',
    ),
]


@pytest.mark.parametrize(("rule", "text"), THROWN_AWAY)
@pytest.mark.parametrize("whether", [True, False])
def test_what_is_thrown_away_gets_advice(tmp_path: Path, rule: str, text: str, whether: bool) -> None:
    found = only_fault(tmp_path, text.replace("WHETHER", str(whether).lower()), "terraform", rule)
    assert (found.confidence is Confidence.LOW) == whether


def test_a_privileged_container_with_a_reason_is_milder(tmp_path: Path) -> None:
    source = TASK.replace("VARIABLE", "# required by the sandbox for code of users\n          Privileged: true")
    found = only_fault(tmp_path, source, "cloudformation", "ecs-privileged-container")
    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)

"""A remedy heeds what is written: changes that Terraform ignores, what is right already, and the conditions, calls and mappings that give a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_place, only_remedy

# Changes that Terraform ignores


def _ignoring(names: str) -> str:
    return f'resource "aws_db_instance" "d" {{\n  engine = "mysql"\n  multi_az = false\n  lifecycle {{\n    ignore_changes = {names}\n  }}\n}}\n'


def test_an_argument_whose_changes_are_ignored_is_named(tmp_path: Path) -> None:
    assert only_place(judge(tmp_path, _ignoring("[multi_az, tags]"), "terraform", "rds-multi-az")) == (
        "Terraform ignores a change of `multi_az` until it is removed from `lifecycle.ignore_changes`.\nmulti_az = true"
    )


def test_all_changes_may_be_ignored(tmp_path: Path) -> None:
    assert only_place(judge(tmp_path, _ignoring("all"), "terraform", "rds-multi-az")) == (
        "Terraform ignores all changes of this resource until `ignore_changes` is removed from its lifecycle.\nmulti_az = true"
    )


def test_other_ignored_arguments_are_not_named(tmp_path: Path) -> None:
    assert only_place(judge(tmp_path, _ignoring("[tags]"), "terraform", "rds-multi-az")) == "multi_az = true"


# What is written rightly, and remedies in words


def test_a_remedy_in_words_names_the_callers_line(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "role" {\n  source = "./role"\n  policies = {\n    all = "arn:aws:iam::aws:policy/AdministratorAccess"\n  }\n}\n',
        "role/main.tf": (
            'variable "policies" {}\nresource "aws_iam_role_policy_attachment" "p" {\n'
            '  for_each = var.policies\n  role = "r"\n  policy_arn = each.value\n}\n'
        ),
    }
    assert only_remedy(judge_files(tmp_path, files, "iam-admin-policy")).endswith("\nThe value is set at main.tf:4.")


def test_what_is_written_rightly_already_is_not_written_twice(tmp_path: Path) -> None:
    source = (
        'resource "aws_elasticache_replication_group" "sessions" {\n  replication_group_id       = "sessions"\n'
        "  num_cache_clusters         = 2\n  automatic_failover_enabled = true\n}\n"
    )
    text = only_remedy(judge(tmp_path, source, "terraform", "elasticache-multi-az"))

    assert text.endswith("two zones.\nmulti_az_enabled = true")


def test_a_value_that_a_condition_chooses_is_changed_by_its_parameters_or_in_its_place(tmp_path: Path) -> None:
    template = """
Parameters:
  Certificate: {Type: String, Default: ""}
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: web, DomainName: web.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: redirect-to-https}
        ViewerCertificate: !If
          - HasCertificate
          - {AcmCertificateArn: !Ref Certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only}
          - !Ref AWS::NoValue
"""
    text = only_remedy(judge(tmp_path, template, "cloudformation", "cloudfront-tls-policy"))

    assert 'This value is used since condition "HasCertificate" is false (' in text
    assert 'Give parameter "Certificate" another value, or write this without a condition:\nViewerCertificate:' in text


@pytest.mark.parametrize(("name", "others"), [("IsProduction", False), ("HasSteadyLoad", True)])
def test_no_stack_is_moved_to_another_environment_for_a_setting(tmp_path: Path, name: str, others: bool) -> None:
    template = f"""
Parameters: {{Kind: {{Type: String, Default: a}}}}
Conditions: {{{name}: !Equals [!Ref Kind, a]}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
      BillingMode: !If [{name}, PROVISIONED, PAY_PER_REQUEST]
"""
    text = only_remedy(judge(tmp_path, template, "cloudformation", "dynamodb-autoscaling"))

    assert ('Give parameter "Kind" another value' in text) is others
    assert ("which is for this environment. Write in its place:\nBillingMode: PAY_PER_REQUEST" in text) is not others


def test_a_branch_that_is_no_better_is_not_proposed(tmp_path: Path) -> None:
    template = """
Parameters: {Default: {Type: String, Default: "no"}}
Conditions: {IsDefault: !Equals [!Ref Default, "yes"]}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins: [{Id: web, DomainName: web.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: redirect-to-https}
        ViewerCertificate:
          AcmCertificateArn: !If [IsDefault, !Ref AWS::NoValue, arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4]
          SslSupportMethod: sni-only
          MinimumProtocolVersion:
            !If [IsDefault, !Ref AWS::NoValue, TLSv1.1_2016]
"""
    text = only_remedy(judge(tmp_path, template, "cloudformation", "cloudfront-tls-policy"))

    assert "The other branch is no better: write in its place:\nMinimumProtocolVersion: TLSv1.2_2021" in text
    assert "another value" not in text


def test_an_ignored_argument_of_a_block_is_told(tmp_path: Path) -> None:
    block = 'resource "aws_opensearch_domain" "d" {\n  cluster_config {\n    instance_count = 2\n  }\n  lifecycle {\n    ignore_changes = [cluster_config[0].instance_count]\n  }\n}\n'

    assert "Terraform ignores a change of `cluster_config.instance_count` until" in only_remedy(
        judge(tmp_path, block, "terraform", "opensearch-data-node-count")
    )


@pytest.mark.parametrize(("ignored", "told"), [("policy", True), ("tags", False)])
def test_an_ignored_policy_is_told(tmp_path: Path, ignored: str, told: bool) -> None:
    source = (
        'resource "aws_sqs_queue_policy" "q" {\n  queue_url = "u"\n  policy = jsonencode({\n    Statement = [{\n      Effect = "Allow"\n'
        '      Principal = "*"\n      Action = "sqs:SendMessage"\n      Resource = "*"\n    }]\n  })\n  lifecycle {\n'
        f"    ignore_changes = [{ignored}]\n  }}\n}}\n"
    )
    text = only_remedy(judge(tmp_path, source, "terraform", "sqs-policy-public"))

    assert ("Terraform ignores a change of `policy` until" in text) is told


def test_a_task_definition_without_an_execution_role_needs_one_for_its_logs(tmp_path: Path) -> None:
    source = 'resource "aws_ecs_task_definition" "app" {\n  container_definitions = jsonencode([{ name = "app", image = "app:1" }])\n}\n'

    assert "On Fargate, the task definition also needs an execution role" in only_remedy(
        judge(tmp_path, source, "terraform", "ecs-container-logging")
    )


def test_an_element_that_a_call_passes_is_changed_in_its_argument(tmp_path: Path) -> None:
    inner = """
variable "admins" { type = list(string) }
resource "aws_security_group" "web" {}
resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = var.admins
  security_group_id = aws_security_group.web.id
}
"""
    outer = 'module "web" {\n  source = "./web"\n  admins = ["0.0.0.0/0"]\n}\n'
    report = judge_files(tmp_path, {"main.tf": outer, "web/main.tf": inner}, "vpc-security-group-ingress-ssh")

    assert only_place(report) == 'In the argument "admins" of module "web" (main.tf:3), write "<your network>" instead.'


def test_a_block_that_stands_in_an_element_of_a_list_keeps_its_other_parts(tmp_path: Path) -> None:
    template = """
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        BlockDeviceMappings:
          - DeviceName: /dev/xvda
            Ebs: {VolumeSize: 50}
"""
    assert only_remedy(judge(tmp_path, template, "cloudformation", "ebs-encryption")) == (
        "Only instances that are started from now on get encrypted volumes: replace the others.\n"
        "`Ebs` (template.yaml:9) exists already: keep its other parts.\nEbs:\n  Encrypted: true"
    )


def test_an_entry_of_a_mapping_is_changed_in_the_mapping(tmp_path: Path) -> None:
    source = """
Parameters:
  Stage: {Type: String, Default: prod}
Mappings:
  Stages:
    prod: {Standby: false}
Resources:
  D:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !FindInMap [Stages, !Ref Stage, Standby]}
"""
    assert only_place(judge(tmp_path, source, "cloudformation", "rds-multi-az")) == (
        'Set the entry "prod.Standby" of mapping "Stages" (template.yaml:6) to true:\nStandby: true'
    )


def test_a_part_of_an_object_that_another_module_gives_is_no_argument(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "conf" {\n  source = "./conf"\n}\nmodule "db" {\n  source  = "./db"\n  options = module.conf.options\n}\n',
        "conf/main.tf": 'output "options" {\n  value = {\n    multi = false\n    size  = 20\n  }\n}\n',
        "db/main.tf": (
            'variable "options" {\n  type = object({ multi = bool, size = number })\n}\n'
            'resource "aws_db_instance" "orders" {\n  engine         = "mysql"\n  instance_class = "db.t3.medium"\n'
            "  multi_az       = var.options.multi\n}\n"
        ),
    }
    text = only_remedy(judge_files(tmp_path, files, "rds-multi-az"))

    assert (
        'The value is "multi" in the argument "options" of module "db" (main.tf:6). It has to be true: pass another object, '
        "or let db/main.tf:7 use another part of it." in text
    )
    assert "options = true" not in text

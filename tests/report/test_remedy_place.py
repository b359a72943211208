"""A remedy fits the place where it is printed: it names the argument at fault, and the place that sets this very argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_place, only_remedy

# The place that sets the argument


def test_the_attribute_of_another_resource_is_not_the_place_of_an_argument(tmp_path: Path) -> None:
    module = """
resource "aws_iam_user" "robot" {
  name = "robot"
}
resource "aws_iam_policy_attachment" "robot" {
  name       = "robot"
  users      = [aws_iam_user.robot.name]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"""
    assert only_remedy(judge(tmp_path, module, "terraform", "iam-user-policies")) == (
        "Give the policy to a group, and make the users members of it.\ngroups = [<a group>.name]"
    )


def test_an_argument_of_the_same_name_outside_of_the_block_is_not_blamed(tmp_path: Path) -> None:
    module = 'variable "stage" {\n  default = "prod"\n}\nresource "aws_ecs_cluster" "c" {\n  name = "app-${var.stage}"\n}\n'
    text = only_remedy(judge(tmp_path, module, "terraform", "ecs-container-insights"))

    assert text.startswith("AWS charges for the metrics.\nsetting {")


def test_a_key_of_an_object_is_not_called_an_argument(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "db" {\n  source = "./db"\n  options = {\n    multi = false\n  }\n}\n',
        "db/main.tf": (
            'variable "options" {}\nresource "aws_db_instance" "d" {\n  engine = "mysql"\n  multi_az = var.options.multi\n}\n'
        ),
    }
    assert only_place(judge_files(tmp_path, files, "rds-multi-az")) == (
        'Set the key "multi" in the argument "options" of module "db" (main.tf:4) to true:\nmulti = true'
    )


def test_a_local_that_is_made_of_inputs_is_changed_by_them(tmp_path: Path) -> None:
    module = (
        'variable "topic" {\n  default = null\n}\nlocals {\n  actions = concat([], var.topic == null ? [] : [var.topic])\n}\n'
        'resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_name = "a"\n  metric_name = "Errors"\n  namespace = "AWS/Lambda"\n'
        "  alarm_actions = local.actions\n}\n"
    )
    text = only_remedy(judge(tmp_path, module, "terraform", "cloudwatch-alarm-actions"))
    assert 'local.actions (main.tf:5) computes the value from variable "topic" (main.tf:1). Pass another value,' in text


# Values that differ, and values that are references

INSTANCES = """
Parameters:
  SubnetId: {Type: String, Default: subnet-1}
Resources:
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      SubnetId: !Ref SubnetId
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      SubnetId: !Ref SubnetId
"""


def test_a_parameter_that_resources_share_cannot_make_them_differ(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, INSTANCES, "cloudformation", "ec2-multi-az"))

    assert "parameter" not in text
    assert text.endswith("\nSubnetId: !Ref <a subnet in another zone>")


def test_a_variable_of_two_arguments_cannot_make_them_differ(tmp_path: Path) -> None:
    module = """
variable "nodes" {
  default = 2
}
resource "aws_autoscaling_group" "web" {
  min_size           = var.nodes
  max_size           = var.nodes
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}
"""
    assert only_remedy(judge(tmp_path, module, "terraform", "autoscaling-min-below-max")) == "min_size = 2\nmax_size = 6"


ORIGIN = """
Parameters:
  Control: {Type: String, Default: ''}
Conditions:
  HasControl: !Not [!Equals [!Ref Control, '']]
Resources:
  Files: {Type: AWS::S3::Bucket}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: !GetAtt Files.RegionalDomainName
            S3OriginConfig: {OriginAccessIdentity: ''}
            OriginAccessControlId: !Ref Control
        DefaultCacheBehavior: {TargetOriginId: files, ViewerProtocolPolicy: https-only}
"""


def test_a_default_holds_no_reference(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path / "a", ORIGIN, "cloudformation", "cloudfront-origin-access-control"))

    assert text.startswith("First let the bucket's policy give s3:GetObject to cloudfront.amazonaws.com")
    assert text.endswith(
        '\nA default can only be a constant: callers have to pass this value for parameter "Control" (template.yaml:3), '
        "or write it here:\nOriginAccessControlId: !GetAtt <an origin access control>.Id"
    )


# Neighbors

SITE = """
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  aliases = ["www.example.com"]
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "${var.protocol}-only"
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = var.certificate
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1"
  }
}
variable "certificate" {}
variable "protocol" {}
"""


def test_a_literal_at_fault_leaves_its_neighbors_alone(tmp_path: Path) -> None:
    assert only_remedy(judge(tmp_path, SITE, "terraform", "cloudfront-tls-policy")) == (
        'Viewers that know no TLS 1.2 can then no longer connect.\nminimum_protocol_version = "TLSv1.2_2021"'
    )


def test_an_expression_beside_the_fault_is_not_overwritten(tmp_path: Path) -> None:
    trail = (
        'resource "aws_cloudtrail" "audit" {\n  name = "audit"\n  s3_bucket_name = "trails"\n  is_multi_region_trail = false\n'
        '  include_global_service_events = var.services\n}\nvariable "services" {}\n'
    )
    text = only_remedy(judge(tmp_path, trail, "terraform", "cloudtrail-multi-region"))

    assert text.endswith("\n`include_global_service_events` (main.tf:5) has to give true.\nis_multi_region_trail = true")


def test_a_neighbor_in_json_is_left_out_with_its_comma(tmp_path: Path) -> None:
    template = """{"Resources": {"G": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties":
  {"MinSize": "2", "MaxSize": "2", "AvailabilityZones": ["eu-west-1a", "eu-west-1b"]}}}}"""
    assert only_remedy(judge_files(tmp_path, {"t.json": template}, "autoscaling-min-below-max")) == '"MaxSize": "6"'


# Modules

BALANCER = """
variable "bucket" {}
variable "logs" {
  default = true
}
resource "aws_lb" "front" {
  dynamic "access_logs" {
    for_each = var.bucket != "" ? ["x"] : []
    content {
      bucket  = var.bucket
      enabled = var.logs
    }
  }
}
"""


def test_the_callers_literal_is_named_behind_a_filled_dynamic_block(tmp_path: Path) -> None:
    main = 'module "lb" {\n  source = "./lb"\n  bucket = "logs"\n  logs   = false\n}\n'
    report = judge_files(tmp_path, {"main.tf": main, "lb/main.tf": BALANCER}, "elb-access-logging")

    assert only_remedy(report).endswith('Set the argument "logs" of module "lb" (main.tf:4) to true:\nlogs = true')


def test_an_expression_names_the_callers_argument(tmp_path: Path) -> None:
    main = "".join(
        f'module "{name}" {{\n  source = "./db"\n  spare  = {spare}\n}}\n' for name, spare in (("a", "true"), ("b", "false"))
    )
    database = (
        'variable "spare" {}\nresource "aws_db_instance" "d" {\n  engine = "mysql"\n  multi_az = var.spare ? true : false\n}\n'
    )
    report = judge_files(tmp_path, {"main.tf": main, "db/main.tf": database}, "rds-multi-az")

    assert only_place(report) == (
        'Set the argument "spare" of module "b" (main.tf:7) to true: the expression at db/main.tf:4 then gives true.'
    )


def test_the_switch_of_an_expression_is_named_first(tmp_path: Path) -> None:
    module = 'variable "spare" {\n  default = false\n}\n'
    module += 'resource "aws_db_instance" "d" {\n  engine = "mysql"\n  multi_az = var.spare ? true : false\n}\n'

    assert only_place(judge(tmp_path, module, "terraform", "rds-multi-az")) == (
        'Set variable "spare" (main.tf:2) to true: the expression at main.tf:6 then gives true.'
    )


# Properties in a wrong place


def test_a_property_beside_properties_is_moved(tmp_path: Path) -> None:
    template = """
Resources:
  Api:
    Type: AWS::Serverless::Api
    AccessLogSetting:
      DestinationArn: arn:aws:logs:eu-west-1:111122223333:log-group:api
    Properties:
      StageName: prod
"""
    assert only_remedy(judge(tmp_path, template, "cloudformation", "apigateway-access-logging")) == (
        "Declare a log group for it, with a retention period. API Gateway also needs a role for CloudWatch, once for the account and the Region "
        "(AWS::ApiGateway::Account).\n`AccessLogSetting` (template.yaml:5) is not below Properties, where it belongs: move it there."
    )


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

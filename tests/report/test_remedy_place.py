"""A remedy fits the place where it is printed: it names the argument at fault, and the place that sets this very argument."""

from __future__ import annotations

from pathlib import Path

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


def test_a_property_that_a_loop_writes_is_not_written_a_second_time(tmp_path: Path) -> None:
    template = (
        "Transform: AWS::LanguageExtensions\nResources:\n  R:\n    Type: AWS::ECR::Repository\n    Properties:\n"
        "      Fn::ForEach::P:\n        - Name\n        - [ImageTagMutability]\n        - ${Name}: MUTABLE\n"
    )
    assert only_remedy(judge(tmp_path, template, "cloudformation", "ecr-immutable-tags")).endswith(
        "\nA loop writes `ImageTagMutability` (template.yaml:9): leave ImageTagMutability out of its collection, and write it outside of the "
        "loop:\nImageTagMutability: IMMUTABLE"
    )

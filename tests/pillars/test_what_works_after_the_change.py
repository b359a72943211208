"""A remedy says what else has to be in place for the thing to work after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Confidence, Severity

LISTENER = """
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { Port: 80, Protocol: HTTP, VpcId: vpc-1 }
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Group }]
  Shop:
    Type: AWS::ECS::Service
    %s
    Properties:
      TaskDefinition: shop
      LoadBalancers: [{ ContainerName: shop, ContainerPort: 80, TargetGroupArn: !Ref Group }]
"""


@pytest.mark.parametrize(
    ("order", "told"), [("DependsOn: Http", True), ("DependsOn: [Http]", True), ("DependsOn: Group", False)]
)
def test_a_service_waits_for_the_listener_that_has_its_target_group(tmp_path: Path, order: str, told: bool) -> None:
    text = only_remedy(judge(tmp_path, LISTENER % order, "cloudformation", "elb-listener-tls"))

    assert ("Shop waits for this listener (`DependsOn`): name the HTTPS listener there" in text) is told


RECORD = """
  Name:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: shop.example.com
      Type: CNAME
      TTL: 300
      ResourceRecords: [!GetAtt Front.DNSName]
"""


@pytest.mark.parametrize(("record", "told"), [("", True), (RECORD, False)])
def test_a_certificate_needs_a_domain_that_leads_to_the_load_balancer(tmp_path: Path, record: str, told: bool) -> None:
    text = only_remedy(judge(tmp_path, LISTENER % "DependsOn: Group" + record, "cloudformation", "elb-listener-tls"))

    assert ("a domain name of your own" in text) is told


REDIRECT = """
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80

  default_action {
    type = "%s"
  }
}
"""


@pytest.mark.parametrize(("action", "confidence"), [("redirect", Confidence.LOW), ("forward", Confidence.MEDIUM)])
def test_the_log_of_redirects_is_worth_little(tmp_path: Path, action: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, REDIRECT % action, "terraform", "elb-access-logging")

    assert found.confidence == confidence


def test_the_policy_of_the_log_bucket_is_there_before_the_load_balancer(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, REDIRECT % "forward", "terraform", "elb-access-logging"))

    assert "let the load balancer wait for it (`depends_on`)" in text


URL = """
resource "aws_lambda_function_url" "shop" {
  function_name      = "shop"
  authorization_type = "NONE"
}
"""
FRONT = """
resource "aws_cloudfront_distribution" "front" {
  origin {
    origin_id   = "shop"
    domain_name = replace(replace(aws_lambda_function_url.shop.function_url, "https://", ""), "/", "")
  }
}
"""


@pytest.mark.parametrize(("front", "severity"), [(FRONT, Severity.MEDIUM), ("", Severity.HIGH)])
def test_a_url_behind_cloudfront_is_a_way_past_it(tmp_path: Path, front: str, severity: Severity) -> None:
    report = judge(tmp_path, URL + front, "terraform", "lambda-url-auth")

    assert [each.severity for each in report.failing()] == [severity]
    assert (
        "First give the origin in aws_cloudfront_distribution.front an origin access control" in only_remedy(report)
    ) is bool(front)


NODES = """
resource "aws_eks_node_group" "workers" {{
  cluster_name   = "orders"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0a1", "subnet-0b2"]
  ami_type       = "{image}"
  instance_types = ["{kind}"]
  {template}
}}

resource "aws_launch_template" "workers" {{
  {user_data}
}}
"""
NAMED = "launch_template {\n    id      = aws_launch_template.workers.id\n    version = 1\n  }"


@pytest.mark.parametrize(
    ("template", "user_data", "said"),
    [
        ("", "", ""),
        (NAMED, "", ""),
        (NAMED, 'user_data = "IyEvYmluL2Jhc2g="', "Its launch template has user data: write that for nodeadm"),
        ('launch_template {\n    id      = "lt-1"\n    version = 1\n  }', "", "If its launch template has user data"),
    ],
)
def test_user_data_of_nodes_is_written_anew_where_there_is_some(
    tmp_path: Path, template: str, user_data: str, said: str
) -> None:
    source = NODES.format(image="AL2_x86_64", kind="m7i.large", template=template, user_data=user_data)
    text = only_remedy(judge(tmp_path, source, "terraform", "eks-supported-node-image"))

    assert said in text
    assert ("nodeadm" in text) is bool(said)


@pytest.mark.parametrize(("kind", "image"), [("inf2.xlarge", "AL2023_x86_64_NEURON"), ("g5.xlarge", "AL2023_x86_64_NVIDIA")])
def test_each_kind_of_accelerator_has_its_image(tmp_path: Path, kind: str, image: str) -> None:
    source = NODES.format(image="AL2_x86_64_GPU", kind=kind, template="", user_data="")

    assert image in only_remedy(judge(tmp_path, source, "terraform", "eks-supported-node-image"))


PERMISSION = """
resource "aws_lambda_function" "shop" {
  function_name = "shop"
}

resource "aws_lambda_permission" "url" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.shop.function_name
  function_url_auth_type = "AWS_IAM"
  principal              = "*"
}
"""
INVOKED = """
resource "aws_lambda_permission" "invoke" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.shop.function_name
  invoked_via_function_url = true
  principal                = "*"
}
"""


@pytest.mark.parametrize(("more", "severity"), [("", Severity.MEDIUM), (INVOKED, Severity.CRITICAL)])
def test_a_call_of_a_url_needs_two_permissions(tmp_path: Path, more: str, severity: Severity) -> None:
    report = judge(tmp_path, PERMISSION + more, "terraform", "lambda-public-access")

    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(("version", "said"), [("7.1", "with the strategy ROTATE"), ("5.0.5", "Before Redis 5.0.6")])
def test_a_token_arrives_as_the_version_allows(tmp_path: Path, version: str, said: str) -> None:
    source = f"""
variable "auth_token" {{
  default = null
}}

resource "aws_elasticache_replication_group" "sessions" {{
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine_version             = "{version}"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
}}
"""
    assert said in only_remedy(judge(tmp_path, source, "terraform", "elasticache-auth"))


def test_a_block_beside_others_owes_nothing_to_their_values(tmp_path: Path) -> None:
    source = """
resource "aws_vpc" "it" {}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"

  setting {
    namespace = "aws:ec2:vpc"
    name      = "VPCId"
    value     = aws_vpc.it.id
  }
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "elasticbeanstalk-logs"))

    assert "has to give" not in text
    assert 'value     = "true"' in text


CACHE = """
resource "aws_elasticache_replication_group" "sessions" {{
  replication_group_id = "sessions"
  description          = "Sessions"
  engine_version       = "{version}"
}}
"""


@pytest.mark.parametrize(("version", "needs"), [("3.2.4", True), ("4.0.10", False), ("6.x", False)])
def test_only_an_old_cache_needs_a_newer_version_to_be_encrypted(tmp_path: Path, version: str, needs: bool) -> None:
    text = only_remedy(judge(tmp_path, CACHE.format(version=version), "terraform", "elasticache-encryption-at-rest"))

    assert ("Redis needs 3.2.6" in text) is needs
    assert "Terraform deletes the old one first" in text


def test_a_remedy_for_open_ports_is_in_the_words_of_its_language(tmp_path: Path) -> None:
    source = """
Resources:
  Shop:
    Type: AWS::Lightsail::Instance
    Properties:
      InstanceName: shop
      BlueprintId: debian_12
      BundleId: micro_3_0
      Networking: { Ports: [{ FromPort: 22, ToPort: 22, Protocol: tcp, Cidrs: [0.0.0.0/0] }] }
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", "lightsail-open-ports"))

    assert "(CidrListAliases)" in text
    assert "Terraform" not in text


TEMPLATE = """
Resources:
  Shop:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.13, Handler: shop.handle, Role: "arn:aws:iam::111122223333:role/shop", Code: { ZipFile: "" } }
  Url:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !Ref Shop, AuthType: NONE }
  Allowed:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunctionUrl, FunctionName: !Ref Shop, Principal: "%s" }
"""


INVOKES = """
  Invokes:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref Shop, Principal: "*", InvokedViaFunctionUrl: true }
"""


@pytest.mark.parametrize(
    ("principal", "more", "severity"),
    [("*", INVOKES, Severity.HIGH), ("*", "", Severity.MEDIUM), ("111122223333", "", Severity.MEDIUM)],
)
def test_a_url_without_a_permission_for_everybody_refuses_them(
    tmp_path: Path, principal: str, more: str, severity: Severity
) -> None:
    report = judge(tmp_path, TEMPLATE % principal + more, "cloudformation", "lambda-url-auth")

    assert [each.severity for each in report.failing()] == [severity]


IMAGE = """
resource "aws_ecr_repository" "shop" {{
  name = "shop"
}}
resource "aws_ecs_task_definition" "shop" {{
  family                = "shop"
  container_definitions = jsonencode([{{ name = "shop", image = {image} }}])
}}
resource "aws_ecs_service" "shop" {{
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
  desired_count   = 2
}}
"""


@pytest.mark.parametrize(("image", "said"), [('"${aws_ecr_repository.shop.repository_url}:1"', True), ('"shop:1"', False)])
def test_an_image_is_pushed_before_a_deployment_may_fail_for_good(tmp_path: Path, image: str, said: bool) -> None:
    text = only_remedy(judge(tmp_path, IMAGE.format(image=image), "terraform", "ecs-deployment-circuit-breaker"))

    assert ("push it before the first deployment" in text) is said

"""A fault is undecided if an unknown value may exempt the resource, and names of any spelling exempt it."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

_URL = """
variable "auth" {
  type = string
}
resource "aws_lambda_permission" "orders" {
  function_name          = "orders"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "%s"
  function_url_auth_type = var.auth
}
"""


@pytest.mark.parametrize(
    ("principal", "verdict"),
    [("*", {"aws_lambda_permission.orders": "unknown"}), ("123456789012", {})],
    ids=["anyone", "one account"],
)
def test_an_open_permission_may_be_that_of_a_function_url(tmp_path: Path, principal: str, verdict: dict[str, str]) -> None:
    assert verdicts(tmp_path, _URL % principal, "terraform", "lambda-public-access") == verdict


@pytest.mark.parametrize(
    ("second", "verdict"), [('prefix = "b/"', "unknown"), ('prefix = "a/"', "fail")], ids=["another", "the same"]
)
def test_a_bucket_may_be_divided_by_a_rule_whose_status_is_not_known(tmp_path: Path, second: str, verdict: str) -> None:
    module = f"""
variable "status" {{
  type = string
}}
resource "aws_s3_bucket" "logs" {{}}
resource "aws_s3_bucket_lifecycle_configuration" "logs" {{
  bucket = aws_s3_bucket.logs.id
  rule {{
    id     = "a"
    status = "Enabled"
    prefix = "a/"
    expiration {{
      days = 30
    }}
  }}
  rule {{
    id     = "b"
    status = var.status
    {second}
    expiration {{
      days = 60
    }}
  }}
}}
"""

    assert verdicts(tmp_path, module, "terraform", "s3-lifecycle") == {"aws_s3_bucket.logs": verdict}


_KEY = """
Parameters:
  Action: {Type: String}
Resources:
  Mailer:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument: {Statement: [{Effect: Allow, Action: !Ref Action, Resource: "*"}]}
  Key:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: !Ref Mailer, Status: %s}
"""


@pytest.mark.parametrize(("status", "verdict"), [("Active", {"Key": "unknown"}), ("Inactive", {})])
def test_a_key_may_be_that_of_a_user_who_only_sends_mail(tmp_path: Path, status: str, verdict: dict[str, str]) -> None:
    assert verdicts(tmp_path, _KEY % status, "cloudformation", "iam-access-keys") == verdict


_SERVICE = """
Parameters:
  Most: {Type: Number}
Resources:
  Scheduler:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: %s
      TaskDefinition: scheduler:3
      DeploymentConfiguration: {MaximumPercent: !Ref Most, MinimumHealthyPercent: %s}
      LoadBalancers:
        - {ContainerName: scheduler, ContainerPort: 80, TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/s/0"}
"""


@pytest.mark.parametrize(
    ("count", "least", "verdict"),
    [(1, 0, {"Scheduler": "unknown"}), (1, 50, {"Scheduler": "fail"}), (2, 0, {})],
    ids=["one task", "never without a task", "two tasks"],
)
def test_a_service_may_be_one_that_never_runs_two_tasks(
    tmp_path: Path, count: int, least: int, verdict: dict[str, str]
) -> None:
    assert verdicts(tmp_path, _SERVICE % (count, least), "cloudformation", "ecs-service-multiple-tasks") == verdict


@pytest.mark.parametrize(
    ("name", "verdict"), [("CrlLists", {}), ("OldCRL", {}), ("Site", {"Site": "fail"}), ("Scrlett", {"Scrlett": "fail"})]
)
def test_a_distribution_of_revocation_lists_is_known_by_its_name(tmp_path: Path, name: str, verdict: dict[str, str]) -> None:
    template = f"""
Resources:
  {name}:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{{Id: lists, DomainName: lists.example.com, CustomOriginConfig: {{OriginProtocolPolicy: https-only}}}}]
        DefaultCacheBehavior: {{TargetOriginId: lists, ViewerProtocolPolicy: allow-all, CachePolicyId: any}}
"""

    assert verdicts(tmp_path, template, "cloudformation", "cloudfront-viewer-https") == verdict

"""What a rule has not read limits what it says: modules that are not installed, monitors of other services, groups without roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy
from wa_iac.core.rule import Confidence, Severity

NETWORK = """
resource "aws_vpc" "it" {{
  cidr_block = "10.0.0.0/16"
}}
resource "aws_subnet" "it" {{
  vpc_id            = aws_vpc.it.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}}
output "subnet" {{
  value = aws_subnet.it.id
}}
module "proxy" {{
  source = "github.com/example/proxy"
  vpc_id = aws_vpc.it.id
  {argument}
}}
"""


@pytest.mark.parametrize(
    ("argument", "verdict"), [('proxy_subnet_cidr_block = "10.0.1.0/24"', "unknown"), ("subnet_id = aws_subnet.it.id", "fail")]
)
def test_a_module_that_is_not_installed_may_make_other_subnets(tmp_path: Path, argument: str, verdict: str) -> None:
    report = judge(tmp_path, NETWORK.format(argument=argument), "terraform", "vpc-multi-az-subnets")
    assert [each.verdict for each in report.findings] == [verdict]


QUEUES = """
resource "aws_sqs_queue" "orders" {}
resource "aws_sqs_queue" "mails" {}
resource "aws_cloudwatch_metric_alarm" "orders" {
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateAgeOfOldestMessage"
  dimensions    = { QueueName = aws_sqs_queue.orders.name }
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]
}
"""


@pytest.mark.parametrize(
    ("monitors", "verdict"),
    [
        ('resource "datadog_monitor" "age" {}\n', "unknown"),
        ('module "monitors" {\n  source = "github.com/example/modules//datadog_monitors"\n}\n', "unknown"),
        ('resource "datadog_api_key" "it" {}\n', "fail"),
    ],
)
def test_another_service_may_watch_what_no_alarm_watches(tmp_path: Path, monitors: str, verdict: str) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(tmp_path, {"queues/main.tf": QUEUES, "monitors/main.tf": monitors}, "cloudwatch-alarm-queue")
    assert {each.verdict for each in report.findings if each.address == "aws_sqs_queue.mails"} == {verdict}


GRANTS = """
resource "aws_iam_{holder}" "it" {{
  name               = "it"
  {more}
}}
resource "aws_iam_{holder}_policy" "it" {{
  {holder}   = aws_iam_{holder}.it.name
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "iam:AttachGroupPolicy", Resource = "*" }}]
  }})
}}
"""


@pytest.mark.parametrize(
    ("holder", "more", "severity"), [("role", 'assume_role_policy = "{}"', Severity.MEDIUM), ("user", "", Severity.HIGH)]
)
def test_a_role_is_in_no_group(tmp_path: Path, holder: str, more: str, severity: Severity) -> None:
    report = judge(tmp_path, GRANTS.format(holder=holder, more=more), "terraform", "iam-privilege-escalation")
    assert [each.severity for each in report.failing()] == [severity]


CACHE = """
variable "ranges" {
  type = list(string)
}
resource "aws_security_group" "it" {}
resource "aws_security_group_rule" "it" {
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_blocks       = var.ranges
  security_group_id = aws_security_group.it.id
}
resource "aws_elasticache_replication_group" "it" {
  description        = "it"
  security_group_ids = [aws_security_group.it.id]
}
output "group" {
  value = aws_security_group.it.arn
}
"""


def test_a_range_that_a_call_gives_is_changed_in_the_terms_of_the_module(tmp_path: Path) -> None:
    call = 'module "cache" {\n  source = "./cache"\n  ranges = ["0.0.0.0/0"]\n}\n'
    report = judge_files(tmp_path, {"cache/main.tf": CACHE, "main.tf": call}, "vpc-security-group-ingress-ports")
    (finding,) = report.failing()
    assert finding.severity is Severity.MEDIUM
    assert "has no public IP address" in finding.message or "has a public IP address" in finding.message
    assert 'This range is an argument of module "cache"' in only_remedy(report)
    assert "security_group_id =" not in only_remedy(report)


BUCKET = """
resource "aws_s3_bucket" "it" {{
  bucket = "orders"
}}
resource "aws_s3_bucket_lifecycle_configuration" "it" {{
  bucket = aws_s3_bucket.it.id
  rule {{
    id     = "expire"
    status = "Enabled"
    expiration {{
      days = 720
    }}
    {more}
  }}
}}
"""
OLD = "noncurrent_version_expiration {\n      noncurrent_days = 30\n    }"


@pytest.mark.parametrize(("more", "said"), [("", True), (OLD, False)])
def test_what_expires_stays_as_an_old_version(tmp_path: Path, more: str, said: bool) -> None:
    report = judge(tmp_path, BUCKET.format(more=more), "terraform", "s3-versioning")
    assert ("it only makes them old versions" in only_remedy(report)) is said
    assert "aws_s3_bucket_versioning" in only_remedy(report)


def test_a_number_of_iops_goes_with_the_older_storage(tmp_path: Path) -> None:
    database = (
        'resource "aws_db_instance" "it" {{\n  engine = "mysql"\n  allocated_storage = 100\n  storage_type = "gp2"\n{}}}\n'
    )
    assert "Remove iops" in only_remedy(judge(tmp_path, database.format("  iops = 0\n"), "terraform", "rds-gp3"))
    assert "iops" not in only_remedy(judge(tmp_path, database.format(""), "terraform", "rds-gp3"))


SERVICE = """
resource "aws_ecs_service" "it" {
  name          = "it"
  desired_count = 0
  lifecycle {
    ignore_changes = [desired_count]
  }
}
"""
BALANCER = """
resource "aws_elb" "it" {
  internal = true
  listener {
    instance_port     = 389
    instance_protocol = "tcp"
    lb_port           = 389
    lb_protocol       = "tcp"
  }
}
"""
URL = """
resource "aws_lambda_function_url" "it" {
  function_name      = "it"
  authorization_type = "NONE"
}
resource "aws_ssm_parameter" "cloudfront_header" {
  type = "SecureString"
}
"""


@pytest.mark.parametrize(
    ("source", "rule"),
    [(SERVICE, "ecs-deployment-circuit-breaker"), (BALANCER, "elb-access-logging"), (URL, "lambda-url-auth")],
)
def test_what_is_of_little_use_at_a_place_is_advice(tmp_path: Path, source: str, rule: str) -> None:
    assert [each.confidence for each in judge(tmp_path, source, "terraform", rule).failing()] == [Confidence.LOW]


OTHERS = """
resource "aws_vpc" "it" {}
resource "aws_ecs_service" "it" {
  name          = "it"
  desired_count = 2
}
module "more" {
  source  = "github.com/example/SOURCE"
  vpc     = aws_vpc.it.id
  service = aws_ecs_service.it.name
}
"""


@pytest.mark.parametrize(("rule", "source"), [("vpc-flow-logs", "flow-logs"), ("ecs-service-autoscaling", "autoscaling")])
def test_a_module_that_is_not_installed_may_add_what_lacks(tmp_path: Path, rule: str, source: str) -> None:
    for name, verdict in ((source, "unknown"), ("other", "fail")):
        report = judge(tmp_path, OTHERS.replace("SOURCE", name), "terraform", rule)
        assert [each.verdict for each in report.findings] == [verdict]


@pytest.mark.parametrize("more", ['scheduling_strategy = "DAEMON"', "lifecycle {\n    ignore_changes = [desired_count]\n  }"])
def test_a_service_rests_only_where_no_tasks_are_written(tmp_path: Path, more: str) -> None:
    source = f'resource "aws_ecs_service" "it" {{\n  name = "it"\n  {more}\n}}\n'
    assert [each.confidence for each in judge(tmp_path, source, "terraform", "ecs-deployment-circuit-breaker").failing()] == [
        Confidence.MEDIUM
    ]

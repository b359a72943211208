"""Places where a finding was right, and its remedy or its weight was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, judge_files, only_fault, only_remedy
from wa_iac.core.rule import Confidence, Severity

CALL = 'module "m" {\n  source = "git::https://github.com/acme/m.git"\n}\n'


@pytest.mark.parametrize(("folder", "confidence"), [("examples/full", Confidence.LOW), ("infra", Confidence.HIGH)])
def test_anyone_who_copies_an_example_chooses_the_version(tmp_path: Path, folder: str, confidence: Confidence) -> None:
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": CALL}, "terraform-versions-pinned").failing()

    assert found.confidence == confidence


LISTENER = """
Parameters:
  Certificate:
    Type: String
    Default: ""
Conditions:
  HasTls: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internet-facing
      Subnets: [subnet-0a1, subnet-0b2]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: !If [HasTls, HTTPS, HTTP]
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1
"""


def test_a_protocol_that_a_condition_chooses_is_chosen_otherwise(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, LISTENER, "cloudformation", "elb-listener-tls"))

    assert text.startswith('A condition chooses the protocol: pass a value of parameter "Certificate"')


BOTH = (
    LISTENER.replace("!If [HasTls, HTTPS, HTTP]", "HTTP")
    + """  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: HasTls
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 443
      Protocol: HTTPS
      Certificates: [{ CertificateArn: !Ref Certificate }]
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1
"""
)


@pytest.mark.parametrize("condition", ["    Condition: HasTls\n", ""])
def test_a_redirect_needs_a_listener_that_is_always_there(tmp_path: Path, condition: str) -> None:
    source = BOTH.replace('    Default: ""\n', "").replace("    Condition: HasTls\n", condition)
    text = only_remedy(judge(tmp_path, source, "cloudformation", "elb-listener-tls"))

    assert ('Secure exists only under a condition, on parameter "Certificate"' in text) is bool(condition)


REDIRECTING = """
variable "certificate" {{
  type = string
}}
resource "aws_lb" "front" {{
  subnets = ["subnet-0a1", "subnet-0b2"]
}}
resource "aws_lb_listener" "http" {{
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {{
    type = "redirect"
    redirect {{
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }}
  }}
}}
resource "aws_lb_listener" "https" {{
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {{ type = "fixed-response" }}
}}
resource "aws_lb_listener_rule" "orders" {{
  listener_arn = {listener}
  action {{
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1"
  }}
  condition {{
    path_pattern {{ values = ["/orders/*"] }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("listener", "verdict"),
    [
        ("aws_lb_listener.http.arn", {"aws_lb_listener.http": "fail"}),
        ("aws_lb_listener.https.arn", {}),
        (
            "var.certificate == null ? aws_lb_listener.http.arn : aws_lb_listener.https.arn",
            {"aws_lb_listener.http": "unknown"},
        ),
    ],
)
def test_a_rule_counts_for_the_listener_that_it_is_attached_to(tmp_path: Path, listener: str, verdict: dict[str, str]) -> None:
    report = judge(tmp_path, REDIRECTING.format(listener=listener), "terraform", "elb-listener-tls")

    assert by_address(report, "elb-listener-tls") == verdict


PROTOCOL = """
variable "certificate" {
  default = ""
}
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}
resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = CHOICE
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1"
  }
}
"""
CALLER = """
resource "aws_lambda_function" "caller" {
  environment {
    variables = { API = "http://${aws_lb.front.dns_name}/" }
  }
}
"""


def test_a_protocol_that_depends_on_a_variable_is_chosen_by_that(tmp_path: Path) -> None:
    source = PROTOCOL.replace("CHOICE", 'var.certificate == "" ? "HTTP" : "HTTPS"')

    text = only_remedy(judge(tmp_path, source, "terraform", "elb-listener-tls"))

    assert text.startswith('A condition chooses the protocol: pass a value of variable "certificate"')


@pytest.mark.parametrize(
    ("ranges", "is_advice"),
    [
        ('["192.0.2.7/32"]', True),
        ('["${var.mine}/32"]', True),
        ('["10.0.0.0/8"]', True),
        ('["0.0.0.0/0"]', False),
        ("var.all", False),
    ],
)
def test_a_load_balancer_for_a_few_addresses_is_for_those_who_made_it(tmp_path: Path, ranges: str, is_advice: bool) -> None:
    group = f"""
variable "mine" {{}}
variable "all" {{}}
resource "aws_security_group" "front" {{
  ingress {{
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = {ranges}
  }}
}}
"""
    named = PROTOCOL.replace("subnets =", "security_groups = [aws_security_group.front.id]\n  subnets =")
    (found,) = judge(tmp_path, named.replace("CHOICE", '"HTTP"') + group, "terraform", "elb-listener-tls").failing()

    assert found.is_advice is is_advice


@pytest.mark.parametrize("caller", ["", CALLER])
def test_who_calls_a_load_balancer_by_its_own_name_needs_another_one_first(tmp_path: Path, caller: str) -> None:
    text = only_remedy(judge(tmp_path, PROTOCOL.replace("CHOICE", '"HTTP"') + caller, "terraform", "elb-listener-tls"))

    assert ("aws_lambda_function.caller calls the load balancer by its own name" in text) is bool(caller)


@pytest.mark.parametrize("written", ["", "    UpdateReplacePolicy: Delete\n"])
def test_a_snapshot_before_a_deletion_is_also_one_before_an_update(tmp_path: Path, written: str) -> None:
    source = (
        f"Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n{written}"
        "    Properties:\n      Engine: postgres\n      DBInstanceClass: db.m7g.large\n"
    )
    text = only_remedy(judge(tmp_path, source, "cloudformation", "workload-stateful-deletion-policy"))

    assert text.splitlines()[-1] == "UpdateReplacePolicy: Snapshot"
    assert text.startswith("Replace the") == bool(written)


def test_a_table_whose_items_expire_is_advice(tmp_path: Path) -> None:
    source = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TimeToLiveSpecification: {AttributeName: until, Enabled: true}
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
"""
    found = only_fault(tmp_path, source, "cloudformation", "workload-stateful-deletion-policy")

    assert (found.severity, found.confidence) == (Severity.LOW, Confidence.MEDIUM)


SITE = """
resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" }]
  })
}
"""
DISTRIBUTION = """
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "site"
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
  }
}
"""


@pytest.mark.parametrize("distribution", ["", DISTRIBUTION])
def test_cloudfront_is_not_asked_for_where_it_is(tmp_path: Path, distribution: str) -> None:
    report = judge(tmp_path, SITE + distribution, "terraform", "s3-policy-public")
    (found,) = report.failing()

    assert ("CloudFront serves them already" in found.message) == bool(distribution)
    assert ("serve them with CloudFront" in only_remedy(report)) == (not distribution)


ADMINISTRATORS = """
resource "aws_iam_role" "{name}" {{
  assume_role_policy = jsonencode({{
    Statement = [{{ Effect = "Allow", Principal = {{ {principal} }}, Action = "sts:AssumeRole" }}]
  }})
}}

resource "aws_iam_role_policy_attachment" "all" {{
  role       = aws_iam_role.{name}.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}}
"""
ACCOUNT = 'AWS = "arn:aws:iam::123456789012:root"'


@pytest.mark.parametrize(
    ("name", "principal", "severity"),
    [
        ("admin", ACCOUNT, Severity.MEDIUM),
        ("power_user", 'Federated = "arn:aws:iam::123456789012:saml-provider/idp"', Severity.MEDIUM),
        ("AWSControlTowerExecution", ACCOUNT, Severity.MEDIUM),
        ("admin", 'Service = "ec2.amazonaws.com"', Severity.HIGH),
        ("admin", 'Federated = "arn:aws:iam::123456789012:oidc-provider/gitlab.com"', Severity.HIGH),
        ("admin", 'AWS = "*"', Severity.HIGH),
        ("deployer", ACCOUNT, Severity.HIGH),
    ],
)
def test_a_role_for_administrators_is_there_to_allow_everything(
    tmp_path: Path, name: str, principal: str, severity: Severity
) -> None:
    source = ADMINISTRATORS.format(name=name, principal=principal)

    assert only_fault(tmp_path, source, "terraform", "iam-admin-policy").severity == severity


def test_a_bucket_for_logs_that_is_named_is_kept(tmp_path: Path) -> None:
    source = """
resource "aws_lb" "front" {
  access_logs {
    bucket = "logs"
  }
}
resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "elb-access-logging"))

    assert text.endswith("access_logs {\n  enabled = true\n}")
    assert "policy must let Elastic Load Balancing write" in text


def test_turning_backups_on_interrupts(tmp_path: Path) -> None:
    source = 'resource "aws_db_instance" "d" {{\n  engine = "postgres"\n  backup_retention_period = {}\n}}\n'
    texts = [
        only_remedy(judge(tmp_path / str(days), source.format(days), "terraform", "rds-backup-retention")) for days in (0, 1)
    ]

    assert ["restarts the database" in each for each in texts] == [True, False]


GROUP = """
resource "aws_security_group" "g" {{
  ingress {{
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    cidr_blocks      = [{v4}]
    ipv6_cidr_blocks = [{v6}]
  }}
}}
"""


@pytest.mark.parametrize(
    ("v4", "v6", "both"), [('"0.0.0.0/0"', '"::/0"', True), ('"0.0.0.0/0"', "", False), ("", '"::/0"', False)]
)
def test_both_versions_of_ip_are_one_finding(tmp_path: Path, v4: str, v6: str, both: bool) -> None:
    report = judge(tmp_path, GROUP.format(v4=v4, v6=v6), "terraform", "vpc-security-group-ingress-ssh")
    (found,) = report.failing()

    assert len(found.related) == both
    assert ("the other range" in only_remedy(report)) == both


@pytest.mark.parametrize(("name", "confidence"), [("ami_build", Confidence.LOW), ("build_farm", Confidence.MEDIUM)])
def test_flow_logs_of_a_vpc_for_images_are_advice(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = (
        f'resource "aws_vpc" "{name}" {{\n  cidr_block = "10.0.0.0/16"\n}}\n'
        f'resource "aws_internet_gateway" "out" {{\n  vpc_id = aws_vpc.{name}.id\n}}\n'
    )

    assert only_fault(tmp_path, source, "terraform", "vpc-flow-logs").confidence == confidence


@pytest.mark.parametrize(
    ("way", "advice"),
    [
        ("", True),
        ('resource "aws_internet_gateway" "it" {\n  vpc_id = aws_vpc.it.id\n}', False),
        ('resource "aws_vpc_peering_connection" "it" {\n  vpc_id = aws_vpc.it.id\n  peer_vpc_id = "vpc-1"\n}', False),
        ('resource "aws_ec2_transit_gateway_vpc_attachment" "it" {\n  vpc_id = aws_vpc.it.id\n}', False),
    ],
)
def test_flow_logs_of_a_vpc_without_a_way_in_or_out_are_advice(tmp_path: Path, way: str, advice: bool) -> None:
    source = f'resource "aws_vpc" "it" {{\n  cidr_block = "10.0.0.0/16"\n}}\n{way}\n'

    assert only_fault(tmp_path, source, "terraform", "vpc-flow-logs").is_advice is advice


@pytest.mark.parametrize(("internal", "severity"), [("true", Severity.MEDIUM), ("false", Severity.HIGH)])
def test_old_versions_of_tls_are_milder_within_a_network(tmp_path: Path, internal: str, severity: Severity) -> None:
    source = f"""
resource "aws_elb" "web" {{
  internal = {internal}
  listener {{
    lb_port     = 443
    lb_protocol = "https"
  }}
}}
"""
    assert only_fault(tmp_path, source, "terraform", "elb-listener-tls-policy").severity == severity

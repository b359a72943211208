"""Parts of one resource in two places of a configuration: which of them undo each other."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

GROUP = "aws_security_group.web"
EGRESS = """
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
"""


def group(inside: str) -> str:
    return f'resource "aws_security_group" "web" {{\n  name = "web"\n{inside}\n}}\n'


def rule(direction: str) -> str:
    return f"""
resource "aws_security_group_rule" "more" {{
  security_group_id = aws_security_group.web.id
  type              = "{direction}"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/16"]
}}
"""


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (group(EGRESS) + rule("egress"), "fail"),
        (group(EGRESS) + rule("ingress"), "pass"),
        (group("") + rule("egress"), "pass"),
        (group(EGRESS + "  lifecycle {\n    ignore_changes = [egress]\n  }\n") + rule("egress"), "pass"),
    ],
    ids=["the same direction", "the other direction", "nothing inside", "changes that are ignored"],
)
def test_rules_of_a_group(source: str, verdict: str, tmp_path: Path) -> None:
    found = verdicts(tmp_path, source, "terraform", "terraform-competing-resources")

    assert found.get(GROUP, "pass") == verdict


@pytest.mark.parametrize(("policy", "verdict"), [("AWSXRayDaemonWriteAccess", "pass"), ("AmazonSQSReadOnlyAccess", "fail")])
def test_a_policy_that_the_list_has_too_is_no_conflict(policy: str, verdict: str, tmp_path: Path) -> None:
    source = f"""
resource "aws_iam_role" "worker" {{
  assume_role_policy  = "{{}}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"]
}}

resource "aws_iam_role_policy_attachment" "more" {{
  role       = aws_iam_role.worker.name
  policy_arn = "arn:aws:iam::aws:policy/{policy}"
}}
"""
    found = verdicts(tmp_path, source, "terraform", "terraform-competing-resources")

    assert found.get("aws_iam_role.worker", "pass") == verdict


def test_cloudformation_adds_rules_to_those_inside(tmp_path: Path) -> None:
    source = """
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}
  More:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref Web, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/16}
"""

    assert verdicts(tmp_path, source, "cloudformation", "terraform-competing-resources") == {}

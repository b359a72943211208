"""Open to everybody: in whatever way the protocol is spelled, and in however many ranges everybody is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, by_address, judge
from wa_iac.core.networks import everybody

SSH = "vpc-security-group-ingress-ssh"


@pytest.mark.parametrize(
    ("ranges", "answer"),
    [
        (["0.0.0.0/0"], True),
        (["::/0"], True),
        (["0.0.0.0/1", "128.0.0.0/1"], True),
        (["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/1"], True),
        (["::/1", "8000::/1"], True),
        (["0.0.0.0/1", "8000::/1"], False),
        (["0.0.0.0/1"], False),
        (["0.0.0.0/1", "0.0.0.0/1"], False),
        (["0.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2"], False),
        (["0.0.0.0/1", "no range", "1.2.3.4", "/", "0.0.0.0/99"], False),
        ([], False),
    ],
)
def test_ranges_that_are_everybody(ranges: list[str], answer: bool) -> None:
    assert everybody(ranges) is answer


@pytest.mark.parametrize("protocol", ["tcp", "TCP", "Tcp", "6"])
@pytest.mark.parametrize(("source", "verdict"), [("0.0.0.0/0", {"fail"}), ("10.0.0.0/8", set())])
def test_a_protocol_in_any_spelling(tmp_path: Path, protocol: str, source: str, verdict: set[str]) -> None:
    template = f"""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{{ IpProtocol: "{protocol}", FromPort: 22, ToPort: 22, CidrIp: {source} }}]
"""
    module = f"""\
resource "aws_security_group" "group" {{
  ingress {{
    protocol    = "{protocol}"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["{source}"]
  }}
}}
"""
    assert [set(each.values()) for each in both(tmp_path, SSH, template, module)] == [verdict, verdict]


def inline(*sources: str) -> str:
    rules = "".join(f"\n        - {{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {each} }}" for each in sources)
    return f"""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:{rules}
"""


def test_halves_in_rules_of_one_group_are_everybody(tmp_path: Path) -> None:
    halves = judge(tmp_path / "halves", inline("0.0.0.0/1", "128.0.0.0/1"), "cloudformation", SSH)
    offices = judge(tmp_path / "offices", inline("203.0.113.0/25", "203.0.113.128/25"), "cloudformation", SSH)
    one = judge(tmp_path / "one", inline("0.0.0.0/1", "10.0.0.0/8"), "cloudformation", SSH)

    assert by_address(halves, SSH) == {"Group": "fail"}
    assert (by_address(offices, SSH), by_address(one, SSH)) == ({}, {})


BESIDE = """\
resource "aws_security_group" "group" { name = "x" }
resource "aws_vpc_security_group_ingress_rule" "low" {
  security_group_id = aws_security_group.group.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/1"
}
resource "aws_vpc_security_group_ingress_rule" "high" {
  security_group_id = aws_security_group.%s.id
  ip_protocol       = "tcp"
  from_port         = %s
  to_port           = %s
  cidr_ipv4         = "128.0.0.0/1"
}
resource "aws_security_group" "other" { name = "y" }
"""


@pytest.mark.parametrize(
    ("group", "ports", "found"),
    [
        ("group", ("20", "30"), {"aws_security_group.group": "fail"}),
        ("group", ("443", "443"), {}),
        ("other", ("22", "22"), {}),
    ],
)
def test_halves_in_rules_beside_a_group_are_everybody(
    tmp_path: Path, group: str, ports: tuple[str, str], found: dict[str, str]
) -> None:
    assert by_address(judge(tmp_path, BESIDE % (group, *ports), "terraform", SSH), SSH) == found


def test_a_port_of_a_database_in_halves(tmp_path: Path) -> None:
    source = """\
resource "aws_security_group_rule" "database" {
  type              = "ingress"
  security_group_id = "sg-12345678"
  protocol          = "TCP"
  from_port         = 5432
  to_port           = 5432
  cidr_blocks       = ["0.0.0.0/1", "128.0.0.0/1"]
}
"""
    report = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports")

    assert [each.message.split(" is ")[0] for each in report.failing()] == ["PostgreSQL (port 5432)"]


QUEUE = """\
Resources:
  Queue: {{ Type: AWS::SQS::Queue }}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
            Condition: {{ IpAddress: {{ aws:SourceIp: {} }} }}
"""


@pytest.mark.parametrize(
    ("ranges", "verdict"),
    [
        ("[0.0.0.0/1, 128.0.0.0/1]", {"fail"}),
        ('["::/1", "8000::/1"]', {"fail"}),
        ("0.0.0.0/0", {"fail"}),
        ("[203.0.113.0/25, 203.0.113.128/25]", set()),
        ("0.0.0.0/1", {"fail"}),
        ("203.0.0.0/8", set()),
    ],
)
def test_a_condition_on_every_address_closes_nothing(tmp_path: Path, ranges: str, verdict: set[str]) -> None:
    report = judge(tmp_path, QUEUE.format(ranges), "cloudformation", "sqs-policy-public")

    assert set(by_address(report, "sqs-policy-public").values()) == verdict

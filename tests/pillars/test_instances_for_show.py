"""An instance that stands for something else: a machine outside AWS, or a part of an example."""

from pathlib import Path

import pytest

from helpers.reports import both, judge_files
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

PAIR = """\
resource "aws_instance" "node" {
  count = 2
  ami   = "ami-0a1"
}
"""
ACTIVATION = """
resource "aws_ssm_activation" "node" { iam_role = "hybrid" }
resource "local_file" "join" {
  filename = "join.sh"
  content  = "ssh ${aws_instance.node[0].public_ip} register ${aws_ssm_activation.node.id}; ssh ${aws_instance.node[1].public_ip}"
}
"""
TEMPLATE = """\
Resources:
  Node1:
    Type: AWS::EC2::Instance
    Properties: {{ ImageId: ami-0a1, UserData: !Base64 "{0}" }}
  Node2:
    Type: AWS::EC2::Instance
    Properties: {{ ImageId: ami-0a1, UserData: !Base64 "{0}" }}
"""
WEB = """\
resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  ami                         = "ami-0a1"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
"""


@pytest.mark.parametrize(
    ("script", "more", "verdict"),
    [
        ("echo hello", "", {"fail"}),
        ("amazon-ssm-agent -register -code 1 -id 2", ACTIVATION, set()),
    ],
)
def test_hybrid_nodes_are_not_for_an_auto_scaling_group(tmp_path: Path, script: str, more: str, verdict: set[str]) -> None:
    template, module = both(tmp_path, "ec2-standalone-instance", TEMPLATE.format(script), PAIR + more)

    assert (set(template.values()), set(module.values())) == (verdict, verdict)


@pytest.mark.parametrize(("folder", "severity"), [("", Severity.MEDIUM), ("examples/state/", Severity.LOW)])
def test_a_server_of_an_example_is_milder_and_the_remedy_names_all_parts(
    tmp_path: Path, folder: str, severity: Severity
) -> None:
    (finding,) = judge_files(tmp_path, {f"{folder}main.tf": WEB}, "ec2-behind-load-balancer").failing()

    assert finding.severity is severity
    for part in ("target group", "load balancer", "listener", "security group"):
        assert part in remedy(finding).text

"""An open port is as grave as the members of the group make it, and is called by their name."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity

DATABASE = """\
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Database
      SecurityGroupIngress: [{{ IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 0.0.0.0/0 }}]
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties: {{ Engine: aurora-postgresql, VpcSecurityGroupIds: [!Ref Open] }}
  Instance:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Cluster
      PubliclyAccessible: {public}
"""
MODULE = """\
resource "aws_security_group" "open" {{
  ingress {{
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_rds_cluster" "orders" {{
  engine                 = "aurora-postgresql"
  vpc_security_group_ids = [aws_security_group.open.id]
}}
resource "aws_rds_cluster_instance" "orders" {{
  cluster_identifier  = aws_rds_cluster.orders.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r7g.large"
  publicly_accessible = {public}
}}
"""
ENDPOINT = """\
resource "aws_security_group" "endpoints" {
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 8888
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_vpc_endpoint" "ssm" {
  vpc_id             = "vpc-0a1"
  service_name       = "com.amazonaws.eu-west-1.ssm"
  vpc_endpoint_type  = "Interface"
  security_group_ids = [aws_security_group.endpoints.id]
}
"""


@pytest.mark.parametrize(("public", "severity"), [("false", Severity.MEDIUM), ("true", Severity.HIGH)])
def test_an_aurora_cluster_without_public_addresses_is_milder(tmp_path: Path, public: str, severity: Severity) -> None:
    slug = "vpc-security-group-ingress-ports"
    found = [
        *judge(tmp_path / "cfn", DATABASE.format(public=public), "cloudformation", slug).failing(),
        *judge(tmp_path / "tf", MODULE.format(public=public), "terraform", slug).failing(),
    ]

    assert [each.severity for each in found] == [severity, severity]
    assert all(each.message.startswith("Aurora PostgreSQL (port 3306) is open") for each in found)


def test_interface_endpoints_do_not_listen_on_ports_of_administrators(tmp_path: Path) -> None:
    slugs = ("vpc-security-group-ingress-ssh", "vpc-security-group-ingress-rdp")
    (finding,) = judge(tmp_path, ENDPOINT, "terraform", *slugs).failing()

    assert finding.severity is Severity.LOW
    assert "Only interface endpoints use this group" in finding.message


PROXY = """\
resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "MYSQL"
  role_arn               = "arn:aws:iam::111122223333:role/orders"
  vpc_subnet_ids         = ["subnet-0a1"]
  vpc_security_group_ids = [aws_security_group.open.id]
  auth {}
}
"""
FUNCTION = """\
resource "aws_lambda_function" "orders" {
  vpc_config {
    subnet_ids         = ["subnet-0a1"]
    security_group_ids = [aws_security_group.open.id]
  }
}
"""


@pytest.mark.parametrize(
    ("members", "grade"),
    [
        (PROXY, (Severity.MEDIUM, False)),
        (FUNCTION, (Severity.LOW, True)),
        (FUNCTION + PROXY, (Severity.MEDIUM, False)),
    ],
)
def test_what_has_private_addresses_only_is_milder_and_what_only_calls_out_is_advice(
    tmp_path: Path, members: str, grade: tuple[Severity, bool]
) -> None:
    group = MODULE.format(public="true").split('resource "aws_rds_cluster"')[0]
    (finding,) = judge(tmp_path, group + members, "terraform", "vpc-security-group-ingress-ports").failing()

    assert (finding.severity, finding.is_advice) == grade

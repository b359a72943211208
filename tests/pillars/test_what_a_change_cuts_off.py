"""What a finding says of others that a change at its place would cut off, and how severe it is where nobody can use the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from wa_iac.report.listing import remedy

GROUP = """
resource "aws_security_group" "{name}" {{
  ingress {{
    protocol    = "tcp"
    from_port   = {port}
    to_port     = {port}
    cidr_blocks = var.clients
  }}
}}
"""
CLIENTS = 'variable "clients" {\n  default = ["0.0.0.0/0"]\n}\n'


def test_a_range_of_several_groups_is_not_changed_for_one_of_them(tmp_path: Path) -> None:
    source = CLIENTS + GROUP.format(name="site", port=80) + GROUP.format(name="data", port=3306)
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").failing()
    assert "also opens port 80 of aws_security_group.site" in remedy(finding)


def test_the_readers_of_an_elastic_address_are_named(tmp_path: Path) -> None:
    source = """
resource "aws_instance" "app" {
  subnet_id = "subnet-1"
}
resource "aws_eip" "app" {
  instance = aws_instance.app.id
}
resource "null_resource" "setup" {
  triggers = { host = aws_eip.app.public_ip }
}
output "address" {
  value = aws_eip.app.public_ip
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "ec2-public-ip").failing()
    assert "First give null_resource.setup another way" in remedy(finding)
    assert "output.address is empty" in remedy(finding)


@pytest.mark.parametrize(("version", "rotates"), [("4.0.10", False), ("5.0.6", True)])
def test_a_token_is_changed_only_by_engines_that_can(tmp_path: Path, version: str, rotates: bool) -> None:
    source = f"""
Parameters:
  Token: {{ Type: String, NoEcho: true, Default: '' }}
Conditions:
  NoToken: !Equals [!Ref Token, '']
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: redis
      EngineVersion: '{version}'
      TransitEncryptionEnabled: true
      AuthToken: !If [NoToken, !Ref AWS::NoValue, !Ref Token]
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "elasticache-auth").failing()
    assert ("ROTATE" in remedy(finding)) == rotates
    assert '"Token"' in remedy(finding)


def test_a_secret_that_others_import_is_looked_at_first(tmp_path: Path) -> None:
    source = """
Resources:
  Password: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: { PasswordLength: 30 } } }
  Data:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${Password}:SecretString}}"
Outputs:
  Password: { Value: !Ref Password, Export: { Name: database-password } }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "secretsmanager-rotation").failing()
    assert "importing stacks first" in remedy(finding)


def test_a_domain_in_subnets_of_a_parameter_is_in_a_vpc(tmp_path: Path) -> None:
    source = """
Parameters:
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' }
Resources:
  Domain: { Type: AWS::OpenSearchService::Domain, Properties: { VPCOptions: { SubnetIds: !Ref Subnets } } }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "opensearch-https").failing()
    assert finding.severity.name == "MEDIUM"
    assert finding.is_advice  # its security groups are not known to let in HTTP


@pytest.mark.parametrize(
    ("folder", "public", "severity"), [("test", False, "MEDIUM"), ("test", True, "CRITICAL"), ("prod", False, "CRITICAL")]
)
def test_the_password_of_a_fixture_is_milder(tmp_path: Path, folder: str, public: bool, severity: str) -> None:
    source = f"""
resource "aws_db_instance" "it" {{
  password            = "Tr0ub4dor-and-3"
  publicly_accessible = {str(public).lower()}
  skip_final_snapshot = true
}}
"""
    (finding,) = judge_files(tmp_path, {f"{folder}/main.tf": source}, "rds-plaintext-password").failing()
    assert finding.severity.name == severity


def test_tasks_of_a_schedule_have_no_address_by_default(tmp_path: Path) -> None:
    source = (
        GROUP.format(name="task", port=3306).replace("var.clients", '["0.0.0.0/0"]')
        + """
resource "aws_cloudwatch_event_target" "nightly" {
  ecs_target {
    network_configuration {
      subnets         = ["subnet-1"]
      security_groups = [aws_security_group.task.id]
    }
  }
}
module "off" {
  source          = "terraform-aws-modules/autoscaling/aws"
  create          = false
  security_groups = [aws_security_group.task.id]
}
"""
    )
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").failing()
    assert "nothing that uses it has a public IP address" in finding.message

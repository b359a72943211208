"""Conditions of rules that follow from what AWS documents about a service."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, verdicts
from wa_iac.core.finding import Finding


def found(folder: Path, source: str, slug: str) -> list[str]:
    return list(verdicts(folder, source, "terraform", slug).values())


def only(folder: Path, source: str, slug: str) -> Finding:
    """The one finding of a rule."""
    (each,) = judge(folder, source, "terraform", slug).failing()
    return each


def instance(engine: str, size: str = "db.m7g.large", more: str = "") -> str:
    return f'variable "given" {{}}\nresource "aws_db_instance" "it" {{\n  engine = "{engine}"\n  instance_class = "{size}"\n{more}\n}}\n'


@pytest.mark.parametrize(
    ("engine", "size", "verdict"),
    [
        ("mysql", "db.t4g.small", "not-applicable"),
        ("mariadb", "db.t3.micro", "not-applicable"),
        ("mysql", "db.t4g.medium", "fail"),
        ("postgres", "db.t4g.micro", "fail"),
        ("aurora-mysql", "db.t3.medium", "not-applicable"),
        ("aurora-mysql", "db.t4g.medium", "fail"),
        ("aurora-postgresql", "db.t3.medium", "fail"),
        ("db2-se", "db.m7g.large", "not-applicable"),
    ],
)
def test_database_insights_supports_classes_by_engine(tmp_path: Path, engine: str, size: str, verdict: str) -> None:
    expected = [verdict] if verdict == "fail" else []

    assert found(tmp_path, instance(engine, size), "rds-performance-insights") == expected


@pytest.mark.parametrize(("capacity", "verdict"), [("0.5", []), ("1.5", []), ("2", ["fail"]), ("var.given", ["unknown"])])
def test_database_insights_needs_two_capacity_units(tmp_path: Path, capacity: str, verdict: list[str]) -> None:
    source = f"""
variable "given" {{}}
resource "aws_rds_cluster" "it" {{
  engine = "aurora-postgresql"
  serverlessv2_scaling_configuration {{
    min_capacity = {capacity}
    max_capacity = 16
  }}
}}
resource "aws_rds_cluster_instance" "it" {{
  cluster_identifier = aws_rds_cluster.it.id
  engine             = "aurora-postgresql"
  instance_class     = "db.serverless"
}}
"""
    assert found(tmp_path, source, "rds-performance-insights") == verdict


@pytest.mark.parametrize(
    ("engine", "storage", "verdict"),
    [
        ("postgres", "storage_type = \"gp2\"\nallocated_storage = 100", ["fail"]),
        ("postgres", "storage_type = \"gp2\"\nallocated_storage = 3999", ["fail"]),
        ("postgres", "storage_type = \"gp2\"\nallocated_storage = 4000", []),
        ("sqlserver-se", "storage_type = \"gp2\"\nallocated_storage = 999", ["fail"]),
        ("sqlserver-se", "storage_type = \"gp2\"\nallocated_storage = 1000", []),
        ("postgres", "storage_type = \"gp2\"\nallocated_storage = var.given", ["unknown"]),
        ("postgres", "storage_type = \"io1\"\nallocated_storage = 399\niops = 12000", []),
        ("postgres", "storage_type = \"io1\"\nallocated_storage = 400\niops = 12000", ["fail"]),
        ("oracle-se2", "storage_type = \"io2\"\nallocated_storage = 200\niops = 12000", ["fail"]),
        ("sqlserver-se", "storage_type = \"io1\"\nallocated_storage = 400\niops = 12000", []),
        ("sqlserver-se", "storage_type = \"io1\"\nallocated_storage = 400\niops = 3000", ["fail"]),
        ("postgres", "storage_type = \"io1\"\nallocated_storage = 400\niops = 12001", []),
    ],
)  # fmt: skip
def test_gp3_includes_iops_by_engine_and_size(tmp_path: Path, engine: str, storage: str, verdict: list[str]) -> None:
    assert found(tmp_path, instance(engine, more=storage), "rds-gp3") == verdict


@pytest.mark.parametrize(("engine", "verdict"), [("valkey", ["fail"]), ("redis", ["fail"])])
def test_encryption_in_transit_is_off_by_default(tmp_path: Path, engine: str, verdict: list[str]) -> None:
    source = f'resource "aws_elasticache_replication_group" "it" {{\n  engine = "{engine}"\n}}\n'

    assert found(tmp_path / "transit", source, "elasticache-encryption-in-transit") == verdict
    assert found(tmp_path / "rest", source, "elasticache-encryption-at-rest") == ([] if engine == "valkey" else verdict)


def test_rds_custom_accepts_no_automatic_upgrades_and_is_always_encrypted(tmp_path: Path) -> None:
    off = "auto_minor_version_upgrade = false"

    assert found(tmp_path / "upgrades", instance("custom-oracle-ee", more=off), "rds-minor-upgrades") == []
    assert found(tmp_path / "others", instance("oracle-ee", more=off), "rds-minor-upgrades") == ["fail"]
    assert found(tmp_path / "encryption", instance("custom-sqlserver-se"), "rds-encryption") == []
    assert found(tmp_path / "unencrypted", instance("sqlserver-se"), "rds-encryption") == ["fail"]


def test_rds_custom_for_sql_server_has_a_standby(tmp_path: Path) -> None:
    assert found(tmp_path / "server", instance("custom-sqlserver-se"), "rds-multi-az") == ["fail"]
    assert found(tmp_path / "oracle", instance("custom-oracle-ee"), "rds-multi-az") == []


def test_a_cluster_in_terraform_has_an_argument_for_upgrades(tmp_path: Path) -> None:
    source = 'resource "aws_rds_cluster" "it" {\n  engine = "aurora-postgresql"\n  auto_minor_version_upgrade = VALUE\n}\n'

    assert found(tmp_path / "off", source.replace("VALUE", "false"), "rds-minor-upgrades") == ["fail"]
    assert found(tmp_path / "on", source.replace("VALUE", "true"), "rds-minor-upgrades") == []


@pytest.mark.parametrize(
    ("runtime", "verdict"),
    [
        ("java17.al2023", ["fail"]),
        ("python3.14", ["fail"]),
        ("nodejs12.x", []),
        ("go1.x", []),
        ("provided.al2023", []),
        ("new9", []),
    ],
)
def test_only_runtimes_that_also_run_on_arm64_are_advised_to_move(tmp_path: Path, runtime: str, verdict: list[str]) -> None:
    source = f'resource "aws_lambda_function" "it" {{\n  function_name = "it"\n  runtime = "{runtime}"\nMORE\n}}\n'

    assert found(tmp_path / "lambda", source.replace("MORE", ""), "lambda-arm64") == verdict
    provider = 'capacity_provider_config {\n  lambda_managed_instances_capacity_provider_config {\n    capacity_provider_arn = "arn"\n  }\n}'
    assert found(tmp_path / "instances", source.replace("MORE", provider), "lambda-arm64") == []


ROLE = """
resource "aws_iam_policy" "it" {{
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}]
  }})
}}
"""


@pytest.mark.parametrize(
    ("actions", "consequence"),
    [
        ('["lambda:UpdateFunctionCode"]', "with the role of any function"),
        ('["cloudformation:UpdateStack"]', "with the role of that stack"),
        ('["codebuild:StartBuild"]', "with the role of any build project"),
    ],
)
def test_access_to_existing_roles_is_milder_and_less_certain(tmp_path: Path, actions: str, consequence: str) -> None:
    each = only(tmp_path, ROLE.format(actions=actions), "iam-privilege-escalation")

    assert consequence in each.message
    assert each.message.endswith("can then do whatever that role allows.")
    assert each.is_advice


@pytest.mark.parametrize(
    "actions",
    [
        '["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"]',
        '["iam:PassRole", "glue:CreateSession", "glue:RunStatement"]',
        '["iam:PassRole", "bedrock-agentcore:*CodeInterpreter*"]',
        '["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"]',
    ],
)
def test_passing_any_role_to_something_that_runs_code_is_one_finding(tmp_path: Path, actions: str) -> None:
    each = only(tmp_path, ROLE.format(actions=actions), "iam-privilege-escalation")

    assert each.message.endswith("can then do anything in the account.")
    assert not each.is_advice


def test_jobs_that_manage_the_users_of_the_host_stay_there(tmp_path: Path) -> None:
    source = 'resource "aws_instance" "it" {\n  user_data = "#!/bin/bash\\necho \\"0 3 * * * root COMMAND\\" >> /etc/crontab\\n"\n}\n'

    assert found(tmp_path / "users", source.replace("COMMAND", "/opt/sync-useradd.sh"), "compute-self-hosted-cron") == []
    assert found(tmp_path / "work", source.replace("COMMAND", "/opt/report.sh"), "compute-self-hosted-cron") == ["fail"]


def test_a_secret_of_a_partner_is_rotated_by_secrets_manager(tmp_path: Path) -> None:
    source = """
resource "aws_secretsmanager_secret" "it" {
  name = "orders"
  MORE
}
resource "aws_secretsmanager_secret_version" "it" {
  secret_id     = aws_secretsmanager_secret.it.id
  secret_string = jsonencode({ engine = "postgres", host = "orders.example.com", username = "orders", password = "given" })
}
"""
    partner = source.replace("MORE", 'type = "SnowflakeKeyPairAuthentication"')

    assert found(tmp_path / "own", source.replace("MORE", ""), "secretsmanager-rotation") == ["fail"]
    assert found(tmp_path / "partner", partner, "secretsmanager-rotation") == []


SERVICE = 'resource "aws_ecs_service" "it" {\n  name = "it"\n  desired_count = 2\n  deployment_circuit_breaker {\n    enable = ON\n    rollback = false\n  }\n}\n'


@pytest.mark.parametrize(("on", "words"), [("true", "does not roll it back"), ("false", "is retried again and again")])
def test_a_circuit_breaker_without_rollback_ends_the_deployment(tmp_path: Path, on: str, words: str) -> None:
    each = only(tmp_path, SERVICE.replace("ON", on), "ecs-deployment-circuit-breaker")

    assert words in each.message


@pytest.mark.parametrize(("status", "versions"), [("Enabled", True), ("Suspended", False), (None, False)])
def test_versions_are_named_only_where_a_bucket_has_them(tmp_path: Path, status: str | None, versions: bool) -> None:
    source = 'resource "aws_s3_bucket" "it" {}\n'
    if status:
        source += (
            'resource "aws_s3_bucket_versioning" "it" {\n  bucket = aws_s3_bucket.it.id\n'
            f'  versioning_configuration {{\n    status = "{status}"\n  }}\n}}\n'
        )
    each = only(tmp_path, source, "s3-lifecycle")

    assert ("every version" in each.message) is versions


@pytest.mark.parametrize(("zones", "verdict"), [(("a", "a"), ["fail"]), (("a", "b"), [])])
def test_managed_instances_of_lambda_need_two_zones(tmp_path: Path, zones: tuple[str, str], verdict: list[str]) -> None:
    subnets = "".join(
        f'resource "aws_subnet" "s{number}" {{\n  vpc_id = "vpc-0a1"\n  availability_zone = "eu-west-1{zone}"\n}}\n'
        for number, zone in enumerate(zones)
    )
    source = f"""{subnets}
resource "aws_lambda_capacity_provider" "it" {{
  name = "it"
  vpc_config {{
    subnet_ids         = [aws_subnet.s0.id, aws_subnet.s1.id]
    security_group_ids = ["sg-0a1"]
  }}
}}
"""
    assert found(tmp_path, source, "lambda-multi-az") == verdict

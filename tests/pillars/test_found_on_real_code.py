"""Findings fit the code that they are about: their remedies, their severity and their confidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, judge, verdicts
from wa_iac.core.declared import Dialect
from wa_iac.core.finding import Finding
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy


def only(tmp_path: Path, source: str, dialect: Dialect, slug: str) -> Finding:
    (found,) = [each for each in judge(tmp_path, source, dialect, slug).findings if each.rule.slug == slug]
    assert found.verdict == "fail"
    return found


QUEUE = """
variable "seconds" { default = 40 }
resource "aws_sqs_queue" "jobs" { visibility_timeout_seconds = %s }
resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  timeout       = var.seconds
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
"""


def test_a_timeout_that_the_queue_shares_with_the_function_is_multiplied_at_the_queue(tmp_path: Path) -> None:
    shared = only(tmp_path / "shared", QUEUE % "var.seconds", "terraform", "lambda-sqs-visibility-timeout")
    own = only(tmp_path / "own", QUEUE % "40", "terraform", "lambda-sqs-visibility-timeout")

    assert "visibility_timeout_seconds = 6 * <" in str(shared.instead)
    assert own.instead == ""


NODES = """
resource "aws_launch_template" "node" { user_data = base64encode(%s) }
resource "aws_autoscaling_group" "nodes" {
  min_size = 2
  max_size = 6
  launch_template { id = aws_launch_template.node.id }
}
"""


@pytest.mark.parametrize(
    ("script", "verdict"),
    [
        ('"#!/bin/bash\\n/etc/eks/bootstrap.sh shop"', set()),
        ('"#!/bin/bash\\nsystemctl start kubelet"', set()),
        ('"apiVersion: node.eks.aws/v1alpha1"', set()),
        ('"#!/bin/bash\\n# no kubelet here\\nyum install -y nginx"', {"fail"}),
        ('"#!/bin/bash\\naws eks update-kubeconfig --name shop"', {"fail"}),
    ],
)
def test_nodes_of_kubernetes_are_known_by_their_script(tmp_path: Path, script: str, verdict: set[str]) -> None:
    report = judge(tmp_path, NODES % script, "terraform", "autoscaling-scaling-policy")
    assert {each.verdict for each in report.findings} == verdict


BUCKET = 'resource "aws_s3_bucket" "this" { bucket = "this" }\n'


@pytest.mark.parametrize(
    ("writer", "confidence"),
    [
        ("", Confidence.MEDIUM),
        ('resource "aws_cloudtrail" "all" { s3_bucket_name = aws_s3_bucket.this.id }', Confidence.LOW),
        ('resource "aws_flow_log" "all" { log_destination = aws_s3_bucket.this.arn }', Confidence.LOW),
        ('resource "aws_config_delivery_channel" "all" { s3_bucket_name = aws_s3_bucket.this.bucket }', Confidence.LOW),
        ('resource "aws_lb" "web" { access_logs {\n bucket = aws_s3_bucket.this.id\n } }', Confidence.LOW),
        (
            'resource "aws_kinesis_firehose_delivery_stream" "all" { extended_s3_configuration {\n'
            " bucket_arn = aws_s3_bucket.this.arn\n } }",
            Confidence.LOW,
        ),
    ],
)
def test_a_bucket_of_logs_is_less_certain_to_need_versions(tmp_path: Path, writer: str, confidence: Confidence) -> None:
    assert only(tmp_path, BUCKET + writer, "terraform", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("excluded", "severity"),
    [
        ('"iam:*", "organizations:*"', Severity.LOW),
        ('"iam:*", "organizations:*", "account:*"', Severity.LOW),
        ('"iam:*"', Severity.MEDIUM),
        ('"iam:*", "organizations:*", "s3:DeleteBucket"', Severity.MEDIUM),
    ],
)
def test_the_actions_of_power_users_are_a_milder_finding(tmp_path: Path, excluded: str, severity: Severity) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", NotAction = [{excluded}], Resource = "*" }}] }})'
    source = f'resource "aws_iam_policy" "all" {{ policy = {policy} }}'

    found = only(tmp_path, source, "terraform", "iam-allow-not-action")
    assert found.severity == severity
    assert ("PowerUserAccess" in found.message) == (severity == Severity.LOW)


ORIGIN = """
Parameters:
  Control: { Type: String, Default: "" }
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: files.s3.amazonaws.com
            %s
            S3OriginConfig: { OriginAccessIdentity: "" }
"""


def test_an_empty_default_decides_whether_cloudfront_signs_its_requests(tmp_path: Path) -> None:
    chosen = ORIGIN % "OriginAccessControlId: !Ref Control"
    switch = only(tmp_path / "default", chosen, "cloudformation", "cloudfront-origin-access-control")
    absent = only(tmp_path / "absent", ORIGIN % "OriginPath: /a", "cloudformation", "cloudfront-origin-access-control")

    assert (switch.confidence, absent.confidence) == (Confidence.LOW, Confidence.HIGH)
    assert switch.message.endswith('The default of parameter "Control" decides this.')


DATABASE = """
resource "aws_secretsmanager_secret" "database" { name = "database" }
resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ engine = "%s", host = "db", username = "app", password = "given-elsewhere" })
}
"""


@pytest.mark.parametrize(
    ("engine", "template"),
    [
        ("mysql", "SecretsManagerRDSMySQLRotation"),
        ("postgres", "SecretsManagerRDSPostgreSQLRotation"),
        ("aurora", "from AWS's template for the database's engine"),
    ],
)
def test_a_rotation_fits_the_engine_of_the_secret(tmp_path: Path, engine: str, template: str) -> None:
    found = only(tmp_path, DATABASE % engine, "terraform", "secretsmanager-rotation")
    assert found.subject is not None
    remedy = found.rule.remedy.for_resource(found.subject.resource, found.subject.graph)
    assert template in remedy.decision
    assert "aws_secretsmanager_secret_rotation" in str(remedy.tf)


@pytest.mark.parametrize(
    ("slug", "template", "module", "words"),
    [
        (
            "ecr-immutable-tags",
            "Resources: { Shop: { Type: AWS::ECR::Repository } }",
            'resource "aws_ecr_repository" "shop" { name = "shop" }',
            "IMMUTABLE_WITH_EXCLUSION",
        ),
        (
            "elasticache-encryption-in-transit",
            "Resources: { Shop: { Type: AWS::ElastiCache::ReplicationGroup, Properties: { Engine: redis } } }",
            'resource "aws_elasticache_replication_group" "shop" { engine = "redis" }',
            "preferred",
        ),
    ],
)
def test_a_remedy_names_the_second_way(tmp_path: Path, slug: str, template: str, module: str, words: str) -> None:
    assert [set(each.values()) for each in both(tmp_path, slug, template, module)] == [{"fail"}, {"fail"}]
    sources: tuple[tuple[Dialect, str], ...] = (("cloudformation", template), ("terraform", module))
    for dialect, source in sources:
        assert words in only(tmp_path / dialect, source, dialect, slug).rule.remedy.decision


PROVIDER = """
provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = %s
  endpoints {
    s3  = "%s"
    sqs = "http://localhost:4566"
  }
}
"""


@pytest.mark.parametrize(
    ("skips", "endpoint", "confidence"),
    [
        ("true", "http://localhost:4566", Confidence.LOW),
        ("true", "http://s3.localhost.localstack.cloud:4566", Confidence.LOW),
        ("true", "https://s3.eu-west-1.amazonaws.com", Confidence.MEDIUM),
        ("false", "http://localhost:4566", Confidence.MEDIUM),
    ],
)
def test_findings_on_an_emulator_are_less_certain(tmp_path: Path, skips: str, endpoint: str, confidence: Confidence) -> None:
    found = only(tmp_path, PROVIDER % (skips, endpoint) + BUCKET, "terraform", "s3-versioning")

    assert found.confidence == confidence
    assert ("emulator" in found.message) == (confidence == Confidence.LOW)


def test_nothing_in_an_emulator_is_grave(tmp_path: Path) -> None:
    volume = 'resource "aws_ebs_volume" "v" {\n  availability_zone = "eu-west-1a"\n  size = 8\n  encrypted = false\n}\n'
    found = only(tmp_path, PROVIDER % ("true", "http://localhost:4566") + volume, "terraform", "ebs-encryption")

    assert (found.severity, found.is_advice) == (Severity.MEDIUM, True)


@pytest.mark.parametrize(("folder", "is_advice"), [("tests/unit", True), ("test", True), ("src", False), ("latest", False)])
def test_what_a_test_makes_lives_for_minutes(tmp_path: Path, folder: str, is_advice: bool) -> None:
    """The names of directories above the scan do not matter."""
    (tmp_path / "tests" / "repository" / ".git").mkdir(parents=True)
    code = tmp_path / "tests" / "repository" / folder
    code.mkdir(parents=True)
    assert only(code, BUCKET, "terraform", "s3-versioning").is_advice is is_advice


@pytest.mark.parametrize(
    ("resource", "severity"), [("*", Severity.CRITICAL), ("arn:aws:s3:::reports/*", Severity.LOW)], ids=["all", "a bucket"]
)
def test_every_action_on_named_resources_is_less_grave_than_on_all(tmp_path: Path, resource: str, severity: Severity) -> None:
    policy = f'{{ Statement = [{{ Effect = "Allow", Action = "*", Resource = "{resource}" }}] }}'
    report = judge(
        tmp_path,
        f'resource "aws_iam_policy" "p" {{\n  policy = jsonencode({policy})\n}}\n',
        "terraform",
        "iam-wildcard-action",
        "iam-admin-policy",
    )

    assert [each.severity for each in report.failing()] == [severity]


def test_the_name_of_a_worker_does_not_say_that_it_serves_clients(tmp_path: Path) -> None:
    source = 'resource "aws_instance" "%s" {\n  ami           = "ami-1"\n  instance_type = "m7i.large"\n}\n'
    said = [verdicts(tmp_path / name, source % name, "terraform", "ec2-standalone-instance") for name in ("api", "worker")]

    assert said == [{"aws_instance.api": "fail"}, {}]


CLUSTER = """
resource "aws_rds_cluster" "orders" { engine = "aurora-postgresql" }
resource "aws_rds_cluster_instance" "this" {
  %s
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
"""


@pytest.mark.parametrize(
    ("repeated", "words"),
    [("count = 1", "raise its `count`"), ('for_each = toset(["a"])', "add a key"), ("", "Add an instance")],
)
def test_a_block_that_makes_one_instance_can_make_two(tmp_path: Path, repeated: str, words: str) -> None:
    advice = remedy(only(tmp_path, CLUSTER % repeated, "terraform", "rds-cluster-multi-az"))

    assert any(words in each for each in advice.sentences)
    assert bool(advice.code) is (repeated == "")


LIFECYCLE = """
resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    id     = "all"
    status = "Enabled"
    filter { %s }
    expiration { days = %s }
  }
}
"""


@pytest.mark.parametrize(
    ("prefix", "days", "confidence"),
    [("", 1, Confidence.LOW), ("", 90, Confidence.MEDIUM), ('prefix = "tmp/"', 1, Confidence.MEDIUM)],
)
def test_objects_that_are_deleted_within_a_week_need_no_versions(
    tmp_path: Path, prefix: str, days: int, confidence: Confidence
) -> None:
    found = only(tmp_path, BUCKET + LIFECYCLE % (prefix, days), "terraform", "s3-versioning")

    assert found.confidence == confidence


@pytest.mark.parametrize(("actions", "moves"), [('"iam:PassRole"', False), ('["iam:PassRole", "ecs:RunTask"]', True)])
def test_the_other_actions_of_a_statement_stay(tmp_path: Path, actions: str, moves: bool) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}] }})'
    source = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    advice = remedy(only(tmp_path, source, "terraform", "iam-pass-role-wildcard"))

    assert any("a statement of its own" in each for each in advice.sentences) is moves
    assert 'Action = "iam:PassRole"' in advice.code


DISTRIBUTION = """
resource "aws_cloudfront_distribution" "%s" {
  enabled = true
  origin {
    origin_id   = "files"
    domain_name = "%s"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "allow-all"
  }
}
"""


@pytest.mark.parametrize(
    ("name", "domain", "said"),
    [
        ("crl", "files.example.com", {}),
        ("public", "ocsp.example.com", {}),
        ("pkis", "files.example.com", {"aws_cloudfront_distribution.pkis": "fail"}),
    ],
)
def test_revocation_lists_are_fetched_over_http(tmp_path: Path, name: str, domain: str, said: dict[str, str]) -> None:
    assert verdicts(tmp_path, DISTRIBUTION % (name, domain), "terraform", "cloudfront-viewer-https") == said


@pytest.mark.parametrize(("size", "changes"), [("db.t2.micro", True), ("db.t3.micro", False)])
def test_a_class_that_rds_cannot_encrypt_changes_too(tmp_path: Path, size: str, changes: bool) -> None:
    database = f'resource "aws_db_instance" "it" {{\n  engine         = "mysql"\n  instance_class = "{size}"\n}}\n'
    said = " ".join(remedy(only(tmp_path, database, "terraform", "rds-encryption")).sentences)

    assert (f"RDS does not encrypt the class {size}" in said, "restore the database" in said) == (changes, True)


@pytest.mark.parametrize(("name", "is_advice"), [("packer", True), ("shop", False)])
def test_a_network_that_builds_images_can_wait_for_its_zone(tmp_path: Path, name: str, is_advice: bool) -> None:
    network = f"""
resource "aws_vpc" "{name}" {{ cidr_block = "10.0.0.0/16" }}
resource "aws_subnet" "one" {{
  vpc_id            = aws_vpc.{name}.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}}
"""
    assert only(tmp_path, network, "terraform", "vpc-multi-az-subnets").is_advice is is_advice


GROUP = """
variable "nodes" { default = 1 }
resource "aws_autoscaling_group" "it" {
  min_size          = var.nodes
  max_size          = %s
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/it/0123456789abcdef"]
}
"""


@pytest.mark.parametrize(("most", "depends"), [("var.nodes", True), ("4", False)])
def test_a_fixed_size_may_be_that_of_software_that_runs_once(tmp_path: Path, most: str, depends: bool) -> None:
    said = " ".join(remedy(only(tmp_path, GROUP % most, "terraform", "autoscaling-min-capacity")).sentences)

    assert ("If the software can run on several instances" in said) is depends


@pytest.mark.parametrize(
    ("description", "said"),
    [("Logins, as in 192.0.2.1,admin,pass-word", {}), ("Logins of the firewalls", {"parameter.Passwords": "fail"})],
)
def test_a_default_that_the_description_shows_is_an_example(tmp_path: Path, description: str, said: dict[str, str]) -> None:
    template = f"""
Parameters:
  Passwords:
    Type: String
    NoEcho: true
    Default: 192.0.2.1,admin,pass-word
    Description: {description}
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
"""
    assert verdicts(tmp_path, template, "cloudformation", "cloudformation-plaintext-secrets") == said


@pytest.mark.parametrize(("replica", "managed"), [("", True), ("SourceDBInstanceIdentifier: !Ref Main", False)])
def test_rds_cannot_manage_the_password_of_a_database_with_replicas(tmp_path: Path, replica: str, managed: bool) -> None:
    template = f"""
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties: {{GenerateSecretString: {{PasswordLength: 32}}}}
  Main:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MasterUsername: admin
      MasterUserPassword: !Sub "{{{{resolve:secretsmanager:${{Password}}}}}}"
  Other:
    Type: AWS::RDS::DBInstance
    Properties: {{Engine: mysql, {replica}}}
"""
    said = " ".join(remedy(only(tmp_path, template, "cloudformation", "secretsmanager-rotation")).sentences)

    assert ("set ManageMasterUserPassword" in said, "read replicas" in said) == (managed, not managed)


@pytest.mark.parametrize(
    ("actions", "words", "kind"),
    [
        ('["iam:AttachUserPolicy", "iam:ListUsers"]', "statement of its own", "users"),
        ('["iam:PutRolePolicy"]', "", "roles"),
        ('["iam:CreatePolicyVersion"]', "", "policies"),
    ],
)
def test_an_escalation_is_limited_to_the_resources_of_its_action(tmp_path: Path, actions: str, words: str, kind: str) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = ["*"] }}] }})'
    source = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    advice = remedy(only(tmp_path, source, "terraform", "iam-privilege-escalation"))

    assert words in " ".join(advice.sentences)
    assert advice.code == f"Resource = <the {kind} it needs>"


READERS = """
resource "aws_s3_bucket" "%s" {}
resource "aws_s3_bucket_policy" "it" {
  bucket = aws_s3_bucket.%s.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "%s", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("name", "action", "severity"),
    [
        ("static_assets", "s3:GetObject", Severity.HIGH),
        ("static_assets", "s3:*", Severity.CRITICAL),
        ("payroll", "s3:GetObject", Severity.CRITICAL),
    ],
)
def test_objects_that_are_published_on_purpose_are_a_milder_finding(
    tmp_path: Path, name: str, action: str, severity: Severity
) -> None:
    found = only(tmp_path, READERS % (name, name, action), "terraform", "s3-policy-public")

    assert found.severity == severity
    assert ("If the objects are for everyone" in remedy(found).text) == (severity == Severity.HIGH)


@pytest.mark.parametrize(("nodes", "adds"), [("1", True), ("2", False)])
def test_a_cache_of_one_node_needs_another_to_fail_over(tmp_path: Path, nodes: str, adds: bool) -> None:
    cache = f'resource "aws_elasticache_replication_group" "it" {{\n  num_cache_clusters = {nodes}\n}}\n'
    code = remedy(only(tmp_path, cache, "terraform", "elasticache-multi-az")).code

    assert ("automatic_failover_enabled" in code, "num_cache_clusters" in code) == (True, adds)

"""Remedies fit the code that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, only_fault
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

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
    shared = only_fault(tmp_path / "shared", QUEUE % "var.seconds", "terraform", "lambda-sqs-visibility-timeout")
    own = only_fault(tmp_path / "own", QUEUE % "40", "terraform", "lambda-sqs-visibility-timeout")

    assert "visibility_timeout_seconds = 6 * (<" in str(shared.instead)
    assert "visibility_timeout_seconds = 240" in str(own.instead)


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
    found = only_fault(tmp_path, DATABASE % engine, "terraform", "secretsmanager-rotation")
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
        assert words in only_fault(tmp_path / dialect, source, dialect, slug).rule.remedy.decision


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
    advice = remedy(only_fault(tmp_path, CLUSTER % repeated, "terraform", "rds-cluster-multi-az"))

    assert any(words in each for each in advice.sentences)
    assert bool(advice.code) is (repeated == "")


@pytest.mark.parametrize(("actions", "moves"), [('"iam:PassRole"', False), ('["iam:PassRole", "ecs:RunTask"]', True)])
def test_the_other_actions_of_a_statement_stay(tmp_path: Path, actions: str, moves: bool) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}] }})'
    source = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    advice = remedy(only_fault(tmp_path, source, "terraform", "iam-pass-role-wildcard"))

    assert any("a statement of its own" in each for each in advice.sentences) is moves
    assert 'Action = "iam:PassRole"' in advice.code


@pytest.mark.parametrize(("size", "changes"), [("db.t2.micro", True), ("db.t3.micro", False)])
def test_a_class_that_rds_cannot_encrypt_changes_too(tmp_path: Path, size: str, changes: bool) -> None:
    database = f'resource "aws_db_instance" "it" {{\n  engine         = "mysql"\n  instance_class = "{size}"\n}}\n'
    said = " ".join(remedy(only_fault(tmp_path, database, "terraform", "rds-encryption")).sentences)

    assert (f"RDS does not encrypt the class {size}" in said, "name that copy in snapshot_identifier" in said) == (
        changes,
        True,
    )


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
    said = " ".join(remedy(only_fault(tmp_path, GROUP % most, "terraform", "autoscaling-min-capacity")).sentences)

    assert ("If the software can run on several instances" in said) is depends


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
    said = " ".join(remedy(only_fault(tmp_path, template, "cloudformation", "secretsmanager-rotation")).sentences)

    assert ("set ManageMasterUserPassword" in said, "read replicas" in said) == (managed, not managed)


@pytest.mark.parametrize(
    ("actions", "words", "kind"),
    [
        ('["iam:AttachUserPolicy", "iam:ListUsers"]', "statement of its own", "users"),
        ('["iam:PutRolePolicy"]', "Leave out its own roles", "roles"),
        ('["iam:CreatePolicyVersion"]', "Leave out the policies that it has itself", "policies"),
    ],
)
def test_an_escalation_is_limited_to_the_resources_of_its_action(tmp_path: Path, actions: str, words: str, kind: str) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = ["*"] }}] }})'
    source = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    advice = remedy(only_fault(tmp_path, source, "terraform", "iam-privilege-escalation"))

    assert words in " ".join(advice.sentences)
    assert advice.code == f"Resource = <the {kind} it needs>"


@pytest.mark.parametrize(("nodes", "adds"), [("1", True), ("2", False)])
def test_a_cache_of_one_node_needs_another_to_fail_over(tmp_path: Path, nodes: str, adds: bool) -> None:
    cache = f'resource "aws_elasticache_replication_group" "it" {{\n  num_cache_clusters = {nodes}\n}}\n'
    code = remedy(only_fault(tmp_path, cache, "terraform", "elasticache-multi-az")).code

    assert ("automatic_failover_enabled" in code, "num_cache_clusters" in code) == (True, adds)


def test_instances_that_a_zone_places_move_by_their_zone(tmp_path: Path) -> None:
    one = 'resource "aws_instance" "{name}" {{\n  ami               = "ami-0a1"\n  availability_zone = "eu-west-1a"\n  tags = {{ Name = "web" }}\n}}\n'
    found = only_fault(tmp_path, one.format(name="web1") + one.format(name="web2"), "terraform", "ec2-multi-az")

    assert remedy(found).code == 'availability_zone = "<another zone>"'


def test_a_service_that_scales_keeps_the_tasks_that_it_has(tmp_path: Path) -> None:
    source = """\
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "front"
  task_definition = "web:1"
  desired_count   = 6
}
"""
    code = remedy(only_fault(tmp_path, source, "terraform", "ecs-service-autoscaling")).code

    assert "min_capacity       = 6" in code
    assert "max_capacity       = 12" in code


def test_a_listener_that_a_default_leaves_out_is_not_added_again(tmp_path: Path) -> None:
    source = """
Parameters:
  Certificate: {Type: String, Default: ""}
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-0a1, subnet-0b2]}}
  Plain:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
  Safe:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: HasCertificate
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 443
      Protocol: HTTPS
      Certificates: [{CertificateArn: !Ref Certificate}]
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
"""
    made = remedy(only_fault(tmp_path, source, "cloudformation", "elb-listener-tls"))

    assert made.code == ""
    assert made.text == (
        'The default of parameter "Certificate" leaves out Safe, which serves HTTPS: set it, with what that takes, such as a certificate for the '
        "domain. If this listener exists then too, let it redirect to that one (an action of the type redirect)."
    )


@pytest.mark.parametrize(("node", "other"), [("cache.t2.micro", "cache.t4g.micro"), ("cache.t3.micro", "")])
def test_a_group_that_is_made_again_needs_nodes_that_aws_still_makes(tmp_path: Path, node: str, other: str) -> None:
    group = f'resource "aws_elasticache_replication_group" "it" {{\n  engine_version = "7.1"\n  node_type = "{node}"\n}}\n'
    advice = remedy(only_fault(tmp_path, group, "terraform", "elasticache-encryption-at-rest"))
    said = " ".join(advice.sentences)

    assert ("makes no new groups" in said) is bool(other)
    assert other in said
    assert advice.code == "at_rest_encryption_enabled = true"


SHARED = """
resource "aws_security_group" "shared" {
  name = "shared"
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["144.76.186.39/32", "195.201.172.195/32", "10.0.0.0/8"]
  }
}
resource "aws_db_parameter_group" "shared" {
  family = "postgres16"
  parameter {
    name  = "%s"
    value = "0"
  }
}
resource "aws_db_instance" "shared" {
  engine                 = "postgres"
  engine_version         = "%s"
  publicly_accessible    = true
  parameter_group_name   = aws_db_parameter_group.shared.name
  vpc_security_group_ids = [aws_security_group.shared.id]
}
"""


def test_the_addresses_of_one_statement_are_one_finding(tmp_path: Path) -> None:
    found = only_fault(tmp_path, SHARED % ("log_statement", "16.8"), "terraform", "rds-security-group-source")

    assert "the public IP addresses 144.76.186.39/32 and 195.201.172.195/32." in found.message


@pytest.mark.parametrize(
    ("parameter", "version", "required"),
    [("log_statement", "16.8", True), ("log_statement", "14.9", False), ("rds.force_ssl", "16.8", False)],
)
def test_tls_that_a_version_requires_is_no_advice(tmp_path: Path, parameter: str, version: str, required: bool) -> None:
    advice = remedy(only_fault(tmp_path, SHARED % (parameter, version), "terraform", "rds-security-group-source"))

    assert any("requires TLS of every connection already" in each for each in advice.sentences) is required
    assert any("and require TLS" in each for each in advice.sentences) is not required

"""Nobody protects what is for development or tests against every loss: the paths of files tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault
from wa_iac.core.declared import Dialect

RULES = ("rds-backup-retention", "rds-deletion-protection", "rds-cluster-multi-az")
CLUSTER = """
resource "aws_rds_cluster" "orders" {
  engine            = "aurora-mysql"
  storage_encrypted = true
}

resource "aws_rds_cluster_instance" "first" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
  instance_class     = "db.r7g.large"
}
"""


@pytest.mark.parametrize(
    ("folder", "advice"),
    [("staging", True), ("dev-eu", True), ("feature-branch", True), ("features", False), ("live", False), ("devices", False)],
)
def test_the_environment_of_a_call_decides(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    files = {f"{folder}/main.tf": 'module "orders" {\n  source = "../modules/orders"\n}\n', "modules/orders/main.tf": CLUSTER}
    found = judge_files(tmp_path, files, *RULES).failing()

    assert {each.rule.slug: each.is_advice for each in found} == dict.fromkeys(RULES, advice)


SERVERS = """
resource "aws_instance" "web" {
  count         = 2
  ami           = "ami-12345678"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.one.id
}

resource "aws_lb_target_group_attachment" "web" {
  count            = 2
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web[count.index].id
}

resource "aws_subnet" "one" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lb" "web" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.one.id]
}

resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  target_group_arns   = [aws_lb_target_group.web.arn]

  instance_refresh {
    strategy = "Rolling"
  }

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0a1"
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  desired_count   = 1
  task_definition = aws_ecs_task_definition.orders.arn

  network_configuration {
    subnets = [aws_subnet.one.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "orders"
    container_port   = 80
  }
}

resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "orders", image = "orders:1" }])
}

resource "aws_ecs_service" "items" {
  name          = "items"
  desired_count = 3

  load_balancer {
    target_group_arn = aws_lb_target_group.items.arn
    container_name   = "items"
    container_port   = 80
  }
}

resource "aws_lb_target_group" "items" {
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0a1"
}

resource "aws_lb_listener" "items" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.items.arn
  }
}

resource "aws_elasticache_replication_group" "carts" {
  replication_group_id = "carts"
  description          = "carts"
  num_cache_clusters   = 1
}

resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 14
  skip_final_snapshot     = true
}
"""
OF_SEVERAL = (
    *("ec2-multi-az", "elb-multi-az", "autoscaling-min-capacity", "autoscaling-scaling-policy", "ecs-service-multiple-tasks"),
    *("ecs-service-autoscaling", "elasticache-multi-az", "rds-multi-az"),
    *("autoscaling-elb-health-check", "ecs-deployment-circuit-breaker", "workload-stateful-deletion-policy"),
)


@pytest.mark.parametrize(("folder", "advice"), [("05_VPC_demo_NLB", True), ("05_VPC_NLB", False)])
def test_a_demonstration_needs_no_second_one_of_anything(tmp_path: Path, folder: str, advice: bool) -> None:
    found = judge_files(tmp_path, {f"{folder}/main.tf": SERVERS}, *OF_SEVERAL).failing()

    assert {each.rule.slug: each.is_advice for each in found} == dict.fromkeys(OF_SEVERAL, advice)


SUBSTITUTED = """
Parameters:
  Application: { Type: String, Default: shop }
  Environment: { Type: String, Default: %s }
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      BackupRetentionPeriod: 14
      DBInstanceIdentifier: !Sub "${Application}-%s-db"
      Tags: [{ Key: Environment, Value: !Sub "%s" }]
"""
NAMED = """
variable "environment" { default = "%s" }
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 14
  identifier              = "shop-%s-db"
  tags                    = { Environment = "%s" }
}
"""


@pytest.mark.parametrize(
    ("dialect", "source", "part"),
    [("cloudformation", SUBSTITUTED, "${Environment}"), ("terraform", NAMED, "${var.environment}")],
)
def test_a_default_within_a_name_is_no_proof_of_an_environment(
    tmp_path: Path, dialect: Dialect, source: str, part: str
) -> None:
    """The same code may be deployed for production; a name that is written so is not."""
    by_default = only_fault(tmp_path / "default", source % ("dev", part, part), dialect, "rds-multi-az")
    written = only_fault(tmp_path / "written", source % ("dev", "dev", part), dialect, "rds-multi-az")

    assert (by_default.is_advice, written.is_advice) == (False, True)


def test_neither_is_a_default_beside_something_unknown_in_a_text_that_others_use(tmp_path: Path) -> None:
    source = """
data "aws_caller_identity" "here" {}
variable "environment" { default = "dev" }
locals { prefix = "${data.aws_caller_identity.here.account_id}-${%s}" }
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 14
  identifier              = "orders-${local.prefix}"
}
"""
    by_default = only_fault(tmp_path / "default", source % "var.environment", "terraform", "rds-multi-az")
    written = only_fault(tmp_path / "written", source % '"dev"', "terraform", "rds-multi-az")

    assert (by_default.is_advice, written.is_advice) == (False, True)


SHOWN = """
resource "aws_ecs_service" "client" {
  name            = "client"
  task_definition = aws_ecs_task_definition.client.arn
  desired_count   = %s

  load_balancer {
    target_group_arn = aws_lb_target_group.front.arn
    container_name   = "client"
    container_port   = 80
  }
}

resource "aws_lb_target_group" "front" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1"
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }
}

resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_ecs_task_definition" "client" {
  family                = "client"
  container_definitions = jsonencode([{ name = "client", image = "example.com/tools/%s:v1" }])
}
"""


@pytest.mark.parametrize(
    ("image", "advice"),
    [("fake-service", True), ("http-echo", True), ("hello-world", True), ("orders", False), ("othello", False)],
)
def test_an_image_that_stands_for_a_program_needs_no_second_task(tmp_path: Path, image: str, advice: bool) -> None:
    for tasks, slug in (("1", "ecs-service-multiple-tasks"), ("3", "ecs-service-autoscaling")):
        rules = (slug, "ecs-deployment-circuit-breaker")
        found = judge(tmp_path, SHOWN % (tasks, image), "terraform", *rules).failing()

        assert {each.rule.slug: each.is_advice for each in found} == dict.fromkeys(rules, advice)


def test_directories_above_the_repository_name_no_environment(tmp_path: Path) -> None:
    repository = tmp_path / "test"
    (repository / ".git").mkdir(parents=True)
    found = judge_files(repository, {"main.tf": SERVERS, "staging/main.tf": SERVERS}, "rds-multi-az").failing()

    assert [each.is_advice for each in sorted(found, key=lambda each: each.span.path)] == [False, True]


@pytest.mark.parametrize(
    ("name", "advice"), [("test", False), ("test_orders", True), ("orders", False)], ids=["a sample", "for tests", "no word"]
)
def test_the_name_of_a_sample_is_no_environment(tmp_path: Path, name: str, advice: bool) -> None:
    """What shows something is called `test` in half of all examples."""
    source = f'resource "aws_db_instance" "{name}" {{\n  engine = "postgres"\n  backup_retention_period = 14\n}}\n'

    assert only_fault(tmp_path, source, "terraform", "rds-multi-az").is_advice is advice


@pytest.mark.parametrize(("folder", "advice"), [("examples/orders", True), ("orders", False)])
def test_an_example_decides_the_number_of_instances(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    code = CLUSTER.replace('"first" {', '"first" {\n  count              = var.instances') + 'variable "instances" {}\n'
    up = "../" * len(folder.split("/"))
    call = f'module "orders" {{\n  source    = "{up}modules/orders"\n  instances = 1\n}}\n'
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": call, "modules/orders/main.tf": code}, RULES[2]).failing()

    assert found.is_advice is advice


@pytest.mark.parametrize(
    ("description", "advice"),
    [
        ("A site for development.", True),
        ("Resources for local testing", True),
        ("Builds for testing pipelines", False),
        ("A site", False),
    ],
)
def test_a_description_says_what_a_template_is_for(tmp_path: Path, description: str, advice: bool) -> None:
    template = f"""
Description: {description}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - {{ Id: api, DomainName: api.example.com, CustomOriginConfig: {{ OriginProtocolPolicy: https-only }} }}
        DefaultCacheBehavior: {{ TargetOriginId: api, ViewerProtocolPolicy: https-only }}
"""
    (found,) = judge(tmp_path, template, "cloudformation", "cloudfront-access-logging").failing()

    assert ("by the description" in found.message) is advice

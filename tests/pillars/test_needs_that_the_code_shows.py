"""What else a change needs, or takes along, as far as the code shows it: no reader is told of a language, an engine or a launch type that is not
theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy


def remedy_in(tmp_path: Path, source: str, rule: str) -> str:
    is_template = "Resources:" in source
    return only_remedy(judge(tmp_path, source, "cloudformation" if is_template else "terraform", rule))


TASK = """
resource "aws_ecs_task_definition" "web" {{
  family                   = "web"
  requires_compatibilities = {kinds}
  container_definitions    = jsonencode([{{ name = "web", image = "nginx" }}])
}}
"""


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ('["FARGATE"]', "On Fargate, the task definition also needs an execution role, which must be allowed"),
        ('["EC2"]', "The role of the instances must be allowed"),
        ('["EC2", "FARGATE"]', "That, or on EC2 the instance's role, must be allowed"),
        ("var.kinds", "That, or on EC2 the instance's role, must be allowed"),
    ],
)
def test_who_writes_the_logs_of_a_task(tmp_path: Path, kinds: str, words: str) -> None:
    assert words in remedy_in(tmp_path, TASK.format(kinds=kinds), "ecs-container-logging")


def test_a_service_says_that_its_tasks_run_on_fargate(tmp_path: Path) -> None:
    service = (
        'resource "aws_ecs_service" "web" {\n  task_definition = aws_ecs_task_definition.web.arn\n  launch_type = "FARGATE"\n}'
    )

    assert "execution role, which must" in remedy_in(tmp_path, TASK.format(kinds="null") + service, "ecs-container-logging")


MACHINE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      {role}
      Definition: {{StartAt: A, States: {{A: {{Type: Pass, End: true}}}}}}
"""


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("Policies: [AWSLambdaRole]", "Also allow, by a statement in Policies of the state machine and on all resources:"),
        ("Role: arn:aws:iam::111122223333:role/machine", "First allow the role of the state machine, on all resources:"),
    ],
)
def test_where_a_state_machine_gets_the_permission_for_its_logs(tmp_path: Path, role: str, words: str) -> None:
    assert words in remedy_in(tmp_path, MACHINE.format(role=role), "stepfunctions-logging")


CANARY = 'resource "aws_synthetics_canary" "shop" {\n  name = "shop"\n}'
CANARY_IN_STACK = """
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties: {Name: shop, StartCanaryAfterCreation: false}
"""


@pytest.mark.parametrize(("source", "told"), [(CANARY, False), (CANARY_IN_STACK, True)])
def test_only_a_stack_leaves_a_canary_stopped(tmp_path: Path, source: str, told: bool) -> None:
    assert ("by hand" in remedy_in(tmp_path, source, "synthetics-canary-started")) is told


STAGE = 'resource "aws_api_gateway_method_settings" "all" {\n  stage_name = aws_api_gateway_stage.live.stage_name\n  rest_api_id = "a"\n  method_path = "*/*"\n  settings {\n    caching_enabled = true\n  }\n}\nresource "aws_api_gateway_stage" "live" {\n  stage_name = "live"\n  rest_api_id = "a"\n}'
STAGE_IN_STACK = """
Resources:
  Live:
    Type: AWS::ApiGateway::Stage
    Properties: {RestApiId: a, StageName: live, MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true}]}
"""


@pytest.mark.parametrize(("source", "named"), [(STAGE, "(cache_cluster_enabled)"), (STAGE_IN_STACK, "(CacheClusterEnabled)")])
def test_a_setting_has_its_name_in_the_language_of_the_reader(tmp_path: Path, source: str, named: str) -> None:
    assert named in remedy_in(tmp_path, source, "apigateway-cache")


CACHE = """
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {{Engine: {engine}, CacheNodeType: cache.t2.small, NumCacheNodes: 1{name}}}
"""


@pytest.mark.parametrize(
    ("engine", "name", "words"),
    [
        ("memcached", "", "give the resource another logical ID: that makes a new cluster"),
        ("memcached", ", ClusterName: sessions", "another logical ID and another ClusterName: that"),
        ("redis", "", "The change interrupts connections for some minutes"),
    ],
)
def test_a_cluster_of_memcached_may_keep_its_nodes_in_a_stack(tmp_path: Path, engine: str, name: str, words: str) -> None:
    assert words in remedy_in(tmp_path, CACHE.format(engine=engine, name=name), "rds-previous-generation")


WATCHED = """
resource "aws_apigatewayv2_api" "chat" {{
  name          = "chat"
  protocol_type = "{kind}"
}}
resource "aws_cloudwatch_metric_alarm" "other" {{
  namespace     = "AWS/Lambda"
  metric_name   = "Errors"
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]
  dimensions    = {{ FunctionName = "send" }}
}}
"""


@pytest.mark.parametrize(("kind", "metric"), [("HTTP", '"5xx"'), ("WEBSOCKET", '"ExecutionError"')])
def test_a_websocket_api_counts_its_errors_by_another_name(tmp_path: Path, kind: str, metric: str) -> None:
    text = remedy_in(tmp_path, WATCHED.format(kind=kind), "cloudwatch-alarm-endpoint")

    assert metric in text
    assert "a single error notifies somebody" in text


VOLUME = """
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        BlockDeviceMappings: [{{DeviceName: /dev/sda1, Ebs: {{VolumeType: gp2}}}}]
  It:
    Type: {kind}
    Properties:
      LaunchTemplate: {{LaunchTemplateId: !Ref Web, Version: !GetAtt Web.LatestVersionNumber}}
"""


@pytest.mark.parametrize(
    ("kind", "confidence"), [("AWS::EC2::Instance", "medium"), ("AWS::AutoScaling::AutoScalingGroup", "high")]
)
def test_a_volume_that_would_replace_its_instance_can_wait(tmp_path: Path, kind: str, confidence: str) -> None:
    [found] = judge(tmp_path, VOLUME.format(kind=kind), "cloudformation", "ebs-gp3").failing()

    assert found.confidence.name.lower() == confidence


@pytest.mark.parametrize(("name", "advice"), [("hello-world-rest", True), ("othello", False)])
def test_a_container_is_for_show_by_its_name_too(tmp_path: Path, name: str, advice: bool) -> None:
    source = TASK.format(kinds='["EC2"]').replace('name = "web"', f'name = "{name}"')
    [found] = judge(tmp_path, source, "terraform", "ecs-container-logging").failing()

    assert found.is_advice is advice


@pytest.mark.parametrize(
    ("source", "pinned"),
    [
        ("git::https://git.example.com/net.git//vpc", "git::https://git.example.com/net.git//vpc?ref=<a tag or a commit>"),
        ("git::https://git.example.com/net.git?depth=1", "git::https://git.example.com/net.git?depth=1&ref=<a tag or a commit>"),
        ("git::https://git.example.com/net.git?ref=main", "git::https://git.example.com/net.git?ref=<a tag or a commit>"),
        ("git::https://git.example.com/net.git?ref=main&depth=1", "git::https://git.example.com/net.git?ref=<a tag or a commit>&depth=1"),
    ],
)  # fmt: skip
def test_the_source_of_a_module_is_written_out_with_its_version(tmp_path: Path, source: str, pinned: str) -> None:
    assert f'source = "{pinned}"' in remedy_in(tmp_path, f'module "net" {{\n  source = "{source}"\n}}', "terraform-versions-pinned")  # fmt: skip


@pytest.mark.parametrize(
    ("beside", "source", "found"),
    [
        ('resource "azurerm_resource_group" "a" {}', "git::https://git.example.com/net.git", 0),
        ('resource "azurerm_resource_group" "a" {}\nresource "aws_vpc" "a" {}', "git::https://git.example.com/net.git", 1),
        ("", "github.com/acme/terraform-azurerm-v3//identity", 0),
        ("", "github.com/acme/terraform-aws-network", 1),
        ('resource "aws_vpc" "a" {}', "github.com/acme/terraform-azurerm-v3//identity", 1),
    ],
)
def test_modules_of_code_for_another_cloud_are_not_judged(tmp_path: Path, beside: str, source: str, found: int) -> None:
    code = f'{beside}\nmodule "net" {{\n  source = "{source}"\n}}'
    report = judge(tmp_path, code, "terraform", "terraform-versions-pinned")

    assert len([each for each in report.failing() if "module" in each.address]) == found


def test_a_permissions_boundary_has_to_allow_the_logs_too(tmp_path: Path) -> None:
    role = 'resource "aws_iam_role" "it" {\n  assume_role_policy = "{}"\n  BOUNDARY\n}\nresource "aws_lambda_function" "it" {\n  role = aws_iam_role.it.arn\n}'
    bounded = role.replace("BOUNDARY", 'permissions_boundary = "arn:aws:iam::111122223333:policy/developers"')

    assert "boundary" in remedy_in(tmp_path / "a", bounded, "lambda-logs-permission")
    assert "boundary" not in remedy_in(tmp_path / "b", role.replace("BOUNDARY", ""), "lambda-logs-permission")


STORE = """
resource "aws_db_instance" "shop" {{
  engine              = "mysql"
  engine_version      = "{version}"
  instance_class      = "{kind}"
  allocated_storage   = 100
  storage_type        = "{storage}"
  multi_az            = true
  {when}
}}
"""


@pytest.mark.parametrize(
    ("rule", "version", "kind", "storage"),
    [
        ("rds-previous-generation", "8.4", "db.t2.small", "gp3"),
        ("rds-gp3", "8.4", "db.m7g.large", "gp2"),
        ("rds-extended-support", "5.7", "db.m7g.large", "gp3"),
    ],
)
@pytest.mark.parametrize(("when", "waits"), [("", True), ("apply_immediately = true", False)])
def test_terraform_leaves_a_change_to_the_maintenance_window(
    tmp_path: Path, rule: str, version: str, kind: str, storage: str, when: str, waits: bool
) -> None:
    text = remedy_in(tmp_path, STORE.format(version=version, kind=kind, storage=storage, when=when), rule)

    assert ("next maintenance window" in text) is waits


SCALED = """
resource "aws_sqs_queue" "jobs" {{
  name = "jobs"
}}
resource "aws_autoscaling_policy" "more" {{
  autoscaling_group_name = "workers"
}}
resource "aws_cloudwatch_metric_alarm" "busy" {{
  namespace     = "AWS/EC2"
  metric_name   = "CPUUtilization"
  alarm_actions = [{actions}]
  dimensions    = {{ AutoScalingGroupName = "workers" }}
}}
"""
TOPIC = '"arn:aws:sns:eu-west-1:111122223333:ops"'


@pytest.mark.parametrize(
    ("actions", "verdicts"),
    [(TOPIC, ["fail"]), ("aws_autoscaling_policy.more.arn", []), (f"aws_autoscaling_policy.more.arn, {TOPIC}", [])],
)
def test_an_alarm_that_scales_is_no_sign_that_somebody_watches(tmp_path: Path, actions: str, verdicts: list[str]) -> None:
    report = judge(tmp_path, SCALED.format(actions=actions), "terraform", "cloudwatch-alarm-queue")

    assert [each.verdict for each in report.findings] == verdicts


@pytest.mark.parametrize(("image", "confidence"), [("acme/orders", "high"), ("hashicorp/fake-service:v1", "low")])
def test_nobody_misses_the_output_of_an_image_for_show(tmp_path: Path, image: str, confidence: str) -> None:
    source = TASK.format(kinds='["EC2"]').replace("nginx", image)
    [found] = judge(tmp_path, source, "terraform", "ecs-container-logging").failing()

    assert found.confidence.name.lower() == confidence


LIVE = 'resource "aws_api_gateway_stage" "live" {\n  stage_name = "live"\n  rest_api_id = "a"\n}\n'
GROUP = 'resource "aws_cloudwatch_log_group" "calls" {\n  name = "calls"\n}\n'


@pytest.mark.parametrize(("beside", "told"), [("", True), (GROUP, False)])
def test_a_log_needs_a_log_group(tmp_path: Path, beside: str, told: bool) -> None:
    text = remedy_in(tmp_path, LIVE + beside, "apigateway-access-logging")
    assert text.startswith("Declare a log group for it, with a retention period.") is told


@pytest.mark.parametrize(("node", "larger"), [("db.t2.small", True), ("db.r4.large", False)])
def test_a_class_that_is_larger_costs_more(tmp_path: Path, node: str, larger: bool) -> None:
    source = f'resource "aws_rds_cluster_instance" "a" {{\n  engine = "aurora-mysql"\n  instance_class = "{node}"\n}}\n'
    assert ("larger, and at a higher price" in remedy_in(tmp_path, source, "rds-previous-generation")) is larger


@pytest.mark.parametrize(
    ("service", "kinds", "said"),
    [
        ('launch_type = "EC2"', "null", "The instances of the cluster have to grow with them."),
        ('launch_type = "FARGATE"', "null", ""),
        ("", '["FARGATE"]', ""),
        ("", '["EC2"]', "The instances of the cluster have to grow with them."),
        ("", '["EC2", "FARGATE"]', "Unless the tasks run on Fargate, the instances of the cluster have to grow with them."),
        ('capacity_provider_strategy { capacity_provider = "FARGATE_SPOT" }', "null", ""),
        ('capacity_provider_strategy { capacity_provider = "mine" }', "null", "Unless the tasks run on Fargate, the instances"),
    ],
)
def test_only_tasks_on_instances_need_room_there(tmp_path: Path, service: str, kinds: str, said: str) -> None:
    source = f"""{TASK.format(kinds=kinds)}
resource "aws_ecs_service" "web" {{
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 3
  {service}

  load_balancer {{
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"
  }}
}}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "ecs-service-autoscaling"))

    assert said in text
    assert ("instances of the cluster" in text) is bool(said)

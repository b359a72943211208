"""What the default profile reports only where the code shows the need; elsewhere the same finding is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

TABLE = 'resource "aws_dynamodb_table" "it" {\n  name         = "%s"\n  hash_key     = "%s"\n  billing_mode = "PAY_PER_REQUEST"\n  %s\n}\n'


@pytest.mark.parametrize(
    ("name", "key", "more", "advice"),
    [
        ("tiles", "id", "", True),
        ("orders", "id", "", False),
        ("tiles", "userId", "", False),
        ("order_index", "userId", "", True),
        ("order-count", "id", "", True),
        ("accounts", "id", "", True),
        ("tiles", "id", "deletion_protection_enabled = true", True),
        ("tiles", "id", "lifecycle {\n    prevent_destroy = true\n  }", False),
        ("tiles", "id", 'replica {\n    region_name = "eu-central-1"\n    point_in_time_recovery = true\n  }', False),
    ],
)
def test_a_table_whose_records_nothing_makes_again(tmp_path: Path, name: str, key: str, more: str, advice: bool) -> None:
    found = only_fault(tmp_path, TABLE % (name, key, more), "terraform", "dynamodb-point-in-time-recovery")

    assert found.is_advice is advice


NETWORK = """
resource "aws_vpc" "it" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "it" {
  vpc_id     = aws_vpc.it.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_nat_gateway" "it" {
  allocation_id = "eipalloc-1"
  subnet_id     = aws_subnet.it.id
}
"""
ANOTHER = 'resource "aws_nat_gateway" "two" {\n  allocation_id = "eipalloc-2"\n  subnet_id = aws_subnet.it.id\n}\n'
SERVICE = (
    'resource "aws_ecs_service" "it" {\n  name = "it"\n  network_configuration {\n    subnets = [aws_subnet.it.id]\n  }\n}\n'
)
MACHINE = 'resource "aws_instance" "it" {\n  ami = "ami-1"\n  instance_type = "t3.micro"\n  subnet_id = aws_subnet.it.id\n}\n'
PUBLIC = """
resource "aws_internet_gateway" "it" {
  vpc_id = aws_vpc.it.id
}
resource "aws_route_table" "it" {
  vpc_id = aws_vpc.it.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.it.id
  }
}
resource "aws_route_table_association" "it" {
  subnet_id      = aws_subnet.it.id
  route_table_id = aws_route_table.it.id
}
"""


@pytest.mark.parametrize(
    ("more", "advice"),
    [
        ("", True),
        (MACHINE, True),
        (SERVICE, False),
        (SERVICE + PUBLIC, True),
        (ANOTHER, False),
        (ANOTHER + MACHINE + PUBLIC, True),
    ],
)
def test_a_network_from_which_much_goes_to_s3(tmp_path: Path, more: str, advice: bool) -> None:
    assert only_fault(tmp_path, NETWORK + more, "terraform", "vpc-gateway-endpoints").is_advice is advice


GROUP = """
resource "aws_codedeploy_app" "it" {
  name             = "it"
  compute_platform = "%s"
}
resource "aws_codedeploy_deployment_group" "it" {
  app_name              = aws_codedeploy_app.it.name
  deployment_group_name = "it"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"
  %s
}
"""


@pytest.mark.parametrize(
    ("platform", "style", "advice"),
    [
        ("Server", "", False),
        ("Server", 'deployment_style {\n    deployment_type = "BLUE_GREEN"\n  }', True),
        ("ECS", "", True),
        ("Lambda", "", True),
    ],
)
def test_a_group_that_deploys_in_place(tmp_path: Path, platform: str, style: str, advice: bool) -> None:
    assert only_fault(tmp_path, GROUP % (platform, style), "terraform", "codedeploy-auto-rollback").is_advice is advice


@pytest.mark.parametrize(
    ("user", "argument", "advice"),
    [
        ("aws_lb_listener", "certificate_arn", False),
        ("aws_cloudfront_distribution", "certificate_arn", False),
        ("aws_apigatewayv2_domain_name", "certificate_arn", True),
        ("aws_cognito_user_pool_domain", "certificate_arn", True),
    ],
)
def test_a_certificate_of_what_takes_another_one_in_place(tmp_path: Path, user: str, argument: str, advice: bool) -> None:
    source = (
        'resource "aws_acm_certificate" "it" {\n  domain_name = "shop.example.com"\n  validation_method = "DNS"\n}\n'
        f'resource "{user}" "it" {{\n  {argument} = aws_acm_certificate.it.arn\n}}\n'
    )
    assert only_fault(tmp_path, source, "terraform", "terraform-create-before-destroy").is_advice is advice


@pytest.mark.parametrize(
    ("declared", "advice"),
    [
        ('request_models = { "application/json" = "Order" }', False),
        ('request_parameters = { "method.request.querystring.page" = true }', True),
    ],
)
def test_a_method_with_a_model_for_bodies(tmp_path: Path, declared: str, advice: bool) -> None:
    source = (
        'resource "aws_api_gateway_method" "it" {\n  rest_api_id = "a1b2c3"\n  resource_id = "d4e5f6"\n  http_method = "POST"\n'
        f'  authorization = "AWS_IAM"\n  {declared}\n}}\n'
    )
    assert only_fault(tmp_path, source, "terraform", "apigateway-request-validation").is_advice is advice


WATCHED = """
%s
resource "aws_cloudwatch_metric_alarm" "it" {
  namespace     = "AWS/RDS"
  metric_name   = "FreeStorageSpace"
  dimensions    = { DBInstanceIdentifier = "orders" }
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]
}
"""


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ('resource "aws_lb" "it" {\n  subnets = ["subnet-1", "subnet-2"]\n}', False),
        ('resource "aws_apigatewayv2_api" "it" {\n  name = "it"\n  protocol_type = "HTTP"\n}', True),
    ],
)
def test_a_load_balancer_without_an_alarm(tmp_path: Path, entry: str, advice: bool) -> None:
    assert only_fault(tmp_path, WATCHED % entry, "terraform", "cloudwatch-alarm-endpoint").is_advice is advice


@pytest.mark.parametrize(("seconds", "advice"), [(300, False), (600, False), (900, True)])
def test_a_queue_whose_messages_need_not_wait_for_hours(tmp_path: Path, seconds: int, advice: bool) -> None:
    source = (
        f'resource "aws_sqs_queue" "it" {{\n  visibility_timeout_seconds = {seconds}\n}}\n'
        f'resource "aws_lambda_function" "it" {{\n  function_name = "it"\n  timeout = {seconds}\n}}\n'
        'resource "aws_lambda_event_source_mapping" "it" {\n  event_source_arn = aws_sqs_queue.it.arn\n'
        "  function_name = aws_lambda_function.it.arn\n}\n"
    )
    assert only_fault(tmp_path, source, "terraform", "lambda-sqs-visibility-timeout").is_advice is advice


@pytest.mark.parametrize(("seconds", "advice"), [(15, True), (16, False)], ids=["room for two tries", "room for one"])
def test_a_queue_that_leaves_room_for_a_second_try(tmp_path: Path, seconds: int, advice: bool) -> None:
    source = (
        'resource "aws_sqs_queue" "it" {}\n'
        f'resource "aws_lambda_function" "it" {{\n  function_name = "it"\n  timeout = {seconds}\n}}\n'
        'resource "aws_lambda_event_source_mapping" "it" {\n  event_source_arn = aws_sqs_queue.it.arn\n'
        "  function_name = aws_lambda_function.it.arn\n}\n"
    )
    assert only_fault(tmp_path, source, "terraform", "lambda-sqs-visibility-timeout").is_advice is advice

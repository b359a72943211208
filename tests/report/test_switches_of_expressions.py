"""An expression whose other branch is right stays as it is: the remedy says what switches it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_place, only_remedy

METHOD = """
variable "auth" {
  type    = bool
  default = DEFAULT
}
resource "aws_api_gateway_rest_api" "it" {
  name = "it"
}
resource "aws_api_gateway_method" "it" {
  rest_api_id   = aws_api_gateway_rest_api.it.id
  resource_id   = aws_api_gateway_rest_api.it.root_resource_id
  http_method   = "GET"
  authorization = VALUE
}
"""


@pytest.mark.parametrize(
    ("default", "value", "remedy"),
    [
        (
            "false",
            'var.auth ? "COGNITO_USER_POOLS" : "NONE"',
            'Set variable "auth" (main.tf:4) to true: the expression at main.tf:13 then gives "COGNITO_USER_POOLS".',
        ),
        (
            "true",
            '!var.auth ? "AWS_IAM" : "NONE"',
            'Set variable "auth" (main.tf:4) to false: the expression at main.tf:13 then gives "AWS_IAM".',
        ),
    ],
)
def test_the_value_of_the_switch_is_told(tmp_path: Path, default: str, value: str, remedy: str) -> None:
    source = METHOD.replace("DEFAULT", default).replace("VALUE", value)
    text = only_remedy(judge(tmp_path, source, "terraform", "apigateway-authorization"))
    assert text.splitlines()[1:] == [remedy]


@pytest.mark.parametrize("value", ['var.auth ? "NONE" : "NONE"', 'lower(var.auth ? "A" : "B") == "a" ? "AWS_IAM" : "NONE"'])
def test_an_expression_that_no_switch_puts_right_has_to_change(tmp_path: Path, value: str) -> None:
    source = METHOD.replace("DEFAULT", "false").replace("VALUE", value)
    assert "must give" in only_remedy(judge(tmp_path, source, "terraform", "apigateway-authorization"))


QUEUES = """
variable "queues" {}
resource "aws_sqs_queue" "it" {
  for_each       = var.queues
  name           = each.key
  redrive_policy = each.value.redrive.enabled ? jsonencode({ deadLetterTargetArn = "arn", maxReceiveCount = 5 }) : null
}
"""
CALL = """
module "queues" {
  source = "./queues"
  queues = { orders = { redrive = { enabled = false } } }
}
"""


def test_an_attribute_of_what_a_module_is_given_is_named(tmp_path: Path) -> None:
    report = judge_files(tmp_path, {"main.tf": CALL, "queues/main.tf": QUEUES}, "sqs-dead-letter-queue")

    assert only_place(report) == (
        'Set the key "orders.redrive.enabled" in the argument "queues" of module "queues" (main.tf:4) to true: the expression at '
        "queues/main.tf:6 then sets `redrive_policy`."
    )


def test_an_argument_that_the_caller_passes_on_is_not_overwritten(tmp_path: Path) -> None:
    call = 'variable "own" {\n  default = false\n}\nmodule "it" {\n  source = "./it"\n  auth   = var.own\n}\n'
    module = METHOD.replace("DEFAULT", "false").replace("VALUE", 'var.auth ? "AWS_IAM" : "NONE"')
    report = judge_files(tmp_path, {"main.tf": call, "it/main.tf": module}, "apigateway-authorization")

    assert only_place(report).startswith('Set the default of variable "own" (main.tf:2) to true')


def test_an_argument_that_the_caller_computes_is_not_overwritten(tmp_path: Path) -> None:
    call = 'variable "own" {\n  default = "no"\n}\nmodule "it" {\n  source = "./it"\n  auth   = upper(var.own) == "YES"\n}\n'
    module = METHOD.replace("DEFAULT", "false").replace("VALUE", 'var.auth ? "AWS_IAM" : "NONE"')
    report = judge_files(tmp_path, {"main.tf": call, "it/main.tf": module}, "apigateway-authorization")

    assert "to true" not in only_remedy(report)


def test_the_default_of_a_lookup_has_no_effect_on_an_optional_key(tmp_path: Path) -> None:
    source = """
variable "behavior" {
  type = object({
    origin   = string
    compress = optional(bool)
  })
  default = { origin = "site" }
}
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "site"
    domain_name = "site.example.com"
  }
  default_cache_behavior {
    target_origin_id       = var.behavior.origin
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = lookup(var.behavior, "compress", true)
  }
}
"""
    assert only_remedy(judge(tmp_path, source, "terraform", "cloudfront-compression")).startswith(
        "`lookup` finds the optional key"
    )

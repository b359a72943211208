"""A module makes resources of the elements of an argument: the remedy names the keys that an element needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_remedy

MODULE = """
variable "mappings" { default = {} }
resource "aws_lambda_event_source_mapping" "this" {
  for_each               = var.mappings
  function_name          = "orders"
  event_source_arn       = each.value.stream
  batch_size             = 1
  maximum_retry_attempts = %(retries)s

  dynamic "destination_config" {
    for_each = lookup(each.value, "failed", null) != null ? [true] : []
    content {
      on_failure {
        destination_arn = %(failed)s
      }
    }
  }
}
"""
CALL = """
module "mappings" {
  source = "./mappings"
  mappings = {
    orders = { stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders" }
  }
}
"""


@pytest.mark.parametrize(
    ("retries", "failed", "said"),
    [
        ('lookup(each.value, "retries", null)', 'each.value["failed"]', "gets it by retries = 5 and failed."),
        ("try(each.value.retries, null)", "each.value.failed", "gets it by retries = 5 and failed."),
        ("null", "each.value.failed", ""),
    ],
    ids=["looked up", "tried", "not of the element"],
)
def test_the_keys_of_an_element_are_named(tmp_path: Path, retries: str, failed: str, said: str) -> None:
    files = {"main.tf": CALL, "mappings/main.tf": MODULE % {"retries": retries, "failed": failed}}
    text = only_remedy(judge_files(tmp_path, files, "lambda-event-source-failure-destination"))
    argument = 'An element of the argument "mappings" of module "mappings" (main.tf:4)'
    assert (f"{argument} {said}" in text) if said else (argument not in text)


def test_an_argument_of_the_resource_is_not_said_to_be_one_of_the_block(tmp_path: Path) -> None:
    files = {"main.tf": CALL, "mappings/main.tf": MODULE % {"retries": "null", "failed": "each.value.failed"}}
    text = only_remedy(judge_files(tmp_path, files, "lambda-event-source-failure-destination"))
    assert "The block that it makes has to have `destination_arn`." in text
    assert "The resource needs `maximum_retry_attempts` beside it." in text

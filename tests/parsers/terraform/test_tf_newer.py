"""Blocks and arguments of newer Terraform and OpenTofu: those that say nothing about what there will be are passed over without a word."""

from __future__ import annotations

import json

import pytest

from helpers.terraform import ReadOne, block, bodies, known, unknown

BUCKET = 'resource "aws_s3_bucket" "b" {}\n'
PASSED_OVER = {
    "action": 'action "aws_lambda_invoke" "a" {\n  count = 2\n  config {\n    function_name = aws_s3_bucket.b.id\n  }\n}\n',
    "list": 'list "aws_instance" "l" {\n  provider = aws\n  include_resource = true\n  config {}\n}\n',
    "import": 'import {\n  for_each = { a = "b" }\n  to       = aws_s3_bucket.b\n  identity = { bucket = each.value }\n}\n',
    "moved": "moved {\n  from = aws_s3_bucket.a\n  to   = aws_s3_bucket.b\n}\n",
    "removed": "removed {\n  from = module.a.aws_s3_bucket.a\n  lifecycle {\n    destroy = false\n  }\n}\n",
    "check": 'check "c" {\n  data "http" "d" {\n    url = "https://example.com"\n  }\n  assert {\n    condition     = data.http.d.status_code == 200\n    error_message = "no"\n  }\n}\n',
    "language": 'language {\n  compatible_with {\n    opentofu = ">= 1.12"\n  }\n}\n',
    "variable": 'variable "v" {\n  type       = string\n  const      = true\n  deprecated = "use w"\n  ephemeral  = true\n  default    = "x"\n}\n',
    "ephemeral": 'ephemeral "aws_secretsmanager_secret_version" "s" {\n  secret_id = "s"\n  lifecycle {\n    enabled = false\n  }\n}\n',
}


@pytest.mark.parametrize("source", PASSED_OVER.values(), ids=PASSED_OVER)
def test_a_block_that_makes_nothing(unit: ReadOne, source: str) -> None:
    found = unit(source + BUCKET)
    assert found.errors == []
    assert bodies(found) == {"aws_s3_bucket.b": {}}


def test_the_same_in_json(unit: ReadOne) -> None:
    source = {
        "action": {"aws_lambda_invoke": {"a": {"config": {"function_name": "f"}}}},
        "list": {"aws_instance": {"l": {"provider": "aws"}}},
        "import": [{"to": "aws_s3_bucket.b", "identity": {"bucket": "b"}}],
        "moved": {"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.b"},
        "removed": {"from": "aws_s3_bucket.c", "lifecycle": {"destroy": False}},
        "language": {"compatible_with": {"opentofu": ">= 1.12"}},
        "resource": {"aws_s3_bucket": {"b": {}}},
    }
    found = unit({"main.tf.json": json.dumps(source)})
    assert found.errors == []
    assert bodies(found) == {"aws_s3_bucket.b": {}}


def test_what_triggers_an_action_is_no_part_of_a_resource(unit: ReadOne) -> None:
    found = unit(
        'action "aws_lambda_invoke" "a" {}\n'
        'resource "aws_s3_bucket" "b" {\n  lifecycle {\n    action_trigger {\n      events    = [after_create]\n'
        "      condition = self.id != null\n      actions   = [action.aws_lambda_invoke.a]\n    }\n  }\n}\n"
    )
    assert found.errors == []
    assert bodies(found) == {"aws_s3_bucket.b": {}}


def test_the_encryption_of_a_state_is_no_error(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu": 'variable "phrase" {}\nterraform {\n  encryption {\n    key_provider "pbkdf2" "p" {\n      passphrase = var.phrase\n    }\n'
            '    method "aes_gcm" "m" {\n      keys = key_provider.pbkdf2.p\n    }\n    state {\n      method = method.aes_gcm.m\n    }\n  }\n}\n'
            + BUCKET
        }
    )
    assert found.errors == []
    assert "aws_s3_bucket.b" in bodies(found)


def test_an_ephemeral_value_in_a_write_only_argument_is_secret(unit: ReadOne) -> None:
    found = unit(
        'ephemeral "random_password" "p" {\n  length = 20\n}\n'
        'resource "aws_db_instance" "d" {\n  password_wo         = ephemeral.random_password.p.result\n  password_wo_version = 1\n}\n'
    )
    assert found.errors == []
    password = unknown(block(found, "aws_db_instance.d").body.value["password_wo"])
    assert password.origin.sensitive
    assert password.why == "ephemeral.random_password.p exists only while Terraform runs"


def test_the_workspace_by_the_name_of_either_program(unit: ReadOne) -> None:
    found = unit(
        'resource "r" "r" {\n  same     = tofu.workspace == terraform.workspace\n  name     = tofu.workspace\n  applying = tofu.applying\n}\n'
    )
    assert found.errors == []
    body = block(found, "r.r").body.value
    assert known(body["same"]) is True
    assert unknown(body["name"]).settle == "set --workspace"
    assert "while changes are made" in unknown(body["applying"]).why


def test_tofu_stands_in_for_tf_of_the_same_name_and_form(unit: ReadOne) -> None:
    found = unit(
        {
            "a.tf": 'resource "aws_x" "tf" {}\n',
            "a.tofu": 'resource "aws_x" "tofu" {}\n',
            "b.tf": 'resource "aws_x" "other" {}\n',
            "c.tf.json": '{"resource": {"aws_x": {"tf_json": {}}}}',
            "c.tofu.json": '{"resource": {"aws_x": {"tofu_json": {}}}}',
            "a_override.tf": 'resource "aws_x" "tofu" {\n  x = "tf"\n}\n',
            "a_override.tofu": 'resource "aws_x" "tofu" {\n  x = "tofu"\n}\n',
        }
    )
    assert found.errors == []
    assert bodies(found) == {"aws_x.tofu": {"x": "tofu"}, "aws_x.other": {}, "aws_x.tofu_json": {}}


def test_a_module_of_tofu_files_only_is_called(unit: ReadOne) -> None:
    found = unit({"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tofu.json": '{"resource": {"aws_x": {"x": {}}}}'})
    assert found.errors == []
    assert bodies(found) == {"module.m.aws_x.x": {}}

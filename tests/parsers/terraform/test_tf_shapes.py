"""Terraform's JSON, plans and modules of any shape: what comes out are resources and errors of the expected kinds, never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.scans import scan
from wa_iac.core.algebra import references
from wa_iac.core.declared import Unit
from wa_iac.core.errors import InternalError
from wa_iac.core.value import plain
from wa_iac.parsers.terraform import read_modules
from wa_iac.parsers.terraform.evaluation.functions.base import FUNCTIONS
from wa_iac.parsers.terraform.plan.read import read_plan

_EXAMPLES = settings(max_examples=80, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))

_MODULE: dict[str, Any] = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}, "backend": {"s3": {"bucket": "b"}}},
    "provider": {"aws": [{"region": "${var.r}"}, {"alias": "x", "default_tags": {"tags": {"a": "b"}}}]},
    "variable": {"r": {"type": "string", "default": "eu-west-1"}, "l": {"type": "list(object({ a = number }))"}},
    "locals": {"x": "${var.r}-${local.y}", "y": [1, {"a": None}]},
    "data": {"aws_iam_policy_document": {"d": {"statement": [{
        "actions": ["*"], "principals": {"type": "AWS", "identifiers": ["*"]},
        "condition": [{"test": "a", "variable": "b", "values": ["c"]}]}]}}},
    "resource": {
        "aws_s3_bucket": {"b": {
            "for_each": "${toset([\"k\"])}", "bucket": "${local.x}", "lifecycle": {"prevent_destroy": True},
            "dynamic": {"rule": {"for_each": [1], "content": {"id": "${rule.value}"}}},
            "provider": "aws.x", "depends_on": ["data.aws_iam_policy_document.d"],
            "policy": "${data.aws_iam_policy_document.d.json}"}},
        "aws_security_group": {"g": [{"ingress": [{"from_port": 0, "cidr_blocks": ["0.0.0.0/0"]}]}]},
    },
    "module": {"m": {"source": "./m", "v": {"a": {}}, "providers": {"aws": "aws.x"}}},
    "output": {"o": {"value": "%{if var.r == \"a\"}b%{endif}", "sensitive": True}},
}  # fmt: skip

_PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "variables": {"v": {"value": "x"}},
    "planned_values": {"root_module": {
        "resources": [{
            "address": "aws_s3_bucket.b[0]", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "index": 0,
            "values": {"bucket": "x", "tags": {"a": "b"}, "rule": [{"id": 1, "filter": []}]}, "sensitive_values": {"tags": True}}],
        "child_modules": [{"address": "module.m[\"a\"]", "resources": [{
            "address": "module.m[\"a\"].aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k",
            "values": {"policy": "{}"}}]}],
    }},
    "resource_changes": [{
        "address": "aws_s3_bucket.b[0]",
        "change": {"actions": ["create"], "after": {"bucket": "x"}, "after_unknown": {"arn": True, "rule": [{"id": True}]},
                   "after_sensitive": {"tags": {}}}}],
    "prior_state": {"values": {"root_module": {"resources": [{
        "address": "data.aws_region.r", "mode": "data", "type": "aws_region", "name": "r", "values": {"name": "eu-west-1"}}]}}},
    "configuration": {
        "provider_config": {"aws": {"name": "aws", "alias": "x", "expressions": {
            "region": {"constant_value": "eu-west-1"}, "default_tags": [{}]}}},
        "root_module": {
            "variables": {"v": {"default": "y", "sensitive": True}},
            "outputs": {"o": {"expression": {"references": ["module.m.k", "module.m"]}, "sensitive": True}},
            "resources": [{
                "address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "provider_config_key": "aws",
                "count_expression": {"constant_value": 1}, "for_each_expression": {"references": ["var.v"]},
                "expressions": {"bucket": {"references": ["var.v"]}, "arn": {"references": ["each.value.a", "each.value"]},
                                "rule": [{"id": {"constant_value": 1}}, {"id": {"references": ["module.m[\"a\"].k"]}}]}}],
            "module_calls": {"m": {
                "source": "./m", "for_each_expression": {"constant_value": ["a"]},
                "expressions": {"v": {"references": ["aws_s3_bucket.b[0].id", "aws_s3_bucket.b[0]"]}},
                "module": {"variables": {"v": {}}, "outputs": {"k": {"expression": {"references": ["var.v"]}}},
                           "resources": [{"address": "aws_kms_key.k", "expressions": {"policy": {"references": ["var.v"]}}}]}}},
        },
    },
}  # fmt: skip

_ANYTHING = st.recursive(
    st.sampled_from((None, True, 0, 1, -1.5, 1e300, "", "a", "aws_s3_bucket.b", "${var.x}", "${", "%{if", "😀", "\ud800", "module.m")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("a", "value", "references", "//")), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn, content: dict[str, Any]) -> Any:
    """A document in which some members, at any depth, are something else, gone, or in lists."""
    found = json.loads(json.dumps(content))
    for _ in range(draw(st.integers(1, 3))):
        at: Any = found
        while True:
            key = draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
            if not isinstance(at[key], dict | list) or not at[key] or draw(st.integers(0, 3)) == 0:
                break
            at = at[key]
        match draw(st.sampled_from(("replace", "replace", "wrap", "delete", "copy"))):
            case "replace":
                at[key] = draw(_ANYTHING)
            case "wrap":
                at[key] = [at[key]]
            case "copy" if isinstance(at, list):
                at.append(at[key])
            case _:
                del at[key]
        if not found:
            return draw(_ANYTHING)
    return found


def _assert_expected(unit: Unit) -> None:
    """No error is a bug of ours, and whatever was read can be gone over, compared and written."""
    assert [error.message for error in unit.errors if isinstance(error, InternalError)] == []
    for each in unit.declared:
        json.dumps(plain(each.body)).encode()
        f"{each.address}".encode()
        list(references(each.body))
        hash(each.body)


def _read(directory: Path, files: dict[str, str]) -> Unit:
    for name, content in files.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(content)
    (unit,) = read_modules([directory], scan(directory))
    return unit


@_EXAMPLES
@given(_mutated(_MODULE), st.one_of(_ANYTHING, st.dictionaries(st.sampled_from(("r", "l")), _ANYTHING)))
def test_json_of_other_shapes(tmp_path_factory: pytest.TempPathFactory, module: object, variables: object) -> None:
    unit = _read(
        tmp_path_factory.mktemp("shapes"),
        {
            "main.tf.json": json.dumps(module),
            "terraform.tfvars.json": json.dumps(variables),
            "other.tf": 'resource "aws_s3_bucket" "other" {}\n',
            "m/main.tf": 'variable "v" {}\noutput "o" {\n  value = var.v\n}\n',
        },
    )
    _assert_expected(unit)
    assert "aws_s3_bucket.other" in {each.address for each in unit.declared}


@_EXAMPLES
@given(_mutated(_PLAN), st.booleans())
def test_plans_of_other_shapes(tmp_path_factory: pytest.TempPathFactory, plan: object, has_source: bool) -> None:
    directory = tmp_path_factory.mktemp("shapes")
    if has_source:
        (directory / "main.tf").write_text(
            'variable "v" {}\nresource "aws_s3_bucket" "b" {\n  count = 1\n  bucket = var.v\n  rule {\n    id = 1\n  }\n}\n'
        )
    data = json.dumps(plan).encode()
    read = read_plan(directory / "plan.json", data, scan(directory), named=True)
    if read is not None:
        _assert_expected(read.unit)


_PLACES = (
    "local.none", "local.list", "local.self", "var.none", "var.u", "var.b", "var.s", "module.none.x", "module.m.none", "module.m.o",
    "module.m", "module.m[0].o", "module.far.x", "data.a.b.c", "data.aws_iam_policy_document.d.json", "each.key", "count.index",
    "data.aws_availability_zones.z.names", "aws_sns_topic.none.id", "aws_sns_topic.one.id", "aws_sns_topic.many[*].arn",
    "aws_sns_topic.some", 'aws_sns_topic.open["k"].id', "self.x", "path.none", "terraform.workspace", "terraform.none", "nothing",
    "ephemeral.a.b.c", "aws_sns_topic", "var", "data.a", "null", "[]", "{}", "1e400", "1.5", "-1", '"a"', '"%{if true}"', "toset([])",
)  # fmt: skip
_FUNCTIONS = (*sorted(FUNCTIONS), "try", "can", "templatestring", "nonsensitive", "issensitive", "timestamp", "none")


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda name, given: f"{name}({', '.join(given)})", st.sampled_from(_FUNCTIONS), st.lists(inner, max_size=3)),
        st.builds(lambda name, one: f"{name}({one}...)", st.sampled_from(_FUNCTIONS), inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(("+", "==", "&&", "<")), inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("{{for i, x in {} : {} => {}... if {}}}".format, inner, inner, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("[{}, ({}){}]".format, inner, inner, st.sampled_from((".a", "[*].id"))),
        st.builds('"a${{{}}}b%{{if {}}}c%{{else}}${{{}}}%{{endif}}"'.format, inner, inner, inner),
    )


_EXPRESSIONS = st.recursive(st.sampled_from(_PLACES), _larger, max_leaves=6)

_AROUND = """
variable "u" {}
variable "b" { type = bool }
variable "s" {
  type = set(string)
  sensitive = true
  default = ["a"]
}
locals {
  list = [1, "a", null, var.u]
  self = local.self
}
module "m" { source = "./m" }
module "far" { source = "somebody/far/aws" }
data "aws_availability_zones" "z" {}
resource "aws_sns_topic" "one" { name = "n" }
resource "aws_sns_topic" "many" { count = 2 }
resource "aws_sns_topic" "some" { count = var.b ? 1 : 0 }
resource "aws_sns_topic" "open" { for_each = var.u }
"""


@_EXAMPLES
@given(st.lists(_EXPRESSIONS, min_size=5, max_size=5), st.sampled_from(("count", "for_each")))
def test_expressions_anywhere(tmp_path_factory: pytest.TempPathFactory, expressions: list[str], loop: str) -> None:
    one, two, three, four, five = expressions
    unit = _read(
        tmp_path_factory.mktemp("shapes"),
        {
            "main.tf": _AROUND,
            "r.tf": f'resource "r" "r" {{\n  x = {one}\n  y = {two}\n}}\nresource "r" "s" {{\n  {loop} = {three}\n  x = {four}\n'
            f'  dynamic "d" {{\n    for_each = {five}\n    content {{\n      a = d.value\n    }}\n  }}\n}}\n',
            "m.tf": f'module "n" {{\n  source = "./m"\n  {loop} = {two}\n  v = {five}\n}}\noutput "o" {{\n  value = {five}\n}}\n',
            "d.tf": f'data "aws_iam_policy_document" "d" {{\n  source_policy_documents = {five}\n  statement {{\n    actions = {one}\n'
            f"    sid = {two}\n    principals {{\n      type = {three}\n      identifiers = {four}\n    }}\n  }}\n}}\n",
            "p.tf": f'provider "aws" {{\n  region = {one}\n  default_tags {{\n    tags = {four}\n  }}\n}}\n',
            "m/main.tf": 'variable "v" {\n  type = map(object({ a = optional(list(number), [1]) }))\n  default = {}\n}\n'
            'output "o" {\n  value = var.v\n}\n',
        },
    )
    _assert_expected(unit)
    assert "aws_sns_topic.one" in {each.address for each in unit.declared}

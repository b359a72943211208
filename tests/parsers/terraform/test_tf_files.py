"""Which files make up a module, and what evaluated values come to where others only read the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from helpers.terraform import Evaluate, ReadOne, bodies, known
from wa_iac.core.errors import BoundError
from wa_iac.core.value import Unknown


def test_a_tofu_file_stands_in_for_the_tf_file(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'resource "r" "a" {}\n',
            "main.tofu": 'resource "r" "b" {}\n',
            "more.tofu": 'resource "r" "c" {}\n',
            "c_override.tofu": 'resource "r" "c" {\n  x = 1\n}\n',
        }
    )
    assert found.errors == []
    assert bodies(found) == {"r.b": {}, "r.c": {"x": 1}}


def test_installed_modules(unit: ReadOne) -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {"Key": "m", "Source": "registry.example.com/a/b/aws", "Version": "1.0.0", "Dir": ".terraform/modules/m"},
        ]
    }
    call = 'module "m" {\n  source = "a/b/aws"\n  v = 1\n}\n'
    more = 'resource "r" "r" {\n  x = module.m.o\n}\n'
    child = 'variable "v" {}\noutput "o" {\n  value = var.v\n}\nresource "r" "inner" {}\n'
    sources: dict[str, str | bytes] = {
        "main.tf": call + more,
        ".terraform/modules/modules.json": json.dumps(manifest),
        ".terraform/modules/m/main.tf": child,
    }
    found = unit(sources)
    assert found.errors == []
    assert bodies(found) == {"r.r": {"x": 1}, "module.m.r.inner": {}}


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{", '{"Modules": [{}]}', '{"Modules": [{"Key": "m", "Source": "a/b/aws", "Dir": "../.."}]}']
)
def test_a_manifest_that_helps_nobody(unit: ReadOne, manifest: str) -> None:
    found = unit({"main.tf": 'module "m" {\n  source = "a/b/aws"\n}\n', ".terraform/modules/modules.json": manifest})
    assert [(each.kind, each.address) for each in found.declared] == [("module", "module.m")]


def test_open_ingress_however_it_is_built(unit: ReadOne) -> None:
    found = unit(
        'locals {\n  open = jsondecode("{\\"cidr\\": \\"0.0.0.0/0\\"}")\n}\n'
        'resource "r" "subnet" {\n  x = cidrsubnet("0.0.0.0/1", -0, 0)\n}\n'
        'resource "r" "json" {\n  x = local.open.cidr\n}\n'
        'resource "r" "each" {\n  for_each = { all = "0.0.0.0/0" }\n  x = each.value\n}\n'
        'resource "r" "dynamic" {\n  dynamic "ingress" {\n    for_each = toset(["::/0", "0.0.0.0/0"])\n    iterator = it\n'
        "    content {\n      x = it.key\n      y = it.value\n    }\n  }\n}\n"
    )
    assert bodies(found) == {
        "r.subnet": {"x": "0.0.0.0/1"},
        "r.json": {"x": "0.0.0.0/0"},
        'r.each["all"]': {"x": "0.0.0.0/0"},
        "r.dynamic": {"ingress": [{"x": "0.0.0.0/0", "y": "0.0.0.0/0"}, {"x": "::/0", "y": "::/0"}]},
    }


def test_a_comparison_with_what_is_looked_up_is_undecided(value: Evaluate) -> None:
    found = value('data.aws_x.y.z == "z"', 'data "aws_x" "y" {}')

    assert isinstance(found, Unknown)


def test_instances_of_a_module_are_judged_by_their_inputs(unit: ReadOne) -> None:
    calls = 'module "good" {\n  source = "./m"\n  v = false\n}\nmodule "bad" {\n  source = "./m"\n  v = true\n}\n'
    found = unit({"main.tf": calls, "m/main.tf": 'variable "v" {}\nresource "r" "r" {\n  x = var.v\n}\n'})
    assert bodies(found) == {"module.good.r.r": {"x": False}, "module.bad.r.r": {"x": True}}


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ('resource "r" "r" {\n  x = range(1e9)\n}\n', "a collection has more than 100,000 elements"),
        (
            'resource "r" "r" {\n  for_each = toset([for i in range(10000) : tostring(i)])\n}\n',
            "a block has more than 1,000 instances: one is checked in place of all",
        ),
    ],
)
def test_bounds(unit: ReadOne, source: str, bound: str) -> None:
    (error,) = unit(source).errors
    assert isinstance(error, BoundError)
    assert error.message == bound


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('provider::aws::arn_parse("arn:aws:iam::1:role/a/b").resource', "role/a/b"),
        ('provider::aws::arn_build("aws", "s3", "", "", "b")', "arn:aws:s3:::b"),
        ('provider::aws::trim_iam_role_path("arn:aws:iam::1:role/a/b")', "arn:aws:iam::1:role/b"),
        ('cidrcontains("10.0.0.0/8", "10.1.0.0/16")', True),
        ('cidrcontains("10.0.0.0/8", "11.0.0.1")', False),
        ('timecmp("2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00")', 0),
        ('base64gunzip("H4sIAAAAAAAA/8pIzcnJBwAAAP//AQAA//+GphA2BQAAAA==")', "hello"),
        ('urldecode("a%20b+c")', "a b c"),
        ('strcontains("abc", "b")', True),
        ('templatestring("a-$${x}", { x = 1 })', "a-1"),
        ('issensitive(sensitive("a"))', True),
        ("ephemeralasnull(1)", 1),
        ("1e3", 1000),
        ("tostring(0.000001)", "0.000001"),
    ],
)
def test_functions_of_newer_versions(value: Evaluate, expression: str, expected: object) -> None:
    assert known(value(expression)) == expected


def test_fileset(unit: ReadOne) -> None:
    found = unit({"main.tf": 'resource "r" "r" {\n  x = fileset(path.module, "p/**/*.{json,yml}")\n}\n', "p/a.json": "", "p/q/b.yml": "",
                  "p/c.txt": ""})  # fmt: skip
    assert bodies(found) == {"r.r": {"x": ["p/a.json", "p/q/b.yml"]}}


INGRESS = 'resource "aws_security_group" "{0}" {{\n  ingress {{\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = [{1}]\n  }}\n}}\n'


def test_rules_judge_what_expressions_come_to(tmp_path: Path) -> None:
    source = (
        'locals {\n  open = jsondecode("{\\"cidr\\": \\"0.0.0.0/0\\"}").cidr\n}\n'
        + INGRESS.format("subnet", 'cidrsubnet("0.0.0.0/0", 0, 0)')
        + INGRESS.format("json", "local.open")
        + INGRESS.format("closed", 'cidrsubnet("10.0.0.0/8", 8, 1)')
        + 'resource "aws_security_group" "dynamic" {\n  dynamic "ingress" {\n    for_each = toset(["0.0.0.0/0"])\n    iterator = it\n'
        '    content {\n      from_port = 22\n      to_port = 22\n      protocol = "tcp"\n      cidr_blocks = [it.key]\n    }\n  }\n}\n'
    )
    each = (
        'resource "aws_vpc_security_group_ingress_rule" "each" {{\n  for_each = {}\n  security_group_id = "sg-1"\n  from_port = 22\n'
        + ('  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = each.value\n}}\n')
    )
    source += each.format('{ all = "0.0.0.0/0", some = "192.0.2.0/24" }')
    report = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ssh")
    assert sorted(each.address for each in report.failing()) == [
        "aws_security_group.dynamic", "aws_security_group.json", "aws_security_group.subnet",
        'aws_vpc_security_group_ingress_rule.each["all"]',
    ]  # fmt: skip


@pytest.mark.parametrize(("closed", "opened"), [("closed", "opened"), ("b", "a"), ("a", "b")])
def test_rules_judge_each_call_of_a_module_by_its_inputs(tmp_path: Path, closed: str, opened: str) -> None:
    calls = "".join(
        f'module "{name}" {{\n  source = "./m"\n  cidr = "{cidr}"\n}}\n'
        for name, cidr in ((closed, "10.0.0.0/8"), (opened, "0.0.0.0/0"))
    )
    files = {"main.tf": calls, "m/main.tf": 'variable "cidr" {}\n' + INGRESS.format("g", "var.cidr")}
    report = judge_files(tmp_path, files, "vpc-security-group-ingress-ssh")
    assert {each.address: each.verdict for each in report.judgements} == {
        f"module.{closed}.aws_security_group.g": "pass",
        f"module.{opened}.aws_security_group.g": "fail",
    }


def test_rules_leave_what_is_looked_up_undecided(tmp_path: Path) -> None:
    source = (
        'data "aws_ssm_parameter" "p" {\n  name = "p"\n}\n'
        'resource "aws_ebs_volume" "v" {\n  availability_zone = "eu-west-1a"\n  encrypted = data.aws_ssm_parameter.p.value == "yes"\n}\n'
    )
    report = judge(tmp_path, source, "terraform", "ebs-encryption")
    assert report.failing() == []
    assert [each.message for each in report.undecided()] == [
        'Fails when data.aws_ssm_parameter.p.value == "yes" is false: This volume is not encrypted: anyone who gets a snapshot of it '
        "can read everything on it."
    ]


def test_the_json_form(unit: ReadOne) -> None:
    content = {
        "variable": {"open": {"type": "list(string)", "default": ["0.0.0.0/0"]}},
        "locals": {"port": "${20 + 2}"},
        "resource": {
            "r": {
                "a": {
                    "//": "a comment",
                    "name": "x-${local.port}",
                    "port": "${local.port}",
                    "tags": {"A": "b"},
                    "ingress": [{"cidr": "${var.open[0]}"}],
                    "lifecycle": {"prevent_destroy": True},
                    "dynamic": {"rule": {"for_each": '${toset(["k"])}', "content": {"x": "${rule.key}"}}},
                    "none": None,
                    "number": -1.5,
                }
            }
        },
    }
    found = unit({"main.tf": "", "more.tf.json": json.dumps(content, indent=2)})
    assert found.errors == []
    assert bodies(found) == {
        "r.a": {
            "name": "x-22", "port": 22, "tags": {"A": "b"}, "ingress": [{"cidr": "0.0.0.0/0"}], "rule": [{"x": "k"}],
            "number": -1.5,
        }
    }  # fmt: skip
    port = found.declared[0].body.value["port"].origin.span
    assert (port.path, port.start_line) == ("more.tf.json", 18)


def test_json_that_is_broken(unit: ReadOne) -> None:
    (error,) = unit({"main.tf": "", "more.tf.json": '{"resource":\n}'}).errors
    assert str(error) == "more.tf.json:2:1: it is not JSON: Expecting value"


def test_a_template_that_is_one_value_is_that_value(value: Evaluate) -> None:
    assert known(value('templatestring("$${x}", { x = [1, 2] })')) == [1, 2]
    assert known(value('templatestring("$${x}\\n", { x = 1 })')) == "1\n"
    assert known(value('templatestring("\\n$${~ x}", { x = true })')) == "true"

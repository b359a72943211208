"""OpenTofu's `lifecycle { enabled = ... }`: what is made, what is not, and what refers to it."""

from __future__ import annotations

from helpers.terraform import Evaluate, ReadOne, alternatives, block, bodies, known, unknown


def test_what_is_not_enabled_is_not_made(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu": 'variable "no" { default = false }\n'
            'resource "aws_x" "off" {\n  lifecycle { enabled = var.no }\n}\n'
            'resource "aws_x" "on" {\n  lifecycle { enabled = !var.no }\n}\n'
            'data "aws_y" "off" {\n  lifecycle { enabled = "false" }\n}\n'
            'module "off" {\n  source = "./m"\n  lifecycle { enabled = false }\n}\n'
            'module "on" {\n  source = "./m"\n  lifecycle { enabled = true }\n}\n',
            "m/main.tofu": 'resource "aws_z" "z" {}\n',
        }
    )
    assert found.errors == []
    assert bodies(found) == {"aws_x.on": {}, "module.on.aws_z.z": {}}


def test_the_form_in_json(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu.json": '{"resource": {"aws_x": {"off": {"lifecycle": {"enabled": "${1 > 2}"}}, "on": {"lifecycle": {"enabled": true}}}}}'
        }
    )
    assert found.errors == []
    assert bodies(found) == {"aws_x.on": {}}


def test_what_is_not_enabled_is_null(value: Evaluate) -> None:
    off = 'resource "aws_x" "x" {\n  lifecycle { enabled = false }\n}\n'
    assert known(value("aws_x.x == null", off)) is True
    assert known(value('aws_x.x != null ? aws_x.x.id : "none"', off)) == "none"
    assert known(value('try(aws_x.x.id, "none")', off)) == "none"
    assert known(value("aws_x.x[*].id", off)) == []
    assert "null has no attributes" in unknown(value("aws_x.x.id", off)).why


def test_what_is_enabled_has_no_index(value: Evaluate) -> None:
    on = 'resource "aws_x" "x" {\n  name = "n"\n  lifecycle { enabled = true }\n}\n'
    assert known(value("aws_x.x.name", on)) == "n"


def test_what_there_is_is_not_null(value: Evaluate) -> None:
    more = (
        'variable "b" { type = bool }\nresource "aws_x" "on" {\n  name = "n"\n  lifecycle { enabled = true }\n}\n'
        'resource "aws_x" "maybe" {\n  name = "m"\n  lifecycle { enabled = var.b }\n}\nresource "aws_x" "plain" {}\n'
    )
    assert known(value("[aws_x.on != null, aws_x.plain == null, null == aws_x.on]", more)) == [True, False, False]
    found = value('aws_x.maybe != null ? aws_x.maybe.name : "none"', more)
    assert alternatives(found) == [("var.b is true", "m"), ("var.b is false", "none")]


def test_what_depends_on_a_variable_exists_under_a_condition(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu": 'variable "create" {}\n'
            'resource "aws_x" "x" {\n  name = "n"\n  lifecycle { enabled = var.create }\n}\n'
            'module "m" {\n  source = "./m"\n  lifecycle { enabled = var.create }\n}\n'
            'resource "r" "r" {\n  name = try(aws_x.x.name, "none")\n}\n',
            "m/main.tofu": 'resource "aws_z" "z" {}\n',
        }
    )
    assert found.errors == []
    for address in ("aws_x.x", "module.m.aws_z.z"):
        condition = block(found, address).condition
        assert condition is not None
        assert alternatives(condition) == [("var.create is true", True), ("var.create is false", False)]
    assert alternatives(block(found, "r.r").body.value["name"]) == [
        ("var.create is true", "n"),
        ("var.create is false", "none"),
    ]


def test_what_is_no_condition_is_made_perhaps(unit: ReadOne) -> None:
    found = unit({"main.tofu": 'resource "aws_x" "x" {\n  lifecycle { enabled = [] }\n}\n'})
    condition = block(found, "aws_x.x").condition
    assert condition is not None
    assert "a condition is not a boolean" in condition.why
